"""What a decision is made on: the cells of a row that a reviewer sees, and the ids of what has none in the tables.

The evidence of an item is its words, its sentence and what the machine read in them. Place, page, rule and headings are
none: a decision outlasts a parser that counts pages otherwise, but not a rule that reads the same words otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.decisions.decision import Cells, SubjectKind
from pipeline.model import ReportFields
from pipeline.tables.columns import CONSOLIDATED, REPORTS
from pipeline.tables.identity import content_id

READING = (
    *("value", "value_max", "total", "previous", "unit", "per", "object", "qualifier", "change"),
    *("document_type", "issued_date", "issuer", "role", "date_start", "date_end", "activity_type", "status"),
)
"""The columns of `consolidated.csv` that the machine's reading of an item is told in."""

EVIDENCE = ("kind", "text", "sentence")
"""The columns of `consolidated.csv` that an item's reading is made of."""

FIELDS = tuple(name for name in REPORTS.names if name in ReportFields.__struct_fields__ and name != "period_source")
"""The columns of `reports.csv` that are read from letterhead, opening and signature, and can be decided on."""

TWIN = "twin"
"""Beside the columns: which of how many alike in their report an item is, «1/2»; missing where it is the only one."""

_OF_PROBLEM = ("code", "text", "message")
_ADDED = tuple(name for name in CONSOLIDATED.names if name in {*EVIDENCE, *READING, "page", "start", "end", "section"})


def seen_of_item(row: Mapping[str, str]) -> dict[str, str]:
    """Return what is seen of an item by its `row` as the machine read it; empty cells are left out.

    Of several items alike (`pipeline.decisions.tables.told_apart`) it is part which one of how many this is.
    """
    return _told(row, (*EVIDENCE, *READING, TWIN))


def seen_of_field(report: Mapping[str, str], name: str) -> dict[str, str]:
    """Return what is seen of the letterhead field `name` of a report by its row."""
    return {name: report.get(name, "")}


def seen_of_problem(row: Mapping[str, str]) -> dict[str, str]:
    """Return what is seen of a problem by its row; its message is there to be read and decides nothing."""
    return _told(row, _OF_PROBLEM)


def seen_of_addition(report: Mapping[str, str]) -> dict[str, str]:
    """Return what an addition hangs on: the text that its offsets count in."""
    return {"text_id": report.get("text_id", "")}


def said_of_addition(row: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that an added item is written with."""
    return _told(row, _ADDED)


def is_as_seen(kind: SubjectKind, seen: Cells, now: Cells) -> bool:
    """Tell whether a subject is `now` what a reviewer has `seen`; a problem's message may be in another language."""
    if kind is SubjectKind.PROBLEM:
        return all(seen.get(name, "") == now.get(name, "") for name in ("code", "text"))
    return dict(seen) == dict(now)


def field_id(report_id: str, name: str) -> str:
    """Return the id of the letterhead field `name` of a report."""
    return content_id(report_id, "field", name)


def addition_id(report_id: str, kind: str, start: int, end: int) -> str:
    """Return the id of an item of `kind` that a reviewer added at these offsets; it is its `item_id` too."""
    return content_id(report_id, "addition", kind, str(start), str(end))


def _told(row: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: row[name] for name in names if row.get(name)}
