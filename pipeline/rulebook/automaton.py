"""A pattern as an automaton of its characters, with the number of ways that lead from one to the next.

The construction is Glushkov's: a state for each piece that matches one character, an edge where one may follow
another. Edges are counted (one way, or several), because ways are what a backtracking matcher tries one by one.
The characters are the classes that the pattern itself tells apart. What only looks (`(?=…)`) is a way that ends;
back-references read what their group could read; bounds from `UNBOUNDED` on count as none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct, field

from pipeline.rulebook.syntax import Group, Leaf, Mark, Node, Reference, Repeat, Sequence, children

UNBOUNDED = 5
"""Repeats with a bound from here on are taken for unbounded: what they really cost is measured afterwards."""
_STATES = 6000
_SAMPLES = "aáđbxAĐ09 \t\n.,;:-–/()“\"'%&_@¤\x01"


class Piece(Struct):
    """What a part of the pattern contributes: states it may begin and end with, by number of ways, and the empty way.

    All numbers of ways are 1 or 2, which means several.
    """

    first: dict[int, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    empty: int = 1


class TooLarge(Exception):
    """The pattern has more states than can be looked at in reasonable time."""


@lru_cache(maxsize=4096)
def reads(text: str, flags: int, letters: str) -> int:
    """Return which of `letters` the one-character pattern `text` matches, as bits in their order."""
    matches = re.compile(text, flags).match
    return sum(1 << at for at, letter in enumerate(letters) if matches(letter))


class Automaton:
    """The states of a pattern: state 0 reads anything and stands for the search before a match.

    `masks[state]` are the letters of `letters` that it reads, as bits; `follow[state]` the states after it, by
    number of ways; `final` those that a match may end in.
    """

    def __init__(self, root: Group, flags: int) -> None:
        self._flags = flags & (re.IGNORECASE | re.DOTALL | re.ASCII)
        self.letters = _letters(root)
        self.masks: list[int] = [(1 << len(self.letters)) - 1]
        self.leaves: list[Leaf | None] = [None]
        self.follow: list[dict[int, int]] = [{0: 1}]
        self._groups = {group.number: group for group in _groups(root) if group.number}
        self._named = {group.name: group for group in self._groups.values() if group.name}
        self._open: list[Group] = []
        whole = self._group(root, self._flags)
        self._join({0: 1}, whole.first)
        self.final = frozenset(whole.last)

    def _join(self, before: dict[int, int], after: dict[int, int]) -> None:
        for state, ways in before.items():
            follow = self.follow[state]
            for target, more in after.items():
                follow[target] = min(2, follow.get(target, 0) + ways * more)

    def _piece(self, node: Node, flags: int) -> Piece:
        if isinstance(node, Leaf):
            return self._leaf(node, flags)
        if isinstance(node, Group):
            return self._group(node, flags)
        if isinstance(node, Repeat):
            return self._repeat(node, flags)
        if isinstance(node, Reference):
            group = self._named.get(node.name) or self._groups.get(int(node.name) if node.name.isdigit() else 0)
            return self._group(group, flags) if group and group not in self._open else Piece()
        assert isinstance(node, Mark)
        return Piece()

    def _leaf(self, node: Leaf, flags: int) -> Piece:
        state = len(self.masks)
        if state > _STATES:
            raise TooLarge
        self.masks.append(reads(node.text, flags, self.letters))
        self.leaves.append(node)
        self.follow.append({})
        return Piece({state: 1}, {state: 1}, 0)

    def _group(self, group: Group, flags: int) -> Piece:
        for letter in group.opening[2:-1].split("-")[0] if group.opening.endswith(":") else "":
            flags |= {"i": re.IGNORECASE, "s": re.DOTALL, "a": re.ASCII}.get(letter, 0)
        self._open.append(group)
        whole = Piece(empty=0)
        for branch in group.branches:
            part = self._sequence(branch, flags)
            _add(whole.first, part.first, 1)
            _add(whole.last, part.last, 1)
            whole.empty = min(2, whole.empty + part.empty)
        self._open.pop()
        return whole

    def _sequence(self, sequence: Sequence, flags: int) -> Piece:
        so_far = Piece()
        for item in sequence.items:
            part = self._piece(item, flags)
            if isinstance(item, Group) and item.look and not (item.opening == "(?<=" and not so_far.first):
                # A way that ends: it can be entered and left for nothing, but nothing follows its last state.
                part = Piece(part.first if item.opening in ("(?=", "(?!") else {}, {}, 1)
            so_far = self._after(so_far, part)
        return so_far

    def _after(self, before: Piece, part: Piece) -> Piece:
        self._join(before.last, part.first)
        first = dict(before.first)
        if before.empty:
            _add(first, part.first, before.empty)
        last = dict(part.last)
        if part.empty:
            _add(last, before.last, part.empty)
        return Piece(first, last, min(2, before.empty * part.empty))

    def _repeat(self, node: Repeat, flags: int) -> Piece:
        if node.most >= UNBOUNDED:
            part = self._piece(node.body, flags)
            self._join(part.last, part.first)
            return Piece(part.first, part.last, min(2, 1 + part.empty) if node.least == 0 else part.empty)
        whole = Piece()
        for copy in range(node.most, 0, -1):  # built from behind: a(a(a)?)?
            part = self._piece(node.body, flags)
            whole = self._after(part, whole)
            if copy > node.least:
                whole.empty = min(2, whole.empty + 1)
        return whole


def _add(ways: dict[int, int], more: dict[int, int], times: int) -> None:
    for state, count in more.items():
        ways[state] = min(2, ways.get(state, 0) + count * times)


def _groups(node: Node) -> Iterable[Group]:
    if isinstance(node, Group):
        yield node
    for child in children(node):
        yield from _groups(child)


def _leaves(root: Node) -> Iterable[Leaf]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Leaf):
            yield node
        waiting.extend(children(node))


_MENTIONED = re.compile(r"\\.|[^\\\[\]^-]")


def _letters(root: Group) -> str:
    """Return one letter for each class of letters that the leaves of the pattern tell apart."""
    leaves = list(_leaves(root))
    texts = dict.fromkeys(leaf.text for leaf in leaves)
    singles = {leaf.literal for leaf in leaves if leaf.literal}
    named = {c for text in texts if text[0] == "[" for c in _MENTIONED.findall(text) if len(c) == 1}
    letters = sorted({*_SAMPLES, *singles, *named}, key=lambda c: (_SAMPLES.find(c) % 1000, c))
    wide = [re.compile(text).match for text in texts if text not in singles]
    kinds: dict[tuple[str, ...], str] = {}
    for letter in letters:
        own = letter if letter in singles or letter in "\n¤" else ""
        kinds.setdefault((own, *(str(match(letter) is not None) for match in wide)), letter)
    return "".join(kinds.values())
