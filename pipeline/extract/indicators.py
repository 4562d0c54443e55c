"""Indicators of a rule pack, computed from the counts of one report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.extract.view import View
from pipeline.model import Count, IndicatorValue, Item
from pipeline.rulebook import Indicator
from pipeline.text.fold import fold


def find_indicators(view: View, items: Sequence[Item]) -> tuple[IndicatorValue, ...]:
    """Return every indicator of the pack, in its order; one that the report does not state has no value."""
    return tuple(_indicator(indicator, view, items) for indicator in view.pack.indicators)


def _indicator(indicator: Indicator, view: View, items: Sequence[Item]) -> IndicatorValue:
    units = frozenset(map(fold, indicator.units))
    empty = IndicatorValue(indicator.code, indicator.label, indicator.unit)
    taken = [(i, c) for i, c in enumerate(items) if isinstance(c, Count) and _counts(indicator, units, c, view)]
    stated = [(i, c) for i, c in taken if c.status != "none"]
    taken = stated or taken[:1]
    if not taken:
        return empty
    if indicator.combine == "first":
        taken = taken[:1]
    values = [c.value for _, c in taken]
    value = max(values) if indicator.combine == "max" else sum(values, Decimal(0))
    qualifiers = {c.qualifier for _, c in taken}
    return IndicatorValue(
        indicator.code,
        indicator.label,
        indicator.unit,
        value,
        qualifiers.pop() if len(qualifiers) == 1 else "about",
        taken[0][1].status,
        tuple(i for i, _ in taken),
    )


def _counts(indicator: Indicator, units: frozenset[str], count: Count, view: View) -> bool:
    if count.status == "planned" or count.change or count.unit in ("%", "‰"):
        return False
    if indicator.activities and count.activity_type not in indicator.activities:
        return False
    if units and fold(count.unit) not in units:
        return False
    words = fold(f"{count.unit} {count.object}")
    sentence = view.folded[count.sentence[0] : count.sentence[1]]
    return (
        (not indicator.about or any(fold(p) in words for p in indicator.about))
        and (not indicator.sentence or any(fold(p) in sentence for p in indicator.sentence))
        and not any(fold(p) in words for p in indicator.unless)
    )
