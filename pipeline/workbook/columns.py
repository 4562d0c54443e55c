"""The sheets of the workbook and their columns, in the order an analyst reads them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Form = Literal["text", "number", "date", "value"]
"""What a column holds; a `value` is a number or a date or a text, as the row's kind has it."""

Place = Literal["shown", "grouped", "hidden"]
"""A `grouped` column is folded away until it is asked for."""


class Column(Struct, frozen=True):
    """One column: its name, width in characters, what it holds, and where it is; `entry` is for the reviewer."""

    name: str
    width: int
    form: Form = "text"
    place: Place = "shown"
    wrap: bool = False
    entry: bool = False


class Sheet(Struct, frozen=True):
    """One sheet: its columns, how many of them stay in sight, and which holds the id that a decision is on."""

    name: str
    columns: tuple[Column, ...]
    frozen: int
    key: str = ""

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the names of the columns that are for the reviewer."""
        return tuple(column.name for column in self.columns if column.entry)


def _decision(width: int) -> tuple[Column, ...]:
    return (Column("decision", width, entry=True),)


_FILE, _PAGE = Column("file", 24, wrap=True), Column("page", 7, "number")
_REMARK = Column("remark", 24, wrap=True, entry=True)
_WHO = (Column("state", 14), Column("reviewer", 16), Column("reviewed_at", 22, place="grouped"))
_IDS = (Column("report_id", 14, place="hidden"), Column("row_mark", 14, place="hidden"))

ITEMS = Sheet(
    "items",
    (
        _FILE,
        _PAGE,
        Column("kind", 13),
        Column("sentence", 58, wrap=True),
        Column("text", 24, wrap=True),
        Column("value", 22, "value", wrap=True),
        Column("unit", 11),
        *_decision(12),
        Column("correction", 19, entry=True),
        Column("unit_correction", 12, entry=True),
        _REMARK,
        *_WHO,
        Column("object", 22, wrap=True),
        Column("section", 32, place="grouped"),
        Column("value_max", 12, "number", "grouped"),
        Column("total", 12, "number", "grouped"),
        Column("previous", 12, "number", "grouped"),
        Column("per", 9, place="grouped"),
        Column("qualifier", 12, place="grouped"),
        Column("change", 10, place="grouped"),
        Column("status", 14, place="grouped"),
        Column("activity_type", 22, place="grouped"),
        Column("column", 28, place="grouped"),
        Column("document_type", 16, place="grouped"),
        Column("issued_date", 13, "date", "grouped"),
        Column("issuer", 26, place="grouped"),
        Column("role", 16, place="grouped"),
        Column("date_start", 12, "date", "grouped"),
        Column("date_end", 12, "date", "grouped"),
        Column("rule", 30, place="grouped"),
        Column("item_id", 14, place="hidden"),
        *_IDS,
    ),
    frozen=2,
    key="item_id",
)


def _field(name: str, width: int, form: Form = "text", place: Place = "shown") -> Column:
    return Column(name, width, form, place, wrap=form == "text", entry=True)


REPORTS = Sheet(
    "reports",
    (
        Column("file", 28, wrap=True),
        Column("read", 11),
        _field("number", 18),
        _field("date", 12, "date"),
        _field("document_type", 12),
        _field("subject", 44),
        _field("issuer", 26),
        _field("parent_issuer", 24),
        _field("period_start", 12, "date"),
        _field("period_end", 12, "date"),
        _field("signer", 20),
        _field("signer_title", 20),
        *_decision(12),
        _REMARK,
        *_WHO,
        _field("signer_authority", 18, place="grouped"),
        _field("place", 14, place="grouped"),
        _field("symbol", 14, place="grouped"),
        _field("basis", 34, place="grouped"),
        _field("recipients", 34, place="grouped"),
        Column("items", 10, "number"),
        Column("pages", 9, "number"),
        Column("format", 9, place="grouped"),
        Column("rule_pack", 22, place="grouped"),
        Column("error", 40, wrap=True),
        *_IDS,
    ),
    frozen=1,
    key="report_id",
)

PROBLEMS = Sheet(
    "problems",
    (
        Column("file", 28, wrap=True),
        _PAGE,
        Column("severity", 11),
        Column("message", 60, wrap=True),
        Column("text", 28, wrap=True),
        *_decision(19),
        _REMARK,
        *_WHO,
        Column("other_file", 24, wrap=True),
        Column("other_page", 10, "number"),
        Column("other_text", 28, wrap=True),
        Column("code", 22, place="grouped"),
        Column("problem_id", 14, place="hidden"),
        *_IDS,
    ),
    frozen=2,
    key="problem_id",
)

DECIDED = {sheet.name: sheet for sheet in (REPORTS, ITEMS, PROBLEMS)}
"""The sheets that decisions are typed into, by name."""

OF_INDICATORS = (
    Column("file", 28, wrap=True),
    Column("issuer", 28, wrap=True),
    Column("period_start", 12, "date"),
    Column("period_end", 12, "date"),
)
"""The columns that the sheet of indicators begins with; one for each indicator follows."""
