"""Rows of one report against its gold file: `pipeline.evaluation`, without a folder of tables."""

from __future__ import annotations

import pipeline.evaluation
from pipeline.evaluation import KINDS, read_gold, score_fields

__all__ = ["KINDS", "Score", "load_gold", "score_items", "wrong_fields"]


class Score(pipeline.evaluation.Score):
    """A score whose faults are pairs of kind and words."""

    @property
    def missed(self):
        return [
            (f.kind, f"{f.file}: {f.text} = {f.wanted}, found {f.found!r}") for f in self._in("missed", "attribute")
        ]

    @property
    def wrong(self):
        return [(f.kind, f"{f.file}: {f.text} = {f.found} ({f.rule})") for f in self._in("wrong")]

    def _in(self, *states):
        return [fault for fault in self.faults if fault.state in states]


def load_gold(path):
    [gold] = read_gold(path)
    return gold


def score_items(gold, rows, score):
    score.add(pipeline.evaluation.score_items(gold, list(rows), lambda: ""))


def wrong_fields(gold, row):
    return [f"{f.kind}: wanted {f.wanted!r}, found {f.found!r}" for f in score_fields(gold, row).faults]
