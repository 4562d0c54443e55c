"""Amounts as Vietnamese reports write them, in figures and in words.

Figures follow Luật Kế toán, Điều 12: a dot groups thousands and a comma marks decimals. Reports also hold
decimal dots («7.2 ha») and pasted English figures («1,234,567»); what can't be read for sure is no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import prod

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


_LONGEST = 30  # longer runs of digits are codes, or damage


def read_figure(text: str) -> Decimal | None:
    """Return the number that `text` writes in figures, or None where its separators allow no sure reading."""
    if len(text) > _LONGEST:
        return None
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
_STEP = re.compile(rf"(?P<n>{FIGURE})(?P<scale>(?:[ ](?:{'|'.join(SCALES)}))*)(?P<half>[ ]rưỡi)?(?:[ ]|$)")
_NOTHING = Decimal(0)


def read_steps(text: str, read: Callable[[str], Decimal | None] = read_figure) -> Decimal | None:
    """Return the amount that figures write with scale words, or None where they make none.

    «1 tỷ 250 triệu» is 1,250,000,000, «12 nghìn tỷ» 12,000,000,000,000, «2 triệu rưỡi» 2,500,000: each step is less
    than one of the step before. `read` reads the figures.
    """
    total, ceiling, at = _NOTHING, Decimal("Infinity"), 0
    while at < len(text):
        step = _STEP.match(text, at)
        value = read(step["n"]) if step else None
        if step is None or value is None:
            return None
        scale = _product(step["scale"].split())
        value = value * scale + (scale / 2 if step["half"] else 0)
        if value >= ceiling or (at and scale >= ceiling):
            return None
        total, ceiling, at = total + value, scale, step.end()
    return total if at else None


def _product(words: Sequence[str]) -> Decimal:
    return prod((SCALES[word] for word in words), start=Decimal(1))


_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_UNITS_ONLY_AFTER_TENS = {"mốt", "tư", "lăm", "nhăm"}
_TENS = {"mươi", "chục"}
NUMBER_WORDS = frozenset(_DIGITS) | {"mười", "mươi", "linh", "lẻ"} | frozenset(SCALES)


_HUNDREDS, _AND, _HALF = "trăm", ("linh", "lẻ"), ("rưỡi", "rưởi")
_ONES = Decimal(1)


def _digit_at(words: Sequence[str], at: int) -> int | None:
    return _DIGITS.get(words[at]) if at < len(words) else None


def _lone_digit(words: Sequence[str], at: int) -> int | None:
    """Return the digit at `at` where no ten or hundred is made of it."""
    return None if at + 1 < len(words) and words[at + 1] in (*_TENS, _HUNDREDS) else _digit_at(words, at)


def _hundreds(words: Sequence[str], at: int) -> tuple[int, int, bool]:
    """Read «hai trăm» and what it alone can take («linh hai», «rưỡi»); return value, end, and whether it is done."""
    digit = _digit_at(words, at)
    if digit is None or at + 1 >= len(words) or words[at + 1] != _HUNDREDS:
        return 0, at, False
    value, end = digit * 100, at + 2
    after = words[end] if end < len(words) else ""
    ones = _lone_digit(words, end + 1)
    if after in _AND and ones is not None:
        return value + ones, end + 2, True
    return (value + 50, end + 1, True) if after in _HALF else (value, end, False)


def _below_thousand(words: Sequence[str], at: int) -> tuple[int, int]:
    """Read one group of hundreds, tens and units from `words[at:]`; return its value and where it ends."""
    value, end, done = _hundreds(words, at)
    if done:
        return value, end
    tens = end
    digit = _digit_at(words, end)
    if end < len(words) and words[end] == "mười":
        value, end = value + 10, end + 1
    elif digit is not None and end + 1 < len(words) and words[end + 1] in _TENS:
        value, end = value + digit * 10, end + 2
    ones = _digit_at(words, end)
    if ones is None or (end == tens and (value or words[end] in _UNITS_ONLY_AFTER_TENS)):
        return value, end  # «hai trăm ba» is 230 in speech: not a written amount
    return value + ones, end + 1


def _scale_at(words: Sequence[str], at: int) -> Decimal:
    word = words[at] if at < len(words) else ""
    return SCALES[word] if word in SCALES and word not in ("chục", _HUNDREDS) else _ONES


def read_words(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Return the number that `words` begin with and how many of them it takes, or None.

    `words` are folded syllables; «một trăm linh hai» is 102, «hai mươi mốt» 21, «hai triệu rưỡi» 2,500,000,
    «hai nghìn năm trăm tỷ» 2,500,000,000,000.
    """
    billions, below, at, joined = Decimal(0), Decimal(0), 0, False
    ceiling, billion = Decimal("Infinity"), SCALES["tỷ"]
    while at < len(words):
        group, after = _below_thousand(words, at + joined)
        scale = _scale_at(words, after)
        bare = after == at + 1 and group < 10 and scale == _ONES and ceiling < Decimal("Infinity")
        if after == at + joined or bare or (scale >= ceiling and (scale != billion or billions)):
            break
        at = after + (scale > _ONES)
        if scale == billion:
            billions, below, ceiling = (below + group) * billion, Decimal(0), billion
        else:
            below, ceiling = below + group * scale, scale
        if scale == _ONES:
            break
        if not billions and _scale_at(words, at) == billion:  # «hai nghìn tỷ»
            billions, below, ceiling, at, scale = below * billion, Decimal(0), billion, at + 1, billion
        joined = at < len(words) and words[at] in _AND
        if at < len(words) and words[at] in _HALF:
            return billions + below + scale / 2, at + 1
    return (billions + below, at) if at else None


def canonical(number: Decimal) -> str:
    """Return `number` with a decimal point, no grouping and no idle zeros: `1500000000`, `7.2`, `0`."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
