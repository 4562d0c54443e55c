"""Which row of a run is which item of the gold: each required item takes one row, best fit first."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.evaluation.gold import ATTRIBUTES, GoldItem
from pipeline.evaluation.letters import composed, letters, number, plain

Row = dict[str, str]
"""A row of `consolidated.csv`, by column."""


class Pairing(Struct, frozen=True):
    """Required items with their rows, the items that no row is, and the rows that no item is."""

    pairs: list[tuple[GoldItem, Row]]
    missed: list[GoldItem]
    wrong: list[Row]


def pair(golds: Sequence[GoldItem], rows: Sequence[Row], loose: bool = False) -> Pairing:
    """Return how `golds` and `rows`, all of one kind, go together; optional items take what is left over.

    `loose` looks at values alone: at no unit, total, qualifier or status.
    """
    left, pairs, missed = list(rows), [], []
    for item in sorted(golds, key=lambda gold: gold.optional):
        near = [row for row in left if same(item, row, loose)]
        best = min(near, key=lambda row: _off(item, row), default=None)
        if best is not None:
            left.remove(best)
        if item.optional:
            continue
        if best is None:
            missed.append(item)
        else:
            pairs.append((item, best))
    return Pairing(pairs, missed, left)


def same(item: GoldItem, row: Row, loose: bool = False) -> bool:
    """Tell whether `row` says what `item` does."""
    if item.kind == "count":
        return _same_count(item, row, loose)
    if item.kind == "activity":
        anchored = letters(item.anchor) in letters(row["sentence"])
        return row["value"] == item.values[0] and anchored and (loose or row["status"] in item.statuses)
    return composed(row["value"]) in map(composed, item.values)


def _same_count(item: GoldItem, row: Row, loose: bool) -> bool:
    if number(row["value"]) not in map(number, item.values):
        return False
    if loose:
        return True
    if item.totals is not None and number(row.get("total", "")) not in map(number, item.totals):
        return False
    if item.units and plain(row["unit"]) not in map(plain, item.units):
        return False
    return (row["qualifier"] or "exact") in item.qualifiers


def attribute_right(item: GoldItem, column: str, row: Row) -> bool:
    """Tell whether `column` of a row paired with `item` is as the gold wants it."""
    return letters(row.get(column, "")) in map(letters, item.attributes[column])


def _off(item: GoldItem, row: Row) -> tuple[int, bool]:
    """Return how badly a row that says the same fits: attributes that differ, and words that do not overlap."""
    differ = sum(not attribute_right(item, column, row) for column in ATTRIBUTES if column in item.attributes)
    return differ, not _overlap(item, row)


def _overlap(item: GoldItem, row: Row) -> bool:
    mine, theirs = letters(item.text), letters(row["text"])
    return mine in theirs or theirs in mine


def nearest(item: GoldItem, rows: Sequence[Row]) -> Row | None:
    """Return which of `rows` was found in place of a missed `item`: of its value, else of its words; or None."""
    near = [row for row in rows if same(item, row, loose=True)] or [row for row in rows if _in_place_of(item, row)]
    return min(near, key=lambda row: (not _overlap(item, row), len(row["text"])), default=None)


def _in_place_of(item: GoldItem, row: Row) -> bool:
    if item.kind == "activity":
        return letters(item.anchor) in letters(row["sentence"])
    return bool(letters(item.text)) and _overlap(item, row)
