"""Words of `baocao export` and `baocao import`."""

from __future__ import annotations

WORKBOOK: dict[str, tuple[str, str]] = {
    "export.short": (
        "Xuất kết quả ra Excel để rà soát, hoặc CSV cho Excel tiếng Việt.",
        "Export a run as a workbook to review in, or as CSV.",
    ),
    "export.help": (
        "Xuất các bảng trong KẾT_QUẢ. --xlsx: một tệp Excel để rà soát, có cột chọn Chấp nhận / Sửa / Bác bỏ; ghi xong "
        "thì đưa về bằng baocao import. --csv: các bảng dạng CSV cho Excel tiếng Việt (dấu chấm phẩy, dấu phẩy thập "
        "phân), đã áp dụng mọi kết quả rà soát. Mặc định ghi vào KẾT_QUẢ/xuat.",
        "Export the tables in OUT. --xlsx: a workbook to review in, with a column to choose Accept / Correct / Reject; "
        "baocao import takes it back. --csv: CSV for Excel in Vietnamese (semicolons, decimal comma), with all "
        "decisions applied. Written into OUT/xuat by default.",
    ),
    "export.xlsx": ("Xuất một tệp Excel để rà soát.", "Write a workbook to review in."),
    "export.csv": ("Xuất các bảng CSV cho Excel tiếng Việt.", "Write CSV tables for Excel in Vietnamese."),
    "export.out": (
        "Tệp Excel (--xlsx) hoặc thư mục (--csv) để ghi.",
        "The workbook (--xlsx) or the folder (--csv) to write.",
    ),
    "export.force": ("Ghi đè tệp Excel đã có.", "Replace a workbook that is there."),
    "export.which": ("hãy chọn một trong hai: --xlsx hoặc --csv.", "choose one: --xlsx or --csv."),
    "export.done": ("Đã xuất {place}", "Written: {place}"),
    "export.rows": ("{name}: {rows} dòng", "{name}: {rows} rows"),
    "export.next": (
        "Rà soát xong thì lưu tệp và chạy:  baocao import {out} {file}",
        "When reviewed, save the file and run:  baocao import {out} {file}",
    ),
    "export.name": ("ra_soat.xlsx", "review.xlsx"),
    "metavar.workbook": ("TỆP_EXCEL", "WORKBOOK"),
    "metavar.reviewer": ("TÊN", "NAME"),
    "import.short": (
        "Đưa kết quả rà soát trong tệp Excel về.",
        "Take the decisions in a reviewed workbook back.",
    ),
    "import.help": (
        "Đọc TỆP_EXCEL do baocao export xuất ra và đã rà soát, ghi các quyết định mới vào KẾT_QUẢ. Dòng nào không nhận "
        "được thì liệt kê kèm lý do, các dòng khác vẫn được ghi, tất cả trong một lần. Chạy lại baocao run để các bảng "
        "theo kết quả rà soát. Kết thúc với mã 1 nếu có dòng không nhận được.",
        "Read a WORKBOOK that baocao export wrote and somebody reviewed, and write its new decisions into OUT. Rows "
        "that can't be taken are listed with the reason; all others are written, in one go. Run baocao run again to "
        "have the tables follow. Ends with 1 if a row was refused.",
    ),
    "import.reviewer": (
        "Tên người rà soát. Mặc định: tên đăng nhập máy.",
        "Who reviewed. Default: the name that you are logged in by.",
    ),
    "import.dry_run": ("Chỉ xem trước, không ghi gì.", "Only show what would be taken; write nothing."),
    "import.overrule": (
        "Lấy cả những dòng mà chính người này đã quyết định khác ở nơi khác sau khi xuất tệp.",
        "Also take rows that the same person decided on elsewhere since the export.",
    ),
    "import.json": ("In kết quả dạng JSON.", "Print the result as JSON."),
    "import.nobody": (
        'chưa biết ai rà soát: hãy thêm --reviewer "Họ tên".',
        "nobody to put the decisions down to: add --reviewer NAME.",
    ),
    "import.taken": ("Đã nhận {count} quyết định của {reviewer}", "Taken: {count} decisions of {reviewer}"),
    "import.would": (
        "Sẽ nhận {count} quyết định của {reviewer} (chưa ghi)",
        "Would take {count} decisions of {reviewer}",
    ),
    "import.refused": ("Không nhận {count} chỗ", "Refused: {count}"),
    "import.ignored": ("Ô chứng cứ bị sửa, không có tác dụng: {count}", "Changed cells of evidence, ignored: {count}"),
    "import.unchanged": ("{count} dòng giữ nguyên.", "{count} rows were left as they were."),
    "import.nothing": ("Không có gì mới trong tệp này.", "There is nothing new in this workbook."),
    "import.next": (
        "Chạy lại baocao run để các bảng theo kết quả rà soát.",
        "Run baocao run again to have the tables follow.",
    ),
    "import.disputed": ("khác ý kiến của {names}", "not what {names} says"),
    "import.whole": ("phần đầu văn bản ({count} ô)", "letterhead ({count} cells)"),
    "import.empty": ("(trống)", "(empty)"),
    "import.head.sheet": ("Trang tính", "Sheet"),
    "import.head.row": ("Dòng", "Row"),
    "import.head.file": ("Tệp", "File"),
    "import.head.text": ("Nguyên văn", "Text"),
    "import.head.decision": ("Quyết định", "Decision"),
    "import.head.reason": ("Lý do", "Reason"),
    "import.action.accepted": ("chấp nhận", "accepted"),
    "import.action.corrected": ("sửa: {said}", "corrected: {said}"),
    "import.action.rejected": ("bác bỏ", "rejected"),
    "import.action.added": ("thêm: {said}", "added: {said}"),
    "import.action.problem.accepted": ("đã xử lý", "seen to"),
    "import.action.problem.rejected": ("không phải vấn đề", "not a problem"),
    "import.reason.no_id": (
        "Dòng này không có mã (chép thêm, hoặc không phải dòng để quyết định).",
        "The row has no id: it was added, or is none to decide on.",
    ),
    "import.reason.unknown_id": (
        "Mã «{detail}» không có trong tệp đã xuất: cột ẩn bị sửa.",
        "The id “{detail}” is none of the export: a hidden column was changed.",
    ),
    "import.reason.edited_id": (
        "Các cột ẩn của dòng không khớp nhau: mã «{detail}» bị sửa hoặc chép từ dòng khác.",
        "The hidden columns of the row don't match: the id “{detail}” was changed or copied from another row.",
    ),
    "import.reason.other_run": (
        "Báo cáo của dòng này không có trong thư mục kết quả: tệp được xuất từ lần chạy khác.",
        "Its report is not among these results: the workbook is of another run.",
    ),
    "import.reason.gone": (
        "Nay máy không còn trích thông tin này. Xuất lại tệp để xem.",
        "The machine no longer finds this. Export again to look.",
    ),
    "import.reason.evidence": (
        "Từ khi xuất tệp, máy đọc chỗ này khác đi. Xuất lại tệp rồi xem lại.",
        "The machine reads something else here since the export. Export again and look again.",
    ),
    "import.reason.mixed_up": (
        "Câu chứng cứ và nguyên văn không phải của dòng này (có lẽ chỉ sắp xếp một phần cột). Xuất lại tệp.",
        "Sentence and text are not those of this row (perhaps only some columns were sorted). Export again.",
    ),
    "import.reason.accepts_edited": (
        "Chọn «Chấp nhận» nhưng cột chứng cứ «{detail}» bị sửa. Ghi giá trị đúng vào cột «Sửa thành».",
        "Accepted, but the evidence column “{detail}” was changed. Write the right value under “Corrected value”.",
    ),
    "import.reason.evidence_edited": (
        "Cột chứng cứ «{detail}» bị sửa; chỉ các cột vàng được đọc lại.",
        "The evidence column “{detail}” was changed; only yellow columns are taken back.",
    ),
    "import.reason.contradiction": (
        "Vừa chọn đúng hoặc sai, vừa ghi giá trị sửa «{detail}». Bỏ một trong hai.",
        "Accepted or rejected, and corrected to “{detail}” as well. Leave one of them.",
    ),
    "import.reason.no_correction": (
        "Chọn «Sửa» nhưng chưa ghi giá trị đúng.",
        "To be corrected, but to what was not written.",
    ),
    "import.reason.same_value": (
        "Giá trị sửa «{detail}» trùng với giá trị máy đọc. Nếu máy đọc đúng, chọn «Chấp nhận».",
        "The corrected value “{detail}” is what the machine read. If that is right, accept it.",
    ),
    "import.reason.no_unit": (
        "Loại thông tin này không có đơn vị («{detail}»).",
        "This kind of item has no unit (“{detail}”).",
    ),
    "import.reason.no_choice": (
        "«{detail}» không có trong danh sách của cột Quyết định.",
        "“{detail}” is no choice of the decision column.",
    ),
    "import.reason.emptied": (
        "Quyết định bị xóa trắng thì không rút lại được bằng tệp Excel; dùng nút hoàn tác ở trang baocao review, hoặc "
        "chọn quyết định khác.",
        "An emptied decision is not taken back: use undo on the page of baocao review, or choose another decision.",
    ),
    "import.reason.note_alone": (
        "Có thay đổi («{detail}») nhưng chưa chọn quyết định.",
        "Something was changed (“{detail}”) but nothing decided.",
    ),
    "import.reason.duplicate": (
        "Các dòng {detail} là cùng một thông tin nhưng quyết định khác nhau.",
        "The rows {detail} are of one thing but decide differently.",
    ),
    "import.reason.own_since": (
        "Chính người này đã quyết định khác sau khi xuất tệp. Xuất lại tệp, hoặc thêm --overrule để lấy theo tệp này.",
        "The same person decided otherwise since the export. Export again, or add --overrule to go by this file.",
    ),
    "import.reason.value": ("Không hiểu giá trị «{detail}».", "The value “{detail}” is not understood."),
}
