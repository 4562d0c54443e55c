"""The figures of an evaluation: precision, recall and F1 by kind, shares of what is right, and every fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from pipeline.evaluation.gold import ATTRIBUTES, FIELDS, KINDS

STATES = ("missed", "wrong", "attribute", "field", "indicator", "segment", "report")
"""What a fault may be: an item missed or found wrong, a column of a found item or of the report or an indicator that
is wrong, a segment that is not in the text, a report that is not in the run."""

ALL, REPORT_FIELDS, INDICATORS, RULE_PACK = "all", "report_fields", "indicators", "rule_pack"
_PARTS = ("precision", "recall", "loose")
FIGURES = (
    ALL,
    *KINDS,
    *(f"{kind}.{part}" for kind in KINDS for part in _PARTS),
    *ATTRIBUTES,
    REPORT_FIELDS,
    INDICATORS,
    RULE_PACK,
)
"""The names of all figures; a kind alone is its F1."""


class Tally(Struct):
    """Items found right, missed and found wrong."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what there is that was found."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __bool__(self) -> bool:
        return bool(self.hit or self.missed or self.wrong)

    def add(self, other: Tally) -> None:
        """Count what `other` counted."""
        self.hit += other.hit
        self.missed += other.missed
        self.wrong += other.wrong


class Fault(Struct, frozen=True):
    """One thing that is not as the gold wants it: `state` is one of `STATES`, `kind` a kind of item or a column.

    `text` are the words it is about, `found` what stands in the table instead; place and rule are those of the row
    that was found, which an item missed need not have.
    """

    state: str
    kind: str
    file: str
    text: str = ""
    wanted: str = ""
    found: str = ""
    sentence: str = ""
    rule: str = ""
    page: str = ""
    start: str = ""
    end: str = ""


class Score(Struct):
    """What came of one report or of many: tallies by kind, strict and loose, columns right and asked, and faults."""

    strict: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    loose: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count what `other` counted."""
        for kind in KINDS:
            self.strict[kind].add(other.strict[kind])
            self.loose[kind].add(other.loose[kind])
        self.right.update(other.right)
        self.asked.update(other.asked)
        self.faults += other.faults

    def f1(self, kind: str = ALL) -> float:
        """Return the F1 of a kind, or of all items."""
        return self._tally(kind).f1

    def _tally(self, kind: str) -> Tally:
        if kind != ALL:
            return self.strict[kind]
        total = Tally()
        for tally in self.strict.values():
            total.add(tally)
        return total

    def share(self, columns: Iterable[str]) -> float | None:
        """Return the share of `columns` that is right, or None where the gold asks for none of them."""
        names = list(columns)
        asked = sum(self.asked[name] for name in names)
        return sum(self.right[name] for name in names) / asked if asked else None

    def figure(self, name: str) -> float | None:
        """Return the figure called `name`, one of `FIGURES`, or None where there is nothing to measure."""
        if name == REPORT_FIELDS:
            return self.share(map(report_field, FIELDS))
        if name in (*ATTRIBUTES, INDICATORS, RULE_PACK):
            return self.share([name])
        kind, _, part = name.partition(".")
        if not self._tally(kind):
            return None
        if part == "loose":
            return self.loose[kind].f1
        return (
            {"precision": self.strict[kind].precision, "recall": self.strict[kind].recall}[part]
            if part
            else (self.f1(kind))
        )

    def told(self, *kinds: str) -> list[str]:
        """Return the faults of `kinds` in words, for a test that fails."""
        return [
            f"{fault.state} {fault.file}: {fault.text} {fault.wanted!r}, found {fault.found!r} ({fault.rule})"
            for fault in self.faults
            if fault.kind in kinds
        ]


def report_field(name: str) -> str:
    """Return what a field of `reports.csv` is counted as, since items have columns of the same names."""
    return f"report.{name}"
