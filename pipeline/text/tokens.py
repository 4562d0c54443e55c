"""Syllable tokens for spaCy: the unit that Vietnamese phrases are written in, with their offsets kept.

spaCy's own Vietnamese tokenizer needs a word segmenter, and its language-neutral one cuts `4287/UBND-KGVX`
into five pieces. Here a token is one syllable, one numeral, one mark, or one line end or tab; single and
doubled spaces alike only separate, so phrases match whatever the spacing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.text.fold import fold

if TYPE_CHECKING:
    from pipeline.text.spacy_parts import Doc, PhraseMatcher, Vocab

TEXTS = ("NORM", "LOWER", "ORTH", "SHAPE")
"""The attributes that hold text: folded (`#` for a numeral), lower case, as printed, and as a shape («Xxx», «dddd»)."""

FLAGS = ("IS_PUNCT", "IS_DIGIT", "IS_ALPHA", "IS_UPPER", "IS_TITLE", "IS_LOWER")

_TOKEN = re.compile(r"(?! )(?:[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|[\n\t]|_+)")
_BETWEEN = re.compile(f"({_TOKEN.pattern})")
_MANY = 20


@lru_cache(maxsize=1)
def vocabulary() -> Vocab:
    """Return the one spaCy vocabulary of this process; a token's NORM is its folded form, `#` for a numeral.

    Of a word it knows `TEXTS` and `FLAGS` alone: each attribute more is worked out for every word that is new.
    """
    from pipeline.text.spacy_parts import IDS, LEX_ATTRS, NORM, Vocab

    known = {IDS[name] for name in (*TEXTS, *FLAGS)}
    return Vocab(lex_attr_getters={**{at: make for at, make in LEX_ATTRS.items() if at in known}, NORM: _norm})


def _norm(word: str) -> str:
    return "#" if word[:1].isdigit() else fold(word)


def syllables(text: str) -> list[str]:
    """Return the tokens of `text` as printed: syllables, numerals, marks."""
    return _TOKEN.findall(text)


def norms(text: str) -> list[str]:
    """Return the tokens of `text` folded."""
    return fold_all(syllables(text))


class Tokens:
    """The syllables of a text as a spaCy Doc, and the offsets that each of them stands at."""

    __slots__ = ("doc", "ends", "norms", "starts", "words")

    def __init__(self, text: str) -> None:
        from pipeline.text.spacy_parts import Doc

        pieces = _BETWEEN.split(text)  # what stands before each token, the token, and so on to the end
        borders = list(accumulate(map(len, pieces)))
        words: list[str] = pieces[1::2]
        self.words = words
        self.starts: list[int] = borders[:-1:2]
        self.ends: list[int] = borders[1::2]
        self.norms: list[str] = fold_all(words)
        self.doc: Doc = Doc(vocabulary(), words=words, spaces=[False] * len(words))

    def places(self) -> dict[str, list[int]]:
        """Return the offsets at which each distinct token starts, as printed."""
        found: dict[str, list[int]] = {word: [] for word in self.words}
        for word, start in zip(self.words, self.starts, strict=True):
            found[word].append(start)
        return found

    def at(self, offset: int) -> int:
        """Return the index of the first token that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """Return the index of the last token that ends at or before `offset`, or -1."""
        return bisect_left(self.ends, offset + 1) - 1


def fold_all(words: Sequence[str]) -> list[str]:
    """Return each of `words` folded, folding each distinct word once where they are many."""
    if len(words) < _MANY:
        return list(map(fold, words))
    known = {word: fold(word) for word in set(words)}
    return list(map(known.__getitem__, words))


def phrase_matcher() -> PhraseMatcher:
    """Return a spaCy PhraseMatcher, without phrases as yet, that minds neither case nor where a tone stands."""
    from pipeline.text.spacy_parts import PhraseMatcher

    return PhraseMatcher(vocabulary(), attr="NORM")


def add_phrases(matcher: PhraseMatcher, phrases: Iterable[str]) -> None:
    """Have `matcher` find `phrases`, all under one label; a `#` in a phrase stands for any numeral: «cử # đoàn»."""
    wanted = list(phrases)
    try:
        matcher.add("", _keys(wanted))  # type: ignore[arg-type]
    except (TypeError, ValueError, AttributeError):  # a spaCy that takes nothing but Docs
        matcher.add("", [Tokens(phrase).doc for phrase in wanted])


def _keys(phrases: Iterable[str]) -> list[list[int]]:
    """Return phrases in the form that a PhraseMatcher makes of Docs, and is pickled in: of each token its NORM.

    A Doc for each phrase would take six times as long.
    """
    strings = vocabulary().strings
    known: dict[str, int] = {}
    keys = []
    for phrase in phrases:
        words = syllables(phrase)
        for word in words:
            if word not in known:
                known[word] = strings.add(_norm(word))
        keys.append([known[word] for word in words])
    return keys
