"""Writing the tables: all of them complete and in place, or the folder as it was before."""

from __future__ import annotations

import csv
import json
from collections.abc import Container, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from pipeline.rulebook import Pack
from pipeline.tables import dataset
from pipeline.tables.citations import Citations
from pipeline.tables.columns import PROBLEMS, REFERENCES, TABLES, Table
from pipeline.tables.datapackage import data_package
from pipeline.tables.lasting import replace, writing_to
from pipeline.tables.portion import Portion, cells, cells_of, digest_from, portion_of, with_problems
from pipeline.tables.publishing import publish, staging
from pipeline.tables.result import FoundProblem, ReportResult
from pipeline.tables.rows import Row
from pipeline.tables.wide import wide_row, wide_table

_PART_ROWS, _PART_CHARACTERS = 5_000, 4_000_000  # of a part of the data set: what is held in memory is bounded
_PACKAGE = "datapackage.json"


def write_tables(folder: Path, reports: Iterable[ReportResult], packs: Iterable[Pack] = ()) -> None:
    """Write the tables of `reports` and their data package into `folder`, which is made where it is missing.

    Rows are sorted by file and place, so the order of `reports` plays no part. On any error, OSError first of
    all, `folder` keeps the tables it had.
    """
    portions = sorted(map(portion_of, reports), key=lambda portion: portion.file)
    folder.mkdir(parents=True, exist_ok=True)
    with staging(folder) as staged, Citations() as citations:
        for portion in portions:
            citations.add(digest_from(portion))
        used = used_packs(packs, {portion.rule_pack for portion in portions})
        stage_tables(staged, portions, used, citations.rows())
        publish(staged, folder)


def stage_tables(
    staged: Path,
    portions: Iterable[Portion],
    packs: Sequence[Pack],
    references: Iterable[Row],
    told: Iterable[tuple[str, Sequence[FoundProblem]]] = (),
) -> dict[str, int]:
    """Write the tables, their data set and data package into the empty folder `staged`; return the rows of each table.

    `portions` come in the order of their files, and so do the problems in `told`, which only a look at all reports
    shows. `packs` are those that were used, sorted by id. No more than a part of the data set is held in memory.
    """
    wide = wide_table(packs)
    extra = iter(told)
    with ExitStack() as stack:
        writers = {table.name: stack.enter_context(TableWriter(staged, table)) for table in TABLES}
        across = stack.enter_context(CsvWriter(staged / f"{wide.table.name}.csv", wide.table))
        waiting = next(extra, None)
        for portion in portions:
            tables = cells_of(portion)
            if waiting is not None and waiting[0] == portion.file:
                tables[PROBLEMS.name] = with_problems(tables[PROBLEMS.name], portion, waiting[1])
                waiting = next(extra, None)
            for name, rows in tables.items():
                writers[name].add(rows)
            across.add(cells(wide.table, [wide_row(tables, wide)]))
        for row in references:
            writers[REFERENCES.name].add(cells(REFERENCES, [row]))
    package = data_package(packs, (*TABLES, wide.table))
    (staged / _PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return {**{name: writer.rows for name, writer in writers.items()}, wide.table.name: across.rows}


class CsvWriter:
    """One table as a CSV file, row by row."""

    def __init__(self, path: Path, table: Table) -> None:
        self.rows = 0
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file, lineterminator="\n")
        self._csv.writerow(table.names)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def add(self, rows: Iterable[list[str]]) -> None:
        """Write `rows`."""
        written = list(rows)
        self._csv.writerows(written)
        self.rows += len(written)


class TableWriter:
    """One table as parts of a data set, and as the CSV file that is written from each part when it is full."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self._set = folder / dataset.FOLDER
        self._csv = CsvWriter(folder / f"{table.name}.csv", table)
        self._parts = self._held = 0
        self._waiting: list[list[str]] = []

    @property
    def rows(self) -> int:
        """Return how many rows are in the CSV file."""
        return self._csv.rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        with self._csv:
            if kind is None and (self._waiting or not self._parts):
                self._write_part()

    def add(self, rows: list[list[str]]) -> None:
        """Take `rows`, and write a part where enough are held."""
        for row in rows:
            self._waiting.append(row)
            self._held += sum(map(len, row))
            if len(self._waiting) >= _PART_ROWS or self._held >= _PART_CHARACTERS:
                self._write_part()

    def _write_part(self) -> None:
        paths = dataset.write_part(self._set, self.table, self._parts, self.rows, self._waiting)
        self._waiting, self._held = [], 0
        self._parts += 1
        self._csv.add(dataset.read_part(paths, self.table))


def used_packs(packs: Iterable[Pack], ids: Container[str]) -> list[Pack]:
    """Return those of `packs` with one of `ids`, sorted by id, as `stage_tables` wants them."""
    return sorted((pack for pack in packs if pack.id in ids), key=lambda pack: pack.id)


def write_sheet(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Write one table to `path`: all of it, or nothing and BaocaoError `run.output`; what stood there is as before."""
    with writing_to(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with staging(path.parent) as staged:
            with CsvWriter(staged / path.name, table) as writer:
                writer.add(cells(table, rows))
            replace(staged / path.name, path)
