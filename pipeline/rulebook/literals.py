"""Words that a text must hold for a pattern to match in it, told from the pattern alone.

Most patterns of a pack are about words that a line does not have («tháng», «Nghị định»). Looking for words is far
cheaper than trying a pattern at each place.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from pipeline.rulebook.automaton import reads
from pipeline.rulebook.openings import characters_of
from pipeline.rulebook.syntax import Group, Leaf, Node, Repeat, Sequence, is_plain, parse

Words = frozenset[str]
"""Strings of which one must be there."""

_MOST = 40
"""Alternatives that are looked for; more of them are hardly rare."""
_FEW = 4
_COMMON = frozenset(" .,;:()/-–\n\t")  # of a class with one of these a text hardly ever has none
_AHEAD, _BEHIND = ("(?=", "(?!"), ("(?<=", "(?<!")


class Needs(Struct, frozen=True):
    """What a text must hold for a pattern to match: of each of `words` one, as it is written there; fewest come first.

    Spaces are not told of, since hardly a line has none. `in_line` tells that a match lies in one line, `words` and
    all, and that nothing behind the line's end is looked at.
    """

    words: tuple[Words, ...]
    in_line: bool


@lru_cache(maxsize=4096)
def needs(pattern: str, flags: int) -> Needs:
    """Return what a text must hold for `pattern`, compiled with `flags`, to match in it.

    Nothing is promised for patterns in which flags give letters another meaning.
    """
    if not is_plain(pattern, flags):
        return Needs((), in_line=False)
    root = parse(pattern)
    told = (words for words in dict.fromkeys(_of_branches(root)) if " " not in words)
    return Needs(tuple(sorted(told, key=len)), in_line=not _leaves_line(root))


def _leaves_line(node: Node, *, last: bool = False) -> bool:
    """Tell whether a match goes over a line's end, or depends on what stands behind it.

    The line's end itself may be looked at: `last` is told of what ends a look ahead.
    """
    if isinstance(node, Leaf):
        return not last and (node.literal == "\n" if node.literal else reads(node.text, re.UNICODE, "\n") > 0)
    if isinstance(node, Group):
        last = last or node.opening in _AHEAD
        items = ((item, last and item is branch.items[-1]) for branch in node.branches for item in branch.items)
        return node.opening not in _BEHIND and any(_leaves_line(item, last=ends) for item, ends in items)
    return isinstance(node, Repeat) and _leaves_line(node.body, last=last and node.most == 1)


def _of_node(node: Node) -> list[Words]:
    if isinstance(node, Leaf) and node.literal:
        return [frozenset((node.literal,))]
    if isinstance(node, Leaf):
        characters = frozenset(characters_of(node.text))
        return [characters] if 0 < len(characters) <= _FEW and not any(map(_is_common, characters)) else []
    if isinstance(node, Repeat) and node.least:
        return _of_node(node.body)
    if isinstance(node, Group) and not node.opening.startswith(("(?!", "(?<!", "(?<=", "(?(")):
        return _of_branches(node)
    return []


def _is_common(character: str) -> bool:
    return character.isalnum() or character in _COMMON


def _of_branches(group: Group) -> list[Words]:
    """Return the needs of a single branch; of several branches one of each, the rarest, together."""
    each = [_of_sequence(branch) for branch in group.branches]
    if len(each) == 1:
        return each[0]
    if not all(each):
        return []
    together: Words = frozenset().union(*(max(needed, key=_rarity) for needed in each))
    return [together] if len(together) <= _MOST else []


def _of_sequence(sequence: Sequence) -> list[Words]:
    found: list[Words] = []
    run = ""
    for item in sequence.items:
        if isinstance(item, Leaf) and item.literal:
            run += item.literal
            continue
        if run:
            found.append(frozenset((run,)))
            run = ""
        found += _of_node(item)
    if run:
        found.append(frozenset((run,)))
    return found


def _rarity(words: Words) -> tuple[int, int]:
    """Return a measure of how seldom a line has one of `words`: long words are rare, and so are few."""
    return min(map(len, words)), -len(words)
