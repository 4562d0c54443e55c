"""What a file may hold: every limit in one place, each by a name that the refusal gives and a person can change.

They keep a file that is made to do harm, or by accident larger than any report, from taking the machine. Reports stay
far below them: the largest real one that was met had 236 pages and 4 MB of XML.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from pipeline.model import Problem
from pipeline.problems import BaocaoError, ParseError

VARIABLE = "BAOCAO_LIMITS"
"""The variable of the environment with limits for every command, such as `pages=9000 file_size=1GB`."""

_BYTES = "bytes"
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}


def _limit(default: int, unit: str = "", most: int = 10**12) -> int:
    """Return the field of a limit: its default, `bytes` where it is a size, and the most that it can be."""
    value: int = field(default=default, metadata={"unit": unit, "most": most})
    return value


@dataclass(frozen=True, slots=True)
class FileLimits:
    """The most that a file may hold. Sizes are in bytes; what is counted is told with each.

    `file_size` of the file as it is. Of an archive (DOCX, XLSX, ODT, ODS): `unpacked_size` of all its members,
    `unpacked_ratio` of that to the file, which is asked above 20 MB alone, `parts` its members, `xml_size` of one XML
    member, `xml_entities` that a file declares by itself, `xml_depth` and `html_depth` of tags in each other, which
    libxml2 itself keeps to 256 and 2048. Of a PDF: `pages`, `pdf_objects` in it, `pdf_stream` of one unpacked stream
    that is no picture, `page_objects` and `page_characters` of one page, `pixels` of a picture that words are read
    from. Of any: `characters` of text; `cells` that hold something in all tables, and `sheet_cells`, empty ones too,
    over which a sheet reaches.
    """

    file_size: int = _limit(250_000_000, _BYTES)
    unpacked_size: int = _limit(500_000_000, _BYTES)
    unpacked_ratio: int = _limit(200)
    parts: int = _limit(10_000)
    xml_size: int = _limit(100_000_000, _BYTES)
    xml_depth: int = _limit(256, most=256)
    xml_entities: int = _limit(0)
    html_depth: int = _limit(2048, most=2048)
    pages: int = _limit(5_000)
    pdf_objects: int = _limit(2_000_000)
    pdf_stream: int = _limit(200_000_000, _BYTES)
    page_objects: int = _limit(200_000)
    page_characters: int = _limit(200_000)
    pixels: int = _limit(100_000_000)
    characters: int = _limit(5_000_000)
    cells: int = _limit(200_000)
    sheet_cells: int = _limit(2_000_000)


NAMES = tuple(each.name for each in fields(FileLimits))
"""The names of the limits, as refusals give them."""

_OF_PAGE = "page.limit"
_held: FileLimits | None = None


def limits() -> FileLimits:
    """Return the limits that this process keeps: those it was held to, else those of the environment.

    BaocaoError `run.limit` where the environment's make no sense.
    """
    global _held
    if _held is None:
        _held = limits_told(os.environ.get(VARIABLE, ""))
    return _held


def hold_to_limits(new: FileLimits | None) -> None:
    """Hold this process to `new` limits; None is those of the environment, looked at anew."""
    global _held
    _held = new


def limits_told(told: str) -> FileLimits:
    """Return the usual limits with what is `told` in one text, apart by blanks or commas."""
    return changed(FileLimits(), told.replace(",", " ").split())


def changed(before: FileLimits, told: Iterable[str]) -> FileLimits:
    """Return `before` with what is `told`, each as `NAME=VALUE`; sizes may have a unit, such as `500MB`.

    BaocaoError `run.limit` for a name or a value that makes no sense.
    """
    new = {name: _value(name, value, each) for each in told for name, _, value in (each.partition("="),)}
    return replace(before, **new)


def require(name: str, found: int) -> None:
    """Raise ParseError `file.limit` where `found` is more than the limit `name` allows."""
    most = getattr(limits(), name)
    if found > most:
        raise exceeded(name, found)


def exceeded(name: str, found: int | None = None) -> ParseError:
    """Return the error for a file that goes beyond the limit `name`: with how far, if that is known."""
    most = getattr(limits(), name)
    told = _told(name, found) if found else "?"
    return ParseError("file.limit", limit=name, what=name, most=_told(name, most), found=told)


def exceeded_on(page: int, name: str, found: int) -> Problem:
    """Return the problem of a page that goes beyond the limit `name` by itself, where the others can be read."""
    return only_page(exceeded(name, found), page)


def only_page(error: ParseError, page: int) -> Problem:
    """Return the problem of a page that the `error` of a limit leaves out."""
    return Problem(_OF_PAGE, (("page", str(page)), *error.problem.detail))


def raise_if_of_page(problems: Iterable[Problem]) -> None:
    """Raise ParseError `file.limit` for the first of `problems` that left a page out, where no other has words."""
    for problem in problems:
        if problem.code == _OF_PAGE:
            raise ParseError("file.limit", **{name: told for name, told in problem.detail if name != "page"})


def _told(name: str, value: int) -> str:
    if _about(name)["unit"] == _BYTES and value >= 10**6:
        return f"{value / 10**6:.0f}MB"
    return str(value)


def _value(name: str, value: str, told: str) -> int:
    if name not in NAMES:
        raise BaocaoError("run.limit", text=told, known=", ".join(NAMES))
    digits = value.strip().upper().removesuffix("B")
    unit = digits[-1:] if digits[-1:] in _UNITS else ""
    number = digits[: len(digits) - len(unit)]
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        raise BaocaoError("run.limit", text=told, known=", ".join(NAMES))
    most: int = _about(name)["most"]
    return min(int(number) * _UNITS[unit], most)


def _about(name: str) -> Mapping[str, Any]:
    return next(each.metadata for each in fields(FileLimits) if each.name == name)
