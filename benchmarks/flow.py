"""A source as a plain flow of lines, tables and lines side by side, and this flow as HTML, ODT and RTF.

The samples of these formats go through LibreOffice, which takes seconds; here are papers of the same words and
tables, made at once. Marks of `wording` pass through all of it.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from blocks import Block, Body, PageBreak, Table, TextBox
from docx_layout import COUNTRY, MOTTO, PARTY, RECIPIENTS, STARS, UNION
from marks import Piece, pieces_to_text
from source import Front, Source

_NOTE = "\ue000{}\ue001"
_NOTED = re.compile("\ue000(\\w+)\ue001")
_MOMENT = (2024, 1, 2, 9, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: of `body`, a `heading`, or set in the `middle`, in bold or not."""

    text: str
    place: str = "body"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Lines side by side, each with whether it is bold: a letterhead, or recipients and signature."""

    left: tuple[tuple[str, bool], ...]
    right: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table: its place, the rows and columns that it covers, and its words."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table."""

    boxes: tuple[Box, ...]
    rows: int
    columns: int


Element = Line | Sides | Grid


def source_to_flow(source: Source) -> list[Element]:
    """Return the elements of a source's first document; notes stand in brackets where they are referred to."""
    front, body = source.front, source.body
    made: list[Element] = [_letterhead(front)]
    made += [Line(text, "middle", bold=True) for text in (front.title, *front.subject) if text]
    made += [Line(text, "middle") for text in front.to]
    made += _elements(body.main, body)
    if front.recipients or front.signature:
        made.append(_ending(front))
    return made + _elements(body.appendix, body)


def _letterhead(front: Front) -> Sides:
    star = [STARS[front.layout]] if front.layout in STARS else []
    right = {"state": [COUNTRY, MOTTO], "party": [PARTY], "union": [UNION], "none": []}[front.layout]
    left = [*((text, False) for text in front.parent), *((text, True) for text in (*front.issuer, *star))]
    return Sides((*left, (front.number, False)), (*((text, True) for text in right), (front.place_date, False)))


def _ending(front: Front) -> Sides:
    left = [(RECIPIENTS, True), *((text, False) for text in front.recipients)] if front.recipients else []
    right = [(text, True) for one in front.signature[:1] for text in (*one.lines, "", "", one.name)]
    return Sides(tuple(left), tuple(right))


def _elements(blocks: Iterable[Block], body: Body) -> list[Element]:
    return [element for block in blocks if (element := _element(block, body)) is not None]


def _element(block: Block, body: Body) -> Element | None:
    if isinstance(block, PageBreak):
        return None
    if isinstance(block, Table):
        cells = dict.fromkeys(cell for row in block.grid for cell in row)
        boxes = [Box(c.row, c.column, c.rows, c.columns, _text(c.pieces, body)) for c in cells]
        return Grid(tuple(boxes), len(block.grid), len(block.grid[0]))
    text = _text(block.pieces, body)
    if isinstance(block, TextBox):
        return Line(text)
    label = f"{block.label.text} " if block.label else ""
    return Line(label + text, "heading" if block.heading else "body", bool(block.heading)) if text else None


def _text(pieces: tuple[Piece, ...], body: Body) -> str:
    text = pieces_to_text(pieces, note=_NOTE).replace("\n", " ").strip()
    return _NOTED.sub(lambda mark: f" ({pieces_to_text(body.notes[mark[1]])})", text)


def flow_to_html(flow: Sequence[Element]) -> str:
    """Return the flow as a web page."""
    made = [part for element in flow for part in _html(element)]
    head = '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>Báo cáo</title></head><body>'
    return "\n".join([head, *made, "</body></html>\n"])


def _html(element: Element) -> Iterator[str]:
    if isinstance(element, Line):
        style = ' style="text-align:center"' if element.place == "middle" else ""
        tag = "h2" if element.place == "heading" else "p"
        text = html.escape(element.text, quote=False)
        yield f"<{tag}{style}>{f'<b>{text}</b>' if element.bold else text}</{tag}>"
    elif isinstance(element, Sides):
        cells = ("<br>".join(html.escape(text) for text, _ in side) for side in (element.left, element.right))
        yield f'<table width="100%"><tr>{"".join(f"<td align=center>{cell}</td>" for cell in cells)}</tr></table>'
    else:
        yield '<table border="1">'
        for row in _rows(element):
            spans = (f'<td rowspan="{b.rows}" colspan="{b.columns}">{html.escape(b.text)}</td>' for b in row)
            yield f"<tr>{''.join(spans)}</tr>"
        yield "</table>"


def _rows(grid: Grid) -> list[list[Box]]:
    """Return the boxes that begin in each row."""
    rows: list[list[Box]] = [[] for _ in range(grid.rows)]
    for box in grid.boxes:
        rows[box.row].append(box)
    return rows


