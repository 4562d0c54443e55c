"""A source as DOCX: an A4 paper as Vietnamese offices print theirs."""

from __future__ import annotations

import re
from pathlib import Path

from blocks import Block, PageBreak, Paragraph, Table, TextBox
from docx_layout import addressees, ending, letterhead, title
from docx_package import package
from docx_runs import Book, Face, Setting, changed_paragraph, line, paragraph, pieces_to_runs
from docx_table import table_element
from lxml import etree
from lxml.etree import _Element
from marks import Span, pieces_to_text, wholly
from ooxml import R, W, el, millimetres
from source import Paper, Source

_TEXT_BOX = (Path(__file__).parent / "docx_parts" / "text_box.xml").read_text(encoding="utf-8")
_WIDTH = millimetres(210 - 30 - 20)
_CENTRED_HEADING = re.compile(r"PHẦN|Phần|PHỤ LỤC|Phụ lục|Chương|CHƯƠNG")
_CAPTION = re.compile(r"(Bảng|Biểu|BẢNG|BIỂU|Phụ lục|PHỤ LỤC)\b|\((Kèm theo|Ban hành kèm)", re.IGNORECASE)
_HEADING_FACES = {
    2: Face(bold=True),
    3: Face(bold=True),
    4: Face(bold=True, italic=True),
    5: Face(italic=True),
}


def source_to_docx(source: Source, accepted: bool = False) -> bytes:
    """Return the DOCX of `source`; `accepted` takes in its tracked changes first, as for printing."""
    book = Book(accepted, size=(26, 28)[source.pick(2)])
    writer = _Writer(source, book)
    blocks = [*writer.paper(source.papers[0])]
    for paper in source.papers[1:]:
        blocks += [_page_break(), *writer.paper(paper)]
    if blocks[-1].tag == f"{{{W}}}tbl":
        blocks.append(line("", Setting()))
    bodies = [paper.body for paper in source.papers]
    labels = [b.label for x in bodies for b in (*x.main, *x.appendix) if isinstance(b, Paragraph) and b.label]
    notes = {name: text for body in bodies for name, text in body.notes.items()}
    return package(el("document", el("body", *blocks, _section())), labels, notes, book)


def _section() -> _Element:
    header = el("headerReference", type="default")
    header.set(f"{{{R}}}id", "rId5")
    margins = {"top": 20, "right": 20, "bottom": 20, "left": 30, "header": 10, "footer": 10, "gutter": 0}
    return el(
        "sectPr",
        header,
        el("pgSz", w=millimetres(210), h=millimetres(297)),
        el("pgMar", **{side: millimetres(length) for side, length in margins.items()}),
        el("titlePg"),
    )


class _Writer:
    """Writes the blocks of one source, in one size and with one first-line indent."""

    def __init__(self, source: Source, book: Book) -> None:
        self.book = book
        self.first = millimetres((10, 12.7)[source.pick(6) % 2])
        self.line = (252, 264, 276)[source.pick(3)]

    def paper(self, paper: Paper) -> list[_Element]:
        """Return the elements of one document, from letterhead to appendix."""
        front, body = paper.front, paper.body
        blocks = [*letterhead(front, _WIDTH), *title(front), *addressees(front)]
        blocks += self.blocks(body.main, appendix=False)
        blocks += ending(front, _WIDTH)
        return blocks + self.blocks(body.appendix, appendix=True)

    def blocks(self, blocks: tuple[Block, ...], appendix: bool) -> list[_Element]:
        """Return the elements of `blocks`; an appendix begins on a new page."""
        made: list[_Element] = []
        if appendix and blocks and not isinstance(blocks[0], PageBreak):
            made.append(_page_break())
        before: Block | None = None
        for block in blocks:
            if isinstance(block, Table) and isinstance(before, Table):
                made.append(line("", Setting()))
            made.extend(self._block(block, appendix))
            before = block
        return made

    def _block(self, block: Block, appendix: bool) -> list[_Element]:
        if isinstance(block, PageBreak):
            return [_page_break()]
        if isinstance(block, Table):
            return [table_element(block, self.book, _WIDTH)]
        if isinstance(block, TextBox):
            return [self._box(block)]
        return self._heading(block) if block.heading else self._paragraph(block, appendix)

    def _heading(self, block: Paragraph) -> list[_Element]:
        middle = bool(_CENTRED_HEADING.match(pieces_to_text(block.pieces)))
        how = Setting(
            align="center" if middle else "both",
            first=0 if middle else self.first,
            before=160,
            after=80,
            line=self.line,
            keep=True,
            style=f"Heading{block.heading - 1}" if block.label else "",
        )
        face = Face() if block.label else _HEADING_FACES[block.heading]
        return [paragraph(pieces_to_runs(block.pieces, self.book, face), how, block.label)]

    def _paragraph(self, block: Paragraph, appendix: bool) -> list[_Element]:
        set_off = wholly(block.pieces, "bold") or wholly(block.pieces, "italic")
        caption = set_off and (appendix or _CAPTION.match(pieces_to_text(block.pieces)))
        how = Setting(
            align="center" if caption else "both",
            first=0 if caption else self.first,
            before=80,
            after=80,
            line=self.line,
            keep=bool(caption) or wholly(block.pieces, "bold"),
        )
        pieces = block.pieces
        controlled = len(pieces) == 1 and isinstance(pieces[0], Span) and pieces[0].kind == "control"
        inner = pieces[0].inner if controlled else pieces
        runs = pieces_to_runs(inner, self.book)
        made = changed_paragraph(paragraph(runs, how, block.label), pieces, self.book)
        if made is not None and controlled:
            made = el("sdt", el("sdtPr", el("id", val=self.book.new_id())), el("sdtContent", made))
        return [] if made is None else [made]

    def _box(self, block: TextBox) -> _Element:
        lines = sum(len(part) // 68 + 1 for part in pieces_to_text(block.pieces).split("\n"))
        height = 15 * lines + 12
        given = {"id": self.book.new_id() + 1000, "height_pt": height, "height_emu": height * 12700}
        drawn = etree.fromstring(_TEXT_BOX.format(**given), etree.XMLParser(remove_blank_text=True))
        for content in drawn.iter(f"{{{W}}}txbxContent"):
            runs = pieces_to_runs(block.pieces, self.book, Face(size=24))
            content.append(paragraph(runs, Setting(align="both")))
        return el("p", el("r", drawn))


def _page_break() -> _Element:
    return el("p", el("r", el("br", type="page")))
