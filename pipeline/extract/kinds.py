"""The pattern rules of a pack by the kind of what they find: every report asks for each kind once or twice."""

from __future__ import annotations

from functools import lru_cache

from pipeline.rulebook import Pack, PatternRule


@lru_cache(maxsize=64)
def rules_of(pack: Pack, kind: str) -> tuple[PatternRule, ...]:
    """Return the pattern rules of `pack` that find `kind`, in their order; packs are told apart by identity."""
    return tuple(rule for rule in pack.patterns if rule.kind == kind)
