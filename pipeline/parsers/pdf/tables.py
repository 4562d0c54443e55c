"""Ruled tables: pdfplumber finds the cells, our own characters fill them.

pdfplumber is given only the pages whose straight rules could make a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.parsers.pdf.cells import Cell
from pipeline.parsers.pdf.characters import Character, Rule, Run, Runs
from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.pdf.mending import join_heads, mend, usual_size
from pipeline.parsers.pdf.rows import characters_to_rows

_SAME_EDGE = 5.0  # points: edges nearer to each other than this are one
_NARROWEST = 0.75  # of the size of the letters: no word stands in a narrower column
_LOWEST = 0.6  # nor a line in a lower row
_SAME_COLUMN = 4.0  # the same on the next page
_LEAST_UPRIGHTS = 3
_MOST_RULES = 6000  # of a page; pdfplumber meets each with each, and maps and plans have tens of thousands
_LEAST_FILLED = 0.2  # share of the cells of a data table that hold words; charts have less
_LEAST_LETTERS = 4
_MIDDLE_OF_LETTER = 0.3  # above the baseline, as a share of the size


class Table(Struct, frozen=True):
    """A data table: its cells in reading order, its column edges, and its place on the page it begins on.

    Of a table that is not `ruled`, `columns` are the left and the right edge of the words of each.
    """

    cells: tuple[Cell, ...]
    columns: tuple[float, ...]
    top: float
    bottom: float
    page: int
    last_page: int
    ruled: bool = True

    @property
    def height(self) -> int:
        """The number of rows."""
        return max(cell.row + cell.row_span - 1 for cell in self.cells)

    def row_texts(self, row: int) -> list[str]:
        """Return the texts of the cells that begin in a row."""
        return [cell.text for cell in self.cells if cell.row == row]


def may_hold_table(rules: Sequence[Rule]) -> bool:
    """Tell a page whose rules could make a table of two columns from one of underlines and frames, or from a map."""
    uprights = _merged(rule.left for rule in rules if not rule.is_level)
    levels = _merged(rule.top for rule in rules if rule.is_level)
    return len(uprights) >= _LEAST_UPRIGHTS and len(levels) >= 2 and len(rules) <= _MOST_RULES


def boxes_to_tables(
    tables: Iterable[Sequence[Box]],
    characters: Sequence[Character],
    page: int,
    before: Sequence[float] = (),
) -> tuple[list[Table], Sequence[Character]]:
    """Return the data tables that lists of cell boxes are, and the characters outside of them.

    The boxes of layout frames, underlines and charts are no data tables; their characters stay outside.
    `before` are the column edges of the last table of the page before, of which one row may be left.
    """
    found, outside = [], characters
    size = usual_size(characters)
    for boxes in join_heads(tables):
        grid = _Grid.of(boxes, size)
        cells, rest = grid.fill(outside, page)
        if _is_data(cells) or (cells and _same_columns(before, grid.columns)):
            outside = rest
            found.append(Table(cells, grid.columns, grid.rows[0], grid.rows[-1], page, page))
    return sorted(found, key=lambda table: table.top), outside


def join_tables(first: Table, second: Table) -> Table | None:
    """Return `second`, which stands at the top of the next page, as the rest of `first`, or None if it isn't.

    The columns have to be the same; a head that is printed again is dropped; a row that was cut by the
    end of the page is put together.
    """
    if not _are_one(first, second):
        return None
    repeated = _repeated_head(first, second)
    if repeated == second.height:
        return None
    cells = [cell._replace(row=cell.row - repeated) for cell in second.cells if cell.row > repeated]
    shift = first.height - _is_cut(first, cells)
    moved = (cell._replace(row=cell.row + shift) for cell in cells)
    return replace(first, cells=_merge_cells(first.cells, moved), last_page=second.last_page)


class _Grid(Struct, frozen=True):
    """The edges of a table's rows and columns, and which cell covers each field between them."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[Cell, ...]
    fields: Mapping[tuple[int, int], int]

    @classmethod
    def of(cls, boxes: Sequence[Box], size: float) -> _Grid:
        columns = _merged((x for box in boxes for x in (box[0], box[2])), _NARROWEST * size)
        rows = _merged((y for box in boxes for y in (box[1], box[3])), _LOWEST * size)
        cells: list[Cell] = []
        fields: dict[tuple[int, int], int] = {}
        for left, top, right, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
            row, last_row = _nearest(rows, top), _nearest(rows, bottom)
            column, last_column = _nearest(columns, left), _nearest(columns, right)
            covered = [(r, c) for r in range(row, last_row) for c in range(column, last_column)]
            if covered and not any(field in fields for field in covered):
                fields |= dict.fromkeys(covered, len(cells))
                cells.append(Cell(row + 1, column + 1, last_row - row, last_column - column))
        return cls(tuple(columns), tuple(rows), tuple(cells), fields)

    def fill(self, characters: Sequence[Character], page: int) -> tuple[tuple[Cell, ...], Sequence[Character]]:
        """Return the cells with the characters that stand in them, and the other characters."""
        held, outside = self._given_out(characters)
        filled = (
            cell._replace(rows=tuple((page, row) for row in characters_to_rows(held[at])) if at in held else ())
            for at, cell in enumerate(self.cells)
        )
        return mend(_without_empty_bands(tuple(filled))), outside

    def _given_out(
        self, characters: Sequence[Character]
    ) -> tuple[Mapping[int, Sequence[Character]], Sequence[Character]]:
        """Return the characters that stand in each cell that has any, and those that stand in none."""
        if isinstance(characters, Runs):
            parts: dict[int | None, list[Run]] = defaultdict(list)
            for run in characters.runs:
                for cell, part in self._parts(run):
                    parts[cell].append(part)
            outside = Runs(parts.pop(None, []))
            return {cell: Runs(runs) for cell, runs in parts.items() if cell is not None}, outside
        held: dict[int | None, list[Character]] = defaultdict(list)
        for character in characters:
            row, column = self._row(character), bisect_right(self.columns, (character.left + character.right) / 2) - 1
            held[self.fields.get((row, column))].append(character)
        rest = held.pop(None, [])
        return {cell: those for cell, those in held.items() if cell is not None}, rest

    def _row(self, one: Character | Run) -> int:
        return bisect_right(self.rows, one.base - _MIDDLE_OF_LETTER * one.size) - 1

    def _parts(self, run: Run) -> Iterator[tuple[int | None, Run]]:
        """Yield the parts of a run that stand in one column, each with its cell."""
        row = self._row(run)
        if not 0 <= row < len(self.rows) - 1:
            yield None, run
            return
        first = bisect_right(self.columns, min(min(run.lefts), min(run.rights)))
        if first == bisect_right(self.columns, max(max(run.lefts), max(run.rights))):
            yield self.fields.get((row, first - 1)), run
        else:
            middles = [(left + right) / 2 for left, right in zip(run.lefts, run.rights, strict=True)]
            columns = [bisect_right(self.columns, middle) - 1 for middle in middles]
            ends = [at for at, (one, other) in enumerate(pairwise(columns), 1) if one != other]
            for start, end in pairwise([0, *ends, len(columns)]):
                yield self.fields.get((row, columns[start])), run.part(start, end)


