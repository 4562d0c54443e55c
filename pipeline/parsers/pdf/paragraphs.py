"""Printed lines put together into paragraphs, by how lines end, begin and stand on the page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct, field

from pipeline.parsers.labels import typed_label
from pipeline.parsers.pdf.lines import PrintedLine

# Points.
_INDENT = 8.0
_SAME_LEFT = 3.0
_CENTRED_WITHIN = 6.0
_CENTRED_INSET = 12.0
_SPARE = 2.0

_WIDE_PITCH, _WIDER_PITCH = 1.3, 1.8
_OTHER_SIZE = 1.2  # points
_SPACE = 0.25  # of the size
_ENOUGH_LINES = 8
_OFF_MIDDLE = 0.06  # of the page width: margins differ by as much
_TEXT_WIDTH = 0.7  # of the page width, at least

_UNFINISHED = re.compile(r"(?:[\dA-ZĐ]-|\d/|[^\W\d_]/)$")  # `212/QĐ-` at the end of a line: no space follows
_CUT = re.compile(r"(?:[\dA-ZĐ]-|\d/|[^\W\d_]/|(?<!\w)[Ss]ố)$")
_SENTENCE_END = re.compile(r"[.;:!?…][\"”’»)\]]*$")


class Area(Struct, frozen=True):
    """Where the text of a page stands: its edges, its first-line indent, and from baseline to baseline."""

    left: float
    right: float
    indent: float
    pitch: float


class Paragraph(Struct):
    """The lines of one paragraph."""

    lines: list[PrintedLine] = field(default_factory=list)
    centred: bool = False


def glue(before: str, after: str) -> str:
    """Return what stands between two printed lines of one paragraph: a space, or nothing in `212/QĐ-UBND`."""
    goes_on = after[:1].isupper() or after[:1].isdigit()
    return "" if goes_on and _UNFINISHED.search(before) else " "


def text_areas(lines: Sequence[PrintedLine], widths: Mapping[int, float]) -> dict[int, Area]:
    """Return the text area of each page; a page of few lines has that of all pages of its width."""
    by_page: dict[int, list[PrintedLine]] = defaultdict(list)
    by_width: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in lines:
        if not line.column:
            by_page[line.page].append(line)
            by_width[round(widths[line.page])].append(line)
    areas = {}
    for page, width in widths.items():
        own = by_page[page]
        areas[page] = _area(own if len(own) >= _ENOUGH_LINES else by_width[round(width)], width)
    return areas


def lines_to_paragraphs(lines: Iterable[PrintedLine], areas: Mapping[int, Area]) -> list[Paragraph]:
    """Return `lines`, in reading order and with no table between them, as paragraphs."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        before = paragraphs[-1] if paragraphs else None
        centred = _is_centred(line, areas[line.page], before)
        if before and not centred and not before.centred and _goes_on(before.lines, line, areas):
            before.lines.append(line)
        else:
            paragraphs.append(Paragraph([line], centred))
    return paragraphs


def _area(lines: Sequence[PrintedLine], width: float) -> Area:
    """Measure the text area: the right edge that long lines reach, the left edge that most begin at."""
    if len(lines) < _ENOUGH_LINES:
        return _guessed_area(lines, width)
    rights = sorted(line.right for line in lines)
    lefts = Counter(round(line.left) for line in lines)
    often = [left for left, times in lefts.items() if times >= max(2, 0.1 * len(lines))]
    left = float(min(often, default=min(lefts)))
    indents = Counter(round(line.left - left) for line in lines if line.left > left + _INDENT)
    steps = [b.base - a.base for a, b in pairwise(lines) if a.page == b.page]
    return Area(
        left=left,
        right=rights[int(0.9 * (len(rights) - 1))],
        indent=float(indents.most_common(1)[0][0]) if indents else 0.0,
        pitch=median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0.0,
    )


