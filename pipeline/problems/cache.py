"""What can be wrong with the cache: none of it costs a run anything but time."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind, Said

_REASONS: Said = {
    "damaged": ("bị hỏng", "was damaged"),
    "foreign": ("không do phiên bản baocao này lập", "was not made by this version of baocao"),
    "full": ("ổ đĩa đã đầy", "the disk is full"),
    "read_only": ("không có quyền ghi", "there is no permission to write"),
    "busy": ("một tiến trình khác đang giữ", "another process holds it"),
}

CACHE: dict[str, ProblemKind] = {
    "cache.rebuilt": ProblemKind(
        "notice",
        "Bộ nhớ đệm ở {folder} {reason} nên đã được lập lại; tệp nào cần thì đọc lại, kết quả không đổi. Nếu còn gặp, "
        "kiểm tra ổ đĩa, hoặc đặt biến BAOCAO_CACHE sang thư mục ở ổ khác.",
        "The cache in {folder} {reason} and was made anew; files are read again where needed, and the results are the "
        "same. If this comes again, check the disk, or set BAOCAO_CACHE to a folder on another one.",
        {"reason": _REASONS},
    ),
    "cache.entry": ProblemKind(
        "notice",
        "Bộ nhớ đệm ở {folder} có mục bị hỏng; đã bỏ các mục đó và đọc lại tệp, kết quả không đổi. Nếu còn gặp, kiểm "
        "tra ổ đĩa rồi chạy: baocao cache clear",
        "The cache in {folder} had damaged entries; they were dropped and their files read again, and the results are "
        "the same. If this comes again, check the disk and run: baocao cache clear",
    ),
    "cache.unwritable": ProblemKind(
        "notice",
        "Không ghi được vào bộ nhớ đệm ở {folder}: {reason}. Kết quả không đổi, nhưng lần sau phải đọc lại các tệp. "
        "Dọn bớt (baocao cache prune), sửa quyền ghi, hoặc đặt biến BAOCAO_CACHE sang thư mục khác.",
        "The cache in {folder} can't be written: {reason}. The results are the same, but the next run has to read the "
        "files again. Make room (baocao cache prune), mend permissions, or set BAOCAO_CACHE to another folder.",
        {"reason": _REASONS},
    ),
    "cache.unusable": ProblemKind(
        "notice",
        "Không mở được bộ nhớ đệm ở {folder}: {reason}. Kết quả không đổi, chỉ chậm hơn. Sửa quyền, hoặc đặt biến "
        "BAOCAO_CACHE sang thư mục khác.",
        "The cache in {folder} can't be opened: {reason}. The results are the same, only slower. Mend permissions, or "
        "set BAOCAO_CACHE to another folder.",
        {"reason": _REASONS},
    ),
    "cache.held": ProblemKind(
        "error",
        "Không xóa được bộ nhớ đệm ở {folder}: {reason}. Đóng các lần chạy baocao khác rồi thử lại.",
        "The cache in {folder} can't be removed: {reason}. End other runs of baocao and try again.",
    ),
    "cache.no_folder": ProblemKind(
        "error",
        "Máy này chưa có chỗ cho bộ nhớ đệm (không rõ thư mục người dùng). Đặt biến BAOCAO_CACHE thành một thư mục.",
        "This machine has no place for a cache (the user has no home folder). Set BAOCAO_CACHE to a folder.",
    ),
}
