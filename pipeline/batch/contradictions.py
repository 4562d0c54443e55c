"""What the reports of a folder contradict in each other: a document with two dates or codes, one number on two reports.

Only a small digest of each report is looked at, so that a run may let go of reports that are read; what comes out
depends on the reports alone, not on the order they were read in. What stands in one report is told by
`pipeline.extract.checks`; here the two places are in two files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from pipeline.model import Problem
from pipeline.problems import CATALOGUE
from pipeline.tables import FoundProblem, ReportResult
from pipeline.tables.documents import combine
from pipeline.tables.references import Cited, Digest, Reference, digest_of
from pipeline.text.citations import code_of, is_day, is_national, is_variant, same_office, seat
from pipeline.text.fold import fold

Told = tuple[str, Problem, Cited, Cited]
"""A problem of a file, with the mention it is about and the one in another file."""


def with_contradictions(
    results: Sequence[ReportResult], agencies: Container[str], lang: str = "vi"
) -> list[ReportResult]:
    """Return `results` with the problems that only a look at all of them shows, in words of `lang`.

    `agencies` are the folded codes of offices that are known: two of them are no variants of each other.
    """
    extra: defaultdict[str, list[FoundProblem]] = defaultdict(list)
    for file, problem, here, there in contradictions([digest_of(result) for result in results], agencies):
        extra[file].append(_found(problem, here, there, lang))
    return [replace(r, problems=(*r.problems, *extra[r.file])) if r.file in extra else r for r in results]


def contradictions(digests: Sequence[Digest], agencies: Container[str]) -> Iterator[Told]:
    """Yield what the reports of `digests` contradict in each other, in an order that only they decide."""
    references = combine(digests)
    for reference in references:
        yield from _dates(reference)
    yield from _variants(references, agencies)
    yield from _repeated(digests, references)


def _found(problem: Problem, here: Cited, there: Cited, lang: str) -> FoundProblem:
    kind, place = CATALOGUE[problem.code], here.place
    message = kind.message(problem, lang)
    return FoundProblem(
        problem.code, kind.severity, message, place.text, place.start, place.end, place.page, other=there.place
    )


def _dates(reference: Reference) -> Iterator[Told]:
    """Yield `reference.dates` for each file whose date of a document isn't its own, or the one most mentions give.

    A file that gives the right date too contradicts itself, and has its problem already.
    """
    days = [day for day, _ in reference.dates if is_day(day)]
    days.sort(key=lambda day: not any(mention.own and mention.date == day for mention in reference.mentions))
    if len(days) < 2:
        return
    right = [mention for mention in reference.mentions if mention.date == days[0]]
    there = min(right, key=lambda mention: not mention.own)
    done = {(mention.place.file, day) for mention in right for day in days}
    for mention in reference.mentions:
        key = mention.place.file, mention.date
        if mention.date in days[1:] and key not in done:
            done.add(key)
            detail = (("number", mention.number), ("date", _day(mention.date)), ("other_date", _day(days[0])))
            yield mention.place.file, Problem("reference.dates", detail), mention, there


def _variants(references: Sequence[Reference], agencies: Container[str]) -> Iterator[Told]:
    """Yield `reference.variant` for each file with a code that another file gives otherwise, both of one day."""
    by_day: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in references:
        day = next((day for day, _ in reference.dates if is_day(day)), "")
        if day:
            by_day[code_of(reference.number).number, day].append(reference)
    for same in by_day.values():
        for one, other in combinations(sorted(same, key=_weight), 2):
            if is_variant(code_of(one.number), code_of(other.number), agencies):
                yield from _of_variant(one, other)


def _weight(reference: Reference) -> tuple[int, str, int]:
    """Return what decides which of two codes is taken to be right: the one used more, else the first."""
    first = reference.mentions[0].place
    return -len(reference.mentions), first.file, first.start


def _of_variant(right: Reference, wrong: Reference) -> Iterator[Told]:
    files = {mention.place.file for mention in right.mentions}
    told: set[str] = set()
    for mention in wrong.mentions:
        file = mention.place.file
        there = next((other for other in right.mentions if _one_office(mention, other)), None)
        if file not in files and file not in told and there is not None:
            told.add(file)
            detail = (("number", mention.number), ("other_number", there.number))
            yield file, Problem("reference.variant", detail), mention, there


def _one_office(one: Cited, other: Cited) -> bool:
    """Tell whether two mentions in two reports can be of one office: of the country's, or of one place."""
    code = code_of(one.number)
    if is_national(code, one.issuer) or is_national(code_of(other.number), other.issuer):
        return True
    office = same_office(one.issuer, other.issuer)
    near = bool(one.locality) and one.locality == other.locality
    return bool(office) or (office is None and near)


def _repeated(digests: Sequence[Digest], references: Sequence[Reference]) -> Iterator[Told]:
    """Yield `number.repeated` for each report whose number another one of its office and year has.

    Where date and subject are the same too, or all bytes, the report is there twice: `report.repeated`.
    """
    known = {digest.file: digest for digest in digests}
    by_number: defaultdict[tuple[str, ...], list[Cited]] = defaultdict(list)
    for mention in (mention for reference in references for mention in reference.mentions if mention.own):
        code = code_of(mention.number)
        if code.number:
            by_number[code.key, mention.date[:4], fold(mention.issuer), fold(mention.locality)].append(mention)
    for key in sorted(by_number):
        first, *rest = sorted(by_number[key], key=lambda mention: mention.place.file)
        for mention in rest:
            told = _repetition(mention, first, known)
            detail = (("number", mention.number), ("other_file", first.place.file))
            if told and mention.place.file != first.place.file:
                yield mention.place.file, Problem(told, detail), mention, first


def _repetition(mention: Cited, first: Cited, known: Mapping[str, Digest]) -> str:
    """Return the code of what two reports of one number are, or nothing where their office may be another one."""
    here, there = known[mention.place.file], known[first.place.file]
    same = fold(here.subject) == fold(there.subject) and mention.date == first.date
    if here.report_id == there.report_id or (same and mention.date):
        return "report.repeated"
    placed = mention.locality or seat(mention.issuer)[1]
    return "number.repeated" if placed and mention.issuer and mention.date else ""


def _day(edtf: str) -> str:
    return "/".join(reversed(edtf.split("-")))
