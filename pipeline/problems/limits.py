"""Problems of files that hold more than a report does, or that a password keeps."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind, Said

_HELD: Said = {
    "file_size": ("dung lượng tệp", "size of the file"),
    "unpacked_size": ("dung lượng sau khi giải nén", "size when unpacked"),
    "unpacked_ratio": (
        "số lần nở ra khi giải nén (dấu hiệu của bom nén)",
        "growth when unpacked (the mark of a zip bomb)",
    ),
    "parts": ("số tệp con bên trong", "number of parts inside"),
    "xml_size": ("dung lượng một phần XML", "size of one XML part"),
    "xml_depth": ("số lớp thẻ XML lồng nhau", "depth of XML tags in each other"),
    "xml_entities": ("thực thể XML tự khai báo", "XML entities of its own"),
    "html_depth": ("số lớp thẻ HTML lồng nhau", "depth of HTML tags in each other"),
    "pages": ("số trang", "number of pages"),
    "pdf_objects": ("số đối tượng PDF", "number of PDF objects"),
    "pdf_stream": ("dung lượng một luồng PDF sau khi giải nén", "size of one unpacked PDF stream"),
    "page_objects": ("số hình vẽ trên một trang", "number of objects on one page"),
    "page_characters": ("số ký tự trên một trang", "number of characters on one page"),
    "pixels": ("số điểm ảnh của một ảnh", "pixels of one picture"),
    "characters": ("số ký tự của văn bản", "characters of text"),
    "cells": ("số ô có nội dung", "number of filled cells"),
    "sheet_cells": ("số ô mà một trang tính trải ra", "cells over which a sheet reaches"),
}

LIMITS: dict[str, ProblemKind] = {
    "file.limit": ProblemKind(
        "error",
        "Tệp vượt giới hạn {limit} ({what}): có {found}, cho phép {most}; lớn hơn mọi báo cáo nên không đọc. Xem lại "
        "nơi gửi; nếu đúng là báo cáo, chạy lại với --limit {limit}=…",
        "The file goes beyond the limit {limit} ({what}): {found}, where {most} is allowed. That is more than any "
        "report has, and it was not read. Look who sent it; if it is a report, run again with --limit {limit}=…",
        {"what": _HELD},
    ),
    "page.limit": ProblemKind(
        "warning",
        "Trang {page} vượt giới hạn {limit} ({what}): có {found}, cho phép {most}; trang này chưa đọc. Nếu cần đọc, "
        "chạy lại với --limit {limit}=…",
        "Page {page} goes beyond the limit {limit} ({what}): {found}, where {most} is allowed; the page was not read. "
        "If it is needed, run again with --limit {limit}=…",
        {"what": _HELD},
    ),
    "file.pages": ProblemKind(
        "warning",
        "Cây trang của tệp PDF ghi sai số trang: đã đọc {read} trang, trong tệp có {pages}. Mở bằng trình đọc PDF, in "
        "lại thành PDF rồi chạy lại.",
        "The page tree of the PDF miscounts: {read} pages were read, and there are {pages} in the file. Open it in a "
        "PDF reader, print it to a new PDF and run again.",
    ),
    "file.password": ProblemKind(
        "error",
        "Tệp {format} có mật khẩu, và không mật khẩu nào trong {count} mật khẩu đã cho mở được tệp. Hỏi nơi gửi rồi "
        "thêm vào tệp mật khẩu, hoặc bỏ mật khẩu của tệp, rồi chạy lại.",
        "The {format} file is protected by a password, and none of the {count} that were given opens it. Ask the "
        "sender and add it to the file of passwords, or remove it from the file, and run again.",
    ),
    "run.limit": ProblemKind(
        "error",
        "«{text}» không phải một giới hạn. Ghi TÊN=SỐ, ví dụ pages=9000 hoặc file_size=1GB; các tên: {known}.",
        "“{text}” is no limit. Write NAME=NUMBER, such as pages=9000 or file_size=1GB; the names are: {known}.",
    ),
    "run.passwords": ProblemKind(
        "error",
        "Không đọc được tệp mật khẩu {file}: {reason}. Tệp phải là văn bản UTF-8, mỗi dòng một mật khẩu.",
        "The file of passwords {file} can't be read: {reason}. It must be text in UTF-8, one password on each line.",
    ),
}
