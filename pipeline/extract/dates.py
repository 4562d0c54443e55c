"""Dates and periods: patterns find them, the calendar checks them, EDTF writes them (contract: ISO 8601-2)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from pipeline.extract.claims import BUILT_IN, Claim, Claims
from pipeline.extract.given import HookFailed, given
from pipeline.extract.kinds import rules_of
from pipeline.extract.matching import Candidate, claimed
from pipeline.extract.view import View
from pipeline.extract.years import over_times, years_shared
from pipeline.model import DateMention, Problem
from pipeline.text.edtf import Moment, bounds, completed, interval
from pipeline.text.numerals import read_words

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "l": 1, "ll": 2, "lll": 3, "nhất": 1}
_MONTHS = {"giêng": 1, "chạp": 12, "tư": 4}
_HALVES = {"đầu": 1, "cuối": 2}
_CENTURY_TURNS = 50  # «12/05/24» is of 2024, «30/4/75» of 1975


@lru_cache(maxsize=1024)
def _whole(text: str | None) -> int | None:
    """Return the whole number that a part of a date writes in figures, Roman figures or words."""
    if not text:
        return None
    text = text.strip().lower()
    if text.isdigit():
        return int(text)
    if text in _ROMAN:
        return _ROMAN[text]
    if text in _MONTHS:
        return _MONTHS[text]
    read = read_words(text.split())
    return int(read[0]) if read else None


def _moment(candidate: Candidate, suffix: str = "") -> Moment:
    half = candidate.part("h" + suffix)
    year, short = _whole(candidate.part("y" + suffix)), _whole(candidate.part("yy" + suffix))
    if year is None and short is not None:
        year = short + (2000 if short < _CENTURY_TURNS else 1900)
    return Moment(
        year=year,
        month=_whole(candidate.part("m" + suffix)),
        day=_whole(candidate.part("d" + suffix)),
        quarter=_whole(candidate.part("q" + suffix)),
        half=_HALVES.get(half.strip()) if half else None,
    )


def _read_moment(candidate: Candidate) -> str | None:
    moment = _moment(candidate)
    return moment.edtf() if moment.exists() else None


def _read_listed(candidate: Candidate) -> str | None:
    """Read one numeral of a list as the day, month, quarter or year that it is, the rest given once for all."""
    shared, groups = _moment(candidate), candidate.parts
    n = _whole(candidate.listed)
    if "dates" in groups:
        day, month, *year = (int(part) for part in re.split(r"[/-]", candidate.listed))
        moment = Moment(year[0] if year else None, month, day)
    elif "days" in groups:
        moment = replace(shared, day=n)
    elif "months" in groups:
        moment = replace(shared, month=n)
    else:
        moment = replace(shared, quarter=n) if "quarters" in groups else Moment(n)
    return moment.edtf() if moment.exists() else None


def _read_interval(candidate: Candidate) -> str | None:
    first, last = _moment(candidate), _moment(candidate, "2")
    first, last = completed(first, last)
    if not (first.exists() and last.exists()):
        return None
    value = interval(first, last)
    return value if _in_order(first, last) else None


def _in_order(first: Moment, last: Moment) -> bool:
    if first.year is None or last.year is None:
        return True
    start, end = _bounds(first.edtf())[0], _bounds(last.edtf())[1]
    return start <= end


def _read_open(candidate: Candidate) -> str | None:
    first = _moment(candidate)
    return interval(first, None) if first.exists() else None


def _months(candidate: Candidate, first: bool) -> str | None:
    """Read «9 tháng đầu năm 2024» or «3 tháng cuối năm»: six months are a half year, else a span of months."""
    n, year = _whole(candidate.part("n")), _whole(candidate.part("y"))
    if n is None or not 1 <= n <= 12:
        return None
    if n == 6:
        return Moment(year, half=1 if first else 2).edtf()
    if n == 12:
        return Moment(year).edtf()
    start, end = (1, n) if first else (13 - n, 12)
    return interval(Moment(year, start), Moment(year, end))


def _read_first_months(candidate: Candidate) -> str | None:
    return _months(candidate, True)


def _read_last_months(candidate: Candidate) -> str | None:
    return _months(candidate, False)


@lru_cache(maxsize=256)
def _worded(text: str) -> str | None:
    """Let dateparser resolve a date written in words or in English; it must give day, month and year."""
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY", "PARSERS": ["absolute-time"]}
    found = dateparser.parse(text, languages=["vi", "en"], settings=settings)
    return found.date().isoformat() if found else None


def _read_worded(candidate: Candidate) -> str | None:
    return _worded(" ".join(candidate.whole().split()))


_READERS = {
    "moment": _read_moment,
    "interval": _read_interval,
    "open": _read_open,
    "list": _read_listed,
    "first_months": _read_first_months,
    "last_months": _read_last_months,
    "worded": _read_worded,
}


def find_dates(view: View, claims: Claims) -> tuple[list[DateMention], list[Problem]]:
    """Return the dates and periods of a report in text order, and the problems of those that can't exist."""
    found: list[DateMention] = []
    problems: list[Problem] = []
    _own_dates(view, claims, found)
    for candidate in claimed(rules_of(view.pack, "date"), view, claims):
        value = _READERS[candidate.rule.reads](candidate)
        if value is None:
            text = view.text[candidate.start : candidate.end]
            problems.append(Problem("date.unreadable", (("text", text),), candidate.start, candidate.end))
            continue
        mention = _mention(view, candidate.start, candidate.end, candidate.rule.id, value, "text")
        try:
            told = given(mention, candidate, view)
        except HookFailed as failure:
            problems.append(failure.problem)
            continue
        if told is not None and not _is_dated(told):
            problems.append(Problem("date.unreadable", (("text", candidate.whole()),), candidate.start, candidate.end))
        elif told is not None:
            found.append(told)
    found.sort(key=lambda d: d.start)
    return [_with_bounds(d) for d in over_times(years_shared(found, view), view)], problems


def _is_dated(mention: DateMention) -> bool:
    """Tell whether the calendar has what a rule gave as its value."""
    try:
        return bool(mention.value) and _bounds(mention.value) is not None
    except ValueError:
        return False


def _own_dates(view: View, claims: Claims, found: list[DateMention]) -> None:
    """Take the dates of the letterheads, blanks and all («ngày    tháng 10 năm 2023»): the report's, then others'."""
    structure = view.structure
    dated = [(structure.date_span, structure.fields.date, "report")]
    dated += [(further.date_span, further.date, "document") for further in structure.further]
    rule = f"{BUILT_IN}/dau_van_ban"
    for span, value, role in dated:
        if not span:
            continue
        claim = Claim(span[0], span[1], "date" if value else "no_item", rule, "Ngày, tháng, năm của báo cáo")
        if claims.take(claim) and value:
            found.append(_mention(view, span[0], span[1], rule, value, role))


def _mention(view: View, start: int, end: int, rule: str, value: str, role: str) -> DateMention:
    sentence = view.sentence_at(start)
    place = (sentence.start, sentence.end) if sentence else (start, end)
    return DateMention(start, end, place, rule, value, role)


def _with_bounds(mention: DateMention) -> DateMention:
    m = mention
    return DateMention(m.start, m.end, m.sentence, m.rule, m.value, m.role, *_bounds(m.value))


_bounds = lru_cache(maxsize=1024)(bounds)
