"""A decision of a person on what a machine read: what it is about, what was, what is, who, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

Cells = Mapping[str, str]
"""Cells of one row by column, as `text_cell` writes them but without the quote that guards against formulas."""


class SubjectKind(StrEnum):
    """What a decision can be about: a row, a field of a letterhead, or an item that the machine missed."""

    ITEM = "item"
    FIELD = "field"
    PROBLEM = "problem"
    ADDITION = "addition"


class Action(StrEnum):
    """What a decision says of its subject; a problem is `accepted` when it was seen to, `rejected` when it is none."""

    ACCEPT = "accepted"
    CORRECT = "corrected"
    REJECT = "rejected"
    ADD = "added"


class Subject(Struct, frozen=True):
    """What a decision is about: `id` is an `item_id`, a `field_id`, a `problem_id`, or that of an addition.

    `file` is where the reviewer saw it; two files of one content have one `report_id` and share their decisions.
    """

    kind: SubjectKind
    id: str
    report_id: str
    file: str


class Decision(Struct, frozen=True):
    """What one reviewer says of one subject.

    `seen` is what was: evidence and machine's reading (`pipeline.decisions.evidence` says which cells). `said` is what
    is: the cells that a correction puts in place of the machine's, or all cells of an added item.
    """

    subject: Subject
    action: Action
    reviewer: str
    seen: Cells
    said: Cells = field(default_factory=dict)
    note: str = ""


class Entry(Struct, frozen=True):
    """One line of the log: a decision, or the undoing of all decisions that were made as one `batch`.

    `number` counts from 1 without a gap. `at` is the time in UTC, ISO 8601. An undoing has no `decision`, and `undoes`
    names the batch.
    """

    number: int
    batch: str
    at: str
    reviewer: str
    decision: Decision | None = None
    undoes: str = ""
