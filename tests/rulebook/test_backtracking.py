"""Patterns that take for ever: suspected by structure, proved by measuring."""

from __future__ import annotations

import re
import time

import pytest

from pipeline.rulebook import load_pack
from pipeline.rulebook.ambiguity import EXPONENTIAL, find_suspects
from pipeline.rulebook.automaton import Automaton, TooLarge
from pipeline.rulebook.backtracking import find_blowup
from pipeline.rulebook.patterns import compile_pattern
from pipeline.rulebook.probe import text_of
from pipeline.rulebook.syntax import parse


def degree(pattern: str) -> int:
    suspects = find_suspects(Automaton(parse(pattern), re.compile(pattern).flags))
    return suspects[0].degree if suspects else 1


@pytest.mark.parametrize(
    ("pattern", "power"),
    [
        # what reads a text in one way from one start; the search for the start is a loop itself
        ("năm", 1),
        (r"x\d{2}", 1),
        ("xa+b", 1),
        ("x(?:ab)*c", 1),
        ("x(?:a|b)*c", 1),
        (r";(?:\w+ )+y", 1),
        (r"x(?:\d+(?:[.,]\d+)*)", 1),
        ("x(?:a{2,4}b)*", 1),
        ("xa*b*", 1),
        ("a+b", 2),
        (r"\d+x", 2),
        ("xa*a*y", 2),
        (r"x[ab]*[bc]*y", 2),
        (r";\w+\d*y", 2),
        (r"x\w+\d*y", 3),
        ("xa* ?a*y", 2),
        ("xa*(?:b?)a*y", 2),
        # loops whose text differs multiply too
        ("xa*a*yb*b*z", 3),
        ("a*a*x", 3),
        (".*a.*b", 3),
        ("xa*a*a*y", 3),
        # look-aheads are read, though nothing comes of it
        ("(?:(?!x*y).)*", 3),
        # nested and ambiguous
        ("(a+)+b", EXPONENTIAL),
        ("(a*)*b", EXPONENTIAL),
        ("(?:a|a)*b", EXPONENTIAL),
        ("(?:a|ab|b)*c", EXPONENTIAL),
        (r"(\w+ ?)+x", EXPONENTIAL),
        (r"(?:[^,]+,?)*x", EXPONENTIAL),
        ("(?:x(?:a?|b?)y)*z", EXPONENTIAL),
        ("(?:a?){9}(?:a?b?)*c", EXPONENTIAL),
        ("x(?=(?:a+)+b)", EXPONENTIAL),
        ("(?:(?:a|b)+c?)+d", EXPONENTIAL),
        ("(?i:(?:a|A)*)b", EXPONENTIAL),
        (r"(?P<n>a+)(?:(?P=n)|a)*b", EXPONENTIAL),
        # bounds that let in as many ways as none
        ("(?:a{1,30}){1,30}b", EXPONENTIAL),
        ("(?:a{1,2}){1,2}b", 1),
    ],
)
def test_degree_of_ambiguity(pattern: str, power: int) -> None:
    assert degree(pattern) == power


@pytest.mark.parametrize(
    ("pattern", "lead", "pump"),
    [("năm (a+)+b", "năm ", "a"), ("(?<=kỳ )(?:a|a)*b", "kỳ ", "a"), (r"(?:\d+,?)*;", "", "0")],
)
def test_a_suspect_tells_the_text_that_shows_it(pattern: str, lead: str, pump: str) -> None:
    compiled = compile_pattern(pattern, {})
    suspects = find_suspects(Automaton(parse(compiled.pattern), compiled.flags))
    text = text_of([list(pair) for pair in suspects[0].pumps], "", 5)
    assert text.startswith(lead) and text.endswith(pump * 3)


@pytest.mark.parametrize(
    ("pattern", "kind", "source"),
    [
        (r"báo cáo (?:[^\W\d]+ ?)+;", "exponential", r"(?:[^\W\d]+[ ]*)+"),
        ("(?:tin|bài|tin bài| )+!", "exponential", "(?:tin|bài|tin[ ]+bài|[ ]+)+"),
        (r"tổng (?:\d{1,20},?){1,20}đồng", "exponential", r"(?:\d{1,20},?){1,20}"),
        (r"số [\w ]*[^;]*[\w ]*;", "polynomial", "[^;]*"),
    ],
)
def test_what_blows_up_is_proved_by_its_attack(pattern: str, kind: str, source: str) -> None:
    compiled = compile_pattern(pattern, {})
    found = find_blowup(compiled)
    assert found is not None
    assert found.kind == kind and found.fault
    assert source in found.source
    # The attack takes far longer than a text as long that is no attack.
    start = time.process_time()
    compiled.search(found.attack)
    attacked, start = time.process_time() - start, time.process_time()
    compiled.search("°" * found.length)
    assert attacked > 30 * (time.process_time() - start)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<!\w)\d+(?:[.,]\d+)* (?:triệu|tỷ)(?: đồng)?",
        r"(?:\w+ )*\w+",  # ambiguous nowhere
        r"(?:a+)+",  # never fails
        "(?>(?:a+)+)b",  # never goes back
        "(?:a++)+b",
        r"từ [^.;]{0,60}đến [^.;]{0,60}năm",  # bounded: no heavier in a longer text
        r"(?P<x>[^\W\d]+) và (?P=x)",
        "x" * 400,
        "(?:" + "|".join(f"từ {n} " for n in range(300)) + ")+",
    ],
)
def test_what_is_suspected_in_vain_is_not_told(pattern: str) -> None:
    assert find_blowup(compile_pattern(pattern, {})) is None


def test_a_square_is_a_warning_that_must_be_asked_for() -> None:
    pattern = compile_pattern(r"\w+ triệu", {})
    assert find_blowup(pattern) is None
    found = find_blowup(pattern, squares=True)
    assert found is not None and found.kind == "square" and not found.fault


def test_a_pattern_of_too_many_states_is_refused_by_the_automaton_alone() -> None:
    pattern = "(?:" + "a" * 4000 + "){1,4}"
    with pytest.raises(TooLarge):
        Automaton(parse(pattern), 0)
    assert find_blowup(re.compile(pattern)) is None


def test_the_structure_of_every_shipped_pattern_is_its_source() -> None:
    for rule in load_pack("doi_ngoai").patterns:
        if rule.pattern is not None:
            root = parse(rule.pattern.pattern)
            assert "|".join(branch.text for branch in root.branches) == rule.pattern.pattern
            assert all(b.text == "".join(i.text for i in b.items) for b in root.branches)
