"""Passages of twelve other offices, their gold written by readers who had not seen the rules.

The first scores, before a rule was changed for them, stand in benchmarks/README.md: those are the honest figures.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import columns_of
from pipeline.model import Activity, Count, DateMention, DocumentNumber
from pipeline.parsers import parse
from pipeline.rulebook import load_pack
from tests.gold import KINDS, Score, load_gold, score_items

PASSAGES = sorted((Path(__file__).parent / "passages").glob("*.json"))
LEAST = {"document_number": 1.0, "date": 0.99, "count": 0.99, "activity": 0.96}
_KINDS = {DocumentNumber: "document_number", DateMention: "date", Count: "count", Activity: "activity"}
_COLUMNS = ("value", "total", "unit", "qualifier", "issued_date", "document_type", "status")


def rows_of(path):
    extraction = extract(parse(path), load_pack("core"), load_pack("doi_ngoai"))
    text = extraction.structure.document.text
    for item in extraction.items:
        told = columns_of(item)
        yield {
            **{column: told.get(column, "") for column in _COLUMNS},
            "kind": _KINDS[type(item)],
            "text": text[item.start : item.end],
            "sentence": text[slice(*item.sentence)],
            "rule": item.rule,
        }


@pytest.fixture(scope="module")
def score():
    score = Score()
    for path in PASSAGES:
        score_items(load_gold(path), list(rows_of(path.with_suffix(".txt"))), score)
    return score


def test_there_are_passages_of_twelve_offices():
    assert len(PASSAGES) == 12


@pytest.mark.parametrize("kind", KINDS)
def test_items_of_the_passages(score, kind):
    assert score.f1(kind) >= LEAST[kind], score.told(kind)


@pytest.mark.parametrize("key", ["issued_date", "document_type"])
def test_what_belongs_to_a_document_number(score, key):
    assert score.told(key) == []
