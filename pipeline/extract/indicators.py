"""Indicators of a rule pack, computed from the counts of one report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.extract.contexts import holds_any, in_sections
from pipeline.extract.grids.words import TableWords, holds, is_one_of, table_words
from pipeline.extract.naming import Naming
from pipeline.extract.view import View
from pipeline.model import Count, IndicatorValue, Item, ReportFields
from pipeline.rulebook import Indicator
from pipeline.text.fold import fold

_TOTAL = re.compile(r"(?<!\w)(?:tổng|tổng số|tổng cộng|tổng là|cộng)(?!\w)")


@dataclass(frozen=True, slots=True)
class Taken:
    """A count that an indicator takes: its index among the items, the figure taken, the words that name it."""

    index: int
    count: Count
    figure: Decimal
    words: str


def find_indicators(view: View, items: Sequence[Item], fields: ReportFields) -> tuple[IndicatorValue, ...]:
    """Return every indicator of the pack, in its order; one that the report does not state has no value.

    A figure told twice counts once, the parts of a total that is taken are left out, and of a table with a total row
    the total is taken.
    """
    return Figures(view, items, fields).all()


class Figures:
    """The counts of one report, as its indicators take them."""

    def __init__(self, view: View, items: Sequence[Item], fields: ReportFields) -> None:
        self.view, self.fields = view, fields
        self.counts = [(at, item) for at, item in enumerate(items) if isinstance(item, Count)]
        self.naming = Naming([count for _, count in self.counts], view)
        self.tables = table_words(view.pack)
        self.named = {at: self.naming.words(count) for at, count in self.counts}

    def all(self) -> tuple[IndicatorValue, ...]:
        """Return every indicator of the pack."""
        return tuple(self._value(indicator) for indicator in self.view.pack.indicators)

    def _value(self, indicator: Indicator) -> IndicatorValue:
        taken = self.taken(indicator)
        empty = IndicatorValue(indicator.code, indicator.label, indicator.unit)
        if not taken:
            return empty
        figures = [one.figure for one in taken]
        value = max(figures) if indicator.combine == "max" else sum(figures, Decimal(0))
        qualifiers = {one.count.qualifier for one in taken}
        return IndicatorValue(
            indicator.code,
            indicator.label,
            indicator.unit,
            value,
            qualifiers.pop() if len(qualifiers) == 1 else "about",
            taken[0].count.status,
            tuple(one.index for one in taken),
        )

    def taken(self, indicator: Indicator) -> list[Taken]:
        """Return the counts that make the indicator's figure: less parts, repetitions, other periods."""
        fitting = [
            Taken(at, count, figure, self.named[at])
            for at, count in self.counts
            if not self.unfit(indicator, at, count) and (figure := self._figure(indicator, count)) is not None
        ]
        stated = [one for one in fitting if one.count.status != "none"]
        if not stated:
            return fitting[:1]
        own = stated if indicator.any_period else self._of_period(stated, indicator.takes)
        whole = _without_parts(_of_totals(own, self.tables))
        match indicator.combine:
            case "first":
                return whole[:1]
            case "last":
                return whole[-1:]
            case "stated":
                return [one for one in whole if _TOTAL.search(one.words)][:1] or _once(whole)
        return _once(whole)

    def _figure(self, indicator: Indicator, count: Count) -> Decimal | None:
        """Return what the indicator takes of `count`, or None where it has no such figure."""
        compared = bool(count.column) and holds(count.column, self.tables.compared)
        match indicator.takes:
            case "change":
                sign = -1 if count.change == "decrease" or count.value < 0 else 1
                return sign * abs(count.value) if count.change or compared else None
            case "previous":
                if count.previous is not None:
                    return count.previous
                return count.value if self._is_before(count) else None
            case "total":
                return count.total
        return None if count.change or compared else count.value

    def _is_before(self, count: Count) -> bool:
        """Tell whether a table cell is of a period before that of the report."""
        if not count.column or count.change:
            return False
        start = self.fields.period_start
        if start and count.last_day:
            return count.last_day < start
        return holds(count.column, self.tables.same_period | self.tables.year_before)

    def unfit(self, indicator: Indicator, at: int, count: Count) -> str:
        """Return the key of the first condition of `indicator` that a count does not meet, or an empty string."""
        units = _units(indicator)
        if self._figure(indicator, count) is None:
            return "takes"
        if count.status not in (*indicator.status, "none", ""):
            return "status"
        if (units and not _is_of(fold(count.unit), units)) or (not units and count.unit in ("%", "‰")):
            return "units"
        if indicator.activities and count.activity_type not in indicator.activities:
            return "activities"
        return self._misnamed(indicator, at, count) or self._misplaced(indicator, count)

    def _misnamed(self, indicator: Indicator, at: int, count: Count) -> str:
        words, sentence = self.named[at], self.view.folded[slice(*count.sentence)]
        checks = (
            ("about", not indicator.about or holds_any(words, indicator.about)),
            ("unless", not holds_any(words, indicator.unless)),
            ("sentence", not indicator.sentence or holds_any(sentence, indicator.sentence)),
            ("sentence_unless", not holds_any(sentence, indicator.sentence_unless)),
        )
        return next((key for key, met in checks if not met), "")

    def _misplaced(self, indicator: Indicator, count: Count) -> str:
        column, at = fold(count.column), count.start
        checks = (
            ("column", not indicator.column or holds_any(column, indicator.column)),
            ("column_unless", not holds_any(column, indicator.column_unless)),
            ("section", not indicator.sections or in_sections(self.view, at, indicator.sections)),
            ("not_section", not (indicator.not_sections and in_sections(self.view, at, indicator.not_sections))),
            ("role", not indicator.roles or self.view.role_at(at) in indicator.roles),
        )
        return next((key for key, met in checks if not met), "")

    def _of_period(self, taken: list[Taken], takes: str) -> list[Taken]:
        """Return those of the report's own period, where any are; a figure without a period is of it."""
        if takes != "value":
            return taken
        start, end = self.fields.period_start, self.fields.period_end
        own = [one for one in taken if self._is_own(one.count, start, end)]
        return own or taken

    def _is_own(self, count: Count, start: str, end: str) -> bool:
        if count.column:
            if start and count.first_day:
                return (count.first_day, count.last_day) == (start, end)
            return not holds(count.column, self.tables.same_period | self.tables.year_before | self.tables.to_date)
        before, lists = self.naming.before(count), self.view.pack.words
        return not any(holds_any(before, lists.get(name, ())) for name in ("accumulated", "compared_with"))


