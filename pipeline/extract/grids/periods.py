"""The period that each column of a table is about: named in its head, completed by the report's own period."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from pipeline.extract.grids.grid import Cell
from pipeline.extract.grids.reading import Column, Tables
from pipeline.extract.grids.words import TableWords, holds, is_one_of, months_in, table_words
from pipeline.extract.periods import months_of
from pipeline.extract.view import View
from pipeline.model import Count, DateMention, ReportFields
from pipeline.text.edtf import bounds

Period = tuple[str, str]  # first and last day, ISO 8601; empty where not known

_NONE: Period = ("", "")


def with_heads(counts: Sequence[Count], tables: Tables, view: View) -> list[Count]:
    """Return the counts of running text with the head of the column that they stand in, where they do.

    One that is its whole cell («12 vụ») counts what the row says.
    """
    found: list[Count] = []
    for count in counts:
        block = view.document.block_at(count.start) if tables.columns else None
        column = tables.columns.get(block.start) if block else None
        if block and column:
            whole = count.start == block.start and count.end == block.end
            label = tables.labels[block.start] if whole and not count.object else count.object
            count = replace(count, column=column.head, object=label)
        found.append(count)
    return found


def with_periods(
    counts: Sequence[Count], tables: Tables, dates: Sequence[DateMention], fields: ReportFields, view: View
) -> list[Count]:
    """Return `counts` with the first and last day that the heads of their columns name, where they name any."""
    if not tables.columns:
        return list(counts)
    reader = _Periods(tables, dates, fields, table_words(view.pack))
    found: list[Count] = []
    for count in counts:
        block = view.document.block_at(count.start) if count.column else None
        column = tables.columns.get(block.start) if block else None
        first, last = reader.of(column) if column else _NONE
        found.append(replace(count, first_day=first, last_day=last) if first or last else count)
    return found


class _Periods:
    """The periods of the columns of one report, each worked out once."""

    def __init__(self, tables: Tables, dates: Sequence[DateMention], fields: ReportFields, words: TableWords) -> None:
        self.tables, self.words, self.fields = tables, words, fields
        self.dates = [mention for mention in dates if mention.role == "text"]
        self.starts = [mention.start for mention in self.dates]
        self.known: dict[int, Period] = {}

    def of(self, column: Column) -> Period:
        """Return the period of a column, from its head, outermost cell first; a comparison has none."""
        known = self.known.get(id(column))
        if known is None:
            self.known[id(column)] = _NONE  # a column never waits for itself
            known = self.known[id(column)] = self._read(column)
        return known

    def _read(self, column: Column) -> Period:
        period, year = _NONE, ""
        for cell in column.path:
            if holds(cell.text, self.words.compared):
                break
            mention = self._mention(cell)
            value = mention or self._months(cell.text)
            year = value[:4] if value[:4].isdigit() else year
            relative = self._relative(cell.text, value, column)
            if relative is not None:
                period = relative
            elif value:
                period = self._bounds(value, year, column)
        return period

    def _mention(self, cell: Cell) -> str:
        """Return the one date or period that a cell of the head names in EDTF, or an empty string."""
        found = {mention.value for block in cell.blocks for mention in self._inside((block.start, block.end))}
        return found.pop() if len(found) == 1 else ""

    def _inside(self, span: tuple[int, int]) -> list[DateMention]:
        low, high = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        return self.dates[low:high]

    def _months(self, text: str) -> str:
        """Read «9 tháng», which alone is a length of time and in a head is the first months of the year."""
        months = months_in(text)
        return f"XXXX-01/XXXX-{months:02d}" if months else ""

    def _bounds(self, value: str, year: str, column: Column) -> Period:
        if "XXXX" not in value:
            return bounds(value)
        given = year or self._year_above(column)
        if given:
            return bounds(value.replace("XXXX", given))
        return self._in_report(value)

    def _year_above(self, column: Column) -> str:
        """Return the one year that the title of the table names, inside it or above it."""
        spans = [(block.start, block.end) for cell in column.titles for block in cell.blocks] + [column.caption]
        for span in spans:
            years = {mention.value[:4] for mention in self._inside(span) if mention.value[:4].isdigit()}
            if len(years) == 1:
                return years.pop()
        return ""

    def _in_report(self, value: str) -> Period:
        """Return a period without a year as the one of the report's own year, none that lies after the report."""
        first, last = self.fields.period_start, self.fields.period_end
        years = {day[:4] for day in (first, last) if day}
        if len(years) == 1:
            return bounds(value.replace("XXXX", years.pop()))
        found = [bounds(value.replace("XXXX", year)) for year in sorted(years)]
        inside = [period for period in found if first <= period[0] and period[1] <= last]
        if years:
            return inside[0] if len(inside) == 1 else _NONE
        issued = self.fields.date
        period = bounds(value.replace("XXXX", issued[:4])) if issued[:4].isdigit() else _NONE
        return period if period[0] and period[0] <= issued else _NONE

    def _relative(self, text: str, value: str, column: Column) -> Period | None:
        """Return the period that words give by another one («cùng kỳ», «lũy kế»), None where none do."""
        words = self.words
        if holds(text, words.same_period):
            base = self._beside(column)
            year = value[:4] if value[:4].isdigit() else str(int(base[1][:4]) - 1) if base[1] else ""
            return _moved(base, int(year) - int(base[1][:4])) if year and base[1] and _in_a_year(base) else _NONE
        if value:
            return None
        report = (self.fields.period_start, self.fields.period_end)
        if is_one_of(text, words.period_before):
            return _before(report)
        if holds(text, words.year_before):
            return bounds(str(int(report[1][:4]) - 1)) if report[1] else _NONE
        if holds(text, words.to_date):
            return (f"{report[1][:4]}-01-01", report[1]) if report[1] else _NONE
        return report if holds(text, words.this_period) else None

    def _beside(self, column: Column) -> Period:
        """Return the period that the nearest column at the left is about, else that of the report."""
        before = column.before
        while before:
            left = self.tables.heads[column.table, before]
            period = self.of(left)
            if period[1]:
                return period
            before = left.before
        return self.fields.period_start, self.fields.period_end


def _before(period: Period) -> Period:
    """Return the period of as many months right before one of whole months, that of as many days before another."""
    months = months_of(*period)
    if not months:
        return _NONE
    first, last = (date.fromisoformat(day) for day in period)
    ended = first - timedelta(days=1)
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return (ended - (last - first)).isoformat(), ended.isoformat()
    year, month = divmod(12 * first.year + first.month - 1 - months, 12)
    return date(year, month + 1, 1).isoformat(), ended.isoformat()


def _in_a_year(period: Period) -> bool:
    return period[0][:4] == period[1][:4]


def _moved(period: Period, years: int) -> Period:
    """Return a period as many years later; the last of February stays the last."""
    first, last = (date.fromisoformat(day) for day in period)
    after = last + timedelta(days=1)
    moved = date(after.year + years, after.month, after.day) - timedelta(days=1)
    return _shifted(first, years).isoformat(), moved.isoformat()


def _shifted(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
