"""Lists of documents: which numbers follow one another so closely that they share type, date or issuer."""

from __future__ import annotations

import re

from pipeline.extract.document_numbers.symbols import bodies_of, type_table
from pipeline.extract.view import View
from pipeline.extract.vocabulary import DOCUMENT_TYPE
from pipeline.model import DocumentNumber

_FAR = 200
_DATED = r"ngày (?:\d{1,2} tháng \d{1,2} năm \d{4}|\d[\d/. -]*)"
_BETWEEN = re.compile(
    rf"(?:[ ,;:()/–-]|số|và|hoặc|cùng|các|đến|từ|văn bản|kèm theo|ký|ban hành|được|{_DATED})*"
    r"(?:(?:của|do) [^,;.()\n\t]{0,60})?"
    rf"(?:[ ,;:()]|số|và|ngày|{_DATED})*"
)
_MARK = re.compile(r"[;,]|(?<!\w)(?:và|đến)(?!\w)")
_TAIL = re.compile(r"(?:[;,]|(?<!\w)và)[ ]*(?:các )?(?:số:?[ ]*)?$")
_SIDE_BY_SIDE = re.compile(r"[ ]?(?:(?:,|;|và|đến|-|–|số|hết)[ ]?)+")


def listed(end: int, start: int, view: View) -> bool:
    """Tell whether only marks, «số», dates and an issuer stand between two numbers: one type word serves both."""
    return start - end < _FAR and bool(_BETWEEN.fullmatch(view.folded, end, start))


def goes_on(before: DocumentNumber, start: int, view: View) -> bool:
    """Tell whether a list goes on behind a summary: «số 3-QĐ/TW về …; số 4-QĐ/TW về …», no other type named."""
    sentence = view.sentence_at(before.start)
    if sentence is None or not sentence.start <= start < sentence.end:
        return False
    named = view.phrases_in(DOCUMENT_TYPE, before.end, start)
    return not named and bool(_TAIL.search(view.folded, max(before.end, start - 30), start))


def side_by_side(before: DocumentNumber, after: DocumentNumber, view: View) -> bool:
    """Tell whether only marks, «và», «số» and the type's own name part two numbers: what follows may be of both."""
    text = view.folded[before.end : after.start] if after.start - before.end < _FAR else "?"
    return bool(_SIDE_BY_SIDE.fullmatch(text)) and before.document_type == after.document_type


def of_one_body(before: DocumentNumber, after: DocumentNumber, view: View) -> bool:
    """Tell whether two numbers of a list have symbols of one body: «12/UBND-VX, 15/UBND-NC», «12/QĐ-STC và 13/TB-STC».

    Types may be named again between them; a summary may not.
    """
    if after.start - before.end >= _FAR or not one_body(before, after, view):
        return False
    between = view.folded[before.end : after.start]
    for name in view.phrases_in(DOCUMENT_TYPE, before.end, after.start):
        low, high = name.start - before.end, name.end - before.end
        between = between[:low] + " " * (high - low) + between[high:]
    return bool(_MARK.search(between)) and bool(_BETWEEN.fullmatch(between))


def one_body(before: DocumentNumber, after: DocumentNumber, view: View) -> bool:
    """Tell whether two symbols name the same issuing body."""
    table = type_table(view.pack)
    return bodies_of(before.value, table)[:1] == bodies_of(after.value, table)[:1]
