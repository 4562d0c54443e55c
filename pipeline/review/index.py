"""All rows of a review, to be looked through by facets, words, order and part, in little time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from pipeline.decisions import State
from pipeline.review.columns import Columns, Mask
from pipeline.review.query import FACETS, Query
from pipeline.review.rows import LETTERHEAD, PROBLEM, Row
from pipeline.review.shelf import Numbers, Shelf

UNDECIDED = frozenset({State.OPEN, State.CHANGED})
"""The states of rows that are still to be decided."""

_SPARE = 1024  # rows that there is room for at first
_KINDS = {LETTERHEAD: 0, PROBLEM: 2}  # the order of rows at one place; items are between

Standings = Callable[[Row], tuple[State, int]]
"""The state of a row, and the number of the last entry on it, 0 where there is none."""


class Index:
    """Rows, each with a number `n` for as long as the index is; used by one thread at a time.

    Rows that are gone, such as additions that were taken back, keep their number and are shown to nobody.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.columns = Columns()
        self._total = 0
        self._places = np.zeros((_SPARE, 4), np.int64)  # file, kind of row, start, end
        self._last = np.zeros(_SPARE, np.int64)
        self._gone = np.zeros(_SPARE, np.bool_)
        self._orders: dict[str, Numbers] = {}
        self._found: tuple[str, Mask] | None = None
        self._undecided = np.zeros(_SPARE, np.bool_)

    def add(self, rows: Iterable[Row], stands: Standings, place: int) -> list[int]:
        """Put in rows of the file that is the one at `place` in the order of files, and return their numbers."""
        numbered = list(enumerate(rows, self._total))
        self._total += len(numbered)
        self._make_room()
        self.shelf.put(numbered)
        for n, row in numbered:
            rank = _KINDS.get(row.type, 1)
            self._places[n] = place, 0 if rank == 0 else 1, row.start if rank else -2, row.end * 4 + rank
            self._tell(n, row, *stands(row))
        self._forget()
        return [n for n, _ in numbered]

    def replace(self, n: int, row: Row) -> None:
        """Put `row` in the place of that of number `n`."""
        self.shelf.put([(n, row)])
        self._forget(("value", "rule"))

    def change(self, n: int, row: Row, state: State, last: int, gone: bool = False) -> None:
        """Have the row of number `n`, which is `row`, stand otherwise."""
        self._tell(n, row, state, last)
        self._gone[n] = gone
        self._orders.pop("recent", None)

    def numbers(self, query: Query) -> Numbers:
        """Return the numbers of all rows that a query asks for, in its order."""
        order = self._order(query.sort)
        return order[self._mask(query)[order]]

    def first(self, query: Query, numbers: Numbers) -> int:
        """Return where the part of `numbers` begins that a query asks for."""
        n = self.shelf.with_key(query.around) if query.around else None
        at = [] if n is None else np.flatnonzero(numbers == n).tolist()
        return int(at[0]) // query.limit * query.limit if at else query.first

    def untouched(self, query: Query) -> Numbers:
        """Return the numbers of the rows that a query asks for and that nobody has decided on.

        One that was decided on as something else must be looked at, and can't be accepted with others.
        """
        untouched = self.columns.masks(self._total, {"state": [State.OPEN.value]})["state"]
        return np.flatnonzero(self._mask(query) & untouched)

    def facets(self, query: Query) -> dict[str, list[tuple[str, int]]]:
        """Return, of each facet, the values and how many rows they would leave, all other facets applied."""
        base, masks = self._words(query.q) & ~self._gone[: self._total], self._masks(query)
        told = {}
        for name in FACETS:
            left = base.copy()
            for other, mask in masks.items():
                if other != name:
                    left &= mask
            told[name] = self.columns.counts(name, left)
        return told

    def progress(self) -> tuple[int, int]:
        """Return how many rows are decided, and how many there are."""
        there = ~self._gone[: self._total]
        return int((there & ~self._undecided[: self._total]).sum()), int(there.sum())

    def _tell(self, n: int, row: Row, state: State, last: int) -> None:
        values = {
            "report": row.file,
            "issuer": row.issuer,
            "kind": row.kind,
            "activity": row.activity,
            "status": row.status,
            "rule": row.rule,
            "state": state.value,
        }
        self.columns.set(n, values, row.problems)
        self._last[n] = last
        self._undecided[n] = state in UNDECIDED

    def _mask(self, query: Query) -> Mask:
        mask = self._words(query.q) & ~self._gone[: self._total]
        for one in self._masks(query).values():
            mask &= one
        return mask

    def _masks(self, query: Query) -> dict[str, Mask]:
        return self.columns.masks(self._total, query.chosen)

    def _words(self, q: str) -> Mask:
        """Return which rows hold the words `q`; the last ones are remembered."""
        if not q:
            return np.ones(self._total, np.bool_)
        if self._found is None or self._found[0] != q:
            mask = np.zeros(self._total, np.bool_)
            mask[self.shelf.holding(q)] = True
            self._found = q, mask
        return self._found[1].copy()

    def _order(self, sort: str) -> Numbers:
        if sort not in self._orders:
            self._orders[sort] = self._ordered(sort)
        return self._orders[sort]

    def _ordered(self, sort: str) -> Numbers:
        if sort in ("value", "rule"):
            return self.shelf.ordered(sort)
        if sort == "place":
            file, rank, start, end = self._places[: self._total].T
            return np.lexsort((end, start, rank, file))
        order = self._order("place")
        if sort == "problem":
            return order[np.argsort(~self.columns.problems.any(self._total)[order], kind="stable")]
        return order[np.argsort(-self._last[: self._total][order], kind="stable")]

    def _make_room(self) -> None:
        while self._total > len(self._last):
            self._places = np.concatenate([self._places, np.zeros_like(self._places)])
            self._last = np.concatenate([self._last, np.zeros_like(self._last)])
            self._gone = np.concatenate([self._gone, np.zeros_like(self._gone)])
            self._undecided = np.concatenate([self._undecided, np.zeros_like(self._undecided)])

    def _forget(self, sorts: Iterable[str] = ()) -> None:
        self._found = None
        for sort in sorts or list(self._orders):
            self._orders.pop(sort, None)
