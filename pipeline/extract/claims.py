"""Who owns which characters: spans are claimed in order, and what loses remembers what it lost to."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

BUILT_IN = "baocao"
"""The pack part of the ids of what no rule pack says: table cells, labels, the letterhead's own date."""


class Claim(NamedTuple):
    """A span that one rule owns. `kind` is the kind of item, or `no_item` for something named that is none."""

    start: int
    end: int
    kind: str
    rule: str
    title: str


class Loss(NamedTuple):
    """A claim that came too late, and the claim that already owned part of its span."""

    claim: Claim
    winner: Claim


class Claims:
    """The claims of one report: never overlapping, kept by start."""

    __slots__ = ("_ends", "_owned", "lost")

    def __init__(self) -> None:
        self._owned: list[Claim] = []
        self._ends: list[int] = []
        self.lost: list[Loss] = []

    def owner(self, start: int, end: int) -> Claim | None:
        """Return the first claim that overlaps `[start, end)`, or None where it is free."""
        at = bisect_right(self._ends, start)
        if at < len(self._owned) and self._owned[at].start < end:
            return self._owned[at]
        return None

    def take(self, claim: Claim) -> bool:
        """Claim the span if it is free and return whether it was; a refused claim is remembered."""
        at = bisect_right(self._ends, claim.start)
        if at < len(self._owned) and self._owned[at].start < claim.end:
            self.lose(claim, self._owned[at])
            return False
        self._owned.insert(at, claim)
        self._ends.insert(at, claim.end)
        return True

    def lose(self, claim: Claim, winner: Claim) -> None:
        """Remember that `claim` came too late for what `winner` owns."""
        self.lost.append(Loss(claim, winner))

    def widen(self, claim: Claim, start: int, end: int) -> Claim:
        """Let `claim` grow to `[start, end)` as far as no other claim is touched, and return what it became."""
        at = self._owned.index(claim)
        low = self._ends[at - 1] if at else 0
        high = self._owned[at + 1].start if at + 1 < len(self._owned) else end
        wider = Claim(max(start, low), min(end, high), claim.kind, claim.rule, claim.title)
        self._owned[at], self._ends[at] = wider, wider.end
        return wider

    def all(self) -> tuple[Claim, ...]:
        """Return all claims, by start."""
        return tuple(self._owned)
