"""Words of `baocao review`, in Vietnamese and in English."""

from __future__ import annotations

REVIEWING: dict[str, tuple[str, str]] = {
    "review.short": (
        "Mở trang rà soát các bảng kết quả trên trình duyệt.",
        "Open a page in the browser to review the tables.",
    ),
    "review.help": (
        "Mở trang rà soát các bảng trong thư mục KẾT_QUẢ: từng thông tin cùng chỗ ghi nó trong báo cáo, để chấp nhận, "
        "sửa, bác bỏ hoặc thêm chỗ máy bỏ sót. Mỗi quyết định được ghi ngay vào review.sqlite cạnh các bảng; baocao "
        "run sau đó áp dụng chúng. Trang chỉ mở được trên máy này. Bấm Ctrl+C để kết thúc.",
        "Open a page to review the tables in OUT: each item beside its place in the report, to accept, correct or "
        "reject it, or to add what was missed. Each decision is at once written to review.sqlite beside the tables; "
        "the next baocao run applies them. The page is open to this machine alone. Press Ctrl+C to end.",
    ),
    "review.input": (
        "Thư mục đang chứa các báo cáo, nếu đã chuyển khỏi chỗ lúc chạy.",
        "The folder where the reports are, if they were moved since the run.",
    ),
    "review.reviewer": (
        "Tên người rà soát (mặc định: tên người dùng của máy).",
        "The reviewer's name (by default that of the user of this machine).",
    ),
    "review.port": (
        "Cổng của trang (mặc định: 8731 hoặc cổng trống kế tiếp).",
        "The port of the page (by default 8731, or the next that is free).",
    ),
    "review.host": (
        "Địa chỉ mạng để mở cho máy khác; mặc định chỉ mở trên máy này.",
        "The network address to serve other machines at; by default this machine alone.",
    ),
    "review.no_browser": ("Không mở trình duyệt, chỉ in địa chỉ.", "Don't open a browser, print the address only."),
    "review.preparing": ("Đang chuẩn bị các bảng…", "Preparing the tables…"),
    "review.ready": (
        "Trang rà soát: {url}\nBấm Ctrl+C để kết thúc.",
        "The review is at: {url}\nPress Ctrl+C to end.",
    ),
    "review.there": (
        "Thư mục này đang được rà soát rồi, mở trang đó: {url}",
        "This folder is under review already, which is opened: {url}",
    ),
    "review.open": (
        "Cảnh báo: trang mở cho máy khác tại {host}, không mã hóa. Ai có địa chỉ trên đều đọc được báo cáo và ghi được "
        "quyết định; chỉ dùng trong mạng tin cậy.",
        "Warning: the page is open to other machines at {host}, unencrypted. Who has the address can read the reports "
        "and write decisions; use it in a network you trust.",
    ),
    "review.over": ("Đã kết thúc; mọi quyết định đã được ghi.", "Ended; every decision is written."),
    "metavar.host": ("ĐỊA_CHỈ", "ADDRESS"),
    "metavar.port": ("CỔNG", "PORT"),
    "metavar.reviewer": ("TÊN", "NAME"),
}
