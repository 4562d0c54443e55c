"""Tables that a writer set with tabs: paragraphs of as many parts each, words in the first and numbers below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from pipeline.model import Block, BlockKind

_LEAST_ROWS = 4  # the head and three rows of data
_LEAST_PARTS = 2
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_PART = re.compile(r"[^\t]*[^\t\s][^\t]*")
_VALUE = re.compile(r"\(?[-–−+]?\d[\d.,]*(?:[/–-]\d[\d.,]*)?[ ]?%?\)?|[-–—…x*]")
_WORDS = re.compile(r"[^\W\d_]|(?:19|20)\d\d")
_NUMERIC = 0.6  # share of a column's parts that are values


def with_tabbed_tables(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks` with the paragraphs of a table set with tabs as cells, and the tables counted anew."""
    if "\t" not in text:
        return tuple(blocks)
    found: list[Block] = []
    added = 0
    for (parts, _), run in groupby(blocks, key=lambda block: (_count(text, block), block.kind in _PROSE)):
        group = list(run)
        if parts >= _LEAST_PARTS and _is_table(text, group):
            added += 1
            number = max((block.table for block in found), default=0) + 1
            found += [cell for row, block in enumerate(group, 1) for cell in _cells(text, block, number, row)]
        else:
            found += [_counted_on(block, added) for block in group] if added else group
    return tuple(found)


def _counted_on(block: Block, added: int) -> Block:
    return replace(block, table=block.table + added) if block.table else block


def _count(text: str, block: Block) -> int:
    """Return how many parts tabs make of a paragraph, 0 where there are none or it is no paragraph."""
    if block.kind not in _PROSE or "\t" not in text[block.start : block.end]:
        return 0
    return sum(1 for _ in _PART.finditer(text, block.start, block.end))


def _is_table(text: str, group: Sequence[Block]) -> bool:
    """Tell a head with rows below it, some column of which holds numbers, from labels with blanks to fill in."""
    rows = [[found[0].strip() for found in _PART.finditer(text, block.start, block.end)] for block in group]
    if len(rows) < _LEAST_ROWS or any(_VALUE.fullmatch(part) and not _WORDS.fullmatch(part) for part in rows[0]):
        return False
    columns = list(zip(*rows[1:], strict=True))[1:]
    shares = [sum(bool(_VALUE.fullmatch(part)) for part in column) / len(column) for column in columns]
    return any(share >= _NUMERIC and _WORDS.search(rows[0][at]) for at, share in enumerate(shares, 1))


def _cells(text: str, block: Block, table: int, row: int) -> Iterator[Block]:
    for column, found in enumerate(_PART.finditer(text, block.start, block.end), 1):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        end = start + len(found[0].strip())
        yield Block(BlockKind.CELL, start, end, table=table, row=row, column=column, bold=block.bold)
