"""Words read from a picture made into characters with their places, sizes and weights, as a PDF's own are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from msgspec import Struct

from pipeline.parsers.pdf.characters import Character
from pipeline.parsers.scan.hocr import Letter, Word
from pipeline.parsers.scan.picture import Ink

# Heights of letters in shares of the font size, as Times and its likes have them.
_CAPITAL, _SMALL = 0.67, 0.46
_TALL = frozenset("bdfhklBCDEFGHIKLMNPRSTUVXYZ0123456789")
_LOW = frozenset("acemnorsuvwxz")

_SURE_AT_MOST = 0.999  # 1 is for what was never doubted
_SAME_SIZE = 0.07
_BOLD = 1.22  # times the usual width of strokes
_RAISED = 0.2  # of the size
_MARK = 0.8


class _Style(Struct, frozen=True):
    """How a line is set: its baseline and size in pixels, and the width of its strokes against its size."""

    base: float
    size: float
    stroke: float


def words_to_characters(words: Sequence[Word], ink: Ink, points: float) -> list[Character]:
    """Return the characters of words, of which a pixel is so many `points`; spaces stand between words."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    styles = _same_sizes([_style(line, ink) for line in lines], [len(line) for line in lines])
    usual = _usual([style.stroke for style in styles], [len(line) for line in lines])
    characters: list[Character] = []
    for line, style in zip(lines, styles, strict=True):
        bold = style.stroke > _BOLD * usual
        for before, word in pairwise([None, *line]):
            if before is not None and word is not None:
                characters.append(_character(" ", before.right, max(word.left, before.right), style, bold, points, 1))
            if word is not None:
                characters += _word_characters(word, style, bold, points)
    return characters


def _word_characters(word: Word, style: _Style, bold: bool, points: float) -> Iterator[Character]:
    """Yield the characters of a word; letters reach to each other, so that no gap is taken for a space."""
    edges = [word.left, *((one.right + other.left) / 2 for one, other in pairwise(word.letters)), word.right]
    for letter, (left, right) in zip(word.letters, pairwise(edges), strict=True):
        raised = _raised(letter, style)
        text = letter.text
        sure = min(letter.sure, word.sure)  # Tesseract knows a wrong word better than a wrong letter
        step = (right - left) / len(text)
        for at, character in enumerate(text):
            yield _character(character, left + at * step, left + (at + 1) * step, raised or style, bold, points, sure)


def _character(
    text: str, left: float, right: float, style: _Style, bold: bool, points: float, sure: float
) -> Character:
    return Character(
        text,
        left * points,
        right * points,
        round(style.base * points, 1),
        round(style.size * points, 1),
        bold,
        min(sure, _SURE_AT_MOST),
    )


def _raised(letter: Letter, style: _Style) -> _Style | None:
    """Return how a small figure above the line is set, or None for any other letter."""
    height = letter.bottom - letter.top
    if not letter.text.isdigit() or height > _MARK * _CAPITAL * style.size:
        return None
    if letter.bottom > style.base - _RAISED * style.size:
        return None
    return _Style(letter.bottom, height / _CAPITAL, style.stroke)


def _style(line: Sequence[Word], ink: Ink) -> _Style:
    letters = [letter for word in line for letter in word.letters]
    sizes = [(c.bottom - c.top) / _share(c.text) for c in letters if _share(c.text)]
    size = median(sizes) if sizes else max(word.bottom - word.top for word in line)
    return _Style(median(word.base for word in line), max(size, 1.0), _stroke(line, ink) / max(size, 1.0))


def _share(text: str) -> float:
    if text in _LOW:
        return _SMALL
    return _CAPITAL if text in _TALL else 0.0


def _stroke(line: Sequence[Word], ink: Ink) -> float:
    """Return how wide the strokes of a line are: its ink against the number of its left edges."""
    filled = edges = 0
    for word in line:
        part = ink[int(word.top) : int(word.bottom) + 1, int(word.left) : int(word.right) + 1]
        filled += int(part.sum())
        edges += int((part[:, 1:] & ~part[:, :-1]).sum()) + int(part[:, :1].sum())
    return filled / edges if edges else 0.0


def _same_sizes(styles: Sequence[_Style], weights: Sequence[int]) -> list[_Style]:
    """Return the styles with sizes that are nearly the same taken as one: the one most used."""
    used: dict[float, int] = defaultdict(int)
    for style, weight in zip(styles, weights, strict=True):
        used[round(style.size)] += weight
    common: list[float] = []
    for size in sorted(used, key=lambda size: -used[size]):
        if all(abs(size - other) > _SAME_SIZE * other for other in common):
            common.append(size)
    snapped = []
    for style in styles:
        nearest = min(common, key=lambda size: (abs(size - style.size) > _SAME_SIZE * size, -used[size]))
        near = abs(nearest - style.size) <= _SAME_SIZE * nearest
        snapped.append(_Style(style.base, nearest if near else style.size, style.stroke))
    return snapped


def _usual(strokes: Sequence[float], weights: Sequence[int]) -> float:
    """Return the usual width of strokes: the median over words, counting the thinner half of a mostly bold page."""
    spread = sorted(stroke for stroke, weight in zip(strokes, weights, strict=True) for _ in range(weight))
    return spread[len(spread) // 2] if spread else 0.0
