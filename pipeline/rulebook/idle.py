"""Patterns, alternatives and phrases that can never match anything, each with the reason.

Only what is certain is told. The text that rules read is in NFC without control characters (`pipeline.text.clean`)
and, for folded rules, in lower case and one spelling (`pipeline.text.fold`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from pipeline.rulebook.contradictions import contradictions
from pipeline.rulebook.rules import ActivityRule, PatternRule, Rule
from pipeline.rulebook.syntax import Group, Leaf, Mark, Node, Repeat, Sequence, children, parse
from pipeline.text.clean import clean
from pipeline.text.fold import fold
from pipeline.text.tokens import Tokens

_SPACE = re.compile(r"\[ \]([+*])")


class Idle(Struct, frozen=True):
    """What never matches: `source`, a piece of the pattern as its author wrote it or a phrase, and why.

    `reason` is `folded` (folded text reads `instead`), `unprinted` (text in NFC without control signs never has it),
    `taken` (the alternative `instead`, before it, always matches first), `contradicted` (`instead` looks for
    something else there), `empty` (a phrase of no token), `repeated` (the list has `instead` already). `whole` tells
    that the rule's pattern never matches at all. `where` is `pattern` or the name of the phrase list.
    """

    where: str
    source: str
    reason: str
    instead: str
    whole: bool = False


def find_idle(rule: Rule) -> list[Idle]:
    """Return what of the rule's pattern or phrases can never match, in the order of its source."""
    if isinstance(rule, PatternRule) and rule.pattern is not None:
        return _in_pattern(rule.pattern.pattern, rule.folded)
    return list(_in_phrases(rule)) if isinstance(rule, ActivityRule) else []


def _in_pattern(source: str, folded: bool) -> list[Idle]:
    root = parse(source)
    found: dict[tuple[str, str], Idle] = {}
    against = () if "(?i" in source else contradictions(root)
    for node, reason, instead in (*_misspelt(root, folded), *_taken(root), *against):
        part = _alternative(root, node)
        whole = isinstance(part, Group) and not part.opening
        shown = _as_written(node.text if whole or reason == "contradicted" else part.text)
        told = fold(shown) if reason == "folded" and _WORDS.fullmatch(shown) else _as_written(instead)
        found.setdefault((shown, reason), Idle("pattern", shown, reason, told, whole))
    return list(found.values())


_WORDS = re.compile(r"[^\W\d_]+(?:[ ][^\W\d_]+)*")


def _as_written(source: str) -> str:
    """Return a piece of a compiled pattern with its spaces as an author writes them."""
    return _SPACE.sub(lambda space: " " if space[1] == "+" else " ?", source)


def _alternative(root: Group, node: Node) -> Node:
    """Return the smallest piece around `node` that the pattern can do without: an alternative, or an optional piece."""
    around: Node = root
    best: Node = root
    while around is not node:
        inner = next((c for c in children(around) if c.start <= node.start and node.end <= c.end), None)
        if inner is None:
            break
        if (isinstance(around, Group) and len(around.branches) > 1) or (isinstance(inner, Repeat) and not inner.least):
            best = inner
        if isinstance(inner, Group) and inner.look and inner is not node:
            best = inner
        around = inner
    return best


class _Run(Struct, frozen=True):
    """Letters in a row in one branch, and whether a letter may stand before and behind them."""

    nodes: tuple[Node, ...]
    text: str
    open_before: bool
    open_behind: bool


def _runs(branch: Sequence, before: bool, behind: bool) -> Iterator[_Run]:
    """Yield the runs of literal letters of a branch and of the groups in it; the flags are of what is beside it."""
    items = branch.items
    start = 0
    while start < len(items):
        end = start
        while end < len(items) and _plain(items[end]):
            end += 1
        after = max(end, start + 1)
        sides = _open(items[:start][::-1], before), _open(items[after:], behind)
        if end > start:
            text = "".join(item.literal if isinstance(item, Leaf) else " " for item in items[start:end])
            yield _Run(items[start:end], text, *sides)
        else:
            yield from _inner_runs(items[start], *sides)
        start = after


def _plain(item: Node) -> bool:
    return (isinstance(item, Leaf) and bool(item.literal)) or _is_space(item)


def _is_space(item: Node) -> bool:
    return isinstance(item, Repeat) and item.least > 0 and isinstance(item.body, Leaf) and item.body.literal == " "


def _open(items: tuple[Node, ...], beyond: bool) -> bool:
    """Tell whether a letter may stand in the first of `items`, or `beyond` them where none is left."""
    for item in items:
        if item.text in _NO_LETTER:
            return False
        if isinstance(item, Leaf):
            return any(re.match(item.text, letter) for letter in _SOME_LETTERS)
        if not (isinstance(item, Mark) or (isinstance(item, Group) and item.look)):
            return not _is_space(item)
    return beyond


