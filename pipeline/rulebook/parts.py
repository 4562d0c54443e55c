"""The parts of a pattern as its author wrote it, and how far they match a text that the whole does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.rulebook.patterns import compile_pattern
from pipeline.rulebook.syntax import Group, Leaf, Mark, Node, Repeat, Sequence, parse

_SHOWN = 40
"""Characters of the text shown where a pattern failed."""


class Part(Struct, frozen=True):
    """A piece of a pattern's source that stands by itself: a word, a class, a group, a `{fragment}`, a look-around.

    `[start, end)` is its span in the source, `branch` the alternative of the whole pattern that it belongs to.
    """

    start: int
    end: int
    source: str
    branch: int


class NearMiss(Struct, frozen=True):
    """The farthest that a pattern came in a text: `[start, end)` is what its parts before `failed` match there.

    `failed` is None where all of the pattern matches. `there` is what the text has instead, up to the line's end.
    """

    start: int
    end: int
    matched: str
    failed: Part | None
    there: str


def top_parts(source: str) -> tuple[Part, ...]:
    """Return the parts of the pattern `source` (not expanded) at its top level, in order, branch by branch.

    Letters that stand together are one part. A valid pattern is expected.
    """
    return tuple(
        Part(first.start, last.end, source[first.start : last.end], number)
        for number, branch in enumerate(parse(source).branches)
        for first, last in _pieces(branch)
    )


def _pieces(branch: Sequence) -> Iterator[tuple[Node, Node]]:
    """Yield the first and the last piece of each part of a branch; line ends of the source are none."""
    run: list[Node] = []
    for item in branch.items:
        if isinstance(item, Leaf) and item.literal and not item.literal.isspace():
            run.append(item)
            continue
        if run:
            yield run[0], run[-1]
            run = []
        if not (isinstance(item, Mark) and item.text.startswith("\n")):
            yield item, item
    if run:
        yield run[0], run[-1]


class _Step(Struct, frozen=True):
    """A part, the groups that are open behind it, and whether text must stand for it."""

    part: Part
    open: int
    solid: bool


def _steps(source: str, branch: Sequence, number: int, depth: int = 0) -> Iterator[_Step]:
    """Yield the parts of a branch; a group without alternatives or quantifier is gone into."""
    for first, last in _pieces(branch):
        if isinstance(first, Group) and not first.look and first.opening != "(?>" and len(first.branches) == 1:
            yield from _steps(source, first.branches[0], number, depth + 1)
            continue
        part = Part(first.start, last.end, source[first.start : last.end], number)
        yield _Step(part, depth, _solid(first))


def _solid(node: Node) -> bool:
    if isinstance(node, Repeat):
        return node.least > 0 and _solid(node.body)
    if isinstance(node, Group):
        return not node.look and all(any(map(_solid, branch.items)) for branch in node.branches)
    return isinstance(node, Leaf) or (isinstance(node, Mark) and node.fragment)


def longest_prefix(source: str, fragments: Mapping[str, str], text: str) -> NearMiss | None:
    """Return how far the pattern `source` comes in `text`, or None where not one of its parts stands there.

    Of all branches and places the one with the most parts wins that stand for text, then the longer match. `text` is
    what the rule reads: folded, where the rule is. A page takes some milliseconds.
    """
    found: list[tuple[int, int, NearMiss]] = []
    for number, branch in enumerate(parse(source).branches):
        steps = list(_steps(source, branch, number))
        reached = _reached(source, branch.start, steps, fragments, text)
        if reached is None:
            continue
        count, (start, end) = reached
        solid = sum(step.solid for step in steps[:count])
        failed = steps[count].part if count < len(steps) else None
        there = re.split(r"[\n\t]", text[end : end + _SHOWN])[0]
        found.append((solid, end - start, NearMiss(start, end, text[start:end], failed, there)))
    return max(found, key=lambda told: told[:2])[2] if found else None


def _reached(
    source: str, begin: int, steps: list[_Step], fragments: Mapping[str, str], text: str
) -> tuple[int, tuple[int, int]] | None:
    """Return how many steps match somewhere, and the longest span that they match; None where no solid one does."""
    low, high = 0, len(steps)
    best: tuple[int, int] | None = None
    while low < high:  # where more steps match, fewer match too
        middle = (low + high + 1) // 2
        step = steps[middle - 1]
        pattern = compile_pattern(source[begin : step.part.end] + ")" * step.open, fragments)
        spans = [found.span() for found in pattern.finditer(text)]
        if spans:
            low, best = middle, max(spans, key=lambda span: span[1] - span[0])
        else:
            high = middle - 1
    return (low, best) if best and any(step.solid for step in steps[:low]) else None
