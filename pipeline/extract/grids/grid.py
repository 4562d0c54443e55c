"""The data tables of a report as grids: which cell covers each place, and what it says."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.extract.view import View
from pipeline.model import Block, BlockKind

Place = tuple[int, int]  # row and column, from 1

_CAPTION_BLOCKS = 3
_CAPTION_LENGTH = 200


class Cell(Struct, frozen=True):
    """One cell where it begins, with its spans, its paragraphs, and its words with white space folded."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]
    text: str

    @property
    def bold(self) -> bool:
        """Whether every paragraph is set bold."""
        return bool(self.text) and all(block.bold for block in self.blocks)


class Grid(Struct, frozen=True):
    """One table: its cells by the place that they begin at, and the cell that covers each place.

    `worded` are the cells with words by the row that they begin in, from left to right. `caption` is the span of the
    short paragraphs right above it.
    """

    cells: Mapping[Place, Cell]
    covers: Mapping[Place, Cell]
    worded: Mapping[int, list[Cell]]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    caption: tuple[int, int]

    def text(self, row: int, column: int) -> str:
        """Return the words of the cell that begins at a place, empty where none does."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    def row(self, row: int) -> list[Cell]:
        """Return the cells with words that begin in a row, from left to right."""
        return self.worded.get(row, [])


def grids(view: View) -> Iterator[Grid]:
    """Yield the data tables of a report; letterheads and signatures set as tables are none."""
    tables: dict[int, dict[Place, list[Block]]] = defaultdict(lambda: defaultdict(list))
    layout = {b.table for b in view.document.blocks if b.kind in (BlockKind.LETTERHEAD, BlockKind.SIGNATURE)}
    for block in view.document.blocks:
        if block.table and block.table not in layout:
            tables[block.table][block.row, block.column].append(block)
    for places in tables.values():
        rows, columns = sorted({r for r, _ in places}), sorted({c for _, c in places})
        if len(rows) > 1 and len(columns) > 1:
            yield _grid(view, places, rows, columns)


def _grid(view: View, places: Mapping[Place, list[Block]], rows: list[int], columns: list[int]) -> Grid:
    cells: dict[Place, Cell] = {}
    covers: dict[Place, Cell] = {}
    worded: defaultdict[int, list[Cell]] = defaultdict(list)
    for (row, column), blocks in sorted(places.items()):
        text = " ".join(" ".join(view.text[b.start : b.end] for b in blocks).split())
        cell = Cell(row, column, blocks[0].row_span, blocks[0].column_span, tuple(blocks), text)
        cells[row, column] = cell
        if text:
            worded[row].append(cell)
        for r in _covered(rows, row, cell.row_span):
            for c in _covered(columns, column, cell.column_span):
                covers.setdefault((r, c), cell)
    start = min(block.start for blocks in places.values() for block in blocks)
    return Grid(cells, covers, worded, tuple(rows), tuple(columns), _caption(view, start))


def _covered(places: list[int], first: int, span: int) -> list[int]:
    at = bisect_left(places, first)
    return places[at : bisect_left(places, first + max(span, 1), lo=at)]


def _caption(view: View, start: int) -> tuple[int, int]:
    """Return the span of the paragraphs right above a table, short ones as titles and unit lines are."""
    blocks = view.document.blocks
    at = first = bisect_left(blocks, start, key=lambda block: block.start)
    while first > 0 and at - first < _CAPTION_BLOCKS:
        above = blocks[first - 1]
        if above.table or above.end - above.start > _CAPTION_LENGTH:
            break
        first -= 1
    return (blocks[first].start, blocks[at - 1].end) if first < at else (start, start)
