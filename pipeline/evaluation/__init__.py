"""How good a run is: its tables against gold files that readers wrote."""

from pipeline.evaluation.figures import FIGURES, INDICATORS, RULE_PACK, Fault, Score, Tally
from pipeline.evaluation.gold import ATTRIBUTES, FIELDS, KINDS, GoldReport, read_gold
from pipeline.evaluation.listing import FAULTS, write_faults
from pipeline.evaluation.runs import Evaluation, evaluate
from pipeline.evaluation.scoring import score_fields, score_indicators, score_items

__all__ = [
    "ATTRIBUTES",
    "FAULTS",
    "FIELDS",
    "FIGURES",
    "INDICATORS",
    "KINDS",
    "RULE_PACK",
    "Evaluation",
    "Fault",
    "GoldReport",
    "Score",
    "Tally",
    "evaluate",
    "read_gold",
    "score_fields",
    "score_indicators",
    "score_items",
    "write_faults",
]
