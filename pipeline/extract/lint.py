"""A rule pack checked before it meets a report: its files, its proofs, and patterns that never match or never end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.extract.prove import Failure, prove_indicators, prove_rules
from pipeline.problems import CATALOGUE
from pipeline.rulebook import Pack, PatternRule, Rule, RulesError, read_pack
from pipeline.rulebook.backtracking import find_blowup
from pipeline.rulebook.costs import costs
from pipeline.rulebook.faults import UNREAD
from pipeline.rulebook.idle import find_idle
from pipeline.rulebook.lookup import own_rules


class Findings(Struct, frozen=True):
    """What was found in a pack: the pack as far as it can be read (or None), and its faults, the gravest first.

    Where `unproven`, not all examples were tried: what would come of them is not known before other faults are mended.
    """

    pack: Pack | None
    faults: tuple[RulesError, ...]
    unproven: bool = False


def lint(name: str, inherited: bool = False) -> Findings:
    """Return everything wrong with the pack `name`: files that can't be read first, then by file and line.

    Where some of its files break the grammar, what could be read of the others is checked as well; but examples are
    tried once every file can be read, and those of indicators once every rule can. With `inherited` the examples of the
    packs below are proven too, since a pack may break what it builds on.
    """
    pack, found = read_pack(name)
    if pack is None:
        return Findings(None, _in_order(found), unproven=any(fault.line for fault in found))  # no line: no pack either
    broken = bool(found)
    if not any(fault.problem.code in UNREAD for fault in found):
        found += map(_of_failure, prove_rules(pack, inherited))
        found += [] if broken else map(_of_failure, prove_indicators(pack, inherited))
    own = own_rules(pack)
    found += _manifest(pack)
    found += (fault for rule in own for fault in (*_idle(rule), *_blowup(rule)))
    found += _slow(pack, own)
    return Findings(pack, _in_order(found), unproven=broken)


def findings_at_sight(pack: Pack, chosen: bool) -> list[RulesError]:
    """Return those findings in a pack that loads which take milliseconds: no text is read with it, no pattern timed.

    `chosen` tells that reports are to choose the pack themselves.
    """
    patterns = (rule for rule in own_rules(pack) if isinstance(rule, PatternRule))
    return [*(_manifest(pack) if chosen else ()), *(fault for rule in patterns for fault in _idle(rule))]


def is_error(fault: RulesError) -> bool:
    """Tell whether a fault keeps a pack from being used as it is meant; the others are advice."""
    return CATALOGUE[fault.problem.code].severity == "error"


def _manifest(pack: Pack) -> Iterator[RulesError]:
    told = pack.recognise
    if pack.extends and not (told.subject or told.issuer or told.headings):
        yield RulesError("rules.unrecognised", pack.folder / "pack.yaml", 1)


def _of_failure(failure: Failure) -> RulesError:
    detail = {"rule": failure.rule, "text": failure.text}
    if failure.winner:
        return RulesError("rules.shadowed", failure.path, failure.line, winner=failure.winner, **detail)
    code = "rules.reject" if failure.is_reject else "rules.example"
    why = {"reason": failure.reason, "wanted": failure.wanted, "found": failure.found}
    return RulesError(code, failure.path, failure.line, **why, **detail)


def _idle(rule: Rule) -> Iterator[RulesError]:
    for idle in find_idle(rule):
        told = {"part": idle.source, "instead": idle.instead, "where": idle.where}
        yield RulesError(_IDLE[idle.reason], rule.path, rule.line, rule=rule.id, **told)


def _blowup(rule: Rule) -> Iterator[RulesError]:
    blowup = find_blowup(rule.pattern) if isinstance(rule, PatternRule) and rule.pattern else None
    if blowup is not None:
        text = blowup.attack if len(blowup.attack) <= _SHOWN else f"{blowup.attack[:_SHOWN]}…"
        degree = "exponential" if blowup.kind == "exponential" else f"n^{blowup.degree:.0f}"
        yield RulesError("rules.backtracking", rule.path, rule.line, rule=rule.id, degree=degree, text=text)


_IDLE = {
    "folded": "rules.idle_spelling",
    "unprinted": "rules.idle_sign",
    "taken": "rules.idle_taken",
    "contradicted": "rules.idle_contradicted",
    "empty": "rules.idle_empty",
    "repeated": "rules.repeated_phrase",
}
_SHOWN = 60
_TEXTS = 200  # sentences on which the rules of a pack are compared


def _slow(pack: Pack, own: Iterable[Rule]) -> Iterator[RulesError]:
    """Yield the own rules that cost many times what a rule of the pack costs, over the texts of its examples."""
    mine = {rule.id: rule for rule in own}
    texts = [example.text for rule in pack.rules() for example in (*rule.examples, *rule.rejects)]
    for cost in costs(pack.patterns, "\n".join(texts[:: max(1, len(texts) // _TEXTS)])):
        if cost.slow and cost.rule in mine:
            rule = mine[cost.rule]
            told = {"ratio": f"{cost.ratio:.0f}", "share": f"{cost.share:.0%}"}
            yield RulesError("rules.slow", rule.path, rule.line, rule=rule.id, **told)


def _in_order(faults: Iterable[RulesError]) -> tuple[RulesError, ...]:
    """Return `faults` in the order of telling, with what two ways of looking both found told once."""
    told: dict[tuple[Path, int, str], RulesError] = {}
    for fault in faults:
        told.setdefault((fault.path, fault.line, str(fault)), fault)
    return tuple(sorted(told.values(), key=_rank))


def _rank(fault: RulesError) -> tuple[bool, str, int, str]:
    return fault.problem.code not in UNREAD, str(fault.path), fault.line, fault.problem.code
