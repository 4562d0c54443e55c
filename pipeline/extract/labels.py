"""What a number counts where the words before it say so: «Đoàn ra: 12 đoàn», «doanh thu ước đạt 2.150 tỷ đồng»."""

from __future__ import annotations

import re

from pipeline.extract.units import MEASURES, UnitReading
from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import UNIT, phrases_of

_MOST = 10
"""Words that a label has at most."""
_LINKING = (
    *("là", "đạt", "được", "bằng", "có", "còn", "chiếm", "tăng", "giảm", "lên", "xuống", "ước", "ở mức", "chỉ"),
    *("thêm", "tới", "đến", "từ", "gấp", "mới", "phấn đấu", "dự kiến", "dao động"),
)
_LINK = re.compile(rf"(?:[ ]*:|[ ](?:{'|'.join(_LINKING)}))*[ ]*$")
_LINK_ENDS = (*_LINKING, ":", "\n")
_MARK = re.compile(r"[.,;()\n\t:“”]")
_MARK_OF_CLAUSE = re.compile(r"[.;()\n\t:“”]")
_JOINT = re.compile(r"[ ](?:[-–]|và)[ ]")
_DASH = re.compile(r"[ ][-–][ ]")
_WORDS = re.compile(r"[^\W\d_]+(?:[ ,/-]+[^\W\d_]+)*")
_NUMBER_OF = re.compile(r"(?:tổng số|số lượng|số)[ ]")
_BULLET = re.compile(r"[ ]*(?:[-+*•–][ ]*)?")


def read_label(view: View, at: int, unit: UnitReading) -> str:
    """Return the label or subject that ends right before a number at `at`, as printed, or an empty string.

    A label stands before a colon and begins its clause; a subject begins with a noun that has an amount (list
    `measured`). Of «số vụ tai nạn» the words behind the unit remain, since the unit stands by itself.
    """
    sentence = view.sentence_at(at)
    low = max(sentence.start if sentence else 0, at - 120)
    end = _before_link(view, low, at)
    labelled = ":" in view.text[end:at]
    start = low
    for breaks in (_MARK_OF_CLAUSE, _DASH) if labelled else (_MARK, _JOINT):
        for found in breaks.finditer(view.text, start, end):
            start = found.end()
    start = _content(view, start, end)
    if not labelled:
        return _subject(view, start, end, unit)
    if view.text[end:at].strip() != ":":
        return ""
    named = _is_worded(view, start, end) and not _tells(view, start, end)
    return _without_unit(view, start, end, unit) if named else ""


def _before_link(view: View, low: int, at: int) -> int:
    """Return where the words from `low` to `at` end, less those that only lead on to a number, and the spaces."""
    lead = view.folded[low:at].rstrip(" ")
    link = _LINK.search(view.folded, low, at) if lead.endswith(_LINK_ENDS) else None
    return link.start() if link else low + len(lead)


def _is_worded(view: View, start: int, end: int) -> bool:
    words = view.text[start:end]
    return _WORDS.fullmatch(words) is not None and len(words.split()) <= _MOST


def _content(view: View, start: int, end: int) -> int:
    found = _BULLET.match(view.text, start, end)
    start = found.end() if found else start
    block = view.document.block_at(start)
    return max(start, block.content) if block else start


def _tells(view: View, start: int, end: int) -> bool:
    """Tell whether a label begins with what was done, or names nothing: «Đã giải quyết:», «Trong đó:»."""
    nothing = view.phrase_at("words/names_nothing", start)
    if nothing is not None and nothing.end >= end:
        return True
    noun = view.phrase_at(UNIT, start) or view.phrase_at("words/measured", start)
    opens = (view.phrase_at(f"words/{name}", start) for name in ("opens_clause", "ends_object", "acts"))
    return noun is None and (start in view.deeds or any(phrase is not None for phrase in opens))


def _subject(view: View, start: int, end: int, unit: UnitReading) -> str:
    """Return the noun of amount in `[start, end)` with what narrows it, where nothing but that stands there."""
    is_said = _COPULA.match(view.folded, end) is not None
    for noun in view.phrases_in("words/measured", start, end):
        led = noun.start == start or _is_led(view, noun.start)
        if led and _measures(view, noun, unit) and _is_worded(view, noun.start, end):
            if view.folded[noun.start : end] in view.pack.words.get("names_nothing", ()):
                return ""
            words = (found.start() for found in _WORD.finditer(view.text, noun.end, end))
            told = any(view.phrase_at("words/opens_clause", word) for word in words)
            return "" if told and not is_said else _without_unit(view, noun.start, end, unit)
    return ""


_OF_THINGS = frozenset({"số", "tổng số", "số lượng", "dân số", "quân số", "đàn", "tổng đàn", "chỉ số", "thời lượng"})


def _measures(view: View, noun: Phrase, unit: UnitReading) -> bool:
    """Tell whether what `noun` says can be told in `unit`: money is no number of people, «số hóa» is no number."""
    if noun.words == "số" and view.phrase_at(UNIT, noun.end + 1) is None:
        return False
    return unit.kind in MEASURES or noun.words in _OF_THINGS


_COPULA = re.compile(r"[ ](?:là|đạt|ước|bằng)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_LED = re.compile(r"(?:với|trong đó|riêng|có|và|ước|nâng|đưa|của|về)[ ]$")


def _is_led(view: View, at: int) -> bool:
    return _LED.search(view.folded, max(0, at - 12), at) is not None


def _without_unit(view: View, start: int, end: int, unit: UnitReading) -> str:
    number_of = _NUMBER_OF.match(view.folded, start, end)
    if number_of:
        noun = view.phrase_at(UNIT, number_of.end())
        known = phrases_of(view.pack).units[noun.words].name or noun.words if noun else ""
        if noun is not None and unit.unit in (known, noun.words):
            start = noun.end
    return " ".join(view.text[start:end].split())
