"""Two numbers with a slash: part of a whole, or this period and the one before; arithmetic proves which.

«tăng 54 vụ (209/155)» are periods, since 209 - 155 = 54; «971/876 = 110,8%» is what was done of a plan, since the
quotient is the rate. Where no figure beside the pair proves it, words do («so với cùng kỳ»).
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.extract.view import View
from pipeline.text.numerals import FIGURE, read_figure

PART, PAIR = "part", "pair"
_REACH = 90
_CHANGE = re.compile(
    r"(?<!\w)(?P<verb>tăng|giảm|cao hơn|nhiều hơn|thấp hơn|ít hơn|vượt|hụt)(?: [^\W\d]+){0,4}? ?"
    rf"(?P<figure>{FIGURE})(?P<rate> ?%)?"
)
_UP = ("tăng", "cao hơn", "nhiều hơn", "vượt")
_RATE = re.compile(
    rf"(?P<figure>{FIGURE}) ?%(?P<compared>[ ,(]{{1,2}}(?:so )?(?:với )?(?:cùng kỳ|năm trước|kỳ trước))?"
)
_EARLIER = r"(?:cùng kỳ|năm (?:trước|ngoái)|kỳ trước|quý trước|tháng trước|cùng thời (?:điểm|kỳ)|năm liền kề)"
_COMPARED_AFTER = re.compile(
    rf"(?: (?:tăng|giảm)|(?: (?!(?:tăng|giảm) so)[^\W\d]+){{0,3}}?) ?\(?(?:so|tăng|giảm)(?: với)? {_EARLIER}"
    rf"|(?: [^\W\d]+){{0,2}}? {_EARLIER}"
)
_COMPARED_BEFORE = re.compile(
    rf"(?:/|so |so với ){_EARLIER}[^.;\d]{{0,60}}[:(]|trong ngoặc|kỳ này/kỳ trước|năm nay/năm trước"
)


def read_pair(view: View, span: tuple[int, int], value: Decimal, second: Decimal, reading: str) -> str:
    """Return what `value`/`second` at `span` are, `part` or `pair`; `reading` is what they are if nothing tells."""
    sentence = view.sentence_at(span[0])
    low, high = (sentence.start, sentence.end) if sentence else span
    before, after = (
        view.folded[max(low, span[0] - _REACH) : span[0]],
        view.folded[span[1] : min(high, span[1] + _REACH)],
    )
    proven = _proven(before, after, value, second)
    if proven:
        return proven
    if _COMPARED_AFTER.match(after) or _COMPARED_BEFORE.search(view.folded, low, span[0]):
        return PAIR
    return reading


def _proven(before: str, after: str, value: Decimal, second: Decimal) -> str:
    for words in (before, after):
        if any(_is_change(found, value, second) for found in _CHANGE.finditer(words)):
            return PAIR
    for words in (after, before):
        for rate in _RATE.finditer(words):
            share = read_figure(rate["figure"])
            if share is not None and second and _agrees(value / second * 100, share):
                return PAIR if rate["compared"] else PART
    return ""


def _is_change(found: re.Match[str], value: Decimal, second: Decimal) -> bool:
    """Tell whether words of change give the difference of two numbers, or the rate of it."""
    stated = read_figure(found["figure"])
    difference = value - second if found["verb"] in _UP else second - value
    if stated is None or difference <= 0:
        return False
    if found["rate"]:
        return bool(second) and _agrees(difference / second * 100, stated)
    return difference == stated


def _agrees(exact: Decimal, rounded: Decimal) -> bool:
    """Tell whether a rounded figure can be the exact one, cut off or rounded at its last place."""
    exponent = rounded.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(exact - rounded) < step
