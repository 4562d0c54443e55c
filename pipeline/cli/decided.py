"""Words about decisions that people made on the tables."""

from __future__ import annotations

DECIDED: dict[str, tuple[str, str]] = {
    "run.review": ("Kết quả rà soát trong các bảng", "Decisions of reviewers in the tables"),
    "review.state.accepted": ("chấp nhận", "accepted"),
    "review.state.corrected": ("đã sửa", "corrected"),
    "review.state.rejected": ("bác bỏ, hoặc không phải vấn đề", "rejected, or no problem"),
    "review.state.added": ("thêm vào", "added"),
    "review.state.disputed": ("những người rà soát nói khác nhau: cần thống nhất", "reviewers disagree: to be agreed"),
    "review.state.changed": (
        "máy đọc khác lúc rà soát: cần xem lại",
        "read otherwise than when reviewed: to look at again",
    ),
    "review.state.absent": (
        "của báo cáo nay không có trong thư mục: giữ lại, chưa áp dụng",
        "on reports that are not in the folder now: kept, not applied",
    ),
    "review.state.gone": ("máy không còn trích được: cần xem lại", "no longer found: to look at again"),
}
