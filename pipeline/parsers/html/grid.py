"""The grid of an HTML table: where each cell stands and how far it reaches (HTML, 4.9.12)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipeline.parsers.xml import Element, whole

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_WIDEST = 1000  # columns that a browser lets a cell reach over
_MOST_COLUMNS = 2000  # and a table have here


class Cell(Struct):
    """A cell's place, from 1, and how many cells are printed before it in its row, some come from above."""

    row: int
    column: int
    row_span: int
    column_span: int
    before: int


def read_grid(table: Element) -> dict[Element, Cell]:
    """Return the place of each cell of a table, without those of tables inside it."""
    grid: dict[Element, Cell] = {}
    at = 0
    for group in _groups(table):
        above: list[Cell] = []  # cells that reach into the row to come, from left to right
        for index, row in enumerate(group):
            at += 1
            placed = list(_read_row(row, at, len(group) - index, above))
            grid.update(placed)
            reaching = [cell for cell in (*above, *(c for _, c in placed)) if cell.row + cell.row_span > at + 1]
            above = sorted(reaching, key=lambda cell: cell.column)
    return grid


def _groups(table: Element) -> Iterator[list[Element]]:
    """Yield the rows of a table group by group: no cell reaches out of its group."""
    loose: list[Element] = []
    for child in table:
        if child.tag == "tr":
            loose.append(child)
        elif child.tag in _GROUPS:
            if loose:
                yield loose
            loose = []
            yield [row for row in child if row.tag == "tr"]
    if loose:
        yield loose


def _read_row(row: Element, at: int, left: int, above: list[Cell]) -> Iterator[tuple[Element, Cell]]:
    """Yield the cells of a row beside those that reach into it; `left` rows of its group are left with it."""
    column, before, upper = 1, 0, iter(above)
    reaching = next(upper, None)
    for element in row:
        if element.tag not in _CELLS or column > _MOST_COLUMNS:
            continue
        while reaching and reaching.column <= column:
            column = max(column, reaching.column + reaching.column_span)
            before, reaching = before + 1, next(upper, None)
        across = min(max(whole(element.get("colspan"), 1), 1), _WIDEST)
        down = whole(element.get("rowspan"), 1)
        yield element, Cell(at, column, min(down, left) if down > 0 else left, across, before)
        column, before = column + across, before + 1
