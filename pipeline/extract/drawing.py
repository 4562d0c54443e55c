"""A table drawn in text as part of a Document, as rules see it in a report."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Document
from pipeline.rulebook.sketch import read_sketch


class Drawing(Struct):
    """A Document that grows block by block."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)

    def add(self, block: Block, text: str, separator: str = "\n") -> None:
        """Put `text` behind what is there, as a block like `block`."""
        self.text += (separator if self.blocks else "") + text
        self.blocks.append(replace(block, start=len(self.text) - len(text), end=len(self.text)))

    def add_table(self, grid: str) -> None:
        """Put the table that `grid` draws behind what is there; SketchError where it draws none."""
        row = 0
        for cell in read_sketch(grid):
            block = Block(
                BlockKind.CELL, 0, 0, table=1, row=cell.row, column=cell.column,
                row_span=cell.row_span, column_span=cell.column_span, bold=cell.bold,
            )  # fmt: skip
            self.add(block, cell.text, "\t" if cell.row == row else "\n")
            row = cell.row

    def document(self) -> Document:
        """Return what was drawn."""
        return Document(self.text, "txt", tuple(self.blocks))
