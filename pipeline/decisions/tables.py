"""The tables of a run as rows of one report each: as the machine read it, or as reviewers left it."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from pipeline.decisions.evidence import TWIN
from pipeline.problems import BaocaoError
from pipeline.tables.cells import path_cell, text_cell, unguarded
from pipeline.tables.columns import CONSOLIDATED, INDICATORS, PROBLEMS, REPORTS, Table
from pipeline.tables.portion import Cells

ADDED = "review/added"
"""The `rule` of an item that a reviewer added."""

OURS = "review."
"""What the codes of problems begin with that only decisions lead to."""

Row = dict[str, str]
"""The cells of a row by column, unguarded."""

_LONGEST_CELL = 2**31 - 1
_REVIEW = ("review", "machine_value", "machine_cells", "reviewer", "reviewed_at", "note")
_REVIEW_OF_REPORT = ("review", "machine_fields", "reviewer", "reviewed_at")
_REVIEW_OF_PROBLEM = ("review", "reviewer")


class ReportTables(Struct):
    """All rows of one report, in the order of their tables."""

    report: Row
    items: list[Row]
    indicators: list[Row]
    problems: list[Row]


def rows_from(cells: Mapping[str, Cells]) -> ReportTables:
    """Return the rows of one report from its cells by table."""
    (report,) = _rows(REPORTS, cells[REPORTS.name])
    return ReportTables(
        report,
        told_apart(_rows(CONSOLIDATED, cells[CONSOLIDATED.name])),
        _rows(INDICATORS, cells[INDICATORS.name]),
        _rows(PROBLEMS, cells[PROBLEMS.name]),
    )


def cells_from(tables: ReportTables) -> dict[str, Cells]:
    """Return the cells by table that `rows_from` had, as they are written."""
    return {
        CONSOLIDATED.name: _cells(CONSOLIDATED, tables.items),
        REPORTS.name: _cells(REPORTS, [tables.report]),
        INDICATORS.name: _cells(INDICATORS, tables.indicators),
        PROBLEMS.name: _cells(PROBLEMS, tables.problems),
    }


def machine_tables(out: Path) -> Iterator[ReportTables]:
    """Yield the rows of each report in the tables of `out`, by file, as the machine read it.

    What decisions changed is taken back. BaocaoError `review.no_tables` where there are none, or they are of another
    version. To be read within `whole`.
    """
    names = (REPORTS, CONSOLIDATED, INDICATORS, PROBLEMS)
    with ExitStack() as stack:
        read = [stack.enter_context(_Reading(out, table)) for table in names]
        reports, items, indicators, problems = read
        for file, rows in reports.groups():
            tables = ReportTables(rows[0], items.of(file), indicators.of(file), problems.of(file))
            yield as_machine_read(tables)


def reports_in(out: Path) -> frozenset[str]:
    """Return the ids of all reports in the tables of `out`; BaocaoError as `machine_tables`."""
    with _Reading(out, REPORTS) as reading:
        return frozenset(rows[0]["report_id"] for _, rows in reading.groups())


def as_machine_read(tables: ReportTables) -> ReportTables:
    """Return the rows of a report without what decisions changed in them; columns of older tables may be missing."""
    items = [_machine_item(row) for row in tables.items if row["rule"] != ADDED]
    report = _cleared({**tables.report, **_kept(tables.report.get("machine_fields", ""))}, _REVIEW_OF_REPORT)
    if len(items) < len(tables.items):
        report["items"] = str(len(items))
    return ReportTables(
        report,
        told_apart(items),
        [_machine_indicator(row) for row in tables.indicators],
        [_cleared(row, _REVIEW_OF_PROBLEM) for row in tables.problems if not row["code"].startswith(OURS)],
    )


def told_apart(items: list[Row]) -> list[Row]:
    """Return the items of a report, in reading order, with `TWIN` where several say the same in the same words.

    Such items have ids by their order alone, so that a decision on one holds while there are as many of them.
    """
    alike: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in items:
        said = row.get("value", "") if row["kind"] == "activity" else row["text"]
        alike[row["kind"], row["sentence"].lower(), said.lower()].append(row)
    for rows in alike.values():
        for at, row in enumerate(rows, 1):
            if len(rows) > 1:
                row[TWIN] = f"{at}/{len(rows)}"
    return items


def _machine_item(row: Row) -> Row:
    before = _kept(row.get("machine_cells", ""))
    if row.get("machine_value"):
        before["value"] = row["machine_value"]
    return _cleared({**row, **before}, _REVIEW)


def _machine_indicator(row: Row) -> Row:
    return {**row, "value": row["machine_value"], "machine_value": ""} if row.get("machine_value") else row


def _cleared(row: Row, names: Sequence[str]) -> Row:
    return {**row, **{name: "" for name in names if name in row}}


def _kept(told: str) -> Row:
    cells: Row = json.loads(told) if told else {}
    return cells


class _Reading:
    """One table as it is read: rows by file, forward only; files come sorted in all tables."""

    def __init__(self, out: Path, table: Table) -> None:
        self._path, self._table = out / f"{table.name}.csv", table
        self._waiting: tuple[str, list[Row]] | None = None

    def __enter__(self) -> _Reading:
        try:
            csv.field_size_limit(_LONGEST_CELL)  # a cell may hold a long sentence
            self._file = self._path.open(encoding="utf-8-sig", newline="")
            self._groups = self.groups()
        except OSError as error:
            raise BaocaoError("review.no_tables", file=self._path.name, folder=str(self._path.parent)) from error
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def groups(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield each file with its rows."""
        rows = csv.reader(self._file)
        names = self._table.names
        if next(rows, []) != names:
            raise BaocaoError("review.no_tables", file=self._path.name, folder=str(self._path.parent))
        told = (dict(zip(names, map(unguarded, row), strict=True)) for row in rows)
        for file, group in groupby(told, key=lambda row: row["file"]):
            yield file, list(group)

    def of(self, file: str) -> list[Row]:
        """Return the rows of `file`, none where the table has none; files are asked for in order."""
        if self._waiting is None:
            self._waiting = next(self._groups, None)
        if self._waiting is None or self._waiting[0] != file:
            return []
        rows, self._waiting = self._waiting[1], None
        return rows


def _rows(table: Table, cells: Cells) -> list[Row]:
    names = table.names
    return [dict(zip(names, map(unguarded, row), strict=True)) for row in cells]


def _cells(table: Table, rows: Iterable[Row]) -> Cells:
    names: Sequence[str] = table.names
    paths = {"file", "other_file"}
    return [[_cell(row.get(name, ""), name in paths) for name in names] for row in rows]


def _cell(text: str, is_path: bool) -> str:
    return path_cell(text) if is_path else text_cell(text)
