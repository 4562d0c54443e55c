"""The lines of a sheet that are no table, in the order of reading: columns that stand side by side one by one.

The two columns of a letterhead or signature share rows; read row by row, each would cut the other in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.parsers.xlsx.workbook import Entry

Row = list[Entry]


def in_reading_order(rows: Sequence[Row]) -> Iterator[Entry]:
    """Yield the cells of rows of text: each band of columns side by side column by column, other rows as they are."""
    at = 0
    while at < len(rows):
        end = _band_end(rows, at)
        yield from _by_column(rows[at:end])
        at = end


def _band_end(rows: Sequence[Row], start: int) -> int:
    """Return where the band that begins at `start` ends, behind its last row with cells in more than one column.

    A single cell of the right column belongs to it, and one of the left between such rows, unless it reaches
    over both or stands alone below an empty row, as a title does.
    """
    end = start + 1
    if len(rows[start]) < 2:
        return end
    right = rows[start][1].column
    for at in range(start + 1, len(rows)):
        row, above = rows[at], rows[at - 1]
        if len(row) > 1 or row[0].column >= right:
            end = at + 1
            continue
        gap = row[0].row > max(entry.row + entry.row_span for entry in above)
        if gap or row[0].column + row[0].column_span > right:
            break
    return end


def _by_column(rows: Sequence[Row]) -> Iterator[Entry]:
    """Yield the cells of a band column by column; the row with most cells tells where the columns are."""
    centres = [_centre(entry) for entry in max(rows, key=len)]
    columns: list[list[Entry]] = [[] for _ in centres]
    for entry in (entry for row in rows for entry in row):
        nearest = min(range(len(centres)), key=lambda at: abs(centres[at] - _centre(entry)))
        columns[nearest].append(entry)
    for column in columns:
        yield from column


def _centre(entry: Entry) -> float:
    return entry.column + entry.column_span / 2
