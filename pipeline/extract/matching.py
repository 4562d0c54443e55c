"""Pattern rules run over a view: every match is a candidate; which of them stand is decided by claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.extract.claims import Claim, Claims
from pipeline.extract.units import counted
from pipeline.extract.view import View
from pipeline.rulebook import PatternRule
from pipeline.rulebook.rules import LISTED


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of a pattern rule; `start` and `end` are those of its part `at` where the pattern names one.

    A match of a list («tháng 3, 4 và 5 năm 2024») is a candidate for each numeral, which is its `listed`.
    """

    rule: PatternRule
    match: re.Match[str]
    start: int
    end: int
    listed: str = ""

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
        if rule.reads == "list":
            yield from _listed(rule, found)
        elif end > start:
            yield Candidate(rule, found, start, end)
        at = max(end, at + 1) if named else max(found.end(), at + 1)


_DAY_AND_MONTH = re.compile(r"\d+(?:[/-]\d+)+")
_NUMERAL = re.compile(r"\d+|(?<!\w)[ivl]{1,3}(?!\w)")


def _listed(rule: PatternRule, found: re.Match[str]) -> Iterator[Candidate]:
    """Yield a candidate for each numeral of a list; what stands before the first and after the last is theirs."""
    name = next(part for part in LISTED if part in rule.pattern.groupindex)
    numerals = list((_DAY_AND_MONTH if name == "dates" else _NUMERAL).finditer(found.string, *found.span(name)))
    for at, numeral in enumerate(numerals):
        start = found.start() if at == 0 else numeral.start()
        end = found.end() if at == len(numerals) - 1 else numeral.end()
        yield Candidate(rule, found, start, end, numeral[0])


def candidates(rules: Iterable[PatternRule], view: View) -> list[Candidate]:
    """Return the matches of `rules`: higher priority first, then by start, then the longer first."""
    found = [c for rule in rules for c in _matches(rule, view.folded if rule.folded else view.text)]
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
