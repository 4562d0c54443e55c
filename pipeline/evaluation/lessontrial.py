"""Lessons tried on today's rules: which pass already, and which rule came nearest to what a reviewer added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from pipeline.evaluation.lesson import Lesson, form_of
from pipeline.evaluation.verdicts import Span, Verdict
from pipeline.extract import Extraction, extract
from pipeline.extract.prove import columns_of, passage
from pipeline.extract.structure.sections import role_of
from pipeline.extract.trial import try_rule
from pipeline.extract.words import structure_words
from pipeline.model import Item
from pipeline.rulebook import ActivityRule, Example, Pack, Rule
from pipeline.rulebook.lookup import entries
from pipeline.tables.identity import kind_of
from pipeline.text.fold import fold

_SHOWN_ROLES = ("plan", "proposal", "limitation")  # the others make no difference to what is read
_HEADINGS = " > "  # between those of the column `section`
_MARKS = re.compile(r"[,;:.](?=\s)")
_LETTER = re.compile(r"[^\W\d_]")
_AT_ITS_EDGES = " ,;:."
_CAME_NEAR = ("lost", "refused", "unmet", "no_unit")


class Today:
    """The rules of `packs` as they are now, asked what they make of a sentence alone, as an example is read."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._packs = {pack.id: pack for pack in packs}
        self._entries = {entry.id: entry for entry in entries(packs) if isinstance(entry.told, Rule)}
        self._read = lru_cache(maxsize=64)(_extraction)

    def rule(self, name: str) -> Rule | None:
        """Return the rule of that id, None where there is none now."""
        entry = self._entries.get(name)
        return entry.told if entry and isinstance(entry.told, Rule) else None

    def role_of(self, verdict: Verdict) -> str:
        """Return the role of the section that an item stands in, as an example names it; empty for results."""
        words = structure_words(self._packs.get(verdict.pack) or next(iter(self._packs.values())))
        role = ""
        for heading in verdict.row.get("section", "").split(_HEADINGS):
            role = role_of(heading, role, words) if heading else role
        return role if role in _SHOWN_ROLES else ""

    def has(self, lesson: Lesson) -> bool:
        """Tell whether the rule has this example or reject already."""
        rule = lesson.rule
        if rule is None:
            return False
        wanted, text = dict(lesson.example.expected).get("value"), _line(lesson.example.text)
        known = rule.rejects if lesson.is_reject else rule.examples
        return any(_line(one.text) == text and dict(one.expected).get("value", wanted) == wanted for one in known)

    def knows_form(self, lesson: Lesson) -> bool:
        """Tell whether an example of the rule has the form of this one, or there is no rule."""
        form = form_of(lesson.example.text)
        return lesson.rule is None or any(form_of(example.text) == form for example in lesson.rule.examples)

    def stretch(self, rule: Rule, verdict: Verdict, role: str) -> str:
        """Return as much of a sentence as holds what is rejected of `rule`, and nothing that it is to find.

        That is the whole sentence where the rule is to find nothing in it. Empty where no such stretch is found.
        """
        if not verdict.kept:
            return verdict.sentence
        if verdict.mention is None:
            return ""
        pack, (start, end) = self._in_use(verdict, rule), verdict.mention
        rejected = fold(verdict.sentence[start:end])
        stretches = tuple(_stretches(verdict.sentence, verdict.mention, verdict.kept))
        for text in stretches:
            if [fold(told) for told in _made_by(rule, self._read(text, role, pack))] == [rejected]:
                return text
        again = [fold(told) for told in _made_by(rule, self._read(verdict.sentence, role, pack))]
        return stretches[0] if rejected not in again else ""

    def judged(self, lesson: Lesson) -> Lesson:
        """Return a lesson with what today's rules make of it; one without a rule is given to the nearest."""
        if lesson.rule is not None:
            given = self._taken(lesson) if not lesson.is_reject and not lesson.trouble else lesson
            return self._tried(given)
        if lesson.trouble or _LETTER.search(lesson.example.text):
            return lesson if lesson.trouble else self._claimed(lesson)
        return replace(lesson, trouble="built_in")  # a figure that stands alone is the cell of a table

    def _tried(self, lesson: Lesson) -> Lesson:
        rule = lesson.rule
        if rule is None:
            return lesson
        example, home = lesson.example, self._entries[rule.id].pack
        in_use = self._read(example.text, example.role, self._in_use(lesson.verdicts[0], rule))
        at_home = self._read(example.text, example.role, home)
        passes = _passes(lesson, rule, in_use) and lesson.trouble != "columns"
        trouble = lesson.trouble or ("home" if passes and not _passes(lesson, rule, at_home) else "")
        found = () if passes else tuple(_told_by(lesson, rule, in_use))
        return replace(lesson, rule_id=rule.id, passes=passes, trouble=trouble, found=found)

    def _taken(self, lesson: Lesson) -> Lesson:
        """Return an example under the rule that gives what is wanted there today, its own where that does."""
        verdict, rule = lesson.verdicts[0], lesson.rule
        extraction = self._read(lesson.example.text, lesson.example.role, self._in_use(verdict, rule))
        fitting = [self.rule(item.rule) for item in _items(lesson, extraction) if _fits(item, lesson.example)]
        known = [one for one in fitting if one is not None]
        return lesson if not known or rule in known else replace(lesson, rule=known[0])

    def _claimed(self, lesson: Lesson) -> Lesson:
        """Return an example under the rule that gives it today, or came nearest to it."""
        verdict = lesson.verdicts[0]
        extraction = self._read(lesson.example.text, lesson.example.role, self._in_use(verdict, None))
        rules = [rule for rule in dict.fromkeys(self._nearest(lesson, extraction)) if rule.id in self._entries]
        if not rules:
            return replace(lesson, trouble="unclaimed")
        near = tuple(rule.id for rule in rules[1:])
        return self._tried(replace(lesson, rule=rules[0], near=near))

    def _nearest(self, lesson: Lesson, extraction: Extraction) -> Iterator[Rule]:
        """Yield the rules that found what was added, took it for something else of its kind, or nearly found it."""
        there = sorted(_items(lesson, extraction), key=lambda item: not _fits(item, lesson.example))
        found = [rule for item in there if (rule := self.rule(item.rule)) and _may_give(rule, lesson)]
        yield from found
        if not found:
            span, since = _span(lesson, extraction), extraction.structure.document.blocks[1].start
            for rule in extraction.pack.rules():
                if rule.kind == lesson.kind and _may_give(rule, lesson):
                    told = try_rule(rule, extraction, since).told
                    near = (*_CAME_NEAR, "near") if lesson.kind == "activity" else _CAME_NEAR
                    if any(one.kind in near and one.start < span[1] and span[0] < one.end for one in told):
                        yield rule

    def _in_use(self, verdict: Verdict, rule: Rule | None) -> Pack:
        """Return the pack that the report was read with, or where that is unknown the one of the rule."""
        if verdict.pack in self._packs:
            return self._packs[verdict.pack]
        return self._entries[rule.id].pack if rule else next(iter(self._packs.values()))


