"""Contenders measured in alternation: each once in a round, the first of each round another one.

A machine that others use, or that throttles, changes its speed within minutes. What is compared is measured within one
round, and a ratio is the median of the ratios of the rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import TypeVar

_Name = TypeVar("_Name")


def alternating(names: Sequence[_Name], rounds: int) -> Iterator[tuple[int, _Name]]:
    """Yield each of `names` once in each of `rounds`, with the round's number; each round begins one further on."""
    for number in range(rounds):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            yield number, name


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """Return how many times as much as `those` `these` are, both told round by round."""
    return median(this / that for this, that in zip(these, those, strict=True))


def slopes(whole: Sequence[float], start: Sequence[float], further: int) -> list[float]:
    """Return what each of `further` reports adds to one alone: `whole` is with them, `start` without, by round."""
    return [(every - one) / further for every, one in zip(whole, start, strict=True)]


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(value: float, digits: int = 3) -> str:
    """Return a figure with so many digits that count, whole thousands with a comma."""
    if value >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}" if value >= 1 else f"{value:.{digits - 1}f}"
