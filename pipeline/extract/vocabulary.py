"""The phrases of rule packs as one spaCy matcher for all of them: packs share most of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.rulebook import Pack
from pipeline.rulebook.rules import WORD_LISTS
from pipeline.rulebook.vocabulary import Unit
from pipeline.text.fold import fold
from pipeline.text.tokens import add_phrases, phrase_matcher, syllables

if TYPE_CHECKING:
    from pipeline.text.spacy_parts import PhraseMatcher

UNIT, DOCUMENT_TYPE = "unit", "document_type"
QUALIFIERS = ("more_than", "less_than", "about", "at_least", "at_most")
CHANGES = ("increase", "decrease")


class Phrases(Struct, frozen=True):
    """A matcher that finds a pack's phrases, what their labels are, and what document types and units stand for.

    The keys are the phrase's folded tokens joined with spaces, as `Phrase.words` holds them. The matcher knows phrases
    by what it tells apart, so that each span is found once; it finds those of other packs too, which have no labels.
    """

    matcher: PhraseMatcher
    document_types: dict[str, str]
    units: dict[str, Unit]
    labels: dict[str, tuple[str, ...]]

    def labels_of(self, words: str) -> tuple[str, ...]:
        """Return the labels of the phrases that say `words`: the matcher takes any numeral for any other."""
        labels = self.labels.get(words, ())
        figures = _masked(words)
        if figures == words:
            return labels
        return tuple(dict.fromkeys((*labels, *self.labels.get(figures, ()))))


@lru_cache(maxsize=20_000)
def _masked(words: str) -> str:
    """Return `words` with `#` for each numeral."""
    if not any(map(str.isdigit, words)):
        return words
    return " ".join("#" if word[0].isdigit() else word for word in words.split(" "))


@lru_cache(maxsize=50_000)
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
    said: defaultdict[str, list[str]] = defaultdict(list)
    for label, phrases in labels.items():
        for words in dict.fromkeys(map(_words, phrases)):
            said[words].append(label)
    return Phrases(_matcher_of(map(_masked, said)), types, units, {words: tuple(of) for words, of in said.items()})


def _matcher_of(phrases: Iterable[str]) -> PhraseMatcher:
    """Return the matcher of all packs, after it has learned those of `phrases` that no pack before had."""
    matcher, known = _learned()
    new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in known]
    add_phrases(matcher, new)
    known.update(new)
    return matcher


@lru_cache(maxsize=1)
def _learned() -> tuple[PhraseMatcher, set[str]]:
    """Return the one matcher of this process and the phrases that it finds."""
    return phrase_matcher(), set()
