"""Strips: the lines of a report's blocks, the grain that a letterhead and a signature are read in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.extract.structure.sentences import stripped
from pipeline.model import Block, BlockKind, Document
from pipeline.text.fold import fold

_STRIP = re.compile(r"[^\n\t]+")
MARGINS = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE)


class Strip(Struct, frozen=True):
    """One line of a block, or the part of it between tabs: its span, words, and the block it belongs to.

    `tab` tells how many such parts stand before it on its line.
    """

    start: int
    end: int
    text: str
    folded: str
    index: int
    block: Block
    tab: int = 0

    @property
    def place(self) -> tuple[int, int, int]:
        """The table cell that the strip stands in; zeros outside tables."""
        return self.block.table, self.block.row, self.block.column

    @property
    def is_rule(self) -> bool:
        """Tell whether the strip only draws: a rule line, a star, dots."""
        return not any(c.isalnum() for c in self.text)

    def part(self, start: int, end: int) -> Strip | None:
        """Return the words between the offsets `start` and `end` as a strip, or None if there are none."""
        words = self.text[start - self.start : end - self.start]
        first = start + len(words) - len(words.lstrip())
        words = words.strip()
        return Strip(first, first + len(words), words, fold(words), self.index, self.block, self.tab) if words else None


def strips_of(document: Document) -> Iterator[Strip]:
    """Yield the strips of all blocks, in order, without margins and notes."""
    text, folded = document.text, fold(document.text)
    for index, block in enumerate(document.blocks):
        if block.kind in MARGINS:
            continue
        tab = 0
        for found in _STRIP.finditer(text, block.start, block.end):
            tab = tab + 1 if found.start() > block.start and text[found.start() - 1] == "\t" else 0
            for start, end in stripped(text, *found.span()):
                yield Strip(start, end, text[start:end], folded[start:end], index, block, tab)


def without(strip: Strip, spans: list[tuple[int, int]]) -> Iterator[Strip]:
    """Yield what is left of `strip` where `spans` are cut out, in order; `spans` are sorted."""
    at = strip.start
    for start, end in [*spans, (strip.end, strip.end)]:
        if at < start:
            rest = strip.part(at, min(start, strip.end))
            if rest:
                yield rest
        at = max(at, end)
        if at >= strip.end:
            return
