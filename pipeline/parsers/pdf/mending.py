"""Grids that a drawing program damaged, put right: columns and rows that are one, and sides that are open.

Shaded heads, cells that each draw their own frame, and rules a few points apart give a table more edges than it
has columns; then the data stands one column beside its head, and a row's name in a row of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import median

from pipeline.parsers.pdf.cells import Cell
from pipeline.parsers.pdf.characters import Character, Rule
from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.pdf.rows import Row, Span, sizes_of

_OVERLAP = 0.4  # share of the narrower of two columns' words
_SAME_PLACE = 3.0  # points
_SAME_WIDTH = 0.8  # of a head and the table below it
_MOST_HEADS = 3
_OPEN_SIDE = 15.0  # points that the level rules of a table reach beyond its last upright
_FIGURE = re.compile(r"\(?[-–−+]?\d[\d.,/ ]*%?\)?|[-–—…x*]")
_LETTER = re.compile(r"[^\W\d_]")


def mend(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells of a table with the columns and rows that are one joined."""
    return _join_rows(_join_columns(cells))


def join_heads(tables: Iterable[Sequence[Box]]) -> list[list[Box]]:
    """Return the cells of tables, with a head that is drawn apart put to the table right below it."""
    joined: list[list[Box]] = []
    for boxes in sorted((list(boxes) for boxes in tables if boxes), key=lambda boxes: min(box[1] for box in boxes)):
        if joined and _is_head_of(joined[-1], boxes):
            joined[-1] += boxes
        else:
            joined.append(boxes)
    return joined


def _is_head_of(above: Sequence[Box], below: Sequence[Box]) -> bool:
    """Tell a low grid that ends where another one of about the same width begins."""
    touching = abs(max(box[3] for box in above) - min(box[1] for box in below)) <= _SAME_PLACE
    low = len({round(box[1]) for box in above}) <= _MOST_HEADS
    a, b = (min(box[0] for box in above), max(box[2] for box in above))
    c, d = (min(box[0] for box in below), max(box[2] for box in below))
    return touching and low and len(above) > 1 and min(b, d) - max(a, c) >= _SAME_WIDTH * max(b - a, d - c)


def with_open_sides(tables: Sequence[Sequence[Box]], rules: Sequence[Rule]) -> list[list[Box]]:
    """Return the cells of each table with those of its outer columns where only level rules show them."""
    levels = [rule for rule in rules if rule.is_level]
    return [[*boxes, *_outer_boxes(boxes, levels)] for boxes in tables]


def _outer_boxes(boxes: Sequence[Box], levels: Sequence[Rule]) -> list[Box]:
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    inside = [rule for rule in levels if top - _SAME_PLACE <= rule.top <= bottom + _SAME_PLACE]
    found: list[Box] = []
    before = [rule for rule in inside if rule.left < left - _OPEN_SIDE and rule.right > left - _SAME_PLACE]
    after = [rule for rule in inside if rule.right > right + _OPEN_SIDE and rule.left < right + _SAME_PLACE]
    for beyond, edges in (
        (before, (min((rule.left for rule in before), default=left), left)),
        (after, (right, max((rule.right for rule in after), default=right))),
    ):
        places = sorted({round(rule.top, 1) for rule in beyond})
        found += [(edges[0], a, edges[1], b) for a, b in pairwise(places) if b - a > 2 * _SAME_PLACE]
    return found


def usual_size(characters: Sequence[Character]) -> float:
    """Return the size that most characters are printed in, 0 where there are none."""
    return median(sizes_of(characters)) if characters else 0.0


