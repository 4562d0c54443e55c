"""Writing the tables: all of them complete and in place, or the folder as it was before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from pipeline.rulebook import Pack
from pipeline.tables.columns import CONSOLIDATED, INDICATORS, PROBLEMS, REFERENCES, REPORTS, TABLES, Table
from pipeline.tables.datapackage import data_package
from pipeline.tables.documents import combine
from pipeline.tables.lasting import synced, writing_to
from pipeline.tables.publishing import publish, staging
from pipeline.tables.references import digest_of, reference_rows
from pipeline.tables.result import ReportResult
from pipeline.tables.rows import Row, indicator_rows, item_rows, problem_rows, report_row
from pipeline.tables.wide import wide_rows, wide_table

_PACKAGE = "datapackage.json"


def write_tables(folder: Path, reports: Iterable[ReportResult], packs: Iterable[Pack] = ()) -> None:
    """Write the tables of `reports` and their data package into `folder`, which is made where it is missing.

    Rows are sorted by file and place, so the order of `reports` plays no part. On any error, OSError first of
    all, `folder` keeps the tables it had.
    """
    ordered = sorted(reports, key=lambda report: report.file)
    used = {report.rule_pack for report in ordered}
    folder.mkdir(parents=True, exist_ok=True)
    with staging(folder) as staged:
        of_run = sorted((p for p in packs if p.id in used), key=lambda p: p.id)
        wide = wide_table(of_run)
        for table, rows in (*_tables(ordered), (wide.table, wide_rows(ordered, wide))):
            _write_table(staged / f"{table.name}.csv", table, rows)
        package = data_package(of_run, (*TABLES, wide.table))
        with synced(staged / _PACKAGE, "utf-8") as file:
            file.write(json.dumps(package, ensure_ascii=False, indent=2) + "\n")
        publish(staged, folder)


def write_sheet(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Write one table to `path`: all of it, or nothing and BaocaoError `run.output`; what stood there is as before."""
    with writing_to(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with staging(path.parent) as staged:
            _write_table(staged / path.name, table, rows)
            (staged / path.name).replace(path)


def _tables(reports: Sequence[ReportResult]) -> Iterator[tuple[Table, Iterable[Row]]]:
    yield CONSOLIDATED, chain.from_iterable(map(item_rows, reports))
    yield REPORTS, map(report_row, reports)
    yield INDICATORS, chain.from_iterable(map(indicator_rows, reports))
    yield PROBLEMS, chain.from_iterable(map(problem_rows, reports))
    yield REFERENCES, reference_rows(combine(map(digest_of, reports)))


def _write_table(path: Path, table: Table, rows: Iterable[Row]) -> None:
    import pandas as pd

    cells = [[row.get(name, "") for name in table.names] for row in rows]
    frame = pd.DataFrame(cells, columns=table.names, dtype="string")
    with synced(path, "utf-8-sig") as file:
        frame.to_csv(file, index=False, lineterminator="\n")
