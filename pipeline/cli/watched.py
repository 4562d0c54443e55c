"""The words of `baocao watch`, in both languages; `pipeline.cli.messages` has them all."""

from __future__ import annotations

WATCHED: dict[str, tuple[str, str]] = {
    "watch.short": (
        "Theo dõi một thư mục báo cáo, tự cập nhật các bảng.",
        "Watch a folder of reports and keep the tables up to date.",
    ),
    "watch.help": (
        "Theo dõi THƯ_MỤC (kể cả thư mục con): có báo cáo mới, sửa, đổi tên hay bị xóa thì cập nhật các bảng, mỗi lần "
        "trọn vẹn. Tệp chỉ được đọc khi đã chép xong; nhiều tệp chép liền nhau thì cập nhật một lần. Báo cáo không đổi "
        "không phải đọc lại. Mất kết nối tới thư mục, hoặc thư mục trống: các bảng giữ nguyên và chờ. Bộ quy tắc dùng "
        "như lúc bắt đầu. Dừng bằng Ctrl+C.",
        "Watch FOLDER and below: when reports are added, changed, renamed or removed the tables are made anew, whole "
        "each time. A file is read only when it has been written in full; many files copied in a row are taken up "
        "together. Unchanged reports are not read again. While the folder can't be reached, or is empty, the tables "
        "stay as they are. Rule packs are used as they were at the start. End it with Ctrl+C.",
    ),
    "watch.every": (
        "Cứ bao nhiêu giây thì xem lại thư mục một lần. Mặc định: 5.",
        "How often to look at the folder, in seconds. Default: 5.",
    ),
    "watch.once": (
        "Chờ các tệp chép xong, cập nhật các bảng một lần rồi thoát.",
        "Wait until all files are written, make the tables once, and end.",
    ),
    "watch.json": (
        "In diễn biến thành các dòng JSON ra đầu ra chuẩn cho chương trình khác đọc.",
        "Print what happens as lines of JSON to standard output, for programs.",
    ),
    "metavar.seconds": ("GIÂY", "SECONDS"),
    "watch.time": ("%d/%m %H:%M:%S", "%Y-%m-%d %H:%M:%S"),
    "watch.changes": (
        "Các bảng đã khớp với {files} báo cáo trong thư mục; chờ thay đổi.",
        "The tables are those of the {files} reports in the folder; waiting for changes.",
    ),
    "watch.settling": (
        "Thư mục đang thay đổi; chờ các tệp chép xong.",
        "The folder is changing; waiting until its files are written.",
    ),
    "watch.empty": (
        "Thư mục {folder} không có báo cáo nào; các bảng (nếu có) giữ nguyên, chờ báo cáo.",
        "The folder {folder} holds no reports; tables that are there stay as they are. Waiting for reports.",
    ),
    "watch.away": (
        "Không vào được thư mục {folder}{reason}. Các bảng giữ nguyên, chờ thư mục trở lại; kiểm tra mạng, ổ đĩa và "
        "quyền đọc.",
        "The folder {folder} can't be reached{reason}. The tables stay as they are until it is back; check the "
        "network, the disk and its permissions.",
    ),
    "watch.taken": ("Cập nhật bảng: {changes}.", "Making the tables anew: {changes}."),
    "watch.left": (
        "Để lại lần sau: {files}.",
        "Left for later: {files}.",
    ),
    "watch.kind.added": ("{count} tệp mới", "{count} new"),
    "watch.kind.changed": ("{count} tệp sửa", "{count} changed"),
    "watch.kind.removed": ("{count} tệp bị xóa", "{count} removed"),
    "watch.kind.renamed": ("{count} tệp đổi tên", "{count} renamed"),
    "watch.kind.waiting": ("{count} tệp đang được ghi", "{count} still being written"),
    "watch.renewed": ("Xong sau {seconds} giây. {files}.", "Done after {seconds} s. {files}."),
    "watch.failed": (
        "Chưa cập nhật được bảng. {reason} Thử lại sau {again} giây.",
        "The tables could not be made anew. {reason} The next try is in {again} s.",
    ),
    "watch.ended": (
        "Đã dừng theo dõi; các bảng như lần cập nhật gần nhất.",
        "The watch has ended; the tables are as last made.",
    ),
}
