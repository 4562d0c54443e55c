"""What each column of a table is for: ordinals, units, codes, notes, dates, labels or numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from pipeline.extract.grids.figures import figure_in, is_no_data, is_words, is_year
from pipeline.extract.grids.grid import Cell, Grid
from pipeline.extract.grids.heads import Layout, head_path
from pipeline.extract.grids.units import Units
from pipeline.extract.grids.words import TableWords, is_one_of, opens_with, plain

_ORDINAL = re.compile(r"[\dIVXLCa-zđA-ZĐ]{1,4}(?:\.\d{1,2})*[.)/]*")
_DATED = re.compile(
    r"\d{1,2} ?[/-] ?\d{1,4}(?: ?[/-] ?\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{4}|(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?"
)
_FIGURES = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2}")


class Columns(Struct, frozen=True):
    """The columns of a grid by what they are for, and the head above each; `outer` labels enclose `label`.

    `heads` are as printed, stacked heads joined with ` > `. `figured` columns hold numbers for the most part.
    """

    paths: Mapping[int, tuple[Cell, ...]]
    heads: Mapping[int, str]
    ordinal: frozenset[int]
    code: frozenset[int]
    note: frozenset[int]
    date: frozenset[int]
    figured: frozenset[int]
    unit: int | None
    label: int | None
    outer: tuple[int, ...]


def read_columns(grid: Grid, layout: Layout, words: TableWords, units: Units) -> Columns:
    """Return what the columns of a grid are for, by their heads first and by what stands in them next."""
    paths = {column: head_path(grid, layout.head, column) for column in grid.columns}
    heads = {column: " > ".join(cell.text for cell in path) for column, path in paths.items()}
    inner = {column: path[-1].text if path else "" for column, path in paths.items()}
    texts = {c: [text for row in layout.body if (text := grid.text(row, c))] for c in grid.columns}
    ordinal = {c for c in grid.columns if is_one_of(inner[c], words.ordinal)} or _unnamed_ordinal(grid, inner, texts)
    code = {c for c in grid.columns if is_one_of(inner[c], words.code)}
    date = {c for c in grid.columns if _heads_dates(inner[c], words) and _holds_dates(texts[c])}
    unit = next((c for c in grid.columns if is_one_of(inner[c], words.unit) and _holds_units(texts[c], units)), None)
    note = {c for c in grid.columns if opens_with(inner[c], words.note)}
    figured = {c for c in grid.columns if _holds_figures(texts[c])} - ordinal - code - date - note
    apart = ordinal | code | date | note | figured | {unit}
    wordy = [c for c in grid.columns if c not in apart and any(map(_WORD.search, texts[c]))]
    wordy = wordy or [c for c in grid.columns if c not in apart and any(map(is_words, texts[c]))]
    label, outer = _labels(grid, layout, wordy, min(figured, default=0))
    return Columns(
        paths, heads, frozenset(ordinal), frozenset(code), frozenset(note), frozenset(date), frozenset(figured), unit,
        label, outer,
    )  # fmt: skip


def _unnamed_ordinal(grid: Grid, inner: Mapping[int, str], texts: Mapping[int, list[str]]) -> set[int]:
    """Return the first column where it has no head and counts its rows."""
    first = grid.columns[0]
    counted = [int(text) for text in texts[first] if text.isdecimal() and len(text) < 4]
    rising = len(counted) > 1 and counted == list(range(1, len(counted) + 1))
    labelled = all(_ORDINAL.fullmatch(text) for text in texts[first])
    return {first} if not inner[first] and rising and labelled and len(grid.columns) > 2 else set()


def _heads_dates(head: str, words: TableWords) -> bool:
    """Tell «Thời gian thực hiện» from «Năm 2023», below which stand numbers."""
    return opens_with(head, words.date) and not _FIGURES.search(head)


def _holds_dates(texts: list[str]) -> bool:
    dated = sum(bool(_DATED.fullmatch(text)) for text in texts)
    return 2 * dated >= len(texts) or not any(figure_in(text) for text in texts)


def _holds_units(texts: list[str], units: Units) -> bool:
    """Tell whether a column headed «Đơn vị …» holds units, and not the names of bodies."""
    return 2 * sum(units.known(text) for text in texts) >= len(texts) > 0


def _holds_figures(texts: list[str]) -> bool:
    numbers = sum(figure_in(text) is not None or is_no_data(text) for text in texts)
    return 2 * numbers >= len(texts) > 0 and any(figure_in(text) and not is_year(text) for text in texts)


def _labels(grid: Grid, layout: Layout, wordy: list[int], figured: int) -> tuple[int | None, tuple[int, ...]]:
    """Return the column that names the rows, and those left of it that name several rows at a time."""
    before = [c for c in wordy if c < figured] or wordy
    for at, column in enumerate(before):
        if at + 1 == len(before) or not _encloses(grid, layout, column, before[at + 1]):
            return column, tuple(before[:at])
    return None, ()


def _encloses(grid: Grid, layout: Layout, column: int, inside: int) -> bool:
    """Tell whether cells of `column` go on beside several cells of `inside`, merged or left blank below."""
    for row in layout.body:
        cell, beside = grid.covers.get((row, column)), grid.text(row, inside)
        if cell and cell.text and cell.row_span > 1 and cell.row < row and is_words(beside):
            return True
        if (cell is None or not cell.text) and is_words(beside):
            return True
    return False


class Label(Struct, frozen=True):
    """What names a row: its own words, what encloses it (outermost first), its ordinal, and whether it is bold."""

    text: str
    outer: tuple[str, ...] = ()
    ordinal: str = ""
    bold: bool = False

    @property
    def whole(self) -> str:
        """All of it, joined with ` > `."""
        return " > ".join(dict.fromkeys(filter(None, (*self.outer, self.text))))


def names_of(labels: Mapping[int, Label]) -> dict[int, str]:
    """Return how each row is named: by its own words, with what encloses it where these name several rows."""
    times = Counter(label.text for label in labels.values())
    return {row: label.text if label.text and times[label.text] == 1 else label.whole for row, label in labels.items()}


def read_labels(grid: Grid, layout: Layout, columns: Columns, words: TableWords) -> dict[int, Label]:
    """Return the label of each row of data, with the group and the merged labels that enclose it."""
    labels: dict[int, Label] = {}
    group, above = "", dict.fromkeys(columns.outer, "")
    for row in (r for r in grid.rows if r in layout.groups or r not in layout.heads):
        if row in layout.groups:
            group = "" if opens_with(layout.groups[row], words.part) else layout.groups[row]
            continue
        label = _label(grid, row, columns)
        if not label.text and not any(cell.column in columns.outer for cell in grid.row(row)):
            labels[row] = label
            continue
        for column in columns.outer:
            cell = grid.covers.get((row, column))
            above[column] = cell.text if cell and cell.text else above[column]
        outer = tuple(filter(None, above.values()))
        total = any(is_one_of(text, words.total) for text in (label.text, *outer))
        label = Label(label.text, outer, label.ordinal, label.bold)
        labels[row] = label if total or not group else Label(label.text, (group, *outer), label.ordinal, label.bold)
    return labels


def _label(grid: Grid, row: int, columns: Columns) -> Label:
    cells = grid.row(row)
    ordinal = next((c.text for c in cells if c.column in columns.ordinal and _ORDINAL.fullmatch(c.text)), "")
    cell = grid.cells.get((row, columns.label)) if columns.label is not None else None
    if cell is None or not is_words(cell.text):
        skipped = columns.ordinal if ordinal else frozenset[int]()
        cell = next((c for c in cells if _names(c, columns, skipped)), None)
    return Label(cell.text, (), ordinal, cell.bold) if cell else Label("", (), ordinal)


def _names(cell: Cell, columns: Columns, skipped: frozenset[int]) -> bool:
    apart = columns.note | columns.figured | columns.date | columns.code | skipped | {columns.unit} | {*columns.outer}
    return cell.column not in apart and bool(_WORD.search(cell.text))


def splits_label(text: str) -> tuple[str, str]:
    """Return the list label that the words of a row begin with, and the rest: «1.1. Thu phí»."""
    found = re.match(r"((?:[IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)/]+|[-+•*])\s+", text)
    return (found[1], text[found.end() :]) if found else ("", text)


def is_total(label: Label, words: TableWords) -> bool:
    """Tell whether a row's label says that it is a total."""
    return any(is_one_of(splits_label(text)[1], words.total) for text in (label.text, *label.outer[-1:], label.ordinal))


def names_parts(head: str, words: TableWords) -> bool:
    """Tell whether a head says that parts follow: «Trong đó»."""
    return plain(head) in words.part
