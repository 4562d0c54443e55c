"""Problems of reviewing: decisions that can't stand in the tables, and workbooks that can't be taken back."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind

REVIEW: dict[str, ProblemKind] = {
    "review.disputed": ProblemKind(
        "warning",
        "Những người rà soát nói khác nhau về «{text}» ({reviewer}), nên bảng giữ giá trị máy đọc. Mở baocao review, "
        "xem ý kiến của từng người rồi thống nhất.",
        "Reviewers say different things of “{text}” ({reviewer}), so the table keeps what the machine read. Open "
        "baocao review, look at what each says, and agree.",
    ),
    "review.changed": ProblemKind(
        "notice",
        "«{text}» đã được rà soát ({reviewer}), nhưng nay máy đọc ra khác với lúc đó nên kết quả rà soát chưa áp dụng. "
        "Mở baocao review để xem lại.",
        "“{text}” was reviewed ({reviewer}), but the machine now reads something else in it than then, so that the "
        "decision was not applied. Look at it again in baocao review.",
    ),
    "review.gone": ProblemKind(
        "notice",
        "«{text}» đã được rà soát ({reviewer}) nhưng nay máy không còn trích thông tin này. Nếu vẫn đúng, mở baocao "
        "review và bổ sung.",
        "“{text}” was reviewed ({reviewer}), but the machine no longer finds it. If it is right, add it in baocao "
        "review.",
    ),
    "review.indicator": ProblemKind(
        "warning",
        "Số liệu làm nên chỉ tiêu «{text}» đã được sửa, nhưng không tính lại được chỉ tiêu từ đó; bảng giữ giá trị máy "
        "tính. Kiểm tra và ghi lại bằng tay.",
        "Figures of the indicator “{text}” were corrected, but its value does not follow from them; the table keeps "
        "the machine's. Check it and put it right by hand.",
    ),
    "review.log": ProblemKind(
        "error",
        "Không đọc hoặc ghi được kết quả rà soát trong {file}: {reason}. Kiểm tra quyền ghi và dung lượng đĩa, đóng "
        "chương trình khác đang mở tệp, rồi thử lại. Những gì đã ghi còn nguyên.",
        "The decisions in {file} can't be read or written: {reason}. Check permissions and room on the disk, close "
        "other programs that hold the file, and try again. What was written before is as it was.",
    ),
    "review.no_tables": ProblemKind(
        "error",
        "Thư mục {folder} không có bảng {file} của phiên bản baocao này. Chạy baocao run vào thư mục đó trước.",
        "The folder {folder} has no table {file} of this version of baocao. Run baocao run into that folder first.",
    ),
    "decision.value": ProblemKind(
        "error",
        "Không hiểu «{text}» ở cột {column}. Số ghi như 1.234,5; ngày như 16/10/2023, 10/2023 hoặc 2023; số văn bản "
        "như 4621/UBND-TH.",
        "“{text}” in the column {column} is not understood. Write numbers such as 1.234,5; dates such as 16/10/2023, "
        "10/2023 or 2023; document numbers such as 4621/UBND-TH.",
    ),
    "workbook.unreadable": ProblemKind(
        "error",
        "Không đọc được {file}: {reason}. Mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx không mật khẩu rồi "
        "thử lại.",
        "{file} can't be read: {reason}. Open it in Excel or LibreOffice, save it as .xlsx without a password and try "
        "again.",
    ),
    "workbook.foreign": ProblemKind(
        "error",
        "{file} không phải tệp do baocao export xuất ra: thiếu {missing}. Xuất lại bằng baocao export rồi ghi kết quả "
        "rà soát vào tệp đó.",
        "{file} was not made by baocao export: it lacks {missing}. Export it again and write the decisions into that "
        "file.",
    ),
}
