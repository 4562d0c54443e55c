"""A table drawn in an example, row by row: `| Chỉ tiêu | Số lượng |`.

`<` goes on from the cell at the left, `^` from the cell above, `**bold**` is bold. A line of dashes, as Markdown puts
below the head, is no row.
"""

from __future__ import annotations

import re

from msgspec import Struct

_LEFT, _ABOVE = "<", "^"
_DASHES = re.compile(r"\|(?:[ ]*:?-+:?[ ]*\|)+")


class SketchError(ValueError):
    """What is wrong with a drawing: a key of `pipeline.problems.reasons.DRAWING` and its details; its line, from 0."""

    def __init__(self, line: int, reason: str, **detail: str) -> None:
        super().__init__(reason)
        self.line, self.detail = line, {"reason": reason, **detail}


class SketchCell(Struct, frozen=True):
    """A cell of a drawn table; rows and columns count from 1."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    bold: bool


def read_sketch(grid: str) -> tuple[SketchCell, ...]:
    """Return the cells of the table that `grid` draws, row by row; SketchError where it is none."""
    rows = _rows(grid)
    return tuple(
        SketchCell(
            text.removeprefix("**").removesuffix("**").strip(),
            r + 1,
            c + 1,
            next((n for n, below in enumerate(rows[r + 1 :], 1) if below[c] != _ABOVE), len(rows) - r),
            next((n for n, right in enumerate(row[c + 1 :], 1) if right != _LEFT), len(row) - c),
            len(text) > 4 and text.startswith("**") and text.endswith("**"),
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in (_LEFT, _ABOVE)
    )


def _rows(grid: str) -> list[list[str]]:
    """Return the texts of the cells, those that go on from others included; every row has as many."""
    rows: list[list[str]] = []
    for at, line in enumerate(grid.splitlines()):
        drawn = line.strip()
        if not drawn or _DASHES.fullmatch(drawn):
            continue
        if len(drawn) < 2 or not drawn.startswith("|") or not drawn.endswith("|"):
            raise SketchError(at, "bars", row=drawn)
        row = [cell.strip() for cell in drawn[1:-1].split("|")]
        if rows and len(row) != len(rows[0]):
            raise SketchError(at, "cells", row=drawn, count=str(len(row)), wanted=str(len(rows[0])))
        if row[0] == _LEFT:
            raise SketchError(at, "left")
        if not rows and _ABOVE in row:
            raise SketchError(at, "above")
        rows.append(row)
    if len(rows) < 2:
        raise SketchError(0, "rows")
    return rows
