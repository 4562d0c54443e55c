"""Parts of a page set one below the other, as Tesseract reads best, and its words put back where they stand.

Two columns side by side (letterhead, signature) would be read across; cells of a table would be lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.scan.engine import Gray
from pipeline.parsers.scan.hocr import Word
from pipeline.parsers.scan.picture import Ink, ink_of

# Inches.
_GUTTER = 0.22  # the least space between two columns
_LEAST_HEIGHT = 0.3  # of columns: two lines
_BETWEEN_LINES = 0.015
_FARTHEST = 0.6  # from one row of columns to the next
_MARGIN = 0.2
_INSIDE = 3  # pixels between a cell's edge and what is read of it
_LEAST_INK = 8  # pixels

Span = tuple[int, int]
Part = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


class Canvas(Struct, frozen=True):
    """The picture to be read, the parts of the page it shows, and by how far each of them was moved."""

    gray: Gray
    tops: tuple[int, ...]
    shifts: tuple[tuple[int, int], ...]

    def put_back(self, words: Sequence[Word]) -> list[Word]:
        """Return words read from the canvas, at their places on the page; no line goes over two parts."""
        back = []
        for word in words:
            part = max(bisect_right(self.tops, (word.top + word.bottom) / 2) - 1, 0)
            back.append(word.moved(*self.shifts[part], word.line * len(self.tops) + part))
        return back


def page_to_canvas(gray: Gray, dpi: float) -> Canvas:
    """Return the page with columns that stand side by side set one below the other."""
    parts: list[Part] = []
    width, done = gray.shape[1], 0
    for top, bottom, cut in columns(ink_of(gray), dpi):
        parts += [(0, done, width, top), (0, top, cut, bottom), (cut, top, width, bottom)]
        done = bottom
    parts.append((0, done, width, gray.shape[0]))
    return _canvas(gray, [part for part in parts if part[3] > part[1]], 0, round(_MARGIN * dpi))


def cells_to_canvas(gray: Gray, cells: Sequence[Box], dpi: float) -> Canvas | None:
    """Return the cells that hold ink, column by column, each as a paragraph of its own; None if none does."""
    parts = [part for cell in cells if has_ink(gray, part := inside(cell))]
    parts.sort(key=lambda part: (part[0], part[1]))
    margin = round(_MARGIN * dpi)
    return _canvas(gray, parts, margin, margin) if parts else None


def has_ink(gray: Gray, part: Part) -> bool:
    """Tell whether there is more than specks of dirt in a part of the page."""
    left, top, right, bottom = part
    return int(solid(ink_of(gray[top:bottom, left:right])).sum()) > _LEAST_INK


def solid(ink: Ink) -> Ink:
    """Return the ink without specks: what is two pixels wide and high."""
    kept = np.zeros_like(ink)
    if ink.size:
        kept[1:, 1:] = ink[1:, 1:] & ink[:-1, 1:] & ink[1:, :-1] & ink[:-1, :-1]
    return kept


def inside(cell: Box) -> Part:
    """Return what is read of a cell: all within its rules."""
    left, top, right, bottom = (round(side) for side in cell)
    return left + _INSIDE, top + _INSIDE, right - _INSIDE + 1, bottom - _INSIDE + 1


def _canvas(gray: Gray, parts: Sequence[Part], margin: int, gap: int) -> Canvas:
    width = max(right - left for left, _, right, _ in parts) + 2 * margin
    height = sum(bottom - top + gap for _, top, _, bottom in parts) + gap
    canvas = np.full((height, max(width, gray.shape[1] if not margin else 0)), 255, dtype=np.uint8)
    tops, shifts, down = [], [], gap
    for left, top, right, bottom in parts:
        across = margin or left
        canvas[down : down + bottom - top, across : across + right - left] = gray[top:bottom, left:right]
        tops.append(down - gap // 2)
        shifts.append((left - across, top - down))
        down += bottom - top + gap
    return Canvas(canvas, tuple(tops), tuple(shifts))


class _Band(Struct, frozen=True):
    """Neighbouring rows of pixels with ink in them: mostly a line of print; `free` are its blank stretches."""

    top: int
    bottom: int
    free: tuple[Span, ...]

    @property
    def has_both(self) -> bool:
        """Tell a band with a gap between two texts."""
        return len(self.free) > 2


def columns(ink: Ink, dpi: float) -> Iterator[tuple[int, int, int]]:
    """Yield top, bottom and cutting place of each region of two columns."""
    bands = list(_bands(solid(ink), dpi))
    at = 0
    while at < len(bands):
        end, strip = _region(bands, at, dpi)
        if strip and bands[end - 1].bottom - bands[at].top >= _LEAST_HEIGHT * dpi:
            yield bands[at].top, bands[end - 1].bottom, (strip[0] + strip[1]) // 2
            at = end
        else:
            at += 1


def _region(bands: Sequence[_Band], start: int, dpi: float) -> tuple[int, Span | None]:
    """Return where the bands end that have a blank strip in common with the one at `start`, and the strip."""
    if not bands[start].has_both:
        return start, None
    strips, end, last = list(bands[start].free[1:-1]), start + 1, start + 1
    while end < len(bands) and bands[end].top - bands[end - 1].bottom < _FARTHEST * dpi:
        crossed = [(max(a, c), min(b, d)) for a, b in strips for c, d in bands[end].free]
        wide = [(a, b) for a, b in crossed if b - a >= _GUTTER * dpi]
        if not wide:
            break
        strips, end = wide, end + 1
        last = end if bands[end - 1].has_both else last
    return last, max(strips, key=lambda strip: strip[1] - strip[0])


def _bands(ink: Ink, dpi: float) -> Iterator[_Band]:
    rows: Ink = np.any(ink, axis=1)
    for top, bottom in stretches(rows, round(_BETWEEN_LINES * dpi)):
        blank: Ink = np.logical_not(np.any(ink[top:bottom], axis=0))
        blank[0] = blank[-1] = True
        gaps = [gap for gap in stretches(blank, 0) if gap[1] - gap[0] >= _GUTTER * dpi]
        whole = gaps and gaps[0][0] == 0 and gaps[-1][1] == len(blank)
        yield _Band(top, bottom, tuple(gaps) if whole else ())


def stretches(marked: Ink, join: int) -> list[Span]:
    """Return the stretches that are marked; those that stand no farther apart than `join` are one."""
    steps = np.diff(marked.astype(np.int8), prepend=0, append=0)
    spans: list[Span] = []
    for start, end in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
        if spans and start - spans[-1][1] <= join:
            spans[-1] = (spans[-1][0], int(end))
        else:
            spans.append((int(start), int(end)))
    return spans
