"""The phrases of a rule pack as one spaCy matcher, built once a pack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.rulebook import Pack
from pipeline.rulebook.vocabulary import Unit
from pipeline.text.fold import fold
from pipeline.text.tokens import Tokens, phrase_matcher

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher

UNIT, DOCUMENT_TYPE = "unit", "document_type"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The matcher of a pack's phrases, and the entries that document types and units stand for.

    The keys are the phrase's folded tokens joined with spaces, as `Phrase.words` holds them.
    """

    matcher: PhraseMatcher
    document_types: dict[str, str]
    units: dict[str, Unit]


@lru_cache(maxsize=16)
def phrases_of(pack: Pack) -> Phrases:
    """Return the phrases of `pack`, built at its first use; packs are told apart by identity."""
    types = {fold(t.name): t.name for t in pack.vocabulary.document_types}
    units = {" ".join(Tokens(unit).norms): entry for unit, entry in pack.vocabulary.units.items()}
    labels: dict[str, list[str]] = {UNIT: list(pack.vocabulary.units), DOCUMENT_TYPE: list(types)}
    for name, words in pack.words.items():
        labels[f"words/{name}"] = list(words)
    for rule in pack.activities:
        labels[rule.id] = list(rule.phrases)
    return Phrases(phrase_matcher({label: words for label, words in labels.items() if words}), types, units)
