"""What the rules did not understand of a report: places for whoever writes rules to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from pipeline.extract import Extraction
from pipeline.extract.structure import Sentence
from pipeline.extract.structure.labels import read_label
from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import DOCUMENT_TYPE, UNIT, phrases_of
from pipeline.extract.zones import find_zones
from pipeline.model import Activity, Count, DocumentNumber
from pipeline.rulebook import Pack
from pipeline.text.codes import symbol_of
from pipeline.text.fold import fold

KINDS = ("numeral", "unit", "symbol", "heading", "verb", "refused")
"""What may not be understood: a numeral; the unit of a count, which was taken from the nouns after it; a code in a
document's symbol; what a heading's section tells; a verb that may tell of a deed; a deed's phrase, refused."""


class Gap(Struct, frozen=True):
    """One place that was not understood, and the pattern that it has in common with others of its kind.

    In a pattern `#` stands for a numeral and `Xx` for a name.
    """

    kind: str
    pattern: str
    start: int
    end: int


def find_gaps(extraction: Extraction) -> list[Gap]:
    """Return what the rules of its pack did not understand of a report, in text order."""
    view = View(extraction.structure, extraction.pack)
    told = {item.sentence for item in extraction.items if isinstance(item, Activity)}
    silent = [s for s in view.sentences if (s.start, s.end) not in told]
    found = [
        *_numerals(extraction, view),
        *_units(extraction),
        *_symbols(extraction),
        *_headings(extraction),
        *_refused(extraction, view, silent),
        *_verbs(extraction, view, silent),
    ]
    return sorted(found, key=lambda gap: (gap.start, gap.end, KINDS.index(gap.kind)))


_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_TOKEN = re.compile(r"[^ ]+")
_LINE = re.compile(r"[^\n\t]*")
_MARKS = ".,;:"
_NEIGHBOURS = 2


def masked(words: str) -> str:
    """Return `words` folded, on one line, with `#` for each numeral."""
    return _NUMERAL.sub("#", fold(" ".join(words.split())))


def _numerals(extraction: Extraction, view: View) -> Iterator[Gap]:
    seen: set[int] = set()
    for problem in extraction.problems:
        if problem.code != "number.unexplained" or problem.start is None or problem.end is None:
            continue
        low = max(view.text.rfind("\n", 0, problem.start), view.text.rfind("\t", 0, problem.start)) + 1
        line = _LINE.match(view.text, low)
        tokens = list(_TOKEN.finditer(view.text, low, line.end() if line else low))
        at = next(i for i, token in enumerate(tokens) if problem.start < token.end())
        if tokens[at].start() not in seen:
            seen.add(tokens[at].start())
            around = range(max(0, at - _NEIGHBOURS), min(len(tokens), at + _NEIGHBOURS + 1))
            pattern = " ".join(filter(None, (_shape(tokens, i) for i in around)))
            yield Gap("numeral", pattern, problem.start, problem.end)


def _shape(tokens: list[re.Match[str]], at: int) -> str:
    """Return a word as patterns show it: folded, `Xx` for a name inside a clause, `#` for numerals, no marks."""
    word = tokens[at][0].strip(_MARKS)
    begins = at == 0 or tokens[at - 1][0][-1] in _MARKS + "-–+•"
    if word[:1].isupper() and not begins and word[1:].islower() and word.isalpha():
        return "Xx"
    return masked(word)


def _units(extraction: Extraction) -> Iterator[Gap]:
    known = _known_units(extraction.pack)
    for item in extraction.items:
        if isinstance(item, Count) and item.unit and fold(item.unit) not in known:
            yield Gap("unit", masked(item.unit), item.start, item.end)


@lru_cache(maxsize=16)
def _known_units(pack: Pack) -> frozenset[str]:
    units = pack.vocabulary.units
    return frozenset((*units, *(fold(unit.name) for unit in units.values()), *phrases_of(pack).units))


_PART = re.compile(r"[^-/]+")
_ASSEMBLY = re.compile(r"(qh)\d+")


def _symbols(extraction: Extraction) -> Iterator[Gap]:
    """Yield the symbols whose first code is no type and no body, or whose second, behind a type, is no body."""
    agencies = extraction.pack.vocabulary.agencies
    types = {fold(entry.code) for entry in extraction.pack.vocabulary.document_types if entry.code}
    for item in extraction.items:
        if not isinstance(item, DocumentNumber):
            continue
        codes = _PART.findall(symbol_of(item.value))
        first, second = (*codes, "", "")[:2]
        if first and not _known(first, types) and not _known(first, agencies):
            rest = f"-{second}" if second and _known(second, agencies) else "-…" if second else ""
            yield Gap("symbol", f"«{first}»{rest}", item.start, item.end)
        elif second and _known(first, types) and not _known(second, agencies):
            yield Gap("symbol", f"…-«{second}»", item.start, item.end)


def _known(code: str, codes: object) -> bool:
    """Tell whether a code is among `codes`, whole or by what stands before a full stop: `UBND.VX`, `QH15`."""
    folded = _ASSEMBLY.sub(r"\1", fold(code))
    return isinstance(codes, set | dict) and (folded in codes or folded.split(".")[0].split("&")[0] in codes)


