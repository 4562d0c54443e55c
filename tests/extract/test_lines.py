"""Patterns tried line by line find what they find in the whole text."""

from __future__ import annotations

import re

import pytest

from pipeline.extract.lines import Lines, folded_places
from pipeline.rulebook import candidate_packs
from pipeline.rulebook.known import Pattern
from pipeline.rulebook.literals import needs
from pipeline.rulebook.openings import openings
from pipeline.text.fold import fold
from pipeline.text.tokens import Tokens

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
    r"(?<!\w)(?:năm|tháng|quý)[ ]+(?:\d+|i)",
    r"(?<![\w.])\d+(?=[ ])",
    r"(?<![\w.])[1-3]\d{3}",
    r"\b(?:t[hổ]|[nl])\w+",
    r"(?<=[^;])(?<!\w)(?:đ|[ct]ó|l)(?:ến)?(?!\w)|(?<!\w)12[ ](?P<at>lớp)",
    r"[(;:][ ]*\w+",
    r"(?<!\w)(\w)\1",
    r"(?<!\w)quý(?![ ]i[ ])",
    r"(?:^|(?<=[\n(\t])|(?<=[;:][ ]))[^\W\d]+[ ]+\d+",
    r"(?:^|(?<=[:;][ ])|ă)[^\W\d]*",
    r"(?:ến|n)[ ]+năm",
    r"(?:từ[ ]|ng[ ])?(?<!\w)\d+(?=[ ]n)",
)


