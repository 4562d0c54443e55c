"""Look-arounds that the very next letters contradict: `(?!năm)năm`, `(?=\\d)tháng`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.rulebook.syntax import Group, Leaf, Mark, Node, Repeat, Sequence, children


def contradictions(node: Node) -> Iterator[tuple[Node, str, str]]:
    """Yield each look-around that can't hold beside the letters next to it, with `contradicted` and those letters."""
    if isinstance(node, Sequence):
        for at, item in enumerate(node.items):
            if isinstance(item, Group) and item.look:
                ahead = item.opening in ("(?=", "(?!")
                beside = node.items[at + 1 :] if ahead else node.items[:at][::-1]
                letters = _letters(beside, ahead)
                if letters and _against(item, letters, ahead):
                    yield item, "contradicted", letters
    for child in children(node):
        yield from contradictions(child)


def _letters(items: tuple[Node, ...], ahead: bool) -> str:
    """Return the letters that must stand there, nearest first where `ahead`; look-arounds between are passed over."""
    letters = ""
    for item in items:
        if isinstance(item, Leaf) and item.literal:
            letters = letters + item.literal if ahead else item.literal + letters
        elif not (isinstance(item, Group) and item.look) and not isinstance(item, Mark):
            break
    return letters


def _against(look: Group, letters: str, ahead: bool) -> bool:
    """Tell whether `letters` alone decide that the look-around fails."""
    inner = [item for branch in look.branches for item in branch.items]
    if any(not isinstance(piece, Leaf) for item in inner for piece in _within(item)):
        return False
    for branch in look.branches:
        branch_letters = (
            letters[: len(branch.items)] if ahead else letters[-len(branch.items) :] if branch.items else ""
        )
        shown = (
            branch.items[: len(branch_letters)] if ahead else branch.items[len(branch.items) - len(branch_letters) :]
        )
        fits = all(re.fullmatch(leaf.text, c, re.S) for leaf, c in zip(shown, branch_letters, strict=True))
        sure = len(branch_letters) == len(branch.items)
        if look.opening in ("(?!", "(?<!"):
            if fits and sure:
                return True
        elif fits:
            return False
    return look.opening in ("(?=", "(?<=")


def _within(node: Node) -> Iterator[Node]:
    inside = node.body if isinstance(node, Repeat) else node
    yield node if isinstance(node, Repeat) else inside
    for child in children(inside):
        yield from _within(child)
