"""Problems of reports that contradict themselves or each other: what the two places say, and where to look it up."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind

CONTRADICTIONS: dict[str, ProblemKind] = {
    "reference.dates": ProblemKind(
        "warning",
        "Văn bản {number} được viện dẫn với hai ngày ban hành: {date} ở đây, {other_date} ở chỗ kia. Mở văn bản gốc "
        "xem ngày nào đúng rồi sửa chỗ sai.",
        "The document {number} is cited with two dates of issue: {date} here, {other_date} in the other place. Look "
        "the date up in the document itself and correct the wrong one.",
    ),
    "reference.year": ProblemKind(
        "warning",
        "Số ký hiệu {number} có năm khác với ngày ban hành ghi kèm ({date}). Mở văn bản gốc xem số hay ngày bị ghi "
        "sai.",
        "The number {number} holds another year than the date given with it ({date}). Look up in the document itself "
        "whether the number or the date is wrong.",
    ),
    "reference.variant": ProblemKind(
        "warning",
        "{number} ở đây và {other_number} ở chỗ kia có vẻ là một văn bản ghi hai cách. Mở văn bản gốc xem số ký hiệu "
        "nào đúng rồi sửa chỗ sai.",
        "{number} here and {other_number} in the other place seem to be one document written in two ways. Look up "
        "the right number in the document itself and correct the wrong one.",
    ),
    "date.after_report": ProblemKind(
        "warning",
        "Ngày {date} ở sau ngày của báo cáo ({report_date}) nhưng báo cáo viết như việc đã có. Kiểm tra năm, tháng "
        "của cả hai ngày, hỏi nơi gửi nếu cần.",
        "The date {date} lies after the report's own ({report_date}), yet the report tells of it as past. Check year "
        "and month of both dates; ask the sender if need be.",
    ),
    "percentage.contradicts": ProblemKind(
        "warning",
        "Tỷ lệ «{percent}» không khớp với cặp số «{pair}» ghi cạnh (cặp số cho {right}). Hỏi nơi gửi số nào đúng "
        "trước khi dùng.",
        "The percentage “{percent}” doesn't fit the figures beside it, “{pair}” (they give {right}). Ask the sender "
        "which is right before you use them.",
    ),
    "pair.difference": ProblemKind(
        "warning",
        "Mức thay đổi «{change}» không khớp với cặp số «{pair}» ghi sau nó. Hỏi nơi gửi số nào đúng trước khi dùng.",
        "The change “{change}” doesn't fit the two figures behind it, “{pair}”. Ask the sender which is right before "
        "you use them.",
    ),
    "part.exceeds": ProblemKind(
        "warning",
        "Phần «{part}» lớn hơn tổng «{whole}». Đối chiếu bản gốc, hỏi nơi gửi con số đúng trước khi dùng.",
        "The part “{part}” is larger than its total, “{whole}”. Compare with the original and ask the sender for the "
        "right figure before you use it.",
    ),
    "parts.exceed": ProblemKind(
        "warning",
        "Các phần «{part}» cộng lại lớn hơn tổng «{whole}». Đối chiếu bản gốc, hỏi nơi gửi con số đúng trước khi dùng.",
        "The parts “{part}” together are more than their total, “{whole}”. Compare with the original and ask the "
        "sender for the right figures before you use them.",
    ),
    "indicator.differs": ProblemKind(
        "warning",
        "Báo cáo nêu hai con số cho «{object}»: «{text}» ở đây, «{other_text}» ở chỗ kia. Hỏi nơi gửi số nào đúng "
        "trước khi dùng.",
        "The report gives two figures for “{object}”: “{text}” here, “{other_text}” in the other place. Ask the "
        "sender which is right before you use them.",
    ),
    "number.repeated": ProblemKind(
        "warning",
        "Báo cáo này và tệp {other_file} mang cùng số {number} của cùng một cơ quan trong một năm nhưng là hai báo "
        "cáo. Hỏi nơi gửi số nào đúng.",
        "This report and the file {other_file} have the same number, {number}, of one office and year, but are two "
        "reports. Ask the sender which number is right.",
    ),
    "file.duplicate": ProblemKind(
        "notice",
        "Tệp này giống hệt tệp {other_file} từng byte; số liệu của cả hai đều nằm trong bảng. Bỏ bớt một tệp rồi chạy "
        "lại để không tính hai lần.",
        "This file is the same as {other_file}, byte for byte; the tables hold the items of both. Take one file away "
        "and run again, so that nothing counts double.",
    ),
    "report.repeated": ProblemKind(
        "notice",
        "Báo cáo {number} có hai lần trong thư mục: ở tệp này và ở tệp {other_file}; số liệu của cả hai đều nằm "
        "trong bảng. Bỏ bớt một tệp rồi chạy lại để không tính hai lần.",
        "The report {number} is twice in the folder: in this file and in {other_file}; the tables hold the items of "
        "both. Take one file away and run again, so that nothing counts double.",
    ),
}
