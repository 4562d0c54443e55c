"""The text of a report as it grows, block by block."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Block, BlockKind
from pipeline.parsers.limits import require


class Manuscript(Struct):
    """What has been written so far; `gap` goes before the next block: a line end, or tabs inside a table row."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    gap: str = "\n"
    cells: int = 0

    def put(self, text: str, place: Block, label: int = 0, **look: Any) -> int:
        """Write a block at `place` whose words begin after `label` characters, and return where it starts.

        `look` names what else of `place` is another in the block. ParseError where there are more `characters` or
        `cells` than the limits allow.
        """
        gap = self.gap if self.length else ""
        start = self.length + len(gap)
        require("characters", start + len(text))
        end = start + len(text)
        block = replace(place, start=start, end=end, content=min(start + label, end), **look)
        if block.kind is BlockKind.CELL:
            self.cells += 1
            require("cells", self.cells)
        self.pieces += (gap, text)
        self.blocks.append(block)
        self.length, self.gap = end, "\n"
        return start

    def text(self) -> str:
        """Return the whole text."""
        return "".join(self.pieces)
