"""Token patterns of a rule pack as one spaCy Matcher, and their matches with the named parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.rulebook import ActivityRule, Pack, PatternRule, TokenPattern
from pipeline.text.tokens import Tokens, vocabulary

if TYPE_CHECKING:
    from pipeline.text.spacy_parts import Matcher


class TokenMatch(Struct, frozen=True):
    """A match of a token pattern: its span in the text, and those of its named parts."""

    start: int
    end: int
    parts: Mapping[str, tuple[int, int]]


@lru_cache(maxsize=16)
def _matcher(pack: Pack) -> tuple[Matcher, dict[str, tuple[str, TokenPattern]]] | None:
    """Return the matcher of a pack's token patterns, and the rule and pattern that each of its keys stands for."""
    rules: tuple[PatternRule | ActivityRule, ...] = (*pack.patterns, *pack.activities)
    ruled = [rule for rule in rules if rule.tokens]
    if not ruled:
        return None
    from pipeline.text.spacy_parts import Matcher

    matcher = Matcher(vocabulary(), validate=True)
    known: dict[str, tuple[str, TokenPattern]] = {}
    for rule in ruled:
        for at, pattern in enumerate(rule.tokens):
            known[f"{rule.id}/{at}"] = rule.id, pattern
            matcher.add(f"{rule.id}/{at}", [[dict(token) for token in pattern.tokens]], greedy="LONGEST")
    return matcher, known


def match_tokens(pack: Pack, tokens: Tokens) -> dict[str, list[TokenMatch]]:
    """Return the matches of the token patterns of `pack` by rule, in text order, the longest of those that overlap.

    No match crosses the end of a paragraph or cell.
    """
    built = _matcher(pack)
    found: dict[str, list[TokenMatch]] = defaultdict(list)
    if built is None:
        return found
    matcher, known = built
    matches: list[tuple[int, int, int, list[int]]] = matcher(tokens.doc, with_alignments=True)  # type: ignore[assignment]
    for key, first, last, aligned in matches:
        rule, pattern = known[tokens.doc.vocab.strings[key]]
        if any(norm in "\n\t" for norm in tokens.norms[first:last]):
            continue
        found[rule].append(_match(tokens, first, last, [pattern.parts[at] for at in aligned]))
    for of_rule in found.values():
        of_rule.sort(key=lambda match: (match.start, -match.end))
    return found


def _match(tokens: Tokens, first: int, last: int, names: list[str]) -> TokenMatch:
    parts: dict[str, tuple[int, int]] = {}
    for at, name in zip(range(first, last), names, strict=True):
        if name:
            start = parts.get(name, (tokens.starts[at], 0))[0]
            parts[name] = start, tokens.ends[at]
    return TokenMatch(tokens.starts[first], tokens.ends[last - 1], parts)
