"""Opening a workbook: the visible sheets with their cells, or the reason why they can't be had."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct, field
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipeline.model import Problem
from pipeline.parsers.archives import ZIP_ERRORS, check_archive, check_members
from pipeline.parsers.limits import limits
from pipeline.parsers.xlsx.appearance import (
    Appearance,
    Place,
    Style,
    read_appearance,
    read_styles,
    sheet_parts,
    without_far_cells,
)
from pipeline.parsers.xlsx.biff import read_appearances
from pipeline.parsers.xlsx.compound import hangs_together
from pipeline.parsers.xlsx.opendocument import read_content
from pipeline.parsers.xlsx.values import value_to_text
from pipeline.parsers.xml import raise_if_beyond
from pipeline.problems import ParseError

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WIDEST = 256
_PANIC = "PanicException"  # calamine's own failure, which Python knows by this name alone


class Entry(Struct, frozen=True):
    """A filled cell: its place from 0 and spans, what it shows, and how it looks; `figure` for a number or date."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    figure: bool = False
    ruled: bool = False
    bold: bool = False
    centred: bool = False


class Sheet(Struct):
    """A visible sheet: its name, its filled cells by row and column, and the rows with drawn cells."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    ruled: set[int] = field(default_factory=set)


def open_workbook(data: bytes) -> tuple[list[Sheet], list[Problem]]:
    """Return the visible sheets of a workbook and what was met; ParseError if it is damaged or protected."""
    try:
        return _Workbook(data).read()
    except PasswordError as error:
        raise ParseError("file.encrypted", format=_name(data)) from error
    except etree.XMLSyntaxError as error:
        raise_if_beyond(error)
        raise damaged(str(error), _name(data)) from error
    except (CalamineError, etree.LxmlError, *ZIP_ERRORS, ValueError, KeyError) as error:
        raise damaged(str(error) or type(error).__name__, _name(data)) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise damaged("calamine gave up", _name(data)) from error


def _name(data: bytes) -> str:
    """Return what a workbook is called: `XLS`, `ODS` or `XLSX`."""
    if data.startswith(_OLE):
        return "XLS"
    return "ODS" if b"opendocument.spreadsheet" in data[:200] else "XLSX"


def damaged(reason: str, name: str) -> ParseError:
    """Return the error for a workbook that can't be read, with a reason of a few words."""
    return ParseError("file.damaged", format=name, reason=reason.splitlines()[0][:120])


class _Workbook:
    """One reading of a workbook; `problems` grow as its sheets are read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._problems: list[Problem] = []
        self._left, self._most = limits().cells, limits().sheet_cells
        self._looks: dict[str, Appearance] = {}
        self._open()

    def _open(self) -> None:
        """Find out how the sheets look; raise ParseError for what calamine must not open."""
        if self._data.startswith(_OLE):
            self._open_xls()
        elif self._data.startswith(_ZIP):
            with ZipFile(BytesIO(self._data)) as archive:
                self._check(archive)
                if "content.xml" in archive.namelist():
                    self._looks = read_content(archive)
                else:
                    self._open_xlsx(archive)
        for name, look in self._looks.items():
            rows, columns = look.size
            if rows * columns > self._most:
                raise ParseError("sheet.too_large", name=name, rows=str(rows), columns=str(columns))

    def _check(self, archive: ZipFile) -> None:
        check_archive(archive, self._data, _name(self._data))
        check_members(archive)
        if "xl/workbook.bin" in archive.namelist():
            raise ParseError("file.format", found="Excel (.xlsb)")

    def _open_xlsx(self, archive: ZipFile) -> None:
        """See how each sheet looks; one that reaches too far is cut in the data before calamine unfolds it."""
        styles = read_styles(archive)
        for name, part in sheet_parts(archive).items():
            look = self._looks[name] = read_appearance(archive, part, styles)
            rows, columns = look.size
            if rows * columns > self._most:
                columns = min(columns, _WIDEST)
                rows = min(rows, max(self._most // columns, 1))
                last = look.first[0] + rows - 1, look.first[1] + columns - 1
                self._data = without_far_cells(self._data, part, look.first, last)
                look.last = last
                self._cut(name, "sheet_cells")

    def _open_xls(self) -> None:
        if _ENCRYPTED in self._data:
            raise ParseError("file.encrypted", format="XLSX")
        if not hangs_together(self._data):
            raise damaged("OLE: chains of sectors without an end", "XLS")
        self._looks = read_appearances(self._data)

    def read(self) -> tuple[list[Sheet], list[Problem]]:
        """Return the sheets and the problems met."""
        book = CalamineWorkbook.from_filelike(BytesIO(self._data))
        sheets: list[Sheet] = []
        for known in book.sheets_metadata:
            if known.typ is not SheetTypeEnum.WorkSheet:
                continue
            if known.visible is not SheetVisibleEnum.Visible:
                self._problems.append(Problem("sheet.hidden", (("name", known.name),)))
                continue
            look = self._looks.get(known.name, Appearance())
            sheets.append(Sheet(known.name, list(self._entries(book.get_sheet_by_name(known.name), look)), look.ruled))
        return sheets, self._problems

    def _cut(self, name: str, limit: str) -> None:
        problem = Problem("sheet.cut", (("name", name), ("limit", limit), ("most", str(getattr(limits(), limit)))))
        if problem not in self._problems:
            self._problems.append(problem)

    def _entries(self, sheet: CalamineSheet, look: Appearance) -> Iterator[Entry]:
        """Yield the cells of a sheet that show something; of merged cells the first stands for all."""
        spans, covered = _merges(sheet, look)
        top, left = sheet.start or (0, 0)
        for row, values in enumerate(sheet.to_python(), top):
            if row in look.hidden_rows:
                continue
            for column, value in enumerate(values, left):
                if value == "" or column in look.hidden_columns or (row, column) in covered:
                    continue
                style = look.styles.get((row, column), Style())
                text = "" if style.struck else value_to_text(value, style.form)
                if not text:
                    continue
                if not self._left:
                    self._cut(sheet.name, "cells")
                    return
                self._left -= 1
                down, across = spans.get((row, column), (1, 1))
                figure = not isinstance(value, str)
                yield Entry(row, column, text, down, across, figure, style.ruled, style.bold, style.centred)


def _merges(sheet: CalamineSheet, look: Appearance) -> tuple[dict[Place, Place], set[Place]]:
    """Return the spans of merged cells by their first, and the cells that they cover."""
    spans = dict(look.spans)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        spans[top, left] = bottom - top + 1, right - left + 1
    covered: set[Place] = set()
    for (top, left), (down, across) in spans.items():
        if down * across + len(covered) < limits().sheet_cells:
            covered.update((row, column) for row in range(top, top + down) for column in range(left, left + across))
            covered.discard((top, left))
    return spans, covered
