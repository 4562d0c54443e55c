"""The rows of a table by what they are in a sum, and the numbers of its columns that may be summed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from pipeline.extract.grids.columns import Columns, Label, is_total, names_parts, splits_label
from pipeline.extract.grids.grid import Grid, Place
from pipeline.extract.grids.heads import Layout
from pipeline.extract.grids.units import TableUnit
from pipeline.extract.grids.words import TableWords, holds, is_one_of, opens_with
from pipeline.model import Block

_FORMS = (
    re.compile(r"[A-ZĐ](?<![IVXLC])[.)/]*|[A-C][.)/]*"),
    re.compile(r"[IVX]+[.)/]*"),
    re.compile(r"\d{1,3}[.)/]*"),
    re.compile(r"\d{1,3}(?:\.\d{1,2})+[.)/]*"),
    re.compile(r"[a-zđ][.)/]*"),
    re.compile(r"[-+•*]"),
)
LEAST_PARTS = 2
BULLET = len(_FORMS) - 1
"""The rank of a row that begins with a bullet: always a part of the row above."""


class Entry(Struct, frozen=True):
    """One number of a table: its value in its unit, its smallest step and that of its column, and where it is printed.

    Steps are 0 where a column counts whole things, which nobody rounds.
    """

    value: Decimal
    unit: str
    step: Decimal
    finest: Decimal
    block: Block


class Line(Struct, frozen=True):
    """One row of data: its label, the rank of its ordinal (-1 without one), and what it is in a sum."""

    row: int
    label: Label
    rank: int
    is_total: bool
    is_part: bool
    is_summary: bool


class Ledger(Struct, frozen=True):
    """The rows of a table, and the numbers of its columns that may be summed."""

    lines: tuple[Line, ...]
    entries: Mapping[int, Mapping[int, Entry]]
    heads: Mapping[int, str]
    parts: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(
        cls,
        grid: Grid,
        layout: Layout,
        columns: Columns,
        labels: Mapping[int, Label],
        words: TableWords,
        values: Mapping[Place, tuple[Decimal, TableUnit, Block]],
    ) -> Ledger:
        """Return the ledger of a table with the numbers that were read in it, by place."""
        entries: dict[int, dict[int, Entry]] = {}
        summable = {
            c for c in columns.figured if not holds(columns.heads[c], words.ratio) and "%" not in columns.heads[c]
        }
        for (row, column), (value, unit, block) in values.items():
            if column in summable and unit.name not in ("%", "‰"):
                step = unit.scale.scaleb(min(_exponent(value), 0))
                entry = Entry(value * unit.scale, f"{unit.name}/{unit.per}", step, step, block)
                entries.setdefault(column, {})[row] = entry
        measured = {c for (_, c), (_, unit, _) in values.items() if unit.is_measure}
        lines = tuple(_line(row, labels.get(row) or Label(""), words) for row in layout.body)
        return cls(lines, _stepped(entries, measured), columns.heads, _parted_columns(grid, columns, words))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _stepped(entries: Mapping[int, dict[int, Entry]], measured: set[int]) -> dict[int, dict[int, Entry]]:
    """Return the entries with the steps that rounding leaves in their column."""
    stepped: dict[int, dict[int, Entry]] = {}
    for column, rows in entries.items():
        finest = min(entry.step for entry in rows.values())
        rounded = column in measured or any(entry.value % 1 for entry in rows.values())
        share = Decimal(rounded)
        stepped[column] = {
            row: Entry(e.value, e.unit, share * e.step, share * finest, e.block) for row, e in rows.items()
        }
    return stepped


def _line(row: int, label: Label, words: TableWords) -> Line:
    typed, rest = splits_label(label.text)
    ordinal = label.ordinal or typed
    rank = next((at for at, form in enumerate(_FORMS) if form.fullmatch(ordinal)), -1) if ordinal else -1
    total = is_total(label, words)
    summary = not total and opens_with(rest, words.summary)
    return Line(row, label, rank, total, not total and opens_with(rest, words.part), summary)


def _parted_columns(grid: Grid, columns: Columns, words: TableWords) -> dict[int, tuple[int, ...]]:
    """Return the columns that stand under «Trong đó», by the column of their total right before them."""
    parted: dict[int, tuple[int, ...]] = {}
    for at, column in enumerate(grid.columns[:-1]):
        after = grid.columns[at + 1 :]
        path = columns.paths[after[0]]
        host = next((cell for cell in path[:-1] if names_parts(cell.text, words)), None)
        total = is_one_of(columns.paths[column][-1].text, words.total) if columns.paths[column] else False
        if host is not None:
            under = [c for c in after if host in columns.paths[c]]
        elif total and len(columns.paths[column]) > 1:
            outer = columns.paths[column][-2]
            under = [c for c in after if len(columns.paths[c]) > 1 and columns.paths[c][-2] is outer]
        else:
            continue
        if len(under) >= LEAST_PARTS:
            parted[column] = tuple(under)
    return parted
