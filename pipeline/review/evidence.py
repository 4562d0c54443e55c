"""What a row was read from: the words around its place, what else was found there, and where it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.model import Document
from pipeline.review.rows import Mark, Row

MOST = 20_000
"""Characters of a report that are told at once."""

_AROUND = 1_500  # characters before and after a place
_SHORT = 400  # characters that a window may reach further, to begin and end with a line

Told = dict[str, object]


def around(document: Document, row: Row, marks: Sequence[Mark]) -> Told:
    """Return the words around the place of a row, the beginning of the report where it has none."""
    start, end = (row.start, row.end) if row.start >= 0 else (0, 0)
    first = _line_before(document.text, max(0, start - _AROUND))
    last = _line_after(document.text, min(len(document.text), min(end, start + MOST // 2) + _AROUND))
    return {**window(document, first, last, marks), "start": row.start, "end": row.end}


def window(document: Document, first: int, last: int, marks: Sequence[Mark]) -> Told:
    """Return the words of a report from offset `first` to `last`, no more than `MOST`, with the marks among them."""
    first = min(max(first, 0), len(document.text))
    last = min(max(last, first), first + MOST, len(document.text))
    inside = [[one.start, one.end, one.kind, one.key] for one in marks if one.start < last and one.end > first]
    return {
        "from": first,
        "to": last,
        "words": document.text[first:last],
        "marks": inside,
        "total": len(document.text),
    }


def sentence_alone(row: Row, sentence: str) -> Told:
    """Return the sentence of a row as its words, where there is no report to show; offsets are those of the table."""
    words = sentence or row.text
    at = max(words.find(row.text), 0)
    first = max(row.start - at, 0)
    return {
        "from": first,
        "to": first + len(words),
        "words": words,
        "marks": [],
        "total": first + len(words),
        "start": first + at,
        "end": first + at + len(row.text),
    }


def pages(document: Document, number: int) -> list[Told]:
    """Return the pages of a PDF, each with its size in points and where its picture is."""
    if document.format != "pdf":
        return []
    return [
        {"page": one.number, "width": one.width, "height": one.height, "url": f"/page/{number}/{one.number}.png"}
        for one in document.pages
    ]


def boxes(document: Document, row: Row, told: Mapping[str, str]) -> list[Told]:
    """Return where a row is printed: by its place, or as the box that its problem tells."""
    if row.start >= 0:
        drawn = document.boxes(row.start, row.end)
        return [
            {"page": box.page, "left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}
            for box in drawn
        ]
    return list(_told_box(told, row.page))


def _told_box(told: Mapping[str, str], page: int | None) -> Iterator[Told]:
    sides = told.get("box", "").split()
    if page is not None and len(sides) == 4:
        yield {"page": page, **dict(zip(("left", "top", "right", "bottom"), map(float, sides), strict=True))}


def _line_before(text: str, at: int) -> int:
    """Return where the line that holds `at` begins, or `at` where that is far."""
    begin = text.rfind("\n", max(0, at - _SHORT), at) + 1
    return begin if begin else (0 if at <= _SHORT else at)


def _line_after(text: str, at: int) -> int:
    end = text.find("\n", at, at + _SHORT)
    return end if end >= 0 else (len(text) if len(text) - at <= _SHORT else at)
