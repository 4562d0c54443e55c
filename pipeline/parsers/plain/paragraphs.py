"""Lines into paragraphs: lines of a wrapped text, and sentences that a page break cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from msgspec.structs import replace

from pipeline.model import BlockKind
from pipeline.parsers.labels import typed_label
from pipeline.parsers.plain.lines import TextLine, ends_sentence, glue, is_capitals, is_cut_short, starts_lower
from pipeline.parsers.plain.wrapping import Wrap, goes_on

_SHORTEST_CUT = 50  # what a page break leaves of a paragraph ends with a full printed line
_LONGEST_SUBJECT = 160
_SUBJECT_LINES = 6
_LONGEST = 20_000  # characters of a paragraph that may go on: more than five printed pages

_HEAD = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục|Điều|Phụ lục)\s+(?:[IVXLC]+|\d+|thứ)\b")
_WAITS_FOR_MORE = re.compile(r"\s(?:và|của|các|những|với|cho|tại|về|bằng|để)$")
_PAIRS = (("“", "”"), ("(", ")"), ("«", "»"), ("[", "]"))


class Gap(IntEnum):
    """What stands between two lines of text."""

    NONE = 0
    BLANK = 1
    PAGE = 2


def join_paragraphs(lines: Sequence[TextLine], wrap: Wrap) -> list[TextLine]:
    """Return `lines` without blank ones, each paragraph joined out of its lines and over page breaks."""
    paragraphs: list[TextLine] = []
    previous, gap = TextLine(""), Gap.NONE
    for line in lines:
        if line.is_blank:
            gap = max(gap, Gap.PAGE if line.is_page_break else Gap.BLANK)
            continue
        if paragraphs and len(paragraphs[-1].text) < _LONGEST and _belongs(paragraphs, previous, line, gap, wrap):
            glued = glue(paragraphs[-1].text, line.text)
            paragraphs[-1] = replace(paragraphs[-1], text=glued, bold=paragraphs[-1].bold and line.bold)
        else:
            paragraphs.append(line)
        previous, gap = line, Gap.NONE
    return paragraphs


def _belongs(paragraphs: Sequence[TextLine], previous: TextLine, line: TextLine, gap: Gap, wrap: Wrap) -> bool:
    """Tell whether `line`, which comes after `previous` and `gap`, goes on with the last paragraph."""
    if not paragraphs[-1].is_prose or line.kind is not BlockKind.PARAGRAPH or line.cells:
        return False
    if gap is Gap.NONE and (wrap.width or previous.final):
        return _goes_on_here(paragraphs, previous, line, wrap)
    full = bool(wrap.width) and wrap.is_full(previous.text, line.text)
    if gap is Gap.PAGE and full and not ends_sentence(previous.text):
        return goes_on(previous, line, wrap)
    return _resumes(paragraphs, line.text.strip())


def _goes_on_here(paragraphs: Sequence[TextLine], previous: TextLine, line: TextLine, wrap: Wrap) -> bool:
    """Tell whether `line`, right under `previous`, goes on with it; subject lines are centred and do not."""
    before, after = previous.text.strip(), line.text.strip()
    if _is_subject(paragraphs) and not wrap.is_flush(previous.text, line.text):
        return False
    in_list = before.endswith(",") and not (typed_label(after) or is_capitals(after) or previous.final)
    return goes_on(previous, line, wrap) or (in_list and _waits(before, after))


def _resumes(paragraphs: Sequence[TextLine], after: str) -> bool:
    """Tell whether `after` goes on with the sentence that a page break cut at the last paragraph's end."""
    before = paragraphs[-1].text.strip()
    if is_cut_short(before, after) and not typed_label(after):
        return True
    if typed_label(after) or is_capitals(after) or is_capitals(before) or _is_subject(paragraphs):
        return False
    if len(before) < _SHORTEST_CUT:
        return False
    if before.endswith(";"):
        return starts_lower(after)
    return not ends_sentence(before) and (starts_lower(after) or _waits(before, after))


def _waits(before: str, after: str) -> bool:
    """Tell whether `before` can't end here, so that `after` goes on with it though it has a capital."""
    if _WAITS_FOR_MORE.search(before[-10:]):
        return True
    if before.endswith(","):
        return before.split(maxsplit=1)[0] != after.split(maxsplit=1)[0] and not _HEAD.match(after)
    return any(_is_open(before, *pair) and _closes(after, *pair) for pair in _PAIRS)


def _is_open(text: str, opening: str, closing: str) -> bool:
    return text.rfind(opening) > text.rfind(closing)


def _closes(text: str, opening: str, closing: str) -> bool:
    at = text.find(closing)
    return at >= 0 and opening not in text[:at]


def _is_subject(paragraphs: Sequence[TextLine]) -> bool:
    """Tell whether the last paragraph is a subject line under a title (`BÁO CÁO`), which stays by itself."""
    for line in reversed(paragraphs[-_SUBJECT_LINES:]):
        if len(line.text) > _LONGEST_SUBJECT or typed_label(line.text):
            return False
        text = line.text.strip()
        if is_capitals(text):
            return True
        if text.endswith((",", ";", ".", ":")):
            return False
    return False
