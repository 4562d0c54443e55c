"""Counts of running text, sentence by sentence: `counts.txt` says what each states, and no numeral is left over."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.extract import Extraction, extract
from pipeline.extract.prove import passage
from pipeline.model import Count
from pipeline.rulebook import load_pack
from pipeline.text.numerals import canonical

LINES = [
    tuple(part.strip() for part in f"{line} ".split("=> "))
    for line in (Path(__file__).parent / "counts.txt").read_text(encoding="utf-8").splitlines()
    if "=>" in line and not line.startswith("#")
]


def found_in(text: str, role: str = "") -> Extraction:
    return extract(passage(text, role), load_pack("core"))


def shown(count: Count) -> str:
    words = canonical(count.value)
    words += f"..{canonical(count.value_max)}" if count.value_max is not None else ""
    words += f" of {canonical(count.total)}" if count.total is not None else ""
    words += f" was {canonical(count.previous)}" if count.previous is not None else ""
    words += f" {count.unit}" if count.unit else ""
    words += f" per {count.per}" if count.per else ""
    said = [count.qualifier, count.change, count.status]
    said = [word for word in said if word not in ("", "exact", "done")]
    return f"{words} ({', '.join(said)})" if said else words


@pytest.mark.parametrize(("text", "wanted"), LINES, ids=[text for text, _ in LINES])
def test_a_sentence_states_its_counts(text: str, wanted: str) -> None:
    told, _, role = text.partition(" | ")
    extraction = found_in(told, role)
    counts = [item for item in extraction.items if isinstance(item, Count)]
    assert "; ".join(map(shown, counts)) == wanted
    assert [p for p in extraction.problems if p.code == "number.unexplained"] == []


READ_TWICE = [
    ("diện tích 1,250 ha", "1,250", "1.25"),
    ("đón 1,250 người", "1,250", "1250"),
    ("diện tích 1.250 ha, sản lượng 3.4 tấn", "1.250", "1250"),
    ("diện tích 1.250 ha, giá trị 1,234,567 đồng", "1.250", "1.25"),
]


@pytest.mark.parametrize(("text", "numeral", "value"), READ_TWICE)
def test_a_number_with_two_readings_is_told_with_the_one_taken(text: str, numeral: str, value: str) -> None:
    extraction = found_in(text)
    told = [dict(p.detail) for p in extraction.problems if p.code == "number.ambiguous"]
    assert told == [{"text": numeral, "value": value}]
    assert Decimal(value) in [item.value for item in extraction.items if isinstance(item, Count)]


@pytest.mark.parametrize(
    "text",
    [
        "diện tích 1,250 ha, sản lượng 62,5 tấn",
        "diện tích 1.250 ha, sản lượng 62,5 tấn",
        "giá trị 1,234,567 đồng và 1,250 người",
        "phát hành 1.250 cuốn, đạt 3.4%",
    ],
)
def test_the_habit_of_a_report_leaves_no_doubt(text: str) -> None:
    assert [p for p in found_in(text).problems if p.code == "number.ambiguous"] == []
