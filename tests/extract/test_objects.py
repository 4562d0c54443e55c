"""What numbers count, in sentences of many kinds of offices: the noun phrase as a reader would name it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import passage
from pipeline.model import Count
from pipeline.rulebook import load_pack
from pipeline.text.fold import fold

PACK = load_pack("core")
OBJECTS = Path(__file__).with_name("objects.txt")
LEAST_EXACT, LEAST_F1 = 0.97, 0.98


def objects():
    for line in OBJECTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, *counts = line.split("|")
            yield text.strip(), {key.strip(): value.strip() for key, _, value in (c.partition("=") for c in counts)}


def read(text):
    extraction = extract(passage(text), PACK)
    whole = extraction.structure.document.text
    return {whole[c.start : c.end]: c for c in extraction.items if isinstance(c, Count)}


def of(found, printed):
    return found.get(printed) or next((count for words, count in found.items() if printed in words), None)


def overlap(wanted, got):
    a, b = (Counter(re.findall(r"\w+", fold(words))) for words in (wanted, got))
    return 2 * (a & b).total() / (a.total() + b.total()) if a or b else 1.0


@pytest.fixture(scope="module")
def readings():
    found = []
    for text, wanted in objects():
        counts = read(text)
        for printed, name in wanted.items():
            count = of(counts, printed)
            found.append((name, count.object if count else "?", f"{printed} … {text}"))
    return found


def test_objects_are_read_as_a_reader_names_them(readings):
    wrong = [(place, name, got) for name, got, place in readings if fold(name) != fold(got)]
    assert len(readings) > 140
    assert 1 - len(wrong) / len(readings) >= LEAST_EXACT, wrong


def test_words_of_objects(readings):
    assert sum(overlap(name, got) for name, got, _ in readings) / len(readings) >= LEAST_F1


@pytest.mark.parametrize(
    ("text", "per"),
    [("Tiếp 37 lượt công dân/tháng.", "tháng"), ("Mở 02 lớp tập huấn.", ""), ("Diện tích 35m²/tấm.", "tấm")],
)
def test_a_denominator_behind_the_object(text, per):
    assert [count.per for count in read(text).values()] == [per]
