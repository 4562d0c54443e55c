"""Tables without rules, or with level rules alone: words that stand in the same columns, numbers below a head.

Only rows of a page that hold a digit are looked at, so a page of prose costs next to nothing. A letterhead or a
signature has no column of numbers, prose has no head above one, a list has no second column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from pipeline.parsers.pdf.cells import Cell
from pipeline.parsers.pdf.pieces import Piece, column_of, grown, is_data, pieces_of, spanned
from pipeline.parsers.pdf.rows import GUTTER, Row, Span, row_of
from pipeline.parsers.pdf.tables import Table

_LEAST_ROWS = 3
_NEXT_ROW = 3.0  # sizes from one row of a table to the next, at most
_NEXT_HEAD = 2.2
_MOST_HEADS = 6
_NUMERIC = 0.6  # share of a column's cells that are numbers
_LINE_PITCH = 1.35
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABELLED = re.compile(r"(?:[IVXLC]+|[A-ZĐ])[.)/]+[^\W\d_]")
_ORDINAL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|[a-zđ]|\d{1,3}(?:\.\d{1,2})*)[.)/]*|[-+•*]")


class _Run(Struct):
    """Rows from `start` to `end` that share columns; `marks` are those of them that hold numbers."""

    start: int
    end: int
    columns: list[Span]
    marks: list[int] = field(default_factory=list)


def rows_to_tables(rows: Sequence[Row], page: int, goes_on: int = 0) -> tuple[list[Table], list[Row]]:
    """Return the tables that rows of a page make without rules, and the rows outside of them.

    `goes_on` is how many columns the table without rules has that ends the page before, of which the rest needs
    no head.
    """
    has_digit = [any(map(str.isdigit, row.columns.text)) for row in rows]
    if sum(has_digit) < _LEAST_ROWS:
        return [], list(rows)
    tables: list[Table] = []
    outside: list[Row] = []
    at, free = 0, 0
    while at < len(rows):
        run = _run(rows, at) if has_digit[at] else None
        found = _table(rows, run, free, page, goes_on if not tables else 0) if run else None
        if run and found:
            start, table = found
            outside += rows[free:start]
            tables.append(table)
            at = free = run.end
        else:
            at += 1
    return tables, [*outside, *rows[free:]]


def _run(rows: Sequence[Row], start: int) -> _Run | None:
    """Return the longest run of rows from `start` on that keep to the same columns, if it is long enough."""
    pieces = pieces_of(rows[start])
    if not is_data(pieces):
        return None
    run = _Run(start, start + 1, [(piece.left, piece.right) for piece in pieces], [start])
    at = start + 1
    while at < len(rows) and rows[at].base - rows[at - 1].base < _NEXT_ROW * max(rows[at].size, rows[at - 1].size):
        pieces = pieces_of(rows[at])
        joined = grown(run.columns, pieces)
        if len(pieces) > 1 and joined is None:
            break
        if is_data(pieces) and joined:
            run.columns, run.end = joined, at + 1
            run.marks.append(at)
        elif joined is None and not _is_between(rows, at, run):
            break
        at += 1
    run.end = _end_of_last(rows, run)
    return run if len(run.marks) >= _LEAST_ROWS else None


def _is_between(rows: Sequence[Row], at: int, run: _Run) -> bool:
    """Tell whether a line over several columns is the name of a group: a row of data comes right after it."""
    pieces = pieces_of(rows[at + 1]) if at + 1 < len(rows) else []
    short = rows[at].right < run.columns[-1][1] - GUTTER
    return short and is_data(pieces) and grown(run.columns, pieces) is not None


def _end_of_last(rows: Sequence[Row], run: _Run) -> int:
    """Return where the run ends: after its last row of data and the words that go on below it in one column."""
    end = run.marks[-1] + 1
    while end < len(rows) and rows[end].base - rows[end - 1].base < _LINE_PITCH * rows[end].size:
        pieces = pieces_of(rows[end])
        inside = len(pieces) == 1 and any(a - 2 <= pieces[0].left and pieces[0].right <= b + 2 for a, b in run.columns)
        if not inside or not pieces[0].text[:1].islower():
            break
        end += 1
    return end


def _table(rows: Sequence[Row], run: _Run, free: int, page: int, goes_on: int) -> tuple[int, Table] | None:
    """Return where the head of a run begins and its table, or None where it has no head or no column of numbers."""
    start, marks = run.start, run.marks
    if _is_head_of_years(rows[start]):
        start, marks = start + 1, marks[1:]
    elif start > free + 1 and _names_group(rows[start - 1], run.columns):
        start -= 1
    numeric = _numeric_columns(rows, run, marks)
    head = _head_start(rows, start, free, run.columns)
    named = _names_numbers(rows[head:start], run.columns, numeric)
    if len(marks) < _LEAST_ROWS or not numeric or len(run.columns) < 2:
        return None
    if not named and not (head == start and len(run.columns) == goes_on):
        return None
    cells = [*_head_cells(rows[head:start], run.columns, page)]
    below = max((cell.row + cell.row_span - 1 for cell in cells), default=0)
    cells += _body_cells(rows, start, run, page, below)
    columns = tuple(edge for column in run.columns for edge in column)
    table = Table(tuple(cells), columns, rows[head].top, rows[run.end - 1].bottom, page, page, ruled=False)
    return head, table


def _names_group(row: Row, columns: Sequence[Span]) -> bool:
    """Tell the name of a group right below a head: «I. Lĩnh vực đất đai»."""
    pieces = pieces_of(row)
    inside = columns[0][0] - GUTTER <= row.left and row.right <= columns[-1][1]
    return len(pieces) == 1 and inside and bool(_LABELLED.match(pieces[0].text))


def _is_head_of_years(row: Row) -> bool:
    figures = [piece for piece in pieces_of(row) if piece.is_figure]
    return all(_YEAR.fullmatch(piece.text) for piece in figures) and len(pieces_of(row)) > len(figures)


def _numeric_columns(rows: Sequence[Row], run: _Run, marks: Sequence[int]) -> set[int]:
    """Return the columns that hold numbers for the most part, a first one of ordinals left out."""
    held: dict[int, list[Piece]] = {}
    for at in marks:
        for piece in pieces_of(rows[at]):
            held.setdefault(column_of(run.columns, piece), []).append(piece)
    return {
        column
        for column, pieces in held.items()
        if column > 0
        and sum(piece.is_value for piece in pieces) >= _NUMERIC * len(pieces)
        and any(piece.is_figure for piece in pieces)
    }


def _head_start(rows: Sequence[Row], start: int, free: int, columns: Sequence[Span]) -> int:
    """Return where the head above row `start` begins: lines that stand over the columns and aren't prose."""
    head = start
    while head > max(free, start - _MOST_HEADS):
        above = rows[head - 1]
        if rows[head].base - above.base >= _NEXT_HEAD * max(above.size, rows[head].size):
            break
        pieces = pieces_of(above)
        right_of_label = len(pieces) == 1 and pieces[0].left > columns[0][1] and len(columns) > 2
        last = len(pieces) == 1 and pieces[0].left > columns[-2][1] - 1
        if not (len(pieces) > 1 or right_of_label or last) or above.left < columns[0][0] - 3 * above.size:
            break
        if len(pieces) > len(columns) + 1:
            break
        head -= 1
    return head