def _spans(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    return [found.span() for found in Lines(text).matches(pattern)]


@pytest.mark.parametrize("source", PATTERNS)
def test_lines_give_every_match_and_no_other(source: str) -> None:
    pattern, text = Pattern(source), fold(TEXT)
    assert _spans(pattern, text) == [found.span() for found in pattern.finditer(text) if found[0]]


def test_shipped_patterns_find_the_same_in_lines() -> None:
    rules = {rule.id: rule for pack in candidate_packs(()) for rule in pack.patterns if rule.pattern is not None}
    examples = [e.text for rule in rules.values() for e in (*rule.examples[:1], *rule.rejects[:1])]
    text = "\n".join(examples)
    texts = {True: fold(text), False: text}
    found = 0
    for rule in rules.values():
        assert rule.pattern is not None
        expected = [m.span() for m in rule.pattern.finditer(texts[rule.folded]) if m.end() > m.start()]
        assert _spans(rule.pattern, texts[rule.folded]) == expected, rule.id
        found += len(expected)
    assert found > len(rules)


def test_only_lines_with_the_words_are_searched() -> None:
    lines = Lines(TEXT)
    assert lines.to_search(Pattern(r"[Tt]háng[ ]\d+[ ]năm")) == [(20, 43)]
    assert lines.to_search(Pattern(r"héc[- ]ta")) == []
    assert lines.to_search(Pattern(r"đến năm\s\d+")) == [(0, len(TEXT))]


@pytest.mark.parametrize(
    ("source", "words", "in_line"),
    [
        ("tháng[ ]+(?:ba|tư)", [{"tháng"}, {"ba", "tư"}], True),
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


def test_the_next_match_begins_where_it_is_told() -> None:
    pattern = Pattern(r"(?<!\w)(?P<at>a) (?:b|a)")
    lines = Lines("a a b a b")
    assert [found.span() for found in lines.matches(pattern)] == [(0, 3), (6, 9)]
    assert [found.span() for found in lines.matches(pattern, lambda found: found.end("at"))] == [(0, 3), (2, 5), (6, 9)]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (r"(?<!\w)(?:tháng|quý|k)[ ]*\d+", "k quý tháng"),
        (r"(?<!\w)(?:tháng|th)\w*", "th…"),
        (r"(?<![\w.])(?:[01]?\d|2[0-3])h", "0h"),
        (
            r"(?<!\w)(?P<n>\d+(?:[.,]\d+)*)(?=[ ]*[x×])",
            "0,0, 0,0. 0,0_ 0,0x 0,0× 0.0, 0.0. 0.0_ 0.0x 0.0× 0_x 0_× 0x 0×",
        ),
        (r"\d{1,3}(?<!\w\d)", None),
        (r"\d(?<![\w.]\d)\d*[ ]+%", "0_%"),
        (r"\d(?=\d?/)(?:(?<=số[ ]\d)|(?<=,\d))", "0/"),
        (r"\d(?:(?<=số[ ]\d)|(?<=k\d))", None),
        (r"(?<=[“(])(?:số|\d)", "0 số…"),
        (r"^(?=a|bc|1)[b-d]\w?", "bc…"),
        (r"\b[Cc]ộng", "Cộng… cộng…"),
        (r"(?<!\w)[a-z]+\d", " ".join(f"{letter}…" for letter in "abcdefghijklmnopqrstuvwxyz")),
        (r"(?<!\w)[^a]\d", None),
        (r"(?<!\w)số[^,]*", "số…"),
        (r"(?<!\w)(?:một|(?:hai|ba)?)", None),
        (r"(?<!\w)(?:(s)ố|mã)\1", "mã… số…"),
        (r"(?:tháng|quý)", "quý tháng"),
        (r"(?:từ[ ])?(?<![\w.])\d+/", "0/ từ"),
        (r"(?:từ[ ])?\d+/", None),
        (r"(?:^|(?<=[\n(])|(?<=[;:][ ])|số)[^\d]+\d", "< <\n <( <:_ <;_ số"),
        (r"(?<=[^;])[^\d]", None),
        (r"(?:(?:a?|b?)(?:a?|b?)){9}(?<!\w)\d", None),
        (r"[(:][ ]?(?=[\dx])x|%", "% ( :"),
        (r"(?<!\w)(?i:quý)", None),
    ],
)
def test_what_a_match_begins_with(source: str, told: str | None) -> None:
    found = openings(source, re.compile(source).flags)
    if found is None:
        assert told is None
    else:
        begun = {f"{word}…" for word in found.beginnings}
        behind = {f"<{mark.replace(' ', '_')}" for mark in found.behind}
        numerals = {numeral.replace(" ", "_") for numeral in found.numerals}
        every = numerals | found.words | begun | found.marks | behind
        assert " ".join(sorted(every)) == told


@pytest.mark.parametrize(
    "text", ["12", "a12  345    6", "5  %", "1.250 người,12/3 12 /3", "_1_ 2²", "số  1", "3x12x 4"]
)
def test_numerals_are_found_by_what_stands_behind_them(text: str) -> None:
    for behind in ("", "[ ]+%", "[ ]*/[ ]*3", "[.]250[ ]n", "x", "²", "[ ]+345[ ]+6", "$"):
        pattern = Pattern(rf"\d(?<!\w\d)\d*{behind}")
        assert openings(pattern.pattern, pattern.flags) is not None
        assert _spans(pattern, text) == [found.span() for found in pattern.finditer(text)]


def test_a_class_of_few_rare_marks_is_needed() -> None:
    assert needs("a[=≥≤]", re.UNICODE).words == (frozenset("a"), frozenset("=≥≤"))
    for source in ("[=.]", "[=a]", r"[=\d]", "[^=]", "[=≥≤<>]", "[<-z]"):
        assert needs(source, re.UNICODE).words == ()


def test_words_may_be_told() -> None:
    text = "Tháng 3: năm tháng\n"
    pattern = Pattern(r"(?<!\w)(?:tháng|năm)")
    found = [
        match.start()
        for match in Lines(text, {"Tháng": [0], "3": [6], "năm": [9], "tháng": [13], "\n": [18]}).matches(pattern)
    ]
    assert found == [9, 13]


@pytest.mark.parametrize("text", ["Tỉ lệ KỸ kĩ, qui QUÝ hoà Hòa", "ΑΣ.Β ΑΣ Σ.α", "İstanbul Kì KỲ", "", "12kg oà1 q_uý"])
def test_words_of_the_folded_text_are_told_by_those_printed(text: str) -> None:
    words = Tokens(text).places()
    told = folded_places(text, words)
    found = Lines(fold(text))._words
    assert told is None or {word: sorted(told[word]) for word in found} == found
    assert (told is None) == ("Σ" in text)
