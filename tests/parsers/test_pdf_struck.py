"""Struck-through words of a PDF are no part of the report; underlines and rules of tables strike nothing."""

from __future__ import annotations

import pytest
from pdf_sketch import LEFT, Sketch

from pipeline.parsers.pdf import read_pdf


def drawn(strike_from: float, strike_to: float, height: float) -> str:
    """Return the text of a line of which a rule `height` above the baseline runs through a part."""
    sketch = Sketch()
    start = sketch.text(LEFT, 300, "Đã ban hành ")
    middle = sketch.text(start, 300, "17 ")
    end = sketch.text(middle, 300, "19 văn bản trong kỳ báo cáo này")
    width = middle - start
    sketch.rule(start + strike_from * width, 300 - height, start + strike_to * width, 300 - height)
    assert end < 538
    return read_pdf(sketch.data()).text


@pytest.mark.parametrize("height", [3, 3.6, 5])
def test_what_a_rule_runs_through_is_left_out(height):
    assert drawn(0, 0.85, height) == "Đã ban hành 19 văn bản trong kỳ báo cáo này"


@pytest.mark.parametrize(
    ("strike_from", "strike_to", "height"),
    [(0, 0.85, -1.5), (0, 0.85, 0.5), (0, 0.85, 10), (-8, 30, 4)],
    ids=["underline", "on the baseline", "above", "a rule across the page and past the words"],
)
def test_what_a_rule_only_touches_stays(strike_from, strike_to, height):
    assert drawn(strike_from, strike_to, height) == "Đã ban hành 17 19 văn bản trong kỳ báo cáo này"