def _extraction(text: str, role: str, pack: Pack) -> Extraction:
    return extract(passage(text, role), pack)


def _line(text: str) -> str:
    return " ".join(fold(text).split())


def _made_by(rule: Rule, extraction: Extraction) -> list[str]:
    """Return what a rule finds, as the proof of its rejects looks at it."""
    text = extraction.structure.document.text
    spans = [(claim.start, claim.end) for claim in extraction.claims if claim.rule == rule.id]
    if rule.kind == "activity":
        spans += [(item.start, item.end) for item in extraction.items if item.rule == rule.id]
    return [text[start:end] for start, end in spans]


def _passes(lesson: Lesson, rule: Rule, extraction: Extraction) -> bool:
    """Tell whether a rule passes an example or a reject, as the proof of its pack asks for."""
    if lesson.is_reject:
        return not _made_by(rule, extraction)
    return any(item.rule == rule.id and _fits(item, lesson.example) for item in extraction.items)


def _fits(item: Item, example: Example) -> bool:
    columns = columns_of(item)
    return all(columns.get(name) == value for name, value in example.expected)


def _told_by(lesson: Lesson, rule: Rule, extraction: Extraction) -> Iterator[dict[str, str]]:
    """Yield what a rule finds where it fails: words in a reject, else the columns that the example wants otherwise."""
    if lesson.is_reject:
        yield from ({"text": told} for told in _made_by(rule, extraction))
        return
    names = [name for name, _ in lesson.example.expected]
    own = [item for item in extraction.items if item.rule == rule.id]
    for item in [item for item in own if _overlaps(item, _span(lesson, extraction))] or own:
        columns = columns_of(item)
        yield {name: columns.get(name, "") for name in names}


def _items(lesson: Lesson, extraction: Extraction) -> list[Item]:
    """Return the items of a lesson's kind that stand where it is about."""
    span = _span(lesson, extraction)
    return [item for item in extraction.items if kind_of(item) == lesson.kind and _overlaps(item, span)]


def _overlaps(item: Item, span: Span) -> bool:
    return item.start < span[1] and span[0] < item.end


def _span(lesson: Lesson, extraction: Extraction) -> Span:
    """Return where in an example's passage the words stand that a verdict is about, all of it where that is unclear."""
    block = extraction.structure.document.blocks[1]
    mention = lesson.verdicts[0].mention
    return (block.start, block.end) if mention is None else (block.start + mention[0], block.start + mention[1])


def _may_give(rule: Rule, lesson: Lesson) -> bool:
    """Tell whether a rule could ever give what an example wants: that of an activity has but one code."""
    return not isinstance(rule, ActivityRule) or rule.activity == dict(lesson.example.expected).get("value")


def _stretches(sentence: str, mention: Span, kept: Sequence[Span]) -> Iterator[str]:
    """Yield stretches of a sentence around `mention` that leave out all `kept`: to the next mark, then whole."""
    low = max((end for _, end in kept if end <= mention[0]), default=0)
    high = min((start for start, _ in kept if start >= mention[1]), default=len(sentence))
    before = [mark.end() for mark in _MARKS.finditer(sentence, low, mention[0])]
    after = [mark.start() for mark in _MARKS.finditer(sentence, mention[1], high)]
    first = min(before, default=low) if low else 0
    last = max(after, default=high) if high < len(sentence) else high
    yield sentence[first:last].strip(_AT_ITS_EDGES)
    yield sentence[low:high].strip(_AT_ITS_EDGES)
