"""A decision on a row as the log has it: one for an item or a problem, one for each field of a letterhead."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.decisions import (
    ADDED,
    Action,
    Cells,
    Decision,
    Standing,
    State,
    Subject,
    SubjectKind,
    added_row,
    addition_id,
    corrected,
    corrected_field,
    is_as_seen,
    said_of_addition,
    seen_of_addition,
)
from pipeline.problems import BaocaoError
from pipeline.review.loaded import Loaded
from pipeline.review.refusals import Refused
from pipeline.review.rows import LETTERHEAD, PROBLEM, Reporting, Row
from pipeline.review.verdicts import added_cells, cells_of, seen_of, standings_of, subjects_of

Activities = Mapping[str, str]


class Word(Struct, frozen=True):
    """What a reviewer says of a row; `like` is the number of an entry whose reviewer is agreed with, 0 for none."""

    action: Action
    reviewer: str
    said: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    like: int = 0


class _About(Struct, frozen=True):
    """What one decision is about: its subject, what is seen of it now, and where it stands."""

    subject: Subject
    seen: Cells
    stands: Standing

    def so(self, action: Action, word: Word, said: Cells | None = None) -> Decision:
        """Return the decision that it is so."""
        return Decision(self.subject, action, word.reviewer, self.seen, said or {}, word.note)

    def as_it_stands(self, word: Word) -> Decision:
        """Return the decision that it is as it is shown: the machine's reading, with what corrects it."""
        if self.stands.state is State.CORRECTED:
            return self.so(Action.CORRECT, word, self.stands.said)
        return self.so(Action.ACCEPT, word)

    def said_by(self, reviewer: str) -> Decision | None:
        """Return what a reviewer decided on what is seen now, None where that is nothing."""
        said = (entry.decision for entry in self.stands.entries if entry.reviewer == reviewer and entry.decision)
        return next((one for one in said if is_as_seen(self.subject.kind, one.seen, self.seen)), None)


def decisions_on(loaded: Loaded, row: Row, word: Word, activities: Activities) -> list[Decision]:
    """Return the decisions that a reviewer's word on a row makes.

    What was corrected stays so unless it is said otherwise. Refused `request` for an action that the row knows not,
    `nothing` for a correction that corrects nothing, `changed` for one to agree with that is no more; BaocaoError
    `decision.value` for a text that can't be read.
    """
    report, ledger = loaded.report_of(row), loaded.ledger
    found = zip(
        subjects_of(row), seen_of(report, row, ledger), standings_of(report, row, ledger), strict=True
    )  # fmt: skip
    abouts = [_About(*one) for one in found]
    if word.like:
        return _agreeing(abouts, word)
    if word.action is Action.ADD or (row.type == PROBLEM and word.action is Action.CORRECT):
        raise Refused("request")
    if row.type == LETTERHEAD:
        return _on_letterhead(abouts, word)
    (about,) = abouts
    if word.action is Action.REJECT:
        return [about.so(Action.REJECT, word)]
    if row.rule == ADDED:
        return [about.so(Action.ADD, word, said_of_addition(_added(loaded, row, word, activities)))]
    if word.action is Action.ACCEPT:
        return [about.as_it_stands(word)]
    return [_corrected(about, row.kind, cells_of(report, row, ledger), word, activities)]


def accepting(loaded: Loaded, row: Row, reviewer: str) -> list[Decision]:
    """Return the decisions by which a reviewer accepts a row that nobody has decided on."""
    report = loaded.report_of(row)
    pairs = zip(subjects_of(row), seen_of(report, row, loaded.ledger), strict=True)
    return [Decision(subject, Action.ACCEPT, reviewer, seen) for subject, seen in pairs]


def adding(
    report: Reporting,
    place: Mapping[str, str],
    said: Mapping[str, str],
    note: str,
    reviewer: str,
    activities: Activities,
) -> Decision:
    """Return the decision by which a reviewer adds what was missed at a `place`, as `added_row` has it.

    BaocaoError `decision.value` for a text that can't be read, and where no value is said.
    """
    cells = corrected(place["kind"], said, {}, activities)
    if not cells.get("value"):
        raise BaocaoError("decision.value", column="value", text=said.get("value", ""), form="empty")
    about, seen = _addition(report, place), seen_of_addition(report.tables.report)
    return Decision(about, Action.ADD, reviewer, seen, added_row(report.tables.report, place, cells), note)


