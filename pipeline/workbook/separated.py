"""The same tables as CSV for Excel in Vietnamese: `;` between cells, a decimal comma, days as dd/mm/yyyy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace as replaced

from pipeline.tables.cells import guarded
from pipeline.tables.lasting import replace, writing_to
from pipeline.tables.publishing import staging
from pipeline.workbook.cells import Cell
from pipeline.workbook.columns import DECIDED
from pipeline.workbook.display import display
from pipeline.workbook.indicators import Wide
from pipeline.workbook.labels import FILES, head, said
from pipeline.workbook.lines import Line, Reviewed, item_lines, problem_lines, report_line
from pipeline.workbook.source import Source, opened

_ENTERED = ("decision", "correction", "unit_correction", "row_mark")  # of the workbook alone


def write_separated(out: Path, folder: Path, lang: str) -> dict[str, int]:
    """Write the tables of `out`, with all that was decided by now, into `folder`; return the rows of each file.

    Each file is replaced when all are written. BaocaoError `run.output`, or as `opened`.
    """
    with opened(out, lang) as source, writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with staging(folder) as staged:
            rows = _write(source, staged)
            for name in rows:
                replace(staged / name, folder / name)
    return rows


def _write(source: Source, folder: Path) -> dict[str, int]:
    lang = source.lang
    names = {sheet: f"{said(words, lang)}.csv" for sheet, words in FILES.items()}
    counts = dict.fromkeys(names.values(), 0)
    columns = {name: [one for one in sheet.columns if one.name not in _ENTERED] for name, sheet in DECIDED.items()}
    wide = Wide()
    with ExitStack() as stack:
        files = {sheet: stack.enter_context(_opened(folder / name)) for sheet, name in names.items()}
        writers = {sheet: csv.writer(file, delimiter=";", lineterminator="\r\n") for sheet, file in files.items()}
        for sheet, told in columns.items():
            writers[sheet].writerow(guarded(head(column.name, lang)) for column in told)
        for report in source.reports():
            for line in _lines(report, source):
                as_now = replaced(line, cells=line.now)
                writers[line.sheet].writerow(_text(display(as_now, column, lang)) for column in columns[line.sheet])
                counts[names[line.sheet]] += 1
            wide.add(report.now)
        writers["indicators"].writerow(map(guarded, wide.heads(lang)))
        for row in wide.rows():
            writers["indicators"].writerow(_text(cell) for cell, _ in row)
            counts[names["indicators"]] += 1
    return counts


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8-sig", newline="")


def _lines(report: Reviewed, source: Source) -> Iterator[Line]:
    yield report_line(report, source.ledger)
    yield from item_lines(report, source.ledger, source.names)
    yield from problem_lines(report, source.ledger)


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else guarded(cell)
