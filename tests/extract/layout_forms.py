"""The forms that letterheads and signatures come in: the same printed lines as different parsers hand them on."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import zip_longest
from xml.sax.saxutils import escape
from zipfile import ZipFile

from test_structure_words import document

from pipeline.model import Document
from pipeline.parsers.docx import read_docx
from pipeline.parsers.plain import read_text

Lines = Sequence[str]
Form = Callable[[Lines, Lines, Lines, Lines], Document]

_WIDTH = 46  # characters of the left column where columns are set with spaces
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def left_then_right(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A PDF read column by column, or a text box for each column."""
    return document("\n".join([*above, *left, *right, *below]))


def right_then_left(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A converter that meets the right column first."""
    return document("\n".join([*above, *right, *left, *below]))


def date_first(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """The last line of the right column comes first in text order."""
    return document("\n".join([*above, *right[-1:], *left, *right[:-1], *below]))


def on_one_line(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """Both columns on each line, with a space between: plain text out of a PDF."""
    return document("\n".join([*above, *_beside(left, right, " "), *below]))


def a_row_each(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A table with a row for each pair of lines."""
    return document("\n".join([*above, *_beside(left, right, "\t"), *below]))


def two_cells(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A table of one row, each column one cell of one paragraph with line ends."""
    return document("\n".join([*above, "|".join(_filled(left)) + "\t" + "|".join(_filled(right)), *below]))


def spaces(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A TXT file whose columns are centred with spaces."""
    lines = [f"{a.center(_WIDTH)}    {b.center(_WIDTH)}".rstrip() for a, b in _pairs(left, right)]
    return _plain([*above, *lines, "", *below])


def typed_tabs(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A TXT file whose columns are set with tabs."""
    return _plain([*above, *_beside(left, right, "\t\t"), "", *below])


def flush_spaces(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A TXT file whose left column is flush and whose right one is centred: recipients and signature."""
    lines = [f"{a:{_WIDTH}}{b.center(_WIDTH)}".rstrip() for a, b in _pairs(left, right)]
    return _plain([*above, "", *lines, "", *below])


def word_tabs(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A DOCX with a paragraph for each pair of lines and tabs between them, as old Word 97 files have."""
    return _docx([_paragraph(line) for line in [*above, *_beside(left, right, "\t"), *below]])


def word_cells(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A DOCX with a table of one row and two cells, a paragraph for each line."""
    return _docx([*map(_paragraph, above), _table([[left, right]]), *map(_paragraph, below)])


def word_two_rows(left: Lines, right: Lines, below: Lines, above: Lines = ()) -> Document:
    """A DOCX with a table of two rows: names and mottos above, number and date below."""
    split = next((at for at, line in enumerate(left) if line.startswith("Số")), len(left))
    return _docx(
        [
            *map(_paragraph, above),
            _table([[left[:split], right[:-1]], [left[split:], right[-1:]]]),
            *map(_paragraph, below),
        ]
    )


def in_cells(above: Lines, cells: Sequence[Lines]) -> Document:
    """A DOCX with a row of several cells below what stands `above`: recipients and two signers."""
    return _docx([*map(_paragraph, above), _table([cells])])


HEAD_FORMS: dict[str, Form] = {
    form.__name__: form
    for form in (
        left_then_right, right_then_left, date_first, on_one_line, a_row_each, two_cells, spaces, typed_tabs,
        word_tabs, word_cells, word_two_rows,
    )
}  # fmt: skip


TAIL_FORMS: dict[str, Form] = {
    form.__name__: form
    for form in (
        left_then_right,
        right_then_left,
        a_row_each,
        two_cells,
        flush_spaces,
        typed_tabs,
        word_tabs,
        word_cells,
    )
}


def _pairs(left: Lines, right: Lines) -> list[tuple[str, str]]:
    """Return the lines that stand side by side: the date beside the number, the rest from the top."""
    split = next((at for at, line in enumerate(left) if line.startswith("Số")), None)
    if split is None:
        return list(zip_longest(left, right, fillvalue=""))
    above = list(zip_longest(left[:split], right[:-1], fillvalue=""))
    return [*above, *zip_longest(left[split:], right[-1:], fillvalue="")]


def _beside(left: Lines, right: Lines, gap: str) -> list[str]:
    return [a + gap + b if a and b else a or gap.strip(" ") + b for a, b in _pairs(left, right)]


def _filled(lines: Lines) -> list[str]:
    return [line for line in lines if line]


def _plain(lines: Lines) -> Document:
    return read_text("\n".join(lines).encode(), markdown=False)


def _paragraph(line: str) -> str:
    runs = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t")]
    return f"<w:p><w:r>{'<w:tab/>'.join(runs)}</w:r></w:p>"


def _table(rows: Sequence[Sequence[Lines]]) -> str:
    cells = ["".join(f"<w:tc>{''.join(map(_paragraph, cell)) or '<w:p/>'}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _docx(body: Lines) -> Document:
    file = io.BytesIO()
    with ZipFile(file, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}" '
            'Target="word/document.xml"/></Relationships>',
        )
        xml = f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
        package.writestr("word/document.xml", xml)
    return read_docx(file.getvalue())
