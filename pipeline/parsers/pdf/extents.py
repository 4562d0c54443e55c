"""Where the characters of a pdfium text page begin and end in their line, and how large they are."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import unchecked
from pipeline.parsers.pdf.frames import Frame

_write_box = unchecked(pdfium.FPDFText_GetLooseCharBox)
_write_matrix = unchecked(pdfium.FPDFText_GetMatrix)
_size_of = unchecked(pdfium.FPDFText_GetFontSize, ctypes.c_double)

_SAME_LINE = 0.1  # points
_BEARING = 0.24  # of the size, from the ink to the next character; the next word is .25 away or more


class Edges(NamedTuple):
    """Left, right and lower edge of each character: the extent that it takes up in its line."""

    lefts: Sequence[float]
    rights: Sequence[float]
    lowers: Sequence[float]


def level_edges(text: Any, count: int, frame: Frame) -> Edges:
    """Return the edges of all characters, in points from the left and the bottom of the page.

    They are written one after the other into one block of memory.
    """
    boxes = (pdfium.FS_RECTF * count)()
    places = map(ctypes.byref, repeat(boxes), range(0, ctypes.sizeof(boxes), ctypes.sizeof(pdfium.FS_RECTF)))
    deque(map(_write_box, repeat(text), range(count), places), maxlen=0)
    numbers: Any = memoryview(boxes).cast("B").cast("f")
    lefts, rights, lowers = (numbers[side::4].tolist() for side in (0, 2, 3))
    if frame.left:
        lefts, rights = ([edge - frame.left for edge in edges] for edges in (lefts, rights))
    return Edges(lefts, rights, lowers)


def turned_edges(text: Any, count: int, frame: Frame) -> Edges:
    """Return the same on a turned page, where pdfium knows the extent of the ink and where each character begins.

    A character takes up what lies between its own beginning and the next one's, if that is not a word gap away.
    """
    found: list[tuple[float, float, float]] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pen = _pen(text, 0, frame) if count else (0.0, 0.0)
    for at in range(count):
        pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        box = frame.place_box(left.value, bottom.value, right.value, top.value)
        (x, y), pen = pen, _pen(text, at + 1, frame)
        bearing = _BEARING * size_of(text, at)
        starts = x if 0.0 < box[0] - x < bearing else box[0]
        goes_on = box[2] > box[0] and abs(pen[1] - y) < _SAME_LINE and 0.0 < pen[0] - box[2] < bearing
        found.append((starts, pen[0] if goes_on else box[2], box[3]))
    return Edges(*zip(*found, strict=True)) if found else Edges((), (), ())


def _pen(text: Any, at: int, frame: Frame) -> tuple[float, float]:
    """Return where the character at index `at` begins on its baseline, as shown."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, at, x, y)
    return frame.place(x.value, y.value)


def size_of(text: Any, at: int) -> float:
    """Return the size in points in which the character at index `at` is shown."""
    matrix = pdfium.FS_MATRIX()
    _write_matrix(text, at, ctypes.byref(matrix))
    return float(_size_of(text, at) * hypot(matrix.c, matrix.d))
