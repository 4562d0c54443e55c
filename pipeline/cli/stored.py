"""The words of `baocao cache`, in both languages; `pipeline.cli.messages` has them all."""

from __future__ import annotations

STORED: dict[str, tuple[str, str]] = {
    "cache.short": (
        "Xem, dọn, xóa những gì giữ lại giữa các lần chạy.",
        "Show, trim or remove what is kept between runs.",
    ),
    "cache.help": (
        "Bộ nhớ đệm giữ văn bản đã đọc và kết quả đã rút ra của từng tệp, theo nội dung tệp, để lần sau không đọc lại "
        "tệp không đổi. Xóa lúc nào cũng được: chỉ mất thời gian đọc lại, không mất kết quả. Biến BAOCAO_CACHE đặt "
        "thư mục, BAOCAO_CACHE_LIMIT đặt dung lượng.",
        "The cache keeps the text that was read and the results that were found of each file, by the file's content, "
        "so that a file that has not changed is not read again. It may be removed at any time: that costs time, never "
        "a result. BAOCAO_CACHE sets its folder, BAOCAO_CACHE_LIMIT its size.",
    ),
    "cache.info.short": ("Cho biết bộ nhớ đệm ở đâu, giữ bao nhiêu.", "Show where the cache is and how much it has."),
    "cache.info.help": (
        "Cho biết thư mục của bộ nhớ đệm, số văn bản và kết quả đang giữ, dung lượng, giới hạn, và lần chạy gần nhất "
        "đã dùng lại được bao nhiêu.",
        "Show the folder of the cache, how many documents and results it keeps, their size, the limit, and how many "
        "the last run could use again.",
    ),
    "cache.json": ("In JSON thay cho bảng.", "Print JSON instead of a table."),
    "cache.clear.short": ("Xóa hết những gì đang giữ.", "Remove everything that is kept."),
    "cache.clear.help": (
        "Xóa hết bộ nhớ đệm, kể cả của các phiên bản trước. Các bảng kết quả còn nguyên; lần chạy sau đọc lại mọi tệp.",
        "Remove the whole cache, those of earlier versions too. Tables that were written stay; the next run reads "
        "every file again.",
    ),
    "cache.prune.short": ("Bớt những gì lâu không dùng.", "Drop what was used longest ago."),
    "cache.prune.help": (
        "Bỏ những gì lâu không dùng nhất cho đến khi còn không quá --limit. Văn bản và kết quả mỗi bên được giữ ít "
        "nhất một nửa.",
        "Drop what was used longest ago until no more than --limit is left. Documents and results may each have at "
        "least half of it.",
    ),
    "cache.limit": (
        "Dung lượng giữ lại, ví dụ 500MB. Mặc định: BAOCAO_CACHE_LIMIT, nếu không có thì 5GB.",
        "How much to leave, such as 500MB. Default: BAOCAO_CACHE_LIMIT, else 5GB.",
    ),
    "cache.bad_limit": (
        "--limit là «{text}», không phải dung lượng. Ghi như 500MB hoặc 2GB.",
        "--limit is “{text}”, which is no size. Write one such as 500MB or 2GB.",
    ),
    "cache.folder": ("Thư mục", "Folder"),
    "cache.documents": ("Văn bản đã đọc", "Documents read"),
    "cache.results": ("Kết quả đã rút ra", "Results found"),
    "cache.total": ("Giới hạn", "Limit"),
    "cache.entries": ("{count} tệp", "{count} files"),
    "cache.last": ("Lần chạy gần nhất", "Last run"),
    "cache.used": ("dùng lại {found} trong {asked} kết quả cần", "{found} of {asked} results needed were there"),
    "cache.cleared": ("Đã xóa bộ nhớ đệm ở {folder} ({size}).", "The cache in {folder} was removed ({size})."),
    "cache.pruned": (
        "Đã bỏ {entries} mục ({size}); còn {left}.",
        "{entries} entries were dropped ({size}); {left} are left.",
    ),
    "cache.kept": ("Không cần bỏ gì: đang giữ {left}.", "Nothing to drop: {left} are kept."),
    "metavar.size": ("DUNG_LƯỢNG", "SIZE"),
}
