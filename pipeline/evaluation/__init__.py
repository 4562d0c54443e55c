"""How good a run is: its tables against gold files that readers wrote."""

from pipeline.evaluation.changelist import CHANGES, write_changes
from pipeline.evaluation.changes import CHANGED, STATES, Change, Comparison, Move, compare
from pipeline.evaluation.figures import FIGURES, INDICATORS, RULE_PACK, Fault, Score, Tally
from pipeline.evaluation.gold import ATTRIBUTES, FIELDS, KINDS, GoldReport, read_gold
from pipeline.evaluation.listing import FAULTS, write_faults
from pipeline.evaluation.outputs import is_output
from pipeline.evaluation.runs import Evaluation, evaluate
from pipeline.evaluation.scoring import score_fields, score_indicators, score_items
from pipeline.evaluation.usage import RuleUse, Usage, usage_of_output, usage_of_reports
from pipeline.evaluation.usagelist import USAGE, write_usage

__all__ = [
    "ATTRIBUTES",
    "CHANGED",
    "CHANGES",
    "FAULTS",
    "FIELDS",
    "FIGURES",
    "INDICATORS",
    "KINDS",
    "RULE_PACK",
    "STATES",
    "USAGE",
    "Change",
    "Comparison",
    "Evaluation",
    "Fault",
    "GoldReport",
    "Move",
    "RuleUse",
    "Score",
    "Tally",
    "Usage",
    "compare",
    "evaluate",
    "is_output",
    "read_gold",
    "score_fields",
    "score_indicators",
    "score_items",
    "usage_of_output",
    "usage_of_reports",
    "write_changes",
    "write_faults",
    "write_usage",
]
