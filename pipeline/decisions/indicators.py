"""Indicators whose counts a reviewer put right: the value that follows from what the counts say now.

The tables tell which counts an indicator was made of, not by which of their figures, so that is read off: figures of
the counts that make the machine's value, summed or the largest, make the new one. Where two ways would give two
values, or none gives the machine's, a person has to look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from pipeline.text.numerals import canonical

_Row = Mapping[str, str]
_Combine = Callable[[Sequence[Decimal]], Decimal]


class Change(Struct, frozen=True):
    """The row of a count as the machine read it, and as it is now; None where it was rejected."""

    before: Mapping[str, str]
    after: Mapping[str, str] | None

    @property
    def is_otherwise(self) -> bool:
        """Tell whether the count may be of another indicator now, or of none."""
        return self.after is not None and any(self.before[name] != self.after[name] for name in _MEMBERSHIP)

    @property
    def matters(self) -> bool:
        """Tell whether figures differ, or what decides which indicator they are of."""
        after = self.after
        return after is None or self.is_otherwise or any(of(self.before) != of(after) for of in _FIGURES)


def revalued(indicator: Mapping[str, str], counts: Mapping[str, Change]) -> str | None:
    """Return the value of an indicator with its `counts` by item id as they are now; None where it can't be told.

    It is empty where all were rejected: whether another count of the report is the indicator's, only rules can tell.
    """
    changes = [counts[item_id] for item_id in indicator["item_ids"].split("; ") if item_id in counts]
    if not indicator["value"] or not any(change.matters for change in changes):
        return indicator["value"]
    if all(change.after is None for change in changes):
        return ""
    if any(change.is_otherwise for change in changes):
        return None
    values = set(_ways(Decimal(indicator["value"]), changes))
    return values.pop() if len(values) == 1 else None


def _ways(machine: Decimal, changes: Sequence[Change]) -> Iterator[str]:
    """Yield the new value by each way in which figures of the counts make the machine's."""
    left = [change.after for change in changes if change.after is not None]
    for of in _FIGURES:
        before, after = _figures(of, [change.before for change in changes]), _figures(of, left)
        for combine in _COMBINE:
            if before and after is not None and combine(before) == machine:
                yield canonical(combine(after)) if after else ""


def _figures(of: Callable[[_Row], str], rows: Sequence[_Row]) -> list[Decimal] | None:
    """Return a figure of each row, or None where one has no such figure."""
    told = [of(row) for row in rows]
    return [Decimal(figure) for figure in told] if all(told) else None


def _signed(row: _Row) -> str:
    is_less = row["change"] == "decrease" and not row["value"].startswith("-")
    return f"-{row['value']}" if is_less else row["value"]


def _sum(figures: Sequence[Decimal]) -> Decimal:
    return sum(figures, Decimal(0))


_FIGURES: tuple[Callable[[_Row], str], ...] = (
    lambda row: row["value"],
    _signed,
    lambda row: row["previous"],
    lambda row: row["total"],
)
_MEMBERSHIP = ("unit", "per", "object", "change", "activity_type", "status")
_COMBINE: tuple[_Combine, ...] = (_sum, max)
