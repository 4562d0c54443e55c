"""A sheet cut into what a reader sees on it: tables, and the lines above, between and below them.

Where lines are drawn round some cells and not round others, they show the tables. Else rows with several
filled cells do, if numbers or dates stand in them: a letterhead's rows have two cells, and words in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from pipeline.parsers.xlsx.workbook import Entry, Sheet

Row = list[Entry]

_MOST_HEADS = 3
_TEXT_ROWS = 4  # that a table without any number has at least


class Region(Struct, frozen=True):
    """Rows of a sheet that belong together: those of a table, or lines of text."""

    rows: tuple[Row, ...]
    is_table: bool


def split_sheet(sheet: Sheet) -> Iterator[Region]:
    """Yield the regions of a sheet from top to bottom; a row may give two tables side by side."""
    rows = [list(row) for _, row in groupby(sheet.entries, key=lambda entry: entry.row)]
    spans = _ruled_spans(rows, sheet.ruled) if _is_ruled(sheet) else list(_dense_spans(rows))
    done = 0
    for start, end in [*spans, (len(rows), len(rows))]:
        if done < start:
            yield Region(tuple(rows[done:start]), is_table=False)
        if start < end:
            yield from (Region(table, is_table=True) for table in _side_by_side(rows[start:end]))
        done = end


def _is_ruled(sheet: Sheet) -> bool:
    """Tell whether drawn cells form a grid, and other cells stand outside it."""
    ruled = [entry for entry in sheet.entries if entry.ruled]
    rows, columns = {entry.row for entry in ruled}, {entry.column for entry in ruled}
    return len(rows) > 1 and len(columns) > 1 and len(ruled) < len(sheet.entries)


def _ruled_spans(rows: Sequence[Row], ruled: set[int]) -> list[tuple[int, int]]:
    """Return where drawn rows follow each other, empty ones between them too, in two columns or more."""
    spans: list[tuple[int, int]] = []
    for at, row in enumerate(rows):
        if 2 * sum(entry.ruled for entry in row) < len(row):
            continue
        above = rows[spans[-1][1] - 1][0].row if spans else -1
        if spans and spans[-1][1] == at and all(between in ruled for between in range(above + 1, row[0].row)):
            spans[-1] = spans[-1][0], at + 1
        else:
            spans.append((at, at + 1))
    return [(a, b) for a, b in spans if b - a > 1 and len({e.column for row in rows[a:b] for e in row}) > 1]


def _dense_spans(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield where rows look like those of a table."""
    at = done = 0
    while at < len(rows):
        if not _is_dense(rows[at]):
            at += 1
            continue
        end = _dense_end(rows, at)
        start = _with_heads(rows, at, done)
        if _is_table(rows[start:end]):
            yield start, end
            done = end
        at = end


def _is_dense(row: Row) -> bool:
    return len(row) > 2 or (len(row) == 2 and any(entry.figure for entry in row))


def _dense_end(rows: Sequence[Row], start: int) -> int:
    """Return where the table ends that begins at `start`: at a gap, or where another one begins with its heads."""
    end, counted = start + 1, _has_figures(rows[start])
    for at in range(start + 1, len(rows)):
        row, gap = rows[at], _gap(rows[at - 1], rows[at])
        figures = _has_figures(row)
        if not _is_dense(row) and (gap or not (figures and _fits(row, rows[start:end]))):
            if gap:
                break
            continue
        opens = counted and not figures and (gap or at > end)
        if opens or (gap and not (figures and _fits(row, rows[start:end]))) or (gap and at > end):
            break
        end, counted = at + 1, counted or figures
    return end


def _with_heads(rows: Sequence[Row], start: int, done: int) -> int:
    """Return where the heads of a table begin whose first dense row is `start`: rows of two cells right above."""
    for at in range(start - 1, max(done, start - _MOST_HEADS) - 1, -1):
        if len(rows[at]) < 2 or _gap(rows[at], rows[at + 1]):
            return at + 1
    return max(done, start - _MOST_HEADS, 0)


def _is_table(rows: Sequence[Row]) -> bool:
    """Tell a table from a signature of three columns: numbers stand in it, or it has many rows of one shape."""
    if len(rows) < 2 or len({entry.column for row in rows for entry in row}) < 2:
        return False
    if any(_has_figures(row) for row in rows):
        return True
    shapes = [tuple(entry.column for entry in row) for row in rows]
    return len(rows) >= _TEXT_ROWS and shapes.count(shapes[0]) * 2 > len(rows)


def _has_figures(row: Row) -> bool:
    return any(entry.figure for entry in row)


def _gap(above: Row, below: Row) -> bool:
    """Tell whether empty rows stand between two rows; a cell that reaches down fills them."""
    return below[0].row > max(entry.row + entry.row_span for entry in above)


def _fits(row: Row, rows: Sequence[Row]) -> bool:
    known = {entry.column for each in rows for entry in each}
    return all(entry.column in known for entry in row)


def _side_by_side(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield the tables that an empty column divides, if each has two columns and two rows at least."""
    filled = {entry.column + at for row in rows for entry in row for at in range(entry.column_span)}
    starts = [column for column in sorted(filled) if column - 1 not in filled]
    parts = [
        tuple(part for row in rows if (part := [entry for entry in row if low <= entry.column < high]))
        for low, high in zip(starts, [*starts[1:], max(filled) + 1], strict=True)
    ]
    if all(len(part) > 1 and len({entry.column for row in part for entry in row}) > 1 for part in parts):
        yield from parts
    else:
        yield tuple(rows)
