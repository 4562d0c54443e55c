"""Workbooks as a reviewer fills them in, by openpyxl in the place of Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.decisions import ledger_of
from pipeline.workbook import Result, take_workbook, write_workbook
from pipeline.workbook.labels import SHEETS, head
from tests.decisions.making import Made


class Book:
    """A workbook that is open: cells by sheet, row and column."""

    def __init__(self, path: Path, lang: str = "vi") -> None:
        self.path, self.lang = path, lang
        self.book = openpyxl.load_workbook(path)

    def sheet(self, name: str) -> Worksheet:
        return self.book[SHEETS[name][self.lang != "vi"]]

    def column(self, sheet: str, name: str) -> int:
        return next(cell.column for cell in self.sheet(sheet)[1] if cell.value == head(name, self.lang))

    def row(self, sheet: str, text: str, column: str = "text", file: str = "") -> int:
        at, of = self.column(sheet, column), self.column(sheet, "file")
        rows = self.sheet(sheet).iter_rows(min_row=2)
        return next(r[0].row for r in rows if r[at - 1].value == text and file in ("", r[of - 1].value))

    def get(self, sheet: str, row: int, column: str) -> Any:
        return self.sheet(sheet).cell(row, self.column(sheet, column)).value

    def put(self, sheet: str, row: int, **cells: Any) -> None:
        for column, value in cells.items():
            self.sheet(sheet).cell(row, self.column(sheet, column)).value = value

    def save(self, path: Path | None = None) -> Path:
        self.book.save(path or self.path)
        return path or self.path


def exported(made: Made, lang: str = "vi", name: str = "book.xlsx") -> Book:
    """The workbook of a run as it stands."""
    path = made.out.parent / name
    write_workbook(made.out, path, lang, anew=True)
    return Book(path, lang)


def taken(made: Made, book: Book, reviewer: str = "An", **how: bool) -> Result:
    """What comes of a workbook that is saved and taken back."""
    return take_workbook(made.out, book.save(), reviewer, **how)


def reasons(result: Result) -> list[tuple[int, str]]:
    return [(one.place.row, one.refusal.reason) for one in result.refused]


def entries(made: Made) -> int:
    """How many entries the log has."""
    return ledger_of(made.out).last
