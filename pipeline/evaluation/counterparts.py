"""Which item of one run is which of another run over the same report: by kind and span, then by words they share."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.evaluation.outputs import span_of, start_of
from pipeline.evaluation.pairing import Row


class Counterparts(Struct, frozen=True):
    """The items of two runs that are one, before and after, and those that only one of the runs has."""

    pairs: list[tuple[Row, Row]]
    lost: list[Row]
    gained: list[Row]


def counterparts(before: Sequence[Row], after: Sequence[Row]) -> Counterparts:
    """Return how the items of one report go together, whatever order they come in.

    Items of one kind and span are one, of several those of equal value first. Of what is left, items of one kind
    that overlap are one: a wider or narrower mention. Equal values go first there too, then the longer overlap.
    """
    pairs, old, new = _of_equal_spans(before, after)
    ranked = sorted(_overlapping(old, new), key=lambda found: found[0])
    gone, come = set[int](), set[int]()
    for _, lost, gained in ranked:
        if lost not in gone and gained not in come:
            gone.add(lost)
            come.add(gained)
            pairs.append((old[lost], new[gained]))
    return Counterparts(
        pairs,
        [row for at, row in enumerate(old) if at not in gone],
        [row for at, row in enumerate(new) if at not in come],
    )


def _of_equal_spans(before: Sequence[Row], after: Sequence[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Return pairs of one kind and span, and what is left of each run."""
    pairs: list[tuple[Row, Row]] = []
    left, right = sorted(before, key=_place), sorted(after, key=_place)
    for by_value in (True, False):
        waiting: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in right:
            waiting[_key(row, by_value)].append(row)
        rest = []
        for row in left:
            same = waiting[_key(row, by_value)]
            if same:
                pairs.append((row, same.pop(0)))
            else:
                rest.append(row)
        left, right = rest, sorted((row for rows in waiting.values() for row in rows), key=_place)
    return pairs, left, right


def _key(row: Row, by_value: bool) -> tuple[str, ...]:
    return (row["kind"], row["start"], row["end"], row["value"] if by_value else "")


def _place(row: Row) -> tuple[int, int, str, str, str]:
    start, end = span_of(row) or (-1, -1)
    return start, end, row["kind"], row["value"], row["rule"]


def _overlapping(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[tuple[bool, int, int, int], int, int]]:
    """Yield each two items of one kind that overlap, by their places in `old` and `new`, with a rank: least is best."""
    starts = [start_of(row) for row in new]
    longest = max((end - start for start, end in filter(None, map(span_of, new))), default=0)
    for lost, mine in enumerate(old):
        span = span_of(mine)
        if span is None:
            continue
        for gained in range(bisect_left(starts, span[0] - longest), bisect_left(starts, span[1])):
            theirs = span_of(new[gained])
            shared = min(span[1], theirs[1]) - max(span[0], theirs[0]) if theirs else 0
            if shared > 0 and mine["kind"] == new[gained]["kind"]:
                yield (mine["value"] != new[gained]["value"], -shared, lost, gained), lost, gained
