"""Straight rules found in a picture, taken out of it, and the cells of the tables that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec import Struct, field

from pipeline.parsers.pdf.characters import Rule
from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.scan.engine import Gray
from pipeline.parsers.scan.picture import INCH, Ink

# Inches.
_SHORTEST_LEVEL = 0.4
_SHORTEST_UPRIGHT = 0.27  # no letter is as tall, «Ị» in capitals included
_WINDOW = 0.18
_THICKEST = 0.05
_CUT = 0.06  # a gap in a rule that a coarse scan makes

_EDGE = 3  # pixels
_BESIDE = 4
_STEMS = 0.12  # of the length of a rule; other rules cross it, and tails of letters
_FAINT = 200  # gray level: hair lines are lighter than letters
_FILLED = 0.88  # of a window over a rule: noise makes holes


def find_rules(gray: Gray, dpi: float) -> list[Rule]:
    """Return the level and upright rules of a picture, in pixels."""
    ink: Ink = gray < _FAINT
    level = _rules(ink, dpi, _SHORTEST_LEVEL)
    upright = _rules(np.ascontiguousarray(ink.T), dpi, _SHORTEST_UPRIGHT)
    return level + [Rule(r.top, r.left, r.bottom, r.right) for r in upright]


def without_rules(gray: Gray, rules: Sequence[Rule]) -> Gray:
    """Return the picture with its rules painted over, wider than they are, since their edges are gray."""
    clean = gray.copy()
    for rule in rules:
        left, top, right, bottom = (int(side) for side in rule)
        clean[max(top - _EDGE, 0) : bottom + _EDGE, max(left - _EDGE, 0) : right + _EDGE] = 255
    return clean


def rules_to_cells(rules: Sequence[Rule], dpi: float) -> list[list[Box]]:
    """Return, for each grid that rules make, the boxes of its cells."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    reach = _CUT * dpi
    edges = merge_edges([_edge(rule) for rule in rules], reach, reach, 2 * reach, 2 * reach)
    cells = intersections_to_cells(edges_to_intersections(edges, reach, reach))
    return [[(float(a), float(b), float(c), float(d)) for a, b, c, d in table] for table in cells_to_tables(cells)]


def to_points(rule: Rule, dpi: float) -> Rule:
    """Return a rule in points."""
    return Rule(*(side * INCH / dpi for side in rule))


class _Stroke(Struct):
    """Runs of ink in neighbouring rows that make one rule."""

    left: int
    right: int
    top: int
    bottom: int
    longest: int = field(default=0)


def _rules(ink: Ink, dpi: float, shortest: float) -> list[Rule]:
    """Return the level rules, as boxes of pixels."""
    strokes: list[_Stroke] = []
    active: list[_Stroke] = []
    for row, left, right in _runs(ink, max(round(_WINDOW * dpi), 2)):
        active = [stroke for stroke in active if stroke.bottom >= row - 2]
        touching = next((s for s in active if left < s.right + 2 and s.left < right + 2), None)
        if touching is None:
            touching = _Stroke(left, right, row, row)
            strokes.append(touching)
            active.append(touching)
        touching.left, touching.right = min(left, touching.left), max(right, touching.right)
        touching.bottom = row
    return [
        Rule(s.left, s.top, s.right, s.bottom + 1)
        for s in strokes
        if s.right - s.left >= shortest * dpi and s.bottom - s.top < _THICKEST * dpi and _stands_alone(ink, s)
    ]


def _stands_alone(ink: Ink, stroke: _Stroke) -> bool:
    """Tell a rule from the bars of letters in a row, «TTT», from which stems hang down."""
    beside = (stroke.top - _BESIDE, stroke.bottom + _BESIDE)
    rows = (ink[row, stroke.left : stroke.right] for row in beside if 0 <= row < len(ink))
    return all(float(row.mean()) < _STEMS for row in rows)


def _runs(ink: Ink, window: int) -> Iterator[tuple[int, int, int]]:
    """Yield row, left and right of each stretch in which every window is filled with ink, from top to bottom."""
    sums = np.cumsum(ink, axis=1, dtype=np.int32)
    filled = sums[:, window:] - sums[:, :-window] >= _FILLED * window
    rows = np.flatnonzero(filled.any(axis=1))
    for row in rows:
        steps = np.diff(filled[row].astype(np.int8), prepend=0, append=0)
        starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        for start, end in zip(starts, ends, strict=True):
            yield int(row), int(start) + 1, int(end) + window


def _edge(rule: Rule) -> dict[str, Any]:
    """Return a rule as pdfplumber has its edges: a line without thickness."""
    x0, x1, top, bottom = rule.left, rule.right, rule.top, rule.bottom
    if rule.is_level:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if rule.is_level else "v", "object_type": "line",
    }  # fmt: skip
