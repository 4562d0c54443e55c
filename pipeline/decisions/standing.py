"""Where a subject stands when all who looked at it have spoken: agreed, disputed, or to be asked again."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct, field

from pipeline.decisions.decision import Action, Cells, Entry
from pipeline.decisions.evidence import is_as_seen


class State(StrEnum):
    """Where a subject stands.

    `disputed` means that reviewers say different things of it, `changed` that the machine now reads something else in
    it than the one who decided saw: neither is in the tables before somebody decides again.
    """

    OPEN = ""
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"
    DISPUTED = "disputed"
    CHANGED = "changed"


STATES: dict[str, tuple[str, str]] = {
    "": ("Chưa rà soát", "Open"),
    "accepted": ("Đã chấp nhận", "Accepted"),
    "corrected": ("Đã sửa", "Corrected"),
    "rejected": ("Đã bác bỏ", "Rejected"),
    "added": ("Người rà soát thêm", "Added by a reviewer"),
    "disputed": ("Ý kiến khác nhau", "Disputed"),
    "changed": ("Máy đọc khác trước", "Read otherwise"),
}
"""What each state is called, in Vietnamese and in English."""

_OF_ACTION = {
    Action.ACCEPT: State.ACCEPTED,
    Action.CORRECT: State.CORRECTED,
    Action.REJECT: State.REJECTED,
    Action.ADD: State.ADDED,
}
STANDING = frozenset({State.ACCEPTED, State.CORRECTED, State.REJECTED, State.ADDED})
"""The states in which a decision stands in the tables."""


class Standing(Struct, frozen=True):
    """Where a subject stands, and by whose words: `entries` are the last of each reviewer, by number.

    `said` are the cells that are put in place of the machine's, `reviewer` all who say so, `at` when it was last said.
    """

    state: State = State.OPEN
    entries: tuple[Entry, ...] = ()
    said: Cells = field(default_factory=dict)
    reviewer: str = ""
    at: str = ""
    note: str = ""

    @property
    def is_standing(self) -> bool:
        """Tell whether the tables are to have it so."""
        return self.state in STANDING


def standing(entries: Sequence[Entry], now: Cells) -> Standing:
    """Return where a subject stands that is `now` so, by the last `entries` of its reviewers.

    A correction that the machine now reads by itself has become an acceptance. Where some saw what is there now and
    others what was there before, the word of those who saw it counts.
    """
    heard = [verdict for entry in entries if (verdict := _verdict(entry, now)) is not None]
    if not heard:
        return Standing(State.CHANGED, tuple(entries)) if entries else Standing()
    said = {(state, tuple(sorted(cells.items()))) for _, state, cells in heard}
    if len(said) > 1:
        return Standing(State.DISPUTED, tuple(entries))
    _, state, cells = heard[0]
    by = [entry for entry, _, _ in heard]
    notes = dict.fromkeys(entry.decision.note for entry in by if entry.decision and entry.decision.note)
    names = "; ".join(sorted({entry.reviewer for entry in by}))
    return Standing(state, tuple(entries), cells, names, max(entry.at for entry in by), "; ".join(notes))


def _verdict(entry: Entry, now: Cells) -> tuple[Entry, State, Cells] | None:
    """Return what an entry says of the subject as it is `now`, or None where it was said of something else."""
    decision = entry.decision
    if decision is None:
        return None
    kind, state = decision.subject.kind, _OF_ACTION[decision.action]
    if is_as_seen(kind, decision.seen, now):
        return entry, state, decision.said
    if decision.action is Action.CORRECT:
        meant = {name: cell for name, cell in {**decision.seen, **decision.said}.items() if cell}
        if meant == {name: cell for name, cell in now.items() if cell}:
            return entry, State.ACCEPTED, {}
    return None
