"""The facets of all rows in memory, as numbers: what a query leaves, and how many rows each value would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.review.query import FACETS

Mask = NDArray[np.bool_]

_MOST = 200  # values of a facet that are told
_SPARE = 1024  # rows that there is room for at first


class Column:
    """One facet: a value of each row, as its number among all values that were met; an empty one is none."""

    def __init__(self) -> None:
        self._codes = np.zeros(_SPARE, np.int32)
        self._known: dict[str, int] = {"": 0}

    def set(self, n: int, value: str) -> None:
        """Give row `n` a value."""
        if n >= len(self._codes):
            self._codes = np.concatenate([self._codes, np.zeros(max(n, _SPARE), np.int32)])
        self._codes[n] = self._known.setdefault(value, len(self._known))

    def value(self, n: int) -> str:
        """Return the value of row `n`."""
        code = int(self._codes[n])
        return next(value for value, known in self._known.items() if known == code)

    def mask(self, total: int, values: Iterable[str]) -> Mask:
        """Return which of `total` rows have one of the `values`."""
        return np.isin(self._codes[:total], [self._known[value] for value in values if value in self._known])

    def counts(self, mask: Mask) -> dict[str, int]:
        """Return how many of the rows in `mask` have each value."""
        found = np.bincount(self._codes[: len(mask)][mask], minlength=len(self._known))
        return {value: int(found[code]) for value, code in self._known.items() if found[code]}


class Listed:
    """A facet of which a row may have several values."""

    def __init__(self) -> None:
        self._of_row: dict[int, tuple[int, ...]] = {}
        self._known: dict[str, int] = {}
        self._pairs: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None

    def set(self, n: int, values: Sequence[str]) -> None:
        """Give row `n` its values."""
        codes = tuple(self._known.setdefault(value, len(self._known)) for value in values)
        if codes != self._of_row.get(n, ()):
            self._of_row[n] = codes
            self._pairs = None

    def mask(self, total: int, values: Iterable[str]) -> Mask:
        """Return which of `total` rows have one of the `values`, or any where `values` is empty."""
        rows, codes = self._flat()
        wanted = np.isin(codes, [self._known[value] for value in values if value in self._known])
        mask = np.zeros(total, np.bool_)
        mask[rows[wanted]] = True
        return mask

    def any(self, total: int) -> Mask:
        """Return which of `total` rows have a value at all."""
        mask = np.zeros(total, np.bool_)
        mask[self._flat()[0]] = True
        return mask

    def counts(self, mask: Mask) -> dict[str, int]:
        """Return how many of the rows in `mask` have each value."""
        rows, codes = self._flat()
        found = np.bincount(codes[mask[rows]], minlength=len(self._known))
        return {value: int(found[code]) for value, code in self._known.items() if found[code]}

    def _flat(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self._pairs is None:
            pairs = [(n, code) for n, codes in self._of_row.items() for code in codes]
            flat = np.array(pairs, np.int64).reshape(-1, 2)
            self._pairs = flat[:, 0], flat[:, 1]
        return self._pairs


class Columns:
    """All facets of all rows."""

    def __init__(self) -> None:
        self.problems = Listed()
        self._single = {name: Column() for name in FACETS if name != "problem"}

    def set(self, n: int, values: Mapping[str, str], problems: Sequence[str]) -> None:
        """Give row `n` its values."""
        for name, value in values.items():
            self._single[name].set(n, value)
        self.problems.set(n, problems)

    def state_of(self, n: int) -> str:
        """Return the state of row `n`."""
        return self._single["state"].value(n)

    def masks(self, total: int, chosen: Mapping[str, Iterable[str]]) -> dict[str, Mask]:
        """Return, by facet of which values are `chosen`, which of `total` rows have one of them."""
        return {name: self._of(name).mask(total, values) for name, values in chosen.items()}

    def counts(self, name: str, mask: Mask) -> list[tuple[str, int]]:
        """Return the values that rows in `mask` have most often, with how many have them."""
        return Counter(self._of(name).counts(mask)).most_common(_MOST)

    def _of(self, name: str) -> Column | Listed:
        return self.problems if name == "problem" else self._single[name]
