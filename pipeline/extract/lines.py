"""Where in a text a pattern has to be tried: in lines that hold what it needs, at characters that it can begin with."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pipeline.rulebook.literals import Words, needs
from pipeline.rulebook.openings import LENGTH, openings, signs

Span = tuple[int, int]


def prepare(patterns: Iterable[re.Pattern[str]]) -> None:
    """Work out what can be told from `patterns` alone, which else is done when one is first looked for."""
    for pattern in patterns:
        needs(pattern.pattern, pattern.flags)
        openings(pattern.pattern, pattern.flags)


class Lines:
    """The lines of one text, and which of them hold what.

    Sets of lines are numbers, with a bit for each line, the lowest for the first.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []
        self._ends: list[int] = []
        at = 0
        for line in text.split("\n"):
            self._starts.append(at)
            at += len(line)
            self._ends.append(at)
            at += 1
        self._all = (1 << len(self._starts)) - 1
        self._holding: dict[str, int] = {}
        self._spans: dict[int, list[Span]] = {}

    def matches(
        self, pattern: re.Pattern[str], beyond: Callable[[re.Match[str]], int] = re.Match.end
    ) -> Iterator[re.Match[str]]:
        """Yield the matches of `pattern` but for empty ones, in text order; the next begins `beyond` the one before."""
        text, at = self.text, 0
        spans = self.to_search(pattern)
        begins = self._begins(pattern) if spans else None
        for start, end in spans:
            if begins is None:
                while (found := pattern.search(text, max(at, start), end + 2)) and found.start() <= end:
                    if found.end() > found.start():
                        yield found
                    at = max(beyond(found), found.start() + 1)
                continue
            for place in begins[bisect_left(begins, start) : bisect_right(begins, end)]:
                if place >= at and (found := pattern.match(text, place, end + 2)):
                    yield found
                    at = max(beyond(found), place + 1)

    def to_search(self, pattern: re.Pattern[str]) -> list[Span]:
        """Return the stretches of the text that hold every match of `pattern`: lines, all of the text, or nothing.

        A stretch ends where a line end stands. Two characters from there on must be seen by `pattern`: it may look at
        the line end, and `$` holds before the last one of what is seen.
        """
        needed = needs(pattern.pattern, pattern.flags)
        lines = self._all
        if needed.in_line:
            for words in needed.words:
                lines &= self._with_any(words)
            return self._spans_of(lines)
        return [(0, len(self.text))] if all(map(self._with_any, needed.words)) else []

    def _with_any(self, words: Words) -> int:
        """Return the lines that hold any of `words`."""
        lines = 0
        for word in words:
            if word not in self._holding:
                self._holding[word] = self._with(word)
            lines |= self._holding[word]
        return lines

    def _with(self, word: str) -> int:
        lines, at = bytearray(1 + len(self._ends) // 8), self.text.find(word)
        while at >= 0:
            line = bisect_left(self._ends, at)
            lines[line // 8] |= 1 << line % 8
            at = self.text.find(word, self._ends[line] + 1)
        return int.from_bytes(lines, "little")

    def _spans_of(self, lines: int) -> list[Span]:
        """Return the spans of `lines`, those of neighbours as one."""
        if lines not in self._spans:
            bits = f"{lines:b}"[::-1]
            runs = [found.span() for found in _RUN.finditer(bits)]
            self._spans[lines] = [(self._starts[first], self._ends[beyond - 1]) for first, beyond in runs]
        return self._spans[lines]

    def _begins(self, pattern: re.Pattern[str]) -> list[int] | None:
        """Return where `pattern` may match, in text order; None where it has to be searched for."""
        told = openings(pattern.pattern, pattern.flags)
        if told is None:
            return None
        found: set[int] = set()
        for first in told & self._starts_with.keys():
            found.update(self._starts_with[first])
        return sorted(found)

    @cached_property
    def _starts_with(self) -> dict[str, list[int]]:
        """Where words, numerals and marks begin, by the signs of their first characters, of one and of more."""
        starts: defaultdict[str, list[int]] = defaultdict(list)
        text = signs(self.text)
        for found in _START.finditer(text):
            at = found.start()
            starts[text[at : at + LENGTH]].append(at)
        for told, places in list(starts.items()):
            for length in range(1, len(told)):
                starts[told[:length]] += places
        return dict(starts)


_START = re.compile(r"\w+|[^\w\s]")
_RUN = re.compile("1+")
