"""The plots that compare rows by bars: parts of a whole, indicators side by side, changes against a year before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from pipeline.summary.drawing import (
    AMBER,
    DEEP,
    FAINT,
    GREY,
    INK,
    MIST,
    PAPER,
    RED,
    RULE,
    WIDTH,
    Sheet,
    fitting,
    width_of,
    wrapped,
)

RISE, FALL = AMBER, DEEP
STATUS_COLOURS = (DEEP, AMBER, GREY, MIST)
REVIEW_COLOURS = (DEEP, AMBER, RED, RULE)

_ROW, _BAR, _GAP = 22.0, 14.0, 8.0
_LEGEND = 24.0
_LABEL = 250.0  # the widest that labels at the left may be
_DARK = {DEEP, RED}


class Part(Struct, frozen=True):
    """What one colour of a bar stands for."""

    name: str
    colour: str


class Bar(Struct, frozen=True):
    """One row: its label, how much there is of each part, and what is told at the end of the bar."""

    label: str
    values: tuple[float, ...]
    told: str
    strong: bool = False


def bars(rows: Sequence[Bar], parts: Sequence[Part], shown: Callable[[float], str], shares: bool = False) -> Sheet:
    """Return a plot of bars with parts side by side; `shares` draws each row as parts of 100 %.

    Parts without a name are not explained above the bars.
    """
    used = [at for at, part in enumerate(parts) if part.name and any(row.values[at] for row in rows)]
    legend = _LEGEND if len(used) > 1 else 0.0
    sheet = Sheet(legend + _ROW * len(rows) + 4)
    left = _label_width([row.label for row in rows]) + _GAP
    right = max((width_of(row.told) for row in rows), default=0.0) + _GAP
    most = max((sum(row.values) for row in rows), default=0.0) or 1.0
    if legend:
        _draw_legend(sheet, left, [parts[at] for at in used])
    for at, row in enumerate(rows):
        whole = (sum(row.values) or 1.0) if shares else most
        _draw_bar(sheet, row, parts, legend + _ROW * at, left, (WIDTH - left - right) / whole, shown)
    return sheet


def _draw_legend(sheet: Sheet, left: float, parts: Sequence[Part]) -> None:
    x = left
    for part in parts:
        sheet.box(x, 4, 9, 9, part.colour)
        sheet.text(x + 13, 8.5, part.name, FAINT, 8.5)
        x += 13 + width_of(part.name, 8.5) + 16


def _draw_bar(
    sheet: Sheet,
    row: Bar,
    parts: Sequence[Part],
    top: float,
    left: float,
    scale: float,
    shown: Callable[[float], str],
) -> None:
    middle = top + _ROW / 2
    _draw_label(sheet, row, left - _GAP, middle)
    x = left
    for value, part in zip(row.values, parts, strict=True):
        if not value:
            continue
        width = max(value * scale, 0.8)
        sheet.box(x, middle - _BAR / 2, width, _BAR, part.colour)
        told = shown(value)
        if len(parts) > 1 and width_of(told, 8) + 8 < width:
            sheet.text(x + 4, middle, told, PAPER if part.colour in _DARK else INK, 8)
        x += width
    sheet.text(x + 5, middle, row.told, bold=row.strong)


def _draw_label(sheet: Sheet, row: Bar, right: float, middle: float) -> None:
    """Write a label before its bar, on two lines of smaller letters where it is long."""
    if width_of(row.label, bold=row.strong) <= right:
        sheet.text(right, middle, row.label, align="right", bold=row.strong)
        return
    lines = wrapped(row.label, right, 7.5, 2, row.strong)
    for at, line in enumerate(lines):
        sheet.text(right, middle + 9.5 * (at - (len(lines) - 1) / 2), line, INK, 7.5, "right", row.strong)


class Line(Struct, frozen=True):
    """One department: its label and its value of each indicator, with a mark where a reviewer corrected it."""

    label: str
    values: tuple[float | None, ...]
    corrected: tuple[bool, ...]
    strong: bool = False


def side_by_side(lines: Sequence[Line], heads: Sequence[str], shown: Callable[[float], str], none: str) -> Sheet:
    """Return a plot with a row a department and a column of bars an indicator, each column on a scale of its own."""
    left = min(_label_width([line.label for line in lines]), 190.0) + _GAP
    wide = (WIDTH - left) / max(len(heads), 1)
    told = [wrapped(head, wide - 12, 8.5, bold=True) for head in heads]
    top = 12.0 * max(map(len, told), default=1) + 10
    sheet = Sheet(top + _ROW * len(lines) + 4)
    for at, head in enumerate(told):
        for nth, words in enumerate(head):
            y = top - 12.0 * (len(head) - nth) - 2
            sheet.text(left + at * wide + 4, y, words, INK, 8.5, bold=True)
    for at, line in enumerate(lines):
        middle = top + _ROW * at + _ROW / 2
        sheet.rule(0, middle - _ROW / 2, WIDTH, middle - _ROW / 2)
        colour = FAINT if line.strong else INK
        sheet.text(left - _GAP, middle, fitting(line.label, left - _GAP, 8.5), colour, 8.5, "right")
    for column in range(len(heads)):
        _draw_column(sheet, lines, column, left + column * wide + 4, wide - 12, top, shown, none)
    return sheet


def _draw_column(
    sheet: Sheet,
    lines: Sequence[Line],
    column: int,
    left: float,
    wide: float,
    top: float,
    shown: Callable[[float], str],
    none: str,
) -> None:
    told = [_told(line, column, shown, none) for line in lines]
    most = max((line.values[column] or 0 for line in lines), default=0) or 1.0
    room = max(wide - max(map(width_of, told), default=0.0) - 6, 8.0)
    for at, (line, words) in enumerate(zip(lines, told, strict=True)):
        middle = top + _ROW * at + _ROW / 2
        value = line.values[column]
        width = 0.0 if not value else max(value / most * room, 0.8)
        if width:
            sheet.box(left, middle - 5, width, 10, GREY if line.strong else AMBER if line.corrected[column] else DEEP)
        sheet.text(left + (width + 4 if width else 0), middle, words, FAINT if value is None else INK, 8.5)


def _told(line: Line, column: int, shown: Callable[[float], str], none: str) -> str:
    value = line.values[column]
    return none if value is None else shown(value) + ("*" if line.corrected[column] else "")


class Change(Struct, frozen=True):
    """One indicator of one department against the year before; `share` is the part that it rose or fell by."""

    label: str
    name: str
    share: float
    told: str


def changes(rows: Sequence[Change], parts: tuple[Part, Part], cap: float = 2.0) -> Sheet:
    """Return a plot of rises to the right and falls to the left; `cap` is the longest bar that is drawn."""
    sheet = Sheet(_LEGEND + _ROW * len(rows) + 4)
    first = min(_label_width([row.label for row in rows]), 150.0)
    second = min(_label_width([row.name for row in rows]), 180.0)
    left = first + second + 2 * _GAP
    told = max((width_of(row.told, 8.5) for row in rows), default=0.0) + 6
    low = min([0.0, *(max(row.share, -1.0) for row in rows)])
    high = max([0.0, *(min(row.share, cap) for row in rows)])
    before = told if low < 0 else 0.0
    room = WIDTH - left - before - (told if high > 0 or low == 0 else 0.0)
    scale = room / ((high - low) or 1.0)
    zero = left + before - low * scale
    _draw_legend(sheet, left, parts)
    for at, row in enumerate(rows):
        middle = _LEGEND + _ROW * at + _ROW / 2
        sheet.text(0, middle, fitting(row.label, first))
        sheet.text(first + _GAP, middle, fitting(row.name, second), FAINT)
        width = min(max(row.share, -1.0), cap) * scale
        sheet.box(min(zero, zero + width), middle - _BAR / 2, abs(width), _BAR, parts[row.share < 0].colour)
        at_left = row.share < 0
        sheet.text(
            zero + width + (-4 if at_left else 4), middle, row.told, size=8.5, align="right" if at_left else "left"
        )
    sheet.rule(zero, _LEGEND, zero, _LEGEND + _ROW * len(rows), INK)
    return sheet


def _label_width(words: Sequence[str]) -> float:
    return min(max(map(width_of, words), default=0.0) + 1, _LABEL)
