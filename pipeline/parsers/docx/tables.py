"""The grid of a DOCX table: where each cell stands and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.parsers.docx.xml import ALTERNATE, W, chosen, number
from pipeline.parsers.xml import Element

_ROW, _CELL = W + "tr", W + "tc"
_DELETED = {W + "del", W + "moveFrom"}
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_WIDEST = 63  # columns that Word allows in a table


@dataclass(slots=True)
class Cell:
    """A cell with its place in the grid, from 1; `continued` where it only goes on from the cell above."""

    element: Element
    row: int
    column: int
    column_span: int = 1
    row_span: int = 1
    continued: bool = False


def read_grid(table: Element) -> list[list[Cell]]:
    """Return the rows of a table, each with its cells from left to right; deleted rows are left out."""
    rows = (row for row in members(table, _ROW) if not _is_deleted(row))
    grid: list[list[Cell]] = []
    heads: dict[int, Cell] = {}  # the first cells of the vertical merges that reach the row above, by column
    for at, row in enumerate(rows, start=1):
        grid.append(list(_read_row(row, at)))
        heads = dict(_merge_down(grid[-1], heads))
    return grid


def members(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the children of `parent` with `tag`, also those inside content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from members(child, tag)
        elif child.tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from members(branch, tag)


def _merge_down(row: list[Cell], heads: dict[int, Cell]) -> Iterator[tuple[int, Cell]]:
    """Lengthen the cells above that `row` continues, and yield the cells that the next row may continue."""
    for cell in row:
        merge = _vertical_merge(cell.element)
        head = heads.get(cell.column) if merge == "continue" else None
        if head is not None:
            head.row_span += 1
            cell.continued = True
        if merge is not None:
            yield cell.column, head or cell


def _vertical_merge(cell: Element) -> str | None:
    """Return `restart`, `continue` (what a `w:vMerge` without a value means), or None."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return None if merge is None else merge.get(W + "val", "continue")


def _is_deleted(row: Element) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and any(child.tag in _DELETED for child in properties)


def _read_row(row: Element, at: int) -> Iterator[Cell]:
    column = 1 + _width(row.find(W + "trPr"), "gridBefore", 0)
    before: Cell | None = None
    for element in members(row, _CELL):
        properties = element.find(W + "tcPr")
        span = max(_width(properties, "gridSpan", 1), 1)
        column += span
        if before and _goes_on_from_left(properties):
            before.column_span += span
            continue
        if before:
            yield before
        before = Cell(element, at, column - span, span)
    if before:
        yield before


def _goes_on_from_left(properties: Element | None) -> bool:
    """Tell a cell that an old Word has merged with the one at its left (ISO/IEC 29500-4, `w:hMerge`)."""
    merge = None if properties is None else properties.find(W + "hMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _width(properties: Element | None, name: str, default: int) -> int:
    return min(max(number(properties, name, default), 0), _WIDEST)
