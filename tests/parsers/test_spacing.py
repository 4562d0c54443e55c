"""Spaces typed twice are taken out of any Document, and every place in it goes with its words."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Block, BlockKind, Document, Line, Problem
from pipeline.parsers.spacing import single_spaced


def spaced(text: str) -> str:
    return single_spaced(Document(text, "txt", (Block(BlockKind.PARAGRAPH, 0, len(text)),))).text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9,6  tỷ  đồng", "9,6 tỷ đồng"),
        ("9,6    tỷ đồng", "9,6 tỷ đồng"),
        ("tại  Hà Nội", "tại Hà Nội"),
        ("ngày  tháng 3", "ngày tháng 3"),
        ("1   250 hộ", "1 250 hộ"),
        ("tổng số   12 lượt", "tổng số 12 lượt"),
        ("Số:       /BC-SYT", "Số:       /BC-SYT"),
        ("Số 142     BC-SYT", "Số 142     BC-SYT"),
        ("ngày      tháng     năm 2024", "ngày      tháng     năm 2024"),
        ("SỞ Y TẾ     CỘNG HÒA", "SỞ Y TẾ     CỘNG HÒA"),
        ("  lùi vào\n  nữa  \t sau", "  lùi vào\n  nữa  \t sau"),
    ],
)
def test_only_what_is_no_layout_is_taken_out(typed, read):
    assert spaced(typed) == read
    assert spaced(read) == read


_TYPED = st.lists(st.sampled_from(["số", "12", "Hà", "/", "hộ", " ", "  ", "   ", "\n", "\t"]), max_size=14)


@given(_TYPED, st.tuples(*[st.integers(0, 40)] * 3))
def test_every_place_goes_with_its_words(pieces, places):
    text = "".join(pieces)
    start, content, end = sorted(min(place, len(text)) for place in places)
    edges = array("f", [float(at // 2) for at in range(2 * (end - start))])
    line = Line(start, end, 1, 0, 9, edges, array("f", [0.5] * (end - start)))
    block = Block(BlockKind.FOOTNOTE, start, end, content, anchor=content)
    problem = Problem("number.unexplained", (), start, end, (content, end))
    was = Document(text, "pdf", (block,), (), (line,), problems=(problem,))
    now = single_spaced(was)
    [block], [line], [problem] = now.blocks, now.lines, now.problems
    assert now.text.split() == text.split()
    for low, high, old_low, old_high in (
        (block.start, block.end, start, end),
        (block.content, block.end, content, end),
        (line.start, line.end, start, end),
        (problem.start, problem.end, start, end),
        (*problem.other, content, end),
    ):
        assert now.text[low:high].split() == text[old_low:old_high].split()
    assert block.anchor == block.content
    assert len(line.edges) == 2 * len(line.confidence) == 2 * (line.end - line.start)
    inked = [text[start + int(at)] for at in line.edges[::2]]
    assert "".join(inked) == now.text[line.start : line.end]
