"""RTF through striprtf: its words and tables, where LibreOffice isn't there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Document
from pipeline.parsers.office.sheet import Cell, Sheet
from pipeline.problems import ParseError

# striprtf writes the end of a cell as a bar and that of a row as a line end, which a paragraph has as well.
# So both, and the beginning of a row, are first replaced by characters that no text has; and the words of a
# tracked deletion, which it would print, are put into a destination that it leaves out.
_BEGIN, _CELL, _ROW = "\ue000", "\ue001", "\ue002"
_MARKS = {b"trowd": _BEGIN, b"cell": _CELL, b"row": _ROW}
_INSTEAD = {word: b"{\\uc0\\u%d }" % ord(mark) for word, mark in _MARKS.items()}
_INSTEAD |= {b"nestcell": b"\\par", b"deleted": b"\\*\\deleted"}
_CONTROL = re.compile(rb"\\(trowd|cell|row|nestcell|deleted)(?![a-z0-9-])")
_LINK = b"HYPERLINK"  # its pattern for links, which would add their addresses, takes time without bound
_LISTED = re.compile(r"\s*(\S{1,8})\t+")


def read_rtf(data: bytes) -> Document:
    """Return the text of an RTF, its rows as cells; ParseError if there is none or striprtf can't read it.

    Lost: footnotes, merged cells, text boxes, headers, and numbers that aren't stored as text.
    """
    from striprtf.striprtf import rtf_to_text

    source = _CONTROL.sub(lambda found: _INSTEAD[found[1]], data.replace(_LINK, b"")).decode("latin-1")
    try:
        text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:  # it takes well-formed RTF for granted and fails in any way on other
        raise ParseError("file.damaged", format="RTF", reason=f"striprtf: {type(error).__name__}") from error
    sheet = Sheet()
    table = row = 0
    for is_row, part in _parts(text):
        if is_row:
            table, row = (table, row + 1) if row else (table + 1, 1)
            cells = part.rstrip(f"{_CELL}\n ").split(_CELL)
            sheet.row([Cell(cell.split("\n"), at) for at, cell in enumerate(cells, 1)], table, row)
        elif part.strip():
            row = 0
            for paragraph in part.split("\n"):
                sheet.paragraph(_LISTED.sub(r"\1 ", paragraph, count=1))
    return sheet.document("rtf")


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the running text before each row of a table, and the row; Word defines a row again at its end."""
    for part in text.split(_ROW):
        before, begun, row = part.partition(_BEGIN)
        yield False, before
        if begun and _CELL in row:
            yield True, row.replace(_BEGIN, "")
        else:
            yield False, row
