"""How many ways a matcher may have to read one text: suspects of catastrophic backtracking, with texts that show it.

A loop is exponential where one text leads from a state of it back to that state in two ways. Loops p and q in a row
are a power of the length more where one text leads from p to p, from p to q and from q to q. Both are decided on
the automaton (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991), in which the search for a
match's start is a loop too. What looks around a match is not weighed, so a suspect is to be proved by a measurement.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct

from pipeline.rulebook.automaton import Automaton

_T = TypeVar("_T", bound=Hashable)
_STEPS = 1_000_000
"""Steps that the questions about one pattern may take in all; beyond, the answer to the rest is no."""

EXPONENTIAL = 99


class Suspect(Struct, frozen=True):
    """What may blow up: the power of the text's length (`EXPONENTIAL` for a nested loop), and how to write a text.

    The text is each pair of `pumps` in order: what leads there, and what is repeated. `places` are the spans, in the
    pattern, of the loops that share their text.
    """

    degree: int
    pumps: tuple[tuple[str, str], ...]
    places: tuple[tuple[int, int], ...]


class _Walks:
    """Shortest ways in products of the automaton, as long as steps are left."""

    def __init__(self) -> None:
        self.left = _STEPS

    def find(
        self, starts: Iterable[_T], goal: Callable[[_T], bool], after: Callable[[_T], Iterable[tuple[_T, int]]]
    ) -> list[tuple[_T, int]] | None:
        """Return the states of a way of one step or more to a goal, each with the mask read; None without one."""
        queue = deque((start, -1, 0) for start in starts)
        seen: set[_T] = set()
        ways: list[tuple[_T, int, int]] = []  # state, the way it was reached from, mask
        while queue and self.left > 0:
            ways.append(queue.popleft())
            for there, mask in after(ways[-1][0]):
                self.left -= 1
                if there in seen:
                    continue
                seen.add(there)
                queue.append((there, len(ways) - 1, mask))
                if goal(there):
                    return self._back(ways, queue[-1])
        return None

    def _back(self, ways: list[tuple[_T, int, int]], end: tuple[_T, int, int]) -> list[tuple[_T, int]]:
        found = [end]
        while found[-1][1] >= 0:
            found.append(ways[found[-1][1]])
        return [(state, mask) for state, _, mask in reversed(found)]


def _components(follow: list[dict[int, int]]) -> list[list[int]]:
    """Return the loops of the automaton: its strongly connected components with an edge inside, in order."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    work: list[tuple[int, Iterator[int]]] = [(0, iter(follow[0]))]
    index[0] = low[0] = 0
    stack.append(0)
    on_stack.add(0)
    while work:
        state, targets = work[-1]
        target = next((t for t in targets if t not in index or t in on_stack), None)
        if target is not None:
            if target in index:
                low[state] = min(low[state], index[target])
                continue
            index[target] = low[target] = len(index)
            stack.append(target)
            on_stack.add(target)
            work.append((target, iter(follow[target])))
            continue
        work.pop()
        if work:
            low[work[-1][0]] = min(low[work[-1][0]], low[state])
        if low[state] == index[state]:
            at = stack.index(state)
            members, stack[at:] = stack[at:], []
            on_stack.difference_update(members)
            if len(members) > 1 or state in follow[state]:
                found.append(members)
    return found[::-1]


def _reached(start: Iterable[int], follow: Sequence[Iterable[int]]) -> frozenset[int]:
    """Return `start` and all that follows it."""
    seen, waiting = set(start), list(start)
    while waiting:
        more = [state for state in follow[waiting.pop()] if state not in seen]
        seen.update(more)
        waiting += more
    return frozenset(seen)


