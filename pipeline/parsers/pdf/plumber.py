"""pdfplumber as the second reader: for the cells of ruled tables, and where pdfium's words look bad."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from types import SimpleNamespace
from typing import Any, TypeVar

from pipeline.parsers.pdf.characters import Character
from pipeline.parsers.pdf.edges import Edge, page_edges
from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.pdf.looks import is_bold, is_legible

_T = TypeVar("_T")

_DESCENT = 0.22  # of the size; where pdfplumber doesn't tell the baseline


class Plumber:
    """One PDF in pdfplumber, opened when it is first asked: importing it alone takes half a second."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None

    def close(self) -> None:
        """Let go of the file."""
        if self._pdf is not None:
            with suppress(Exception):  # it walks a broken page tree once more
                self._pdf.close()

    def cell_boxes(self, number: int, page: Any) -> list[list[Box]] | None:
        """Return the boxes of the cells of each table on a page, or None if pdfplumber fails on it.

        It is told the edges that pdfium has read, on `page`, and reads the page itself only where they can't be told.
        """
        try:
            return _edges_to_boxes(page_edges(page))
        except Exception:  # forms too deep, or a version of pdfplumber that looks at more than edges
            return self._ask(number, _cell_boxes)

    def characters(self, number: int) -> list[Character] | None:
        """Return the upright characters of a page, or None if pdfplumber fails on it."""
        return self._ask(number, _characters)

    def count(self) -> int | None:
        """Return how many pages its page tree has, or None if pdfplumber fails on it."""
        try:
            with self._page(1):
                return len(self._pdf.pages)
        except Exception:  # as in `_ask`
            return None

    def _ask(self, number: int, question: Callable[[Any], list[_T]]) -> list[_T] | None:
        try:
            with self._page(number) as page:
                return question(page)
        except Exception:
            # pdfminer, below it, lets any error of a broken file through, and pdfium has read the page.
            return None

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        if self._pdf is None:
            import pdfplumber

            logging.getLogger("pdfminer").setLevel(logging.ERROR)
            self._pdf = pdfplumber.open(BytesIO(self._data))
        page = self._pdf.pages[number - 1]
        try:
            yield page
        finally:
            page.close()


def _edges_to_boxes(edges: Sequence[Edge]) -> list[list[Box]]:
    """Return the boxes of the cells of each table that edges make."""
    from pdfplumber.table import TableFinder

    page: Any = SimpleNamespace(edges=edges)  # all of a page that it looks at
    return [table.cells for table in TableFinder(page).tables]


def _cell_boxes(page: Any) -> list[list[Box]]:
    x, y = page.cropbox[0], page.cropbox[1]
    return [
        [(left - x, top - y, right - x, bottom - y) for left, top, right, bottom in table.cells]
        for table in page.find_tables()
    ]


def _characters(page: Any) -> list[Character]:
    legible = (char for char in page.chars if char["upright"] and is_legible(char["size"]))
    return [part for char in legible for part in _parts(char, page)]


def _parts(char: Any, page: Any) -> Iterator[Character]:
    """Yield the characters of one glyph: a ligature is several, side by side."""
    text = "".join(filter(str.isprintable, char["text"].replace("\xad", "-")))
    x, y, size = page.cropbox[0], page.cropbox[1], char["size"]
    base = page.bbox[3] - char["matrix"][5] if not page.rotation else char["bottom"] - _DESCENT * size
    width = (char["x1"] - char["x0"]) / max(len(text), 1)
    bold = is_bold(char["fontname"] or "")
    for at, letter in enumerate(text):
        left = char["x0"] - x + at * width
        yield Character(letter, left, left + width, base - y, size, bold)