@lru_cache(maxsize=1024)
def _units(indicator: Indicator) -> frozenset[str]:
    return frozenset(map(fold, indicator.units))


def _is_of(unit: str, units: Iterable[str]) -> bool:
    """Tell whether a count's unit is one of `units`, or begins with one: «lượt» is of «lượt người» too."""
    return unit in units or any(unit.startswith(f"{one} ") for one in units)


def _of_totals(taken: list[Taken], tables: TableWords) -> list[Taken]:
    """Return `taken` without the table rows that a total row sums up."""
    totals = [one for one in taken if one.count.column and is_one_of(one.count.object, tables.total)]
    columns = {one.count.column for one in totals}
    return [one for one in taken if one.count.column not in columns or one in totals] if totals else taken


def _without_parts(taken: list[Taken]) -> list[Taken]:
    """Return `taken` without the parts of a total that is taken itself."""
    spans = {(one.count.start, one.count.end) for one in taken}
    return [one for one in taken if one.count.part_of not in spans]


def _once(taken: list[Taken]) -> list[Taken]:
    """Return `taken` with what is told twice once: the same figure of the same thing in another sentence."""
    kept: list[Taken] = []
    for one in taken:
        if not any(_is_again(one, other) for other in kept):
            kept.append(one)
    return kept


def _is_again(one: Taken, other: Taken) -> bool:
    return one.figure == other.figure and one.count.sentence != other.count.sentence and one.figure > 9
