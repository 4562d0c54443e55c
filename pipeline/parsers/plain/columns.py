"""Two columns in plain text: a letterhead or the signature, set side by side with spaces or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from pipeline.model import BlockKind
from pipeline.parsers.labels import typed_label
from pipeline.parsers.plain.lines import TextLine, is_capitals

_HEAD_LINES = 20
_TAIL_LINES = 30
_LATE = 4
_LONGEST = 70
_NEARLY_RIGHT = 10
_LOOK_BACK = 400  # characters before a gap, a blank of dots among them

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_SPACED_BEFORE, _SPACED_AFTER = re.compile(r"(?:^| )\w$"), re.compile(r"\w(?: |$)")  # «B Á O   C Á O»
_BEFORE_BLANK = re.compile(r"\b(?:số|ngày|tháng|năm)[\s:.…]*\d{0,5}$", re.IGNORECASE)
_AFTER_BLANK = re.compile(r"[/-]|\d|tháng\b|năm\b|[A-ZĐ]{2,}[/-]")
_STATE_NAME = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)|ĐẢNG\s+CỘNG\s+SẢN|ĐOÀN\s+(?:TNCS|THANH\s+NIÊN)|Độc\s+lập\b", re.IGNORECASE)
_NUMBER_OR_DATE = re.compile(r"\bsố\s*:|\bngày\b.*\btháng\b", re.IGNORECASE)
_RECIPIENTS = re.compile(r"\s*Nơi\s+nhận\b", re.IGNORECASE)
_RULE = re.compile(r"[\s_=~—–-]+")


class _Piece(Struct, frozen=True):
    """A part of a line between column gaps, and where it begins and ends in the line."""

    start: int
    text: str

    @property
    def middle(self) -> float:
        return self.start + len(self.text) / 2


def split_columns(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return `lines` with the letterhead and the signature read column by column, the left one first."""
    head, after_head = _head(lines)
    before_tail, tail = _tail(lines[after_head:])
    return [*head, *lines[after_head : after_head + before_tail], *tail]


def _head(lines: Sequence[TextLine]) -> tuple[list[TextLine], int]:
    """Return the lines of a letterhead in two columns, left one first, and how many lines it was before."""
    rows = list(takewhile(_is_head_row, map(_pieces, lines[:_HEAD_LINES])))
    paired = [at for at, row in enumerate(rows) if len(row) == 2]
    if not paired:
        return [], 0
    words = "\n".join(line.text for line in lines[: paired[-1] + 1])
    named = bool(_STATE_NAME.search(words))
    if not named and not (len(paired) > 1 and _NUMBER_OR_DATE.search(words)):
        return [], 0
    size = paired[-1] + 1
    right_start = min(rows[at][1].start for at in paired)
    late = (at for at in range(size, min(size + _LATE, len(rows))) if _is_late_date(rows[at], right_start))
    size = next(late, size - 1) + 1
    left, right = _columns(rows[:size], right_start, late=False)
    return [TextLine(text, BlockKind.LETTERHEAD, final=True) for text in (*left, *right)], size


def _is_head_row(row: list[_Piece]) -> bool:
    """Tell whether `row` can stand in a letterhead; a table, list, long line or the recipients end it."""
    first = row[0].text if row else ""
    is_text = len(row) == 1 and (len(first) > _LONGEST or bool(typed_label(first)))
    return len(row) <= 2 and not is_text and not _RECIPIENTS.match(first)


def _is_late_date(row: list[_Piece], right_start: int) -> bool:
    """Tell whether `row` is the place and date alone in the right column, under the rest."""
    return len(row) == 1 and row[0].start >= right_start and bool(_NUMBER_OR_DATE.search(row[0].text))


def _tail(lines: Sequence[TextLine]) -> tuple[int, list[TextLine]]:
    """Return where recipients and signature begin side by side, and all lines from there, left one first."""
    start = max((at for at, line in enumerate(lines) if _RECIPIENTS.match(line.text)), default=len(lines))
    rows = [_pieces(line) for line in lines[start : start + _TAIL_LINES]]
    if not any(len(row) == 2 for row in rows) or any(len(row) > 2 for row in rows):
        return len(lines), []
    right_start = min(row[1].start for row in rows if len(row) == 2) - _NEARLY_RIGHT
    above = sum(1 for _ in takewhile(lambda line: _stands_right(line, right_start), reversed(lines[:start])))
    size = above + sum(1 for _ in takewhile(lambda row: _is_tail_row(row, right_start), rows))
    start -= above
    ends = [_pieces(line) for line in lines[start : start + size]]
    if not any(len(row) == 2 for row in ends):  # the pair stands below what ended the signature part
        return len(lines), []
    left, right = _columns(ends, right_start, late=True)
    signed = [TextLine(text, BlockKind.SIGNATURE, final=True) for text in right]
    return start, [*map(TextLine, left), *signed, *lines[start + size :]]


def _stands_right(line: TextLine, right_start: int) -> bool:
    row = _pieces(line)
    return len(row) == 1 and row[0].start >= max(right_start, 1)


def _is_tail_row(row: list[_Piece], right_start: int) -> bool:
    """Tell whether `row` can stand in a signature part; an appendix title or long line ends it."""
    if len(row) != 1 or row[0].start >= right_start:
        return True
    text = row[0].text
    return len(text) <= _LONGEST and (bool(typed_label(text)) or not is_capitals(text))


def _columns(rows: list[list[_Piece]], right_start: int, late: bool) -> tuple[list[str], list[str]]:
    """Return the words of the left and the right column; a piece alone goes where it stands.

    In a letterhead both columns are centred, so what counts is the nearer middle; in a signature part
    (`late`) the left column is flush, so what counts is where the piece begins.
    """
    left: list[str] = []
    right: list[str] = []
    middles = [(row[0].middle, row[1].middle) for row in rows if len(row) == 2]
    border = sum(a + b for a, b in middles) / (2 * len(middles))
    for row in rows:
        for at, piece in enumerate(row):
            alone_right = piece.start >= right_start if late else piece.middle > border
            is_right = alone_right if len(row) == 1 else at == 1
            (right if is_right else left).append(piece.text)
    return [text for text in left if not _RULE.fullmatch(text)], [t for t in right if not _RULE.fullmatch(t)]


def _pieces(line: TextLine) -> list[_Piece]:
    """Return the parts of `line` between column gaps; a blank left for a number or day is no gap."""
    if not line.is_prose:
        return []
    text = line.text.rstrip().replace("\t", "   \t").expandtabs(8)  # a tab is a gap, however short
    return [piece for piece in _cut(text) if piece.text]


def _cut(text: str) -> Iterator[_Piece]:
    start = len(text) - len(text.lstrip())
    for gap in _GAP.finditer(text):
        before, after = text[max(start, gap.start() - _LOOK_BACK) : gap.start()], gap.end()
        if _BEFORE_BLANK.search(before) and _AFTER_BLANK.match(text, after):
            continue
        if _SPACED_BEFORE.search(before) and _SPACED_AFTER.match(text, after):
            continue
        yield _Piece(start, text[start : gap.start()])
        start = gap.end()
    yield _Piece(start, text[start:])
