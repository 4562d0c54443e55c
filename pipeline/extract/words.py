"""The words that structure is known by, taken from a rule pack."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.structure import StructureWords
from pipeline.rulebook import Pack
from pipeline.text.fold import fold


@lru_cache(maxsize=16)
def structure_words(pack: Pack) -> StructureWords:
    """Return the structure words of `pack`, folded; packs are told apart by identity."""
    types = pack.vocabulary.document_types
    codes: dict[str, set[str]] = {}
    for entry in types:
        if entry.code and entry.system in ("state", "law"):
            codes.setdefault(entry.code, set()).add(entry.name)
    lists = {key: tuple(fold(word) for word in words) for key, words in pack.structure.items()}
    return StructureWords(
        document_types={fold(entry.name): entry.name for entry in types},
        type_codes={code: min(sorted(names), key=len) for code, names in codes.items()},
        section_roles=tuple((role, tuple(fold(p) for p in phrases)) for role, phrases in pack.section_roles),
        **lists,
    )
