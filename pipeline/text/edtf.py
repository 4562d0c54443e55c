"""Dates and periods in the Extended Date/Time Format (EDTF, ISO 8601-2), as precise as a text gives them."""

from __future__ import annotations

import calendar
import re
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

_QUARTER, _HALF = 32, 39  # ISO 8601-2 sub-year groupings: quarters 33-36, halves 40-41


class Moment(Struct, frozen=True):
    """One end of a date expression: the parts that the text gives, each None where it does not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None

    def exists(self) -> bool:
        """Tell whether the calendar has this moment; 29 February needs a leap year where the year is known."""
        if self.year is not None and not 1800 <= self.year <= 2200:
            return False
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if (self.quarter or 1) not in range(1, 5) or (self.half or 1) not in (1, 2):
            return False
        if self.day is None:
            return True
        if self.month is None:
            return 1 <= self.day <= 31
        return 1 <= self.day <= calendar.monthrange(self.year or 2024, self.month)[1]

    def filled(self, other: Moment) -> Moment:
        """Return this moment with year, and month where this one is a bare day, taken from `other`."""
        month = other.month if self.day is not None and self.month is None else self.month
        return Moment(self.year if self.year is not None else other.year, month, self.day, self.quarter, self.half)

    def edtf(self) -> str:
        """Return the moment in EDTF; an unknown year is `XXXX`."""
        year = f"{self.year:04d}" if self.year is not None else "XXXX"
        if self.half:
            return f"{year}-{_HALF + self.half}"
        if self.quarter:
            return f"{year}-{_QUARTER + self.quarter}"
        if self.month is None:
            return year
        return f"{year}-{self.month:02d}" + (f"-{self.day:02d}" if self.day is not None else "")


def interval(first: Moment, last: Moment | None) -> str:
    """Return `first/last` in EDTF, with parts that the text gives once counted for both; `X/..` for an open end."""
    if last is None:
        return f"{first.edtf()}/.."
    first, last = completed(first, last)
    return f"{first.edtf()}/{last.edtf()}"


def completed(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """Return both ends with what the text gives once; a year given once changes where the months wrap round it.

    «từ 15/12 đến 14/6/2024» begins in 2023, «từ 18/4/2023 đến 21/4» ends in 2023.
    """
    if last.day is not None and last.month is None:
        last = last.filled(first)
    full = first.filled(last)
    if first.month is None and full.day and last.day and full.day > last.day and last.month:  # «28 – 03/4»
        year = None if last.year is None else last.year - (last.month == 1)
        full = replace(full, month=(last.month - 2) % 12 + 1, year=year)
    alike = _precision(full) == _precision(last) and (first.month is not None or first.day is None)
    wraps = alike and _in_year(full) > _in_year(last)
    if first.year is None and last.year is not None and wraps:
        full = replace(full, year=last.year - 1)
    if last.year is None and first.year is not None and alike:
        last = replace(last, year=first.year + wraps)
    return full, last


def _precision(moment: Moment) -> tuple[bool, ...]:
    return tuple(part is not None for part in (moment.month, moment.day, moment.quarter, moment.half))


def _in_year(moment: Moment) -> tuple[int, int]:
    start = moment.month or 3 * (moment.quarter or 0) or 6 * (moment.half or 0)
    return start, moment.day or 0


_PART = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def _part_bounds(part: str) -> tuple[str, str]:
    found = _PART.fullmatch(part)
    if not found:
        return "", ""
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if day:
        return part, part
    if not month:
        first, last = 1, 12
    elif month > _HALF:
        first, last = (1, 6) if month == _HALF + 1 else (7, 12)
    elif month > _QUARTER:
        first = 3 * (month - _QUARTER) - 2
        last = first + 2
    else:
        first = last = month
    end = calendar.monthrange(year, last)[1]
    return date(year, first, 1).isoformat(), date(year, last, end).isoformat()


def bounds(edtf: str) -> tuple[str, str]:
    """Return the first and last day of `edtf` in ISO 8601; empty where the year is not given or the end is open."""
    first, _, last = edtf.partition("/")
    return _part_bounds(first)[0], _part_bounds(last or first)[1]


def year_of(edtf: str) -> int | None:
    """Return the year that `edtf` begins in, or None where it is not given."""
    return int(edtf[:4]) if edtf[:4].isdigit() else None
