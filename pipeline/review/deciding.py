"""A decision on a row as the log has it: one for an item or a problem, one for each field of a letterhead."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.decisions import (
    ADDED,
    FIELDS,
    Action,
    Decision,
    Ledger,
    Subject,
    SubjectKind,
    added_row,
    addition_id,
    corrected,
    corrected_field,
    said_of_addition,
    seen_of_addition,
)
from pipeline.problems import BaocaoError
from pipeline.review.loaded import Loaded
from pipeline.review.refusals import Refused
from pipeline.review.rows import LETTERHEAD, PROBLEM, Reporting, Row
from pipeline.review.verdicts import added_cells, cells_of, seen_of, subjects_of

Activities = Mapping[str, str]


def decisions_on(
    loaded: Loaded,
    row: Row,
    action: Action,
    said: Mapping[str, str],
    note: str,
    reviewer: str,
    activities: Activities,
) -> list[Decision]:
    """Return the decisions that a reviewer's word on a row makes.

    Refused `request` for an action that the row knows not, `nothing` for a correction that corrects nothing;
    BaocaoError `decision.value` for a text that can't be read.
    """
    report = loaded.report_of(row)
    if row.type == LETTERHEAD:
        return _on_letterhead(report, row, action, said, note, reviewer, loaded.ledger)
    (subject,), (seen,) = subjects_of(row), seen_of(report, row, loaded.ledger)
    if action is Action.ADD or (row.type == PROBLEM and action is Action.CORRECT):
        raise Refused("request")
    if row.rule == ADDED and action is not Action.REJECT:
        return [_of_addition(report, row, loaded.ledger, said, note, reviewer, activities)]
    cells: Mapping[str, str] = {}
    if action is Action.CORRECT:
        cells = corrected(row.kind, said, cells_of(report, row, loaded.ledger), activities)
        if not cells:
            raise Refused("nothing")
    return [Decision(subject, action, reviewer, seen, cells, note)]


def accepting(loaded: Loaded, row: Row, reviewer: str) -> list[Decision]:
    """Return the decisions by which a reviewer accepts a row as it is; none for an addition, which must be seen."""
    report = loaded.report_of(row)
    if row.rule == ADDED:
        return []
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
        raise BaocaoError("decision.value", column="value", text=said.get("value", ""))
    subject = addition_id(report.report_id, place["kind"], int(place["start"]), int(place["end"]))
    about = Subject(SubjectKind.ADDITION, subject, report.report_id, report.file)
    seen = seen_of_addition(report.tables.report)
    return Decision(about, Action.ADD, reviewer, seen, added_row(report.tables.report, place, cells), note)


def _on_letterhead(
    report: Reporting,
    row: Row,
    action: Action,
    said: Mapping[str, str],
    note: str,
    reviewer: str,
    ledger: Ledger,
) -> list[Decision]:
    """Return a decision on each field: those that were corrected, and all others accepted."""
    if action not in (Action.ACCEPT, Action.CORRECT) or not set(said) <= set(FIELDS):
        raise Refused("request")
    decisions = []
    for name, subject, seen in zip(FIELDS, subjects_of(row), seen_of(report, row, ledger), strict=True):
        cell = corrected_field(name, said[name]) if name in said and action is Action.CORRECT else seen[name]
        is_new = cell != seen[name]
        what = Action.CORRECT if is_new else Action.ACCEPT
        decisions.append(Decision(subject, what, reviewer, seen, {name: cell} if is_new else {}, note))
    if action is Action.CORRECT and all(one.action is Action.ACCEPT for one in decisions):
        raise Refused("nothing")
    return decisions


def _of_addition(
    report: Reporting,
    row: Row,
    ledger: Ledger,
    said: Mapping[str, str],
    note: str,
    reviewer: str,
    activities: Activities,
) -> Decision:
    """Return the decision by which a reviewer adds what another has added, or says otherwise what it is."""
    (subject,), (seen,) = subjects_of(row), seen_of(report, row, ledger)
    before = added_cells(report.tables, row.id, ledger)
    if before is None:
        raise Refused("not_found")
    cells = said_of_addition({**before, **corrected(row.kind, said, before, activities)})
    return Decision(subject, Action.ADD, reviewer, seen, cells, note)
