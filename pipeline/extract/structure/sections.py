"""Sections: the headings of a report with what stands under each, nested, and what each is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.structure.headings import Heading
from pipeline.extract.structure.words import StructureWords
from pipeline.text.fold import fold

# Which family of labels stands above which (Nghị định 30/2020/NĐ-CP, Phụ lục I); bold and capitals may be anywhere.
_RANKS = {
    "part": 1, "chapter": 2, "section": 3, "article": 4, "roman": 4, "capital": 4, "number": 5,
    "letter": 6, "bracketed": 6, "style": 7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
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
    for heading in headings:
        depth = _depth(heading.kind, kinds, depths)
        del open_at[depth:], kinds[depth:]
        above = sections[open_at[-1]] if open_at else None
        role = role_of(heading.text, above.role if above else "", words)
        path = (*(above.path if above else ()), heading.text)
        open_at.append(len(sections))
        kinds.append(heading.kind)
        sections.append(Section(heading.start, end, heading.text, depth + 1, role, path))
    return tuple(_closed(sections, end))


def role_of(heading: str, inherited: str, words: StructureWords) -> str:
    """Return the role that a heading tells by the first of the known phrases in it, else the inherited one."""
    spoken = " ".join(["", *re.findall(r"\w+", fold(heading)), ""])
    label = len(spoken) - len(_without_label(spoken))
    best = ("", "", len(spoken))
    for role, phrases in words.section_roles:
        for phrase in phrases:
            at = _place_of(phrase, spoken, label)
            if 0 <= at < best[2]:
                best = (role, phrase, at)
    weak = best[1] in words.weak_phrases and bool(inherited)
    return best[0] if best[0] and not weak else inherited


def _without_label(spoken: str) -> str:
    return re.sub(r"^ (?:(?:phần|chương|mục) )?(?:thứ \w+ |(?:\d+ |[ivx]+ |\w ){0,3})", " ", spoken)


def _place_of(phrase: str, spoken: str, label: int) -> int:
    """Return where `phrase` stands in a heading, -1 where it does not; «^phrase» only behind the label."""
    if phrase.startswith("^"):
        return label if spoken[label:].startswith(f" {phrase[1:]} ") else -1
    return spoken.find(f" {phrase} ")


def _depth(kind: str, kinds: Sequence[str], depths: dict[str, int]) -> int:
    """Return how many open sections stay open around a heading of `kind`."""
    if kind in kinds:
        return kinds.index(kind)
    deeper = [at for at, other in enumerate(kinds) if _is_below(other, kind)]
    depth = deeper[0] if deeper else min(depths.get(kind, len(kinds)), len(kinds))
    depths.setdefault(kind, depth)
    return depth


def _is_below(kind: str, other: str) -> bool:
    """Tell whether a kind of label is by nature deeper than another: «a)» than «1.», «1.1.» than «1.»."""
    return _rank(kind) > _rank(other) if _rank(kind)[0] and _rank(other)[0] else False


def _rank(kind: str) -> tuple[int, int]:
    family, _, level = kind.partition(".")
    return _RANKS.get(family, 0), int(level or 0)


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
