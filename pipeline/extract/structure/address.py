"""The addressees of a report: «Kính gửi: …», on one line or one a line."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords, starts_with

_MARK_LINE = 45  # a mark with what is printed beside it: «Dự thảo lần 2 (ngày 05/3/2024)»
_ADDRESSEE = 200  # characters of one addressee, «Ủy ban nhân dân các huyện, thị xã, …» included
_MOST_ADDRESSEES = 20


def is_mark(strip: Strip, words: StructureWords) -> bool:
    """Tell whether a strip is a rule or a mark of draft, secrecy, urgency or circulation."""
    return strip.is_rule or (len(strip.text) <= _MARK_LINE and bool(starts_with(strip.folded, words.marks)))


def after_address(strips: Sequence[Strip], at: int, words: StructureWords) -> int:
    """Return the place of the first strip of the opening, given that of the first strip below the subject."""
    while at < len(strips) and is_mark(strips[at], words):
        at += 1
    if at == len(strips) or not starts_with(strips[at].folded, words.addresses):
        return at
    last = at
    for strip in strips[at + 1 : at + 1 + _MOST_ADDRESSEES]:
        if not _is_addressee(strip, strips[last], words):
            break
        last += 1
    return last + 1


def _is_addressee(strip: Strip, above: Strip, words: StructureWords) -> bool:
    """Tell whether a strip names one more addressee, or goes on with the one above."""
    if len(strip.text) > _ADDRESSEE:
        return False
    if strip.text[0] in "-–+•" or strip.index == above.index:
        return True
    if starts_with(strip.folded, words.openings) and strip.text[-1] not in ";.":
        return False
    return above.text[-1] in ":;,-–" or (strip.text[0].islower() and above.text[-1] != ".")
