"""One document, two codes: a letter, a stroke or an end of the symbol that is there in one citation alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.checks.citations import Citation, citations
from pipeline.extract.view import View
from pipeline.model import Item, Problem, ReportFields
from pipeline.text.citations import is_day, is_misprint, is_variant, slips_among
from pipeline.text.fold import fold

_LEAST_WORDS = 6
_MOST_OF_NUMBER = 50  # documents of one number and day between two that are compared: offices differ, few share a day
_TITLE = re.compile(r"[^.;()\n\t]*?(?<!\w)(?:về(?: việc)?|v/v|ban hành|phê duyệt)(?!\w)([^.;()\n\t]*)")


def check_variants(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `reference.variant` for each citation whose code is another one's but for a slip, both of one day.

    Two numbers of one symbol and day are a slip only where their titles are the same too.
    """
    by_day: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in citations(view, items, fields):
        if is_day(citation.date):
            by_day[citation.date].append(citation)
    alike = [_first_mentions(same) for same in by_day.values() if len(same) > 1]
    return [problem for same in alike for problem in _variants(same, view)]


def _first_mentions(same: list[Citation]) -> list[Citation]:
    return list({citation.code.key: citation for citation in reversed(same)}.values())[::-1]


def _variants(same: list[Citation], view: View) -> Iterator[Problem]:
    known = view.pack.vocabulary.agencies
    told: set[str] = set()
    for first, second in _pairs(same):
        one, other = same[first], same[second]
        if other.code.key in told:
            continue
        if is_variant(one.code, other.code, known) or _is_misprinted(one, other, view):
            told.add(other.code.key)
            detail = (("number", other.item.value), ("other_number", one.item.value))
            yield Problem("reference.variant", detail, *other.span, one.span)


def _pairs(same: list[Citation]) -> list[tuple[int, int]]:
    """Return the places of each two citations that may be variants: of one number, or of numbers that a slip parts."""
    by_number: defaultdict[str, list[int]] = defaultdict(list)
    by_symbol: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for at, citation in enumerate(same):
        by_number[citation.code.number].append(at)
        by_symbol[citation.code.year, citation.code.parts].append(at)
    found = {
        (one, other) for alike in by_number.values() for at, other in enumerate(alike)
        for one in alike[max(0, at - _MOST_OF_NUMBER) : at]
    }  # fmt: skip
    for alike in by_symbol.values():
        slips = slips_among([same[at].code.number for at in alike]) if len(alike) > 1 else ()
        found.update((alike[one], alike[other]) for one, other in slips)
    return sorted(found)


def _is_misprinted(one: Citation, other: Citation, view: View) -> bool:
    alike = one.code.parts == other.code.parts and one.code.year == other.code.year
    if not alike or not is_misprint(one.code.number, other.code.number) or one.item.sentence == other.item.sentence:
        return False
    title = _title_after(one, view)
    return len(title) >= _LEAST_WORDS and title == _title_after(other, view)


def _title_after(citation: Citation, view: View) -> list[str]:
    found = _TITLE.match(view.text, citation.end)
    return re.findall(r"\w+", fold(found[1])) if found else []
