"""One rule tried on one text: what it finds, what it loses and to whom, and where it finds nothing the nearest miss."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from difflib import Match, SequenceMatcher

from msgspec import Struct

from pipeline.extract import Extraction
from pipeline.extract.contexts import unmet
from pipeline.extract.indicators import Figures
from pipeline.extract.matching import matches
from pipeline.extract.outcomes import filled
from pipeline.extract.prove import indicated
from pipeline.extract.view import View
from pipeline.model import Count
from pipeline.rulebook import ActivityRule, Indicator, PatternRule, Rule
from pipeline.rulebook.parts import longest_prefix
from pipeline.text.fold import fold
from pipeline.text.tokens import syllables


class Told(Struct, frozen=True):
    """Something to tell of a span: `kind` is one of `found`, `lost`, `refused`, `unmet`, `no_unit`, `near`, `unfit`.

    `detail` says what was read, who took it, why not, which key of `where` is not met, or, of a near miss, what is
    missing: the part of a pattern, or words of the phrase `key`. For an indicator it is the words that name a count,
    and `key` the condition not met.
    """

    start: int
    end: int
    kind: str
    detail: str
    key: str = ""


class Trial(Struct, frozen=True):
    """What came of a rule in a text; `value` is that of an indicator, empty where it has none."""

    rule: Rule | Indicator
    told: tuple[Told, ...]
    value: str = ""

    @property
    def has_found(self) -> bool:
        """Whether the rule found anything."""
        return any(one.kind == "found" for one in self.told)


_NEAREST = 3


def try_rule(rule: Rule, extraction: Extraction, since: int = 0) -> Trial:
    """Return what `rule`, one of the extraction's pack, made of the text: finds first, then all that came near.

    Only what stands from the offset `since` on is told, where the text proper begins.
    """
    view = View(extraction.structure, extraction.pack)
    told = list(_found(rule, extraction))
    told += (Told(loss.claim.start, loss.claim.end, "lost", f"{loss.winner.rule} · {loss.winner.title}")
             for loss in extraction.lost if loss.claim.rule == rule.id and loss.winner.rule != rule.id)  # fmt: skip
    told += (Told(r.start, r.end, "refused", r.reason) for r in extraction.refused if r.rule == rule.id)
    if isinstance(rule, PatternRule):
        told += _unclaimed(rule, view, {(one.start, one.end) for one in told})
    told = [one for one in told if one.start >= since]
    if not told:
        told += _pattern_miss(rule, view, since) if isinstance(rule, PatternRule) else _phrase_miss(rule, view, since)
    return Trial(rule, tuple(_once(told)))


def try_indicator(indicator: Indicator, extraction: Extraction) -> Trial:
    """Return which counts of the text an indicator takes, and of the others which condition they do not meet."""
    view = View(extraction.structure, extraction.pack)
    figures = Figures(view, extraction.items, extraction.fields)
    value = next(v for v in extraction.indicators if v.code == indicator.code)
    told = []
    for at, item in enumerate(extraction.items):
        if isinstance(item, Count):
            key = "" if at in value.items else figures.unfit(indicator, at, item) or _left(indicator, figures, item)
            words = " ".join(figures.named[at].split())
            told.append(Told(item.start, item.end, "unfit" if key else "found", words, key))
    return Trial(indicator, tuple(told), indicated(indicator, extraction))


def _left(indicator: Indicator, figures: Figures, count: Count) -> str:
    """Return the key that leaves out a count which meets all conditions of an indicator."""
    is_other = indicator.takes == "value" and not indicator.any_period and not figures.is_own(count)
    return "period" if is_other else "combine"


def _found(rule: Rule, extraction: Extraction) -> Iterator[Told]:
    spans = set()
    for item in extraction.items:
        if item.rule == rule.id:
            spans.add((item.start, item.end))
            yield Told(
                item.start, item.end, "found", " · ".join(f"{key} {value}" for key, value in filled(item).items())
            )
    for claim in extraction.claims:
        if claim.rule == rule.id and (claim.start, claim.end) not in spans:
            yield Told(claim.start, claim.end, "found", claim.kind)


def _unclaimed(rule: PatternRule, view: View, told: set[tuple[int, int]]) -> Iterator[Told]:
    """Yield the matches of a pattern that became nothing: by its `where`, or for want of a unit."""
    for candidate in matches(rule, view):
        key = unmet(rule.where, view, candidate.start, candidate.end)
        near = any(start < candidate.end and candidate.start < end for start, end in told)
        if key:
            yield Told(candidate.start, candidate.end, "unmet", key)
        elif not near:
            yield Told(candidate.start, candidate.end, "no_unit", rule.unit)


def _pattern_miss(rule: PatternRule, view: View, since: int) -> list[Told]:
    if rule.pattern is None:
        return _token_miss(rule, view, since)
    if rule.phrases:
        return _nearest_of(rule.phrases, view, since)
    text = (view.folded if rule.folded else view.text)[since:]
    miss = longest_prefix(rule.source, view.pack.fragments_in_patterns(), text)
    if miss is None or miss.failed is None:
        return []
    return [Told(since + miss.start, since + miss.end, "near", miss.failed.source)]


def _token_miss(rule: PatternRule | ActivityRule, view: View, since: int) -> list[Told]:
    """Return the longest beginning of a token pattern that stands in the text, and the token that does not follow."""
    from pipeline.text.spacy_parts import Matcher

    best: Told | None = None
    for pattern in rule.tokens:
        for length in range(len(pattern.tokens) - 1, 0, -1):
            matcher = Matcher(view.tokens.doc.vocab)
            matcher.add("prefix", [[dict(token) for token in pattern.tokens[:length]]], greedy="LONGEST")
            found = [one for one in matcher(view.tokens.doc) if view.tokens.starts[one[1]] >= since]
            if found:
                _, first, last = found[0]
                span = view.tokens.starts[first], view.tokens.ends[last - 1]
                if best is None or span[1] - span[0] > best.end - best.start:
                    best = Told(*span, "near", str(dict(pattern.tokens[length])))
                break
    return [best] if best else []


def _phrase_miss(rule: Rule, view: View, since: int) -> list[Told]:
    """Return the phrases of an activity of which most syllables stand together in the text."""
    if not isinstance(rule, ActivityRule):
        return []
    phrases = [*rule.phrases, *(f"{v} {o}" for pair in rule.verb_objects for v in pair.verbs for o in pair.objects)]
    return _nearest_of(phrases, view, since) + _token_miss(rule, view, since)


def _nearest_of(phrases: Sequence[str], view: View, since: int) -> list[Told]:
    norms = ["#" if norm[0].isdigit() else norm for norm in view.tokens.norms]
    places: dict[str, list[int]] = {}
    for at in range(bisect_left(view.tokens.starts, since), len(norms)):
        places.setdefault(norms[at], []).append(at)
    scored = [near for phrase in phrases if (near := _nearest(phrase, view, norms, places))]
    scored.sort(key=lambda pair: -pair[0])
    return [told for _, told in scored[:_NEAREST]]


def _nearest(
    phrase: str, view: View, norms: Sequence[str], places: Mapping[str, Sequence[int]]
) -> tuple[float, Told] | None:
    """Return how much of `phrase` stands in its order in some stretch of the text, at least half of it, and where.

    A stretch begins with a word of the phrase and has as many words; `places` are where each of `norms` stands.
    """
    wanted = [fold(word) for word in syllables(phrase)]
    least, best = len(wanted) / 2, (0, 0)
    for at in sorted({at for word in wanted for at in places.get(word, ())}):
        there = norms[at : at + len(wanted)]
        if sum(word in there for word in wanted) >= max(least, best[0] + 1):  # cheap, never less than those in order
            best = max(best, (sum(run.size for run in _in_order(wanted, there)), -at))
    size, at = best[0], -best[1]
    if size < least:
        return None
    runs = _in_order(wanted, norms[at : at + len(wanted)])
    held = {index for run in runs for index in range(run.a, run.a + run.size)}
    missing = " ".join(word for index, word in enumerate(wanted) if index not in held)
    start, end = at + runs[0].b, at + runs[-1].b + runs[-1].size - 1
    return size / len(wanted), Told(view.tokens.starts[start], view.tokens.ends[end], "near", missing, phrase)


def _in_order(wanted: Sequence[str], there: Sequence[str]) -> list[Match]:
    """Return the runs of `wanted` that stand in `there`, in the same order in both."""
    return SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks()[:-1]


def _once(told: Sequence[Told]) -> list[Told]:
    return list(dict.fromkeys(told))
