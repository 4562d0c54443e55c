"""What a match of a pattern can begin with, told from the pattern alone.

Patterns of a pack are about certain words («tháng», «Nghị định») or about numerals that certain signs follow, behind a
look at what stands before. Python's `re` would try each alternative of them at each place of a text; what they begin
with is looked up at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, product

from msgspec import Struct

from pipeline.rulebook.syntax import Group, Leaf, Mark, Node, Repeat, is_plain, parse

LENGTH = 4
"""Signs that are told of a numeral and what stands behind it, at most."""

Prefix = tuple[str, bool]
"""First signs of matches, and whether they may be followed by more that is told."""

_LETTERS = 8
_MOST = 200
_UNTOLD: list[Prefix] = [("", False)]
_SILENT: list[Prefix] = [("", True)]
_DIGITS, _BLANKS = re.compile(r"\d+"), re.compile("[ ]{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_ANY_WORD = re.compile(r"\\w|\[(?!\^)[^\]]*\\w[^\]]*\]")
_CLASS = re.compile(r"\[(?!\^)((?:\\[dntrfv]|\\\W|[^\\\]])+)\]")
_IN_CLASS = re.compile(r"(?P<digit>\\d)|(?P<low>[^\\])-(?P<high>.)|\\?(?P<one>.)", re.DOTALL)
_ESCAPED = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\f": "\f", r"\v": "\v"}
_FEW, _WIDEST = 12, 100  # characters of a class behind which more is told, and that are told at all


def signs(text: str) -> str:
    """Return `text` with one 0 for each run of digits and one space for each run of spaces.

    Openings tell no more, and so the signs of what a text begins with are those that the signs of all of it begin with.
    """
    return _BLANKS.sub(" ", _DIGITS.sub("0", text))


class Openings(Struct, frozen=True):
    """What matches begin with: whole words, words that begin so, numerals with the signs behind them, or marks.

    A word is of letters alone. No word begins as another of `beginnings` or of `words` does. A mark stands anywhere:
    it is one sign, or the letters of a match that may begin inside a word. Right `behind` what is told there a match
    begins with anything; the text begins behind nothing.
    """

    words: frozenset[str]
    beginnings: frozenset[str]
    numerals: frozenset[str]
    marks: frozenset[str]
    behind: frozenset[str]


@lru_cache(maxsize=4096)
def openings(pattern: str, flags: int) -> Openings | None:
    """Return what matches of `pattern`, compiled with `flags`, can begin with: up to `LENGTH` signs are told.

    None where the pattern doesn't tell so much: with flags that give letters another meaning, or where a match may be
    empty or begin anywhere.
    """
    if not is_plain(pattern, flags):
        return None
    begun, inside, behind = set[str](), set[str](), set[str]()
    for items in _ways(parse(pattern)):
        found = {told for told, _ in _of_items(items)}
        firsts = {told[:1] for told in found}
        if "" in firsts or any(map(str.isspace, firsts)):
            before = _stands_behind(items)
            if not before:
                return None
            behind |= before
        elif _items_begin_word(items) or not any(map(_is_of_word, firsts)):
            begun |= found
        elif all(_WORD.match(told) or not _is_of_word(told[0]) for told in found):
            inside |= {word[0] if (word := _WORD.match(told)) else told[0] for told in found}
        else:
            return None
    return _sorted_out(begun, inside, behind)


def _ways(root: Group) -> list[tuple[Node, ...]]:
    """Return what a pattern's branches are made of, with groups and optional pieces that come first taken apart."""
    whole = [branch.items for branch in root.branches]
    ways = list(islice(chain.from_iterable(map(_ways_of, whole)), _MOST + 1))
    return ways if len(ways) <= _MOST else whole


