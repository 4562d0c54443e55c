"""Spaces typed twice: taken out of a Document, so that what is read does not hang on how a text was typed."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from msgspec.structs import replace

from pipeline.model import Block, Document, Line, Problem

_RUN = re.compile(r"(?<=\S)  +(?=\S)")
_GAP = 3  # spaces that can set two columns apart, or leave a blank
_SYMBOL = "/-("  # what may stand behind the blank of a number
_BEFORE_DAY, _AFTER_DAY = re.compile(r"\b(?:ngày|tháng)[ :.…]*$", re.IGNORECASE), re.compile("tháng|năm", re.IGNORECASE)
_LOOK_BACK = 12


def single_spaced(document: Document) -> Document:
    """Return `document` with one space for each run of them inside a line; all its places follow.

    Three or more are left where they are layout: the blank of a number or a day, or a gap before another column.
    """
    cuts = [run.span() for run in _RUN.finditer(document.text) if not _is_layout(run)]
    if not cuts:
        return document
    shift = _Shift(cuts)
    return replace(
        document,
        text=shift.kept(document.text),
        blocks=tuple(shift.block(block) for block in document.blocks),
        lines=tuple(shift.line(line) for line in document.lines),
        problems=tuple(shift.problem(problem) for problem in document.problems),
    )


def _is_layout(run: re.Match[str]) -> bool:
    if run.end() - run.start() < _GAP:
        return False
    text, after = run.string, run.string[run.end()]
    if after.isupper() or after in _SYMBOL:
        return True
    before = text[max(run.start() - _LOOK_BACK, 0) : run.start()]
    return bool(_AFTER_DAY.match(text, run.end()) and _BEFORE_DAY.search(before))


class _Shift:
    """Where each place of a text is when of each of some runs only the first space is left."""

    def __init__(self, runs: list[tuple[int, int]]) -> None:
        self._cuts = [(start + 1, end) for start, end in runs]
        self._ends = [end for _, end in self._cuts]
        self._gone = [0]
        for start, end in self._cuts:
            self._gone.append(self._gone[-1] + end - start)

    def kept(self, text: str) -> str:
        """Return what is left of `text`."""
        pieces, done = [], 0
        for start, end in self._cuts:
            pieces.append(text[done:start])
            done = end
        return "".join((*pieces, text[done:]))

    def block(self, block: Block) -> Block:
        """Return `block` where it is now."""
        anchor = None if block.anchor is None else self._at(block.anchor)
        start, end, content = self._at(block.start), self._at(block.end), self._at(block.content)
        return replace(block, start=start, end=end, content=content, anchor=anchor)

    def line(self, line: Line) -> Line:
        """Return `line` where it is now, with the edges and the confidence of the characters that are left."""
        start, end = self._at(line.start), self._at(line.end)
        if end - start == line.end - line.start:
            return replace(line, start=start, end=end)
        edges, confidence = array("f"), array("f")
        for low, high in self._left(line.start, line.end):
            edges += line.edges[2 * low : 2 * high]
            confidence += line.confidence[low:high]
        return replace(line, start=start, end=end, edges=edges, confidence=confidence)

    def problem(self, problem: Problem) -> Problem:
        """Return `problem` with its places where they are now."""
        start = None if problem.start is None else self._at(problem.start)
        end = None if problem.end is None else self._at(problem.end)
        other = None if problem.other is None else (self._at(problem.other[0]), self._at(problem.other[1]))
        return replace(problem, start=start, end=end, other=other)

    def _at(self, place: int) -> int:
        before = bisect_left(self._ends, place)
        inside = max(place - self._cuts[before][0], 0) if before < len(self._cuts) else 0
        return place - self._gone[before] - inside

    def _left(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans that are left of a line, counted from its start."""
        spans, done = [], start
        for at in range(bisect_left(self._ends, start + 1), len(self._cuts)):
            low, high = self._cuts[at]
            if low >= end:
                break
            spans.append((done - start, max(low, start) - start))
            done = min(high, end)
        return [*spans, (done - start, end - start)]
