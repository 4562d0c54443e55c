"""Dates as people write and type them, and as the tables have them (EDTF, ISO 8601-2).

What is shown can be typed back: «16/10/2023», «Quý II/2024», «6 tháng đầu năm 2024», «17/07 (không rõ năm)».
"""

from __future__ import annotations

import re

from pipeline.tables.cells import written
from pipeline.text.edtf import Moment, bounds, interval

_ROMAN = ("", "I", "II", "III", "IV")
_QUARTERS = {**{roman: at for at, roman in enumerate(_ROMAN) if at}, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"đầu": 1, "cuối": 2}
_NO_YEAR = "(không rõ năm)"

_YEAR = r"(?:(?:[ ]*[/.-][ ]*|[ ]+)(?:năm[ ]+)?(?P<year>\d{4}))?"
_FORMS = tuple(
    re.compile(form, re.I | re.A)
    for form in (
        r"(?:ngày[ ]+)?(?P<day>\d{1,2})(?:[/.-]|[ ]+tháng[ ]+)(?P<month>\d{1,2})" + _YEAR,
        r"(?:tháng[ ]+)?(?P<month>\d{1,2})(?:[/.-]|[ ]+năm[ ]+)(?P<year>\d{4})",
        r"tháng[ ]+(?P<month>\d{1,2})",
        r"quý[ ]+(?P<quarter>IV|I{1,3}|[1-4])" + _YEAR,
        r"(?:6|sáu)[ ]+tháng[ ]+(?P<half>đầu|cuối)(?:[ ]+năm)?" + _YEAR,
        r"nửa[ ]+(?P<half>đầu|cuối)[ ]+năm" + _YEAR,
        r"(?:năm[ ]+)?(?P<year>\d{4})",
    )
)
_EDTF = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?", re.A)
_BETWEEN = re.compile(r"[ ]*[–—][ ]*|[ ]+-[ ]+|[ ]+đến[ ]+", re.I)
_TO_NOW = re.compile(r"từ[ ]+(?P<first>.+?)[ ]+đến[ ]+nay", re.I)


def read_date(text: str) -> str | None:
    """Return the date or period that a person typed in EDTF, or None where it is none; EDTF itself may be typed."""
    told = " ".join(written(text).split())
    edtf = told if _is_edtf(told) else _read(told.replace(_NO_YEAR, "").strip())
    if edtf is None:
        return None
    first, last = bounds(edtf)
    return None if first and last and first > last else edtf


def shown_date(edtf: str) -> str:
    """Return a date of the tables as people write it; what has no such form stays as it is."""
    first, _, last = edtf.partition("/")
    if last == "..":
        told = _said(first)
        return f"từ {told} đến nay" if told and _NO_YEAR not in told else edtf
    ends = [_said(end) for end in (first, last) if end]
    if not all(ends):
        return edtf
    without_year = [end.endswith(_NO_YEAR) for end in ends]
    if len(ends) == 2 and all(without_year):
        ends[0] = ends[0].removesuffix(_NO_YEAR).strip()
    elif any(without_year) and not all(without_year):  # the year of the other end would be read for it
        return edtf
    return " – ".join(ends)


def _read(told: str) -> str | None:
    if found := _TO_NOW.fullmatch(told):
        first = _moment(found["first"])
        return None if first is None else interval(first, None)
    if told[:3].lower() == "từ ":
        told = told[3:]
    ends = [_moment(part) for part in _BETWEEN.split(told)]
    moments = [end for end in ends if end is not None]
    if len(moments) != len(ends) or len(ends) > 2:
        return None
    return moments[0].edtf() if len(ends) == 1 else interval(*moments)


def _moment(text: str) -> Moment | None:
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            numbers = {name: int(parts[name]) for name in ("year", "month", "day") if parts.get(name)}
            quarter = _QUARTERS.get((parts.get("quarter") or "").upper())
            moment = Moment(**numbers, quarter=quarter, half=_HALVES.get((parts.get("half") or "").lower()))
            return moment if moment.exists() else None
    return None


def _is_edtf(text: str) -> bool:
    first, slash, last = text.partition("/")
    ends = [first, *([last] if slash and last != ".." else [])]
    return all(_is_edtf_moment(end) for end in ends)


def _is_edtf_moment(text: str) -> bool:
    found = _EDTF.fullmatch(text)
    if not found:
        return False
    year = None if found[1] == "XXXX" else int(found[1])
    month, day = int(found[2] or 0), int(found[3] or 0)
    if year is None and not month:  # neither a year nor a part of one
        return False
    if 33 <= month <= 41:
        return not day and month not in (37, 38, 39) and Moment(year).exists()
    return Moment(year, month if found[2] else None, day if found[3] else None).exists()


def _said(edtf: str) -> str:
    """Return one end of a date as people write it, or nothing where it has no such form."""
    found = _EDTF.fullmatch(edtf)
    if not found:
        return ""
    year, month, day = found.groups()
    named = "" if year == "XXXX" else year
    if month and "33" <= month <= "36" and not day:
        told = f"Quý {_ROMAN[int(month) - 32]}" + (f"/{named}" if named else "")
    elif month in ("40", "41") and not day:
        told = f"6 tháng {'đầu' if month == '40' else 'cuối'} năm" + (f" {named}" if named else "")
    elif month and not day and not named:
        told = f"tháng {month}"
    else:
        told = "/".join(part for part in (day, month, named) if part)
    return told if named else f"{told} {_NO_YEAR}".strip()
