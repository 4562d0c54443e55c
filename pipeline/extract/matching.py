"""Pattern rules run over a view: every match is a candidate; which of them stand is decided by claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.extract.claims import Claim, Claims
from pipeline.extract.units import counted
from pipeline.extract.view import View
from pipeline.rulebook import PatternRule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of a pattern rule; `start` and `end` are those of its part `at` where the pattern names one."""

    rule: PatternRule
    match: re.Match[str]
    start: int
    end: int

    def part(self, name: str) -> str | None:
        """Return what the pattern's part `name`, or one named alike, matched; None where none took part."""
        groups = self.match.re.groupindex
        if name not in groups:
            return None
        value, count = self.match[name], 2
        while value is None and f"{name}__{count}" in groups:
            value, count = self.match[f"{name}__{count}"], count + 1
        return value

    def start_of(self, name: str) -> int:
        """Return where the part `name`, or one named alike, begins that took part in the match."""
        groups = self.match.re.groupindex
        at, count = self.match.start(name), 2
        while at < 0 and f"{name}__{count}" in groups:
            at, count = self.match.start(f"{name}__{count}"), count + 1
        return at

    def claim(self) -> Claim:
        """Return the claim that this candidate makes."""
        return Claim(self.start, self.end, self.rule.kind, self.rule.id, self.rule.title)


def _matches(rule: PatternRule, text: str) -> Iterator[Candidate]:
    named = "at" in rule.pattern.groupindex
    at = 0
    while found := rule.pattern.search(text, at):
        start, end = found.span("at") if named else found.span()
        if end > start:
            yield Candidate(rule, found, start, end)
        at = max(end, at + 1) if named else max(found.end(), at + 1)


def candidates(rules: Iterable[PatternRule], view: View) -> list[Candidate]:
    """Return the matches of `rules`: higher priority first, then by start, then the longer first."""
    found = [c for rule in rules for c in _matches(rule, view.folded if rule.folded else view.text)]
    found.sort(key=lambda c: (-c.rule.priority, c.start, -c.end))
    return found


def claimed(rules: Iterable[PatternRule], view: View, claims: Claims) -> list[Candidate]:
    """Return the matches of `rules` whose span was still free, in text order, and claim it for them.

    A rule that is to have no unit after its number gives way where one follows.
    """
    won = [
        c
        for c in candidates(rules, view)
        if not (c.rule.unit == "none" and counted(view, c.end)) and claims.take(c.claim())
    ]
    won.sort(key=lambda c: c.start)
    return won
