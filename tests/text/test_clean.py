"""Cleaning: one form for what is printed alike, and nothing that a reader would miss."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.clean import _cleaned, clean

SENTENCE = "Uỷ ban nhân dân tỉnh Đắk Lắk đã tổ chức 05 lớp, diện tích 27m²/mặt – đạt 98,5% ≥ kế hoạch…"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        (SENTENCE, SENTENCE),
        ("27m² ½ № ﬁ ①", "27m² ½ № ﬁ ①"),  # never NFKC
        ("2021 – 2030 — “trích” …", "2021 – 2030 — “trích” …"),
        ("a\tb\nc", "a\tb\nc"),
        ("a  b", "a  b"),
        # composed letters
        ("Bo\u0323\u0302 Tha\u0306\u0301ng", "Bộ Thắng"),
        ("Bo\u0302\u0323", "Bộ"),
        ("Bô\u0323", "Bộ"),
        ("hoa\u0340 \u0341", "hoà \u0301"),
        # look-alikes
        ("Ðồng ðã Ɖ ɖ", "Đồng đã Đ đ"),
        ("4287\u2044UBND\u2011KGVX", "4287/UBND-KGVX"),
        ("12\u221515 a\u2010b", "12/15 a-b"),
        ("Ƣu tiên, ƣu đãi, TỔ CHỨC TRƢỜNG", "Ưu tiên, ưu đãi, TỔ CHỨC TRƯỜNG"),
        ("36\u2012HD 5\uff0d6 12\uff0f15 a \u2015 b", "36-HD 5-6 12/15 a — b"),
        ("12/QĐ\u2212UBND; \u22125 °C; 10 \u2212 5", "12/QĐ-UBND; \u22125 °C; 10 \u2212 5"),
        # letters of other scripts in Latin words and codes
        ("12/ВС-UBND, số 40/КН-SNN, 15/ТВ", "12/BC-UBND, số 40/KH-SNN, 15/TB"),
        ("ВÁО СÁО Ủу ban nhân dân", "BÁO CÁO Ủy ban nhân dân"),
        ("ВÁО".replace("Á", "A\u0301"), "BÁO"),
        ("Москва, ТАСС, μm, Δt, α-amylase, Ω", "Москва, ТАСС, μm, Δt, α-amylase, Ω"),
        # spaces of any width are one space each
        ("a\u00a0b\u202fc\u2009d\u2007e\u200af\u2002g\u2003h\u3000i", "a b c d e f g h i"),
        # line ends
        ("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\r\n\r\nb", "a\n\nb"),
        # what is not printed
        ("\ufeffBáo\u200b cáo\u00ad\u200e\u2060\u202a\u202e\x00\x07\x1f\x7f", "Báo cáo"),
        ("e\u200b\u0301", "é"),
        ("a\u2066b\u2069c\u061cd\u034fe\u2061f", "abcdef"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_no_letter_is_taken_for_clean_that_is_not() -> None:
    letters = (chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000)
    assert not [letter for letter in letters if clean(f"e{letter}b") != _cleaned(f"e{letter}b")]


@pytest.mark.parametrize("space", "\u2000\u2001\u2004\u2005\u2006\u2008\u205f")
def test_rarer_spaces_are_spaces(space: str) -> None:
    assert clean(f"a{space}b") == "a b"


@given(st.text())
@example("\u2000\u2001")  # NFC itself turns these into other spaces
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set("\u00a0\u202f\u200b\ufeff\u00ad\r\x00Ðð\u2011\u2044")


@given(st.text("aăâeêioôơuưyđĐ²½ –\u0300\u0301\u0309\u0303\u0323\u0302\u0306\u031b\u200b\u00a0"))
def test_decomposed_is_composed(text: str) -> None:
    one, other = (clean(unicodedata.normalize(form, text)) for form in ("NFD", "NFC"))
    assert one == other == clean(text)


@given(st.text("aáạâấ \n.,0²", max_size=30), st.integers(0, 30), st.sampled_from("\u200b\ufeff\u00ad\u2060\x00"))
def test_an_unprinted_mark_leaves_no_trace(text: str, at: int, mark: str) -> None:
    assert clean(text[:at] + mark + text[at:]) == clean(text)
