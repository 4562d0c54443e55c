"""Folding: two spellings of a word become one, and no offset moves."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.fold import fold

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0309\u0303\u0323"


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


LETTERS = [*"bcdđghklmnpqrstvx", *VOWELS, *(composed(v + t) for v, t in product(VOWELS, TONES))]
VIETNAMESE = st.text([*LETTERS, *(c.upper() for c in LETTERS), *" \n,-0ƣƢ"], max_size=40)


@given(VIETNAMESE)
@example("İOÀ ƢỚC")
def test_the_length_never_changes(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
@example("İstanbul ŉ ǰ ẞ")
def test_the_length_never_changes_whatever_the_letters(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(VIETNAMESE)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text) == fold(text.upper()) == fold(text.lower())


@given(VIETNAMESE, VIETNAMESE)
def test_lines_are_folded_one_by_one(one: str, other: str) -> None:
    assert fold(f"{one}\n{other}") == f"{fold(one)}\n{fold(other)}"


@pytest.mark.parametrize("onset", ["", "h", "t", "kh", "th", "nh", "l", "ngh"])
@pytest.mark.parametrize(("rime", "tone"), [*product(["oa", "oe", "uy"], TONES)])
def test_old_and_new_tone_placement_are_one(onset: str, rime: str, tone: str) -> None:
    new, old = composed(onset + rime + tone), composed(onset + rime[0] + tone + rime[1])
    assert new != old
    assert fold(new) == fold(old) == fold(new.upper()) == fold(old.upper())
    assert fold(f"({new})/{new}, {new}2") == fold(f"({old})/{old}, {old}2")


UNTOUCHED = """
    quý quỳ quỷ quỹ quỵ quá quà quả quạ què quẻ hoàn toán khoảng hoạch thoát khoét huỳnh huých khuỷu thủy hòa
    ngoài loại tuyển thuế đường tỷ kỹ lý mỹ ký kỷ quy tin nghị kính mít kịch mình hiện hiến lính tỉnh
"""


@pytest.mark.parametrize("word", UNTOUCHED.split())
def test_untouched(word: str) -> None:
    assert fold(word) == word
    assert fold(word.upper()) == word


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ỦY BAN NHÂN DÂN", "ủy ban nhân dân"),
        ("Uỷ ban", "ủy ban"),
        ("HOẢ TỐC", "hỏa tốc"),
        ("luỹ kế", "lũy kế"),
        ("khoẻ", "khỏe"),
        ("1,5 tỉ đồng", "1,5 tỷ đồng"),
        ("kĩ thuật, lí luận", "kỹ thuật, lý luận"),
        ("kí, kì, kỉ, mĩ, sĩ", "ký, kỳ, kỷ, mỹ, sỹ"),
        ("Quí III", "quý iii"),
        ("qui định", "quy định"),
        ("ƣu tiên ƢỚC", "ưu tiên ước"),
        ("Đắk Lắk", "đắk lắk"),
        ("Thuý_Hoà", "thúy_hòa"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("one", "other"), [("hòa", "họa"), ("ma", "mà"), ("dân", "đân"), ("tư", "tu"), ("ca", "ka")])
def test_words_that_differ_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)
