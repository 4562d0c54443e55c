"""A source as XLSX: a workbook as offices keep their figures, letterhead and signature in its cells."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from itertools import zip_longest

import xlsxwriter
from blocks import Block, PageBreak, Table, TextBox
from docx_layout import COUNTRY, MOTTO, PARTY, RECIPIENTS, STARS, UNION
from marks import pieces_to_text
from source import Front, Source
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_MADE = datetime(2024, 1, 2, 9, tzinfo=UTC).replace(tzinfo=None)
_FIGURE = re.compile(r"-?\d{1,3}(?:\.\d{3})+|-?\d+(?:,\d+)?")
_LEAST_COLUMNS = 6


def source_to_xlsx(source: Source) -> bytes:
    """Return the workbook of `source`: a page break begins a sheet; figures are numbers, all else is text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _MADE})
    writer = _Writer(book, source)
    for paper in source.papers:
        writer.letterhead(paper.front)
        writer.blocks(paper.body.main)
        writer.ending(paper.front)
        writer.blocks(paper.body.appendix)
    book.close()
    return out.getvalue()


class _Writer:
    """Writes rows one below the other, in one sheet after another."""

    def __init__(self, book: xlsxwriter.Workbook, source: Source) -> None:
        self.book = book
        bodies = [paper.body for paper in source.papers]
        tables = [b for body in bodies for b in (*body.main, *body.appendix) if isinstance(b, Table)]
        self.columns = max([_LEAST_COLUMNS, *(len(table.grid[0]) for table in tables)])
        font = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "vcenter"}
        self.plain = book.add_format({**font, "text_wrap": False})
        self.middle = book.add_format({**font, "align": "center", "bold": True})
        self.cell = book.add_format({**font, "border": 1})
        self.figure = book.add_format({**font, "border": 1, "num_format": "#,##0.###"})
        self.sheet: Worksheet
        self.row = 0
        self._new_sheet()

    def _new_sheet(self) -> None:
        self.sheet = self.book.add_worksheet()
        self.sheet.set_column(0, 0, 6)
        self.sheet.set_column(1, 1, 34)
        self.sheet.set_column(2, self.columns - 1, 14)
        self.row = 0

    def letterhead(self, front: Front) -> None:
        """Write the two sides of the letterhead as merged cells side by side, then the title across the sheet."""
        state = {"party": [PARTY], "union": [UNION], "none": []}.get(front.layout, [COUNTRY, MOTTO])
        below = [] if front.title else list(front.subject)
        left = [*front.parent, *front.issuer, *filter(None, [STARS.get(front.layout)]), front.number, *below]
        right = [*state, *[""] * (len(left) - len(state) - 1 - len(below)), front.place_date]
        self._side_by_side(left, right)
        for text in filter(None, [front.draft, front.title, *(front.subject if front.title else ()), *front.to]):
            self._across(text)

    def ending(self, front: Front) -> None:
        """Write «Nơi nhận» and the signatures side by side."""
        self.row += 1
        left = [RECIPIENTS, *front.recipients] if front.recipients else []
        right = [text for one in front.signature for text in (*one.lines, "", "", one.name)]
        self._side_by_side(left, right)
        self.row += 1

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        """Write paragraphs as single cells and tables as cells of their own."""
        for block in blocks:
            if isinstance(block, PageBreak):
                self._new_sheet()
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, TextBox) or not block.label:
                self._line(pieces_to_text(block.pieces))
            else:
                self._line(f"{block.label.text} {pieces_to_text(block.pieces)}")

    def _line(self, text: str) -> None:
        self.sheet.write_string(self.row, 0, text, self.plain)
        self.row += 1

    def _across(self, text: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, self.columns - 1, text, self.middle)
        self.row += 1

    def _side_by_side(self, left: list[str], right: list[str]) -> None:
        half = self.columns // 2
        for one, other in zip_longest(left, right, fillvalue=""):
            for text, first, last in ((one, 0, half - 1), (other, half, self.columns - 1)):
                if text:
                    self.sheet.merge_range(self.row, first, self.row, last, text, self.middle)
            self.row += 1

    def _table(self, table: Table) -> None:
        for r, row in enumerate(table.grid):
            for c, cell in enumerate(row):
                if (cell.row, cell.column) == (r, c):
                    text = pieces_to_text(cell.pieces)
                    self._cell(self.row + r, c, cell.rows, cell.columns, text, r < table.head)
        self.row += len(table.grid) + 1

    def _cell(self, row: int, column: int, rows: int, columns: int, text: str, head: bool) -> None:
        figure = not head and bool(_FIGURE.fullmatch(text))
        how: Format = self.figure if figure else self.cell
        if rows > 1 or columns > 1:
            self.sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", how)
        if figure:
            self.sheet.write_number(row, column, float(text.replace(".", "").replace(",", ".")), how)
        elif text:
            self.sheet.write_string(row, column, text, how)
