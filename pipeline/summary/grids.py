"""The plots that are grids: which report cites which document, and which months reports speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.summary.drawing import FAINT, INK, PAPER, RED, RULE, WIDTH, Sheet, fitting, width_of

_SHADES = ("#d3e3ee", "#b7d1e2", "#94b9d0", "#5b93b6", "#2b6f98", "#0f4668")
_CELL, _GAP = 20.0, 8.0


def matrix(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], int],
    shown: Callable[[float], str],
) -> Sheet:
    """Return a grid of how often the document of a row is cited by the report of a column.

    A row has its label and what is told of it at the end.
    """
    left = min(max((width_of(row) for row, _ in rows), default=0.0) + 1, 210.0) + _GAP
    right = max((width_of(told) for _, told in rows), default=0.0) + _GAP
    most = 150.0
    heads = [fitting(column, most, 8.5) for column in columns]
    tall = max((width_of(head, 8.5) for head in heads), default=0.0)
    top = 0.87 * tall + 14
    slope = max(0.5 * tall + 8, right)
    cell = min(_CELL + 8, (WIDTH - left - slope) / max(len(columns), 1))
    sheet = Sheet(top + _CELL * len(rows) + 6)
    for at, head in enumerate(heads):
        sheet.text(left + cell * (at + 0.5) + 3, top - 5, head, INK, 8.5, turned=60)
    highest = max(cells.values(), default=1)
    for at, (row, told) in enumerate(rows):
        y = top + _CELL * at
        sheet.text(left - _GAP, y + _CELL / 2, fitting(row, left - _GAP), align="right")
        sheet.text(left + cell * len(columns) + _GAP, y + _CELL / 2, told, FAINT)
        for column in range(len(columns)):
            x = left + cell * column
            _draw_cell(sheet, x, y, cell, cells.get((at, column), 0), highest, shown)
    return sheet


def _draw_cell(
    sheet: Sheet, x: float, y: float, wide: float, value: int, most: int, shown: Callable[[float], str], edge: str = ""
) -> None:
    shade = _shade(value, most)
    sheet.box(x + 1, y + 1, wide - 2, _CELL - 2, _SHADES[shade] if value else "#f5f7f9", edge)
    if value:
        words = shown(value)
        size = 8.0 if width_of(words, 8) < wide - 3 else 6.0
        sheet.text(x + wide / 2, y + _CELL / 2, words, PAPER if shade >= 3 else INK, size, "center")


def _shade(value: int, most: int) -> int:
    """Return the shade of a count: one step each where the steps are enough for all."""
    return max(value - 1, 0) if most <= len(_SHADES) else round((value - 1) / (most - 1) * (len(_SHADES) - 1))


Months = Sequence[Sequence[int]]
"""A row of twelve for each year."""


def calendar(
    years: Sequence[str],
    panels: Sequence[tuple[str, Months]],
    sent: Mapping[tuple[int, int], int],
    shown: Callable[[float], str],
) -> Sheet:
    """Return grids of years by months, one a panel; months that reports were written in have an edge in the first."""
    left = max(map(width_of, years), default=0.0) + _GAP
    gap = 18.0
    cell = (WIDTH - left - gap * (len(panels) - 1)) / (12 * max(len(panels), 1))
    cell = min(cell, 30.0)
    top = 38.0
    sheet = Sheet(top + _CELL * len(years) + 6)
    for at, year in enumerate(years):
        sheet.text(left - _GAP, top + _CELL * (at + 0.5), year, align="right")
    for nth, (title, months) in enumerate(panels):
        x = left + nth * (12 * cell + gap)
        most = max((value for row in months for value in row), default=1)
        sheet.text(x + 1, 8, fitting(title, 12 * cell, bold=True), bold=True)
        for month in range(12):
            sheet.text(x + cell * (month + 0.5), 28, str(month + 1), FAINT, 8, "center")
        sheet.rule(x, top - 2, x + 12 * cell, top - 2, RULE)
        for at, row in enumerate(months):
            for month, value in enumerate(row):
                _draw_cell(sheet, x + cell * month, top + _CELL * at, cell, value, most, shown)
        if nth == 0:
            for at, month in sorted(sent):
                sheet.box(x + cell * month + 1, top + _CELL * at + 1, cell - 2, _CELL - 2, "", RED)
    return sheet
