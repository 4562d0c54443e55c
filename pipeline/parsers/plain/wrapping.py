"""How the lines of a plain text end: wrapped near some width, or one line for each paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import mode

from msgspec import Struct

from pipeline.parsers.labels import typed_label
from pipeline.parsers.plain.lines import (
    TextLine,
    ends_sentence,
    ends_with_full_stop,
    is_capitals,
    is_cut_short,
    starts_lower,
)

_NARROWEST, _WIDEST = 40, 140
_FULL = 0.75  # of the width
_LEAST_PAIRS = 2
_MOST = 0.8
_INDENT, _MOST_INDENT = 3, 12

_FIRST_WORD = re.compile(r"\S+")
_DASH = re.compile(r"\s*[-–—]\s")
_RANGE_END = re.compile(r"[-–—]\s*\d")


class Wrap(Struct, frozen=True):
    """How the lines of a file end: wrapped near `width`, or, where it is 0, one line for each paragraph.

    `reach` is what a full line and the first word of the next almost always come to. `margin` is the indent
    of lines within paragraphs. `spaced` and `indented` tell that blank lines or indents set paragraphs
    apart, so that a full line never ends one by chance.
    """

    width: int = 0
    reach: int = 0
    margin: int = 0
    spaced: bool = False
    indented: bool = False

    def is_full(self, line: str, following: str) -> bool:
        """Tell whether `line` ended because the first word of `following` had no room on it.

        Of a line that seems to go on in lower case, less is asked: in print, full lines differ in length.
        """
        return _reach(line, following) >= (_FULL * self.width if starts_lower(following) else self.reach)

    def is_flush(self, line: str, following: str) -> bool:
        """Tell whether `line` is as full as lines get and `following` begins at the margin."""
        return _reach(line, following) >= self.reach and not self.is_indented(following)

    def is_indented(self, line: str) -> bool:
        """Tell whether `line` begins to the right of the margin."""
        return _indent(line) >= self.margin + _INDENT


def find_wrap(lines: Sequence[TextLine]) -> Wrap:
    """Return how the lines of a file are wrapped: they are if most full lines go on in lower case."""
    lengths = sorted(len(line.text.strip()) for line in lines if line.is_prose)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return Wrap()
    pairs = [(a, b) for a, b in pairwise(lines) if a.is_prose and b.is_prose and not a.final]
    full = [(a.text, b.text) for a, b in pairs if len(a.text.strip()) >= _FULL * width]
    going_on = [(a, b) for a, b in full if starts_lower(b)]
    if len(full) < _LEAST_PAIRS or len(going_on) * 2 < len(full):
        return Wrap()
    reaches = sorted(_reach(a, b) for a, b in going_on)
    margin = mode(_indent(b) for _, b in going_on)
    return _with_starts(Wrap(width, reaches[len(reaches) // 20], margin), lines)


def _with_starts(wrap: Wrap, lines: Sequence[TextLine]) -> Wrap:
    """Return `wrap` with how paragraphs start: what comes after a short line that ends a sentence."""
    after = [
        b
        for a, b in pairwise(lines)
        if a.is_prose and ends_with_full_stop(a.text) and _reach(a.text, b.text) < wrap.reach
    ]
    next_to = [line for line in after if line.is_prose and not typed_label(line.text)]
    spaced = len(after) > 0 and sum(line.is_blank for line in after) >= _MOST * len(after)
    set_in = sum(wrap.is_indented(line.text) for line in next_to)
    indented = len(next_to) > 0 and set_in >= _MOST * len(next_to)
    return Wrap(wrap.width, wrap.reach, wrap.margin, spaced, indented)


def goes_on(line: TextLine, following: TextLine, wrap: Wrap) -> bool:
    """Tell whether `following` is the next line of the same paragraph in a file wrapped as `wrap`."""
    before, after = line.text.strip(), following.text.strip()
    if line.final or not wrap.width:
        return False
    if _has_label(before, after):
        return _is_dash_inside(line.text, following.text, wrap)
    if is_cut_short(before, after):
        return True
    if not wrap.is_full(line.text, following.text) or _is_title_beside_text(before, after):
        return False
    if starts_lower(after):
        return True
    if wrap.is_indented(following.text) and not wrap.is_indented(line.text):
        return False
    marked = wrap.spaced or (wrap.indented and wrap.is_flush(line.text, following.text))
    return not ends_sentence(before) or (marked and ends_with_full_stop(before))


def _has_label(before: str, after: str) -> bool:
    """Tell whether `after` begins with a label; in «năm» «2023. Theo đó», «18/4» «– 21/4» it does not."""
    if not typed_label(after) or (before[-1:].isdigit() and _RANGE_END.match(after)):
        return False
    return not is_cut_short(before, after)


def _is_dash_inside(line: str, following: str, wrap: Wrap) -> bool:
    """Tell whether the dash that begins `following` is one of «Văn hóa – Thông tin» and no bullet."""
    unfinished = not ends_sentence(line) and not line.rstrip().endswith(",")
    is_dash = bool(_DASH.match(following)) and wrap.indented
    return is_dash and unfinished and wrap.is_flush(line, following)


def _is_title_beside_text(before: str, after: str) -> bool:
    """Tell whether just one of two lines is set in capitals; `UBND.` can end a sentence."""
    if is_capitals(before) == is_capitals(after):
        return False
    return not (is_capitals(after) and ends_sentence(after) and not ends_sentence(before))


def _reach(line: str, following: str) -> int:
    """Return the length of `line`, with a first line's indent, and the first word of `following` on it."""
    word = _FIRST_WORD.search(following)
    indent = _indent(line) if _indent(line) <= _MOST_INDENT else 0
    return indent + len(line.strip()) + 1 + len(word[0] if word else "")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
