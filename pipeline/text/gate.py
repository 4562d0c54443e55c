"""Which words of a text are in Unicode, and which were written for a font of before it.

Where a font's name is known, it is the first guess; people go on in Unicode in a paragraph of `.VnTime`, though,
and plain text has no fonts at all. What decides is which reading makes possible Vietnamese syllables: each
word costs what it is not under a reading, changing the reading costs too, and the cheapest way through is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf
from typing import NamedTuple

from pipeline.text.capitals import put_capitals
from pipeline.text.hyphens import may_hold_letter
from pipeline.text.legacy import Encoding, font_of, from_1258, may_be_1258, vni_letters
from pipeline.text.readings import (
    FROM_1258,
    IN_VNI,
    NO_SYLLABLE,
    READINGS,
    Reading,
    as_printed,
    cost,
    is_kept,
    is_suspect,
)
from pipeline.text.syllables import valid_share


class Piece(NamedTuple):
    """A piece of a text as it is stored and as it prints; where they differ in length, it is one letter.

    `kept` tells words that are in Unicode; what is ASCII alone tells nothing and is not `kept`.
    """

    stored: str
    printed: str
    kept: bool = False


class Read(NamedTuple):
    """A text once read: its pieces, and the reading that its last words had."""

    pieces: list[Piece]
    last: Reading

    @property
    def printed(self) -> str:
        """The whole text as it prints."""
        return "".join(piece.printed for piece in self.pieces)

    @property
    def converted(self) -> bool:
        """Tell whether any letter was another one."""
        return any(piece.stored != piece.printed for piece in self.pieces)


# What changing the reading costs: between two lines, within one, to undo Windows-1258, to begin with Vietnamese
# in a line whose other words are none.
_AT_LINE_END = 0.75
_WITHIN_LINE = 1.5
_TO_1258 = 0.5
_TO_VIETNAMESE = 2.0
_USUAL = [reading for reading in Reading if reading not in FROM_1258]
_FEW_WORDS, _SHARE_OF_VIETNAMESE = 4, 0.4
_LEAST_WORDS = 2  # different ones that only another reading explains: one may be chance

_CHUNK = re.compile(r"\S{1,200}")  # longer ones are no words
_LABEL = re.compile("[A-RU-Za-ru-z]-")  # of a list: `b-`; `s-` and `t-` are rather words
_SIGN_ALONE = ("·", "»", "©")  # a bullet, a mark of quotation, a year's: `ã`, `ằ` and `â` are no words
_LOOK_BACK = 40  # characters


def decode_legacy(text: str, font: str = "") -> str:
    """Return the words that `text` prints in the font named `font`, in Unicode; by the gate where it says nothing.

    `text` must be as the file has it, before `clean`, which drops the soft hyphen that is `ư` in TCVN3.
    """
    known = font_of(font)
    if known.encoding is Encoding.UNICODE and not is_suspect(text):
        return text
    read = read_words(text, READINGS[known.encoding])
    return "".join(map(capital, read.pieces)) if known.capitals else read.printed


def by_gate(paragraphs: Sequence[str]) -> list[str]:
    """Return `paragraphs` of unknown fonts in Unicode, each word read as what it and its neighbours make sense in.

    They may hold line ends. Those in Unicode already come back as they are, and at once where all are.
    """
    if not any(map(is_suspect, paragraphs)):
        return list(paragraphs)
    lines = iter(read_words("\n".join(paragraphs)).printed.split("\n"))
    return ["\n".join(next(lines) for _ in range(paragraph.count("\n") + 1)) for paragraph in paragraphs]


def capital(piece: Piece) -> str:
    """Return what `piece` prints in a font of capitals, in as many characters."""
    upper = piece.printed.upper()
    return piece.printed if piece.kept or len(upper) != len(piece.printed) else upper


def read_words(text: str, guess: Reading = Reading.AS_IS, before: str = "") -> Read:
    """Return `text` read word by word; `guess` is the reading to begin with and to stay at in doubt.

    `before` is what stands before `text` in its paragraph.
    """
    chunks = list(_chunks(text))
    readings = _cheapest(chunks, guess, list(Reading) if may_be_1258(text) else _USUAL)
    if guess is Reading.AS_IS and _is_chance(chunks, readings):
        readings = [Reading.AS_IS] * len(chunks)
    pieces, done = list[Piece](), 0
    for chunk, reading in zip(chunks, readings, strict=True):
        pieces.append(Piece(text[done : chunk.start], text[done : chunk.start]))
        pieces += _pieces(chunk.text, reading)
        done = chunk.start + len(chunk.text)
    pieces.append(Piece(text[done:], text[done:]))
    return Read(list(_evened(pieces, before)), readings[-1] if readings else guess)


class _Chunk(NamedTuple):
    """What stands between white space and may not be what it seems; `first` where it is the first of its line.

    `foreign` where the ASCII words of its line are of another language.
    """

    start: int
    text: str
    first: bool
    foreign: bool


def _chunks(text: str) -> Iterator[_Chunk]:
    start = 0
    for line in text.split("\n"):
        if not line.isascii():
            yield from _line_chunks(line, start)
        start += len(line) + 1


def _line_chunks(line: str, start: int) -> Iterator[_Chunk]:
    words = [(word, _is_plain(word)) for word in _CHUNK.finditer(line)]
    plain = [word[0] for word, is_plain in words if is_plain]
    foreign = len(plain) >= _FEW_WORDS and valid_share(" ".join(plain)) < _SHARE_OF_VIETNAMESE
    first = True
    for word, is_plain in words:
        if not is_plain:
            yield _Chunk(start + word.start(), word[0], first, foreign)
            first = False


def _is_plain(word: re.Match[str]) -> bool:
    """Tell whether a word prints the same under every reading."""
    is_label = bool(_LABEL.fullmatch(word[0])) and not word.string[: word.start()].strip()
    return word[0].isascii() and (is_label or not may_hold_letter(word[0]))


def _cheapest(chunks: Sequence[_Chunk], guess: Reading, readings: Sequence[Reading]) -> list[Reading]:
    """Return the reading of each chunk on the cheapest way through (Viterbi)."""
    extra = [_TO_1258 if reading in FROM_1258 else 0.0 for reading in readings]
    sums = [0.0 if reading is guess else _AT_LINE_END + more for reading, more in zip(readings, extra, strict=True)]
    steps: list[list[int]] = []
    for chunk in chunks:
        least = min(sums)
        best, foreign = sums.index(least), _TO_VIETNAMESE if chunk.foreign else 0.0
        change = least + (_AT_LINE_END if chunk.first else _WITHIN_LINE) if steps else inf
        came = []
        for at, reading in enumerate(readings):
            changed = change + extra[at] + (foreign if reading else 0.0)
            came.append(best if changed < sums[at] else at)
            sums[at] = min(changed, sums[at]) + cost(chunk.text, reading)
        steps.append(came)
    last = min(range(len(sums)), key=lambda at: sums[at] + (0.0 if readings[at] is guess else _AT_LINE_END))
    path = []
    for came in reversed(steps):
        path.append(readings[last])
        last = came[last]
    return path[::-1]


def _is_chance(chunks: Sequence[_Chunk], readings: Sequence[Reading]) -> bool:
    """Tell whether too few words speak for another reading than the one as they are, or too many make no sense."""
    explained, senseless = set[str](), set[str]()
    for chunk, reading in zip(chunks, readings, strict=True):
        if cost(chunk.text, reading) >= NO_SYLLABLE:
            senseless.add(chunk.text)
        elif cost(chunk.text, Reading.AS_IS):
            explained.add(chunk.text)
    return len(explained) < max(_LEAST_WORDS, len(senseless))


def _pieces(chunk: str, reading: Reading) -> Iterator[Piece]:
    """Yield what `chunk` is made of; a word of Unicode among others of `reading` is kept."""
    if reading is Reading.AS_IS or chunk in _SIGN_ALONE or is_kept(chunk, reading):
        yield Piece(chunk, chunk, kept=True)
        return
    if reading not in IN_VNI:
        yield Piece(chunk, as_printed(chunk, reading))
        return
    stored, done = from_1258(chunk) if reading in FROM_1258 else chunk, 0
    for letters, printed in vni_letters(stored):
        yield Piece(chunk[done : done + len(letters)], printed)
        done += len(letters)


def _evened(pieces: Sequence[Piece], before: str) -> Iterator[Piece]:
    """Yield `pieces` with their capitals put back in what is not kept; neighbours of the same length are joined."""
    for (same, kept), group in groupby(pieces, key=lambda piece: (len(piece.stored) == len(piece.printed), piece.kept)):
        run = list(group)
        if same and not kept:
            stored, printed = ("".join(parts) for parts in list(zip(*run, strict=True))[:2])
            run = [Piece(stored, printed if stored == printed else put_capitals(printed, before))] if stored else []
        yield from run
        before = (before + "".join(piece.printed for piece in run))[-_LOOK_BACK:]
