"""Indicators of a rule pack, computed from the counts of one report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from pipeline.extract.contexts import holds_any, in_sections
from pipeline.extract.counted import At, Counted, Named
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
        self.named = Named(self.counts, self.naming)
        self.counted = Counted(self.counts, self.named)
        self.topics = Topics(view, self.naming, fields.subject)
        self.tables = table_words(view.pack)
        self.spans = {(count.start, count.end): at for at, count in self.counts}
        self.parts = self._of_total_columns()
        self.parts.update({(count.start, count.end): count.part_of for _, count in self.counts if count.part_of})
        self.from_new_year = fields.period_start.endswith("-01-01")
        self.to_date = months_of(fields.period_start, fields.period_end) > 3
        columns = {count.column for _, count in self.counts if count.column}
        self.compared = {column for column in columns if holds(column, self.tables.compared)}
        self._own: dict[Span, bool] = {}

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
        parts: list[Taken] = []
        for way in (indicator, *indicator.otherwise):
            taken = self._whole(way)
            if taken and taken[0].extent > LEVEL:
                return taken
            parts = parts or taken
        return parts

    def _whole(self, indicator: Indicator) -> list[Taken]:
        """Return the counts that `indicator` itself takes: less parts, repetitions, other periods."""
        fitting = [
            self._take(at, count, figure)
            for at, count in self._counted(indicator)
            if not self._unmet(indicator, at, count) and (figure := self._figure(indicator, count)) is not None
        ]
        if not fitting:
            return []
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

    @cached_property
    def apart(self) -> set[tuple[str, Decimal]]:
        """The figures told of one body among many, with their units: a table that tells them again is its."""
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

    def _figure(self, indicator: Indicator, count: Count) -> Decimal | None:
        """Return what the indicator takes of `count`, or None where it has no such figure."""
        compared = count.column in self.compared
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
        if not self.naming.is_each(count):
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
        if (at, count) not in self._counted(indicator):
            return "units"
        if self._figure(indicator, count) is None:
            return "takes"
        return self._unmet(indicator, at, count)

    def _counted(self, indicator: Indicator) -> list[At]:
        """Return the counts in the units of `indicator`."""
        return self.counted.of(indicator.units, zeros=bool(indicator.about or indicator.topic))

    def _unmet(self, indicator: Indicator, at: int, count: Count) -> str:
        """Return the key of the first condition that a count in a unit of `indicator` does not meet, or nothing.

        The cheap ones are asked first.
        """
        if count.status not in (*indicator.status, "none", ""):
            return "status"
        if indicator.activities and count.activity_type not in indicator.activities:
            return "activities"
        return self._misnamed(indicator, at, count) or self._misplaced(indicator, count)

    def _misnamed(self, indicator: Indicator, at: int, count: Count) -> str:
        words = self.named[at]
        if indicator.about and not holds_any(words, indicator.about):
            return "about"
        if holds_any(words, indicator.unless):
            return "unless"
        if indicator.topic and not self.topics.hold(count, indicator.topic):
            return "topic"
        if indicator.not_of and holds_any(self._of(count), indicator.not_of):
            return "not_of"
        if indicator.sentence and not holds_any(self._said(at, count), indicator.sentence):
            return "sentence"
        if indicator.sentence_unless and holds_any(self._said(at, count), indicator.sentence_unless):
            return "sentence_unless"
        return ""

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
        at = count.start
        if indicator.column and not holds_any(fold(count.column), indicator.column):
            return "column"
        if indicator.column_unless and holds_any(fold(count.column), indicator.column_unless):
            return "column_unless"
        if indicator.sections and not in_sections(self.view, at, indicator.sections):
            return "section"
        if indicator.not_sections and in_sections(self.view, at, indicator.not_sections):
            return "not_section"
        if indicator.roles and self.view.role_at(at) not in indicator.roles:
            return "role"
        return ""

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
        place = count.start, count.end
        if place not in self._own:
            self._own[place] = self._is_own(count)
        return self._own[place]

    def _is_own(self, count: Count) -> bool:
        start, end = self.fields.period_start, self.fields.period_end
        if count.column:
            if start and count.first_day:
                return is_same_period(count, start, end)
            words = self.tables
            told = holds(count.column, words.same_period | words.year_before | words.to_date)
            return not told and not any(is_one_of(head, words.period_before) for head in count.column.split(" > "))
        so_far = self.naming.told_so_far(count)
        years = _YEAR.findall(so_far) if "năm " in so_far else []
        if start and years and years[-1] < start[:4]:
            return False
        if holds_any(self.naming.before(count), self.view.pack.words.get("compared_with", ())):
            return False
        if self.from_new_year and not self.to_date:
            return True
        return not self.naming.is_of_other_time(count, self.to_date)
