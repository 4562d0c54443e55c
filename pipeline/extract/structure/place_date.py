"""The place and date line: «Hà Giang, ngày    tháng 9 năm 2024», as far as it is filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import one_line
from pipeline.text.edtf import Moment

_GAP = r"[\s.…_]{0,40}"
_FILLED = rf"{_GAP}(\d{{0,2}}){_GAP}"
# «thảng», «nãm», «nam» are what OCR makes of the words.
_WORDED = re.compile(
    rf"(?:ngày{_FILLED})?th[áaảà]ng{_FILLED}n[ăaã]m\s{{0,20}}(\d{{4}}(?!\d)|\d{{0,3}}[.…_]*)", re.IGNORECASE
)
_FIGURES = re.compile(r"ngày\s{0,5}(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)", re.IGNORECASE)
_PLACE = re.compile(r"[^\W\d_][^\d,;:()“”\"]{1,50}")
_MOST_WORDS = 8


class PlaceDate(Struct, frozen=True):
    """Place and EDTF date, empty where blank; where the date stands (None if empty), all it covers."""

    place: str
    date: str
    span: tuple[int, int] | None
    covers: tuple[int, int]


def read_place_date(text: str, strips: Sequence[Strip], taken: Sequence[tuple[int, int]]) -> PlaceDate | None:
    """Return the first place and date among `strips`, or None; what is `taken` before it is no place.

    A date stands at the head of its strip or after a place and a comma; any other is part of a title.
    """
    for at, strip in enumerate(strips):
        last = strips[min(at + 1, len(strips) - 1)].end  # a date may be wrapped once
        for pattern in (_WORDED, _FIGURES):
            match = pattern.search(text, strip.start, last)
            if match is None or match.start() >= strip.end:
                continue
            low = max([strip.start, *(end for _, end in taken if strip.start < end <= match.start())])
            place = _place(text[low : match.start()], strips[at - 1] if at else None)
            if place is not None:
                start = low if text[low : match.start()].strip() else match.start()
                return _place_date(place, match, start)
    return None


def _place(before: str, above: Strip | None) -> str | None:
    """Return the place before a date or on the line above, empty where blank, None where it is no place."""
    words = one_line(before).strip(" ,*_.…-–")
    if not words:
        ends = above is not None and above.text.endswith(",")
        return _place(above.text, None) or "" if above is not None and ends else ""
    good = _PLACE.fullmatch(words) and words[0].isupper() and len(words.split()) <= _MOST_WORDS
    return words if good else None


def _place_date(place: str, match: re.Match[str], start: int) -> PlaceDate:
    day, month, year = ((int(g) if g and g.isdigit() else None) for g in match.groups())
    if year is not None and year < 1000:
        year = None
    moment = Moment(year, month, day if month else None)
    date = moment.edtf() if year and moment.exists() else ""
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    return PlaceDate(place, date, (match.start(), end) if date else None, (start, end))
