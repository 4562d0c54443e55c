"""What of rule packs decides which of them a report is read with: told without the code that reads reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.rulebook.pack import Pack
from pipeline.text.fold import fold


def structure_phrases(pack: Pack) -> dict[str, Any]:
    """Return what the structure of a report is known by, by the names of `StructureWords`; phrases are folded."""
    types = pack.vocabulary.document_types
    codes: dict[str, set[str]] = {}
    for entry in types:
        if entry.code and entry.system in ("state", "law"):
            codes.setdefault(entry.code, set()).add(entry.name)
    return {
        "document_types": {fold(entry.name): entry.name for entry in types},
        "type_codes": {code: min(sorted(names), key=len) for code, names in codes.items()},
        "section_roles": tuple((role, tuple(fold(p) for p in phrases)) for role, phrases in pack.section_roles),
        **{key: tuple(fold(word) for word in words) for key, words in pack.structure.items()},
    }


def deciding(packs: Sequence[Pack]) -> str:
    """Return all of `packs` that decides which of them a report is read with, besides the report and our code.

    That is what `choose` of `pipeline.extract.recognition` asks of them, and the phrases that the structure is read
    with before it; of a single pack nothing but its name.
    """
    asked = [(pack.id, pack.lineage, pack.recognise) for pack in packs]
    return repr((structure_phrases(packs[0]), asked)) if len(packs) > 1 else packs[0].id
