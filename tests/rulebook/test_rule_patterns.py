"""Patterns as analysts write them: spaces, fragments, look-behinds, repeated names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook.patterns import alternatives, compile_pattern, expand, spaced
from pipeline.text.fold import fold

FRAGMENTS = {"so": r"\d+", "nay": "a|b", "ghep": "{so} {nay}"}


def found(pattern: str, text: str) -> str | None:
    match = compile_pattern(pattern, FRAGMENTS).search(text)
    return match[0] if match else None


@pytest.mark.parametrize(
    ("pattern", "text", "match"),
    [
        # a space is any run of spaces
        ("ngày tháng", "ngày tháng", "ngày tháng"),
        ("ngày tháng", "ngày   tháng", "ngày   tháng"),
        ("ngày tháng", "ngàytháng", None),
        ("a ?b", "ab", "ab"),
        ("a ?b", "a   b", "a   b"),
        ("a *b", "a  b", "a  b"),
        ("a +b", "a  b", "a  b"),
        ("a +b", "ab", None),
        ("a(?: và| )b", "a   b", "a   b"),
        # \s too, with its own quantifier
        (r"a\sb", "a b", "a b"),
        (r"a\s*b", "a   b", "a   b"),
        (r"a\s+b", "a   b", "a   b"),
        # and neither is a line end or a tab
        ("a b", "a\nb", None),
        ("a ?b", "a\nb", None),
        ("a b", "a \n b", None),
        ("a b", "a\tb", None),
        (r"a\sb", "a\nb", None),
        (r"a\s*b", "a \n b", None),
        ("a.b", "a\nb", None),
        # spaces that are meant as they stand
        ("a[ ]b", "a  b", None),
        ("a[ ,]b", "a b", "a b"),
        ("a[ ,]b", "a  b", None),
        (r"a\ b", "a  b", None),
        (r"a\\s", "a\\s", "a\\s"),
        (r"\[ \]", "[   ]", "[   ]"),
        # a pattern over several lines
        ("a\n  b\n  |c", "ab", "ab"),
        ("một\n  |hai", "hai", "hai"),
        # fragments
        ("{so} đoàn", "05  đoàn", "05  đoàn"),
        ("x{nay}y", "xby", "xby"),
        ("x{nay}y", "a", None),
        ("{nay}{2}", "ab", "ab"),
        ("({ghep})!", "12   b!", "12   b!"),
        (r"\d{2}x\d{,3}", "12x345", "12x345"),
        # look-behinds of several widths
        ("(?<!từ|trong năm|a)x", "x", "x"),
        ("(?<!từ|trong năm|a)x", "từx", None),
        ("(?<!từ|trong năm|a)x", "trong nămx", None),
        ("(?<!từ|trong năm|a)x", "năm", None),
        ("(?<!từ|trong năm|a)x", "ax", None),
        ("(?<=từ |trong năm )x", "trong năm x", "x"),
        ("(?<=từ |trong năm )x", "từ x", "x"),
        ("(?<=từ |trong năm )x", "năm x", None),
        (r"(?<![\w|]|\d/)x", "|x", None),
        (r"(?<![\w|]|\d/)x", "1/x", None),
        (r"(?<![\w|]|\d/)x", "a/x", "x"),
        (r"(?<!\(|\.\.)x", "(x", None),
        (r"(?<!\(|\.\.)x", "..x", None),
        (r"(?<!\(|\.\.)x", ".x", "x"),
        (r"(?<!\w)(?<!có )x", "có x", None),
    ],
)
def test_patterns(pattern: str, text: str, match: str | None) -> None:
    assert found(pattern, text) == match


def test_a_space_and_a_class_in_a_look_behind() -> None:
    assert found(r"(?<!a |[bc] )x", "b x") is None
    assert found(r"(?<!a |[bc] )x", "d x") == "x"


def test_a_space_in_a_class_in_a_look_behind() -> None:
    assert found("(?<![ ,])x", "a x") is None


def test_a_space_in_a_class_is_no_line_end() -> None:
    assert found(r"a[\s,]+b", "a\nb") is None


def test_a_class_of_spaces_is_of_any_width() -> None:
    assert found(r"a\sb", "a   b") == "a   b"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ngày 5", {"d": "5", "d__2": None, "d__3": None}),
        ("mùng 6", {"d": None, "d__2": "6", "d__3": None}),
        ("hôm 7", {"d": None, "d__2": None, "d__3": "7"}),
    ],
)
def test_parts_named_alike_are_numbered(text: str, parts: dict[str, str | None]) -> None:
    pattern = compile_pattern(r"ngày (?P<d>\d)|mùng (?P<d>\d)|{hom}", {"hom": r"hôm (?P<d>\d)"})
    match = pattern.compiled.fullmatch(text)
    assert match and match.groupdict() == parts


def test_an_unknown_fragment_is_named() -> None:
    with pytest.raises(KeyError, match="khong_co"):
        compile_pattern("a {khong_co}", FRAGMENTS)
    with pytest.raises(KeyError, match="khong_co"):
        expand("{vo}", {"vo": "{khong_co}"})


@pytest.mark.parametrize("fragments", [{"a": "{a}"}, {"a": "x{b}", "b": "{c}", "c": "({a})"}])
def test_fragments_in_a_circle_are_refused(fragments: dict[str, str]) -> None:
    with pytest.raises(RecursionError, match="in a circle"):
        compile_pattern("{a}", fragments)


def test_fragments_may_stand_in_one_another_and_twice() -> None:
    assert expand("{ghep}, {so}", FRAGMENTS) == r"(?:(?:\d+) (?:a|b)), (?:\d+)"


@pytest.mark.parametrize("pattern", ["(", "[a", "*a", "a)", "(?P<n>", r"(?<!a+)b"])
def test_what_is_no_expression_is_refused(pattern: str) -> None:
    with pytest.raises(re.error):
        compile_pattern(pattern, {})


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("đạt trên 5", "đạt trên"),
        ("trên 5", "trên"),
        ("trên  5", "trên"),
        ("đạt  trên 5", "đạt  trên"),
        ("(hơn)", "hơn"),
        ("hơn1", None),
        ("xhơn", None),
        ("trên dưới 5", "trên dưới"),
        ("hòa", "hòa"),
        ("a+b", "a+b"),
        ("aab", None),
    ],
)
def test_alternatives(text: str, match: str | None) -> None:
    pattern = compile_pattern(alternatives(["trên", "Đạt trên", "trên dưới", "hơn", "hoà", "a+b"]), {})
    found = pattern.search(text)
    assert (found[0] if found else None) == match


@given(st.lists(st.text("abcoàò .+()[]-/", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1))
def test_every_phrase_is_among_its_alternatives(phrases: list[str]) -> None:
    pattern = compile_pattern(alternatives(phrases), {})
    assert all(pattern.compiled.fullmatch(fold(phrase)) for phrase in phrases)


@given(st.text("\\s[] +*?{a^n", max_size=12))
def test_spaces_are_those_that_reading_sign_by_sign_finds(pattern: str) -> None:
    assert spaced(pattern) == _sign_by_sign(pattern)


def _sign_by_sign(pattern: str) -> str:
    out, in_class, at = "", False, 0
    while at < len(pattern):
        sign, following = pattern[at], pattern[at + 1 : at + 2]
        if sign == "\\":
            loose = pattern[at + 2 : at + 3] in ("?", "*", "+", "{")
            out += sign + following if following != "s" else " " if in_class else "[ ]" if loose else "[ ]+"
            at += 2
            continue
        in_class = sign == "[" or (in_class and sign != "]")
        if sign == " " and not in_class:
            out += "[ ]*" if following in ("?", "*") else "[ ]+"
            at += following in ("?", "*", "+")
        else:
            out += sign
        at += 1
    return out
