"""Sections: the headings of a report with what stands under each, nested, and what each is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pipeline.extract.structure.headings import Heading
from pipeline.extract.structure.labels import read_label
from pipeline.extract.structure.words import StructureWords, starts_with
from pipeline.text.fold import fold

# Which family of labels stands above which (Nghị định 30/2020/NĐ-CP, Phụ lục I); bold lines may be anywhere.
_RANKS: dict[str, float] = {
    "part": 1, "chapter": 2, "section": 3, "article": 4, "roman": 4, "capital": 4, "capitals": 5, "number": 6,
    "letter": 7, "bracketed": 7, "star": 8,
}  # fmt: skip
_ABOVE_ROMAN = 3.5
_ORDINAL = re.compile(r"\W*([IVX]+|\d+)")
_WORD = re.compile(r"\w+")


class Section(Struct, frozen=True):
    """A heading and the stretch of text under it, its own subsections included.

    `heading` is on one line, its label included; `path` are the headings from the outermost down to this one.
    `role` is what the section tells: `result`, `assessment`, `limitation`, `plan`, `proposal`, or empty.
    """

    start: int
    end: int
    heading: str
    level: int
    role: str
    path: tuple[str, ...]


def build_sections(headings: Sequence[Heading], end: int, words: StructureWords) -> tuple[Section, ...]:
    """Return the sections that `headings` open in a body that goes to `end`, in order.

    A kind of label gets its level where it first appears, one below the heading it appears under. A section
    whose heading tells no role has that of the section around it.
    """
    open_at: list[int] = []  # the places in `sections` of those that are open, outermost first
    kinds: list[str] = []
    depths: dict[str, int] = {}
    sections: list[Section] = []
    ranks = _ranks(headings)
    for heading in headings:
        depth = _depth(heading.kind, kinds, depths, ranks)
        del open_at[depth:], kinds[depth:]
        above = sections[open_at[-1]] if open_at else None
        role = role_of(heading.text, above.role if above else "", words)
        path = (*(above.path if above else ()), heading.text)
        open_at.append(len(sections))
        kinds.append(heading.kind)
        sections.append(Section(heading.start, end, heading.text, depth + 1, role, path))
    return tuple(_closed(sections, end))


def role_of(heading: str, inherited: str, words: StructureWords) -> str:
    """Return the role that a heading tells by the first of the known phrases in it, else the inherited one.

    Inside a section with a role only a phrase that the heading begins with counts: «Tiếp công dân, xử lý kiến
    nghị» among results is no proposal.
    """
    spoken = _spoken(heading, words)
    best, role = len(spoken), ""
    for name, phrases in words.section_roles:
        for phrase in phrases:
            at = spoken.find(f" {phrase} ") if phrase in spoken else -1
            if 0 <= at < best and not (inherited and (at or phrase in words.weak_phrases)):
                best, role = at, name
    return role or inherited


def _spoken(heading: str, words: StructureWords) -> str:
    """Return the folded words of a heading between spaces, without label and leading small words."""
    label = read_label(heading)
    spoken = " ".join(_WORD.findall(fold(heading[label.end if label else 0 :])))
    while small := starts_with(spoken, words.leading_words):
        spoken = spoken[len(small) :].lstrip()
    return f" {spoken} "


def _ranks(headings: Sequence[Heading]) -> dict[str, float]:
    """Return which family of labels stands above which; in a report whose Roman labels begin anew between «1.» and
    «2.», Arabic ones stand above them."""
    number, roman_from_one = 0, False
    for heading in headings:
        ordinal = _ORDINAL.match(heading.text)
        if heading.kind == "roman":
            roman_from_one = roman_from_one or bool(ordinal and ordinal[1] == "I")
        elif heading.kind == "number" and ordinal and ordinal[1].isdigit():
            if roman_from_one and number and int(ordinal[1]) == number + 1:
                return _RANKS | {"number": _ABOVE_ROMAN}
            number, roman_from_one = int(ordinal[1]), False
    return _RANKS


def _depth(kind: str, kinds: Sequence[str], depths: dict[str, int], ranks: dict[str, float]) -> int:
    """Return how many open sections stay open around a heading of `kind`."""
    if kind in kinds:
        return kinds.index(kind)
    deeper = [at for at, other in enumerate(kinds) if _is_below(other, kind, ranks)]
    depth = deeper[0] if deeper else min(depths.get(kind, len(kinds)), len(kinds))
    depths.setdefault(kind, depth)
    return depth


def _is_below(kind: str, other: str, ranks: dict[str, float]) -> bool:
    """Tell whether a kind of label is by nature deeper than another: «a)» than «1.», «1.1.» than «1.»."""
    family, _, level = kind.partition(".")
    other_family, _, other_level = other.partition(".")
    if family == other_family:
        return int(level or 0) > int(other_level or 0)
    return 0 < ranks.get(other_family, 0) < ranks.get(family, 0)


def _closed(sections: Sequence[Section], end: int) -> Iterable[Section]:
    """Yield `sections` each ended where the next of its level or above starts."""
    open_sections: list[int] = []
    ends = [end] * len(sections)
    for at, section in enumerate(sections):
        while open_sections and sections[open_sections[-1]].level >= section.level:
            ends[open_sections.pop()] = section.start
        open_sections.append(at)
    for section, stop in zip(sections, ends, strict=True):
        yield Section(section.start, stop, section.heading, section.level, section.role, section.path)
