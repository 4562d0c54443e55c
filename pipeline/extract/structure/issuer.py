"""The issuing body: the lines at the top left, parent body above, issuing body below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords, is_capitals, one_line, starts_with

_MOST_LINES = 6
_OTHER = re.compile(r"số\s*[:.]|[^:]*:\s*\S")  # the number of a stamp or a copy; «ĐT: 0299 3812345»
_DASHES = ("-", "–", "—")  # between two bodies that issue a paper together


def read_issuer(strips: Sequence[Strip], words: StructureWords) -> tuple[str, str]:
    """Return parent and issuer from what a letterhead has left beside motto, number, place and date.

    The issuer begins at the last line that begins a body's name (Nghị định 30/2020/NĐ-CP sets it bold, its
    parent not: where the layout tells so, that decides); all lines before are the parent.
    """
    lines = [s for s in strips if _names_body(s, words)][:_MOST_LINES]
    begins = [at for at, line in enumerate(lines) if _begins_body(lines, at, words)]
    bold = _first_bold(lines)
    split = bold if bold and bold in begins else max(begins, default=0)
    return _joined(lines[:split]), _joined(lines[split:])


def _names_body(strip: Strip, words: StructureWords) -> bool:
    if _OTHER.match(strip.folded):
        return False
    return is_capitals(strip.text) or (strip.text[0].isupper() and bool(starts_with(strip.folded, words.bodies)))


def _begins_body(lines: Sequence[Strip], at: int, words: StructureWords) -> bool:
    """Tell whether a body's name begins here, rather than going on from «BAN CHẤP HÀNH» on the line above."""
    goes_on = at > 0 and _is_partial(one_line(lines[at - 1].folded), words)
    return not goes_on and bool(starts_with(lines[at].folded, words.bodies))


def _is_partial(folded: str, words: StructureWords) -> bool:
    """Tell whether a line is no whole name: «BAN CHẤP HÀNH», «TRUNG TÂM PHÁT TRIỂN», «SỞ Y TẾ -»."""
    if folded in words.partial_bodies or folded.endswith(_DASHES):
        return True
    return any(folded.endswith(f" {end}") for end in words.partial_ends)


def _first_bold(lines: Sequence[Strip]) -> int:
    """Return where lines that are not bold give way to bold ones to the end, or 0 where they do not."""
    plain = [at for at, line in enumerate(lines) if not line.block.bold]
    split = plain[-1] + 1 if plain else 0
    return split if split < len(lines) else 0


def _joined(lines: Sequence[Strip]) -> str:
    return one_line(" ".join(line.text for line in lines)).strip(" -–:;,")
