"""Strokes in the letterhead that are far too tall for print: painted over, since they spoil the line they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import numpy as np

from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.scan.canvas import Span, columns, stretches
from pipeline.parsers.scan.engine import Gray
from pipeline.parsers.scan.picture import Ink, ink_of

_TALL = 1.7  # times the usual height in its row; «Ộ» has 1.4
_LEAST_STROKES = 5
_LETTERHEAD = 0.35  # of the page
_THIN = 0.02  # inches; dirt is smaller


def without_strokes(gray: Gray, dpi: float) -> tuple[Gray, list[Box]]:
    """Return the picture without tall strokes in its letterhead, and their boxes in pixels.

    The letterhead is the first region of two columns, if that begins in the upper part of the page.
    """
    region = next(iter(columns(ink_of(gray), dpi)), None)
    if region is None or region[0] > _LETTERHEAD * gray.shape[0]:
        return gray, []
    top, bottom, cut = region
    found: list[Box] = []
    for left, right in ((0, cut), (cut, gray.shape[1])):
        for box in _tall(ink_of(gray[top:bottom, left:right]), round(_THIN * dpi)):
            found.append((box[0] + left, box[1] + top, box[2] + left, box[3] + top))
    if found:
        gray = gray.copy()
        for x, y, to_x, to_y in found:
            gray[int(y) : int(to_y), max(int(x) - 1, 0) : int(to_x) + 1] = 255
    return gray, found


def _tall(ink: Ink, thin: int) -> Iterator[Box]:
    """Yield the boxes of strokes that are taller than the others of their row."""
    for top, bottom in stretches(np.any(ink, axis=1), 0):
        row = ink[top:bottom]
        spans = [(span, _height(row, span)) for span in stretches(np.any(row, axis=0), 0)]
        heights = [low - high for _, (high, low) in spans if low - high > thin]
        if len(heights) < _LEAST_STROKES:
            continue
        usual = median(heights)
        for (left, right), (high, low) in spans:
            if low - high > _TALL * usual:
                yield left, top + high, right, top + low


def _height(row: Ink, span: Span) -> Span:
    rows = np.flatnonzero(np.any(row[:, span[0] : span[1]], axis=1))
    return int(rows[0]), int(rows[-1]) + 1
