"""Units behind numbers whose marks a scan has lost: «127 tỷ đông» can only be đồng, «2,24 lân» only lần."""

from __future__ import annotations

import re

_FIGURES = re.compile(r"[(“\"+-]*\d[\d.,/]*")
_SCALES = frozenset({"nghìn", "ngàn", "triệu", "tỷ", "tỉ"})

# What is read, what it can only be there. «đống», «đông» are words, but nobody counts thousands of heaps.
_AFTER_SCALE = {"đông": "đồng", "đổng": "đồng", "đống": "đồng", "dồng": "đồng", "đòng": "đồng", "dong": "đồng"}
_AFTER_FIGURES = {
    "lân": "lần", "lẩn": "lần", "lấn": "lần", "nguời": "người", "ngưòi": "người", "nguòi": "người", "luợt": "lượt",
    "lưọt": "lượt", "truờng": "trường", "trưòng": "trường", "triêu": "triệu", "triệụ": "triệu", "tý": "tỷ", "tỵ": "tỷ",
    "tỳ": "tỷ", "nghin": "nghìn", "nghỉn": "nghìn", "cuôc": "cuộc", "cuộe": "cuộc", "lóp": "lớp", "lởp": "lớp",
}  # fmt: skip


def unit_of(before: str, word: str) -> str | None:
    """Return what the unit `word` must have been printed as, or None where it may stand.

    `before` is the word before it: a number, or a scale word of one («127», «tỷ»).
    """
    low = word.lower()
    if before.lower() in _SCALES:
        return _AFTER_SCALE.get(low)
    return _AFTER_FIGURES.get(low) if _FIGURES.fullmatch(before) else None
