"""What a cell that holds nothing but a number says, and which style of separators its table is written in.

Luật Kế toán, Điều 12: a dot groups thousands and a comma marks decimals; tables pasted from software have it
the other way round, and `1,234` is then a thousand and not one and a bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from pipeline.text.separators import Style, has_two_readings, read_styled, style_of

_N = r"[1-9]\d{0,2}(?:[ ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_FIGURE = re.compile(
    rf"(?P<bound>[<>≤≥≈~])?[ ]?(?P<open>\()?(?P<sign>[-–−+])?[ ]?(?P<n>{_N})"
    rf"(?:[ ]?(?P<between>[/–-])[ ]?(?P<n2>{_N}))?[ ]?(?P<unit>%|‰)?(?(open)\))"
    r"(?:[ ]?(?:\*{1,3}|\(\*{1,3}\))|\([1-9]\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})?"
)
_BOUNDS = {"<": "less_than", ">": "more_than", "≤": "at_most", "≥": "at_least", "≈": "about", "~": "about"}
_SPACED = re.compile(r"[1-9]\d{0,2}(?:[ ]\d{3})+(?:,\d+)?")
_NO_DATA = re.compile(r"[-–—−…._x*/\"”\s]+|n/?a", re.I)
_LETTERS = re.compile(r"[^\W\d_]")

_PLAIN_THOUSANDS = re.compile(r"\d{4,}")
_LEAST_ALIKE = 3


class Figure(Struct, frozen=True):
    """A cell's number as printed: its numerals, what stands between them, sign, bound and sign of unit."""

    first: str
    second: str = ""
    between: str = ""
    sign: int = 0
    qualifier: str = "exact"
    unit: str = ""

    def read(self, style: Style) -> tuple[Decimal, Decimal | None] | None:
        """Return the numbers, or None where the separators allow no sure reading."""
        value = _read(self.first, style)
        second = _read(self.second, style) if self.second else None
        if value is None or (self.second and second is None):
            return None
        return -value if self.sign < 0 else value, second


@lru_cache(maxsize=4096)
def figure_in(text: str) -> Figure | None:
    """Return the number that `text` is and nothing else, or None."""
    found = _FIGURE.fullmatch(text)
    if not found:
        return None
    down = found["sign"] in ("-", "–", "−") or bool(found["open"] and not found["sign"])
    return Figure(
        found["n"],
        found["n2"] or "",
        found["between"] or "",
        -1 if down else 1 if found["sign"] else 0,
        _BOUNDS.get(found["bound"] or "", "exact"),
        found["unit"] or "",
    )


def is_no_data(text: str) -> bool:
    """Tell whether a cell says that there is no data: `-`, `…`, `x`, `*`."""
    return bool(text) and bool(_NO_DATA.fullmatch(text))


def is_words(text: str) -> bool:
    """Tell whether a cell holds words: letters, and no number or mark of no data alone."""
    return bool(_LETTERS.search(text)) and not is_no_data(text)


def is_year(text: str) -> bool:
    """Tell whether a cell is a bare year."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", text.strip()))


def _read(text: str, style: Style) -> Decimal | None:
    if _SPACED.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    return read_styled(text, style)


def is_ambiguous(figures: Iterable[Figure]) -> bool:
    """Tell whether some number reads one way in one style and another way in the other."""
    return any(has_two_readings(numeral) for figure in figures for numeral in _numerals(figure))


def usual_style(figures: Iterable[Figure]) -> Style:
    """Return the style that most numbers of a table are sure to be written in.

    Where none is, three or more that all have a comma before three digits, beside no long plain number, are thousands.
    """
    numerals = [numeral for figure in figures for numeral in _numerals(figure)]
    sure = style_of(numerals)
    if sure is not None:
        return sure
    alike = sum(has_two_readings(n) for n in numerals)
    plain = any(_PLAIN_THOUSANDS.fullmatch(n) and not is_year(n) for n in numerals)
    return Style.ENGLISH if alike >= _LEAST_ALIKE and not plain else Style.LOCAL


def _numerals(figure: Figure) -> tuple[str, ...]:
    return (figure.first, figure.second) if figure.second else (figure.first,)
