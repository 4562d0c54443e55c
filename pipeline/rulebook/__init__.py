"""Rule packs: YAML and CSV that an analyst can read and change, loaded strictly."""

from pipeline.rulebook.pack import Pack, candidate_packs, default_packs, load_pack, read_pack
from pipeline.rulebook.places import CORE, installed_packs, packs_in, shipped_folder, shipped_packs
from pipeline.rulebook.rules import ActivityRule, Context, Example, Indicator, PatternRule, Rule, TokenPattern
from pipeline.rulebook.source import RulesError

__all__ = [
    "CORE",
    "ActivityRule",
    "Context",
    "Example",
    "Indicator",
    "Pack",
    "PatternRule",
    "Rule",
    "RulesError",
    "TokenPattern",
    "candidate_packs",
    "default_packs",
    "installed_packs",
    "load_pack",
    "packs_in",
    "read_pack",
    "shipped_folder",
    "shipped_packs",
]
