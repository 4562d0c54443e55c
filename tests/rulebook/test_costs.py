"""What patterns cost beside one another."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.rulebook import load_pack
from pipeline.rulebook.costs import costs
from pipeline.rulebook.patterns import compile_pattern

RULES = [rule for rule in load_pack("core").patterns if rule.pattern is not None][:20]
TEXT = "Trong quý, xã Yên Hạ đã trồng 1.250 cây xanh và vận động 36 hộ tham gia.\n" * 40


def test_a_slow_pattern_is_told_apart() -> None:
    slow = replace(RULES[0], id="thu/cham", folded=True, pattern=compile_pattern(r"[^;\n]*[^;\n]* zz", {}))
    dearest, *others = costs([*RULES, slow], TEXT, rounds=3)
    assert dearest.rule == "thu/cham" and dearest.slow
    assert dearest.seconds >= max(cost.seconds for cost in others)
    assert not any(cost.slow for cost in others)
    assert abs(sum(cost.share for cost in (dearest, *others)) - 1) < 1e-9


def test_token_rules_have_no_pattern_to_measure() -> None:
    assert costs([replace(RULES[0], pattern=None)], TEXT) == []


def test_nothing_costs_nothing() -> None:
    assert costs([], TEXT) == []
