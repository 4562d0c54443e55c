"""What a person typed in place of a reading, as the tables write it: «1.234,5», «16/10/2023», «2 triệu rưỡi»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from pipeline.decisions.dates import read_date, shown_date
from pipeline.problems import BaocaoError
from pipeline.tables.cells import written
from pipeline.tables.columns import CONSOLIDATED, Column
from pipeline.text.codes import canonical_number
from pipeline.text.edtf import bounds
from pipeline.text.numerals import canonical, read_figure, read_steps

EDITABLE: dict[str, tuple[str, ...]] = {
    "document_number": ("value", "document_type", "issued_date", "issuer", "role"),
    "date": ("value", "role"),
    "count": (
        *("value", "value_max", "total", "previous", "unit", "per", "object", "qualifier", "change"),
        *("activity_type", "status"),
    ),
    "activity": ("value", "status"),
}
"""The columns that a reviewer may correct, by the kind of the item."""

NUMBERS = frozenset({"value_max", "total", "previous"})
DATES = frozenset({"date", "issued_date", "period_start", "period_end"})
"""Columns of dates, in `consolidated.csv` and of the letterhead."""

_ROLES = {"document_number": ("own", "cited"), "date": ("report", "document", "text")}
_COLUMNS = {column.name: column for column in CONSOLIDATED.columns}
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_DOCUMENT = re.compile(r"\d[\w.]*[/-][^\s]*[^\W\d_][^\s]*")
_DECIMAL = re.compile(r"\d{4,}\.\d+|\d+\.\d{4,}", re.A)  # as the tables write it; no grouping of thousands looks so
_IN_GROUPS = re.compile(r"[1-9]\d{0,2}(?:[ '’]\d{3})+(?:,\d+)?", re.A)
_SHARE = re.compile(r" ?[%‰]$")
_LONGEST = 30  # characters of a number in figures
_LONGEST_NAME = 80  # characters of a reviewer's name


def corrected(
    kind: str, said: Mapping[str, str], row: Mapping[str, str], activities: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what was `said` of an item of `kind` as cells, those alone that differ from its `row`.

    An empty text empties the cell; what follows from a value (the days of a date, an activity's code) comes with it.
    `activities` are the labels of the codes that are known: either may be typed. BaocaoError `decision.value`, which
    names column and text, where a text can't be read.
    """
    cells = {name: _cell(kind, name, text, activities) for name, text in said.items()}
    if "value" in cells and kind == "date":
        cells["date_start"], cells["date_end"] = bounds(cells["value"])
    if "value" in cells and kind == "activity":
        cells["activity_type"] = cells["value"]
    return {name: cell for name, cell in cells.items() if cell != row.get(name, "")}


def corrected_field(name: str, text: str) -> str:
    """Return what was said of the letterhead field `name` as the tables write it; BaocaoError `decision.value`."""
    told = _folded(text)
    if not told:
        return ""
    if name in DATES:
        edtf = read_date(told)
        if edtf is None or (name != "date" and len(edtf) != 10):
            raise wrong(name, text, "day" if name != "date" else "date")
        return edtf
    if name == "number":
        return _document(name, told)
    if name in ("basis", "recipients"):
        return "; ".join(part for part in (part.strip() for part in told.split(";")) if part)
    return told


def read_number(text: str) -> Decimal | None:
    """Return the number that a person typed, in figures with or without scale words, or None where it is none."""
    told = _SHARE.sub("", _folded(text).lower()).replace("tỉ", "tỷ")
    sign, told = (-1, told[1:].strip()) if told[:1] in ("-", "−") else (1, told)
    if len(told) > _LONGEST or not told.isprintable():
        return None
    if _IN_GROUPS.fullmatch(told):
        told = re.sub("[ '’]", "", told)
    value = Decimal(told) if _DECIMAL.fullmatch(told) else read_figure(told)
    if value is None and not told[-1:].isdigit():  # «1 tỷ 250» says less than it means
        value = read_steps(told)
    if value is None or len(shown_number(canonical(value))) > _LONGEST:  # which could not be typed as it is shown
        return None
    return sign * value


def shown(kind: str, name: str, cell: str) -> str:
    """Return a cell as people read and type it: «1.234,5» for a number, «16/10/2023» for a day."""
    if not cell:
        return ""
    if name in NUMBERS or (name == "value" and kind == "count"):
        return shown_number(cell)
    if name in DATES or (name == "value" and kind == "date"):
        return shown_date(cell)
    return cell


def shown_number(cell: str) -> str:
    """Return a number of the tables with dots between thousands and a comma before decimals."""
    sign, digits = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
    whole, _, decimals = digits.partition(".")
    if not whole.isdecimal() or not whole.isascii():
        return cell
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def reviewer_name(text: str) -> str:
    """Return the name of a reviewer as the log has it: in NFC, on one line, short; BaocaoError `review.name` for none.

    Names of several are joined with `;`, which no name has.
    """
    name = _folded(text).replace(";", ",")[:_LONGEST_NAME].strip()
    if not name or not name.isprintable():
        raise BaocaoError("review.name")
    return name


def wrong(column: str, text: str, form: str) -> BaocaoError:
    """Return the error of a text that can't stand in a column, which is of a `form` that the message explains."""
    return BaocaoError("decision.value", column=column, text=text, form=form if text.strip() else "empty")


def _cell(kind: str, name: str, text: str, activities: Mapping[str, str] | None) -> str:
    if name not in EDITABLE.get(kind, ()):
        raise wrong(name, text, "fixed")
    told = _folded(text)
    if not told:
        if name == "value":
            raise wrong(name, text, "empty")
        return ""
    if name in NUMBERS or (name == "value" and kind == "count"):
        number = read_number(told)
        if number is None:
            raise wrong(name, text, "number")
        return canonical(number)
    if name in DATES or (name == "value" and kind == "date"):
        edtf = read_date(told)
        if edtf is None:
            raise wrong(name, text, "date")
        return edtf
    if name == "value" and kind == "document_number":
        return _document(name, told)
    if name == "activity_type" or (kind == "activity" and name == "value"):
        return _activity(name, told, activities)
    return _choice(kind, _COLUMNS[name], told)


def _choice(kind: str, column: Column, told: str) -> str:
    choices = _ROLES.get(kind, ()) if column.name == "role" else column.enum
    if choices and told not in choices:
        raise wrong(column.name, told, "choice")
    return told.lower() if column.name in ("unit", "per") else told


def _document(name: str, told: str) -> str:
    code = canonical_number(told)
    if not _DOCUMENT.fullmatch(code):
        raise wrong(name, told, "code")
    return code


def _activity(name: str, told: str, activities: Mapping[str, str] | None) -> str:
    known = activities or {}
    by_label = {label.lower(): code for code, label in known.items()}
    code = by_label.get(told.lower(), told)
    if (known and code not in known) or not _CODE.fullmatch(code):
        raise wrong(name, told, "activity")
    return code


def _folded(text: str) -> str:
    return " ".join(written(text).split())
