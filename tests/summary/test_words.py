from __future__ import annotations

import string

import pytest

from pipeline.summary.words import _WORDS, Wording

VI, EN = Wording("vi"), Wording("en")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1234.5, "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (-0.001, "0", "0"),
        (100, "100", "100"),
        (-1234.5, "−1.234,5", "−1,234.5"),
        (46280000000, "46.280.000.000", "46,280,000,000"),
    ],
)
def test_numbers_are_written_as_each_language_does(value: float, vi: str, en: str) -> None:
    assert (VI.number(value), EN.number(value)) == (vi, en)


def test_large_numbers_are_short_in_plots() -> None:
    assert [VI.short(46_280_000_000), VI.short(2_490_000), VI.short(99_999)] == ["46,28 tỷ", "2,49 triệu", "99.999"]
    assert EN.short(46_280_000_000) == "46.28 bn"


def test_only_all_is_shown_as_all_and_only_nothing_as_nothing() -> None:
    assert [VI.share(9999, 10000), VI.share(1, 1), VI.share(1, 100000), VI.share(0, 5)] == [
        "99,9 %",
        "100 %",
        "0,1 %",
        "0 %",
    ]
    assert VI.share(0, 0) == "–"
    assert [VI.change(0.348), VI.change(-0.26), VI.change(0.0)] == ["+34,8 %", "−26 %", "0 %"]


def test_both_languages_take_the_same_details() -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}

    assert {key for key, (vi, en) in _WORDS.items() if fields(vi) != fields(en)} == set()
