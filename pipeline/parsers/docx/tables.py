"""The grid of a DOCX table: where each cell stands and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipeline.parsers.docx.xml import ALTERNATE, VAL, W, child, chosen, number
from pipeline.parsers.xml import Element, whole

_ROW, _CELL = W + "tr", W + "tc"
_ROW_PROPERTIES, _CELL_PROPERTIES = W + "trPr", W + "tcPr"
_SPAN, _MERGED_ACROSS, _MERGED_DOWN = W + "gridSpan", W + "hMerge", W + "vMerge"
_DELETED = {W + "del", W + "moveFrom"}
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_WIDEST = 63  # columns that Word allows in a table


class Cell(Struct):
    """A cell with its place in the grid, from 1; `continued` where it only goes on from the cell above.

    `merge` is `restart`, `continue`, or None for a cell that no vertical merge holds.
    """

    element: Element
    row: int
    column: int
    column_span: int = 1
    row_span: int = 1
    merge: str | None = None
    continued: bool = False


def read_grid(table: Element) -> list[list[Cell]]:
    """Return the rows of a table, each with its cells from left to right; deleted rows are left out."""
    found = ((row, child(row, _ROW_PROPERTIES)) for row in members(table, _ROW))
    rows = ((row, properties) for row, properties in found if not _is_deleted(properties))
    grid: list[list[Cell]] = []
    heads: dict[int, Cell] = {}  # the first cells of the vertical merges that reach the row above, by column
    for at, (row, properties) in enumerate(rows, start=1):
        grid.append(list(_read_row(row, properties, at)))
        heads = dict(_merge_down(grid[-1], heads))
    return grid


def members(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the children of `parent` with `tag`, also those inside content controls and the like."""
    for each in parent:
        if each.tag == tag:
            yield each
        elif each.tag in _WRAPPERS:
            yield from members(each, tag)
        elif each.tag == ALTERNATE:
            branch = chosen(each)
            if branch is not None:
                yield from members(branch, tag)


def _merge_down(row: list[Cell], heads: dict[int, Cell]) -> Iterator[tuple[int, Cell]]:
    """Lengthen the cells above that `row` continues, and yield the cells that the next row may continue."""
    for cell in row:
        head = heads.get(cell.column) if cell.merge == "continue" else None
        if head is not None:
            head.row_span += 1
            cell.continued = True
        if cell.merge is not None:
            yield cell.column, head or cell


def _is_deleted(properties: Element | None) -> bool:
    return properties is not None and any(each.tag in _DELETED for each in properties)


def _read_row(row: Element, properties: Element | None, at: int) -> Iterator[Cell]:
    column = 1 + _within(number(properties, "gridBefore", 0))
    before: Cell | None = None
    for element in members(row, _CELL):
        set_by = child(element, _CELL_PROPERTIES)
        own = {} if set_by is None else {each.tag: each for each in reversed(set_by)}  # the first of each counts
        span = max(_within(whole(own[_SPAN].get(VAL), 1)), 1) if _SPAN in own else 1
        column += span
        if before and _merge(own, _MERGED_ACROSS) == "continue":  # an old Word's way (ISO/IEC 29500-4, `w:hMerge`)
            before.column_span += span
            continue
        if before:
            yield before
        before = Cell(element, at, column - span, span, merge=_merge(own, _MERGED_DOWN))
    if before:
        yield before


def _merge(own: dict[str, Element], tag: str) -> str | None:
    """Return `restart`, `continue` (what a merge without a value means), or None."""
    return own[tag].get(VAL, "continue") if tag in own else None


def _within(width: int) -> int:
    return min(max(width, 0), _WIDEST)