_WORDS = re.compile(r"[\w#]+")
_ROMAN = re.compile(r"(?<!\w)[ivx]+(?!\w)")


def _headings(extraction: Extraction) -> Iterator[Gap]:
    for section in extraction.structure.sections:
        if not section.role:
            label = read_label(section.heading)
            words = " ".join(_WORDS.findall(masked(section.heading[label.end if label else 0 :])))
            pattern = _ROMAN.sub("#", words)
            if pattern:
                yield Gap("heading", pattern, section.start, min(section.start + len(section.heading), section.end))


def _refused(extraction: Extraction, view: View, silent: list[Sentence]) -> Iterator[Gap]:
    """Yield the refused phrases of sentences that tell of no deed at all."""
    spans = {(s.start, s.end) for s in silent}
    for refusal in extraction.refused:
        sentence = view.sentence_at(refusal.start)
        if sentence and (sentence.start, sentence.end) in spans:
            words = masked(view.text[refusal.start : refusal.end])
            yield Gap("refused", f"{words} ({refusal.reason})", refusal.start, refusal.end)


_TOLD_ROLES = ("result", "")
_COUNTS = re.compile(r"[ ](?:[^\W\d_]+[ ]){0,3}\d")
_NEXT = re.compile(r"[ ][“\"]?(?:(?P<n>\d[\d.,/]*)[ ]?)?(?P<word>[^\W\d_]+)?")


def _verbs(extraction: Extraction, view: View, silent: list[Sentence]) -> Iterator[Gap]:
    """Yield a verb of each sentence that tells of no deed: one before a number, else one that a body does."""
    refused = {at for r in extraction.refused for at in range(r.start, r.end)}
    labels = ["words/verb"]
    for rule in extraction.pack.activities:
        labels += [f"{rule.id}/{at}/verb" for at in range(len(rule.verb_objects))]
    for sentence in silent:
        section = extraction.structure.sections[sentence.section] if sentence.section >= 0 else None
        if sentence.kind != "body" or section is None or section.role not in _TOLD_ROLES:
            continue
        verbs = _deeds(view, sentence, labels)
        verb = next((v for v in verbs if _COUNTS.match(view.text, v.end, sentence.end)), None)
        verb = verb or next((v for v in verbs if _has_subject(view, sentence, v)), None)
        if verb and refused.isdisjoint(range(verb.start, verb.end)):
            yield _verb_gap(view, sentence, verb)


def _verb_gap(view: View, sentence: Sentence, verb: Phrase) -> Gap:
    follows = _NEXT.match(view.folded, verb.end, sentence.end)
    if follows is None:
        return Gap("verb", masked(verb.words), verb.start, verb.end)
    unit = view.phrase_at(UNIT, follows.start("word")) if follows["n"] and follows["word"] else None
    end = unit.end if unit else follows.end()
    return Gap("verb", masked(view.text[verb.start : end].replace("“", "").replace('"', "")), verb.start, end)


def _deeds(view: View, sentence: Sentence, labels: list[str]) -> list[Phrase]:
    """Return the verbs of a sentence that are used as verbs, by place, the longest of those that overlap."""
    zones = find_zones(view, sentence)
    found = {p for label in labels for p in view.phrases_in(label, sentence.start, sentence.end)}
    kept: list[Phrase] = []
    for phrase in sorted(found, key=lambda p: (p.start, -p.end)):
        inside = kept and phrase.start < kept[-1].end
        told = any(start <= phrase.start < end for start, end, _ in zones)
        if not inside and not told and _is_verb(view, sentence, phrase):
            kept.append(phrase)
    return kept


_OPENS = re.compile(r"(?:^|[,;:(]|(?<!\w)(?:và|đã|đang|sẽ|được|có))$")


def _is_verb(view: View, sentence: Sentence, phrase: Phrase) -> bool:
    """Tell whether a phrase is used as a verb of a deed: no noun governs it, and it is part of no noun and no name.

    One syllable may be part of a word that nobody listed («xảy ra»), so it has to open a clause.
    """
    edge, unit = _trimmed(view, phrase.start), view.phrase_at(UNIT, phrase.start)
    if phrase.words[0].isdigit() or (unit and unit.end > phrase.end):
        return False
    if phrase.words.split(" ")[0] == "có" or (view.text[phrase.start].isupper() and edge > sentence.start):
        return False
    if " " not in phrase.words and not _OPENS.search(view.folded[sentence.start : edge]):
        return False
    if view.phrase_at(DOCUMENT_TYPE, phrase.end + 1):  # «Thực hiện Công văn số …»
        return False
    return view.phrase_before("words/nominaliser", edge) is None


def _has_subject(view: View, sentence: Sentence, verb: Phrase) -> bool:
    return verb.start == sentence.start or bool(view.phrases_in("words/acting_body", sentence.start, verb.start))


def _trimmed(view: View, at: int) -> int:
    while at > 0 and view.text[at - 1] == " ":
        at -= 1
    return at
