"""Emphasis marks of Markdown: `*`, `**` and `_` pairs taken out of a text, stars that mean something left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

# Control characters, which `clean` has taken out of the text, mark where bold type begins and ends.
BOLD_ON, BOLD_OFF = "\x02", "\x03"

_RUN = re.compile(r"\*+|_+")
_STAR_LINE = re.compile(r"^[ \t]*(?:[*_][ \t]*)+$", re.MULTILINE)
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_CUT_SENTENCE = re.compile(r"[\w,][*_]*\s*$")
_LONGEST = 3
_MOST_OPEN = 50


class _Run(Struct):
    """A run of stars or underscores: where it stands, how many are not yet paired, what it can do."""

    start: int
    sign: str
    left: int
    right: int
    opens: bool
    closes: bool
    paragraph: int

    @property
    def count(self) -> int:
        return self.right - self.left


def strip_emphasis(text: str) -> str:
    """Return `text` without emphasis marks, and with BOLD_ON and BOLD_OFF in each line round bold type.

    Pairs are found as CommonMark finds them, with more patience: emphasis may go on over a page break in
    mid-sentence, and `**` may have a space on its wrong side. A mark without a partner is text.
    """
    removed: list[tuple[int, int, str]] = []
    opened: list[_Run] = []
    for run in _runs(text):
        while run.count and run.closes and (partner := _partner(text, opened, run)):
            _pair(partner, run, removed)
            del opened[opened.index(partner) + bool(partner.count) :]
        if run.count and run.opens:
            opened.append(run)
        opened = [other for other in opened[-_MOST_OPEN:] if run.paragraph - other.paragraph <= 1]
    return _bold_by_line(_replaced(text, removed))


def _runs(text: str) -> Iterator[_Run]:
    """Yield the runs that may be emphasis marks; not those in a line of stars or between digits."""
    star_lines = [found.span() for found in _STAR_LINE.finditer(text)]
    ends = [found.end() for found in _PARAGRAPH_END.finditer(text)]
    line = paragraph = 0
    for found in _RUN.finditer(text):
        start, end = found.span()
        while line < len(star_lines) and star_lines[line][1] <= start:
            line += 1
        while paragraph < len(ends) and ends[paragraph] <= start:
            paragraph += 1
        in_star_line = line < len(star_lines) and star_lines[line][0] <= start
        if in_star_line or end - start > _LONGEST:
            continue
        opens, closes = _abilities(text[start - 1 : start] if start else "", text[end : end + 1], found[0])
        if opens or closes:
            yield _Run(start, found[0][0], 0, end - start, opens, closes, paragraph)


def _abilities(before: str, after: str, run: str) -> tuple[bool, bool]:
    """Return whether a run between two characters can open and can close emphasis.

    This is CommonMark's rule of flanking, but for: underscores (only at the edge of a word), a star between
    digits (times), and for slips of converters: a star after a space and before a closing bracket or full
    stop, and two stars with a space on either side.
    """
    space_before, space_after = not before.strip(), not after.strip()
    mark_before = not before.isalnum() and not space_before
    mark_after = not after.isalnum() and not space_after
    opens = not space_after and (not mark_after or space_before or mark_before)
    closes = not space_before and (not mark_before or space_after or mark_after)
    if run[0] == "_":
        return opens and not before.isalnum() and after not in "/_-", closes and not after.isalnum()
    if run == "*":
        if before.isdigit() and after.isdigit():
            return False, False
        return opens, closes or (space_before and bool(before) and after in tuple('),.;:”"'))
    attached = not (space_before and space_after)
    return attached, attached


def _partner(text: str, opened: list[_Run], run: _Run) -> _Run | None:
    """Return the last open run that `run` can close: in its paragraph, or in one that a page break cut."""
    slips = not text[run.start - 1 : run.start].strip()
    for other in reversed(opened):
        if other.sign == run.sign and (other.count == run.count or not slips):
            near = other.paragraph == run.paragraph or (not slips and _is_cut(text, other, run))
            return other if near else None
    return None


def _is_cut(text: str, opening: _Run, closing: _Run) -> bool:
    """Tell whether the paragraph of `opening` stops in mid-sentence before the one of `closing`."""
    end = _PARAGRAPH_END.search(text, opening.start, closing.start)
    return end is not None and bool(_CUT_SENTENCE.search(text, opening.start, end.start()))


def _pair(opening: _Run, closing: _Run, removed: list[tuple[int, int, str]]) -> None:
    """Take out as many signs of a pair as both have: the inner ones of `opening`, the first of `closing`."""
    count = min(opening.count, closing.count)
    bold = count > 1
    inner = opening.start + opening.right
    outer = closing.start + closing.left
    removed.append((inner - count, inner, BOLD_ON if bold else ""))
    removed.append((outer, outer + count, BOLD_OFF if bold else ""))
    opening.right -= count
    closing.left += count


def _replaced(text: str, changes: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, instead in sorted(changes):
        pieces += (text[done:start], instead)
        done = end
    return "".join((*pieces, text[done:]))


def _bold_by_line(text: str) -> str:
    """Return `text` with bold type that goes over line ends switched off and on again at each."""
    lines: list[str] = []
    bold = False
    for line in text.split("\n"):
        lines.append(BOLD_ON + line if bold else line)
        last = max(line.rfind(BOLD_ON), line.rfind(BOLD_OFF))
        bold = bold if last < 0 else line[last] == BOLD_ON
    return "\n".join(lines)
