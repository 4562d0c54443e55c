"""Units that are joined: «78 xã, phường, đặc khu» and «09 hội nghị/buổi đối thoại» are one count with one unit."""

from __future__ import annotations

import re

from pipeline.extract.units import MEASURES, UnitReading
from pipeline.extract.view import View
from pipeline.extract.vocabulary import UNIT, phrases_of

_JOINT = re.compile(r",[ ](?:và )?")
_LIKE = frozenset({"people", "org", "media", "document", "event", "training", "household"})
_COUNTED = re.compile(r"(?:[ ][^\W\d_]+){0,4}[ :]*(?:\d|(?<=: )(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w))")
_MOST = 4


def joined(view: View, unit: UnitReading) -> UnitReading:
    """Return `unit` with the units of its kind that a comma joins to it, up to where one has a number of its own.

    The words of the vocabulary count alone, so «48 hộ, cơ sở kinh doanh» of two kinds stays as it is. A word that calls
    people without naming their kind (list `calls_people`) takes what follows for itself: «18 em, người cao tuổi» are
    18 em, while «tin, bài tuyên truyền» are both about it. Pairs of such words («ông, bà») are the vocabulary's.
    """
    if unit.kind not in _LIKE or unit.kind in MEASURES or unit.per or _calls_people(view, unit.unit):
        return unit
    known = phrases_of(view.pack).units
    words, end, members = unit.unit, unit.end, 1
    while members < _MOST and (joint := _JOINT.match(view.folded, end)):
        phrase = view.phrase_at(UNIT, joint.end())
        if phrase is None or known[phrase.words].kind != unit.kind or phrase.start in view.deeds:
            break
        if _calls_people(view, phrase.words):
            break
        if view.text[phrase.start].isupper() or _COUNTED.match(view.folded, phrase.end):
            break
        words = f"{words}, {' '.join(view.folded[phrase.start : phrase.end].split())}"
        end, members = phrase.end, members + 1
    return unit._replace(unit=words, end=end) if end > unit.end else unit


def _calls_people(view: View, words: str) -> bool:
    return words in view.pack.words.get("calls_people", ())
