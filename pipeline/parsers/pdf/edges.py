"""The straight edges that a page draws, as pdfplumber finds tables by them, from the paths that pdfium has read.

pdfplumber has them from pdfminer, which reads all that stands on a page again, each letter of it, in Python. What an
edge is, is told as there (`paint_path` of the one, `curve_to_edges` and `line_to_edge` of the other): it goes from
one point of a path to the next and is exactly level or upright; a path that is but one line is always an edge, a
slanting one as if it were upright. Whether a path is filled or stroked does not matter, nor what it is clipped to.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import isfinite
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import unchecked
from pipeline.parsers.pdf.frames import Frame, page_frame
from pipeline.parsers.pdf.objects import FORM_DEPTH, page_objects

Edge = dict[str, Any]
"""An edge in the words of pdfplumber, in points from the top left of the page as it is shown."""

_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]

_segment_of = unchecked(pdfium.FPDFPath_GetPathSegment, pdfium.FPDF_PATHSEGMENT)
_kind_of = unchecked(pdfium.FPDFPathSegment_GetType, ctypes.c_int)
_closes = unchecked(pdfium.FPDFPathSegment_GetClose, ctypes.c_int)
_write_point = unchecked(pdfium.FPDFPathSegment_GetPoint)

_NUMBERS = 4096  # kept: paths share their matrices and many of their coordinates


class TooDeepError(Exception):
    """Forms stand in forms, deeper than they are followed here."""


def page_edges(page: Any) -> list[Edge]:
    """Return the edges of an open pdfium page; TooDeepError where some can't be reached."""
    frame = page_frame(page)
    left, bottom, right, top = map(_as_written, (frame.left, frame.bottom, frame.right, frame.top))
    place = Frame(left, bottom, right, top, frame.turns).place
    edges: list[Edge] = []
    for path, form in _placed_paths(page):
        a, b, c, d, e, f = _matrix(path, form)
        for points, is_line in _strokes(path):
            placed = [place(a * x + c * y + e, b * x + d * y + f) for x, y in points]
            edges += filter(None, (_edge(*ends, is_line) for ends in pairwise(placed)))
    return edges


def _placed_paths(page: Any) -> Iterator[tuple[Any, _Matrix | None]]:
    """Yield each path of a page, and the matrix of the form that it stands in."""
    forms: list[_Matrix | None] = [None]
    for item, kind, depth in page_objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, forms[depth]
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth == FORM_DEPTH:
                raise TooDeepError
            forms[depth + 1 :] = [_matrix(item, forms[depth])]


def _matrix(item: Any, outer: _Matrix | None) -> _Matrix:
    """Return what turns the points of a path or a form into those of the page."""
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    a, b, c, d, e, f = map(_as_written, (found.a, found.b, found.c, found.d, found.e, found.f))
    if outer is None:
        return a, b, c, d, e, f
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _strokes(path: Any) -> Iterator[tuple[Sequence[_Point], bool]]:
    """Yield the points that each part of a path goes through, and whether it is but one line.

    Of a curve its end alone is one. A line that is closed leads back over itself, which is no more than the line.
    """
    points: list[_Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    place = ctypes.byref(x), ctypes.byref(y)
    straight, controls, segment = True, 0, None
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        before, segment = segment, _segment_of(path, at)
        kind = _kind_of(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield _stroke(points, straight, before)
            points, straight = [], not _closes(segment)
        elif not points:
            return  # nothing tells where it begins
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            straight, controls = False, (controls + 1) % 3
            if controls:
                continue
        _write_point(segment, *place)
        points.append((_as_written(x.value), _as_written(y.value)))
    yield _stroke(points, straight, segment)


@lru_cache(_NUMBERS)
def _as_written(number: float) -> float:
    """Return the decimal number that a file has where pdfium, of 24 bits, has `number`.

    Edges lie three points apart in many a drawing, which is how near they are taken as one: 397.2 and 400.2.
    """
    return float(f"{number:.7g}")


def _stroke(points: Sequence[_Point], straight: bool, last: Any) -> tuple[Sequence[_Point], bool]:
    if straight and len(points) == 3 and points[0] == points[2] and _closes(last):
        points = points[:2]
    return points, straight and len(points) == 2


def _edge(one: _Point, other: _Point, is_line: bool) -> Edge | None:
    """Return the edge between two points, if there is one."""
    x0, x1 = (one[0], other[0]) if one[0] <= other[0] else (other[0], one[0])
    top, bottom = (one[1], other[1]) if one[1] <= other[1] else (other[1], one[1])
    if top == bottom and (is_line or x0 != x1):
        orientation = "h"
    elif is_line or x0 == x1:
        orientation = "v"
    else:
        return None
    width, height = x1 - x0, bottom - top
    if not isfinite(width + height):
        return None
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": width, "height": height,
        "orientation": orientation, "object_type": "line",
    }  # fmt: skip
