"""Rows made into printed lines: text with an edge pair for each character, spaces by gap, marks taken out."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import sub
from typing import NamedTuple

from msgspec import Struct, field

from pipeline.parsers.pdf.characters import STRUCK, Character
from pipeline.parsers.pdf.rows import Row, is_raised, word_gap
from pipeline.text.clean import clean, in_latin

# Shares of the font size.
_SPACE_AT_LEAST = 0.17
_SPACE = 0.25
_WIDE_BLANK = 1.2
_OVERPRINT = 0.1

_WIDER_THAN_WORD_GAPS = 2.5  # times
_MOST_BLANKS = 100  # characters; broken files set tiny letters far apart

LABEL_ALONE = re.compile(r"[-–+•*]|\(?[\dIVXa-zđ]{1,4}[.)/]+")  # the label of a list item and nothing else
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdhm]?|da)m$")  # m, km, cm: a raised 2 or 3 after it is no mark
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"[\[(]?(\d{1,3}|\*{1,4})[\])]?")
_SPACES = re.compile(" +")
_TWICE = re.compile(r"(.)(?=\1)", re.DOTALL)


class Mark(NamedTuple):
    """A footnote mark that stood in a line: the offset of the character after it, and its label."""

    offset: int
    label: str


class PrintedLine(NamedTuple):
    """One line, or a column's part of it, as it is printed.

    `edges` holds a left and a right edge for each character of `text`, `confidence` how sure each was read
    by OCR; it is empty where that did not read it. `column` is 0 for a line of the
    whole page, else 1 for the left and 2 for the right column of a letterhead or signature.
    """

    page: int
    text: str
    edges: array[float]
    base: float
    top: float
    bottom: float
    left: float
    right: float
    size: float
    bold: bool
    marks: tuple[Mark, ...] = ()
    column: int = 0
    confidence: array[float] = array("f")

    @property
    def first_word(self) -> float:
        """The width of the first word."""
        end = self.text.find(" ")
        return self.edges[2 * end - 1 if end > 0 else -1] - self.edges[0]

    def without_start(self, length: int) -> PrintedLine:
        """Return the line without its first `length` characters."""
        text, edges = self.text[length:], self.edges[2 * length :]
        marks = tuple(Mark(mark.offset - length, mark.label) for mark in self.marks if mark.offset >= length)
        return self._replace(text=text, edges=edges, marks=marks, confidence=self.confidence[length:])


class _Setting(Struct):
    """A line being set: its characters, their edges, and the marks taken out so far."""

    letters: list[str] = field(default_factory=list)
    edges: array[float] = field(default_factory=lambda: array("f"))
    marks: list[Mark] = field(default_factory=list)

    def put(self, letter: str, left: float, right: float) -> None:
        self.letters.append(letter)
        self.edges.extend((left, right))


def row_to_line(row: Row, page: int, labels: Collection[str] = (), column: int = 0) -> PrintedLine:
    """Return the line that `row` prints; raised `labels` are taken out of it as footnote marks."""
    plain = _set_plain(row)
    marks: tuple[Mark, ...] = ()
    if plain and clean(plain[0]) == plain[0]:
        text, edges = plain
    else:
        text, edges, marks = _tidy(_Setting(list(plain[0]), plain[1]) if plain else _set(row, labels))
    bold, confidence = all(row.columns.bold), _confidence(row, edges)
    return PrintedLine(
        page, text, edges, row.base, row.top, row.bottom, row.left, row.right, row.size, bold, marks, column, confidence
    )


def _confidence(row: Row, edges: array[float]) -> array[float]:
    """Return for each character, given by its edges, the confidence of the printed one that stands there."""
    sure = row.columns.confidence
    if sure.count(1.0) == len(sure):
        return array("f")
    lefts = row.columns.left
    middles = ((left + right) / 2 for left, right in zip(edges[::2], edges[1::2], strict=True))
    found = (sure[max(bisect_right(lefts, middle) - 1, 0)] for middle in middles)
    blank = (left == right for left, right in zip(edges[::2], edges[1::2], strict=True))
    return array("f", (1.0 if empty else known for known, empty in zip(found, blank, strict=True)))


def raised_labels(row: Row) -> Iterator[str]:
    """Yield the footnote labels that stand raised after a word or at the start of `row`."""
    if row.is_even or min(row.columns.size) >= row.size * 0.9:
        return
    for raised, run in groupby(row.characters, key=lambda c: is_raised(c, row.base, row.size)):
        found = _MARK.fullmatch("".join(c.text for c in run).strip()) if raised else None
        if found:
            yield found[1]


def _set_plain(row: Row) -> tuple[str, array[float]] | None:
    """Return the text and edges of a row of one size on one baseline, as most are.

    None where that is not all: letters are raised, struck, drawn twice or not one by one.
    """
    if not row.is_even or STRUCK in row.text or len(row.text) != len(row.columns.left) or _has_overprint(row):
        return None
    return _set_as_typed(row) or _set_by_gaps(row)


def _set_as_typed(row: Row) -> tuple[str, array[float]] | None:
    """Return the same where all spaces of such a row are typed, one between two words, and none is a blank."""
    letters, lefts, rights = row.letters
    typed = "".join(letters)
    text = typed.strip(" ")
    if "  " in text or row.widest_gap > _WIDE_BLANK * row.size:
        return None
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if not {at - before for before, at in enumerate(spaces)}.issuperset(row.breaks):
        return None
    start = typed.index(text)
    end = start + len(text)
    edges = [0.0] * (2 * len(text))
    edges[::2], edges[1::2] = lefts[start:end], rights[start:end]
    for at in spaces:
        edges[2 * at] = edges[2 * at + 1] = edges[2 * at + 2]
    return text, array("f", edges)


def _set_by_gaps(row: Row) -> tuple[str, array[float]]:
    """Return the same of any such row; it is looked at only where it has room or typed spaces."""
    text, lefts, rights = row.text, row.columns.left, row.columns.right
    stops, pen, done = [], 0.0, 0
    typed = _typed(row)
    for at in sorted({*row.breaks, *typed}):
        pen = max(pen, *rights[done:at])
        done = at
        stops.append((at, lefts[at] - pen, typed.get(at, 0)))
    wide = _wide((gap for _, gap, spaces in stops if spaces or gap > _SPACE_AT_LEAST * row.size), row.size)
    flat = [0.0] * (2 * len(text))
    flat[::2], flat[1::2] = lefts, rights
    words: list[str] = []
    edges: list[float] = []
    done = 0
    for at, gap, spaces in stops:
        blanks = _blanks(gap, spaces, wide, row.size)
        if blanks > 1 and LABEL_ALONE.fullmatch(text, 0, at):
            blanks = 1  # the tab after the label of a list item
        words += (text[done:at], " " * blanks)
        edges += flat[2 * done : 2 * at]
        edges += (lefts[at],) * (2 * blanks)
        done = at
    return "".join((*words, text[done:])), array("f", edges + flat[2 * done :])


def _typed(row: Row) -> dict[int, int]:
    """Return before which printed characters, the first left out, spaces were typed, and how many."""
    printed = len(row.columns.text)
    if len(row.letters[0]) == printed:
        return {}
    typed: dict[int, int] = {}
    gone = 0
    for run in _SPACES.finditer("".join(row.letters[0])):
        at = run.start() - gone
        gone += run.end() - run.start()
        if 0 < at < printed:
            typed[at] = run.end() - run.start()
    return typed


def _has_overprint(row: Row) -> bool:
    """Tell a row of one size, of letters one by one, in which one is drawn twice; only doubled ones are asked."""
    lefts, rights = row.columns.left, row.columns.right
    if min(map(sub, lefts[1:], lefts), default=row.size) >= _OVERPRINT * row.size:
        return False  # none is near enough to the next
    doubled = (found.start() for found in _TWICE.finditer(row.text))
    return any(_is_over(lefts[at + 1] - lefts[at], rights[at] - lefts[at], row.size) for at in doubled)


def _set(row: Row, labels: Collection[str]) -> _Setting:
    setting = _Setting()
    pieces = list(_spaced(row))
    for raised, group in groupby(pieces, key=lambda piece: is_raised(piece[1], row.base, row.size)):
        run = list(group)
        if raised:
            _set_raised(setting, run, labels)
        else:
            _set_level(setting, run)
    return setting


def _set_level(setting: _Setting, run: Sequence[tuple[int, Character]]) -> None:
    for blanks, character in run:
        for _ in range(blanks):
            setting.put(" ", character.left, character.left)
        setting.put(character.text, character.left, character.right)


def _set_raised(setting: _Setting, run: Sequence[tuple[int, Character]], labels: Collection[str]) -> None:
    """Set superscripts: `m²`, a footnote mark (taken out), or else a power or a plain letter."""
    word = "".join(character.text for _, character in run)
    found = _MARK.fullmatch(word)
    is_power = word in ("2", "3") and _UNIT.search("".join(setting.letters[-3:]))
    if found and found[1] in labels and not is_power:
        setting.marks.append(Mark(len(setting.letters), found[1]))
        return
    if not word.isdigit() or not setting.letters:
        _set_level(setting, run)
        return
    for _, character in run:
        setting.put(character.text.translate(_SUPERSCRIPT), character.left, character.right)


def _spaced(row: Row) -> Iterator[tuple[int, Character]]:
    """Yield each printed character with the number of spaces before it."""
    steps = list(_steps(row.characters))
    gaps = (gap for gap, typed, _ in steps if typed or gap > _SPACE_AT_LEAST * row.size)
    wide = _wide(gaps, row.size)
    start = ""
    for gap, typed, character in steps:
        blanks = _blanks(gap, typed, wide, row.size)
        if blanks > 1 and LABEL_ALONE.fullmatch(start):
            blanks = 1  # the tab after the label of a list item
        yield blanks, character
        start += character.text


def _wide(gaps: Iterable[float], size: float) -> float:
    """Return what a gap is wider than that is several spaces."""
    return max(_WIDE_BLANK * size, _WIDER_THAN_WORD_GAPS * word_gap(gaps, size))


def _steps(characters: Sequence[Character]) -> Iterator[tuple[float, int, Character]]:
    """Yield each printed character with the gap and the typed spaces before it; overprints are dropped."""
    before: Character | None = None
    pen, typed = 0.0, 0
    for character in characters:
        if character.text == " ":
            typed += 1
            continue
        if character.text == STRUCK:
            pen = max(pen, character.right)
            continue
        if before and character.text == before.text and _overprints(before, character):
            continue
        yield (character.left - pen, typed, character) if before else (0.0, 0, character)
        before, typed = character, 0
        pen = max(pen, character.right)


def _overprints(one: Character, other: Character) -> bool:
    """Tell a letter drawn twice to look bold."""
    return _is_over(one.left - other.left, one.right - one.left, one.size)


def _is_over(shift: float, width: float, size: float) -> bool:
    return abs(shift) < _OVERPRINT * size and width > 2 * abs(shift)


def _blanks(gap: float, typed: int, wide: float, size: float) -> int:
    """Return how many spaces a gap is: several where a blank was left to be filled in by hand."""
    if typed > 1 and gap > 2 * _SPACE_AT_LEAST * size:
        return typed
    if gap > wide:
        return min(max(2, round(gap / (_SPACE * size))), _MOST_BLANKS)
    return int(typed > 0 or gap > _SPACE_AT_LEAST * size)


def _tidy(setting: _Setting) -> tuple[str, array[float], tuple[Mark, ...]]:
    """Return text, edges and marks in clean NFC: still one edge pair a character."""
    text = "".join(setting.letters)
    if len(text) == len(setting.letters) and clean(text) == text:
        return text, setting.edges, tuple(setting.marks)
    given = list(in_latin(text)) if len(text) == len(setting.letters) else setting.letters
    tidied, moved = _Setting(), {0: 0}
    for start, end in _clusters(given):
        letters = clean("".join(given[start:end]))
        left, right = min(setting.edges[2 * start : 2 * end]), max(setting.edges[2 * start : 2 * end])
        step = (right - left) / max(len(letters), 1)
        for at, letter in enumerate(letters):
            tidied.put(letter, left + at * step, left + (at + 1) * step)
        moved.update(dict.fromkeys(range(start + 1, end + 1), len(tidied.letters)))  # a mark may stand inside
    marks = tuple(Mark(moved[mark.offset], mark.label) for mark in setting.marks)
    return "".join(tidied.letters), tidied.edges, marks


def _clusters(letters: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a letter with its combining marks."""
    start = 0
    for at in range(1, len(letters) + 1):
        if at == len(letters) or not unicodedata.combining(letters[at]):
            yield start, at
            start = at
