"""Which pages are to be read from their picture, and what becomes of the text that they have."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Line, Problem
from pipeline.parsers.limits import exceeded_on, limits
from pipeline.parsers.pdf.characters import Character, Drawing, read_drawing
from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.scan.engine import OcrError, Tesseract, find_tesseract
from pipeline.problems import ParseError

if TYPE_CHECKING:
    from pipeline.parsers.scan.reading import Scan

_STAMPED = 150  # letters: a stamp, a page number or a signature over a picture, but no page of text
_WHOLE_PAGE = 0.7  # of its area
_USUAL_DPI = 200.0
_OVERLAP = 0.5  # of a letter's size
_DEPTH = 3
_TOGETHER = 4  # pages; each takes some 12 MB while it is read


class Scanned(Struct, frozen=True):
    """A page read from its picture: what it draws, the cells of its tables, the blanks that were filled in by hand."""

    drawing: Drawing
    cells: Sequence[Sequence[Box]]
    blanks: Sequence[Box]


def is_picture(page: Any, drawing: Drawing, garbled: bool) -> bool:
    """Tell a page that has to be read from its picture: without text, with garbage, or with a stamp's words alone."""
    if garbled or not drawing.has_image or sum(c.text.isalpha() for c in drawing.characters) > _STAMPED:
        return garbled
    return not drawing.characters or _largest_image(page, drawing)[0] >= _WHOLE_PAGE


class Pictures:
    """The pages of an open PDF that are pictures. Those that follow each other are read together: it is cheaper."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._ahead: dict[int, Scan | OcrError | None] = {}

    def read(self, page: Any, drawing: Drawing, garbled: bool) -> Scanned | Problem | None:
        """Return what the picture of an open page says: a Problem where it can't be read, None where it is blank.

        Words of the page's own text stay where they stand, and what was read there is dropped, unless they are
        garbage.
        """
        number = drawing.number
        tesseract = find_tesseract()
        if tesseract is None:
            return Problem("page.no_text", (("page", str(number)),))
        pixels = _most_pixels(page)
        if pixels > limits().pixels:
            return exceeded_on(number, "pixels", pixels)
        if number not in self._ahead:
            self._read_ahead(page, drawing, tesseract)
        scan = self._ahead.pop(number)
        if scan is None:
            return None
        if isinstance(scan, OcrError):
            return Problem("ocr.failed", (("page", str(number)), ("reason", scan.reason)))
        if not scan.characters:
            return Problem("ocr.failed", (("page", str(number)), ("reason", "no words found")))
        return _scanned(drawing, scan, [] if garbled else drawing.characters)

    def _read_ahead(self, page: Any, drawing: Drawing, tesseract: Tesseract) -> None:
        """Read a page, and those behind it that are sure to be pictures."""
        from pipeline.parsers.scan.reading import read_scans

        with ExitStack() as opened:
            pages = [(page, _largest_image(page, drawing)[1]), *self._following(drawing.number, opened)]
            scans = read_scans(pages, tesseract)
        self._ahead = dict(enumerate(scans, drawing.number))

    def _following(self, number: int, opened: ExitStack) -> Iterator[tuple[Any, float]]:
        """Yield the pages behind `number` without any text, as far as they are pictures, with their resolutions."""
        for following in range(number + 1, min(number + _TOGETHER, len(self._pdf) + 1)):
            try:
                page = opened.enter_context(closing(self._pdf[following - 1])).raw
                drawing = read_drawing(page, following)
            except (pypdfium2.PdfiumError, ParseError):
                return
            if drawing.characters or not is_picture(page, drawing, False) or _most_pixels(page) > limits().pixels:
                return
            yield page, _largest_image(page, drawing)[1]


def handwritten(blanks: Mapping[int, Sequence[Box]], lines: Sequence[Line]) -> list[Problem]:
    """Return a problem for each printed line with a blank that was filled in by hand; `blanks` are given by page."""
    places = {
        (page, *_span(page, box, lines)): Problem("ocr.handwritten", (("page", str(page)),), *_span(page, box, lines))
        for page, boxes in blanks.items()
        for box in boxes
    }
    return list(places.values())


def _span(page: int, box: Box, lines: Sequence[Line]) -> tuple[int, int] | tuple[()]:
    """Return the span of the line that a box stands in, or nothing."""
    left, top, right, bottom = box
    beside = [
        line
        for line in lines
        if line.page == page and line.edges and line.top < bottom and top < line.bottom
        if min(line.edges) <= right and max(line.edges) >= left
    ]
    nearest = min(beside, key=lambda line: abs(line.top + line.bottom - top - bottom), default=None)
    return (nearest.start, nearest.end) if nearest else ()


def _scanned(drawing: Drawing, scan: Scan, stamped: Sequence[Character]) -> Scanned:
    read = [c for c in scan.characters if not any(_covers(stamp, c) for stamp in stamped)] if stamped else []
    characters = [*stamped, *read] if stamped else scan.characters
    return Scanned(replace(drawing, characters=characters, rules=scan.rules), scan.cells, scan.blanks)


def _covers(stamp: Character, read: Character) -> bool:
    """Tell whether `read` is what `stamp` prints, or a part of it."""
    middle = (read.left + read.right) / 2
    return stamp.left <= middle <= stamp.right and abs(stamp.base - read.base) < _OVERLAP * stamp.size


def _largest_image(page: Any, drawing: Drawing) -> tuple[float, float]:
    """Return the share of the page that its largest image covers, and the resolution of that in dpi."""
    share, dpi = 0.0, _USUAL_DPI
    for image in _images(page):
        sides = [ctypes.c_float() for _ in range(4)]
        about = pdfium.FPDF_IMAGEOBJ_METADATA()
        if not pdfium.FPDFPageObj_GetBounds(image, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        covered = (right - left) * (top - bottom) / (drawing.width * drawing.height)
        if covered > share and pdfium.FPDFImageObj_GetImageMetadata(image, page, about):
            share, dpi = covered, about.horizontal_dpi or _USUAL_DPI
    return share, dpi


def _most_pixels(page: Any) -> int:
    return max(map(_pixels, _images(page)), default=0)


def _pixels(image: Any) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    return width.value * height.value if pdfium.FPDFImageObj_GetImagePixelSize(image, width, height) else 0


def _images(page: Any) -> list[Any]:
    """Return the images of a page, those in its forms too."""
    count = pdfium.FPDFPage_CountObjects(page)
    items = [(pdfium.FPDFPage_GetObject(page, at), _DEPTH) for at in range(count)]
    images = []
    while items:
        item, depth = items.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(item)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = pdfium.FPDFFormObj_CountObjects(item)
            items += [(pdfium.FPDFFormObj_GetObject(item, at), depth - 1) for at in range(inner)]
    return images
