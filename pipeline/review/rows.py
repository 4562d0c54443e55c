"""What is to be reviewed, as rows of one list: items, problems, and the letterhead of each report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.decisions import ReportTables, shown

ITEM, PROBLEM, LETTERHEAD = "item", "problem", "letterhead"
"""The types of row."""

Told = dict[str, Any]

_NOWHERE = -1


class Row(msgspec.Struct):
    """One row of the list, as far as no reviewer decides it; `start` and `end` are -1 where it has no place.

    `value` is told as people read it, `number` and `status` are as the tables have them. `words` is all that a search
    looks in, `problems` the codes of the problems at its place.
    """

    key: str
    type: str
    id: str
    report_id: str
    file: str
    issuer: str
    kind: str
    text: str
    value: str
    unit: str = ""
    object: str = ""
    status: str = ""
    activity: str = ""
    rule: str = ""
    page: int | None = None
    start: int = _NOWHERE
    end: int = _NOWHERE
    problems: list[str] = []
    number: float | None = None
    words: str = ""

    def told(self) -> Told:
        """Return the row for the page."""
        told: Told = msgspec.to_builtins(self)
        for name in ("number", "words"):
            del told[name]
        return {**told, **{name: None for name in ("start", "end") if told[name] == _NOWHERE}}


class Mark(Struct, frozen=True):
    """Something that was found in a report: its span, kind and key."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True)
class Reporting:
    """One file of the run: its number in this review, and its rows as the machine read them."""

    number: int
    tables: ReportTables
    activities: Mapping[str, str]

    @property
    def file(self) -> str:
        """The path of the file in the folder of the run."""
        return self.tables.report["file"]

    @property
    def report_id(self) -> str:
        """The id of the file's content."""
        return self.tables.report["report_id"]

    @property
    def is_failed(self) -> bool:
        """Whether nothing of the file could be read."""
        return self.tables.report["status"] == "failed"

    @cached_property
    def items(self) -> dict[str, dict[str, str]]:
        """The items by id, as their rows in the tables."""
        return {cells["item_id"]: cells for cells in self.tables.items}

    @cached_property
    def problems(self) -> dict[str, dict[str, str]]:
        """The problems by id, as their rows in the tables."""
        return {cells["problem_id"]: cells for cells in self.tables.problems}

    @cached_property
    def marks(self) -> list[Mark]:
        """All that the machine found, with its place in the text."""
        placed = [cells for cells in self.tables.problems if cells["start"]]
        return [
            *(mark_of(cells, cells["kind"], self.key(ITEM, cells["item_id"])) for cells in self.tables.items),
            *(mark_of(cells, PROBLEM, self.key(PROBLEM, cells["problem_id"])) for cells in placed),
        ]

    def key(self, kind: str, name: str = "") -> str:
        """Return the key of a row of this file."""
        return "/".join((kind, str(self.number), *([name] if name else [])))


def rows_of(report: Reporting) -> Iterator[Row]:
    """Yield the letterhead of a report and then its items and problems, as the tables have them."""
    yield letterhead_row(report)
    places = _places(report.tables.problems)
    for cells in report.tables.items:
        yield item_row(report, cells, places)
    for cells in report.tables.problems:
        yield problem_row(report, cells)


def letterhead_row(report: Reporting, said: Mapping[str, str] | None = None) -> Row:
    """Return the row of a report's letterhead, with what is `said` in place of what was read."""
    cells = {**report.tables.report, **(said or {})}
    told = [cells[name] for name in ("number", "subject", "parent_issuer", "issuer", "place", "signer")]
    return Row(
        report.key(LETTERHEAD),
        LETTERHEAD,
        report.report_id,
        report.report_id,
        report.file,
        report.tables.report["issuer"],
        LETTERHEAD,
        cells["subject"] or report.file,
        ", ".join(filter(None, (cells["number"], shown("date", "value", cells["date"])))),
        words=" ".join(filter(None, (report.file, cells["document_type"], *told, cells["signer_title"]))),
    )


def item_row(report: Reporting, cells: Mapping[str, str], places: Sequence[tuple[int, int, str]] | None = None) -> Row:
    """Return the row of an item of a report; `places` are those of the report's problems, if they are known."""
    start, end = int(cells["start"]), int(cells["end"])
    near = _places(report.tables.problems) if places is None else places
    value = item_value(cells, report.activities)
    told = [cells[name] for name in ("value", "unit", "object", "document_type", "issuer", "sentence")]
    return Row(
        report.key(ITEM, cells["item_id"]),
        ITEM,
        cells["item_id"],
        report.report_id,
        report.file,
        report.tables.report["issuer"],
        cells["kind"],
        cells["text"],
        value,
        cells["unit"],
        cells["object"],
        cells["status"],
        cells["activity_type"],
        cells["rule"],
        int(cells["page"]) if cells["page"] else None,
        start,
        end,
        sorted({code for first, last, code in near if first < end and start < max(last, first + 1)}),
        _number(cells["value"]) if cells["kind"] == "count" else None,
        " ".join(filter(None, (cells["text"], value, *told))),
    )


def problem_row(report: Reporting, cells: Mapping[str, str]) -> Row:
    """Return the row of a problem of a report."""
    return Row(
        report.key(PROBLEM, cells["problem_id"]),
        PROBLEM,
        cells["problem_id"],
        report.report_id,
        report.file,
        report.tables.report["issuer"],
        PROBLEM,
        cells["text"],
        cells["message"],
        page=int(cells["page"]) if cells["page"] else None,
        start=int(cells["start"] or _NOWHERE),
        end=int(cells["end"] or _NOWHERE),
        problems=[cells["code"]],
        words=" ".join((cells["text"], cells["message"], cells["code"], report.file)),
    )


def item_value(cells: Mapping[str, str], activities: Mapping[str, str]) -> str:
    """Return what an item was read as, for people: «12/15», «10 – 15», «16/10/2023», «Tập huấn»."""
    kind = cells["kind"]
    if kind == "activity":
        return activities.get(cells["value"], cells["value"])
    value = shown(kind, "value", cells["value"])
    if cells["value_max"]:
        value += " – " + shown(kind, "value_max", cells["value_max"])
    if cells["total"]:
        value += "/" + shown(kind, "total", cells["total"])
    return value


def mark_of(cells: Mapping[str, str], kind: str, key: str) -> Mark:
    """Return the mark of what `cells` tell the place of."""
    return Mark(int(cells["start"]), int(cells["end"]), kind, key)


def _places(problems: Sequence[Mapping[str, str]]) -> list[tuple[int, int, str]]:
    return [(int(one["start"]), int(one["end"]), one["code"]) for one in problems if one["start"]]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
