"""Which rows of a table are its title, its head, the names of groups, and its data."""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.extract.grids.figures import figure_in, is_no_data, is_words, is_year
from pipeline.extract.grids.grid import Cell, Grid
from pipeline.extract.grids.words import plain
from pipeline.text.fold import fold

_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:[ ]?=.*)?")
_LABEL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/]*")
_ROMAN_OPENS = re.compile(r"(?:[IVX]+|[A-ZĐ])[.)/]+ ")
_MOST_HEADS = 8


class Layout(Struct, frozen=True):
    """The rows of a grid by what they are; `groups` are rows that name the rows below them, and their words.

    `head` are the rows of the head; `heads` are these, the numbers printed below them, and where the head is
    printed again.
    """

    titles: tuple[int, ...]
    head: tuple[int, ...]
    heads: frozenset[int]
    groups: dict[int, str]
    body: tuple[int, ...]


def read_layout(grid: Grid) -> Layout:
    """Return the layout of a grid: a head is what stands above the first row of data."""
    titles = _titles(grid)
    head, numbering = _head(grid, grid.rows[len(titles) :])
    after = grid.rows[len(titles) + len(head) + len(numbering) :]
    printed = {_words_of(grid, row) for row in head}
    again = {row for row in after if _words_of(grid, row) in printed or _is_numbering(grid, row, (*head, *numbering))}
    rest = [row for row in after if row not in again]
    groups = {row: name for row in rest if (name := _group(grid, row))}
    body = tuple(row for row in rest if row not in groups)
    return Layout(titles, head, frozenset((*titles, *head, *numbering, *again)), groups, body)


def head_path(grid: Grid, head: tuple[int, ...], column: int) -> tuple[Cell, ...]:
    """Return the cells of the head above a column, from the outermost, each once."""
    path: list[Cell] = []
    for at, row in enumerate(head):
        cell = grid.covers.get((row, column))
        if (cell is None or not cell.text) and at + 1 < len(head):
            cell = _spread(grid, row, head[at + 1], column)
        if cell and cell.text and all(plain(cell.text) != plain(known.text) for known in path):
            path.append(cell)
    return tuple(path)


def _spread(grid: Grid, row: int, below: int, column: int) -> Cell | None:
    """Return the cell at the left that goes on over a blank place, as tables without merged cells print it."""
    if not grid.text(below, column):
        return None
    for at in reversed([c for c in grid.columns if c < column]):
        cell = grid.covers.get((row, at))
        if cell and cell.text:
            return cell if cell.row_span == 1 and grid.text(below, at) else None
    return None


def _titles(grid: Grid) -> tuple[int, ...]:
    """Return the first rows that hold one cell: a title or the unit, printed inside the table."""
    titles: list[int] = []
    for row in grid.rows[:-2]:
        cells = grid.row(row)
        if len(cells) != 1 or not is_words(cells[0].text) or not _is_alone(grid, cells[0]):
            break
        titles.append(row)
    return tuple(titles)


def _is_alone(grid: Grid, cell: Cell) -> bool:
    """Tell whether a cell reaches over its whole row, or stands first in a row of three or more that is blank."""
    if cell.column_span >= len(grid.columns):
        return True
    below = grid.rows[grid.rows.index(cell.row) + 1]
    starts_there = all(grid.covers[below, c].row == below for c in grid.columns if (below, c) in grid.covers)
    return len(grid.columns) > 2 and cell.row_span == 1 and starts_there and len(grid.row(below)) > 2


def _head(grid: Grid, rows: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the rows of the head, and the row of numbers below it if there is one."""
    if not rows or _has_data(grid, rows[0]) or _is_numbering(grid, rows[0], ()):
        return (), rows[:1] if rows and _is_numbering(grid, rows[0], ()) else ()
    figured = _figured_columns(grid, rows)
    reach = max((c.row + c.row_span for c in grid.row(rows[0]) if c.column_span < len(grid.columns)), default=0)
    head = [rows[0]]
    for row in rows[1:_MOST_HEADS]:
        if row == rows[-1] or _has_data(grid, row) or _is_numbering(grid, row, tuple(head)):
            break
        cells = grid.row(row)
        under = any(_spans_over(grid, head[-1], cell) for cell in cells)
        named = len(cells) > 1 and any(c.column in figured and _names_column(c.text) for c in cells)
        if not (row < reach or under or named):
            break
        head.append(row)
    below = rows[len(head) : len(head) + 1]
    return tuple(head), below if below and _is_numbering(grid, below[0], tuple(head)) else ()


def _names_column(text: str) -> bool:
    return is_words(text) and not _LABEL.fullmatch(text)


def _has_data(grid: Grid, row: int) -> bool:
    """Tell whether a row holds a number that is no year, or a mark that there is none."""
    cells = grid.row(row)
    if _looks_numbered(cells):
        return False
    return any(
        (figure_in(c.text) is not None and not is_year(c.text)) or (is_no_data(c.text) and c.column > grid.columns[0])
        for c in cells
    )


def _figured_columns(grid: Grid, rows: tuple[int, ...]) -> set[int]:
    """Return the columns that hold numbers for the most part, from the first row of data on."""
    first = next((at for at, row in enumerate(rows) if _has_data(grid, row)), len(rows))
    figured = set()
    for column in grid.columns:
        texts = [text for row in rows[first:] if (text := grid.text(row, column))]
        numbers = sum(figure_in(text) is not None or is_no_data(text) for text in texts)
        if texts and 2 * numbers >= len(texts) and any(figure_in(text) for text in texts):
            figured.add(column)
    return figured


def _spans_over(grid: Grid, above: int, cell: Cell) -> bool:
    host = grid.covers.get((above, cell.column))
    return host is not None and host.row == above and 1 < host.column_span < len(grid.columns)


def _looks_numbered(cells: list[Cell]) -> bool:
    """Tell whether cells number the columns: `(1) (2) (3)`, `A B 1 2`, each one more than the one before."""
    if len(cells) < 2 or not all(_NUMBERING.fullmatch(fold(cell.text)) for cell in cells):
        return False
    numbers = [int(found[0]) for cell in cells if (found := re.match(r"\d+", cell.text.lstrip("(")))]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] < 3 if numbers else True


def _is_numbering(grid: Grid, row: int, head: tuple[int, ...]) -> bool:
    cells = grid.row(row)
    return _looks_numbered(cells) and (len(cells) > 2 or len(grid.columns) == 2) and (bool(head) or len(cells) > 2)


def _words_of(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(plain(grid.text(row, column)) for column in grid.columns)


def _group(grid: Grid, row: int) -> str:
    """Return the name of a group that a row is: words over the whole row, or a first-rank label with nothing beside."""
    cells = grid.row(row)
    if not cells or len(cells) > 2 or not is_words(cells[-1].text):
        return ""
    named, label = cells[-1], cells[0].text if len(cells) == 2 else ""
    if label and not _LABEL.fullmatch(label):
        return ""
    covered = named.column + named.column_span > grid.columns[-1]
    if covered and named.column_span > 1:
        return named.text
    if len(grid.columns) < 3 or any(figure_in(cell.text) for cell in cells[1:]):
        return ""
    blank = all(not grid.covers[row, c].text for c in grid.columns if (row, c) in grid.covers and c > named.column)
    ranked = bool(_ROMAN_OPENS.match(named.text) or re.fullmatch(r"[IVXLC]+[.)/]*|[A-ZĐ][.)/]*", label))
    return named.text if blank and (ranked or named.bold) else ""
