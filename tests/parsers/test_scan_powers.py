"""The raised 2 of square metres in a scan: put back where its ink stands, and never where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.parsers.scan.hocr import Letter, Word
from pipeline.parsers.scan.powers import with_powers

BASE, HEIGHT, WIDTH = 100, 16, 14


def word(text: str, room_after: int = 0) -> Word:
    """Return a word with room for a raised figure behind its first `room_after` letters."""
    lefts = [20 + WIDTH * at + (12 if room_after and at >= room_after else 0) for at in range(len(text))]
    letters = [Letter(c, x, BASE - HEIGHT, x + WIDTH - 2, BASE, 0.9) for c, x in zip(text, lefts, strict=True)]
    return Word(tuple(letters), float(BASE), 1)


def read(text: str, raised: bool = False, low: bool = False, behind: str = "m") -> str:
    ink = np.zeros((140, 400), dtype=bool)
    count = text.index(behind) + len(behind) if behind in text else len(text)
    right = 20 + WIDTH * count - 2
    if raised:
        ink[BASE - 26 : BASE - 13, right + 1 : right + 9] = True
    if low:
        ink[BASE - 9 : BASE, right + 1 : right + 9] = True
    return " ".join(found.text for found in with_powers([word(text, count)], ink))


@pytest.mark.parametrize(
    ("text", "behind", "printed"),
    [("36m", "m", "36m²"), ("km", "km", "km²"), ("m,", "m", "m²,"), ("27m/mặt", "m", "27m²/mặt"), ("m°", "m", "m²")],
)
def test_raised_ink_behind_a_unit_of_length_is_its_power(text, behind, printed):
    assert read(text, raised=True, behind=behind) == printed


@pytest.mark.parametrize("text", ["36m", "km", "m,", "30 km"])
def test_without_ink_nothing_is_put_in(text):
    assert read(text) == text


@pytest.mark.parametrize("text", ["36m", "km"])
def test_ink_down_to_the_line_is_another_letter(text):
    assert read(text, raised=True, low=True, behind=text.lstrip("36")) == text


@pytest.mark.parametrize("text", ["làm", "năm", "mới", "nhóm"])
def test_other_words_have_no_power(text):
    assert read(text, raised=True) == text


def test_what_was_put_in_is_not_sure():
    ink = np.zeros((140, 400), dtype=bool)
    ink[BASE - 26 : BASE - 13, 61:69] = True
    [found] = with_powers([word("36m")], ink)
    assert found.text == "36m²"
    assert found.letters[-1].sure == 0.5
