"""Indicators of a rule pack, computed from the counts of one report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pipeline.extract.contexts import holds_any, in_sections
from pipeline.extract.grids.words import holds, is_one_of, table_words
from pipeline.extract.naming import SHARES, Naming
from pipeline.extract.periods import is_same_period, leeway, months_of
from pipeline.extract.topics import Topics
from pipeline.extract.view import View
from pipeline.extract.wholes import (
    LEVEL,
    PART,
    PLAIN,
    TOLD_AGAIN,
    WHOLE,
    Span,
    Taken,
    fuller_telling,
    of_one_time,
    says_alone,
    says_part,
    says_total,
    stated,
    whole_of,
    without_products,
)
from pipeline.model import Count, IndicatorValue, Item, ReportFields
from pipeline.rulebook import Indicator
from pipeline.text.fold import fold

_YEAR = re.compile(r"(?:^|[,(:][ ]?)(?:trong |cùng kỳ )?năm (\d{4})(?!\d)")
_FROM_EACH_WORD = re.compile(r"(?<!\w)(?=(\w.*))")


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
        self.topics = Topics(view, self.naming, fields.subject)
        self.tables = table_words(view.pack)
        self.spans = {(count.start, count.end): at for at, count in self.counts}
        self.parts = self._of_total_columns()
        self.parts.update({(count.start, count.end): count.part_of for _, count in self.counts if count.part_of})
        self.apart = self._told_alone()
        self.from_new_year = fields.period_start.endswith("-01-01")
        self.to_date = months_of(fields.period_start, fields.period_end) > 3
        self.named = {at: f" {' '.join(self.naming.words(count).split())} " for at, count in self.counts}
        self.counted = {at: (fold(count.unit), fold(count.object)) for at, count in self.counts}
        self.compared = {at for at, count in self.counts if count.column and holds(count.column, self.tables.compared)}
        self.each = {at for at, count in self.counts if self.naming.is_each(count)}

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
        """Return the counts that make the indicator's figure, or those of a way of `otherwise`.

        The first way that finds the whole is taken, else the first that finds parts.
        """
        ways = [taken for way in (indicator, *indicator.otherwise) if (taken := self._whole(way))]
        return next((taken for taken in ways if taken[0].extent > LEVEL), ways[0] if ways else [])

    def _whole(self, indicator: Indicator) -> list[Taken]:
        """Return the counts that `indicator` itself takes: less parts, repetitions, other periods."""
        fitting = [
            self._take(at, count, figure)
            for at, count in self.counts
            if not self.unfit(indicator, at, count) and (figure := self._figure(indicator, at, count)) is not None
        ]
        if not indicator.any_period and indicator.takes == "value":
            fitting = self._of_period(fitting)
        told = without_products([one for one in fitting if one.count.status != "none"])
        if indicator.combine == "parts" and len(fitting) < 2:
            return []
        if not told:
            return fitting[:1]
        whole = whole_of(told, self.parts)
        match indicator.combine:
            case "first":
                return whole[:1]
            case "last":
                return whole[-1:]
            case "stated":
                return stated(whole, is_share=indicator.unit in SHARES)
        return fuller_telling(whole)

    def _of_total_columns(self) -> dict[Span, Span]:
        """Return the span of the cell under «Tổng số» for those of its row under the other heads beside that one."""
        rows: dict[tuple[int, int], list[Count]] = {}
        for _, count in self.counts:
            block = self.view.document.block_at(count.start) if count.column else None
            if block is not None:
                rows.setdefault((block.table, block.row), []).append(count)
        parts: dict[Span, Span] = {}
        for cells in rows.values():
            for total in cells:
                above, _, head = total.column.rpartition(" > ")
                if above and is_one_of(head, self.tables.total):
                    beside = (cell for cell in cells if cell is not total and cell.column.startswith(f"{above} > "))
                    parts.update({(cell.start, cell.end): (total.start, total.end) for cell in beside})
        return parts

    def _told_alone(self) -> set[tuple[str, Decimal]]:
        """Return the figures told of one body among many, with their units: a table that tells them again is its."""
        alone = [
            count for _, count in self.counts
            if not count.column and says_alone(self.naming.told_so_far(count))
        ]  # fmt: skip
        figures = {(count.unit, figure) for count in alone for figure in (count.value, count.total) if figure}
        return {(unit, figure) for unit, figure in figures if figure > TOLD_AGAIN}

    def _take(self, at: int, count: Count, figure: Decimal) -> Taken:
        words, block = self.named[at], self.view.document.block_at(count.start)
        group, column = count.sentence, (0, "")
        if count.column and block is not None:
            group, column = (-block.table, block.row), (block.table, count.column)
        return Taken(at, count, figure, words, group, column, self._extent(count, words))

    def _extent(self, count: Count, words: str) -> int:
        """Return how much of the matter a count is of, by the words that name it."""
        if (count.unit, count.value) in self.apart:
            return PART
        if count.column:
            return WHOLE if is_one_of(count.object, self.tables.total) or says_total(words) else PLAIN
        if says_part(self.naming.told_so_far(count)):
            return PART
        if holds_any(words, self.view.pack.words.get("levels", ())):
            return LEVEL
        return WHOLE if says_total(words) else PLAIN

    def _figure(self, indicator: Indicator, at: int, count: Count) -> Decimal | None:
        """Return what the indicator takes of `count`, or None where it has no such figure."""
        compared = at in self.compared
        match indicator.takes:
            case "change":
                sign = -1 if count.change == "decrease" or count.value < 0 else 1
                return sign * abs(count.value) if count.change or compared else None
            case "previous":
                if count.previous is not None:
                    return count.previous
                if count.change and count.total is not None:  # «giảm 6/30 vụ»
                    return count.total
                return count.value if self._is_before(count) else None
            case "total":
                return count.total
        if count.change or compared or count.qualifier == "at_most":
            return None
        if at not in self.each:
            return count.value
        times = self.naming.counted_by(count)
        return times.value * count.value if times is not None else None

    def _is_before(self, count: Count) -> bool:
        """Tell whether a count is of a period before that of the report: by its column, or words before it."""
        if count.change:
            return False
        if not count.column:
            return holds_any(self.naming.before(count), self.view.pack.words.get("compared_with", ()))
        start, end = self.fields.period_start, self.fields.period_end
        if start and count.last_day:
            return date.fromisoformat(count.last_day) - date.fromisoformat(start) <= leeway(start, end)
        return holds(count.column, self.tables.same_period | self.tables.year_before)

    def unfit(self, indicator: Indicator, at: int, count: Count) -> str:
        """Return the key of the first condition of `indicator` that a count does not meet, or an empty string."""
        if not self._is_counted(indicator, at, count):
            return "units"
        if self._figure(indicator, at, count) is None:
            return "takes"
        if count.status not in (*indicator.status, "none", ""):
            return "status"
        if indicator.activities and count.activity_type not in indicator.activities:
            return "activities"
        return self._misnamed(indicator, at, count) or self._misplaced(indicator, count)

    def _is_counted(self, indicator: Indicator, at: int, count: Count) -> bool:
        """Tell whether an indicator counts the unit of `count`, alone or with its object: «lượt» of «cơ sở».

        A label's «không» and a table cell may have none; they are of what the label, the row and the heads name.
        """
        if not count.unit and count.status == "none" and (indicator.about or indicator.topic):
            return True
        units = indicator.units
        if not units:
            return count.unit not in SHARES
        if not count.unit and count.column:
            return any(_is_of(part, "", units) for part in _FROM_EACH_WORD.findall(self.named[at]))
        return _is_of(*self.counted[at], units)

    def _misnamed(self, indicator: Indicator, at: int, count: Count) -> str:
        words, sentence = self.named[at], self._said(at, count)
        checks = (
            ("about", not indicator.about or holds_any(words, indicator.about)),
            ("unless", not holds_any(words, indicator.unless)),
            ("topic", not indicator.topic or self.topics.hold(count, indicator.topic)),
            ("not_of", not (indicator.not_of and holds_any(self._of(count), indicator.not_of))),
            ("sentence", not indicator.sentence or holds_any(sentence, indicator.sentence)),
            ("sentence_unless", not holds_any(sentence, indicator.sentence_unless)),
        )
        return next((key for key, met in checks if not met), "")

    def _of(self, count: Count) -> str:
        """Return the words that name the total which `count` is a part of, and the total of that."""
        words, span = "", count.part_of
        while span in self.spans and self.named[self.spans[span]] not in words:
            words += self.named[self.spans[span]]
            span = self.parts.get(span)
        return words

    def _said(self, at: int, count: Count) -> str:
        """Return the sentence of a count, folded; of a table cell its row and heads."""
        return self.named[at] if count.column else self.view.folded[slice(*count.sentence)]

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

    def _of_period(self, taken: list[Taken]) -> list[Taken]:
        """Return those of the report's own period, where any are; a figure without a period is of it."""
        own = [one for one in taken if self.is_own(one.count)]
        of_now = [one for one in own if not holds(one.count.column, self.tables.to_date)]
        if any(one.count.column for one in of_now):
            own = of_now
        start, end = self.fields.period_start, self.fields.period_end
        return own if own and start else of_one_time(own or taken, start, end)

    def is_own(self, count: Count) -> bool:
        """Tell whether a count is of the report's own period, as far as its head or its sentence tells."""
        start, end = self.fields.period_start, self.fields.period_end
        if count.column:
            if start and count.first_day:
                return is_same_period(count, start, end)
            words = self.tables
            told = holds(count.column, words.same_period | words.year_before | words.to_date)
            return not told and not any(is_one_of(head, words.period_before) for head in count.column.split(" > "))
        years = _YEAR.findall(self.naming.told_so_far(count))
        if start and years and years[-1] < start[:4]:
            return False
        if holds_any(self.naming.before(count), self.view.pack.words.get("compared_with", ())):
            return False
        if self.from_new_year and not self.to_date:
            return True
        return not self.naming.is_of_other_time(count, self.to_date)


@lru_cache(maxsize=65536)  # every indicator is asked for of every count
def _is_of(unit: str, named: str, units: tuple[str, ...]) -> bool:
    """Tell whether what is counted is of `units`, or begins with one: «lượt người», «tin, bài, phóng sự»."""
    counted = f"{unit} {named} "
    return any(
        unit == one or unit.startswith((f"{one} ", f"{one}, ", f"{one}/")) or counted.startswith(f"{one} ")
        for one in _folded(units)
    )


@lru_cache(maxsize=1024)
def _folded(units: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, units))
