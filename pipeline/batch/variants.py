"""Documents that one report gives with a code and another with its variant, both of one day and office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from pipeline.tables.citations import At
from pipeline.tables.references import Reference, Wording
from pipeline.text.citations import Code, code_of, is_day, is_national, same_office, seat
from pipeline.text.variants import variants


def variant_documents(references: Sequence[Reference], agencies: Container[str]) -> Iterator[tuple[At, At]]:
    """Yield the first mention in each file of a code that another file gives otherwise, with that one's mention.

    `references` are the documents of one number; of two codes the one that is used more is taken to be right.
    """
    by_day: defaultdict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        day = next((day for day, _ in reference.dates if is_day(day)), "")
        if day:
            by_day[day].append(reference)
    for same in by_day.values():
        codes = {code_of(reference.number) for reference in same}
        found = variants(codes, agencies) if len(codes) > 1 else set()
        if found:
            yield from _of_day(sorted(same, key=_weight), found)


def _weight(reference: Reference) -> tuple[int, str, int]:
    """Return what decides which of two codes is taken to be right: the one used more, else the first."""
    return -len(reference.mentions), *reference.first


def _of_day(ordered: Sequence[Reference], found: set[tuple[Code, Code]]) -> Iterator[tuple[At, At]]:
    """Yield the pairs of mentions of documents in their order whose codes are `found` to be variants."""
    others: defaultdict[Code, list[Code]] = defaultdict(list)
    for code, variant in found:
        others[code].append(variant)
    filed: defaultdict[tuple[Code, _Place], list[int]] = defaultdict(list)
    for at, reference in enumerate(ordered):
        for place in (*_places(reference), _ANY, *([_COUNTRY] if _of_country(reference) else [])):
            filed[code_of(reference.number), place].append(at)
    for at, right in enumerate(ordered):
        codes = others.get(code_of(right.number), [])
        asked = (*_places(right), _COUNTRY, *([_ANY] if _of_country(right) else [])) if codes else ()
        near = {other for code in codes for place in asked for other in filed.get((code, place), ()) if other > at}
        shown = _Shown(right) if near else None
        for other in sorted(near):
            if shown:
                yield from shown.variants(ordered[other])


_Place = tuple[str, str]
_ANY, _COUNTRY = ("", "any"), ("", "country")  # offices of the country may be those of any place


def _places(reference: Reference) -> set[_Place]:
    """Return what documents of one office share: the place of the office, or that of the report that names it."""
    named = {seat(wording.issuer) for wording in reference.said}
    near = {("locality", wording.locality) for wording in reference.said if wording.locality}
    return {place for place in named if place[1]} | near


def _of_country(reference: Reference) -> bool:
    return any(_is_national(wording) for wording in reference.said)


def _is_national(wording: Wording) -> bool:
    return is_national(code_of(wording.number), wording.issuer)


class _Shown:
    """The document whose code is taken to be right, with the first mention that says a thing."""

    def __init__(self, right: Reference) -> None:
        self._of = right.of
        self._files = {right.of.named(mention) for mention in right.mentions}
        self._firsts: dict[Wording, int] = {}
        for mention in right.mentions:
            self._firsts.setdefault(right.of.says(mention), mention)
        self._country = next((first for wording, first in self._firsts.items() if _is_national(wording)), None)
        self._seats: dict[_Place, int] = {}
        self._near: defaultdict[str, list[tuple[Wording, int]]] = defaultdict(list)
        for wording, first in self._firsts.items():
            self._seats.setdefault(seat(wording.issuer), first)
            self._near[wording.locality].append((wording, first))

    def variants(self, wrong: Reference) -> Iterator[tuple[At, At]]:
        """Yield the first mention of `wrong` in each file that doesn't mention the right one, with one of that."""
        told: set[str] = set()
        mentioned = {wording: self._mentioned(wording) for wording in wrong.said}
        for mention in wrong.mentions:
            file, there = wrong.of.named(mention), mentioned[wrong.of.says(mention)]
            if there is not None and file not in self._files and file not in told:
                told.add(file)
                yield At(wrong.of, mention), At(self._of, there)

    def _mentioned(self, wording: Wording) -> int | None:
        """Return the first mention that can be of the office of `wording`: the country's, of its place, or near it."""
        if _is_national(wording):
            return next(iter(self._firsts.values()))
        place = seat(wording.issuer)
        near = self._near.get(wording.locality, ()) if wording.locality else ()
        found = [
            self._country,
            self._seats.get(place) if place[1] else None,
            next((first for other, first in near if same_office(wording.issuer, other.issuer) is None), None),
        ]
        return min((first for first in found if first is not None), default=None)
