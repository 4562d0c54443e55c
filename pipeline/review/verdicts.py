"""Where each row stands by what was decided: an item or a problem is one subject, a letterhead one for each field."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.decisions import (
    ADDED,
    FIELDS,
    Cells,
    Entry,
    Ledger,
    ReportTables,
    Standing,
    State,
    Subject,
    SubjectKind,
    added_item,
    field_id,
    seen_of_addition,
    seen_of_field,
    seen_of_item,
    seen_of_problem,
    standing,
)
from pipeline.review.rows import LETTERHEAD, PROBLEM, Reporting, Row

_WORST = (State.DISPUTED, State.CHANGED)  # of a letterhead if one field is so


class Verdict(Struct, frozen=True):
    """Where a row stands: its state, the entries that say so, and what they put in place of the machine's cells."""

    state: State = State.OPEN
    entries: tuple[Entry, ...] = ()
    said: Cells = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The number of the last entry, 0 where there is none."""
        return max((entry.number for entry in self.entries), default=0)


def subjects_of(row: Row) -> list[Subject]:
    """Return what is decided on by a decision on a row."""
    if row.type == LETTERHEAD:
        return [Subject(SubjectKind.FIELD, field_id(row.report_id, name), row.report_id, row.file) for name in FIELDS]
    kind = SubjectKind.PROBLEM if row.type == PROBLEM else SubjectKind.ITEM
    kind = SubjectKind.ADDITION if row.rule == ADDED else kind
    return [Subject(kind, row.id, row.report_id, row.file)]


def cells_of(report: Reporting, row: Row, ledger: Ledger) -> Mapping[str, str]:
    """Return the cells of a row as the machine read it, or as it was added."""
    if row.type == LETTERHEAD:
        return report.tables.report
    if row.type == PROBLEM:
        return report.problems[row.id]
    return report.items.get(row.id) or added_cells(report.tables, row.id, ledger) or {}


def added_cells(tables: ReportTables, subject: str, ledger: Ledger) -> dict[str, str] | None:
    """Return the row of an addition as it was last said, None where nobody adds it any more."""
    decisions = [entry.decision for entry in ledger.of(subject) if entry.decision is not None]
    said = [one.said for one in decisions if one.said]
    return {**added_item(tables.report, said[-1]), "item_id": subject} if said else None


def seen_of(report: Reporting, row: Row, ledger: Ledger) -> list[dict[str, str]]:
    """Return what is seen of each of the subjects of a row."""
    cells = cells_of(report, row, ledger)
    if row.type == LETTERHEAD:
        return [seen_of_field(cells, name) for name in FIELDS]
    if row.type == PROBLEM:
        return [seen_of_problem(cells)]
    return [seen_of_addition(report.tables.report) if row.rule == ADDED else seen_of_item(cells)]


def standings_of(report: Reporting, row: Row, ledger: Ledger) -> list[Standing]:
    """Return where each of the subjects of a row stands."""
    pairs = zip(subjects_of(row), seen_of(report, row, ledger), strict=True)
    return [standing(ledger.of(subject.id), seen) for subject, seen in pairs]


def verdict_of(report: Reporting, row: Row, ledger: Ledger) -> Verdict:
    """Return where a row stands."""
    found = standings_of(report, row, ledger)
    entries = tuple(entry for one in found for entry in one.entries)
    said = {name: cell for one in found if one.state is State.CORRECTED for name, cell in one.said.items()}
    return Verdict(_state(found), entries, said)


def _state(found: list[Standing]) -> State:
    """Return the state of a row; a letterhead is corrected if one field is, and accepted if all are."""
    states = {one.state for one in found}
    for worst in _WORST:
        if worst in states:
            return worst
    if State.OPEN in states:
        return State.CORRECTED if State.CORRECTED in states else State.OPEN
    return State.CORRECTED if State.CORRECTED in states else states.pop()
