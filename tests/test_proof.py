"""Samples and passages prove the rules: each fires somewhere or is listed with a reason, and numerals are explained."""

from __future__ import annotations

import pytest

from tests.proof import LISTED, NO_REASON, listed, proof, rules

MOST_UNEXPLAINED = 0.005  # of all numerals


def test_every_rule_fires_somewhere_or_is_listed_as_unproven():
    missing = [rule for rule in rules() if rule not in proof().fired and rule not in listed()]
    assert missing == [], "give each an example in a passage, or list it: python -m tests.proof --write"


def test_no_listed_rule_fires_or_is_gone():
    known = set(rules())
    assert [rule for rule in listed() if rule in proof().fired or rule not in known] == [], "take it off the list"


def test_every_listed_rule_has_a_reason():
    assert [rule for rule, reason in listed().items() if reason == NO_REASON] == []


@pytest.mark.parametrize("line", ["core/thung", "core/thung:", "thung: hiếm", "core/thung : hiếm"])
def test_a_list_that_cannot_be_read_is_refused(tmp_path, line):
    (tmp_path / LISTED.name).write_text(f"# chú thích\n\n{line}\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="pack/rule: reason"):
        listed(tmp_path / LISTED.name)


def test_numerals_are_explained():
    share = len(proof().unexplained) / proof().numerals
    told = f"{share:.2%} of {proof().numerals} numerals are unexplained:\n" + "\n".join(proof().unexplained)
    assert proof().numerals > 5000
    assert share < MOST_UNEXPLAINED, told
