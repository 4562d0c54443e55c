"""Separators of numbers: what a text's habit is, and groups that spaces make."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.text.numerals import read_steps
from pipeline.text.separators import Style, read_in_prose, style_of_prose, with_groups_joined

STYLES = [
    ("đạt 98,5% và 1.250 người", Style.LOCAL),
    ("1.250.000 đồng", Style.LOCAL),
    ("đạt 3.4%, 1.936 lao động, 5,08%", Style.LOCAL),
    ("1,234,567 đồng, 1,250 người", Style.ENGLISH),
    ("1,234.5 triệu USD", Style.ENGLISH),
    ("đạt 3.4%", None),
    ("có 12 xã", None),
    ("1.1. Quan trắc", None),
]


@pytest.mark.parametrize(("text", "style"), STYLES)
def test_the_habit_of_a_text(text: str, style: Style | None) -> None:
    assert style_of_prose(text) is style


JOINED = [
    ("rà soát 1 254 doanh nghiệp", "rà soát 1.254 doanh nghiệp"),
    ("chi 1 250 000 đồng", "chi 1.250.000 đồng"),
    ("chi 1'250'000 đồng", "chi 1.250.000 đồng"),
    ("được 13 745,6 ha/18.200 ha", "được 13.745,6 ha/18.200 ha"),
    ("đạt 39 ,4% kế hoạch", "đạt 39,4 % kế hoạch"),
    ("tháng 9 254 doanh nghiệp", "tháng 9 254 doanh nghiệp"),
    ("năm 2013 254 hồ sơ", "năm 2013 254 hồ sơ"),
    ("nghị định 77 120 hồ sơ", "nghị định 77 120 hồ sơ"),
    ("gọi 0912 345 678", "gọi 0912 345 678"),
    ("kế hoạch 5 120/kh-ubnd", "kế hoạch 5 120/kh-ubnd"),
    ("5 12 hộ", "5 12 hộ"),
]


@pytest.mark.parametrize(("text", "joined"), JOINED)
def test_groups_are_joined_without_changing_the_length(text: str, joined: str) -> None:
    assert with_groups_joined(text) == joined
    assert len(joined) == len(text)


@pytest.mark.parametrize(
    ("text", "style", "is_whole", "read"),
    [
        ("1.250", Style.LOCAL, False, ("1250", False)),
        ("1.250", None, False, ("1250", True)),
        ("1.250", Style.ENGLISH, False, ("1.25", True)),
        ("1.250", Style.ENGLISH, True, ("1250", False)),
        ("1,250", Style.LOCAL, False, ("1.25", False)),
        ("1,250", Style.LOCAL, True, ("1250", True)),
        ("1,250", Style.ENGLISH, True, ("1250", False)),
        ("1,250", None, False, ("1.25", True)),
        ("62,58", None, False, ("62.58", False)),
        ("7.2", Style.LOCAL, False, ("7.2", False)),
    ],
)
def test_a_figure_is_read_by_habit_and_by_what_it_counts(
    text: str, style: Style | None, is_whole: bool, read: tuple[str, bool]
) -> None:
    assert read_in_prose(text, style, is_whole) == (Decimal(read[0]), read[1])


STEPS = [
    ("12", "12"),
    ("1,5 tỷ", "1500000000"),
    ("12 nghìn tỷ", "12000000000000"),
    ("1 tỷ 250 triệu", "1250000000"),
    ("12 tỷ 450 triệu 300 nghìn", "12450300000"),
    ("2 triệu rưỡi", "2500000"),
    ("1 tỷ rưỡi", "1500000000"),
]


@pytest.mark.parametrize(("text", "value"), STEPS)
def test_amounts_in_steps(text: str, value: str) -> None:
    assert read_steps(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "tỷ", "1 tỷ 2 tỷ", "1 triệu 1500 nghìn", "1 triệu 2 tỷ", "1.2.3 tỷ", "12 hộ"])
def test_what_makes_no_steps(text: str) -> None:
    assert read_steps(text) is None
