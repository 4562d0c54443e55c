"""Passages of other offices, their gold written by readers who had not seen the rules.

The first scores, before a rule was changed for them, stand in benchmarks/README.md: those are the honest figures.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import columns_of
from pipeline.model import Activity, Count, DateMention, DocumentNumber
from pipeline.parsers import parse
from pipeline.rulebook import load_pack
from tests.gold import KINDS, Score, load_gold, score_items

FOLDER = Path(__file__).parent / "passages"
SETS = ("first", "second", "third")
LEAST = {"document_number": 1.0, "date": 0.99, "count": 0.99, "activity": 0.93}
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


@cache
def score_of(folder):
    score = Score()
    for path in sorted((FOLDER / folder).glob("*.json")):
        score_items(load_gold(path), list(rows_of(path.with_suffix(".txt"))), score)
    return score


def test_there_are_passages_of_forty_offices():
    texts = list(FOLDER.rglob("*.txt"))
    assert len(texts) >= 40
    assert all(150 <= len(path.read_text(encoding="utf-8").split()) <= 1600 for path in texts)


@pytest.mark.parametrize("folder", SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_items_of_the_passages(folder, kind):
    score = score_of(folder)
    assert score.f1(kind) >= LEAST[kind], score.told(kind)


@pytest.mark.parametrize("folder", SETS)
def test_dates_of_document_numbers(folder):
    assert score_of(folder).told("issued_date") == []


@pytest.mark.parametrize("folder", SETS)
def test_types_of_document_numbers(folder):
    assert len(score_of(folder).told("document_type")) <= 1
