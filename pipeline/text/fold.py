"""One spelling for words that Vietnamese writes in two ways, for matching only: the text itself never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

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
_END = r"(?![^\W\d_])"


def _by_letter(spellings: Iterable[str], before: str) -> str:
    """Return a pattern of `spellings` at the end of a word that none of the characters `before` precedes.

    Each first letter stands before what is asked of it, so that a search passes over all others.
    """
    rests: dict[str, list[str]] = {}
    for spelling in spellings:
        rests.setdefault(spelling[0], []).append(spelling[1:])
    return "|".join(f"{letter}(?<!{before}{letter})(?:{'|'.join(rest)}){_END}" for letter, rest in rests.items())


_FOLDABLE = re.compile(_by_letter(_TONE, "q") + "|" + _by_letter(_I_FOR_Y, r"[^\W\d_]"))
_SPELLING = _TONE | _I_FOR_Y | {"ƣ": "ư"}


_SHORT = 40
"""Characters up to which a text is a word or phrase, and likely to be asked for again."""


def fold(text: str) -> str:
    """Return `text` in lower case with one tone placement and `y` for `i`, of exactly the same length.

    The length never changes, so an offset into the folded text is an offset into the text.
    """
    return _known(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _FOLDABLE.sub(lambda m: _SPELLING[m[0]], low.replace("ƣ", "ư"))


_known = lru_cache(maxsize=20_000)(_folded)