def _merged(edges: Iterable[float], least: float = 0.0) -> list[float]:
    """Return `edges` sorted, with those taken as one that are nearly the same, or nearer than `least`."""
    merged: list[float] = []
    for edge in sorted(edges):
        if not merged or edge - merged[-1] > max(_SAME_EDGE, least):
            merged.append(edge)
    return merged


def _nearest(edges: Sequence[float], place: float) -> int:
    """Return which of sorted `edges` a place is nearest to: the first of two that are as near."""
    after = min(bisect_left(edges, place), len(edges) - 1)
    return after - (after > 0 and place - edges[after - 1] <= edges[after] - place)


def _without_empty_bands(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return `cells` renumbered without the rows and columns in which no words begin.

    Rules that are drawn a little apart, and shaded heads, make bands that nobody sees.
    """
    rows = sorted({cell.row for cell in cells if cell.rows})
    columns = sorted({cell.column for cell in cells if cell.rows})
    return tuple(
        cell._replace(
            row=_rank(rows, cell.row),
            column=_rank(columns, cell.column),
            row_span=_span(rows, cell.row, cell.row_span),
            column_span=_span(columns, cell.column, cell.column_span),
        )
        for cell in cells
        if cell.rows
    )


def _rank(kept: Sequence[int], place: int) -> int:
    return bisect_right(kept, place)


def _span(kept: Sequence[int], start: int, span: int) -> int:
    return bisect_right(kept, start + span - 1) - bisect_right(kept, start - 1)


def _is_data(cells: Sequence[Cell]) -> bool:
    """Tell a data table from a layout frame, a box of text and a chart."""
    rows = Counter(cell.row for cell in cells)
    if len(rows) < 2 or len({cell.column for cell in cells}) < 2 or max(rows.values()) < 2:
        return False
    fields = len(rows) * len({cell.column for cell in cells})
    covered = sum(cell.row_span * cell.column_span for cell in cells)
    letters = sum(len(cell.text) for cell in cells)
    return covered >= _LEAST_FILLED * fields and letters >= _LEAST_LETTERS


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Compare column edges from the left one on: the pages of a book have mirrored margins."""
    if len(one) != len(other):
        return False
    return all(abs((a - one[0]) - (b - other[0])) <= _SAME_COLUMN for a, b in zip(one, other, strict=True))


def _are_one(first: Table, second: Table) -> bool:
    if first.ruled or second.ruled:
        return _same_columns(first.columns, second.columns)
    ours, theirs = (list(zip(t.columns[::2], t.columns[1::2], strict=True)) for t in (first, second))
    met = [(i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs) if min(a[1], b[1]) > max(a[0], b[0])]
    return len(ours) == len(theirs) and met == [(i, i) for i in range(len(ours))]


def _repeated_head(first: Table, second: Table) -> int:
    """Return how many of the first rows of `second` print the head of `first` again."""
    same = 0
    while same < min(first.height, second.height) and first.row_texts(same + 1) == second.row_texts(same + 1):
        same += 1
    return same


def _is_cut(first: Table, cells: Sequence[Cell]) -> bool:
    """Tell whether the first row goes on with the last row of `first`: no label, and words in lower case."""
    row = [cell for cell in cells if cell.row == 1]
    above = {cell.column for cell in first.cells if cell.row == first.height}
    if not row or row[0].column == 1 or not {cell.column for cell in row} <= above:
        return False
    return any(cell.text[:1].islower() for cell in row)


def _merge_cells(cells: Iterable[Cell], others: Iterable[Cell]) -> tuple[Cell, ...]:
    placed = {(cell.row, cell.column): cell for cell in cells}
    for cell in others:
        before = placed.get((cell.row, cell.column))
        placed[cell.row, cell.column] = before._replace(rows=before.rows + cell.rows) if before else cell
    return tuple(placed[place] for place in sorted(placed))


def table_rows(table: Table) -> Iterator[list[Cell]]:
    """Yield the cells of a table row by row, each where it begins."""
    row: list[Cell] = []
    for cell in table.cells:
        if row and cell.row != row[0].row:
            yield row
            row = []
        row.append(cell)
    if row:
        yield row
