"""Which words of a text are in Unicode, and which were written for a font of before it.

Where a font's name is known, it is the first guess; people go on in Unicode in a paragraph of `.VnTime`, though,
and plain text has no fonts at all. What decides is which reading makes possible Vietnamese syllables: each
word costs what it is not under a reading, changing the reading costs too, and the cheapest way through is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from pipeline.text.capitals import put_capitals
from pipeline.text.hyphens import hyphens_to_letters, may_hold_letter
from pipeline.text.legacy import Encoding, font_of, from_1258, tcvn3_to_unicode, vni_letters, vni_to_unicode
from pipeline.text.syllables import is_syllable, valid_share


class Reading(IntEnum):
    """A way to read the words of a file; the last two first undo a reading of its bytes as Windows-1258."""

    AS_IS = 0
    TCVN3 = 1
    VNI = 2
    TCVN3_1258 = 3
    VNI_1258 = 4


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


READINGS = {Encoding.UNICODE: Reading.AS_IS, Encoding.TCVN3: Reading.TCVN3, Encoding.VNI: Reading.VNI}
"""The reading that stands for each encoding of a font."""
_1258 = (Reading.TCVN3_1258, Reading.VNI_1258)
_VNI = (Reading.VNI, Reading.VNI_1258)

# What a word costs, and what changing the reading does: between two lines, within one, to undo Windows-1258.
_NO_SYLLABLE = 1.0
_SUSPECT_NO_SYLLABLE = 2.0
_MADE_NO_SYLLABLE = 2.0
_UNICODE_LETTER = 3.0
_TO_VIETNAMESE = 2.0  # in a line whose other words are none
_RARE = 0.1
_MISSED = 1.6
_FORM_WORDS = frozenset(("số", "lưu", "cộng", "không", "và", "các", "xã"))
_AT_LINE_END = 0.75
_WITHIN_LINE = 1.5
_TO_1258 = 1.0
_FEW_WORDS, _SHARE_OF_VIETNAMESE = 4, 0.4
_LEAST_WORDS = 2  # different ones that only another reading explains: one may be chance

# What Unicode text in Vietnamese, English or French hardly has: signs beside letters, letters of other languages,
# and the marks of VNI after their letters. Ð and ð are left out: they stand for Đ and đ in Unicode text too.
_SIGN = "[\xa1-\xae\xb5-\xb9\xbb-\xbe\xd7]"
_EVIDENCE = re.compile(
    f"[A-Za-z]{_SIGN}|{_SIGN}[A-Za-z]|{_SIGN}{{2}}|[ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]"
    "|[aeAE][âáàãÂÁÀÃ]|[oO][âÂ]|[aeouyAEOUY][ùõÙÕ]"
)
_WITHIN_WORD = re.compile(f"(?<=[A-Za-z]){_SIGN}(?=[A-Za-z])|{_SIGN}{{2}}|[A-Za-z][¢£¤¥¦¨¬¶¸¼½¾]")
_MICRO = re.compile(r"[\W\d]*µ(?:[mglsFAVCWH]|mol|Sv)[³²]?\b[\W\d]*(?:\w{1,3}[³²]?)?\W*")
_LABEL = re.compile("[A-RU-Za-ru-z]-")  # of a list: `b-`; `s-` and `t-` are rather words
_SIGN_ALONE = ("·", "»", "©")  # a bullet, a mark of quotation, a year's: `ã`, `ằ` and `â` are no words
_CHUNK = re.compile(r"\S+")
_LOOK_BACK = 10  # characters
_RARE_LETTERS = re.compile("[ảãẳẵẩẫẻẽểễỉĩỏõổỗởỡủũửữỷỹ]|o[oòóỏõọ]", re.IGNORECASE)
_TONED = re.compile("[^A-Za-zĐđĂăÂâÊêÔôƠơƯư]")
_WORDS = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CP1252_LETTERS = frozenset("ŠšŽžŒœŸƒˆ˜")


def is_suspect(text: str) -> bool:
    """Tell whether `text` has anything that Unicode text hardly has: quick, and no proof."""
    return _EVIDENCE.search(text) is not None


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
    readings = _cheapest(chunks, guess)
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


def _cheapest(chunks: Sequence[_Chunk], guess: Reading) -> list[Reading]:
    """Return the reading of each chunk on the cheapest way through (Viterbi)."""
    costs = [0.0 if reading is guess else _AT_LINE_END + _extra(reading) for reading in Reading]
    steps: list[list[Reading]] = []
    for at, chunk in enumerate(chunks):
        best = min(Reading, key=lambda reading: costs[reading])
        change = costs[best] + (_AT_LINE_END if chunk.first else _WITHIN_LINE)
        here, came = [], []
        for reading in Reading:
            changed = change + _extra(reading) + _TO_VIETNAMESE * (chunk.foreign and reading is not Reading.AS_IS)
            stays = not at or costs[reading] <= changed
            came.append(reading if stays else best)
            here.append(min(costs[reading], changed if at else costs[reading]) + _cost(chunk.text, reading))
        steps.append(came)
        costs = here
    reading = min(Reading, key=lambda reading: costs[reading] + (_AT_LINE_END if reading is not guess else 0))
    path = []
    for came in reversed(steps):
        path.append(reading)
        reading = came[reading]
    return path[::-1]


def _extra(reading: Reading) -> float:
    return _TO_1258 if reading in _1258 else 0.0


def _is_chance(chunks: Sequence[_Chunk], readings: Sequence[Reading]) -> bool:
    """Tell whether too few words speak for another reading than the one as they are, or too many make no sense."""
    explained, senseless = set[str](), set[str]()
    for chunk, reading in zip(chunks, readings, strict=True):
        if _cost(chunk.text, reading) >= _NO_SYLLABLE:
            senseless.add(chunk.text)
        elif _cost(chunk.text, Reading.AS_IS):
            explained.add(chunk.text)
    return len(explained) < max(_LEAST_WORDS, len(senseless))


@lru_cache(maxsize=1 << 16)
def _cost(chunk: str, reading: Reading) -> float:
    """Return how little sense `chunk` makes under `reading`."""
    return _senselessness(chunk, reading) + _MISSED * (_says(chunk) and not _is_form(_print(chunk, reading)))


@lru_cache(maxsize=1 << 16)
def _says(chunk: str) -> bool:
    """Tell whether `chunk` is a word of every report under some reading: under the others it is no word at all."""
    return any(_is_form(_print(chunk, reading)) for reading in Reading)


def _is_form(printed: str) -> bool:
    return printed.strip(":,.").lower() in _FORM_WORDS


def _senselessness(chunk: str, reading: Reading) -> float:
    if reading is Reading.AS_IS:
        if _foreign_letters(chunk, reading) or _MICRO.fullmatch(chunk):
            return 0.0
        if _are_words(chunk) and not _WITHIN_WORD.search(chunk):
            return 0.0
        return _SUSPECT_NO_SYLLABLE if _EVIDENCE.search(chunk) else _NO_SYLLABLE
    printed, unicode = _print(chunk, reading), _foreign_letters(chunk, reading)
    if printed == chunk or (unicode and _are_words(chunk)):
        return _NO_SYLLABLE if unicode else _senselessness(chunk, Reading.AS_IS)
    if _are_words(" ".join(word for word in _WORDS.findall(printed) if not word.isascii() and word != "đ")):
        return _RARE * len(_RARE_LETTERS.findall(printed))
    return _UNICODE_LETTER if unicode else _MADE_NO_SYLLABLE


def _are_words(chunk: str) -> bool:
    """Tell whether `chunk` is of syllables and abbreviations, of which no letter has a tone."""
    return all(
        is_syllable(word) or not (_LETTERS.fullmatch(word) and (_TONED.search(word) or valid_share(word) < 1))
        for word in _WORDS.findall(unicodedata.normalize("NFC", chunk))
    )


def _print(chunk: str, reading: Reading) -> str:
    if reading is Reading.AS_IS:
        return chunk
    stored = from_1258(chunk) if reading in _1258 else chunk
    return vni_to_unicode(stored) if reading in _VNI else hyphens_to_letters(tcvn3_to_unicode(stored))


def _foreign_letters(chunk: str, reading: Reading) -> bool:
    """Tell whether `chunk` has letters that no file of `reading` holds: those of Unicode alone."""
    stored = from_1258(chunk) if reading in _1258 else chunk
    return any(
        letter > "\xff" and (letter.isalpha() or unicodedata.combining(letter)) and letter not in _CP1252_LETTERS
        for letter in stored
    )


def _pieces(chunk: str, reading: Reading) -> Iterator[Piece]:
    """Yield what `chunk` is made of; a word of Unicode among others of `reading` is kept."""
    if reading is Reading.AS_IS or chunk in _SIGN_ALONE or _is_unicode(chunk, reading):
        yield Piece(chunk, chunk, kept=True)
        return
    stored = from_1258(chunk) if reading in _1258 else chunk
    if reading not in _VNI:
        yield Piece(chunk, hyphens_to_letters(tcvn3_to_unicode(stored)))
        return
    done = 0
    for letters, printed in vni_letters(stored):
        yield Piece(chunk[done : done + len(letters)], printed)
        done += len(letters)


def _is_unicode(chunk: str, reading: Reading) -> bool:
    if _cost(chunk, reading) < _NO_SYLLABLE:
        return False
    return _syllables(chunk) > _syllables(_print(chunk, reading)) or _foreign_letters(chunk, reading)


def _syllables(chunk: str) -> int:
    return sum(is_syllable(word) and not word.isascii() for word in _LETTERS.findall(chunk))


def _evened(pieces: Sequence[Piece], before: str) -> Iterator[Piece]:
    """Yield `pieces` with their capitals put back in what is not kept; neighbours of the same length are joined."""
    for (same, kept), group in groupby(pieces, key=lambda piece: (len(piece.stored) == len(piece.printed), piece.kept)):
        run = list(group)
        if same and not kept:
            stored, printed = ("".join(parts) for parts in list(zip(*run, strict=True))[:2])
            run = [Piece(stored, printed if stored == printed else put_capitals(printed, before))] if stored else []
        yield from run
        before += "".join(piece.printed for piece in run)
        before = before[-_LOOK_BACK:]
