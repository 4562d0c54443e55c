"""Cells: whatever a report says, a spreadsheet shows it and never runs it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.cells import guarded, number_cell, path_cell, text_cell, unguarded


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-5 xã", "'-5 xã"),
        ("- Tổ chức hội nghị", "'- Tổ chức hội nghị"),
        ("+84 912 345 678", "'+84 912 345 678"),
        ("+84912345678", "'+84912345678"),
        ("@x", "'@x"),
        ("＝1+1", "'＝1+1"),
        ("  =HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("\t=1", "'=1"),
        ("'=1", "''=1"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5,25", "'-5,25"),
        ("-", "'-"),
        ("12 lớp", "12 lớp"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_text_is_read_as_a_formula(text, cell):
    assert text_cell(text) == cell


def test_text_is_one_line_of_nfc_that_utf8_can_hold():
    assert text_cell(" hai\n lớp\u00a0\t học ") == "hai lớp học"
    assert text_cell("Hoa\u0300") == "Hoà"
    assert text_cell("a\x00b\udce1") == "a\ufffdb\ufffd"


def test_a_path_keeps_its_spaces():
    assert path_cell("a  b/c .txt") == "a  b/c .txt"
    assert path_cell("-5.txt") == "'-5.txt"
    assert path_cell("\ta.txt") == "'\ta.txt"


@pytest.mark.parametrize(
    ("number", "cell"),
    [(None, ""), (0, "0"), (3, "3"), (Decimal("1.5E+9"), "1500000000"), (Decimal("-7.20"), "-7.2")],
)
def test_numbers_are_plain(number, cell):
    assert number_cell(number) == cell


@given(st.text(alphabet="'=+-@\t1a.", max_size=6))
def test_the_guard_can_always_be_taken_off(text):
    assert unguarded(guarded(text)) == text
