"""Tesseract's hOCR made into words: letters with their boxes and confidences, and the baseline of their line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.parsers.scan.engine import OcrError
from pipeline.text.clean import clean


class Letter(Struct, frozen=True):
    """One letter: its text, its box in pixels of the picture, how sure it is, from 0 to 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float


class Word(Struct, frozen=True):
    """Letters read as one word, the baseline below its middle in pixels, its line, and how sure it is as a whole."""

    letters: tuple[Letter, ...]
    base: float
    line: int
    sure: float = 1.0

    @property
    def text(self) -> str:
        """What was read."""
        return "".join(letter.text for letter in self.letters)

    @property
    def left(self) -> float:
        """The left edge."""
        return min(letter.left for letter in self.letters)

    @property
    def right(self) -> float:
        """The right edge."""
        return max(letter.right for letter in self.letters)

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(letter.top for letter in self.letters)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(letter.bottom for letter in self.letters)

    def moved(self, x: float, y: float, line: int) -> Word:
        """Return the word that many pixels further right and down, in another line."""
        letters = tuple(Letter(c.text, c.left + x, c.top + y, c.right + x, c.bottom + y, c.sure) for c in self.letters)
        return replace(self, letters=letters, base=self.base + y, line=line)


_BOX = r"(\d+) (\d+) (\d+) (\d+)"
_FIGURE = r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)"
_TAG = re.compile(
    rf"<span class='ocr_\w+'[^>]*title=\"bbox (?P<line>{_BOX}; baseline {_FIGURE} {_FIGURE})"
    rf"|<span class='ocrx_word'[^>]*x_wconf (?P<word>\d+)"
    rf"|<span class='ocrx_cinfo' title='x_bboxes (?P<letter>{_BOX}; x_conf {_FIGURE})'>(?P<text>[^<]*)<"
)
_PARTS = re.compile(_FIGURE)


def hocr_to_words(hocr: str) -> list[Word]:
    """Return the words of an hOCR page in its order; OcrError where it is none."""
    if "ocr_page" not in hocr:
        raise OcrError("its answer is no hOCR")
    words: list[Word] = []
    letters: list[Letter] = []
    line, baseline, sure = 0, (0.0, 0.0, 0.0), 0.0
    for found in chain(_TAG.finditer(hocr), [None]):
        if found and found["letter"]:
            *box, certain = map(float, _PARTS.findall(found["letter"]))
            left, top, right, bottom = box
            letters.append(Letter(clean(html.unescape(found["text"])), left, top, right, bottom, certain / 100))
            continue
        if letters:
            words += _word(letters, baseline, line, sure)
            letters = []
        if found and found["word"]:
            sure = float(found["word"]) / 100
        elif found:
            left, _, _, bottom, slope, above = map(float, _PARTS.findall(found["line"]))
            line, baseline = line + 1, (left, bottom + above, slope)
    return words


def _word(letters: Sequence[Letter], baseline: tuple[float, float, float], line: int, sure: float) -> Iterator[Word]:
    """Yield the word that `letters` make, if any of them is printed; rules are read as blank words."""
    printed = tuple(_spread([letter for letter in letters if letter.text.strip()]))
    if printed:
        origin, height, slope = baseline
        middle = (printed[0].left + printed[-1].right) / 2
        yield Word(printed, height + slope * (middle - origin), line, sure)


def _spread(letters: list[Letter]) -> Iterator[Letter]:
    """Yield the letters with edges that do not overlap; where boxes were muddled, the word's width is shared out."""
    if all(one.right <= other.left + 1 and one.left < other.left for one, other in pairwise(letters)):
        yield from letters
        return
    left, right = min(c.left for c in letters), max(c.right for c in letters)
    step = (right - left) / len(letters)
    for at, letter in enumerate(letters):
        yield replace(letter, left=left + at * step, right=left + (at + 1) * step)