def placing(loaded: Loaded, row: Row, place: Mapping[str, str], word: Word, activities: Activities) -> list[Decision]:
    """Return the decisions by which an addition, whose text is another now, stands at its `place` in this one.

    Where that makes it another subject the former one is rejected, so that it isn't asked about again.
    """
    report = loaded.report_of(row)
    cells = {**_added(loaded, row, word, activities), **place}
    about, seen = _addition(report, cells), seen_of_addition(report.tables.report)
    decisions = [Decision(about, Action.ADD, word.reviewer, seen, said_of_addition(cells), word.note)]
    if about.id != row.id:
        (former,) = subjects_of(row)
        decisions.append(Decision(former, Action.REJECT, word.reviewer, seen))
    return decisions


def _addition(report: Reporting, cells: Mapping[str, str]) -> Subject:
    subject = addition_id(report.report_id, cells["kind"], int(cells["start"]), int(cells["end"]))
    return Subject(SubjectKind.ADDITION, subject, report.report_id, report.file)


def _added(loaded: Loaded, row: Row, word: Word, activities: Activities) -> dict[str, str]:
    """Return the cells of an addition as they were last said, with what is said otherwise."""
    before = added_cells(loaded.report_of(row).tables, row.id, loaded.ledger)
    if before is None:
        raise Refused("not_found")
    said = word.said if word.action is Action.CORRECT else {}
    return {**before, **corrected(row.kind, said, before, activities)}


def _agreeing(abouts: list[_About], word: Word) -> list[Decision]:
    """Return the decisions by which a reviewer says what another has said, whose entry is number `like`."""
    told = (entry.reviewer for about in abouts for entry in about.stands.entries if entry.number == word.like)
    other = next(told, None)
    if other is None:
        raise Refused("changed")
    decisions = []
    for about in abouts:
        said = about.said_by(other)
        if said is None and len(abouts) == 1:
            raise Refused("changed")
        decisions.append(about.as_it_stands(word) if said is None else about.so(said.action, word, said.said))
    return decisions


def _on_letterhead(abouts: list[_About], word: Word) -> list[Decision]:
    """Return a decision on each field: as it is said, or else as it stands."""
    fields = {next(iter(about.seen)): about for about in abouts}
    if word.action is Action.REJECT or not set(word.said) <= set(fields):
        raise Refused("request")
    said = {name: corrected_field(name, text) for name, text in word.said.items()}
    if word.action is Action.ACCEPT:
        said = {}
    decisions = [_on_field(about, name, said.get(name), word) for name, about in fields.items()]
    is_new = any(one.action is Action.CORRECT for one in decisions) or any(fields[name].stands.entries for name in said)
    if word.action is Action.CORRECT and not is_new:
        raise Refused("nothing")
    return decisions


def _on_field(about: _About, name: str, cell: str | None, word: Word) -> Decision:
    if cell is None:
        return about.as_it_stands(word)
    return about.so(Action.ACCEPT, word) if cell == about.seen[name] else about.so(Action.CORRECT, word, {name: cell})


def _corrected(about: _About, kind: str, machine: Cells, word: Word, activities: Activities) -> Decision:
    """Return the decision that corrects an item, on top of what corrects it already.

    To say what the machine reads, where somebody has decided otherwise, is to accept that.
    """
    stands = about.stands
    before = dict(stands.said) if stands.state is State.CORRECTED else {}
    cells = {**before, **corrected(kind, word.said, {**machine, **before}, activities)}
    cells = {name: cell for name, cell in cells.items() if cell != machine.get(name, "")}
    if cells:
        return about.so(Action.CORRECT, word, cells)
    if not (word.said and stands.entries):
        raise Refused("nothing")
    return about.so(Action.ACCEPT, word)
