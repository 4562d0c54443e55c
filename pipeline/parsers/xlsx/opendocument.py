"""How far the sheets of an ODS reach, counted before they are unfolded (OpenDocument 1.3, part 3, 9.1)."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from pipeline.parsers.docx.xml import Element, whole

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW, _CELL, _SHEET = _TABLE + "table-row", _TABLE + "table-cell", _TABLE + "table"
_COVERED = _TABLE + "covered-table-cell"


def reach(archive: ZipFile) -> tuple[int, int]:
    """Return the rows and columns of the largest sheet, up to its last cell with something in it."""
    rows = columns = at = wide = high = 0
    with archive.open("content.xml") as stream:
        for _, element in etree.iterparse(stream, tag=(_ROW, _SHEET), resolve_entities=False):
            if element.tag == _ROW:
                times, width = whole(element.get(_TABLE + "number-rows-repeated"), 1), _width(element)
                at += times
                if width:
                    high, wide = at, max(wide, width)
            else:
                if high * wide > rows * columns:
                    rows, columns = high, wide
                at = high = wide = 0
            element.clear()
    return rows, columns


def _width(row: Element) -> int:
    """Return how many cells a row has up to its last with something in it."""
    at = last = 0
    for cell in row:
        if cell.tag in (_CELL, _COVERED):
            at += whole(cell.get(_TABLE + "number-columns-repeated"), 1)
            last = at if len(cell) else last
    return last
