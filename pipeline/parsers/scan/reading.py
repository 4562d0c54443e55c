"""A page that is a picture, read: its characters, its rules and the cells of its tables, in points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.parsers.pdf.characters import Character, Rule
from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.scan.canvas import Canvas, cells_to_canvas, has_ink, inside, page_to_canvas
from pipeline.parsers.scan.engine import Gray, OcrError, Tesseract
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


class Scan(Struct, frozen=True):
    """What was read from the picture of a page.

    `cells` are the boxes of the cells of each grid, `blanks` those of figures by hand, which were not read;
    `skew` is by how many degrees the page stands askew.
    """

    characters: Sequence[Character]
    rules: Sequence[Rule]
    cells: Sequence[Sequence[Box]]
    blanks: Sequence[Box]
    skew: float


def read_scans(pages: Sequence[tuple[Any, float]], tesseract: Tesseract) -> list[Scan | OcrError | None]:
    """Return what each open pdfium page, an image of some resolution in dpi, shows; None where it is blank.

    What is read alike is read in one call for all of them. OcrError stands where Tesseract fails on a page.
    """
    readings = [_reading(page, resolution) for page, resolution in pages]
    shown = [reading for reading in readings if reading is not None]
    for parts in (_body, _tables, _missed):
        _read(shown, parts, tesseract)
    return [None if reading is None else reading.error or reading.scan() for reading in readings]


class _Reading(Struct):
    """A page being read: its picture without rules, what was found in that, the body to read, and its words so far."""

    picture: Picture
    bare: Gray
    rules: Sequence[Rule]
    grids: Sequence[Sequence[Box]]
    strokes: Sequence[Box]
    body: Canvas
    words: list[Word]
    error: OcrError | None = None

    def add(self, more: Sequence[Word]) -> None:
        """Add words, in lines of their own."""
        lines = max((word.line for word in self.words), default=0) + 1
        self.words += [replace(word, line=word.line + lines) for word in more]

    def scan(self) -> Scan:
        """Return the page as it was read."""
        words, blanks = drop_handwriting(self.words, self.bare.shape[0], self.strokes)
        points, ink = self.picture.points, ink_of(self.bare)
        return Scan(
            words_to_characters(with_powers(repair(words), ink), ink, points),
            [to_points(rule, self.picture.dpi) for rule in self.rules],
            [[_in_points(box, points) for box in grid] for grid in self.grids],
            [_in_points(box, points) for box in blanks],
            self.picture.skew,
        )


Part = tuple[Canvas, int]
"""What is read in one piece, and Tesseract's mode for it."""


def _reading(page: Any, resolution: float) -> _Reading | None:
    """Return a page ready to be read, or None where it is blank."""
    picture = page_to_picture(page, resolution)
    gray = picture.gray
    if not has_ink(gray, (0, 0, gray.shape[1], gray.shape[0])):
        return None
    rules = find_rules(gray, picture.dpi)
    bare = without_rules(gray, rules)
    grids = [grid for grid in rules_to_cells(rules, picture.dpi) if len(grid) >= _LEAST_CELLS]
    body, strokes = without_strokes(_without_grids(bare, grids), picture.dpi)
    return _Reading(picture, bare, rules, grids, strokes, page_to_canvas(body, picture.dpi), [])


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


def _body(reading: _Reading) -> list[Part]:
    return [(reading.body, _ONE_COLUMN)]


def _tables(reading: _Reading) -> list[Part]:
    """Return the tables, to be read cell by cell."""
    tables = (cells_to_canvas(reading.bare, grid, reading.picture.dpi) for grid in reading.grids)
    return [(cells, _ONE_BLOCK) for cells in tables if cells]


def _missed(reading: _Reading) -> list[Part]:
    """Return the cells in which nothing was read though they have ink, each by itself."""
    dpi, parts = reading.picture.dpi, list[Part]()
    cells = [cell for grid in reading.grids for cell in grid]
    for cell in _silent(cells, reading.words, reading.bare)[:_MOST_MISSED]:
        alone = cells_to_canvas(reading.bare, [cell], dpi)
        mode = _ONE_LINE if cell[3] - cell[1] < _TWO_LINES * dpi else _ONE_BLOCK
        parts += [(alone, mode)] if alone else []
    return parts


def _read(readings: Sequence[_Reading], parts: Callable[[_Reading], list[Part]], tesseract: Tesseract) -> None:
    """Add the words of the `parts` of each page that can still be read."""
    asked = [(reading, *part) for reading in readings if not reading.error for part in parts(reading)]
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, (reading, _, mode) in enumerate(asked):
        alike[round(reading.picture.dpi), mode].append(at)
    answers: dict[int, str | OcrError] = {}
    for (dpi, mode), places in alike.items():
        found = tesseract.read_all([asked[at][1].gray for at in places], dpi, mode)
        answers.update(zip(places, found, strict=True))
    for at, (reading, canvas, _) in enumerate(asked):
        try:
            reading.add(canvas.put_back(hocr_to_words(_raised(answers[at]))))
        except OcrError as error:
            reading.error = reading.error or error


def _raised(answer: str | OcrError) -> str:
    if isinstance(answer, OcrError):
        raise answer
    return answer


def _silent(cells: Sequence[Box], words: Sequence[Word], gray: Gray) -> list[Box]:
    """Return the cells with ink in which nothing was read: a figure alone is easily lost among words."""
    middles = [((word.left + word.right) / 2, (word.top + word.bottom) / 2) for word in words]
    return [
        (left, top, right, bottom)
        for left, top, right, bottom in cells
        if not any(left < x < right and top < y < bottom for x, y in middles)
        if has_ink(gray, inside((left, top, right, bottom)))
    ]
