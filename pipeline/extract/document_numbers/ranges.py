"""Ranges of documents: «từ Quyết định số 12/QĐ-STC đến Quyết định số 45/QĐ-STC» names two and means more."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.extract.view import View
from pipeline.extract.vocabulary import DOCUMENT_TYPE
from pipeline.model import DocumentNumber, Problem
from pipeline.text.codes import symbol_of

_FROM = re.compile(r"(?<!\w)từ (?:các )?(?:(?:văn bản )?số:? ?)?$")
_TO = re.compile(r"[ ,]*(?:ngày [\d/. -]+)?[ ,]*đến (?:hết )?(?:số:? ?)?")
_DASH = re.compile(r"[ ]?[-–][ ]?")


def number_ranges(numbers: list[DocumentNumber], view: View) -> list[Problem]:
    """Return a notice for each range of numbers, at its first end with the last as `other`: those between are no items.

    A range has one symbol, and its last number is the higher one.
    """
    problems = []
    for first, last in pairwise(numbers):
        low, high = _figure(first), _figure(last)
        if symbol_of(first.value) == symbol_of(last.value) and low < high and _is_range(first, last, view):
            detail = (("first", first.value), ("last", last.value), ("count", str(high - low + 1)))
            problems.append(Problem("number.range", detail, first.start, first.end, (last.start, last.end)))
    return problems


def _figure(number: DocumentNumber) -> int:
    digits = re.match(r"\d+", number.value)
    return int(digits[0]) if digits else 0


def _is_range(first: DocumentNumber, last: DocumentNumber, view: View) -> bool:
    if last.start - first.end > 80:
        return False
    if _DASH.fullmatch(view.folded, first.end, last.start):
        return True
    before = _unnamed(max(0, first.start - 60), first.start, view)
    between = _unnamed(first.end, last.start, view)
    return bool(_FROM.search(before)) and bool(_TO.fullmatch(between))


def _unnamed(low: int, high: int, view: View) -> str:
    """Return the folded text of `[low, high)` without the names of document types."""
    text = view.folded[low:high]
    for name in reversed(view.phrases_in(DOCUMENT_TYPE, low, high)):
        text = text[: name.start - low] + text[name.end - low :].lstrip(" ")
    return text
