"""What each pattern of a pack costs on one text, so that a slow one is seen beside the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import process_time

from msgspec import Struct

from pipeline.rulebook.known import Pattern
from pipeline.rulebook.rules import PatternRule
from pipeline.text.fold import fold

SLOW, SHARE = 20.0, 0.05
"""A rule is slow that costs over `SLOW` times what half of the rules cost at most, and over `SHARE` of all.

Of the shipped rules the dearest is some four times as dear as the median, at two hundredths of all.
"""


class Cost(Struct, frozen=True):
    """What a rule's pattern costs: `seconds` for the text, `share` of all rules, `ratio` to the median rule."""

    rule: str
    seconds: float
    share: float
    ratio: float

    @property
    def slow(self) -> bool:
        """Whether the rule is to be looked at."""
        return self.ratio > SLOW and self.share > SHARE


def costs(rules: Sequence[PatternRule], text: str, rounds: int = 5) -> list[Cost]:
    """Return what each rule with a regular expression costs on `text` as printed, the dearest first.

    All are measured in turn, `rounds` times over, and the median of each counts: what else the machine does meets
    all of them alike.
    """
    folded = fold(text)
    searches = [(rule.pattern, folded if rule.folded else text) for rule in rules if rule.pattern is not None]
    ids = [rule.id for rule in rules if rule.pattern is not None]
    taken = [[_seconds(*search) for search in searches] for _ in range(rounds)]
    seconds = [median(times) for times in zip(*taken, strict=True)]
    total, typical = sum(seconds) or 1.0, median(seconds or [1.0]) or 1.0
    found = [Cost(rule, time, time / total, time / typical) for rule, time in zip(ids, seconds, strict=True)]
    return sorted(found, key=lambda cost: -cost.seconds)


def _seconds(pattern: Pattern, text: str, clock: Callable[[], float] = process_time) -> float:
    start = clock()
    for _ in pattern.finditer(text):
        pass
    return clock() - start
