"""Amounts as Vietnamese reports write them, in figures and in words.

Figures follow Luật Kế toán, Điều 12: a dot groups thousands and a comma marks decimals. Reports also hold
decimal dots («7.2 ha») and pasted English figures («1,234,567»); what can't be read for sure is no number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

FIGURE = r"\d+(?:[.,]\d+)*"
"""Pattern of a numeral in figures; `read_figure` says whether it can be read."""

_FORMS = (
    (re.compile(r"\d+"), ""),
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?"), "."),
    (re.compile(r"\d+,\d+"), "."),
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?"), ","),
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d{1,2}"), ","),
    (re.compile(r"\d+\.\d{1,2}|0\.\d+"), ","),
)


def read_figure(text: str) -> Decimal | None:
    """Return the number that `text` writes in figures, or None where its separators allow no sure reading."""
    for form, grouping in _FORMS:
        if form.fullmatch(text):
            plain = text.replace(grouping, "") if grouping else text
            return Decimal(plain.replace(",", "."))
    return None


SCALES: dict[str, Decimal] = {
    "chục": Decimal(10),
    "trăm": Decimal(100),
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
}
_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_UNITS_ONLY_AFTER_TENS = {"mốt", "tư", "lăm", "nhăm"}
_TENS = {"mươi", "chục"}
NUMBER_WORDS = frozenset(_DIGITS) | {"mười", "mươi", "linh", "lẻ"} | frozenset(SCALES)


def _below_thousand(words: Sequence[str], at: int) -> tuple[int, int]:
    """Read one group of hundreds, tens and units from `words[at:]`; return its value and where it ends."""
    value, start = 0, at
    n = len(words)
    if at + 1 < n and words[at] in _DIGITS and words[at + 1] == "trăm":
        value, at = _DIGITS[words[at]] * 100, at + 2
        if at + 1 < n and words[at] in ("linh", "lẻ") and words[at + 1] in _DIGITS:
            return value + _DIGITS[words[at + 1]], at + 2
    tens = at
    if at < n and words[at] == "mười":
        value, at = value + 10, at + 1
    elif at + 1 < n and words[at] in _DIGITS and words[at + 1] in _TENS:
        value, at = value + _DIGITS[words[at]] * 10, at + 2
    if at < n and words[at] in _DIGITS and (at > tens or words[at] not in _UNITS_ONLY_AFTER_TENS):
        if at == tens and value:  # «hai trăm ba» is 230 in speech: not a written amount
            return value, at
        value, at = value + _DIGITS[words[at]], at + 1
    return (value, at) if at > start else (0, start)


def read_words(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Return the number that `words` begin with and how many of them it takes, or None.

    `words` are folded syllables; «một trăm linh hai» is 102, «hai mươi mốt» 21, «hai triệu rưỡi» 2,500,000.
    """
    total, at, seen = Decimal(0), 0, False
    ceiling = Decimal("Infinity")
    while at < len(words):
        group, after = _below_thousand(words, at)
        if after == at:
            break
        scale = SCALES.get(words[after]) if after < len(words) and words[after] not in ("chục", "trăm") else None
        if (scale or Decimal(1)) >= ceiling:
            break
        seen, ceiling = True, scale or Decimal(1)
        total, at = total + group * ceiling, after + (scale is not None)
        if scale is None:
            break
        if at < len(words) and words[at] in ("rưỡi", "rưởi"):
            return total + scale / 2, at + 1
    return (total, at) if seen else None


def canonical(number: Decimal) -> str:
    """Return `number` with a decimal point, no grouping and no idle zeros: `1500000000`, `7.2`, `0`."""
    text = format(number.normalize(), "f")
    return "0" if text in ("-0", "") else text
