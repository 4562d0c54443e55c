"""Problems of reviewing: decisions that can't stand in the tables, and workbooks that can't be taken back."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind, Said

_FORMS: Said = {
    "number": ("Số ghi như 1.234,5 hoặc 2 triệu rưỡi.", "Write a number such as 1.234,5 or 2 triệu rưỡi."),
    "date": (
        "Ngày, kỳ ghi như 16/10/2023, 10/2023, 2023, Quý II/2024, 6 tháng đầu năm 2024, 18/4/2023 – 21/4/2023.",
        "Write a date such as 16/10/2023, 10/2023, 2023, Quý II/2024, 6 tháng đầu năm 2024, 18/4/2023 – 21/4/2023.",
    ),
    "day": ("Ngày ghi như 16/10/2023.", "Write a day such as 16/10/2023."),
    "code": ("Số ký hiệu ghi như 4621/UBND-TH hoặc 07-KH/BCĐ.", "Write a number such as 4621/UBND-TH or 07-KH/BCĐ."),
    "choice": ("Chọn một giá trị có trong danh sách.", "Choose one of the list."),
    "activity": ("Chọn một hoạt động có trong danh sách.", "Choose an activity of the list."),
    "empty": ("Ô này không được để trống.", "It must not be empty."),
    "fixed": ("Ô này không sửa được.", "It can't be changed."),
}

REVIEW: dict[str, ProblemKind] = {
    "review.disputed": ProblemKind(
        "warning",
        "Người rà soát có ý kiến khác nhau về «{text}» ({reviewer}), nên bảng giữ giá trị máy đọc. Mở baocao review, "
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
    "review.emptied": ProblemKind(
        "notice",
        "Số liệu làm nên chỉ tiêu «{text}» đã bị bác bỏ nên chỉ tiêu để trống. Nếu báo cáo còn nêu số khác cho chỉ "
        "tiêu này, ghi lại bằng tay.",
        "The figures of the indicator “{text}” were rejected, so it was left empty. If the report states another one "
        "for it, write it in by hand.",
    ),
    "review.report": ProblemKind(
        "warning",
        "Tệp này đã được rà soát ({count} quyết định, {reviewer}) nhưng nội dung tệp nay khác nên các quyết định đó "
        "chưa áp dụng. Rà soát lại tệp, hoặc trả lại tệp cũ rồi chạy lại.",
        "This file was reviewed ({count} decisions, {reviewer}), but its content is another one now, so that they were "
        "not applied. Review it again, or put the former file back and run again.",
    ),
    "review.name": ProblemKind(
        "error",
        "Chưa có tên người rà soát. Ghi tên bằng --reviewer HỌ_TÊN.",
        "There is no name of a reviewer. Give one by --reviewer NAME.",
    ),
    "review.log": ProblemKind(
        "error",
        "Không đọc hoặc ghi được kết quả rà soát trong {file}: {reason}. Kiểm tra quyền ghi và dung lượng đĩa, đóng "
        "chương trình khác đang mở tệp, rồi thử lại. Những gì đã ghi còn nguyên.",
        "The decisions in {file} can't be read or written: {reason}. Check permissions and room on the disk, close "
        "other programs that hold the file, and try again. What was written before is as it was.",
    ),
    "review.no_folder": ProblemKind(
        "error",
        "Không có thư mục {folder}. Kiểm tra lại đường dẫn; đó phải là thư mục kết quả của baocao run.",
        "There is no folder {folder}. Check the path; it has to be the folder of results of baocao run.",
    ),
    "review.no_tables": ProblemKind(
        "error",
        "Thư mục {folder} không có bảng {file} của phiên bản baocao này. Chạy baocao run vào thư mục đó trước.",
        "The folder {folder} has no table {file} of this version of baocao. Run baocao run into that folder first.",
    ),
    "decision.value": ProblemKind(
        "error",
        "Không hiểu «{text}» ở ô {column}. {form}",
        "“{text}” in the field {column} is not understood. {form}",
        {"form": _FORMS},
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
    "review.busy": ProblemKind(
        "error",
        "Thư mục {folder} đang được rà soát ở một cửa sổ baocao review khác trên máy này. Dùng cửa sổ đó, hoặc đóng nó "
        "rồi mở lại.",
        "The folder {folder} is under review in another baocao review on this machine. Use that one, or close it and "
        "try again.",
    ),
    "review.store": ProblemKind(
        "error",
        "{folder} ở kho trên mạng nên chưa rà soát được. Chép các bảng về một thư mục trên máy rồi chạy baocao review "
        "với thư mục đó.",
        "{folder} is in a store and can't be reviewed there. Copy the tables into a folder of this machine and run "
        "baocao review on that.",
    ),
    "review.input": ProblemKind(
        "warning",
        "Không tìm thấy tệp {file} đúng như lúc chạy (đã chuyển chỗ, đổi nội dung hoặc không đọc được), nên chỉ có câu "
        "trích trong bảng. Chạy baocao review với --input THƯ_MỤC đang chứa báo cáo, hoặc chạy lại baocao run.",
        "The file {file} is not to be found as it was when the tables were made (moved, changed or unreadable), so "
        "there is only the sentence in the table. Run baocao review with --input FOLDER where the reports are, or "
        "baocao run again.",
    ),
    "review.remote": ProblemKind(
        "notice",
        "Tệp {file} ở kho trên mạng nên chỉ có câu trích trong bảng. Chép các báo cáo về máy rồi chạy baocao review "
        "với --input THƯ_MỤC.",
        "The file {file} is in a store, so there is only the sentence in the table. Copy the reports to this machine "
        "and run baocao review with --input FOLDER.",
    ),
    "review.text": ProblemKind(
        "warning",
        "Tệp {file} nay được đọc ra văn bản khác với lúc lập bảng nên vị trí trong bảng không còn đúng. Chạy lại "
        "baocao run để cập nhật bảng; các quyết định đã ghi được giữ.",
        "The file {file} is now read as another text than when the tables were made, so that places in them are no "
        "longer right. Run baocao run again; decisions are kept.",
    ),
    "review.port": ProblemKind(
        "error",
        "Không mở được cổng {port} tại {host}: {reason}. Chọn cổng khác bằng --port.",
        "Port {port} at {host} can't be opened: {reason}. Choose another by --port.",
        {"reason": {"in_use": ("đang có chương trình khác dùng", "another program uses it")}},
    ),
    "review.added_there": ProblemKind(
        "warning",
        "Người rà soát đã thêm «{text}» ({reviewer}), nhưng máy cũng đọc chính những chữ này và ra khác; bảng giữ giá "
        "trị máy đọc. Mở baocao review và sửa mục đó.",
        "A reviewer added “{text}” ({reviewer}), but the machine reads these very words too, otherwise; the table "
        "keeps what it read. Correct that item in baocao review.",
    ),
    "review.in_pack": ProblemKind(
        "error",
        "{file} nằm trong bộ quy tắc {folder}, nơi mọi tệp YAML đều được đọc là quy tắc. Ghi đề xuất ra ngoài thư mục "
        "đó.",
        "{file} is inside the rule pack {folder}, where every YAML file is read as rules. Write the suggestions "
        "outside that folder.",
    ),
    "workbook.exists": ProblemKind(
        "error",
        "Đã có tệp {file}; trong đó có thể có kết quả rà soát chưa đưa về. Đưa về bằng baocao import, rồi xuất lại với "
        "--force để ghi đè, hoặc chọn tên khác bằng -o.",
        "There is a file {file} already, which may hold decisions that were not taken back. Do that with baocao "
        "import, then export again with --force to replace it, or choose another name by -o.",
    ),
    "workbook.rows": ProblemKind(
        "error",
        "Trang tính {sheet} có quá {most} dòng, nhiều hơn mức một tệp Excel chứa được. Dùng baocao export --csv, hoặc "
        "chạy baocao run theo từng thư mục con rồi xuất từng phần.",
        "The sheet {sheet} has more than {most} rows, which is more than a workbook holds. Use baocao export --csv, or "
        "run baocao on subfolders and export each.",
    ),
}
