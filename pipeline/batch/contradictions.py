"""What the reports of a folder contradict in each other: a document with two dates or codes, one number on two reports.

Only a small digest of each report is looked at, so that a run may let go of reports that are read; what comes out
depends on the reports alone, not on the order they were read in. What stands in one report is told by
`pipeline.extract.checks`; here the two places are in two files.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Protocol

from pipeline.batch.variants import variant_documents
from pipeline.model import Problem
from pipeline.problems import CATALOGUE
from pipeline.tables import FoundProblem, Place
from pipeline.tables.citations import At, Citations
from pipeline.tables.references import Reference, Wording
from pipeline.text.citations import code_of, is_day, seat
from pipeline.text.fold import fold

_DATES, _VARIANTS, _REPEATED, _EQUAL = range(4)
_NOTHING = hashlib.sha256(b"").hexdigest()


class _Tell(Protocol):
    def __call__(self, step: int, problem: Problem, here: At, there: At) -> None:
        """Tell a problem of the file that `here` is in, with the place in another one."""


def contradictions(
    citations: Citations, agencies: Container[str], lang: str = "vi"
) -> Iterator[tuple[str, list[FoundProblem]]]:
    """Yield by file, in the order of files, what the reports of `citations` contradict in each other, in `lang`.

    `agencies` are the folded codes of offices that are known: two of them are no variants of each other.
    """
    tell = partial(_tell, citations, lang)
    for references in citations.references():
        for reference in references:
            _dates(reference, tell)
        for here, there in variant_documents(references, agencies):
            detail = (("number", here.says.number), ("other_number", there.says.number))
            tell(_VARIANTS, Problem("reference.variant", detail), here, there)
        for _, of_code in groupby(references, key=lambda reference: reference.of.key):
            _repeated(of_code, citations, tell)
    for file, first in citations.equal():
        if not _NOTHING.startswith(citations.report(file)[0]):  # an empty file is told to be that
            citations.tell(_EQUAL, file, _equal(first, lang))
    yield from citations.problems()


def _tell(citations: Citations, lang: str, step: int, problem: Problem, here: At, there: At) -> None:
    kind = CATALOGUE[problem.code]
    found = FoundProblem(problem.code, kind.severity, kind.message(problem, lang))
    citations.tell(step, here.file, found, here, there)


def _equal(first: str, lang: str) -> FoundProblem:
    kind = CATALOGUE["file.duplicate"]
    message = kind.message(Problem("file.duplicate", (("other_file", first),)), lang)
    return FoundProblem("file.duplicate", kind.severity, message, other=Place(first))


def _dates(reference: Reference, tell: _Tell) -> None:
    """Tell `reference.dates` of each file whose date of a document isn't its own, or the one most mentions give.

    A file that gives the right date too contradicts itself, and has its problem already.
    """
    days = [day for day, _ in reference.dates if is_day(day)]
    if len(days) < 2:
        return
    own = {wording.date for wording in reference.said if wording.own}
    days.sort(key=lambda day: day not in own)
    of, (day, *others) = reference.of, days
    right = array("i", (mention for mention in reference.mentions if of.says(mention).date == day))
    there = At(of, min(right, key=lambda mention: not of.says(mention).own))
    right_files, told = {of.file[mention] for mention in right}, set()
    for mention in reference.mentions:
        says, file = of.says(mention), of.file[mention]
        if says.date in others and file not in right_files and (file, says.date) not in told:
            told.add((file, says.date))
            detail = (("number", says.number), ("date", _day(says.date)), ("other_date", _day(day)))
            tell(_DATES, Problem("reference.dates", detail), At(of, mention), there)


def _repeated(references: Iterable[Reference], citations: Citations, tell: _Tell) -> None:
    """Tell `number.repeated` of each report whose number another one of its office and year has, all of one code.

    Where date and subject are the same too, the report is there twice: `report.repeated`. Where all bytes are, the
    file is told to be twice there.
    """
    by_office: defaultdict[tuple[str, str, str], list[At]] = defaultdict(list)
    for reference in references:
        if any(wording.own for wording in reference.said) and code_of(reference.number).number:
            for mention in reference.mentions:
                says = reference.of.says(mention)
                if says.own:
                    office = says.date[:4], fold(says.issuer), fold(says.locality)
                    by_office[office].append(At(reference.of, mention))
    for office in sorted(by_office):
        first, *rest = sorted(by_office[office], key=lambda at: at.file)
        report = citations.report(first.file) if rest else ("", "")
        for at in rest:
            if at.file != first.file:
                told = _repetition(at.says, first.says, citations.report(at.file), report)
                detail = (("number", at.says.number), ("other_file", first.file))
                if told:
                    tell(_REPEATED, Problem(told, detail), at, first)


def _repetition(own: Wording, first: Wording, here: tuple[str, str], there: tuple[str, str]) -> str:
    """Return the code of what two reports of one number are, or nothing where their office may be another one.

    `here` and `there` are id and subject of the reports; the id is that of their bytes.
    """
    if here[0] == there[0]:
        return ""
    if own.date and own.date == first.date and fold(here[1]) == fold(there[1]):
        return "report.repeated"
    placed = own.locality or seat(own.issuer)[1]
    return "number.repeated" if placed and own.issuer and own.date else ""


def _day(edtf: str) -> str:
    return "/".join(reversed(edtf.split("-")))
