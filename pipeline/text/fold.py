"""One spelling for words that Vietnamese writes in two ways, for matching only: the text itself never changes."""

from __future__ import annotations

import re

# Tone placement in open syllables (QĐ 1989/QĐ-BGDĐT against administrative habit): both are in use.
_TONE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_I_FOR_Y = {
    "tỉ": "tỷ", "kĩ": "kỹ", "lí": "lý", "mĩ": "mỹ", "kí": "ký", "kỉ": "kỷ",
    "quí": "quý", "qui": "quy", "hi": "hy", "kì": "kỳ", "sĩ": "sỹ",
}  # fmt: skip
_FOLDABLE = re.compile(
    r"(?<!q)(?:" + "|".join(_TONE) + r")(?![^\W\d_])|(?<![^\W\d_])(?:" + "|".join(_I_FOR_Y) + r")(?![^\W\d_])"
)
_SPELLING = _TONE | _I_FOR_Y | {"ƣ": "ư"}


def fold(text: str) -> str:
    """Return `text` in lower case with one tone placement and `y` for `i`, of exactly the same length.

    The length never changes, so an offset into the folded text is an offset into the text.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _FOLDABLE.sub(lambda m: _SPELLING[m[0]], low.replace("ƣ", "ư"))
