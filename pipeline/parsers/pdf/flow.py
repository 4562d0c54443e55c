"""Pages put into one flow: paragraphs and tables in reading order, footnotes and running heads apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from pipeline.parsers.pdf.columns import rows_to_lines
from pipeline.parsers.pdf.footnotes import Note, labels_raised_in, rows_to_notes, split_off_notes, usual_size
from pipeline.parsers.pdf.lines import PrintedLine, row_to_line
from pipeline.parsers.pdf.margins import Sorted, sort_out_margins
from pipeline.parsers.pdf.paragraphs import Paragraph, lines_to_paragraphs, text_areas
from pipeline.parsers.pdf.rows import Row
from pipeline.parsers.pdf.sheets import Sheet
from pipeline.parsers.pdf.tables import Table, join_tables


class Flow(Struct, frozen=True):
    """A whole report in reading order; `labels` are, for each page, its footnote labels."""

    items: Sequence[Paragraph | Table]
    notes: Sequence[Note]
    heads: Sequence[PrintedLine]
    feet: Sequence[PrintedLine]
    labels: Sequence[Collection[str]]
    notices: Sequence[Sequence[PrintedLine]] = ()


def sheets_to_flow(sheets: Sequence[Sheet]) -> Flow:
    """Return what `sheets`, all pages of a report, say in reading order."""
    margins = sort_out_margins([sheet.rows for sheet in sheets], [sheet.height for sheet in sheets])
    marked = [labels_raised_in(_all_rows(sheet)) for sheet in sheets]
    bodies, notes = _split_off_notes(sheets, margins, marked)
    labels = _labels(notes, marked)
    pieces: list[PrintedLine | Table] = []
    for sheet, rows in zip(sheets, bodies, strict=True):
        pieces += _pieces(sheet, rows, labels[sheet.number - 1])
    widths = {sheet.number: sheet.width for sheet in sheets}
    return Flow(
        items=_items(_join_tables(pieces), widths),
        notes=notes,
        heads=[row_to_line(row, at) for at, page in enumerate(margins, 1) for row in page.heads],
        feet=[row_to_line(row, at) for at, page in enumerate(margins, 1) for row in page.feet],
        labels=labels,
        notices=[[row_to_line(row, sheet.number) for row in rows] for sheet in sheets for rows in sheet.notices],
    )


def _split_off_notes(
    sheets: Sequence[Sheet], margins: Sequence[Sorted], marked: Sequence[set[str]]
) -> tuple[list[Sequence[Row]], list[Note]]:
    """Return the rows of each page's body, and the footnotes of all pages."""
    size = usual_size(row for page in margins for row in page.text)
    bodies: list[Sequence[Row]] = []
    notes: list[Note] = []
    for sheet, page, raised in zip(sheets, margins, marked, strict=True):
        goes_on = bool(notes) and notes[-1].rows[-1][0] == sheet.number - 1
        start = split_off_notes(page.text, sheet.rules, sheet.width, size, raised, goes_on)
        bodies.append(page.text[:start])
        rows_to_notes(page.text[start:], sheet.number, raised, notes)
    return bodies, notes


def _all_rows(sheet: Sheet) -> Iterator[Row]:
    yield from sheet.rows
    for table in sheet.tables:
        for cell in table.cells:
            yield from (row for _, row in cell.rows)


def _labels(notes: Sequence[Note], marked: Sequence[set[str]]) -> list[set[str]]:
    """Return for each page the labels of its own footnotes; end notes are everybody's."""
    ends = {note.label for note in notes if note.label not in marked[note.page - 1]}
    return [{note.label for note in notes if note.page == page} | ends for page in range(1, len(marked) + 1)]


def _pieces(sheet: Sheet, rows: Sequence[Row], labels: Collection[str]) -> Iterator[PrintedLine | Table]:
    """Yield the lines and tables of a page from top to bottom."""
    done = 0
    for table in sheet.tables:
        middle = (table.top + table.bottom) / 2
        end = done + sum(row.base < middle for row in rows[done:])
        yield from rows_to_lines(rows[done:end], sheet.number, labels)
        yield table
        done = end
    yield from rows_to_lines(rows[done:], sheet.number, labels)


def _join_tables(pieces: Sequence[PrintedLine | Table]) -> list[PrintedLine | Table]:
    """Return `pieces` with a table that goes on over the page put together."""
    joined: list[PrintedLine | Table] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        whole = None
        if isinstance(before, Table) and isinstance(piece, Table) and piece.page == before.last_page + 1:
            whole = join_tables(before, piece)
        if whole:
            joined[-1] = whole
        else:
            joined.append(piece)
    return joined


def _items(pieces: Sequence[PrintedLine | Table], widths: dict[int, float]) -> list[Paragraph | Table]:
    areas = text_areas([piece for piece in pieces if isinstance(piece, PrintedLine)], widths)
    items: list[Paragraph | Table] = []
    for _, run in groupby(pieces, key=lambda piece: isinstance(piece, Table)):
        group = list(run)
        items += [piece for piece in group if isinstance(piece, Table)]
        items += lines_to_paragraphs((piece for piece in group if isinstance(piece, PrintedLine)), areas)
    return items
