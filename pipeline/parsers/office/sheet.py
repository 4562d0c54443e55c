"""A Document as it grows, for readers that find paragraphs, rows of cells and notes one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Document
from pipeline.parsers.labels import typed_label
from pipeline.parsers.manuscript import Manuscript
from pipeline.problems import ParseError
from pipeline.text.clean import clean
from pipeline.text.gate import decode_legacy

_BODY = Block(BlockKind.PARAGRAPH, 0, 0)


class Cell(Struct, frozen=True):
    """A cell of a table row: its paragraphs, its column from 1, and how far it reaches."""

    paragraphs: Sequence[str]
    column: int
    column_span: int = 1
    row_span: int = 1


class Sheet(Struct):
    """The text so far, block by block."""

    manuscript: Manuscript = field(default_factory=Manuscript)

    @property
    def length(self) -> int:
        """The length of the text."""
        return self.manuscript.length

    def paragraph(self, text: str, block: Block = _BODY, label: str = "") -> int:
        """Put a paragraph down after its `label` and return where its words begin; nothing where it is empty.

        `block` says what it is.
        """
        text, typed = clean(decode_legacy(text)).strip(), 0
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            typed = typed_label(text)
        if block.kind is BlockKind.PARAGRAPH and (label or typed):
            block = replace(block, kind=BlockKind.LIST_ITEM)
        lead = f"{label} " if label else ""
        start = self._put(lead + text if text else "", block, len(lead) + typed, "\n")
        return start + len(lead) if text else start

    def row(self, cells: Sequence[Cell], table: int, row: int) -> None:
        """Put a row of the file's table `table` down; of an empty cell only the tab is left."""
        gap = "\n"
        for cell in cells:
            place = Block(BlockKind.CELL, 0, 0, table=table, row=row, column=cell.column)
            place = replace(place, row_span=cell.row_span, column_span=cell.column_span)
            before = self.length
            for text in cell.paragraphs:
                self._put(clean(decode_legacy(text)).strip(), place, 0, gap if self.length == before else "\n")
            gap = gap + "\t" if self.length == before else "\t"

    def document(self, format_name: str) -> Document:
        """Return what was put down; ParseError `file.no_text` if that is nothing."""
        if not self.manuscript.blocks:
            raise ParseError("file.no_text")
        return Document(self.manuscript.text(), format_name, tuple(self.manuscript.blocks))

    def _put(self, text: str, block: Block, content: int, gap: str) -> int:
        if not text:
            return self.length
        self.manuscript.gap = gap
        return self.manuscript.put(text, block, content)
