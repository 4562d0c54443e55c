"""A page that is a picture, read: its characters, its rules and the cells of its tables, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.parsers.pdf.characters import Box, Character, Rule
from pipeline.parsers.scan.canvas import Canvas, cells_to_canvas, has_ink, inside, page_to_canvas
from pipeline.parsers.scan.engine import Gray, Tesseract
from pipeline.parsers.scan.handwriting import drop_handwriting
from pipeline.parsers.scan.hocr import Word, hocr_to_words
from pipeline.parsers.scan.letters import words_to_characters
from pipeline.parsers.scan.picture import Picture, ink_of, page_to_picture
from pipeline.parsers.scan.powers import with_powers
from pipeline.parsers.scan.repair import repair
from pipeline.parsers.scan.ruling import find_rules, rules_to_cells, to_points, without_rules
from pipeline.parsers.scan.strokes import without_strokes

_ONE_COLUMN, _ONE_BLOCK, _ONE_LINE = 4, 6, 7  # Tesseract's page segmentation modes
_LEAST_CELLS = 4
_TWO_LINES = 0.4  # inches: a cell as high may hold them
_MOST_MISSED = 30  # cells read once more, each by itself


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read from the picture of a page.

    `cells` are the boxes of the cells of each grid, `blanks` those of figures by hand, which were not read;
    `skew` is by how many degrees the page stands askew.
    """

    characters: Sequence[Character]
    rules: Sequence[Rule]
    cells: Sequence[Sequence[Box]]
    blanks: Sequence[Box]
    skew: float


def read_scan(page: Any, resolution: float, tesseract: Tesseract) -> Scan | None:
    """Return what an open pdfium page shows, or None where it is blank; OcrError where Tesseract fails."""
    picture = page_to_picture(page, resolution)
    gray = picture.gray
    if not has_ink(gray, (0, 0, gray.shape[1], gray.shape[0])):
        return None
    rules = find_rules(gray, picture.dpi)
    bare = without_rules(gray, rules)
    grids = [grid for grid in rules_to_cells(rules, picture.dpi) if len(grid) >= _LEAST_CELLS]
    body, strokes = without_strokes(_without_grids(bare, grids), picture.dpi)
    words = _words(page_to_canvas(body, picture.dpi), bare, grids, picture, tesseract)
    words, blanks = drop_handwriting(words, gray.shape[0], strokes)
    points, ink = picture.points, ink_of(bare)
    return Scan(
        words_to_characters(with_powers(repair(words), ink), ink, points),
        [to_points(rule, picture.dpi) for rule in rules],
        [[_in_points(box, points) for box in grid] for grid in grids],
        [_in_points(box, points) for box in blanks],
        picture.skew,
    )


def _in_points(box: Box, points: float) -> Box:
    left, top, right, bottom = box
    return left * points, top * points, right * points, bottom * points


def _without_grids(gray: Gray, grids: Sequence[Sequence[Box]]) -> Gray:
    """Return the picture without its tables."""
    body = gray.copy()
    for grid in grids:
        left, top = (round(min(box[at] for box in grid)) for at in (0, 1))
        right, bottom = (round(max(box[at] for box in grid)) for at in (2, 3))
        body[top : bottom + 1, left : right + 1] = 255
    return body


def _words(
    body: Canvas, gray: Gray, grids: Sequence[Sequence[Box]], picture: Picture, tesseract: Tesseract
) -> list[Word]:
    """Return the words of the body, then those of the tables, read cell by cell."""
    words = _read(body, _ONE_COLUMN, picture, tesseract)
    for grid in grids:
        cells = cells_to_canvas(gray, grid, picture.dpi)
        _add(words, _read(cells, _ONE_BLOCK, picture, tesseract) if cells else [])
    for cell in _missed([cell for grid in grids for cell in grid], words, gray)[:_MOST_MISSED]:
        alone = cells_to_canvas(gray, [cell], picture.dpi)
        mode = _ONE_LINE if cell[3] - cell[1] < _TWO_LINES * picture.dpi else _ONE_BLOCK
        _add(words, _read(alone, mode, picture, tesseract) if alone else [])
    return words


def _add(words: list[Word], more: Sequence[Word]) -> None:
    """Add words, in lines of their own."""
    lines = max((word.line for word in words), default=0) + 1
    words += [replace(word, line=word.line + lines) for word in more]


def _missed(cells: Sequence[Box], words: Sequence[Word], gray: Gray) -> list[Box]:
    """Return the cells with ink in which nothing was read: a figure alone is easily lost among words."""
    middles = [((word.left + word.right) / 2, (word.top + word.bottom) / 2) for word in words]
    return [
        (left, top, right, bottom)
        for left, top, right, bottom in cells
        if not any(left < x < right and top < y < bottom for x, y in middles)
        if has_ink(gray, inside((left, top, right, bottom)))
    ]


def _read(canvas: Canvas, mode: int, picture: Picture, tesseract: Tesseract) -> list[Word]:
    return canvas.put_back(hocr_to_words(tesseract.read(canvas.gray, round(picture.dpi), mode)))