def _ways_of(items: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    first, then = (items[0], items[1:]) if items else (None, ())
    if isinstance(first, Group) and not first.look and not first.opening.startswith("(?("):
        for branch in first.branches:
            yield from _ways_of((*branch.items, *then))
    elif isinstance(first, Repeat) and first.most == 1:
        yield from _ways_of((first.body, *then))
        if not first.least:
            yield from _ways_of(then)
    else:
        yield items


def _stands_behind(items: tuple[Node, ...]) -> set[str]:
    """Return what stands right before a match of `items`, nothing where the text begins; none if that isn't told."""
    first = items[0] if items else None
    if isinstance(first, Mark):
        return {""} if first.text in ("^", "\\A") else set()
    if not isinstance(first, Group) or first.opening != "(?<=":
        return set()
    found = set[str]()
    for branch in first.branches:
        signs_of = [_signs_of(item) for item in branch.items]
        if not all(signs_of):
            return set()
        found.update(map("".join, product(*signs_of)))
    return found


def _signs_of(node: Node) -> str:
    """Return the few marks and spaces that `node` is one of, or nothing."""
    characters = (node.literal or characters_of(node.text)) if isinstance(node, Leaf) else ""
    return characters if len(characters) <= _FEW and not any(map(_is_of_word, characters)) else ""


def _sorted_out(found: Iterable[str], inside: Iterable[str], behind: Iterable[str]) -> Openings:
    whole, begun, numerals, marks = set[str](), set[str](), set[str](), set(inside)
    for told in found:
        if word := _WORD.match(told):
            (begun if word.end() == len(told) else whole).add(word[0])
        else:
            (numerals if told[0] == "0" else marks).add(told if told[0] == "0" else told[0])
    begun = {word for word in begun if not any(word[:end] in begun for end in range(1, len(word)))}
    whole = {word for word in whole if not any(word[:end] in begun for end in range(1, len(word) + 1))}
    numerals = {told for told in numerals if not any(told[:end] in numerals for end in range(1, len(told)))}
    marks = {told for told in marks if not any(told[:end] in marks for end in range(1, len(told)))}
    return Openings(*map(frozenset, (whole, begun, numerals, marks, behind)))


def _is_of_word(character: str) -> bool:
    return character == "_" or character.isalnum()


def _prefixes(node: Node) -> list[Prefix]:
    """Return what the first signs of all that `node` matches can be."""
    if isinstance(node, Leaf):
        return _of_leaf(node)
    if isinstance(node, Repeat):
        return _repeated(node)
    if isinstance(node, Group) and not node.look and not node.opening.startswith("(?("):
        return _of_branches(node)
    only_looks = node.look if isinstance(node, Group) else isinstance(node, Mark) and not node.fragment
    return _SILENT if only_looks else _UNTOLD


def _of_branches(group: Group) -> list[Prefix]:
    return _distinct(prefix for branch in group.branches for prefix in _of_items(branch.items))


def _of_leaf(leaf: Leaf) -> list[Prefix]:
    characters = leaf.literal or characters_of(leaf.text)
    if len(characters) > _WIDEST or not characters:
        return _UNTOLD
    told = set(map(signs, characters))
    return [(sign, len(told) <= _FEW) for sign in told]


def characters_of(source: str) -> str:
    """Return the characters of a class that lists them, with 0 for any digit; nothing for another class."""
    if source == r"\d":
        return "0"
    found = _CLASS.fullmatch(source)
    if not found or "-\\" in source:
        return ""
    characters = ""
    for part in _IN_CLASS.finditer(found[1]):
        if part["low"]:
            low, high = ord(part["low"]), ord(part["high"])
            characters += "".join(map(chr, range(low, min(high, low + _WIDEST) + 1)))
        else:
            characters += "0" if part["digit"] else _ESCAPED.get(part[0], part["one"])
    return characters


def _of_items(items: tuple[Node, ...]) -> list[Prefix]:
    found = _SILENT
    for at, item in enumerate(items):
        if not any(more for _, more in found):
            break
        if isinstance(item, Group) and item.opening == "(?=":
            return _followed(found, _both(_of_branches(item), _of_items(items[at + 1 :])))
        found = _followed(found, _prefixes(item))
    return found


def _both(ahead: list[Prefix], then: list[Prefix]) -> list[Prefix]:
    """Return what begins with any of `ahead`, which is only looked at, and with any of `then`."""
    return _distinct(
        (told, more) if told.startswith(seen) else (seen, False)
        for seen, _ in ahead
        for told, more in then
        if told.startswith(seen) or seen.startswith(told)
    )


def _repeated(node: Repeat) -> list[Prefix]:
    body = _prefixes(node.body)
    found = [] if node.least else [*_SILENT]
    so_far = _SILENT
    for times in range(1, min(node.most, _LETTERS) + 1):
        longer = _followed(so_far, body)
        told = longer == so_far or not any(more for _, more in longer)
        so_far = longer
        if told or times >= min(node.least, _LETTERS):
            found += so_far
        if told:
            break
    return _distinct(found)


def _followed(before: list[Prefix], after: list[Prefix]) -> list[Prefix]:
    if before == _SILENT or after == _SILENT:
        return after if before == _SILENT else before
    return _distinct(
        whole
        for told, more in before
        for whole in ([(_joined(told, then), on) for then, on in after] if more else [(told, more)])
    )


def _joined(told: str, then: str) -> str:
    return told + (then[1:] if told and then and told[-1] in "0 " and told[-1] == then[0] else then)


def _distinct(prefixes: Iterable[Prefix]) -> list[Prefix]:
    """Return the prefixes, each once and no longer than is told; of too many less is told."""
    found = {(told[:end], more and len(told) < end) for told, more in prefixes for end in (_limit(told),)}
    while len(found) > _MOST:
        end = max(len(told) for told, _ in found) - 1
        found = {(told[:end], more and len(told) <= end) for told, more in found}
    return list(found)


def _limit(told: str) -> int:
    """Return how much of a prefix is told at most: of a word as much as of none else, and one sign behind it."""
    if told.isalpha():
        return _LETTERS
    word = _WORD.match(told)
    return word.end() + 1 if word else LENGTH


def _begins_word(node: Node) -> bool:
    """Tell whether no character of a word can stand before a match of `node`, if it begins with one."""
    if isinstance(node, Mark):
        return node.text in ("\\b", "^", "\\A")
    if not isinstance(node, Group):
        return False
    if node.opening == "(?<!":
        return any(len(branch.items) == 1 and _ANY_WORD.fullmatch(branch.items[0].text) for branch in node.branches)
    if node.opening == "(?<=":
        return all(branch.items and _is_no_word(branch.items[-1]) for branch in node.branches)
    return not node.look and all(_items_begin_word(branch.items) for branch in node.branches)


def _items_begin_word(items: tuple[Node, ...]) -> bool:
    for at, item in enumerate(items):
        if _begins_word(item):
            return True
        if isinstance(item, Leaf):
            return _is_first(item, items[at + 1 :])
        if not (isinstance(item, Mark) or (isinstance(item, Group) and item.look)):
            return False
    return False


def _is_first(first: Leaf, items: tuple[Node, ...]) -> bool:
    """Tell whether `items`, which stand behind a leaf, ask for no character of a word to stand before it."""
    for item in items:
        if isinstance(item, Group) and not item.look:
            return all(_is_first(first, branch.items) for branch in item.branches)
        if isinstance(item, Group) and _tells_before(first, item):
            return True
        if not isinstance(item, (Mark, Group)):
            return False
    return False


def _tells_before(first: Leaf, look: Group) -> bool:
    """Tell whether `look`, right behind `first`, looks behind that and finds no character of a word there."""
    if look.opening == "(?<!":
        pairs = [branch.items for branch in look.branches if len(branch.items) == 2]
        return any(_ANY_WORD.fullmatch(before.text) and one.text == first.text for before, one in pairs)
    one_each = all(len(branch.items) > 1 and isinstance(branch.items[-1], Leaf) for branch in look.branches)
    return look.opening == "(?<=" and one_each and all(_is_no_word(branch.items[-2]) for branch in look.branches)


def _is_no_word(node: Node) -> bool:
    """Tell whether `node` matches one character, and none of a word."""
    characters = (node.literal or characters_of(node.text)) if isinstance(node, Leaf) else ""
    return bool(characters) and not any(map(_is_of_word, characters))
