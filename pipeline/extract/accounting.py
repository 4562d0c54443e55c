"""Every numeral of a report accounted for: part of an item, named as something else, or a problem."""

from __future__ import annotations

import re

from pipeline.extract.claims import BUILT_IN, Claim, Claims
from pipeline.extract.kinds import rules_of
from pipeline.extract.matching import claimed
from pipeline.extract.view import View
from pipeline.model import BlockKind, Problem

_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_FIGURES = re.compile(r"\d+")
_FURNITURE = (BlockKind.HEADER, BlockKind.FOOTER)


def claim_labels(view: View, claims: Claims) -> None:
    """Claim list labels, footnote marks, running heads and the blank number line as what they are."""
    for block in view.document.blocks:
        if block.kind in _FURNITURE:
            claims.take(Claim(block.start, block.end, "no_item", f"{BUILT_IN}/trang", "Đầu trang, chân trang"))
        elif block.content > block.start:
            claims.take(Claim(block.start, block.content, "no_item", f"{BUILT_IN}/nhan", "Nhãn mục, số thứ tự"))
    for section in view.structure.sections:
        label = _heading_label(view.text[section.start : section.end])
        if label:
            claims.take(
                Claim(section.start, section.start + label, "no_item", f"{BUILT_IN}/nhan", "Nhãn mục, số thứ tự")
            )


_HEADING = re.compile(
    r"(?:(?:phần|mục|chương)[ ](?:thứ[ ])?)?(?:\d{1,2}|[IVX]+|[A-H])(?:\.\d{1,2})*"
    r"(?:[.)/:-]*(?=[ ]|$)|[.)/:-]+(?=[^\W\d_]))",  # «1.Y tế»
    re.I,
)


def _heading_label(text: str) -> int:
    found = _HEADING.match(text)
    return found.end() if found else 0


def claim_named(view: View, claims: Claims, early: bool) -> None:
    """Claim the numerals that `no_item` rules name: those with a positive priority early, the rest after the dates."""
    claimed([rule for rule in rules_of(view.pack, "no_item") if (rule.priority > 0) == early], view, claims)


def numerals_in(text: str) -> int:
    """Return how many numerals `text` has: what `unexplained` accounts for."""
    return len(_NUMERAL.findall(text))


def unexplained(view: View, claims: Claims) -> list[Problem]:
    """Return a problem for each numeral that nobody claimed, or that claims leave a part of."""
    problems = []
    owned, at = claims.all(), 0
    for numeral in _NUMERAL.finditer(view.text):
        start, end = numeral.span()
        while at < len(owned) and owned[at].end <= start:
            at += 1
        owner = owned[at] if at < len(owned) and owned[at].start < end else None
        if owner is not None and owner.start <= start and end <= owner.end:
            continue
        figures = _FIGURES.finditer(view.text, start, end)
        if any(claims.owner(*figure.span()) is None for figure in figures):
            detail = (("text", numeral[0]),)
            problems.append(Problem("number.unexplained", detail, start, end))
    return problems
