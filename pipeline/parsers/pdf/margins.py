"""Page numbers and running heads told from the text: they stand at the edge of the page and come again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.parsers.pdf.rows import Row

# Shares of the page height.
_EDGE = 0.12
_TOP_MARGIN, _BOTTOM_MARGIN = 0.075, 0.065
_SAME_PLACE = 4.0  # points
_MOST_PAGES = 0.6

_PAGE_NUMBER = re.compile(
    r"[-–—~\[(|]*(?:(?i:trang|page)[:.]?)?(?:\d{1,3}|[ivxlc]{1,6})(?:(?:/|trên|of)\d{1,3})?[-–—~\])|]*"
)
# Above each letterhead; of two papers of one office in a file it stands twice in one place, and is no running head.
_MOTTO = re.compile(
    r"CỘNG\s*H(?:ÒA|OÀ)\s*XÃ\s*HỘI|ĐẢNG\s*CỘNG\s*SẢN\s*VIỆT\s*NAM|ĐOÀN\s*(?:TNCS|THANH\s*NIÊN).{1,12}HỒ\s*CHÍ\s*MINH"
)
_MEANINGFUL = re.compile(r"[^\W\d_]{3}")


class Sorted(Struct, frozen=True):
    """The rows of a page: those of its text, and its running heads and feet without page numbers."""

    text: Sequence[Row]
    heads: Sequence[Row]
    feet: Sequence[Row]


def sort_out_margins(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[Sorted]:
    """Return for each page its rows with page numbers dropped and running heads and feet set apart."""
    repeated = _repeated(pages, heights)
    return [_sorted(rows, height, repeated[at]) for at, (rows, height) in enumerate(zip(pages, heights, strict=True))]


def without_number(text: str, page: int) -> str:
    """Return `text` with the number of its page replaced, to compare it with other pages."""
    return re.sub(rf"(?<!\d){page}(?!\d)", "#", text)


def _sorted(rows: Sequence[Row], height: float, repeated: set[int]) -> Sorted:
    heads = _edge_run(rows, height, repeated)
    feet = _edge_run(rows[::-1], height, {len(rows) - 1 - at for at in repeated})
    feet = min(feet, len(rows) - heads)
    return Sorted(
        rows[heads : len(rows) - feet],
        [row for row in rows[:heads] if _is_meaningful(row)],
        [row for row in rows[len(rows) - feet :] if _is_meaningful(row)],
    )


def _edge_run(rows: Sequence[Row], height: float, repeated: set[int]) -> int:
    """Return how many rows from the edge on are page numbers or running lines."""
    for at, row in enumerate(rows):
        is_number = _edge(row, height) and _PAGE_NUMBER.fullmatch(row.text)
        if not is_number and at not in repeated:
            return at
    return len(rows)


def _is_meaningful(row: Row) -> bool:
    return bool(_MEANINGFUL.search(row.text)) and not _PAGE_NUMBER.fullmatch(row.text)


def _edge(row: Row, height: float) -> str:
    """Name the edge of the page that a row stands at, or ""."""
    if row.base < _EDGE * height:
        return "top"
    return "bottom" if row.base > (1 - _EDGE) * height else ""


def _repeated(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[set[int]]:
    """Return for each page which of its rows stand at an edge of other pages too, in the same place."""
    places: dict[tuple[str, str], list[tuple[int, int, float]]] = defaultdict(list)
    for page, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        lettered = any(edge == "top" and _MOTTO.search(row.text) for _, row, edge in _edge_rows(rows, height))
        for at, row, edge in _edge_rows(rows, height):
            if lettered and edge == "top":
                continue
            places[edge, without_number(row.text, page + 1)].append((page, at, _from_edge(row, edge, height)))
    found: list[set[int]] = [set() for _ in pages]
    for (edge, _), group in places.items():
        for page, at, place in group:
            same = {other for other, _, there in group if abs(there - place) < _SAME_PLACE}
            margin = (_TOP_MARGIN if edge == "top" else _BOTTOM_MARGIN) * heights[page]
            if len(same) >= _least_pages(place < margin, len(pages)):
                found[page].add(at)
    return found


def _least_pages(in_margin: bool, pages: int) -> int:
    """Return on how many pages a line must stand: a title such as PHỤ LỤC may well come twice."""
    return 2 if in_margin else max(3, round(_MOST_PAGES * pages))


def _edge_rows(rows: Sequence[Row], height: float) -> Iterator[tuple[int, Row, str]]:
    for at, row in enumerate(rows):
        edge = _edge(row, height)
        if edge:
            yield at, row, edge


def _from_edge(row: Row, edge: str, height: float) -> float:
    return row.base if edge == "top" else height - row.base
