"""DOCX to Document: a walk of the XML in the order of reading (ISO/IEC 29500-1, WordprocessingML)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Document, Problem
from pipeline.parsers.docx.numbering import read_numbering
from pipeline.parsers.docx.package import Parts, open_parts
from pipeline.parsers.docx.styles import Setting, Styles
from pipeline.parsers.docx.tabbed import with_tabbed_tables
from pipeline.parsers.docx.tables import Cell, read_grid
from pipeline.parsers.docx.words import WordReader, Words
from pipeline.parsers.docx.xml import ALTERNATE, W, chosen
from pipeline.parsers.fonts import Fonts
from pipeline.parsers.labels import typed_label
from pipeline.parsers.manuscript import Manuscript
from pipeline.parsers.xml import Element
from pipeline.problems import ParseError

_PARAGRAPH, _TABLE = W + "p", W + "tbl"
_SKIPPED = {W + "del", W + "moveFrom", W + "sectPr", W + "sdtPr", W + "tcPr"}
_PAGE_NUMBER = re.compile(r"(?:trang|page|tr\.|of|trên|[\d\s./|–—-])+", re.IGNORECASE)
_FLOW = {_PARAGRAPH, _TABLE}
_LABELLED = {BlockKind.PARAGRAPH, BlockKind.CELL}  # kinds of place whose words may begin with a typed label
_BODY = Block(BlockKind.PARAGRAPH, 0, 0)


def read_docx(data: bytes) -> Document:
    """Return the text and blocks of a DOCX; raise ParseError if it can't be read or holds no text."""
    parts = open_parts(data)
    walk = _Walk(parts)
    text, blocks = walk.read()
    if not text:
        raise ParseError("file.no_text")
    embedded = parts.body.find(f".//{W}altChunk") is not None
    met = {"file.embedded": embedded, "text.legacy": walk.fonts.converted}
    problems = tuple(Problem(code) for code, is_met in met.items() if is_met)
    return Document(text, "docx", with_tabbed_tables(text, blocks), problems=problems)


class _Unfinished(Struct):
    """Words whose paragraph mark is deleted: they belong to the paragraph that follows, if one does."""

    words: Words
    setting: Setting


