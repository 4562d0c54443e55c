"""What a reviewer asks to see: values of facets, words to find, an order, and a part of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

FACETS = ("report", "issuer", "kind", "activity", "status", "rule", "problem", "state")
"""What rows are told apart by; `report` is the path of a file."""

SORTS = ("place", "problem", "value", "rule", "recent")
"""The orders of the list, the usual one first."""

_MOST = 500  # rows that are given at once


class Query(Struct, frozen=True):
    """Rows that have one of the `chosen` values of each facet named and hold the words `q`.

    The part that is given has the row with the key `around`, if that is one of them, else it begins at `first`.
    """

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    q: str = ""
    sort: str = SORTS[0]
    first: int = 0
    limit: int = 100
    around: str = ""


def query_from(pairs: Iterable[tuple[str, str]]) -> Query:
    """Return the query that the parameters of a request make; what makes no sense in them is left out."""
    chosen: dict[str, set[str]] = {}
    told: dict[str, str] = {}
    for name, value in pairs:
        if name in FACETS:
            chosen.setdefault(name, set()).add(value)
        else:
            told[name] = value
    return Query(
        {name: frozenset(values) for name, values in chosen.items()},
        " ".join(told.get("q", "").split()),
        told["sort"] if told.get("sort") in SORTS else SORTS[0],
        _whole(told.get("from", ""), 0, 1 << 40),
        _whole(told.get("limit", ""), 100, _MOST) or 1,
        told.get("around", ""),
    )


def query_of(told: object) -> Query:
    """Return the query that is written as a mapping from names to a text or a list of texts."""
    pairs: list[tuple[str, str]] = []
    for name, value in told.items() if isinstance(told, Mapping) else ():
        values = value if isinstance(value, list) else [value]
        pairs += [(str(name), one) for one in values if isinstance(one, str)]
    return query_from(pairs)


def _whole(text: str, usual: int, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 15 else usual
