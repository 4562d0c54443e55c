"""A page that is a picture, read: its characters, its rules and the cells of its tables, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.parsers.pdf.characters import Box, Character, Rule
from pipeline.parsers.scan.canvas import Canvas, cells_to_canvas, has_ink, page_to_canvas
from pipeline.parsers.scan.engine import Gray, Tesseract
from pipeline.parsers.scan.handwriting import drop_handwriting
from pipeline.parsers.scan.hocr import Word, hocr_to_words
from pipeline.parsers.scan.letters import words_to_characters
from pipeline.parsers.scan.picture import Picture, ink_of, page_to_picture
from pipeline.parsers.scan.repair import repair
from pipeline.parsers.scan.ruling import find_rules, rules_to_cells, to_points, without_rules
from pipeline.parsers.scan.strokes import without_strokes

_ONE_COLUMN, _ONE_BLOCK = 4, 6  # Tesseract's page segmentation modes
_LEAST_CELLS = 4


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
    bare, strokes = without_strokes(without_rules(gray, rules), picture.dpi)
    grids = [grid for grid in rules_to_cells(rules, picture.dpi) if len(grid) >= _LEAST_CELLS]
    words, blanks = drop_handwriting(_words(bare, grids, picture, tesseract), gray.shape[0], strokes)
    points = picture.points
    return Scan(
        words_to_characters(repair(words), ink_of(bare), points),
        [to_points(rule, picture.dpi) for rule in rules],
        [[_in_points(box, points) for box in grid] for grid in grids],
        [_in_points(box, points) for box in blanks],
        picture.skew,
    )


def _in_points(box: Box, points: float) -> Box:
    left, top, right, bottom = box
    return left * points, top * points, right * points, bottom * points


def _words(gray: Gray, grids: Sequence[Sequence[Box]], picture: Picture, tesseract: Tesseract) -> list[Word]:
    """Return the words of the page, those of its tables read cell by cell."""
    body = gray.copy()
    for grid in grids:
        left, top = (round(min(box[at] for box in grid)) for at in (0, 1))
        right, bottom = (round(max(box[at] for box in grid)) for at in (2, 3))
        body[top : bottom + 1, left : right + 1] = 255
    canvases = [(page_to_canvas(body, picture.dpi), _ONE_COLUMN)]
    for grid in grids:
        cells = cells_to_canvas(gray, grid, picture.dpi)
        canvases += [(cells, _ONE_BLOCK)] if cells else []
    words: list[Word] = []
    for canvas, mode in canvases:
        lines = words[-1].line if words else 0
        for word in _read(canvas, mode, picture, tesseract):
            words.append(Word(word.letters, word.base, word.line + lines, word.sure))
    return words


def _read(canvas: Canvas, mode: int, picture: Picture, tesseract: Tesseract) -> list[Word]:
    return canvas.put_back(hocr_to_words(tesseract.read(canvas.gray, round(picture.dpi), mode)))
