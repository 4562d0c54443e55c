"""Words of the workbook: whole in both languages, and headings that tell their column."""

from __future__ import annotations

import pytest

from pipeline.workbook.columns import DECIDED
from pipeline.workbook.guide import guide
from pipeline.workbook.labels import CHOICES, HEADS, action_of, choice, column_of, head


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_heading_tells_its_column(lang: str) -> None:
    for sheet in DECIDED.values():
        for column in sheet.columns:
            assert column_of(f" {head(column.name, lang).upper()} ") == column.name
    assert all(column_of(words[lang != "vi"]) == name for name, words in HEADS.items())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_choice_tells_its_action(lang: str) -> None:
    for sheet, choices in CHOICES.items():
        for action in choices:
            assert action_of(sheet, choice(sheet, action, lang)) == action
    assert action_of("items", "  ") == ""
    assert [action_of("items", text) for text in ("Đúng", "sai", "Sai ")] == ["accepted", "rejected", "rejected"]
    assert [action_of(sheet, "Sai") for sheet in ("reports", "problems")] == [None, None]
    assert action_of("items", "đúng rồi") is None


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_guide_names_what_there_is(lang: str) -> None:
    title, steps = guide(lang)
    told = " ".join([title, *(part for step in steps for part in step)])
    assert "{" not in told
    assert all(head(name, lang) in told for name in ("decision", "correction", "unit_correction"))
    assert all(choice("items", action, lang) in told for action in CHOICES["items"])
