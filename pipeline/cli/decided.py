"""Words about decisions that people made on the tables."""

from __future__ import annotations

DECIDED: dict[str, tuple[str, str]] = {
    "run.review": ("Kết quả rà soát trong các bảng", "Decisions of reviewers in the tables"),
    "review.state.accepted": ("đã chấp nhận", "accepted"),
    "review.state.corrected": ("đã sửa", "corrected"),
    "review.state.rejected": ("đã bác bỏ, hoặc không phải vấn đề", "rejected, or no problem"),
    "review.state.added": ("người rà soát thêm", "added"),
    "review.state.disputed": ("người rà soát có ý kiến khác nhau: cần thống nhất", "reviewers disagree: to be agreed"),
    "review.state.changed": (
        "máy đọc khác lúc rà soát: cần xem lại",
        "read otherwise than when reviewed: to look at again",
    ),
    "review.state.absent": (
        "của báo cáo đã đổi nội dung hoặc không còn trong thư mục: giữ lại, chưa áp dụng",
        "on reports that were changed or are not in the folder now: kept, not applied",
    ),
    "review.state.gone": ("máy không còn trích được: cần xem lại", "no longer found: to look at again"),
}
