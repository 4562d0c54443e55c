"""The words that structure is known by, taken from a rule pack."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.structure import StructureWords
from pipeline.rulebook import Pack
from pipeline.rulebook.deciding import structure_phrases


@lru_cache(maxsize=16)
def structure_words(pack: Pack) -> StructureWords:
    """Return the structure words of `pack`, folded; packs are told apart by identity."""
    return StructureWords(**structure_phrases(pack))
