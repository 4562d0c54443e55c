"""One document, two dates: a slip of the pen that only shows where a report cites a document twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.checks.citations import Citation, as_day, citations
from pipeline.extract.view import View
from pipeline.model import Item, Problem, ReportFields
from pipeline.text.citations import is_day, is_one_document

_MOST_DAYS, _MOST_OFFICES = 20, 5
"""Days of one code, and offices of one day, that others are compared with: reports give a document one or two."""


def check_dates(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `reference.dates` for each citation whose date another one contradicts, `reference.year` for one whose
    date isn't of the year in its own code.

    Of several dates the report's own is taken to be right, else the one given most often, else the first; each
    other one is told once.
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
    own = {citation.date for citation in same if citation.item.role == "own"}
    order = sorted(often, key=lambda day: (day not in own, -often[day]))  # stable: the first of those given as often
    given = _given(same)
    for at, day in enumerate(order):
        for right in order[: min(at, _MOST_DAYS)]:
            pair = _clashing(given[right], given[day])
            if pair:
                yield _told(*pair)
                break


def _given(same: list[Citation]) -> dict[str, list[Citation]]:
    """Return the citations by their dates, of those that say the same of type and office the first."""
    firsts: defaultdict[str, dict[tuple[object, ...], Citation]] = defaultdict(dict)
    for one in same:
        said = firsts[one.date]
        if len(said) < _MOST_OFFICES:
            said.setdefault((one.item.document_type, one.item.issuer, one.code), one)
    return {date: list(said.values()) for date, said in firsts.items()}


def _clashing(ones: list[Citation], others: list[Citation]) -> tuple[Citation, Citation] | None:
    """Return the first of two citations with different dates that can only be of one document, or None."""
    pairs = ((one, other) for one in ones for other in others)
    return next(((one, other) for one, other in pairs if _is_contradiction(one, other)), None)


def _is_contradiction(one: Citation, other: Citation) -> bool:
    types = {one.item.document_type, other.item.document_type} - {""}
    days, issuers = (one.date, other.date), (one.item.issuer, other.item.issuer)
    return len(types) < 2 and is_one_document(one.code, days, issuers, nearby=True)


def _told(right: Citation, wrong: Citation) -> Problem:
    detail = (("number", wrong.item.value), ("date", as_day(wrong.date)), ("other_date", as_day(right.date)))
    return Problem("reference.dates", detail, *wrong.span, right.span)