def _guessed_area(lines: Sequence[PrintedLine], width: float) -> Area:
    """Guess the text area of a few lines, such as titles above a table: about their middle, and wide."""
    if not lines:
        return Area(0.0, width, 0.0, 0.0)
    middle = median((line.left + line.right) / 2 for line in lines)
    if abs(middle - width / 2) > _OFF_MIDDLE * width:
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        return Area(left, max(right, width - left), 0.0, 0.0)
    reach = max(max(middle - line.left, line.right - middle) for line in lines)
    half = max(reach, _TEXT_WIDTH * width / 2)
    return Area(middle - half, middle + half, 0.0, 0.0)


def _is_centred(line: PrintedLine, area: Area, before: Paragraph | None) -> bool:
    """Tell a centred line: the same room on both sides; or a full line of a title whose start is centred."""
    if line.column:
        return False
    left, right = line.left - area.left, area.right - line.right
    if abs(left - right) > _CENTRED_WITHIN:
        return False
    if min(left, right) > _CENTRED_INSET:
        return abs(left - area.indent) > 1.5 or (not typed_label(line.text) and line.bold)
    return before is not None and before.centred and line.bold and before.lines[-1].bold


def _goes_on(lines: Sequence[PrintedLine], line: PrintedLine, areas: Mapping[int, Area]) -> bool:
    """Tell whether `line` goes on with the paragraph that `lines` begin."""
    last, area = lines[-1], areas[lines[-1].page]
    if last.column or line.column or abs(line.size - last.size) > _OTHER_SIZE:
        return False
    if _is_far(last, line, area) or not (_is_full(last, line, area) or _is_cut(last, line)):
        return False
    if typed_label(line.text) and not _runs_on(lines, line, areas):
        return False
    if all(one.bold for one in lines) and not line.bold and not line.text[:1].islower():  # a heading ends
        return False
    return not _is_indented(lines, line, areas)


def _is_full(last: PrintedLine, line: PrintedLine, area: Area) -> bool:
    """Tell whether the first word of `line` had no room left in the line before."""
    return last.right + _SPACE * last.size + line.first_word > area.right - _SPARE


def _is_cut(last: PrintedLine, line: PrintedLine) -> bool:
    """Tell a line broken by hand: within a document's code or a date, or in the middle of a sentence."""
    if _CUT.search(last.text):
        return line.text[:1].isupper() or line.text[:1].isdigit()
    return line.text[:1].islower() and not _SENTENCE_END.search(last.text) and not typed_label(line.text)


def _is_far(last: PrintedLine, line: PrintedLine, area: Area) -> bool:
    step = (line.base - last.base) / area.pitch if area.pitch else 1.0
    limit = _WIDER_PITCH if line.text[:1].islower() else _WIDE_PITCH
    return line.page == last.page and step > limit


def _runs_on(lines: Sequence[PrintedLine], line: PrintedLine, areas: Mapping[int, Area]) -> bool:
    """Tell a dash or number in mid-sentence: at the left edge of a paragraph whose first line is indented."""
    first, start = _offset(lines[0], areas), _offset(line, areas)
    return first > _INDENT and start < _SAME_LEFT and not _SENTENCE_END.search(lines[-1].text)


def _is_indented(lines: Sequence[PrintedLine], line: PrintedLine, areas: Mapping[int, Area]) -> bool:
    """Tell by its left edge whether `line` begins a paragraph."""
    start, first = _offset(line, areas), _offset(lines[0], areas)
    if len(lines) > 1:
        return abs(start - _offset(lines[-1], areas)) > _INDENT
    if start < first - _SAME_LEFT:
        return False
    if start <= first + _SAME_LEFT:
        return first > _INDENT and _is_new_sentence(lines[-1], line)
    return start > first + _INDENT and not _hangs(lines[0], line)


def _offset(line: PrintedLine, areas: Mapping[int, Area]) -> float:
    return line.left - areas[line.page].left


def _is_new_sentence(last: PrintedLine, line: PrintedLine) -> bool:
    return bool(_SENTENCE_END.search(last.text)) and not line.text[:1].islower()


def _hangs(first: PrintedLine, line: PrintedLine) -> bool:
    """Tell whether `line` stands under the words after the label of `first`."""
    label = typed_label(first.text)
    return bool(label) and abs(first.edges[2 * label] - line.left) < _INDENT / 2