_NO_LETTER = (r"(?!\w)", r"(?<!\w)", r"\b")
_SOME_LETTERS = "aeioquynđô"


def _inner_runs(item: Node, before: bool, behind: bool) -> Iterator[_Run]:
    if isinstance(item, Group):
        for branch in item.branches:
            # What looks ahead sees any text behind it, what looks behind any text before it.
            ahead, back = item.opening in ("(?=", "(?!"), item.opening in ("(?<=", "(?<!")
            yield from _runs(branch, before or back, behind or ahead)
    elif isinstance(item, Repeat):
        again = item.most > 1
        yield from _inner_runs(item.body, before or again, behind or again)


def _misspelt(root: Group, folded: bool) -> Iterator[tuple[Node, str, str]]:
    """Yield the letters that the text never has: unprinted ones, decomposed ones, those that folding removes."""
    for node in _leaves(root):
        if node.literal and clean(node.literal) != node.literal and not unicodedata.combining(node.literal):
            yield node, "unprinted", clean(node.literal)
        elif folded and "(?i" not in root.text and node.literal and fold(node.literal) != node.literal:
            yield node, "folded", fold(node.literal)
    for run in _inner_runs(root, False, False):
        composed = unicodedata.normalize("NFC", run.text)
        if len(composed) < len(run.text):
            yield _whole(run), "unprinted", composed
        elif folded:
            yield from _respelt(run)


def _whole(run: _Run) -> Node:
    return Leaf(run.nodes[0].start, run.nodes[-1].end, run.text.strip())


_BEFORE, _BEHIND = ("", "q", "n", "-"), ("", "n", "-")


def _respelt(run: _Run) -> Iterator[tuple[Node, str, str]]:
    """Yield the run where folding changes a word of it whatever stands beside the run."""
    lower = run.text.lower()
    spelt = [
        fold(before + lower + behind)[len(before) : len(before) + len(lower)]
        for before in (_BEFORE if run.open_before else ("",))
        for behind in (_BEHIND if run.open_behind else ("",))
    ]
    if all(text != lower for text in spelt):
        yield _whole(run), "folded", spelt[0].strip()


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    for child in children(node):
        yield from _leaves(child)


_NUMBERED = re.compile(r"(?<=\(\?P<)(\w+?)__\d+(?=>)")


def _taken(root: Group) -> Iterator[tuple[Node, str, str]]:
    """Yield the alternatives that stand there twice, or that end the pattern behind one that they begin with."""
    for group, ends in _groups(root, True):
        seen: dict[str, Sequence] = {}
        for branch in group.branches:
            same = seen.setdefault(_NUMBERED.sub(r"\1", branch.text), branch)
            if same is not branch:
                yield branch, "taken", same.text
            elif ends:
                first = next((b for b in seen.values() if b is not branch and _begins(branch, b)), None)
                if first:
                    yield branch, "taken", first.text


def _begins(branch: Sequence, earlier: Sequence) -> bool:
    """Tell whether `branch` begins with all of `earlier`, which is nothing but letters and spaces."""
    plain = all(_plain(item) for item in earlier.items)
    texts = [item.text for item in earlier.items]
    return plain and [item.text for item in branch.items[: len(texts)]] == texts


def _groups(node: Node, ends: bool) -> Iterator[tuple[Group, bool]]:
    """Yield each group and whether the match is found when it is read: nothing stands behind it."""
    if isinstance(node, Group):
        ends = ends and not node.look
        yield node, ends
        for branch in node.branches:
            for at, item in enumerate(branch.items):
                yield from _groups(item, ends and at == len(branch.items) - 1)
    elif isinstance(node, Repeat):
        yield from _groups(node.body, ends and node.most == 1)


def _in_phrases(rule: ActivityRule) -> Iterator[Idle]:
    """Yield the phrases that no token can match, and those that a list has twice."""
    lists = [("phrases", rule.phrases), ("not_after", rule.not_after), ("not_before", rule.not_before)]
    for pair in rule.verb_objects:
        lists += [("verb", pair.verbs), ("object", pair.objects)]
    for where, phrases in lists:
        seen: dict[str, str] = {}
        for phrase in phrases:
            words = " ".join(Tokens(phrase).norms)
            if not words:
                yield Idle(where, phrase, "empty", "")
            elif clean(phrase) != phrase or "\n" in phrase or "\t" in phrase:
                yield Idle(where, phrase, "unprinted", " ".join(clean(phrase).split()))
            elif words in seen:
                yield Idle(where, phrase, "repeated", seen[words])
            seen.setdefault(words, phrase)
