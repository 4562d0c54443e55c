"""Capitals that TCVN3 could not store: `BáO CáO` made `BÁO CÁO`.

The encoding has no capitals with a tone; a font of capitals prints the small letters as such. Where only the letters
are left, the words around them and the beginnings of sentences tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from pipeline.text.legacy import TCVN3
from pipeline.text.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_WITHOUT_CAPITAL = "".join(letter for letter in TCVN3.values() if letter.upper() not in TCVN3.values())
_FIRST_LETTER = re.compile(rf"(?<!\S)[“‘\"(]*([{_WITHOUT_CAPITAL}])")
_BULLETS = "-+•*"
_LOOK_BACK = 40  # characters
# Nghị định 30/2020/NĐ-CP, Phụ lục II: names of bodies, places and years.
_NAME = re.compile(
    r"\b(?:ủy(?= ban (?:nhân dân\b|[A-ZĐ]))|ấn(?= Độ)|ả(?= Rập)|(?<=[Cc]hâu )á|(?<=Đông Nam )á|(?<=Trung )á"
    r"|ất(?= (?:Sửu|Mão|Tỵ|Mùi|Dậu|Hợi)))\b"
)
_BESIDE_CODE = "/-&.0123456789"
_CAPITALS, _SMALL, _EITHER, _SILENT = range(4)


def put_capitals(text: str, before: str = "") -> str:
    """Return `text`, decoded from TCVN3, with the capitals put back; `before` is the end of what stands before it.

    A word that may be in capitals or not («Hà», «ở») goes by the nearest words of its line that are one or
    the other. A sentence begins with a capital, and so do some names.
    """
    text = _NAME.sub(lambda found: found[0].capitalize(), "\n".join(map(_even_line, text.split("\n"))))
    whole = before + text
    parts, done = [], len(before)
    for found in _FIRST_LETTER.finditer(whole, len(before)):
        if _begins_sentence(whole[max(found.start() - _LOOK_BACK, 0) : found.start()]):
            parts += [whole[done : found.start(1)], found[1].upper()]
            done = found.end()
    return "".join(parts) + whole[done:]


def _begins_sentence(before: str) -> bool:
    """Tell whether a sentence, a paragraph or an item of a list begins after `before`."""
    words = before.rstrip()
    line_ends = before.count("\n", len(words))
    if not words:
        return not before or line_ends > 1
    if words[-1] in ".!?":
        return not words.endswith(("..", "…."))
    if words[-1] in _BULLETS:
        return words[:-1].rstrip(" \t").endswith("\n") or not words[:-1].strip()
    return line_ends > 1 or (line_ends > 0 and words[-1] == ":")


def _even_line(line: str) -> str:
    if line.islower():
        return line
    words = list(_WORD.finditer(line))
    kinds = [
        _kind(word[0], line[word.start() - 1 : word.start()] + line[word.end() : word.end() + 1]) for word in words
    ]
    among = [
        _CAPITALS in pair and _SMALL not in pair for pair in zip(_last(kinds), _last(kinds[::-1])[::-1], strict=True)
    ]
    letters, done = [], 0
    for at, word in enumerate(words):
        capitals = kinds[at] == _CAPITALS or (kinds[at] == _EITHER and among[at])
        letters += [line[done : word.start()], word[0].upper() if capitals else word[0]]
        done = word.end()
    return "".join(letters) + line[done:]


def _kind(word: str, beside: str) -> int:
    """Tell what the letters of a word say that have capitals in TCVN3; a word `beside` the signs of codes is silent."""
    telling = [letter for letter in word if letter not in _WITHOUT_CAPITAL]
    if any(letter.islower() for letter in telling):
        return _SMALL
    if word.isupper():
        is_word = len(word) > 1 and is_syllable(word) and not any(sign in _BESIDE_CODE for sign in beside)
        return _CAPITALS if is_word else _SILENT
    return _CAPITALS if len(telling) > 1 or (telling and word[0].islower()) else _EITHER


def _last(kinds: Sequence[int]) -> list[int]:
    """Return for each word the kind of the last one up to it that is in capitals or in small letters."""
    told = accumulate(kinds, lambda last, kind: kind if kind in (_CAPITALS, _SMALL) else last, initial=_SILENT)
    return list(told)[1:]
