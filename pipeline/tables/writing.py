"""Writing the tables: all of them complete and in place, or the folder as it was before."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import deque
from collections.abc import Callable, Container, Iterable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from typing import Self

from pipeline.rulebook import Pack
from pipeline.tables import dataset
from pipeline.tables.citations import Citations
from pipeline.tables.columns import PROBLEMS, REFERENCES, TABLES, Table
from pipeline.tables.datapackage import data_package
from pipeline.tables.lasting import replace, writing_to
from pipeline.tables.portion import Cells, Portion, cells, cells_of, digest_from, numbered, portion_of, with_problems
from pipeline.tables.publishing import publish, staging
from pipeline.tables.result import FoundProblem, ReportResult
from pipeline.tables.rows import Row
from pipeline.tables.wide import wide_row, wide_table

_PART_ROWS, _PART_CHARACTERS = 5_000, 4_000_000  # of a part of the data set: what is held in memory is bounded
_PACKAGE = "datapackage.json"

Submit = Callable[..., "Future[None]"]
"""Has a function of this module called with the arguments that follow, here or in another process."""


Cellwise = dict[str, Cells]
"""The cells of one report by table."""

Amend = Callable[[Cellwise], Cellwise]
"""Returns the cells of one report with what people decided of them."""


def as_read(tables: Cellwise) -> Cellwise:
    """Return the cells of a report on which nobody has decided anything."""
    return tables


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
    submit: Submit | None = None,
    amend: Amend = as_read,
) -> dict[str, int]:
    """Write the tables, their data set and data package into the empty folder `staged`; return the rows of each table.

    `portions` come in the order of their files, and so do the problems in `told`, which only a look at all reports
    shows. `packs` are those that were used, sorted by id. No more than a part of each table is held in memory; `submit`
    may have parts written by other processes. `amend` changes the cells of a report before they are written.
    """
    wide = wide_table(packs)
    extra = iter(told)
    with ExitStack() as stack:
        writers = {table.name: stack.enter_context(TableWriter(staged, table, submit or at_once)) for table in TABLES}
        across = stack.enter_context(CsvWriter(staged / f"{wide.table.name}.csv", wide.table))
        waiting = next(extra, None)
        for portion in portions:
            tables = cells_of(portion)
            if waiting is not None and waiting[0] == portion.file:
                tables[PROBLEMS.name] = with_problems(tables[PROBLEMS.name], portion, waiting[1])
                waiting = next(extra, None)
            numbered(tables[PROBLEMS.name])
            tables = amend(tables)
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
        self._file.write(_csv([table.names]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def add(self, rows: Iterable[list[str]]) -> None:
        """Write `rows`."""
        written = list(rows)
        self._file.write(_csv(written))
        self.rows += len(written)


class TableWriter:
    """One table as parts of a data set, and as the CSV file that is put together from those of the parts.

    A part is written by whatever `submit` gives it to; parts don't depend on each other.
    """

    def __init__(self, folder: Path, table: Table, submit: Submit) -> None:
        self.table = table
        self.rows = 0
        self._folder, self._submit = folder, submit
        self._file = (folder / f"{table.name}.csv").open("wb")
        self._parts = self._held = 0
        self._waiting: list[list[str]] = []
        self._given: deque[tuple[Future[None], Path]] = deque()

    def __enter__(self) -> Self:
        self._file.write(_csv([self.table.names]).encode("utf-8-sig"))
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        with self._file:
            if kind is None:
                if self._waiting or not self._parts:
                    self._give_part()
                self._gather(len(self._given))

    def add(self, rows: list[list[str]]) -> None:
        """Take `rows`, and have a part written where enough are held."""
        for row in rows:
            self._waiting.append(row)
            self._held += sum(map(len, row))
            if len(self._waiting) >= _PART_ROWS or self._held >= _PART_CHARACTERS:
                self._give_part()

    def _give_part(self) -> None:
        cells = self._folder / f".{self.table.name}-{self._parts:05}.csv"
        given = self._submit(_write_part, self._folder, self.table, self._parts, self.rows, self._waiting, cells)
        self._given.append((given, cells))
        self.rows += len(self._waiting)
        self._waiting, self._held = [], 0
        self._parts += 1
        self._gather(sum(1 for _ in takewhile(lambda one: one[0].done(), self._given)))

    def _gather(self, count: int) -> None:
        """Put the CSV of so many parts behind those before, when they are written; the first error is raised."""
        for _ in range(count):
            given, cells = self._given.popleft()
            given.result()
            with cells.open("rb") as part:
                shutil.copyfileobj(part, self._file)
            cells.unlink()


def at_once(work: Callable[..., None], *arguments: object) -> Future[None]:
    """Do something here and now."""
    done: Future[None] = Future()
    work(*arguments)
    done.set_result(None)
    return done


def _write_part(folder: Path, table: Table, number: int, first: int, rows: list[list[str]], cells: Path) -> None:
    """Write a part of the data set in `folder`, and into the file `cells` what its rows are in CSV."""
    dataset.write_part(folder / dataset.FOLDER, table, number, first, rows)
    cells.write_text(_csv(dataset.shown(table, rows)), encoding="utf-8", newline="")


def _csv(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` as our CSV files have them (RFC 4180 but for the line ends)."""
    told = io.StringIO(newline="")
    csv.writer(told, lineterminator="\n").writerows(rows)
    return told.getvalue()


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
