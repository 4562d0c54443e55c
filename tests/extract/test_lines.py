"""Patterns tried line by line find what they find in the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pipeline.extract.lines import Lines
from pipeline.rulebook import candidate_packs
from pipeline.rulebook.literals import needs
from pipeline.text.fold import fold

TEXT = "Năm 2024 có 12 lớp\n\nTháng 3 năm 2025: không\n(năm 2026)\ntổng 5 năm\nđến năm\n2027; quý I\tnăm 2028\nnăm 2029"
PATTERNS = (
    r"năm[ ]+\d{4}",
    r"(?<=\n)\(?năm[ ]+\d+",
    r"năm(?=\n)",
    r"\d+(?=[ ]lớp|$)",
    r"năm[ ]\d+$",
    r"năm(?!\n)[ ]+(?P<at>\d+)(?=[\n\t]|$)",
    r"năm\s\d+",
    r"năm[^;]+;",
    r"(?:tháng|quý)[ ]\w+",
    r"^năm",
    r"năm\b",
    r"(?:có|không)?[ ]?\d+",
    r"(?=(?:không|lớp)\n)\w+",
    r"(?i:NĂM)[ ]\d+",
)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for start, end in Lines(text).to_search(pattern):
        at = start
        while (found := pattern.search(text, at, end + 2)) and found.start() <= end:
            yield found.span()
            at = max(found.end(), at + 1)


@pytest.mark.parametrize("source", PATTERNS)
def test_lines_give_every_match_and_no_other(source: str) -> None:
    pattern, text = re.compile(source), fold(TEXT)
    expected = [found.span() for found in pattern.finditer(text)]
    assert list(_spans(pattern, text)) == expected


def test_shipped_patterns_find_the_same_in_lines() -> None:
    rules = {rule.id: rule for pack in candidate_packs(()) for rule in pack.patterns if rule.pattern is not None}
    examples = [e.text for rule in rules.values() for e in (*rule.examples[:1], *rule.rejects[:1])]
    text = "\n".join(examples)
    texts = {True: fold(text), False: text}
    found = 0
    for rule in rules.values():
        assert rule.pattern is not None
        expected = [m.span() for m in rule.pattern.finditer(texts[rule.folded]) if m.end() > m.start()]
        assert [s for s in _spans(rule.pattern, texts[rule.folded]) if s[1] > s[0]] == expected, rule.id
        found += len(expected)
    assert found > len(rules)


def test_only_lines_with_the_words_are_searched() -> None:
    lines = Lines(TEXT)
    assert lines.to_search(re.compile(r"[Tt]háng[ ]\d+[ ]năm")) == [(20, 43)]
    assert lines.to_search(re.compile(r"héc[- ]ta")) == []
    assert lines.to_search(re.compile(r"đến năm\s\d+")) == [(0, len(TEXT))]


@pytest.mark.parametrize(
    ("source", "words", "in_line"),
    [
        ("tháng[ ]+(?:ba|tư)", [{"tháng"}, {" "}, {"ba", "tư"}], True),
        ("(?:quý|tháng)? số", [{" số"}], True),
        ("a(?:bc|d?)", [{"a"}], True),
        ("(?:số[ ]){2}", [{"số "}], True),
        ("(?<!về )số(?!\n)", [{"số"}], True),
        ("(?=kỳ)\\w+[^,]", [{"kỳ"}], False),
        (r"số(?=\n\d)", [{"số"}, {"\n"}], False),
        ("(?i)số", [], False),
    ],
)
def test_needed_words(source: str, words: list[set[str]], in_line: bool) -> None:
    found = needs(source, re.compile(source).flags)
    assert ([set(of) for of in found.words], found.in_line) == (words, in_line)
