"""Figures of indicators: of short reports the value of each and the counts that make it; cases in indicators.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.extract import extract
from pipeline.rulebook import load_pack
from pipeline.text.numerals import canonical
from tests.extract.table_sketch import drawn

CASES = yaml.safe_load(Path(__file__).with_name("indicators.yaml").read_text(encoding="utf-8"))


def found(case):
    """Return the value and the printed counts of every indicator that the case asks for."""
    title = ("BÁO CÁO", case["report"]) if "report" in case else ()
    document = drawn(case.get("table", ""), *title, *([case["text"]] if "text" in case else ()))
    extraction = extract(document, load_pack(case["pack"]))
    values = {value.code: value for value in extraction.indicators if value.code in case["gives"]}
    items = extraction.items
    return {
        code: [canonical(told.value), *(document.text[items[at].start : items[at].end] for at in told.items)]
        if told.value is not None
        else []
        for code, told in values.items()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_indicators(case):
    assert found(case) == case["gives"]


def test_cases_ask_for_figures_and_for_none():
    wanted = [told for case in CASES for told in case["gives"].values()]
    assert sum(bool(told) for told in wanted) >= 30
    assert sum(not told for told in wanted) >= 3
