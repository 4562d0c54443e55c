"""The words of a row that wide gaps part, and the columns that rows of them share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.parsers.pdf.characters import Character
from pipeline.parsers.pdf.rows import GUTTER, Row, Span

_GAP = 0.8  # of the size: wider than the word gaps of all but the loosest justified lines
_HEAD_GAP = 0.4  # in a head, between the columns below it
_FIGURE = re.compile(r"\(?[-–−+]?\d[\d.,]*(?:[/–-]\d[\d.,]*)?%?\)?\*{0,2}")
_NO_DATA = re.compile(r"[-–—…x*]|\.{3}")


class Piece(NamedTuple):
    """Words of a row between two wide gaps."""

    row: Row
    start: int
    end: int
    left: float
    right: float
    text: str

    @property
    def characters(self) -> Sequence[Character]:
        """Its printed characters."""
        return self.row.printed[self.start : self.end]

    @property
    def is_figure(self) -> bool:
        """Whether it is a number and nothing else."""
        return bool(_FIGURE.fullmatch(self.text))

    @property
    def is_value(self) -> bool:
        """Whether it is a number, or a mark that there is none."""
        return self.is_figure or bool(_NO_DATA.fullmatch(self.text))


def pieces_of(row: Row, columns: Sequence[Span] = ()) -> list[Piece]:
    """Return the words of a row that wide gaps part; between `columns` a gap need only be wider than a space."""
    least = max(GUTTER, _GAP * row.size)
    if not columns and row.widest_gap < least:
        return [Piece(row, 0, len(row.columns.left), row.left, row.right, row.text)]
    between = [(a[1], b[0]) for a, b in pairwise(columns)]
    lefts, rights = row.columns.left, row.columns.right
    found: list[Piece] = []
    start = 0
    for at in row.breaks:
        if _parts(max(rights[max(at - 2, start) : at]), lefts[at], least, between, row.size):
            found.append(_piece(row, start, at))
            start = at
    return [*found, _piece(row, start, len(lefts))]


def _parts(left: float, right: float, least: float, between: Sequence[Span], size: float) -> bool:
    """Tell whether a gap parts two pieces."""
    if right - left >= least:
        return True
    return right - left >= _HEAD_GAP * size and any(min(right, b) > max(left, a) for a, b in between)


def _piece(row: Row, start: int, end: int) -> Piece:
    told, at = row.columns, slice(start, end)
    return Piece(row, start, end, told.left[start], max(told.right[at]), "".join(told.text[at]))


def is_data(pieces: Sequence[Piece]) -> bool:
    """Tell a row of data: two pieces or more, and a number behind the first."""
    return len(pieces) > 1 and any(piece.is_figure for piece in pieces[1:])


def grown(columns: Sequence[Span], pieces: Sequence[Piece]) -> list[Span] | None:
    """Return `columns` grown by the pieces of one more row, or None where a piece reaches over two of them."""
    spans = sorted([*columns, *((piece.left, piece.right) for piece in pieces)])
    joined: list[Span] = []
    for left, right in spans:
        if joined and left < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined if len(joined) >= len(columns) else None


def column_of(columns: Sequence[Span], piece: Piece) -> int:
    """Return the column that a piece overlaps most, or is nearest to."""
    return max(range(len(columns)), key=lambda at: min(columns[at][1], piece.right) - max(columns[at][0], piece.left))


def spanned(columns: Sequence[Span], piece: Piece) -> tuple[int, int]:
    """Return the first and the last column that a piece of the head stands over."""
    over = [at for at, (left, right) in enumerate(columns) if min(right, piece.right) - max(left, piece.left) > 1]
    return (over[0], over[-1]) if over else (column_of(columns, piece),) * 2
