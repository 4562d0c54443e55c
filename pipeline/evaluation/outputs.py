"""The tables of one run, read back by file as text, for whoever compares or counts them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from msgspec import Struct

from pipeline.decisions import ReportTables, as_machine_read
from pipeline.evaluation.pairing import Row
from pipeline.evaluation.runs import read_rows
from pipeline.problems import BaocaoError
from pipeline.tables.cells import unguarded
from pipeline.tables.columns import CONSOLIDATED, INDICATORS, PROBLEMS, REPORTS, Table
from pipeline.tables.publishing import await_whole, whole


class Output(Struct, frozen=True):
    """What a run wrote: the row of each report by its file, and by file the rows of the other tables, in order."""

    reports: dict[str, Row]
    items: dict[str, list[Row]]
    indicators: dict[str, list[Row]]
    problems: dict[str, list[Row]]

    def as_machine_read(self) -> Output:
        """Return the tables without what decisions of people changed in them."""
        machine = Output({}, {}, {}, {})
        for file, report in self.reports.items():
            rows = (table.get(file, []) for table in (self.items, self.indicators, self.problems))
            tables = as_machine_read(ReportTables(report, *rows))
            machine.reports[file], machine.items[file] = tables.report, tables.items
            machine.indicators[file], machine.problems[file] = tables.indicators, tables.problems
        return machine


_NEEDED: dict[str, tuple[str, ...]] = {
    CONSOLIDATED.name: ("item_id", "file", "kind", "text", "value", "sentence", "page", "start", "end", "rule"),
    REPORTS.name: ("report_id", "file", "rule_pack"),
    INDICATORS.name: ("file", "indicator", "value", "item_ids"),
    PROBLEMS.name: ("file", "code", "text", "start", "end", "page"),
}
"""The columns without which a table can't be compared; all others may be missing, as from an older version."""


def is_output(folder: Path) -> bool:
    """Tell whether `folder` holds the tables of a run, rather than reports; BaocaoError `run.half`."""
    await_whole(folder)
    return all((folder / f"{table.name}.csv").is_file() for table in (CONSOLIDATED, REPORTS))


def read_output(folder: Path) -> Output:
    """Return the tables in `folder`; BaocaoError `evaluate.no_tables` or `evaluate.columns` where they can't be read.

    All are of one run: `run.half` or `run.renewed` where they are just being replaced. The quote that keeps a cell
    from being a formula is off.
    """
    with whole(folder):
        reports = {row["file"]: row for row in _rows(folder, REPORTS)}
        return Output(reports, *(_by_file(folder, table) for table in (CONSOLIDATED, INDICATORS, PROBLEMS)))


def span_of(row: Row) -> tuple[int, int] | None:
    """Return where in the report a row's words stand, `[start, end)`, or None where it is about no place."""
    return (int(row["start"]), int(row["end"])) if row["start"] and row["end"] else None


def start_of(row: Row) -> int:
    """Return where a row's words begin; -1 for what is about no place, so that it comes first."""
    return int(row["start"] or -1)


def _by_file(folder: Path, table: Table) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder, table):
        found[row["file"]].append(row)
    return found


def _rows(folder: Path, table: Table) -> list[Row]:
    needed = _NEEDED[table.name]
    rows = [
        {name: unguarded(cell or "") for name, cell in row.items() if name is not None}
        for row in read_rows(folder, table.name)
    ]
    missing = [name for name in needed if rows and name not in rows[0]]
    whole = [name for name in ("start", "end") if name in needed and name not in missing]
    missing += [name for name in whole if any(row[name] and not row[name].isdecimal() for row in rows)]
    if missing:
        raise BaocaoError("evaluate.columns", file=str(folder / f"{table.name}.csv"), columns=", ".join(missing))
    return rows
