"""Document numbers as they are printed: found by rules, in one written form, each with the type it has."""

from __future__ import annotations

from pipeline.extract.claims import Claims
from pipeline.extract.document_numbers.types import Typed, type_of
from pipeline.extract.given import HookFailed, given
from pipeline.extract.kinds import rules_of
from pipeline.extract.matching import Candidate, claimed
from pipeline.extract.structure import FurtherDocument
from pipeline.extract.view import View
from pipeline.model import DocumentNumber, Problem
from pipeline.text.codes import canonical_number


def find_document_numbers(view: View, claims: Claims) -> tuple[list[DocumentNumber], list[Problem]]:
    """Return the document numbers of a report in text order, with the type of each, and problems; dates come later."""
    found: list[DocumentNumber] = []
    problems: list[Problem] = []
    printed = False
    for candidate in claimed(rules_of(view.pack, "document_number"), view, claims):
        number, printed = _read(candidate, view, found[-1] if found else None, printed)
        try:
            told = given(number, candidate, view)
        except HookFailed as failure:
            problems.append(failure.problem)
            continue
        found += [told] if told is not None else []
    return found, problems


def _read(
    candidate: Candidate, view: View, before: DocumentNumber | None, before_printed: bool
) -> tuple[DocumentNumber, bool]:
    """Return one number, and whether its type stands in words; of the number before it the same."""
    code = candidate.part("number") or ""
    value = canonical_number(code + (candidate.part("rest") or ""))
    own = view.structure.number_span
    role = "own" if own and own[0] < candidate.end and candidate.start < own[1] else "cited"
    if role == "own" and view.structure.fields.number.startswith(value):
        value = view.structure.fields.number  # the letterhead is read whole where its symbol goes on in another line
    sentence = view.sentence_at(candidate.start)
    further = further_at(candidate.start, candidate.end, view)
    titled = view.structure.fields.document_type if role == "own" else further.document_type if further else None
    typed = type_of(candidate.start, value, view, before, before_printed) if titled is None else Typed(titled, value)
    number = DocumentNumber(
        candidate.start,
        candidate.end,
        (sentence.start, sentence.end) if sentence else (candidate.start, candidate.end),
        candidate.rule.id,
        typed.value,
        role,
        typed.name,
    )
    return number, typed.printed


def further_at(start: int, end: int, view: View) -> FurtherDocument | None:
    """Return the further document of the file whose own number stands in `[start, end)`, or None."""
    spans = ((further, further.number_span) for further in view.structure.further)
    return next((further for further, span in spans if span and span[0] < end and start < span[1]), None)
