"""One value as a cell of a spreadsheet and back: numbers and days only where nothing of them is lost."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from pipeline.tables.cells import written
from pipeline.tables.identity import content_id
from pipeline.workbook.columns import Form

Cell = str | Decimal | date
"""What is written: a text, a number, or a day."""

Found = str | int | float | bool | date | datetime | time | timedelta | None
"""What stands in a cell that is read."""

LONGEST = 32_767
"""Characters that a cell holds, as UTF-16 counts them."""

_DIGITS = 15  # of a number in a spreadsheet
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NO_XML = re.compile("[\ufffe\uffff]")
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets count days differently


def cell_of(text: str, form: Form, kind: str = "") -> Cell:
    """Return a `text` of the tables as a cell of a column of `form`: a number, a day, or the text itself."""
    found: Cell | None = None
    if form == "number" or (form == "value" and kind == "count"):
        found = _number(text)
    elif form == "date" or (form == "value" and kind == "date"):
        found = _day(text)
    return cut(text) if found is None else found


@lru_cache(maxsize=4096)
def cut(text: str) -> str:
    """Return `text` as a cell can hold it: on one line, cut where it is too long, with `…` at the cut."""
    told = _line(text)
    if len(told) * 2 <= LONGEST or len(told.encode("utf-16-le")) <= 2 * LONGEST:
        return told
    return told.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def text_of(found: Found) -> str:
    """Return what stands in a cell as the tables write it: `1234.5`, `2023-10-16`, or the text on one line."""
    match found:
        case None:
            return ""
        case bool():
            return str(found).upper()
        case int():
            return str(found)
        case float():
            return _plain(found)
        case datetime():
            return found.date().isoformat() if found.time() == time() else found.isoformat(" ", "seconds")
        case date():
            return found.isoformat()
        case str():
            return _line(found)
    return str(found)


def typed_of(found: Found) -> str:
    """Return what stands in a cell as a person would have typed it: a number with its decimals behind a comma."""
    text = text_of(found)
    return text.replace(".", ",") if isinstance(found, float) else text


def told(cell: Cell) -> str:
    """Return what `text_of` gives for `cell` when it is read back."""
    if isinstance(cell, Decimal):
        return _plain(float(cell))
    return cell.isoformat() if isinstance(cell, date) else cell


def digest(*texts: str) -> str:
    """Return what tells `texts` from others."""
    return content_id(*texts)


def _number(text: str) -> Decimal | None:
    if not _NUMBER.fullmatch(text) or len(text.lstrip("-0.").replace(".", "")) > _DIGITS:
        return None
    return Decimal(text)


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _plain(number: float) -> str:
    """Return a number without an exponent and without what lies beyond its fifteenth digit."""
    told_so = f"{Decimal(f'{number:.15g}'):f}"
    return told_so.rstrip("0").rstrip(".") if "." in told_so else told_so


def _line(text: str) -> str:
    """Return `text` on one line, with what XML can't hold replaced by U+FFFD."""
    return " ".join(_NO_XML.sub("\ufffd", written(text)).split())
