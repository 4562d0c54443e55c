"""The raised 2 of square metres, which OCR drops or takes for a mark: looked for where it has to stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.parsers.scan.hocr import Letter, Word
from pipeline.parsers.scan.picture import Ink

_LENGTH = re.compile(r"(?:.*[\d(/])?(?:k|d|c|m)?m(?P<mark>[°'’”\"*?])?(?=[^\w°'’”\"*?]|$)")
_POWER = "²"
_SURE = 0.5  # what was not read, or read as something else, is for a person to look at
# Shares of the height of an «m»: where the raised figure stands above the baseline, and how wide it is.
_TOP, _BOTTOM, _WIDTH, _LOW = 1.75, 0.75, 0.75, 0.6
_INKED = 0.12  # of its place; a speck makes less
_CLEAN = 0.04  # of the place below it


def with_powers(words: Sequence[Word], ink: Ink) -> list[Word]:
    """Return the words with `²` behind a unit of length where there is raised ink, or a mark was read for it."""
    following = [other.left if other.line == word.line else float(ink.shape[1]) for word, other in pairwise(words)]
    ends = [*following, float(ink.shape[1])]
    return [_with_power(word, end, ink) for word, end in zip(words, ends, strict=True)]


def _with_power(word: Word, end: float, ink: Ink) -> Word:
    found = _LENGTH.match(word.text) if "m" in word.text else None
    if not found or len(word.text) != len(word.letters):
        return word
    if found["mark"]:
        at = found.start("mark")
        return _put(word, at, at + 1, word.letters[at])
    at = found.end()
    unit, after = word.letters[at - 1], word.letters[at].left if at < len(word.letters) else end
    right = min(unit.right + _WIDTH * (unit.bottom - unit.top), after)
    if not _is_raised(ink, unit, right):
        return word
    return _put(word, at, at, Letter(_POWER, unit.right, unit.top, right, unit.bottom, _SURE))


def _put(word: Word, start: int, end: int, place: Letter) -> Word:
    power = replace(place, text=_POWER, sure=min(place.sure, _SURE))
    return replace(word, letters=(*word.letters[:start], power, *word.letters[end:]))


def _is_raised(ink: Ink, unit: Letter, right: float) -> bool:
    """Tell ink above the middle of the line right behind `unit`, with none below it."""
    height, base = unit.bottom - unit.top, unit.bottom
    left, right = round(unit.right) + 1, round(right)
    upper = ink[max(round(base - _TOP * height), 0) : round(base - _BOTTOM * height), left:right]
    lower = ink[round(base - _LOW * height) : round(base), left:right]
    if upper.size < 9 or not lower.size:
        return False
    return float(upper.mean()) >= _INKED and float(lower.mean()) <= _CLEAN
