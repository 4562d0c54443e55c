"""Pattern rules run over a view: every match is a candidate; which of them stand is decided by claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from pipeline.extract.claims import Claim, Claims
from pipeline.extract.contexts import unmet
from pipeline.extract.units import counted
from pipeline.extract.view import View
from pipeline.rulebook import PatternRule
from pipeline.rulebook.known import Pattern
from pipeline.rulebook.rules import LISTED

Span = tuple[int, int]


class Candidate(NamedTuple):
    """A match of a pattern rule; `start` and `end` are those of its part `at` where the pattern names one.

    `matched` is the span of the whole match in `text`, `parts` are those of its named parts that took part. A match
    of a list («tháng 3, 4 và 5 năm 2024») is a candidate for each numeral, which is its `listed`.
    """

    rule: PatternRule
    text: str
    matched: Span
    parts: Mapping[str, Span]
    start: int
    end: int
    listed: str = ""

    def part(self, name: str) -> str | None:
        """Return what the pattern's part `name`, or one named alike, matched; None where none took part."""
        span = self.parts.get(name)
        return None if span is None else self.text[span[0] : span[1]]

    def start_of(self, name: str) -> int:
        """Return where the part `name`, or one named alike, begins that took part in the match; -1 without one."""
        return self.parts.get(name, (-1, -1))[0]

    def whole(self) -> str:
        """Return all that was matched."""
        return self.text[self.matched[0] : self.matched[1]]

    def claim(self) -> Claim:
        """Return the claim that this candidate makes."""
        return Claim(self.start, self.end, self.rule.kind, self.rule.id, self.rule.title)


def matches(rule: PatternRule, view: View) -> Iterator[Candidate]:
    """Yield the matches of a rule in text order, whatever its context."""
    text = view.folded if rule.folded else view.text
    if rule.pattern is None:
        for found in view.token_matches(rule.id):
            yield _candidate(rule, text, (found.start, found.end), found.parts)
        return
    named, ends = _named_parts(rule.pattern)
    lines = view.lines(rule.folded)
    for found_at in lines.matches(rule.pattern, partial(_beyond, ends)) if ends else lines.matches(rule.pattern):
        candidate = _candidate(rule, text, found_at.span(), _parts(found_at, named))
        if rule.reads == "list":
            yield from _listed(candidate)
        elif candidate.end > candidate.start:
            yield candidate


@lru_cache(maxsize=4096)
def _named_parts(pattern: Pattern) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...]]:
    """Return the groups of a pattern with the names of their parts (`n` of `n__2`), and those of the part `at`."""
    named = tuple((group, name.partition("__")[0]) for name, group in pattern.groupindex.items())
    return named, tuple(group for group, part in named if part == "at")


def _beyond(ends: tuple[int, ...], found: re.Match[str]) -> int:
    """Return where the next match may begin: behind the part `at`, where it took part; `ends` are groups of that."""
    return next((end for group in ends if (end := found.end(group)) >= 0), found.end())


def _candidate(rule: PatternRule, text: str, matched: Span, parts: Mapping[str, Span]) -> Candidate:
    start, end = parts.get("at", matched)
    return Candidate(rule, text, matched, parts, start, end)


def _parts(found: re.Match[str], named: tuple[tuple[int, str], ...]) -> dict[str, Span]:
    """Return the spans of the named parts that took part; of parts named alike the first (`n`, `n__2`)."""
    parts: dict[str, Span] = {}
    for group, name in named:
        span = found.span(group)
        if span[0] >= 0 and name not in parts:
            parts[name] = span
    return parts


_DAY_AND_MONTH = re.compile(r"\d+(?:[/-]\d+)+")
_NUMERAL = re.compile(r"\d+|(?<!\w)[ivl]{1,3}(?!\w)")


def _listed(whole: Candidate) -> Iterator[Candidate]:
    """Yield a candidate for each numeral of a list; what stands before the first and after the last is theirs."""
    name = next((part for part in LISTED if part in whole.parts), None)
    if name is None:
        return
    numerals = list((_DAY_AND_MONTH if name == "dates" else _NUMERAL).finditer(whole.text, *whole.parts[name]))
    for at, numeral in enumerate(numerals):
        start = whole.matched[0] if at == 0 else numeral.start()
        end = whole.matched[1] if at == len(numerals) - 1 else numeral.end()
        yield Candidate(whole.rule, whole.text, whole.matched, whole.parts, start, end, numeral[0])


def candidates(rules: Iterable[PatternRule], view: View) -> list[Candidate]:
    """Return the matches of `rules` in their contexts: higher priority first, then by start, then the longer first."""
    found = [c for rule in rules for c in matches(rule, view) if not unmet(rule.where, view, c.start, c.end)]
    found.sort(key=lambda c: (-c.rule.priority, c.start, -c.end))
    return found


def _dated(view: View, at: int, claims: Claims) -> bool:
    """Tell whether what follows `at` was claimed as a date."""
    end = min(at + 2, len(view.text))
    owner = claims.owner(at, end) if end > at else None
    return owner is not None and owner.kind == "date"


def claimed(rules: Iterable[PatternRule], view: View, claims: Claims) -> list[Candidate]:
    """Return the matches of `rules` whose span was still free, in text order, and claim it for them.

    A rule that is to have no unit after its number gives way where one follows; the word of a date («đợt 2 năm
    2024») is none.
    """
    won = [
        c
        for c in candidates(rules, view)
        if not (c.rule.unit == "none" and counted(view, c.end) and not _dated(view, c.end, claims))
        and claims.take(c.claim())
    ]
    won.sort(key=lambda c: c.start)
    return won
