"""What the review page is told when something can't be done: a code, an HTTP status, and words in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct


class Refusal(Struct, frozen=True):
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
        "Mục này vừa thay đổi (bảng được lập lại, hoặc người khác vừa sửa); chưa ghi gì. Xem lại rồi quyết định.",
        "This has just changed (the tables were made anew, or somebody corrected it); nothing was written. Look at it "
        "and decide.",
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
    "unplaced": Refusal(
        422,
        "Văn bản nay đã khác và không tìm được đúng một chỗ có những chữ này trong câu đó. Bác bỏ mục này, rồi bôi lại "
        "chữ trong văn bản và bấm M.",
        "The text is another one now, and there is not just one place with these words in that sentence. Reject this, "
        "then mark the words anew in the text and press M.",
    ),
    "machine": Refusal(
        409,
        "Máy đã có thông tin này; hãy sửa mục đó.",
        "The machine has read this already; correct that row.",
    ),
    "there": Refusal(
        409,
        "Người khác đã thêm thông tin này; xem mục đó rồi quyết định.",
        "Somebody has added this already; look at that row and decide.",
    ),
    "nothing": Refusal(
        422,
        "Chưa sửa gì. Nếu máy đọc đúng thì chấp nhận.",
        "Nothing was corrected. If the machine is right, accept it.",
    ),
    "renewing": Refusal(409, "Các bảng đang được lập lại.", "The tables are being made already."),
    "inputs": Refusal(
        409,
        "Không tìm thấy các báo cáo đúng như lúc lập bảng, nên không lập lại bảng từ thư mục {folder}. Chạy lại baocao "
        "review với --input THƯ_MỤC đang chứa báo cáo.",
        "The reports are not to be found as they were when the tables were made, so that these are not made anew from "
        "the folder {folder}. Run baocao review again with --input FOLDER where the reports are.",
    ),
    "unread": Refusal(
        404,
        "Tệp này không đọc được khi lập bảng nên không có văn bản.",
        "This file could not be read when the tables were made, so it has no text.",
    ),
    "reading": Refusal(
        503,
        "Đang đọc tệp này, lâu hơn thường lệ. Xem mục khác rồi quay lại sau.",
        "This file is being read and takes longer than usual. Look at other rows and come back later.",
    ),
    "entrance": Refusal(
        401,
        "Địa chỉ này đã dùng rồi. Chạy lại lệnh baocao review với cùng thư mục; lệnh in ra địa chỉ mới.",
        "This address was used already. Run baocao review on the same folder again; it prints a new one.",
    ),
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