def flow_to_odt_content(flow: Sequence[Element]) -> str:
    """Return `content.xml` of the flow as an OpenDocument text."""
    names = ("office", "text", "table", "style", "fo")
    spaces = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in names}
    spaces["fo"] = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
    declared = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    styles = (
        '<style:style style:name="M" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>'
        '</style:style><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
    )
    made = "".join(part for n, element in enumerate(flow) for part in _odt(element, n))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {declared} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{made}</office:text></office:body></office:document-content>"
    )


def _odt(element: Element, n: int) -> Iterator[str]:
    if isinstance(element, Line):
        yield _odt_line(element.text, element.bold, "M" if element.place == "middle" else "")
        return
    if isinstance(element, Sides):
        sides = ("".join(_odt_line(text, bold, "M") for text, bold in side) for side in (element.left, element.right))
        cells = "".join(f"<table:table-cell>{side}</table:table-cell>" for side in sides)
        yield _odt_table(n, 2, f"<table:table-row>{cells}</table:table-row>")
        return
    owner = {
        (box.row + r, box.column + c): box for box in element.boxes for r in range(box.rows) for c in range(box.columns)
    }
    rows = []
    for r in range(element.rows):
        cells = "".join(_odt_cell(owner[r, c], r, c) for c in range(element.columns))
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    yield _odt_table(n, element.columns, "".join(rows))


def _odt_cell(box: Box, row: int, column: int) -> str:
    if (box.row, box.column) != (row, column):
        return "<table:covered-table-cell/>"
    spans = f'table:number-rows-spanned="{box.rows}" table:number-columns-spanned="{box.columns}"'
    return f"<table:table-cell {spans}>{_odt_line(box.text, False, '')}</table:table-cell>"


def _odt_line(text: str, bold: bool, style: str) -> str:
    inner = html.escape(text, quote=False)
    inner = f'<text:span text:style-name="B">{inner}</text:span>' if bold else inner
    return f'<text:p text:style-name="{style}">{inner}</text:p>' if style else f"<text:p>{inner}</text:p>"


def _odt_table(n: int, columns: int, rows: str) -> str:
    column = f'<table:table-column table:number-columns-repeated="{columns}"/>'
    return f'<table:table table:name="T{n}">{column}{rows}</table:table>'


def odt(content: str) -> bytes:
    """Return the ODT around `content.xml`, the same bytes every time."""
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP of `parts`; one called `mimetype` is stored as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return out.getvalue()


def flow_to_rtf(flow: Sequence[Element]) -> str:
    """Return the flow as RTF; marks are left as they are, for words in `rtf_words`."""
    made = [part for element in flow for part in _rtf(element)]
    return "\n".join([r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}\f0\fs26", *made, "}\n"])


def _rtf(element: Element) -> Iterator[str]:
    if isinstance(element, Line):
        align, face = r"\qc" if element.place == "middle" else r"\qj", r"\b " if element.bold else r"\b0 "
        yield rf"\pard{align}{face}{rtf_words(element.text)}\b0\par"
    elif isinstance(element, Sides):
        sides = (
            r"\par ".join((r"\b " if bold else r"\b0 ") + rtf_words(text) for text, bold in side)
            for side in (element.left, element.right)
        )
        yield r"\trowd\cellx4700\cellx9400" + "".join(rf"\pard\intbl\qc {side}\cell" for side in sides) + r"\row\pard"
    else:
        yield from _rtf_rows(element)


def _rtf_rows(grid: Grid) -> Iterator[str]:
    """Yield rows of a table; what is merged downwards is marked so, what is merged sideways is one wide cell."""
    edges = "".join(rf"\clbrdr{side}\brdrs" for side in "tlbr")
    below: dict[tuple[int, int], Box] = {}
    for box in grid.boxes:
        below |= {(box.row + r, box.column): box for r in range(1, box.rows)}
    for r, row in enumerate(_rows(grid)):
        here = [(box, "") for box in row] + [(box, r"\clvmrg") for at, box in below.items() if at[0] == r]
        heads, texts = [], []
        for box, merged in sorted(here, key=lambda one: one[0].column):
            merge = merged or (r"\clvmgf" if box.rows > 1 else "")
            heads.append(rf"{merge}{edges}\cellx{9400 * (box.column + box.columns) // grid.columns}")
            texts.append(rf"\pard\intbl {'' if merged else rtf_words(box.text)}\cell")
        yield rf"\trowd{''.join(heads)}{''.join(texts)}\row"
    yield r"\pard"


def rtf_words(text: str) -> str:
    """Return `text` in letters that RTF has, marks left as they are."""
    escaped = re.sub(r"[\\{}]", lambda found: "\\" + found[0], text)
    return re.sub("[\x80-\uffff]", lambda found: f"\\u{_signed(ord(found[0]))}?", escaped)


def _signed(code: int) -> int:
    return code - 65536 if code > 32767 else code


def beside(sides: Sides) -> list[tuple[tuple[str, bool], tuple[str, bool]]]:
    """Return the lines of `sides` in pairs."""
    return list(zip_longest(sides.left, sides.right, fillvalue=("", False)))
