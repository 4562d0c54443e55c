"""Sentences: the stretches of a report that each say one thing, and that are the evidence for an item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.extract.structure.labels import after_bullet
from pipeline.extract.structure.words import CAPITAL, StructureWords
from pipeline.text.fold import fold

# A full stop with its closing quotes, before what may begin a sentence; or a list item on a new line.
_STOP = rf"""
    (?P<stop> [.?!…] (?<![.?!…].) (?: (?<=\.)/\. | [.?!…]*+ ) ) [”"’»)\]]*+
    (?= \s++ (?: [{CAPITAL}\d“"‘«(\[] | [-–—+•*]\s ) )
"""
_END_ON_LINE = re.compile(_STOP, re.VERBOSE)
_END = re.compile(rf"{_STOP} | [;:,]? (?= [ ]{{0,4}} \n \s{{0,9}} [-–+•*]\s )", re.VERBOSE)
_WORD_BEFORE = re.compile(r"(?:([^\W_]+)\s+)?([^\W_]+(?:\.[^\W_]+)*)$")
_LOOK_BACK = 40
_BULLET = 20  # characters of a bullet with the space behind it
_INITIAL = re.compile(rf"[{CAPITAL}]")


class Sentence(Struct, frozen=True):
    """One sentence: its span, the block it stands in, its innermost section, and what kind of text it is.

    `block` is an index into the document's blocks; `section` is one into the sections, or -1. `kind` is
    `body`, `heading`, `cell`, `footnote`, `letterhead`, `signature`, `header` or `footer`.
    """

    start: int
    end: int
    block: int
    section: int
    kind: str


def split_sentences(text: str, start: int, end: int, words: StructureWords) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences in `text[start:end]`, without the white space between them.

    A sentence ends at a full stop before a capital, a figure or a dash, and where a list item begins on a new
    line; not behind an abbreviation («TP. Huế») or an initial. A semicolon ends none.
    """
    at = start
    pattern = _END if text.find("\n", start, end) >= 0 else _END_ON_LINE
    for found in pattern.finditer(text, start, end):
        if found.end() <= at or (found["stop"] == "." and _is_abbreviated(text, at, found.start(), words)):
            continue
        yield from _trimmed(text, at, found.end())
        at = found.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without a bullet and white space around it; nothing if that leaves none."""
    for low, high in stripped(text, start, end):
        words = after_bullet(text, low, min(high, low + _BULLET))
        yield (words if words < high else low), high


def stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without the white space around it; nothing if that leaves none."""
    words = text[start:end]
    low = start + len(words) - len(words.lstrip())
    high = start + len(words.rstrip())
    if low < high:
        yield low, high


def _is_abbreviated(text: str, start: int, stop: int, words: StructureWords) -> bool:
    """Tell whether the full stop at `stop` belongs to an abbreviation or an initial and ends no sentence."""
    before = _WORD_BEFORE.search(text[max(start, stop - _LOOK_BACK) : stop])
    if before is None:
        return False
    word, above = fold(before[2]), fold(before[1] or "")
    if word.isdigit():
        return above in words.captions  # «Bảng 1. So sánh …»
    if word in words.abbreviations or word.rsplit(".", maxsplit=1)[-1] in words.abbreviations:
        return True
    return bool(_INITIAL.fullmatch(before[2].rsplit(".", maxsplit=1)[-1])) and above not in words.lettered
