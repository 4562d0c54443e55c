"""One document, two dates: a slip of the pen that only shows where a report cites a document twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.checks.citations import Citation, as_day, citations
from pipeline.extract.view import View
from pipeline.model import Item, Problem, ReportFields
from pipeline.text.citations import Clash, clash, is_day, is_local, is_national, same_office


def check_dates(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `reference.dates` for each citation whose date another one contradicts, `reference.year` for one whose
    date isn't of the year in its own code.

    Of several dates the one given most often is taken to be right, else the first; each other one is told once.
    """
    by_code: defaultdict[str, list[Citation]] = defaultdict(list)
    problems = []
    for citation in citations(view, items, fields):
        if not is_day(citation.date):
            continue
        if citation.code.year and citation.code.year != citation.date[:4]:
            problems.append(_wrong_year(citation))
        else:
            by_code[citation.code.key].append(citation)
    return [*problems, *(found for same in by_code.values() for found in _contradictions(same))]


def _wrong_year(citation: Citation) -> Problem:
    detail = (("number", citation.item.value), ("date", as_day(citation.date)))
    return Problem("reference.year", detail, *citation.span)


def _contradictions(same: list[Citation]) -> Iterator[Problem]:
    often = Counter(citation.date for citation in same)
    order = sorted(often, key=lambda day: -often[day])  # stable: the first of those given as often
    for at, day in enumerate(order):
        for right in order[:at]:
            pair = _clashing(same, right, day)
            if pair:
                yield _told(*pair)
                break


def _clashing(same: list[Citation], right: str, day: str) -> tuple[Citation, Citation] | None:
    """Return the first citations with the two dates that can only be of one document, or None."""
    pairs = ((one, other) for one in same if one.date == right for other in same if other.date == day)
    return next(((one, other) for one, other in pairs if is_contradiction(one, other)), None)


def is_contradiction(one: Citation, other: Citation) -> bool:
    """Tell whether two citations of one code are of one document with two dates, and not of two documents.

    A symbol that many offices share («12/KH-UBND») names one document only with the office, or where nothing but
    day and month were swapped or the year is another.
    """
    found = clash(one.date, other.date)
    office = same_office(one.item.issuer, other.item.issuer)
    types = {one.item.document_type, other.item.document_type} - {""}
    if found is Clash.NONE or len(types) > 1:
        return False
    if one.code.year or is_national(one.code, one.item.issuer):
        return True
    if office is False:
        return False
    if not is_local(one.code):
        return True
    return found is Clash.SLIP and (_is_swap(one.date, other.date) or one.item.issuer == other.item.issuer)


def _is_swap(one: str, other: str) -> bool:
    return one[5:] == other[5:] or (one[5:7] == other[8:] and one[8:] == other[5:7])


def _told(right: Citation, wrong: Citation) -> Problem:
    detail = (("number", wrong.item.value), ("date", as_day(wrong.date)), ("other_date", as_day(right.date)))
    return Problem("reference.dates", detail, *wrong.span, right.span)
