"""Rows and their evidence as the page is told them: where each stands, who said what, and what else is at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.decisions import Entry, SubjectKind
from pipeline.review.forms import Forms
from pipeline.review.loaded import Loaded
from pipeline.review.rows import ITEM, PROBLEM, Mark, Reporting, Row, mark_of
from pipeline.review.verdicts import cells_of, seen_of, standings_of, subjects_of
from pipeline.tables.identity import content_id

Told = dict[str, object]


def told_rows(loaded: Loaded, numbers: Sequence[int], reviewer: str) -> list[Told]:
    """Return rows by their numbers, as they stand and as `reviewer` decided on them."""
    rows = loaded.index.shelf.rows(numbers)
    return [_told_row(loaded, n, row, reviewer) for n, row in zip(numbers, rows, strict=True)]


def told_verdicts(loaded: Loaded, forms: Forms, row: Row) -> Told:
    """Return what is seen of a row, what was said of it, and the form to say otherwise."""
    report = loaded.report_of(row)
    machine = cells_of(report, row, loaded.ledger)
    standings = standings_of(report, row, loaded.ledger)
    said = {name: cell for one in standings if one.is_standing for name, cell in one.said.items()}
    cells = {**machine, **said}
    return {
        "seen": {name: cell for one in seen_of(report, row, loaded.ledger) for name, cell in one.items()},
        "cells": cells,
        "form": forms.filled(row, machine, cells),
        "verdicts": [_verdict(entry) for one in standings for entry in one.entries],
        "messages": _messages(report, row),
        "sentence": cells.get("sentence", ""),
        "section": [part for part in cells.get("section", "").split(" > ") if part],
    }


def shown_of(loaded: Loaded, row: Row) -> str:
    """Return what stands for that which a reviewer sees of a row.

    It is another where the machine reads the row otherwise, and where another correction stands or was added.
    """
    seen = seen_of(loaded.report_of(row), row, loaded.ledger)
    told = [f"{name}={cell}" for one in seen for name, cell in one.items() if name != "message"]
    said = sorted(loaded.said(row).items())
    return content_id(*told, *(f"said {name}={cell}" for name, cell in said))


def marks_of(loaded: Loaded, report: Reporting) -> list[Mark]:
    """Return all that was found in a report, by the machine and by people."""
    return [
        *report.marks,
        *(mark_of(cells, cells["kind"], report.key(ITEM, cells["item_id"])) for cells in loaded.additions(report)),
    ]


def _told_row(loaded: Loaded, n: int, row: Row, reviewer: str) -> Told:
    entries = [entry for subject in subjects_of(row) for entry in loaded.ledger.of(subject.id)]
    own = [entry for entry in entries if entry.reviewer == reviewer]
    last = max((entry.number for entry in own), default=0)
    return {
        **row.told(),
        "state": loaded.index.columns.state_of(n),
        "reviewers": sorted({entry.reviewer for entry in entries}),
        "shown": shown_of(loaded, row),
        "own": {"number": last, "action": _action(own)} if own else None,
    }


def _action(own: Sequence[Entry]) -> str:
    """Return what a reviewer did with a row: with a letterhead, whether any field was corrected."""
    actions = [entry.decision.action.value for entry in own if entry.decision is not None]
    return "corrected" if "corrected" in actions else (actions[-1] if actions else "")


def _verdict(entry: Entry) -> Told:
    decision = entry.decision
    assert decision is not None
    field = next(iter(decision.seen), "") if decision.subject.kind is SubjectKind.FIELD else ""
    return {
        "reviewer": entry.reviewer,
        "action": decision.action.value,
        "at": entry.at,
        "number": entry.number,
        "said": dict(decision.said),
        "seen": dict(decision.seen),
        "note": decision.note,
        "field": field,
    }


def _messages(report: Reporting, row: Row) -> list[str]:
    """Return what the problems at the place of a row say, those of the whole file at the letterhead."""
    if row.type == PROBLEM:
        return [report.problems[row.id]["message"]]
    if row.start < 0:
        return [cells["message"] for cells in report.tables.problems if not cells["start"]]
    near = (cells for cells in report.tables.problems if cells["start"])
    return [cells["message"] for cells in near if _overlaps(cells, row)]


def _overlaps(cells: Mapping[str, str], row: Row) -> bool:
    start, end = int(cells["start"]), int(cells["end"])
    return start < row.end and row.start < max(end, start + 1)
