"""Footnotes of a page: a mark in the text and a mark at the note that link to each other.

So Word (`_ftn1`, `_ftnref1`), LibreOffice (`sdfootnote1sym`, `sdfootnote1anc`), Markdown converters and wikis
write them; the names differ, the pair of links does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct, field

from pipeline.parsers.xml import Element

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[ivxlc]{1,6}|[a-z]|[*†‡]{1,4})\s*[\])]?", re.IGNORECASE)
_LONGEST_BACK = 12
_NEAR = 4  # elements above a mark that may bear its name, or be the note
_MOST_TARGETS = 8
_BLOCKS = frozenset({"p", "div", "li", "dd", "td", "section", "aside", "blockquote"})
_CLIMBED = frozenset({"div", "li", "dd", "section", "aside"})


class Notes(Struct):
    """The calls of notes with each note's key, the marks at the notes, and the elements that are notes."""

    calls: dict[Element, int] = field(default_factory=dict)
    marks: set[Element] = field(default_factory=set)
    bodies: dict[Element, int] = field(default_factory=dict)


def find_notes(root: Element) -> Notes:
    """Return the footnotes of a page, keyed from 0 in the order in which they are called."""
    pairs = list(_pairs([a for a in root.iter("a") if "#" in a.get("href", "")]))
    notes = Notes()
    within = {outer for call, _ in pairs for outer in call.iterancestors()}
    crowd = Counter(outer for _, mark in pairs for outer in islice(mark.iterancestors(), 2 * _NEAR))
    for key, (call, mark) in enumerate(pairs):
        body = _body(mark, within, crowd)
        if body is not None and body not in notes.bodies:
            notes.calls[call] = key
            notes.marks.add(mark)
            notes.bodies[body] = key
    return notes


def _pairs(links: list[Element]) -> Iterator[tuple[Element, Element]]:
    """Yield the pairs of links to each other of which the first, the call, is a mark and no more."""
    names = {link: tuple(_names(link)) for link in links}
    bearers: dict[str, list[Element]] = {}
    for link in links:
        for name in names[link]:
            bearers.setdefault(name, []).append(link)
    order = {link: at for at, link in enumerate(links)}
    taken: set[Element] = set()
    for call in links:
        if call in taken or not _MARK.fullmatch(_text(call)):
            continue
        for mark in bearers.get(_target(call), ())[:_MOST_TARGETS]:
            later = order[mark] > order[call] and mark not in taken
            if later and _target(mark) in names[call] and len(_text(mark)) <= _LONGEST_BACK:
                taken |= {call, mark}
                yield call, mark
                break


def _names(link: Element) -> Iterator[str]:
    yield from (link.get(key, "") for key in ("name", "id") if link.get(key))
    yield from (outer.get("id", "") for outer in islice(link.iterancestors(), _NEAR) if outer.get("id"))


def _target(link: Element) -> str:
    return link.get("href", "").rpartition("#")[2]


def _text(link: Element) -> str:
    return "".join(map(str, islice(link.itertext(), 20))).strip()[: _LONGEST_BACK + 1]


def _body(mark: Element, within: set[Element], crowd: Counter[Element]) -> Element | None:
    """Return the element that is the note of `mark`: its block, or what this begins, without other marks."""
    body = next((e for e in islice(mark.iterancestors(), 2 * _NEAR) if e.tag in _BLOCKS), None)
    if body is None or body in within or crowd[body] > 1:
        return None
    for outer in islice(body.iterancestors(), _NEAR):
        if outer.tag not in _CLIMBED or outer in within or crowd[outer] > 1 or outer[0] is not body:
            break
        body = outer
    return body
