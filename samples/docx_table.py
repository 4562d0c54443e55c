"""Ruled tables of a DOCX, with merged cells and a head that every page repeats."""

from __future__ import annotations

import re

from blocks import Cell, Table
from docx_runs import Book, Face, Setting, paragraph, pieces_to_runs
from lxml.etree import _Element
from marks import pieces_to_text
from ooxml import el

_FIGURE = re.compile(r"[-+−–\d.,%/() ]*|[IVXx]+")
_CELL_MARGIN = 80


def table_element(table: Table, book: Book, width: int) -> _Element:
    """Return `table` set across `width` twips."""
    size = _size(len(table.grid[0]), book.size)
    widths = _widths(table, width, size)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rule = {"val": "single", "sz": 4, "space": 0, "color": "000000"} if table.ruled else {"val": "none"}
    borders = el("tblBorders", *(el(side, **rule) for side in sides))
    margins = el("tblCellMar", *(el(side, w=_CELL_MARGIN, type="dxa") for side in ("left", "right")))
    properties = el(
        "tblPr",
        el("tblW", w=sum(widths), type="dxa"),
        el("jc", val="center"),
        borders,
        el("tblLayout", type="fixed"),
        margins,
    )
    middle = [_is_narrow(table, c) for c in range(len(widths))]
    rows = [_row(table, r, widths, middle, book, size) for r in range(len(table.grid))]
    return el("tbl", properties, el("tblGrid", *(el("gridCol", w=w) for w in widths)), *rows)


def _size(columns: int, body: int) -> int:
    """Return the size in half points: the more columns, the smaller."""
    return {True: body - 2, columns > 6: 22, columns > 9: 20, columns > 11: 18}[True]


def _is_narrow(table: Table, c: int) -> bool:
    """Tell whether a column holds figures or short words only, which stand in its middle."""
    texts = [pieces_to_text(row[c].pieces) for row in table.grid[table.head :] if row[c].columns == 1]
    return all(len(text) <= 10 or _FIGURE.fullmatch(text) for text in texts)


def _row(table: Table, r: int, widths: list[int], middle: list[bool], book: Book, size: int) -> _Element:
    head = el("tblHeader") if r < table.head else None
    row = el("tr", el("trPr", el("cantSplit"), head))
    for c, cell in enumerate(table.grid[r]):
        if c == cell.column:
            align = "center" if r < table.head or middle[c] or cell.columns > 1 else "left"
            face = Face(bold=r < table.head, size=size)
            runs = pieces_to_runs(cell.pieces, book, face) if r == cell.row else []
            content = paragraph(runs, Setting(align=align, before=40, after=40))
            row.append(_cell(cell, r, sum(widths[c : c + cell.columns]), content))
    return row


def _cell(cell: Cell, r: int, width: int, content: _Element) -> _Element:
    properties = el("tcPr", el("tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(el("gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(el("vMerge", val="restart") if r == cell.row else el("vMerge"))
    properties.append(el("vAlign", val="center"))
    return el("tc", properties, content)


def _widths(table: Table, width: int, size: int) -> list[int]:
    """Give each column room for its longest word, and share what is left by how much text it holds."""
    letter = size * 5.4  # a letter's mean width in twips: about half its height
    least, wanted = [], []
    for c in range(len(table.grid[0])):
        texts = [pieces_to_text(row[c].pieces) for row in table.grid if row[c].columns == 1]
        longest = max((len(word) for text in texts for word in text.split()), default=2)
        least.append(longest * letter + 2 * _CELL_MARGIN + letter)
        wanted.append(min(max((len(text) for text in texts), default=2), 60) ** 0.8 * letter)
    spare = max(width - sum(least), 0)
    shares = [max(want - low, letter) for want, low in zip(wanted, least, strict=True)]
    scale = min(1.0, width / sum(least))
    return [round(low * scale + spare * share / sum(shares)) for low, share in zip(least, shares, strict=True)]
