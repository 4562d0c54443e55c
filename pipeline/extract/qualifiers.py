"""What the words around a number make of it: a bound, an estimate, a change."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import CHANGES, QUALIFIERS


class Quality(NamedTuple):
    """How a number is qualified, whether it is a change, and where the words that say so begin and end."""

    qualifier: str
    change: str
    start: int
    end: int


def read_quality(view: View, start: int, end: int) -> Quality:
    """Return what is said of the number and unit that stand at `[start, end)`."""
    at, qualifier, change = _before(start, view)
    after = _AFTER.match(view.folded, end) if qualifier == "exact" else None
    if after:
        qualifier = "at_least" if after["lên"] else "at_most"
        end = end if after["noun"] else after.end()
    return Quality(qualifier, change, at, end)


_AFTER = re.compile(r"(?P<noun>(?:[ ](?!trở(?!\w))[^\W\d_]+){0,2})[ ]trở (?:(?P<lên>lên)|xuống)(?!\w)")
_SIGN = re.compile(r"(?:[<>]=|=[<>]|[<>≤≥≈~])\Z")
_SIGNS = {
    "<": "less_than", ">": "more_than", "≈": "about", "~": "about",
    "≤": "at_most", "<=": "at_most", "=<": "at_most", "≥": "at_least", ">=": "at_least", "=>": "at_least",
}  # fmt: skip


def _before(start: int, view: View) -> tuple[int, str, str]:
    """Return where the words that qualify a number at `start` begin, its qualifier and its change.

    The words of change may stand on either side: «tăng khoảng 5%», «ước tăng 5%».
    """
    edge = _trimmed(view, start)
    sign = _SIGN.search(view.text, max(0, edge - 2), edge)
    if sign:
        return sign.start(), _SIGNS[sign[0]], ""
    qualifier, at = "exact", start
    label, phrase = _longest_before(view, start)
    if phrase is not None and label in QUALIFIERS and not _is_located(view, phrase, start):
        qualifier, at = label, phrase.start
        label, phrase = _longest_before(view, at)
    if phrase is None or label not in CHANGES:
        return at, qualifier, ""
    before, estimate = _longest_before(view, phrase.start)
    if qualifier == "exact" and estimate is not None and before == "about":
        qualifier = before
    return at, qualifier, label


def _longest_before(view: View, at: int) -> tuple[str, Phrase | None]:
    """Return the longest phrase of quality or change that ends at `at`, with its label."""
    found = view.longest_before(_LISTS, _trimmed(view, at))
    return found or ("", None)


_LISTS = (*QUALIFIERS, *CHANGES)
_STRETCHES = re.compile(r"(?<!\w)(?:cách|dài|rộng|cao|sâu)(?:[ ][^\W\d_]+){0,3}[ ]$")
_NUMBER_AND_NOUN = re.compile(r"(\d+(?:[.,]\d+)*)[ ]?([^\W\d_]+(?:[ ][^\W\d_]+)?)")


def _is_located(view: View, phrase: Phrase, start: int) -> bool:
    """Tell whether «trên» only says where: «trên 07 tuyến đường», not «trên 100 tuyến»; bounds are round numbers."""
    found = _NUMBER_AND_NOUN.match(view.folded, start)
    if phrase.words != "trên" or found is None:
        return False
    if _STRETCHES.search(view.folded, max(0, phrase.start - 40), phrase.start):  # «cách trạm trên 12 km»
        return False
    places = view.pack.words.get("located", ())
    placed = any(found[2] == place or found[2].startswith(place + " ") for place in places)
    return placed and (found[1].startswith("0") or not found[1].endswith("0"))


def _trimmed(view: View, at: int) -> int:
    while at > 0 and view.text[at - 1] == " ":
        at -= 1
    return at