class _Loops:
    """The loops of one automaton and how they follow one another."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton, self._walks = automaton, _Walks()
        self.follow, self.masks = automaton.follow, automaton.masks
        self.loops = _components(self.follow)
        self.of = {state: at for at, loop in enumerate(self.loops) for state in loop}
        self._before: list[list[int]] = [[] for _ in self.follow]
        for state, targets in enumerate(self.follow):
            for target in targets:
                self._before[target].append(state)
        self.reach = [_reached(loop, self.follow) for loop in self.loops]
        self._leading = [_reached(loop, self._before) for loop in self.loops]
        # What the loop may read next, at each of its states.
        self._next = {
            state: reduce(int.__or__, (self.masks[t] for t in self.follow[state] if self.of.get(t) == at), 0)
            for state, at in self.of.items()
        }

    def exponential(self, at: int) -> tuple[int, list[int]] | None:
        """Return a state of the loop and the masks of a text that leads back to it in two ways; None without one."""
        loop = set(self.loops[at])
        if at == 0:
            return None
        for p in sorted(loop):
            for q, ways in self.follow[p].items():
                if ways > 1 and q in loop:
                    return p, [self.masks[q], *(self._way(q, p, loop) if q != p else ())]
        return self._doubled(loop)

    def _doubled(self, loop: set[int]) -> tuple[int, list[int]] | None:
        """Return the same where the two ways begin with different states."""
        origin: dict[tuple[int, int], int] = {}
        largest: frozenset[int] = frozenset()  # its pairs are known, and those of a list of words are many
        for p in sorted(loop):
            inside = frozenset(q for q in self.follow[p] if q in loop)
            for a in sorted(inside - largest):
                for b in sorted(inside):
                    if a != b and self.masks[a] & self.masks[b]:
                        origin.setdefault((min(a, b), max(a, b)), p)
            largest = max(largest, inside, key=len)
        found = self._walks.find(origin, lambda pair: pair[0] == pair[1], lambda here: self._pairs(here, loop))
        if found is None:
            return None
        (a, b), p, end = found[0][0], origin[found[0][0]], found[-1][0][0]
        back = self._way(end, p, loop) if end != p else []
        return p, [self.masks[a] & self.masks[b], *(mask for _, mask in found[1:]), *back]

    def _pairs(self, here: tuple[int, int], loop: set[int]) -> Iterator[tuple[tuple[int, int], int]]:
        for a in self.follow[here[0]]:
            if a in loop:
                for b in self.follow[here[1]]:
                    if b in loop and (mask := self.masks[a] & self.masks[b]):
                        yield (a, b), mask

    def _way(self, start: int, goal: int, inside: set[int] | None = None) -> list[int]:
        """Return the masks of a shortest way from `start` to `goal`, `start` itself not read."""

        def after(here: int) -> Iterator[tuple[int, int]]:
            return ((t, self.masks[t]) for t in self.follow[here] if inside is None or t in inside)

        return [mask for _, mask in (self._walks.find([start], goal.__eq__, after) or [])[1:]]

    def way(self, start: int, goal: int) -> list[int]:
        """Return the masks of a shortest way from `start` to `goal`; none where they are one state."""
        return [] if start == goal else self._way(start, goal)

    def shared(self, first: int, second: int) -> tuple[int, int, list[int]] | None:
        """Return states p, q of the two loops and the masks of a text that goes p→p, p→q and q→q; None without."""
        for p in self.loops[first] if self._walks.left > 0 else ():
            for q in self.loops[second]:
                if not (self.masks[p] & self.masks[q] and self._next[p] & self._next[q]):
                    continue
                found = self._walks.find([(p, p, q)], (p, q, q).__eq__, self._triples(first, second))
                if found:
                    return p, q, [mask for _, mask in found[1:]]
        return None

    def _triples(
        self, first: int, second: int
    ) -> Callable[[tuple[int, int, int]], Iterator[tuple[tuple[int, int, int], int]]]:
        own, other = set(self.loops[first]), set(self.loops[second])
        between = self.reach[first] & self._leading[second]

        def after(here: tuple[int, int, int]) -> Iterator[tuple[tuple[int, int, int], int]]:
            for a in self.follow[here[0]]:
                if a not in own:
                    continue
                for c in self.follow[here[2]]:
                    both = self.masks[a] & self.masks[c]
                    if c not in other or not both:
                        continue
                    for b in self.follow[here[1]]:
                        if (mask := both & self.masks[b]) and b in between:
                            yield (a, b, c), mask

        return after


def _span(automaton: Automaton, loop: list[int]) -> tuple[int, int]:
    leaves = [leaf for state in loop if (leaf := automaton.leaves[state])]
    return min(leaf.start for leaf in leaves), max(leaf.end for leaf in leaves)


def _written(automaton: Automaton, masks: Iterable[int], last: bool) -> str:
    """Return a text of the first letters of `masks`, or the last that is not a control sign or line end."""
    chosen = []
    for mask in masks:
        at = [i for i in range(mask.bit_length()) if mask >> i & 1]
        letters = [automaton.letters[i] for i in at]
        plain = [c for c in letters if c.isprintable()] or letters or ["¤"]
        chosen.append(plain[-1 if last else 0])
    return "".join(chosen)


def find_suspects(automaton: Automaton) -> list[Suspect]:
    """Return the loops that may read one text in many ways, the worst first; those of a power from 2 on."""
    loops = _Loops(automaton)
    return sorted((*_exponential(loops), *_polynomial(loops)), key=lambda s: -s.degree)


def _exponential(loops: _Loops) -> Iterator[Suspect]:
    automaton = loops.automaton
    for at, loop in enumerate(loops.loops):
        found = loops.exponential(at)
        if found:
            lead = loops.way(0, found[0])
            for last in (False, True):
                pump = (_written(automaton, lead, last), _written(automaton, found[1], last))
                yield Suspect(EXPONENTIAL, (pump,), (_span(automaton, loop),))


def _polynomial(loops: _Loops) -> Iterator[Suspect]:
    """Yield the longest chains of loops that share their text."""
    count = len(loops.loops)
    degree, before = [1] * count, [-1] * count
    links: dict[tuple[int, int], tuple[int, int, list[int]]] = {}
    for second in range(1, count):
        for first in sorted(range(second), key=lambda at: -degree[at]):
            if degree[first] + 1 <= degree[second]:
                break
            if loops.loops[second][0] in loops.reach[first]:
                found = loops.shared(first, second)
                if found:
                    links[first, second] = found
                if degree[first] + (found is not None) > degree[second]:
                    degree[second], before[second] = degree[first] + (found is not None), first
    worst = max(degree)
    if worst < 2:
        return
    for end in [at for at in range(count) if degree[at] == worst][:4]:
        chain = [end]
        while before[chain[0]] >= 0:
            chain.insert(0, before[chain[0]])
        pairs = [links[pair] for pair in pairwise(chain) if pair in links]
        for last in (False, True):
            yield Suspect(worst, tuple(_pumps(loops, pairs, last)), tuple(_places(loops, chain, links)))


def _pumps(loops: _Loops, pairs: list[tuple[int, int, list[int]]], last: bool) -> Iterator[tuple[str, str]]:
    at = 0
    for p, q, masks in pairs:
        yield _written(loops.automaton, loops.way(at, p), last), _written(loops.automaton, masks, last)
        at = q


def _places(loops: _Loops, chain: list[int], links: Mapping[tuple[int, int], object]) -> Iterator[tuple[int, int]]:
    shared = {at for pair in pairwise(chain) if pair in links for at in pair}
    return (_span(loops.automaton, loops.loops[at]) for at in sorted(shared) if at)
