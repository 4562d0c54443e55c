"""What the parts of the page are made of, and what several of them need: tables, and rows that stand for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from msgspec import Struct, field

from pipeline.summary.drawing import Drawn
from pipeline.summary.plots import Bar, Part
from pipeline.summary.words import Wording

TABLE_ROWS = 500
"""How many rows a table of the page has at most."""

DRAWN_ROWS = 15
"""How many rows a plot has at most, one for all others included."""


class Table(Struct, frozen=True):
    """A table: its heads, whether each column has numbers, its rows, and a note where rows were left out."""

    heads: Sequence[str]
    numeric: Sequence[bool]
    rows: Sequence[Sequence[str]]
    note: str = ""


class Exhibit(Struct, frozen=True):
    """One thing to see: a title that says what it shows, a plot, a caption, and a table with the same figures."""

    name: str
    title: str
    caption: str
    plot: Drawn | None = None
    table: Table | None = None
    notes: Sequence[str] = ()


class Section(Struct, frozen=True):
    """One part of the page; `empty` is what it says where there is nothing to see."""

    key: str
    heading: str
    exhibits: Sequence[Exhibit] = ()
    empty: str = ""


class Context(Struct, frozen=True):
    """What words the page is in, and the names of rule packs and types of activity by their codes."""

    words: Wording
    packs: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def pack(self, code: str) -> str:
        """Return the title of a rule pack, its code where it is not known."""
        return self.packs.get(code) or code or "–"

    def activity(self, code: str) -> str:
        """Return the name of a type of activity, its code where it is not known."""
        return self.activities.get(code) or code or "–"

    def problem(self, code: str) -> str:
        """Return what a code of problem means in short, the code where it is not known."""
        return self.problems.get(code) or code


def cut(
    rows: Sequence[Sequence[str]], heads: Sequence[str], numeric: Sequence[bool], file: str, words: Wording
) -> Table:
    """Return a table of `rows`, the first where they are very many, and says then that `file` has all."""
    note = words("cut", shown=TABLE_ROWS, all=len(rows), file=file) if len(rows) > TABLE_ROWS else ""
    return Table(heads, numeric, rows[:TABLE_ROWS], note)


def count_table(frame: pd.DataFrame, first: str, names: Sequence[str], columns: Sequence[str], words: Wording) -> Table:
    """Return a frame of counts as a table with sums; `names` are those of its rows."""
    counts = [[int(value) for value in row] for row in frame.to_numpy()]
    rows = [[name, *map(words.number, row), words.number(sum(row))] for name, row in zip(names, counts, strict=True)]
    sums = [sum(column) for column in zip(*counts, strict=True)]
    rows.append([words("sum"), *map(words.number, sums), words.number(sum(sums))])
    heads = [first, *columns, words("sum")]
    return Table(heads, [False, *[True] * (len(heads) - 1)], rows)


def count_bars(
    frame: pd.DataFrame, names: Sequence[str], rest: str, words: Wording, most: int = DRAWN_ROWS
) -> list[Bar]:
    """Return `most` bars: one for each row of a frame of counts, and one for all that there is no room for.

    `rest` is the key of the words for those.
    """
    rows = [tuple(float(value) for value in row) for row in frame.to_numpy()]
    kept = len(rows) if len(rows) <= most else most - 1
    bars = [Bar(name, row, words.number(sum(row))) for name, row in zip(names[:kept], rows[:kept], strict=True)]
    if rows[kept:]:
        left = tuple(sum(column) for column in zip(*rows[kept:], strict=True))
        bars.append(Bar(words(rest, count=len(rows) - kept), left, words.number(sum(left)), strong=True))
    return bars


def parts(names: Sequence[str], colours: Sequence[str]) -> list[Part]:
    """Return what each colour stands for."""
    return [Part(name, colour) for name, colour in zip(names, colours, strict=True)]