def _join_columns(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return `cells` with neighbouring columns joined that never hold words in the same row, one above the other."""
    column = 1
    while column < max((cell.column for cell in cells), default=0):
        if _are_one_column(cells, column):
            cells = tuple(_without(cell, column) for cell in cells)
        else:
            column += 1
    return cells


def _are_one_column(cells: Sequence[Cell], column: int) -> bool:
    """Tell whether columns `column` and the next are one: no row fills both, and their cells or words overlap."""
    first = [c for c in cells if c.column == column]
    second = [c for c in cells if c.column == column + 1]
    filled = {row for c in first for row in range(c.row, c.row + c.row_span)}
    if any(row in filled for c in second for row in range(c.row, c.row + c.row_span)):
        return False
    if first and second and all(c.column_span > 1 for c in first):
        return True
    ours = [span for c in first if c.column_span <= 2 and (span := _printed(c))]
    theirs = [span for c in second if c.column_span == 1 and (span := _printed(c))]
    return bool(ours and theirs) and _overlap(ours, theirs)


def _printed(cell: Cell) -> Span | None:
    """Return from where to where the words of a cell reach."""
    rows = [row for _, row in cell.rows]
    return (min(row.left for row in rows), max(row.right for row in rows)) if rows else None


def _overlap(ours: Sequence[Span], theirs: Sequence[Span]) -> bool:
    """Tell whether the words of two columns, each taken together, stand one above the other."""
    a, b = (median(span[0] for span in ours), median(span[1] for span in ours))
    c, d = (median(span[0] for span in theirs), median(span[1] for span in theirs))
    return min(b, d) - max(a, c) > _OVERLAP * min(b - a, d - c)


def _without(cell: Cell, column: int) -> Cell:
    """Return a cell placed as if the columns `column` and the next were one."""
    last = cell.column + cell.column_span - 1
    first = cell.column - (cell.column > column)
    return cell._replace(column=first, column_span=max(last - (last > column) - first + 1, 1))


def _join_rows(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return `cells` with the rows joined that a stray rule cut: a name alone, above or below its numbers."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    covered = {row for cell in cells for row in range(cell.row + 1, cell.row + cell.row_span)}
    joined: list[int] = []
    kept: list[list[Cell]] = []
    for row in sorted(rows):
        below = rows[row]
        above = kept[-1] if kept else []
        if above and row not in covered and (_names(above, below) or _goes_on(above, below)):
            kept[-1] = _merged_row(above, below)
            joined.append(row)
        else:
            kept.append(below)
    place = _renumber(joined)
    return tuple(
        cell._replace(row=place(cell.row), row_span=place(cell.row + cell.row_span - 1) - place(cell.row) + 1)
        for row in kept
        for cell in sorted(row, key=lambda cell: cell.column)
    )


def _renumber(joined: Sequence[int]) -> Callable[[int], int]:
    return lambda row: row - bisect_right(joined, row)


def _names(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether a row is but the name of the numbers below it, which have none."""
    values = bool(below) and all(_FIGURE.fullmatch(cell.text) for cell in below)
    words = all(_LETTER.search(cell.text) or cell.column == 1 for cell in above) and len(above) <= 2
    beside = max(cell.column + cell.column_span - 1 for cell in above) < min(cell.column for cell in below)
    return values and words and beside and _LETTER.search(above[-1].text) is not None and _is_close(above, below)


def _goes_on(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether a row holds but the end of a name: words in lower case below a row with numbers."""
    if len(below) != 1 or not below[0].text[:1].islower() or below[0].text.endswith(":"):
        return False
    host = next((cell for cell in above if cell.column == below[0].column), None)
    values = any(cell.text[:1].isdigit() and cell.column > below[0].column for cell in above)
    return host is not None and values and below[0].column_span == 1 and _is_close([host], below)


def _is_close(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Tell whether words follow on the same page, no more than a line further down."""
    (page, last), (page_below, first) = _lowest(above), below[0].rows[0]
    return page == page_below and first.base - last.base < 2 * max(first.size, last.size)


def _lowest(cells: Iterable[Cell]) -> tuple[int, Row]:
    return max((line for cell in cells for line in cell.rows), key=lambda line: (line[0], line[1].base))


def _merged_row(above: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    placed = {cell.column: cell for cell in above}
    for cell in below:
        host = placed.get(cell.column)
        placed[cell.column] = host._replace(rows=host.rows + cell.rows) if host else cell._replace(row=above[0].row)
    return list(placed.values())
