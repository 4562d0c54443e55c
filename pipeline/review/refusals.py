"""What the review page is told when something can't be done: a code, an HTTP status, and words in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """How one thing is refused."""

    status: int
    vi: str
    en: str


REFUSALS = {
    "session": Refusal(
        401,
        "Chưa vào phiên rà soát. Mở địa chỉ mà lệnh baocao review vừa in ra.",
        "There is no session. Open the address that baocao review printed.",
    ),
    "host": Refusal(
        403,
        "Địa chỉ này không phải của baocao review. Mở địa chỉ mà lệnh baocao review vừa in ra.",
        "This is no address of baocao review. Open the one that it printed.",
    ),
    "origin": Refusal(
        403,
        "Yêu cầu không đến từ trang rà soát nên không được nhận.",
        "The request did not come from the review page and was refused.",
    ),
    "too_large": Refusal(413, "Yêu cầu quá lớn.", "The request is too large."),
    "request": Refusal(
        400,
        "Yêu cầu không hợp lệ. Tải lại trang rồi thử lại.",
        "The request makes no sense. Load the page again and retry.",
    ),
    "reviewer": Refusal(
        400,
        "Chưa có tên người rà soát. Ghi tên ở đầu trang rồi làm lại.",
        "There is no name of a reviewer. Write it at the top of the page and try again.",
    ),
    "not_found": Refusal(
        404,
        "Mục này không còn trong bảng. Tải lại trang.",
        "This is not in the tables any more. Load the page again.",
    ),
    "overtaken": Refusal(
        409,
        "Mục này vừa được quyết định ở cửa sổ khác; chưa ghi gì thêm. Xem lại rồi quyết định.",
        "This was just decided on in another window; nothing more was written. Look at it and decide.",
    ),
    "changed": Refusal(
        409,
        "Bảng vừa được lập lại và máy đọc mục này khác đi; chưa ghi gì. Xem lại rồi quyết định.",
        "The tables were just made anew and the machine reads this otherwise; nothing was written. Look and decide.",
    ),
    "count": Refusal(
        409,
        "Số mục chưa quyết định đã thay đổi ({count}). Xem lại rồi chấp nhận.",
        "The number of open rows has changed ({count}). Look again before you accept them.",
    ),
    "place": Refusal(
        422,
        "Chưa đánh dấu chữ nào, hoặc đánh dấu quá dài. Chỉ chọn đúng những chữ ghi thông tin.",
        "No words are marked, or too many. Mark just those that say it.",
    ),
    "nothing": Refusal(
        422,
        "Chưa sửa gì. Nếu máy đọc đúng thì chấp nhận.",
        "Nothing was corrected. If the machine is right, accept it.",
    ),
    "renewing": Refusal(409, "Các bảng đang được lập lại.", "The tables are being made already."),
    "failed": Refusal(
        500,
        "Có lỗi của chương trình ({reason}). Những quyết định đã ghi còn nguyên; tải lại trang rồi thử lại.",
        "The program failed ({reason}). Decisions that were written are as they were; load the page again and retry.",
    ),
}
"""Every refusal, by its code."""


@dataclass(slots=True)
class Refused(Exception):
    """Something that can't be done; `code` is one of `REFUSALS`, and `detail` fills its words."""

    code: str
    detail: dict[str, object] = field(default_factory=dict)

    def __init__(self, code: str, **detail: object) -> None:
        self.code, self.detail = code, detail

    @property
    def status(self) -> int:
        """The status of HTTP that it is answered with."""
        return REFUSALS[self.code].status

    def message(self, lang: str) -> str:
        """Return what is wrong and what to do."""
        refusal = REFUSALS[self.code]
        return (refusal.en if lang == "en" else refusal.vi).format(**self.detail)
