"""The phrases of a rule pack as one spaCy matcher, built once a pack."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.rulebook import Pack
from pipeline.rulebook.rules import WORD_LISTS
from pipeline.rulebook.vocabulary import Unit
from pipeline.text.fold import fold
from pipeline.text.tokens import phrase_matcher, syllables

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher

UNIT, DOCUMENT_TYPE = "unit", "document_type"
QUALIFIERS = ("more_than", "less_than", "about", "at_least", "at_most")
CHANGES = ("increase", "decrease")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The matcher of a pack's phrases, and the entries that document types and units stand for.

    The keys are the phrase's folded tokens joined with spaces, as `Phrase.words` holds them.
    """

    matcher: PhraseMatcher
    document_types: dict[str, str]
    units: dict[str, Unit]
    figured: dict[str, frozenset[str]]

    def saying(self, words: str, figures: str) -> frozenset[str]:
        """Return the labels of phrases that really say `words`: the matcher takes any numeral for any other.

        `figures` is what `masked` makes of them.
        """
        none: frozenset[str] = frozenset()
        return self.figured.get(words, none) | self.figured.get(figures, none)


_NUMERAL = re.compile(r"[#\d²³]")


def masked(words: str) -> str:
    """Return `words` with `#` for each numeral, or nothing where there is none."""
    if not any(c.isdigit() for c in words):
        return ""
    return " ".join("#" if word[0].isdigit() else word for word in words.split(" "))


def _words(phrase: str) -> str:
    """Return the syllables of a phrase as texts are matched by, folded and one space apart."""
    return " ".join(map(fold, syllables(phrase)))


@lru_cache(maxsize=16)
def phrases_of(pack: Pack) -> Phrases:
    """Return the phrases of `pack`, built at its first use; packs are told apart by identity."""
    types = {fold(t.name): t.name for t in pack.vocabulary.document_types}
    units = {_words(unit): entry for unit, entry in pack.vocabulary.units.items()}
    # «m2» is read as a sign; a numeral in a phrase would stand for any numeral.
    worded = [unit for unit in pack.vocabulary.units if not any(c.isdigit() for c in unit)]
    labels: dict[str, list[str]] = {UNIT: worded, DOCUMENT_TYPE: list(types)}
    for name in WORD_LISTS:
        labels[f"words/{name}"] = list(pack.words.get(name, ()))
    for rule in pack.activities:
        labels[rule.id] = list(rule.phrases)
        for at, pair in enumerate(rule.verb_objects):
            labels[f"{rule.id}/{at}/verb"] = list(pair.verbs)
            labels[f"{rule.id}/{at}/object"] = list(pair.objects)
    with_numeral = ((label, p) for label, phrases in labels.items() for p in phrases if _NUMERAL.search(p))
    figured: defaultdict[str, set[str]] = defaultdict(set)
    for label, phrase in with_numeral:
        figured[_words(phrase)].add(label)
    matcher = phrase_matcher({label: words for label, words in labels.items() if words})
    return Phrases(matcher, types, units, {words: frozenset(named) for words, named in figured.items()})
