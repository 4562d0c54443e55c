"""The counts of one report by unit, and the words that name each: what indicators ask for first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter

from pipeline.extract.naming import SHARES, Naming
from pipeline.model import Count
from pipeline.text.fold import fold

At = tuple[int, Count]
"""A count with its index among the items."""


class Named(dict[int, str]):
    """The words that name a count, between spaces, by its index among the items: worked out when first asked for."""

    def __init__(self, counts: Iterable[At], naming: Naming) -> None:
        super().__init__()
        self._counts, self._naming = dict(counts), naming

    def __missing__(self, at: int) -> str:
        words = self[at] = f" {' '.join(self._naming.words(self._counts[at]).split())} "
        return words


class Counted:
    """The counts of one report, found by unit, alone or with the object: «lượt» of «cơ sở».

    A label's «không» and a table cell may have no unit; they are of what the label, the row and the heads name.
    """

    def __init__(self, counts: Sequence[At], named: Named) -> None:
        self._counts, self._named = counts, named
        self._of: defaultdict[str, list[At]] = defaultdict(list)
        for at, count in counts:
            for head in _heads(fold(count.unit)):
                self._of[head].append((at, count))
        without = [(at, count) for at, count in counts if not count.unit]
        self._zeros = [(at, count) for at, count in without if count.status == "none"]
        self._cells = [(at, count) for at, count in without if count.column]

    def of(self, units: tuple[str, ...], *, zeros: bool) -> list[At]:
        """Return the counts that are of any of `units`, in text order; where there are none all but shares.

        With `zeros` a «không» without a unit is among them.
        """
        if units:
            found = {
                at: count for head, unit in _asked(units) for at, count in self._of.get(head, ())
                if head == unit or f"{fold(count.unit)} {fold(count.object)} ".startswith(f"{unit} ")
            }  # fmt: skip
            found.update((at, count) for at, count in self._cells if _among(units).search(self._named[at]))
        else:
            found = {at: count for at, count in self._counts if count.unit not in SHARES}
        if zeros:
            found.update(self._zeros)
        return sorted(found.items(), key=itemgetter(0))


_WORD_END = re.compile(r" |, |/")


@lru_cache(maxsize=4096)
def _heads(unit: str) -> tuple[str, ...]:
    """Return a unit and the words that it begins with: `lượt người` and `lượt`, `tin, bài` and `tin`."""
    return *{unit[: found.start()] for found in _WORD_END.finditer(unit)}, unit


@lru_cache(maxsize=1024)
def _asked(units: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return each of `units`, folded, behind each of its heads."""
    return tuple((head, unit) for unit in _folded(units) for head in _heads(unit))


@lru_cache(maxsize=1024)
def _among(units: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of `units` among other words."""
    return re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(map(re.escape, _folded(units)))})(?= |, |/)")


def _folded(units: tuple[str, ...]) -> list[str]:
    return sorted(set(map(fold, units)))
