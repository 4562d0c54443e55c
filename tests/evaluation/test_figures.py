"""The figures are those of the contract's own scorer, to the last digit, on tables with every kind of fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.evaluation import ATTRIBUTES, KINDS, evaluate
from tests.evaluation.planted import GOLD, write_tables

RECORDED = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))
PATHS = [path for path in GOLD if path.stem in RECORDED]


def figures(score):
    """Return what the other scorer prints as JSON."""
    told = {}
    for kind in KINDS:
        strict = score.strict[kind]
        if strict:
            told[kind] = {
                "precision": strict.precision,
                "recall": strict.recall,
                "f1": strict.f1,
                "loose_f1": score.loose[kind].f1,
                "gold": strict.hit + strict.missed,
            }
    shares = {name: score.figure(name) for name in (*ATTRIBUTES, "report_fields")}
    return told | {name: share for name, share in shares.items() if share is not None}


def test_the_samples_and_twelve_passages_are_recorded():
    assert len(PATHS) == len(RECORDED) >= 38
    assert any(told["count"]["f1"] < told["count"]["loose_f1"] < 1 for told in RECORDED.values())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_figures_are_as_recorded(path, tmp_path):
    write_tables(tmp_path, path)
    evaluation = evaluate(tmp_path, [path])
    assert figures(evaluation.total) == RECORDED[path.stem], "has the gold changed? See tests/evaluation/record.py"
    assert figures(evaluation.formats["txt"]) == figures(evaluation.packs["core"]) == RECORDED[path.stem]