class _Walk:
    """One reading of a document; what it meets goes onto the sheet. A `place` is a block without its span.

    It recurses as the XML nests, of which the parser lets 256 levels pass.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._styles = Styles(parts.styles)
        self._numbering = read_numbering(parts.numbering)
        self.fonts = Fonts()
        self._words = WordReader(self._styles, self.fonts)
        self._sheet = Manuscript()
        self._notes: dict[tuple[str, str], int] = {}  # kind and id of a note: where it is called
        self._mark = ""
        self._tables = 0

    def read(self) -> tuple[str, tuple[Block, ...]]:
        """Return the whole text and its blocks: body, notes, headers, footers."""
        self._story(self._parts.body, _BODY)
        self._read_notes()
        self._margins(self._parts.headers, BlockKind.HEADER)
        self._margins(self._parts.footers, BlockKind.FOOTER)
        return self._sheet.text(), tuple(self._sheet.blocks)

    def _story(self, container: Element, place: Block) -> None:
        """Read the paragraphs and tables of a body, cell, text box or note."""
        unfinished: _Unfinished | None = None
        for element in _flow(container):
            if element.tag == _PARAGRAPH:
                unfinished = self._paragraph(element, place, unfinished)
            else:
                self._finish(unfinished, place)
                unfinished = None
                self._table(element, place)
        self._finish(unfinished, place)

    def _paragraph(self, element: Element, place: Block, before: _Unfinished | None) -> _Unfinished | None:
        """Put a paragraph on the sheet, or return it where it goes on with the next."""
        setting = self._styles.setting(element)
        words = self._words.read(element, setting.style, before.words if before else None)
        if not setting.joined:
            self._put(words, setting, place)
            return None
        return _Unfinished(words, setting) if words.pieces or words.boxes or words.notes else None

    def _finish(self, unfinished: _Unfinished | None, place: Block) -> None:
        if unfinished:
            self._put(unfinished.words, unfinished.setting, place)

    def _put(self, words: Words, setting: Setting, place: Block) -> None:
        """Put a paragraph on the sheet with its label, then the text boxes that it holds."""
        text = words.text()
        number = self._count(setting)
        if text or (number and not words.lost):
            self._put_block(words, text, number, setting, place)
        else:
            self._call(words, self._sheet.length)
        for box in words.boxes:
            self._box(box, place)

    def _put_block(self, words: Words, text: str, number: str, setting: Setting, place: Block) -> None:
        label = "".join([f"{part} " for part in (self._mark, number) if part])
        self._mark = ""
        typed = typed_label(text) if place.kind in _LABELLED else 0
        kind, level = place.kind, 0
        if kind is BlockKind.PARAGRAPH and setting.heading:
            kind, level = BlockKind.HEADING, setting.heading
        elif kind is BlockKind.PARAGRAPH and (number or typed):
            kind, level = BlockKind.LIST_ITEM, self._level(setting) + 1 if number else 0
        look = {"kind": kind, "level": level, "bold": bool(words.bold), "centred": setting.centred}
        start = self._sheet.put((label + text).rstrip(), place, len(label) + typed, **look)
        self._call(words, start + len(label))

    def _count(self, setting: Setting) -> str:
        """Count a paragraph of a list and return the label that Word prints before it."""
        return self._numbering.next_label(setting.list_id, self._level(setting)) if setting.list_id else ""

    def _level(self, setting: Setting) -> int:
        if setting.list_level is not None:
            return setting.list_level
        return self._numbering.level_of(setting.list_id, setting.list_style)

    def _call(self, words: Words, start: int) -> None:
        """Remember where the notes of a paragraph are called whose words begin at `start`."""
        for pieces, kind, note in words.notes:
            self._notes.setdefault((kind, note), min(start + words.offset(pieces), self._sheet.length))

    def _box(self, box: Element, place: Block) -> None:
        """Read a text box, which Word counts apart."""
        outside = self._numbering
        self._numbering = outside.anew()
        self._story(box, place)
        self._numbering = outside

    def _table(self, element: Element, place: Block) -> None:
        self._tables += 1
        table = self._tables
        for row in read_grid(element):
            self._row(row, table, place)

    def _row(self, row: list[Cell], table: int, place: Block) -> None:
        """Read the cells of a row; empty ones before and between those with words still have their tab."""
        sheet = self._sheet
        before, gap = sheet.length, sheet.gap
        lead = gap
        for cell in row:
            lead += "\t" if cell is not row[0] else ""
            sheet.gap, here = lead, sheet.length
            if not cell.continued:
                self._story(cell.element, _cell_place(cell, table, place))
            if sheet.length > here:
                lead = ""
        sheet.gap = "\n" if sheet.length > before else gap

    def _read_notes(self) -> None:
        """Put the notes that were called on the sheet, numbered in the order of calling."""
        stories = {kind: self._numbering.anew() for kind in self._parts.notes}
        elements = {(kind, note.get(W + "id", "")): note for kind, root in self._parts.notes.items() for note in root}
        for number, (key, anchor) in enumerate(list(self._notes.items()), start=1):
            if key in elements:
                self._numbering = stories[key[0]]
                self._mark = f"[{number}]"
                self._story(elements[key], replace(_BODY, kind=BlockKind.FOOTNOTE, anchor=anchor))

    def _margins(self, roots: tuple[Element, ...], kind: BlockKind) -> None:
        """Put the paragraphs of headers or footers on the sheet, each wording once, page numbers left out."""
        reader = WordReader(self._styles, self.fonts, paged=True)
        seen: set[str] = set()
        for paragraph in (each for root in roots for each in root.iter(_PARAGRAPH)):
            setting = self._styles.setting(paragraph)
            words = reader.read(paragraph, setting.style)
            text = words.text()
            if text and text not in seen and not _PAGE_NUMBER.fullmatch(text):
                seen.add(text)
                self._sheet.put(text, replace(_BODY, kind=kind, bold=bool(words.bold), centred=setting.centred))


def _flow(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of `container` in order, also inside content controls and the like."""
    for child in container:
        if child.tag in _FLOW:
            yield child
        elif child.tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from _flow(branch)
        elif child.tag not in _SKIPPED:
            yield from _flow(child)


def _cell_place(cell: Cell, table: int, place: Block) -> Block:
    """Return the place of a cell; in a note it stays the note's."""
    if place.kind not in _LABELLED:
        return place
    return Block(
        BlockKind.CELL,
        0,
        0,
        table=table,
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
    )
