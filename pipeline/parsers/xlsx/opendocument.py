"""What calamine leaves out of an ODS: its per cents and merged cells, and how far its sheets reach.

OpenDocument 1.3, part 3, 9.1 and 19.386. Empty cells and rows that are repeated to the sheet's end do not count.
"""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from pipeline.parsers.xlsx.appearance import Appearance, Style
from pipeline.parsers.xml import Element, whole

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ROW, _CELL, _SHEET = _TABLE + "table-row", _TABLE + "table-cell", _TABLE + "table"
_COVERED = _TABLE + "covered-table-cell"
_REPEATED_ROWS, _REPEATED_COLUMNS = _TABLE + "number-rows-repeated", _TABLE + "number-columns-repeated"
_SPANNED_ROWS, _SPANNED_COLUMNS = _TABLE + "number-rows-spanned", _TABLE + "number-columns-spanned"


def read_content(archive: ZipFile) -> dict[str, Appearance]:
    """Return how the sheets of an ODS look, by name; raise XMLSyntaxError where its XML is broken."""
    looks: dict[str, Appearance] = {}
    look, at = Appearance(), 0
    with archive.open("content.xml") as stream:
        for _, element in etree.iterparse(stream, tag=(_ROW, _SHEET), resolve_entities=False):
            if element.tag == _ROW:
                times = whole(element.get(_REPEATED_ROWS), 1)
                width = _read_row(element, at, look)
                if element.get(_TABLE + "visibility", "visible") != "visible" and times == 1:
                    look.hidden_rows.add(at)
                at += times
                if width:
                    look.filled += 1
                    look.last = at - 1, max(look.last[1], width - 1)
            else:
                looks[element.get(_TABLE + "name", "")] = look
                look, at = Appearance(), 0
            element.clear()
    return looks


def _read_row(row: Element, at: int, look: Appearance) -> int:
    """Note the per cents and merged cells of a row, and return how many cells it has up to its last filled one."""
    column = last = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        times = whole(cell.get(_REPEATED_COLUMNS), 1)
        if len(cell):
            last = column + times
            down, across = whole(cell.get(_SPANNED_ROWS), 1), whole(cell.get(_SPANNED_COLUMNS), 1)
            if down > 1 or across > 1:
                look.spans[at, column] = down, across
            if cell.get(_OFFICE + "value-type") == "percentage" and times == 1:
                look.styles[at, column] = Style(_per_cent("".join(map(str, cell.itertext(_TEXT + "p")))))
        column += times
    return last


def _per_cent(shown: str) -> str:
    """Return the format with as many decimals as a cell shows."""
    decimals = len(shown.replace(".", ",").partition(",")[2].rstrip(" %"))
    return f"0.{'0' * decimals}%" if decimals else "0%"
