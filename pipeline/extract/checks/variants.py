"""One document, two codes: a letter, a stroke or an end of the symbol that is there in one citation alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.extract.checks.citations import Citation, citations
from pipeline.extract.view import View
from pipeline.model import Item, Problem, ReportFields
from pipeline.text.citations import is_day, is_misprint, is_variant
from pipeline.text.fold import fold

_LEAST_WORDS = 6
_TITLE = re.compile(r"[^.;()\n\t]*?(?<!\w)(?:về(?: việc)?|v/v|ban hành|phê duyệt)(?!\w)([^.;()\n\t]*)")


def check_variants(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `reference.variant` for each citation whose code is another one's but for a slip, both of one day.

    Two numbers of one symbol and day are a slip only where their titles are the same too.
    """
    by_day: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in citations(view, items, fields):
        if is_day(citation.date):
            by_day[citation.date].append(citation)
    return [problem for same in by_day.values() for problem in _variants(_first_mentions(same), view)]


def _first_mentions(same: list[Citation]) -> list[Citation]:
    return list({citation.code.key: citation for citation in reversed(same)}.values())[::-1]


def _variants(same: list[Citation], view: View) -> Iterator[Problem]:
    known = view.pack.vocabulary.agencies
    told: set[str] = set()
    for one, other in combinations(same, 2):
        if other.code.key in told:
            continue
        if is_variant(one.code, other.code, known) or _is_misprinted(one, other, view):
            told.add(other.code.key)
            detail = (("number", other.item.value), ("other_number", one.item.value))
            yield Problem("reference.variant", detail, *other.span, one.span)


def _is_misprinted(one: Citation, other: Citation, view: View) -> bool:
    alike = one.code.parts == other.code.parts and one.code.year == other.code.year
    if not alike or not is_misprint(one.code.number, other.code.number) or one.item.sentence == other.item.sentence:
        return False
    title = _title_after(one, view)
    return len(title) >= _LEAST_WORDS and title == _title_after(other, view)


def _title_after(citation: Citation, view: View) -> list[str]:
    found = _TITLE.match(view.text, citation.end)
    return re.findall(r"\w+", fold(found[1])) if found else []
