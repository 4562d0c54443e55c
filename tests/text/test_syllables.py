"""The syllable gate: what is a possible syllable, and which texts pass as Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.syllables import is_syllable, valid_share

GOOD = """
    hoà hòa thuỷ thủy khoẻ khỏe uỷ ủy quý quí lý lí kỹ kĩ nghiêng nghề ghi ghế nguyễn khuỷu khuya huỳnh
    quốc quyết quỹ quân giếng giết gìn giữ gì giường thuở quơ yêu yến ý ước ừ xoong boong rượu hươu mười
    ngoằn ngoèo loạt khuếch tuýp xuất bưu điện Đắk Lắk đường phường xoáy
"""
BAD = """
    cac cảc hôach hộach nge ngièp kê2 ghà cê kan trưòng lèt iêu qoa zô fải jì wốc ngẽp ươ
    b ch qu thông2 tinh_hoa pano Singapore
"""


@pytest.mark.parametrize("word", GOOD.split())
def test_possible_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", BAD.split())
def test_impossible_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 1.0),
        ("12/2024 – 27m² 4a", 1.0),
        ("UBND, HĐND, TTBCXB, III: 05 lớp", 1.0),
        ("tập huấn pano truyền", 0.75),
        ("bản NGÀNH LAMDONG tin", 0.75),
        ("đồng bào abc xyz", 0.5),
    ],
)
def test_share(text: str, share: float) -> None:
    assert valid_share(text) == pytest.approx(share)


SENTENCE = (
    "Trong quý, phòng đã mở ba lớp bồi dưỡng nghiệp vụ cho cán bộ cơ sở, phát hành hai nghìn tờ gấp và "
    "tổ chức bảy buổi chiếu phim lưu động phục vụ đồng bào vùng sâu, vùng xa trên địa bàn huyện."
)
TCVN3 = (
    "Trong quý, phßng ®· më ba líp båi d­ìng nghiÖp vô cho c¸n bé c¬ së, ph¸t hµnh hai ngh×n tê gÊp vµ "
    "tæ chøc b¶y buæi chiÕu phim l­u ®éng phôc vô ®ång bµo vïng s©u, vïng xa trªn ®Þa bµn huyÖn."
)
VNI = (
    "Trong quyù, phoøng ñaõ môû ba lôùp boài döôõng nghieäp vuï cho caùn boä cô sôû, phaùt haønh hai nghìn "
    "tôø gaáp vaø toå chöùc baûy buoåi chieáu phim löu ñoäng phuïc vuï ñoàng baøo vuøng saâu, vuøng xa"
)


def scrambled(text: str) -> str:
    """Return `text` as a reader in stream order gives it: the letters of a second font at the line's end."""
    plain = "".join(letter if ord(letter) < 0x180 else " " for letter in text)
    return plain + " " + " ".join(letter for letter in text if ord(letter) >= 0x180)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [(SENTENCE, 0.97, 1.0), (scrambled(SENTENCE), 0.3, 0.8), (TCVN3, 0.0, 0.45), (VNI, 0.0, 0.45)],
)
def test_garbage_is_told_from_text(text: str, least: float, most: float) -> None:
    assert least <= valid_share(text) <= most


@given(st.text())
def test_share_is_a_share_and_blind_to_normal_form(text: str) -> None:
    assert 0.0 <= valid_share(text) <= 1.0
    assert valid_share(unicodedata.normalize("NFD", text)) == valid_share(unicodedata.normalize("NFC", text))