def _names_numbers(head: Sequence[Row], columns: Sequence[Span], numeric: set[int]) -> bool:
    """Tell whether the head has words, or a year, over a column of numbers, and another column named too."""
    named: set[int] = set()
    for row in head:
        for piece in pieces_of(row, columns):
            if any(c.isalpha() for c in piece.text) or _YEAR.fullmatch(piece.text):
                first, last = spanned(columns, piece)
                named |= {*range(first, last + 1)}
    return bool(named & numeric) and len(named) > 1


def _head_cells(head: Sequence[Row], columns: Sequence[Span], page: int) -> Iterator[Cell]:
    """Yield the cells of a head: one over each column, and one row more where words stand over several columns."""
    wide: dict[tuple[int, int], list[Row]] = {}
    lines: dict[int, list[Row]] = {}
    for row in head:
        for piece in pieces_of(row, columns):
            first, last = spanned(columns, piece)
            line = row_of(piece.characters)
            if line and last > first:
                wide.setdefault((first, last), []).append(line)
            elif line:
                lines.setdefault(first, []).append(line)
    covered = {column for first, last in wide for column in range(first, last + 1)}
    height = 2 if covered & set(lines) else 1
    for (first, last), over in sorted(wide.items()):
        yield Cell(1, first + 1, 1, last - first + 1, tuple((page, row) for row in over))
    for column, over in sorted(lines.items()):
        top, span = (2, 1) if column in covered else (1, height)
        yield Cell(top, column + 1, span, 1, tuple((page, row) for row in over))


def _body_cells(rows: Sequence[Row], start: int, run: _Run, page: int, below: int) -> Iterator[Cell]:
    """Yield the cells of the rows of data; a line that only goes on is put to the row that it stands nearest to."""
    for number, group in enumerate(_grouped(rows, start, run), below + 1):
        held: dict[int, list[Row]] = {}
        spans: dict[int, int] = {}
        for at in group:
            for piece in pieces_of(rows[at]):
                first, last = spanned(run.columns, piece) if len(group) == 1 else (column_of(run.columns, piece),) * 2
                line = row_of(piece.characters)
                if line:
                    held.setdefault(first, []).append(line)
                    spans[first] = max(spans.get(first, 1), last - first + 1)
        for column, lines in sorted(held.items()):
            yield Cell(number, column + 1, 1, spans[column], tuple((page, line) for line in lines))


def _grouped(rows: Sequence[Row], start: int, run: _Run) -> list[list[int]]:
    """Return the printed rows of the body that make each row of the table."""
    groups: list[list[int]] = []
    leading: list[int] = []
    for at in range(start, run.end):
        if at in run.marks or _stands_alone(rows, at, run):
            groups.append([*leading, at])
            leading = []
        elif groups and not _nearer_below(rows, at, run):
            groups[-1].append(at)
        else:
            leading.append(at)
    if leading and groups:
        groups[-1] += leading
    return groups


def _stands_alone(rows: Sequence[Row], at: int, run: _Run) -> bool:
    """Tell a row without numbers from words that go on: it begins with a label, or reaches over columns."""
    pieces = pieces_of(rows[at])
    if len(pieces) > 1:
        return bool(_ORDINAL.fullmatch(pieces[0].text))
    return bool(_LABELLED.match(pieces[0].text)) or grown(run.columns, pieces) is None


def _nearer_below(rows: Sequence[Row], at: int, run: _Run) -> bool:
    """Tell whether the next row of data is nearer than the one before."""
    before = max((mark for mark in run.marks if mark < at), default=None)
    after = min((mark for mark in run.marks if mark > at), default=None)
    if before is None or after is None:
        return before is None
    return rows[after].base - rows[at].base < rows[at].base - rows[before].base - 0.1 * rows[at].size
