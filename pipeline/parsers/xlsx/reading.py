"""A workbook to Document: each sheet's lines as paragraphs, its tables as cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Block, BlockKind, Document, Problem
from pipeline.parsers.labels import typed_label
from pipeline.parsers.manuscript import Manuscript
from pipeline.parsers.xlsx.lines import in_reading_order
from pipeline.parsers.xlsx.regions import Region, split_sheet
from pipeline.parsers.xlsx.workbook import Entry, Sheet, open_workbook
from pipeline.problems import ParseError
from pipeline.text.clean import clean

# What programs call a sheet by themselves.
_UNNAMED = re.compile(r"(?:sheet|trang tính|trang_tính|bảng|table|bảng tính)?[\s_]*\(?\d*\)?", re.IGNORECASE)


def read_xlsx(data: bytes) -> Document:
    """Return the text and blocks of an XLSX, XLS or ODS; ParseError if it can't be read or holds no text.

    Sheets follow each other in their order; hidden ones are named in a problem.
    """
    sheets, problems = open_workbook(data)
    return sheets_to_document(sheets, problems)


def sheets_to_document(sheets: Sequence[Sheet], problems: Sequence[Problem] = ()) -> Document:
    """Return the Document of sheets; ParseError if there is nothing on them."""
    writing = _Writing()
    for sheet in sheets:
        writing.put_sheet(sheet)
    if not writing.manuscript.length:
        raise ParseError("file.no_text")
    return Document(writing.manuscript.text(), "xlsx", tuple(writing.manuscript.blocks), problems=tuple(problems))


class _Writing:
    """The writing down of one workbook."""

    def __init__(self) -> None:
        self.manuscript = Manuscript()
        self._tables = 0

    def put_sheet(self, sheet: Sheet) -> None:
        """Put a sheet down; its name goes above it where it says something and no line above the table does."""
        regions = list(split_sheet(sheet))
        name = clean(sheet.name).strip()
        if regions and regions[0].is_table and not _UNNAMED.fullmatch(name):
            self.manuscript.put(name, Block(BlockKind.HEADING, 0, 0, level=1))
        for region in regions:
            if region.is_table:
                self._put_table(region)
            else:
                for entry in in_reading_order(region.rows):
                    self._put_lines(entry)

    def _put_lines(self, entry: Entry) -> None:
        """Put the lines of a cell down, each as a paragraph."""
        for line in entry.text.split("\n"):
            text = line.strip()
            if text:
                label = typed_label(text)
                kind = BlockKind.LIST_ITEM if label else BlockKind.PARAGRAPH
                self.manuscript.put(text, Block(kind, 0, 0, bold=entry.bold, centred=entry.centred), label)

    def _put_table(self, region: Region) -> None:
        """Put a table down, its rows and columns counted from 1 where it begins."""
        self._tables += 1
        left = min(entry.column for row in region.rows for entry in row)
        top = region.rows[0][0].row
        for row in region.rows:
            gap, at = "\n", left
            for entry in row:
                self.manuscript.gap = gap + "\t" * (entry.column - at)
                text = "\n".join(line.strip() for line in entry.text.split("\n") if line.strip())
                place = Block(
                    BlockKind.CELL,
                    0,
                    0,
                    table=self._tables,
                    row=entry.row - top + 1,
                    column=entry.column - left + 1,
                    row_span=entry.row_span,
                    column_span=entry.column_span,
                    bold=entry.bold,
                    centred=entry.centred,
                )
                self.manuscript.put(text, place, typed_label(text))
                gap, at = "", entry.column
            self.manuscript.gap = "\n"
