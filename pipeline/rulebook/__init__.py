"""Rule packs: YAML and CSV that an analyst can read and change, loaded strictly."""

from pipeline.rulebook.pack import Pack, load_pack, shipped_packs
from pipeline.rulebook.rules import ActivityRule, Example, Indicator, PatternRule, Rule
from pipeline.rulebook.source import RulesError

__all__ = [
    "ActivityRule",
    "Example",
    "Indicator",
    "Pack",
    "PatternRule",
    "Rule",
    "RulesError",
    "load_pack",
    "shipped_packs",
]
