"""The structure of a regular expression, each piece with its span in the source that a person wrote.

Python's own parse tree drops the spans and folds alternatives together; here every piece can be shown. Only what
`re` has accepted is read (with the project's `{fragment}` as a piece of its own), so nothing is checked again.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
MANY = 2**31
"""The bound of a repeat that has none."""

_FRAGMENT = re.compile(r"\{[a-z_][a-z0-9_]*\}")
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)")
_OPENING = re.compile(
    r"\((?:\?(?:P<(?P<name>\w+)>|(?P<look><?[=!])|(?P<atomic>>)|\((?P<condition>\w+)\)|(?P<flags>[aiLmsux-]*):))?"
)
_REFERENCE = re.compile(r"\(\?P=(\w+)\)")
_SILENT = re.compile(r"\(\?(?:#[^)]*|[aiLmsux]+)\)|\n *")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|0[0-7]{0,2}|[0-7]{3}|.)", re.S)
_NUMBER = re.compile(r"\\([1-9]\d?)")
_ANCHORS = ("\\A", "\\Z", "\\b", "\\B")
_SPECIAL = frozenset("([{\\.^$\n")
_QUANTIFIERS = frozenset("*+?{")
_SIGNS = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\f": "\f", "\\v": "\v", "\\a": "\a"}


class Node(Struct, frozen=True):
    """A piece of a pattern; `start` and `end` are its span in the source, `text` what stands there."""

    start: int
    end: int
    text: str


class Leaf(Node, frozen=True):
    """What matches one character: a letter, an escape, a class or a dot; `literal` where it matches only that one."""

    literal: str = ""


class Mark(Node, frozen=True):
    """What matches no character (`^`, `\\b`, a comment) or what is not expanded (`{fragment}`)."""

    fragment: bool = False


class Reference(Node, frozen=True):
    """What the group `name` (or of that number) matched, once more."""

    name: str = ""


class Sequence(Node, frozen=True):
    """Pieces one after another: a branch of an alternation, or all of a group."""

    items: tuple[Node, ...] = ()


class Group(Node, frozen=True):
    """Branches in brackets; the whole pattern is one too, whose `opening` is empty. `name` is that of a part."""

    opening: str = ""
    branches: tuple[Sequence, ...] = ()
    name: str = ""
    number: int = 0

    @property
    def look(self) -> bool:
        """Whether the group only looks ahead or behind."""
        return self.opening in LOOKS


class Repeat(Node, frozen=True):
    """A piece that stands from `least` to `most` times."""

    body: Node
    least: int
    most: int


class _Reader:
    """One reading of a source, piece by piece."""

    def __init__(self, source: str) -> None:
        self.source, self.at, self.groups = source, 0, 0

    def branches(self) -> tuple[Sequence, ...]:
        found: list[Sequence] = []
        while True:
            start, items = self.at, []
            while self.at < len(self.source) and self.source[self.at] not in "|)":
                items.append(self.repeated(self.piece()))
            found.append(Sequence(start, self.at, self.source[start : self.at], tuple(items)))
            if self.at >= len(self.source) or self.source[self.at] == ")":
                return tuple(found)
            self.at += 1

    def _span(self, start: int, end: int) -> tuple[int, int, str]:
        self.at = end
        return start, end, self.source[start:end]

    def piece(self) -> Node:
        source, at = self.source, self.at
        c = source[at]
        if c not in _SPECIAL:
            return Leaf(*self._span(at, at + 1), c)
        if silent := _SILENT.match(source, at):
            return Mark(*self._span(*silent.span()))
        if again := (_REFERENCE.match(source, at) or _NUMBER.match(source, at)):
            return Reference(*self._span(*again.span()), again[1])
        if c == "(":
            return self.group()
        if c in "^$" or source[at : at + 2] in _ANCHORS:
            return Mark(*self._span(at, at + 1 + (c == "\\")))
        if named := _FRAGMENT.match(source, at):
            return Mark(*self._span(*named.span()), fragment=True)
        if c == "[":
            return self._class()
        if c == "\\":
            return self._escape()
        return Leaf(*self._span(at, at + 1), "" if c == "." else c)

    def _class(self) -> Leaf:
        start = self.at
        end = start + 1 + (self.source[start + 1] == "^")
        end += self.source[end] == "]"
        while self.source[end] != "]":
            end += 1 + (self.source[end] == "\\")
        inside = self.source[start + 1 : end]
        return Leaf(*self._span(start, end + 1), inside if len(inside) == 1 else "")

    def _escape(self) -> Leaf:
        found = _ESCAPE.match(self.source, self.at)
        assert found is not None
        text = found[0]
        letter = text[1].isalnum() and text not in _SIGNS
        return Leaf(*self._span(*found.span()), "" if letter else _SIGNS.get(text, text[1]))

    def group(self) -> Group:
        start, opening = self.at, _OPENING.match(self.source, self.at)
        assert opening is not None
        captures = opening[0] == "(" or opening["name"] is not None
        self.groups += captures
        number = self.groups if captures else 0
        self.at = opening.end()
        branches = self.branches()
        return Group(*self._span(start, self.at + 1), opening[0], branches, opening["name"] or "", number)

    def repeated(self, node: Node) -> Node:
        found = _QUANTIFIER.match(self.source, self.at) if self.source[self.at : self.at + 1] in _QUANTIFIERS else None
        if not found or (found[1] is None and not (found[2] or found[4])):
            return node
        if found[1]:
            least, most = {"*": (0, MANY), "+": (1, MANY), "?": (0, 1)}[found[1]]
        else:
            least = int(found[2] or 0)
            most = int(found[4]) if found[4] else MANY if found[3] else least
        return Repeat(*self._span(node.start, found.end()), node, least, most)


_FLAGS = re.compile(r"\(\?[aiLmsux-]+[:)]")


def is_plain(pattern: str, flags: int) -> bool:
    """Tell whether letters of `pattern`, compiled with `flags`, stand for themselves: no flag changes their meaning."""
    return flags == re.UNICODE and not _FLAGS.search(pattern)


@lru_cache(maxsize=16)
def parse(source: str) -> Group:
    """Return the structure of `source`, a valid pattern (compiled or as an analyst writes it)."""
    return Group(0, len(source), source, "", _Reader(source).branches())


def children(node: Node) -> tuple[Node, ...]:
    """Return the pieces that `node` directly consists of."""
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Group):
        return node.branches
    return (node.body,) if isinstance(node, Repeat) else ()
