"""What a match of a pattern can begin with, told from the pattern alone.

Patterns of a pack are about certain words («tháng», «Nghị định»), behind a look at what stands before them. Python's
`re` would try each alternative of them at each place of a text; what they begin with is looked up at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.rulebook.syntax import Group, Leaf, Mark, Node, Repeat, Sequence, is_plain, parse

LENGTH = 3
"""Characters that are told at most."""

Prefix = tuple[str, bool]
"""First characters of matches, and whether they may be followed by more that is told."""

_MOST = 3000
_UNTOLD: list[Prefix] = [("", False)]
_CLASS = re.compile(r"\[(?!\^)([^\\\]-]+)\]")
_DIGITS = re.compile(r"\\d|\[[0-9-]+\]")
_DIGIT = re.compile(r"\d")
_ANY_WORD = re.compile(r"\\w|\[(?!\^)[^\]]*\\w[^\]]*\]")


def signs(text: str) -> str:
    """Return `text` with 0 for each digit: openings don't tell digits apart."""
    return _DIGIT.sub("0", text)


@lru_cache(maxsize=4096)
def openings(pattern: str, flags: int) -> frozenset[str] | None:
    """Return what matches of `pattern`, compiled with `flags`, can begin with: signs of one to `LENGTH` characters.

    All matches begin where a word or a numeral does, or at a mark. None where the pattern doesn't tell so much: with
    flags that give letters another meaning, or where a match may be empty or begin anywhere.
    """
    if not is_plain(pattern, flags):
        return None
    root = parse(pattern)
    found = frozenset(told for told, _ in _prefixes(root))
    firsts = {told[:1] for told in found}
    if "" in firsts or any(map(str.isspace, firsts)):
        return None
    return found if _begins_word(root) or not any(c == "_" or c.isalnum() for c in firsts) else None


def _prefixes(node: Node) -> list[Prefix]:
    """Return what the first characters of all that `node` matches can be."""
    if isinstance(node, Leaf):
        return _of_leaf(node)
    if isinstance(node, Repeat):
        return _repeated(node)
    if isinstance(node, Group) and not node.look and not node.opening.startswith("(?("):
        return _distinct(prefix for branch in node.branches for prefix in _of_sequence(branch))
    only_looks = node.look if isinstance(node, Group) else isinstance(node, Mark) and not node.fragment
    return [("", True)] if only_looks else _UNTOLD


def _of_leaf(leaf: Leaf) -> list[Prefix]:
    if leaf.literal:
        return [(signs(leaf.literal), True)]
    if _DIGITS.fullmatch(leaf.text):
        return [("0", True)]
    few = _CLASS.fullmatch(leaf.text)
    return _distinct((character, True) for character in signs(few[1])) if few else _UNTOLD


def _of_sequence(sequence: Sequence) -> list[Prefix]:
    found: list[Prefix] = [("", True)]
    for item in sequence.items:
        if not any(more for _, more in found):
            break
        found = _followed(found, _prefixes(item))
    return found


def _repeated(node: Repeat) -> list[Prefix]:
    body = _prefixes(node.body)
    found: list[Prefix] = [] if node.least else [("", True)]
    so_far: list[Prefix] = [("", True)]
    for times in range(1, min(node.most, LENGTH) + 1):
        so_far = _followed(so_far, body)
        if times >= min(node.least, LENGTH):
            found += so_far
    return _distinct(found)


def _followed(before: list[Prefix], after: list[Prefix]) -> list[Prefix]:
    return _distinct(
        whole
        for told, more in before
        for whole in ([(told + then, on) for then, on in after] if more else [(told, more)])
    )


def _distinct(prefixes: Iterable[Prefix]) -> list[Prefix]:
    """Return the prefixes, each once and no longer than is told; too many are none."""
    found = {(told[:LENGTH], more and len(told) < LENGTH) for told, more in prefixes}
    return _UNTOLD if len(found) > _MOST else list(found)


def _begins_word(node: Node) -> bool:
    """Tell whether no character of a word can stand before a match of `node`, if it begins with one."""
    if isinstance(node, Mark):
        return node.text == "\\b"
    if not isinstance(node, Group):
        return False
    if node.opening == "(?<!":
        return any(len(branch.items) == 1 and _ANY_WORD.fullmatch(branch.items[0].text) for branch in node.branches)
    return not node.look and all(map(_sequence_begins_word, node.branches))


def _sequence_begins_word(sequence: Sequence) -> bool:
    for item in sequence.items:
        if _begins_word(item):
            return True
        if not (isinstance(item, Mark) or (isinstance(item, Group) and item.look)):
            return False
    return False
