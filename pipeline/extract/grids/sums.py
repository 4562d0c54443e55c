"""Totals of a table checked against their parts: a free oracle for what was read and for the report itself.

A total that fits proves its table. One that doesn't is a problem only where the table leaves no doubt about what
its parts are: rows of one rank, or ranks numbered without a gap; else nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from pipeline.extract.grids.columns import splits_label
from pipeline.extract.grids.ledger import BULLET, LEAST_PARTS, Entry, Ledger, Line
from pipeline.model import Problem

_HALF = Decimal("0.5")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_LEAST_ROWS = 3


class Sum(Struct, frozen=True):
    """A total of one column, by its row, and the rows that sum to it."""

    column: int
    row: int
    parts: tuple[int, ...]


class Proof(Struct, frozen=True):
    """What totals say of a table: how many fit, the problems of those that don't, and the sums that fit."""

    fits: int = 0
    problems: tuple[Problem, ...] = ()
    doubts: int = 0
    sums: tuple[Sum, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether some total fits and none is wrong or unclear."""
        return self.fits > 0 and not self.problems and not self.doubts


def check_sums(ledger: Ledger) -> Proof:
    """Return what the totals of a table, below, above or beside their parts, prove or contradict."""
    fits, doubts = 0, 0
    problems: list[Problem] = []
    sums = _ranks_that_fit(ledger)
    ranked = len(sums)
    for line in ledger.lines:
        if line.is_total:
            found = _check_total(ledger, line)
            fits, doubts = fits + found.fits, doubts + found.doubts
            problems += found.problems
            sums += found.sums
    across = _check_across(ledger)
    return Proof(fits + across.fits + ranked, (*problems, *across.problems), doubts, tuple(sums))


def _ranks_that_fit(ledger: Ledger) -> list[Sum]:
    """Return the numbers of rows «A», «I» that are the sums of the rows of the next rank below them.

    Such rows need not list all their parts: where they don't fit, nothing is said.
    """
    sums: list[Sum] = []
    for at, line in enumerate(ledger.lines):
        below = _lines_below(ledger.lines, at)
        if below and not line.is_total:
            reading = _Reading([other for other in below if other.rank == below[0].rank], False)
            for column, entries in ledger.entries.items():
                _compare(reading, column, entries, line)
            sums += reading.sums(line.row) if not reading.misses else []
    return sums


class _Reading(Struct):
    """One way to see which rows a total sums, with the columns that fit and those that don't."""

    lines: Sequence[Line]
    is_plain: bool
    fits: list[int] = field(default_factory=list)
    misses: list[tuple[int, Decimal]] = field(default_factory=list)

    def sums(self, row: int) -> list[Sum]:
        """Return what fits in this reading of the total in `row`."""
        return [Sum(column, row, tuple(line.row for line in self.lines)) for column in self.fits]


def _lines_below(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the rows right below row `at` that are of a deeper rank."""
    end = at + 1
    while end < len(lines) and lines[end].rank > lines[at].rank >= 0:
        end += 1
    return list(lines[at + 1 : end])


def _check_total(ledger: Ledger, total: Line) -> Proof:
    readings = [reading for reading in _readings(ledger, total) if len(reading.lines) >= LEAST_PARTS]
    for reading in readings:
        for column, entries in ledger.entries.items():
            _compare(reading, column, entries, total)
    readings = [reading for reading in readings if reading.fits or reading.misses]
    if not readings:
        return Proof()
    best = max(readings, key=lambda reading: (len(reading.fits), reading.is_plain))
    fitting = {column for reading in readings for column in reading.fits}
    misses = [(column, summed) for column, summed in best.misses if column not in fitting]
    sums = [found for reading in (best, *readings) for found in reading.sums(total.row)]
    first = tuple({found.column: found for found in reversed(sums)}.values())
    plain = best.is_plain and (best.fits or len(misses) <= 2)
    if not plain:
        return Proof(len(best.fits), (), len(misses), first)
    problems = tuple(_mismatch(ledger, column, total.row, summed) for column, summed in misses)
    return Proof(len(best.fits), problems, 0, first)


def _compare(reading: _Reading, column: int, entries: Mapping[int, Entry], total: Line) -> None:
    """Note whether the parts in one column sum to its total; columns of several units, or hardly filled, are passed."""
    whole = entries.get(total.row)
    parts = [entries[line.row] for line in reading.lines if line.row in entries]
    if whole is None or len(parts) < LEAST_PARTS or any(part.unit != whole.unit for part in parts):
        return
    if not whole.value and not any(part.value for part in parts):
        return
    summed = sum((part.value for part in parts), Decimal(0))
    if _same(whole, summed, len(parts)):
        reading.fits.append(column)
    else:
        reading.misses.append((column, summed))


def _same(whole: Entry, summed: Decimal, parts: int) -> bool:
    return abs(whole.value - summed) <= _HALF * (whole.step + whole.finest * parts)


def _readings(ledger: Ledger, total: Line) -> list[_Reading]:
    """Return the ways to see which rows `total` sums: those above or below it, all or of one rank, or subtotals."""
    lines = [line for line in ledger.lines if not line.is_summary]
    totals = [line for line in lines if line.is_total and _same_kind(line, total)]
    data = [line for line in lines if not line.is_total and _same_kind(line, total)]
    above, below = _split(data, total.row)
    before = max((line.row for line in totals if line.row < total.row), default=0)
    after = min((line.row for line in totals if line.row > total.row), default=max(line.row for line in lines) + 1)
    alone = len(totals) == 1 and not (above and below)
    readings: list[_Reading] = []
    for side in (above, below):
        readings += _ranked(side, alone)
    readings += _ranked([line for line in above if line.row > before], False)
    readings += _ranked([line for line in below if line.row < after], False)
    readings.append(_Reading([line for line in totals if line.row < total.row], False))
    readings.append(_Reading([line for line in totals if line.row > total.row], False))
    return readings


def _same_kind(line: Line, total: Line) -> bool:
    """Tell whether rows are of one kind: «Tổng cộng» over «Số vụ» and «Số người» has a row for each."""
    if not total.label.outer or not line.label.outer:
        return not total.label.outer or total.label.text == line.label.text
    merged = not _names_total(total)
    return line.label.text == total.label.text if merged else True


def _names_total(total: Line) -> bool:
    return total.label.outer == () or total.label.text == total.label.outer[-1]


def _split(lines: Sequence[Line], row: int) -> tuple[list[Line], list[Line]]:
    return [line for line in lines if line.row < row], [line for line in lines if line.row > row]


def _ranked(lines: list[Line], alone: bool) -> list[_Reading]:
    """Return the readings of the rows on one side: all, those of the first rank, and those that enclose nothing."""
    if not lines:
        return []
    ranks = {line.rank for line in lines}
    parted = any(line.is_part for line in lines) or BULLET in ranks
    if len(ranks) == 1:
        return [_Reading(lines, alone and not parted)]
    first = lines[0].rank
    top = [line for line in lines if line.rank == first and not line.is_part]
    leaves = [line for at, line in enumerate(lines) if at + 1 == len(lines) or not _deeper(lines[at + 1], line)]
    counted = alone and not parted and first >= 0 and _is_counted(top) and -1 not in ranks
    bold = [line for line in lines if line.label.bold]
    found = [_Reading(top, counted), _Reading(leaves, False), _Reading(lines, False)]
    return [*found, _Reading(bold, False)] if 0 < len(bold) < len(lines) else found


def _deeper(line: Line, above: Line) -> bool:
    return line.rank > above.rank >= 0


def _is_counted(lines: Sequence[Line]) -> bool:
    """Tell whether the ordinals of `lines` run 1, 2, 3 without a gap."""
    return [_place(line) for line in lines] == list(range(1, len(lines) + 1))


def _place(line: Line) -> int:
    typed = (line.label.ordinal or splits_label(line.label.text)[0]).strip(".)/").lower()
    if typed.isdecimal():
        return int(typed)
    if line.rank != 1:
        return ord(typed) - ord("a") + 1 if len(typed) == 1 else 0
    values = [_ROMAN[letter] for letter in typed]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


def _mismatch(ledger: Ledger, column: int, row: int, summed: Decimal) -> Problem:
    entry = ledger.entries[column][row]
    detail = (
        ("column", ledger.heads[column]),
        ("total", as_printed(entry.value)),
        ("sum", as_printed(summed)),
    )
    return Problem("table.sum", detail, entry.block.start, entry.block.end)


def as_printed(value: Decimal) -> str:
    """Return a number as Vietnamese tables print it: a dot between thousands, a comma before decimals."""
    return f"{value.normalize():,f}".translate(str.maketrans(",.", ".,"))


def _check_across(ledger: Ledger) -> Proof:
    """Return what columns under «Trong đó» prove of the column before them.

    They need not be all of its parts: only where they sum to it in nearly every row is another row wrong.
    """
    fits, problems = 0, []
    for column, parts in ledger.parts.items():
        wholes = ledger.entries.get(column, {})
        rows = [row for row in wholes if all(row in ledger.entries.get(part, {}) for part in parts)]
        sums = {row: sum((ledger.entries[part][row].value for part in parts), Decimal(0)) for row in rows}
        wrong = [row for row in rows if not _same(wholes[row], sums[row], len(parts))]
        if len(rows) < _LEAST_ROWS or 5 * len(wrong) > len(rows):
            continue
        fits += 1
        problems += [_mismatch(ledger, column, row, sums[row]) for row in wrong]
    return Proof(fits, tuple(problems))
