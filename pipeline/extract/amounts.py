"""The number or numbers that a rule's match writes, in figures or in words, read as the report separates them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.matching import Candidate
from pipeline.extract.units import MEASURES, UnitReading
from pipeline.extract.view import View
from pipeline.text.numerals import FIGURE, SCALES, read_steps, read_words
from pipeline.text.separators import read_in_prose

_NAME = re.compile(r"[^\W\d_a-zđ]\w*(?:[ ][^\W\d_a-zđ]\w*)+")  # «Hai Bà Trưng», «Ba Bể»
_WITH_FRACTIONS = frozenset({"lần", "điểm", "công", "suất"})
_PLAIN = re.compile(r"\d{1,15}")
_ALONE = re.compile(FIGURE)  # without scale words
_UNCOUNTED = MEASURES | {""}
_MONEY = re.compile(r"[ ](?:" + "|".join(SCALES) + r")(?!\w)")


class Amount(NamedTuple):
    """The number or numbers of one candidate, before the scale of its unit; a doubtful one had a second reading."""

    value: Decimal
    second: Decimal | None = None
    is_doubtful: bool = False


class Unreadable(Exception):
    """A numeral whose separators allow no sure reading."""


def read_amount(candidate: Candidate, view: View, unit: UnitReading) -> Amount | None:
    """Return the numbers of `candidate` as its rule reads them, or None where its words say no number."""
    reads = candidate.rule.reads
    if reads == "zero":
        return Amount(Decimal(0))
    if reads == "words":
        words = (candidate.part("n") or "").split()
        read = None if _NAME.match(view.text, candidate.start) else read_words(words)
        return Amount(read[0]) if read and read[1] == len(words) else None
    value, is_doubtful = _figure(candidate.part("n") or "", view, unit)
    second = candidate.part("n2")
    if not second:
        return Amount(value, None, is_doubtful)
    other, is_other_doubtful = _figure(second, view, unit)
    return Amount(value, other, is_doubtful or is_other_doubtful)


def has_scale(candidate: Candidate) -> bool:
    """Tell whether the numeral of `candidate` holds scale words: «1 tỷ 250 triệu»."""
    return bool(_MONEY.search(candidate.part("n2") or candidate.part("n") or ""))


def _is_whole(unit: UnitReading) -> bool:
    """Tell whether what a unit counts has no fractions: people, documents, and sums of money in full."""
    if unit.scale != 1 or unit.unit in _WITH_FRACTIONS:
        return False
    return unit.kind == "money" or unit.kind not in _UNCOUNTED


def _figure(text: str, view: View, unit: UnitReading) -> tuple[Decimal, bool]:
    """Return the number that `text` writes, scale words included, and whether another reading was as good."""
    if _PLAIN.fullmatch(text):
        return Decimal(text), False
    if _ALONE.fullmatch(text):
        figure, is_doubtful = read_in_prose(text, view.style, _is_whole(unit))
        if figure is None:
            raise Unreadable(text)
        return +figure, is_doubtful  # in as many digits as sums of steps have
    doubts: list[bool] = []

    def read(figure: str) -> Decimal | None:
        value, is_doubtful = read_in_prose(figure, view.style, is_whole)
        doubts.append(is_doubtful)
        return value

    is_whole = _is_whole(unit) and not _MONEY.search(text)
    value = read_steps(text.strip(), read)
    if value is None:
        raise Unreadable(text)
    return value, any(doubts)
