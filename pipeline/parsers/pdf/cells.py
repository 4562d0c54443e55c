"""One cell of a table on a page."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.parsers.pdf.rows import Row


class Cell(NamedTuple):
    """One cell of a grid: its place and spans, from 1, and what is printed in it, page by page."""

    row: int
    column: int
    row_span: int
    column_span: int
    rows: tuple[tuple[int, Row], ...] = ()

    @property
    def text(self) -> str:
        """The characters without white space: enough to compare cells by."""
        return "".join(row.text for _, row in self.rows)
