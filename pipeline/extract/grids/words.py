"""The words that the rows and columns of a table are known by, taken from a rule pack."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from pipeline.rulebook import Pack
from pipeline.text.fold import fold

_MARKS = re.compile(r"[\W_]+")
_MONTHS = re.compile(r"(?:\D* )?(\d{1,2}) tháng")
_BRACKETED = re.compile(r"\([^()]*\)")


class TableWords(Struct, frozen=True):
    """The lists `table_…` of a pack, each phrase folded, its words joined with single spaces."""

    ordinal: frozenset[str]
    code: frozenset[str]
    unit: frozenset[str]
    note: frozenset[str]
    date: frozenset[str]
    total: frozenset[str]
    part: frozenset[str]
    summary: frozenset[str]
    ratio: frozenset[str]
    compared: frozenset[str]
    increase: frozenset[str]
    decrease: frozenset[str]
    same_period: frozenset[str]
    year_before: frozenset[str]
    period_before: frozenset[str]
    this_period: frozenset[str]
    to_date: frozenset[str]
    about: frozenset[str]
    ratio_to: frozenset[str]
    difference: frozenset[str]


@lru_cache(maxsize=16)
def table_words(pack: Pack) -> TableWords:
    """Return the table words of `pack`; packs are told apart by identity."""
    lists = {name: frozenset(map(plain, pack.words.get(f"table_{name}", ()))) for name in TableWords.__struct_fields__}
    return TableWords(**lists)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the folded words of `text` joined with single spaces, without marks: «Số, ký hiệu» is `số ký hiệu`."""
    return _MARKS.sub(" ", fold(text)).strip()


def without_asides(text: str) -> str:
    """Return `text` without what stands in brackets: «Tổng cộng (I+II)»."""
    return _BRACKETED.sub(" ", text)


def is_one_of(text: str, phrases: frozenset[str]) -> bool:
    """Tell whether `text`, or `text` without its asides, says one of `phrases` and nothing else."""
    return plain(text) in phrases or ("(" in text and plain(without_asides(text)) in phrases)


def opens_with(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether `text` begins with one of `phrases`."""
    words = plain(text) + " "
    return any(words.startswith(phrase + " ") for phrase in phrases)


def holds(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether one of `phrases` stands in `text`."""
    words = f" {plain(text)} "
    return any(phrase in words and f" {phrase} " in words for phrase in phrases)


def months_in(head: str) -> int:
    """Return n of «n tháng», which alone is a length of time and in a head the first months of the year, or 0."""
    found = _MONTHS.fullmatch(plain(head))
    months = int(found[1]) if found else 0
    return months if 2 <= months <= 12 else 0
