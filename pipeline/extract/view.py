"""One report as the rules read it: the text in views of equal length, its tokens, and where phrases stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from pipeline.extract.lines import Lines, folded_places
from pipeline.extract.structure import Sentence, Structure
from pipeline.extract.token_patterns import TokenMatch, match_tokens
from pipeline.extract.vocabulary import Phrases, phrases_of
from pipeline.model import BlockKind, Document
from pipeline.rulebook import Pack
from pipeline.text.fold import fold
from pipeline.text.separators import style_of_prose, with_groups_joined
from pipeline.text.tokens import Tokens


class Phrase(NamedTuple):
    """A phrase of the vocabulary that stands in the text: its span and its words, folded."""

    start: int
    end: int
    words: str


class FoundPhrases:
    """The phrases of a text by their labels, in text order, the longer first; listed when a label is asked for.

    Numerals and common words have dozens of labels each, most of which nobody asks for in a given report.
    """

    def __init__(self, phrases: Sequence[Phrase], places: Iterable[tuple[Iterable[str], list[int]]]) -> None:
        self._phrases = phrases
        self._places: defaultdict[str, list[list[int]]] = defaultdict(list)
        for labels, at in places:
            for label in labels:
                self._places[label].append(at)
        self._listed: dict[str, list[Phrase]] = {}

    def __contains__(self, label: str) -> bool:
        return label in self._places or label in self._listed

    def __getitem__(self, label: str) -> list[Phrase]:
        """Return the phrases of `label`, none where there are none."""
        listed = self._listed.get(label)
        if listed is None:
            phrases = self._phrases
            listed = [phrases[at] for at in sorted(chain.from_iterable(self._places.get(label, ())))]
            self._listed[label] = listed
        return listed

    def add(self, label: str, phrases: Iterable[Phrase]) -> None:
        """Put `phrases` among those of `label`."""
        self._listed[label] = sorted((*self[label], *phrases), key=lambda p: (p.start, -p.end))


class View:
    """What the extractors read: `text` and `folded` are as long as the document's text, offset for offset.

    Line ends inside a block, and between the lines of the subject, are spaces here, so that a pattern reads
    over them; a line end that remains ends a paragraph or cell, and no pattern crosses it. In `folded` thousands
    that spaces group have dots («1 250»: `1.250`); `style` is how the report separates its numbers, where it tells.
    """

    def __init__(self, structure: Structure, pack: Pack) -> None:
        self.structure = structure
        self.document: Document = structure.document
        self.pack = pack
        self.text = _joined(structure)
        self.folded = with_groups_joined(fold(self.text))
        self.style = style_of_prose(self.folded)
        self.tokens = Tokens(self.text)
        self.sentences = structure.sentences
        places = self.tokens.places()
        self._lines = Lines(self.text, places), Lines(self.folded, folded_places(self.text, places))
        self._quotes = [found.span() for found in _QUOTES.finditer(self.text)]
        self._sentence_starts = [s.start for s in self.sentences]
        self.phrases = self._find(phrases_of(pack))
        self._token_matches = match_tokens(pack, self.tokens)
        self._add_token_phrases()
        self._starts: dict[str, list[int]] = {}
        self._by_start: dict[str, dict[int, Phrase]] = {}
        self._by_end: dict[str, dict[int, Phrase]] = {}
        self._longest: dict[tuple[str, ...], dict[int, tuple[str, Phrase]]] = {}
        deeds = [p for rule in pack.activities if rule.id in self.phrases for p in self.phrases[rule.id]]
        verbs = self.phrases["words/verb"]
        self.deeds = {p.start: p.end for p in (*verbs, *deeds)}
        self.verb_ends = {p.end for p in (*verbs, *deeds)}
        self.joined_marks = {at for p in deeds for at in range(p.start, p.end) if self.text[at] == ","}

    def _find(self, known: Phrases) -> FoundPhrases:
        starts, ends, norms = self.tokens.starts, self.tokens.ends, self.tokens.norms
        found: list[Phrase] = []
        places: defaultdict[str, list[int]] = defaultdict(list)
        spans = [(first, -last) for _, first, last in known.matcher(self.tokens.doc)]
        spans.sort()
        for first, before_last in spans:
            last = -before_last
            words = norms[first] if last == first + 1 else " ".join(norms[first:last])
            places[words].append(len(found))
            found.append(Phrase(starts[first], ends[last - 1], words))
        return FoundPhrases(found, [(known.labels_of(words), at) for words, at in places.items()])

    def _add_token_phrases(self) -> None:
        """Put what the token patterns of activities found among their phrases."""
        for rule in self.pack.activities:
            if matches := self.token_matches(rule.id):
                found = [Phrase(m.start, m.end, self.folded[m.start : m.end]) for m in matches]
                self.phrases.add(rule.id, found)

    def lines(self, folded: bool) -> Lines:
        """Return the lines of the folded text, or of the text as printed."""
        return self._lines[folded]

    def token_matches(self, rule: str) -> list[TokenMatch]:
        """Return the matches of the token patterns of a rule, in text order."""
        return self._token_matches.get(rule, [])

    def phrases_in(self, label: str, start: int, end: int) -> list[Phrase]:
        """Return the phrases of `label` that lie inside `[start, end)`, by start, the longer first."""
        phrases = self.phrases[label]
        if not phrases:
            return []
        starts = self._starts_of(label)
        first = bisect_left(starts, start)
        return [p for p in phrases[first : bisect_left(starts, end, first)] if p.end <= end]

    def first_from(self, label: str, offset: int) -> int:
        """Return the index of the first of the `phrases` of `label` that begins at or after `offset`."""
        return bisect_left(self._starts_of(label), offset)

    def _starts_of(self, label: str) -> list[int]:
        starts = self._starts.get(label)
        if starts is None:
            starts = self._starts[label] = [p.start for p in self.phrases[label]]
        return starts

    def phrase_at(self, label: str, start: int) -> Phrase | None:
        """Return the longest phrase of `label` that begins at `start`, or None."""
        if label not in self._by_start:
            self._by_start[label] = {p.start: p for p in reversed(self.phrases[label])}
        return self._by_start[label].get(start)

    def phrase_before(self, label: str, end: int) -> Phrase | None:
        """Return the longest phrase of `label`, of up to 60 characters, that ends at `end`, or None."""
        if label not in self._by_end:
            short = (p for p in reversed(self.phrases[label]) if p.end - p.start <= _LONGEST)
            self._by_end[label] = {p.end: p for p in short}
        return self._by_end[label].get(end)

    def longest_before(self, lists: tuple[str, ...], end: int) -> tuple[str, Phrase] | None:
        """Return the longest phrase of the word lists `lists` that ends at `end`, and its list, the first that has it.

        As in `phrase_before` up to 60 characters count.
        """
        if lists not in self._longest:
            longest: dict[int, tuple[str, Phrase]] = {}
            for name in lists:
                for phrase in self.phrases[f"words/{name}"]:
                    known = longest.get(phrase.end)
                    if phrase.end - phrase.start <= _LONGEST and (known is None or phrase.start < known[1].start):
                        longest[phrase.end] = name, phrase
            self._longest[lists] = longest
        return self._longest[lists].get(end)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds `offset`, or the one before it where it stands between two."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[at] if at >= 0 else None

    def quoted(self, offset: int) -> bool:
        """Tell whether `offset` stands inside quotation marks: in a name or a title, not in what is reported."""
        at = bisect_right(self._quotes, offset, key=lambda span: span[0]) - 1
        return at >= 0 and offset < self._quotes[at][1]

    def role_at(self, offset: int) -> str:
        """Return the role of the section that `offset` stands in, or an empty string."""
        sentence = self.sentence_at(offset)
        if sentence is None or sentence.section < 0:
            return ""
        return self.structure.sections[sentence.section].role

    def is_ahead(self, offset: int) -> bool:
        """Tell whether `offset` stands in a section of plans or proposals: what it tells of is yet to come."""
        return self.role_at(offset) in _AHEAD

    def clause(self, offset: int) -> tuple[int, int]:
        """Return the stretch between the marks `.;:()\n\t` around `offset`: a clause, commas included."""
        sentence = self.sentence_at(offset)
        low, high = (sentence.start, max(sentence.end, offset)) if sentence else (offset, offset)
        start = max(low, *(self.text.rfind(mark, low, offset) + 1 for mark in ";:()\n\t"))
        ends = [at for mark in ";()\n\t" if (at := self.text.find(mark, offset, high)) >= 0]
        return start, min(ends, default=high)


_LONGEST = 60
_AHEAD = ("plan", "proposal")
_QUOTES = re.compile(r"“[^“”\n\t]{1,150}”|«[^«»\n\t]{1,150}»|(?<!\w)\"[^\"\n\t]{1,150}\"")
_LINE_END = re.compile("\n")


def _joined(structure: Structure) -> str:
    text = structure.document.text
    inner = [(b.start, b.end) for b in structure.document.blocks if b.kind is not BlockKind.HEADER]
    if structure.subject_span:
        inner.append(structure.subject_span)
    ends = sorted({found.start() for start, end in inner for found in _LINE_END.finditer(text, start, end)})
    starts = [0, *(end + 1 for end in ends)]
    return " ".join(text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True))
