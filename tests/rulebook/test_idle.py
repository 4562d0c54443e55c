"""What of a rule can never match, and what is left alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.rulebook import ActivityRule, PatternRule, load_pack
from pipeline.rulebook.idle import Idle, find_idle
from pipeline.rulebook.patterns import compile_pattern
from pipeline.rulebook.rules import VerbObject

PACK = load_pack("core")
PATTERN = next(rule for rule in PACK.patterns if isinstance(rule, PatternRule) and rule.pattern is not None)
ACTIVITY = PACK.activities[0]


def idle(pattern: str, folded: bool = True) -> list[Idle]:
    return find_idle(replace(PATTERN, pattern=compile_pattern(pattern, {}), folded=folded))


@pytest.mark.parametrize(
    ("pattern", "source", "reason", "instead", "whole"),
    [
        ("bác sĩ", "bác sĩ", "folded", "bác sỹ", True),
        ("(?P<at>bác sĩ) giỏi", "bác sĩ", "folded", "bác sỹ", True),
        ("y tá|bác sĩ", "bác sĩ", "folded", "bác sỹ", False),
        (r"(?<!\w)(?:tỷ lệ|tỉ lệ)(?!\w)", "tỉ lệ", "folded", "tỷ lệ", False),
        ("cấp (?:Thẻ mới|thẻ cũ)", "Thẻ mới", "folded", "thẻ mới", False),
        ("hoà bình", "hoà bình", "folded", "hòa bình", True),
        ("x(?:, thuỷ lợi)?", "(?:, thuỷ lợi)?", "folded", ", thủy lợi", False),
        (r"\d+ (?!kĩ sư)\w", "(?!kĩ sư)", "folded", "kỹ sư", False),
        (r"lí\d", "lí", "folded", "lý", True),
        ("Sở y tế", "S", "folded", "s", True),
        (r"x\r", r"\r", "unprinted", "\n", True),
        ("năm\u00a0học", "\u00a0", "unprinted", " ", True),
        ("ho\u0323c", "ho\u0323c", "unprinted", "h\u1ecdc", True),
        ("xã|phường|xã", "xã", "taken", "xã", False),
        ("(?:xã|phường|xã) a", "xã", "taken", "xã", False),
        (r"(?P<d>\d)|(?P<d>\d)", r"(?P<d__2>\d)", "taken", r"(?P<d>\d)", False),
        ("xã|xã hội", "xã hội", "taken", "xã", False),
        (r"\d (?:tin|tin bài)", "tin bài", "taken", "tin", False),
        ("(?!năm)năm", "(?!năm)", "contradicted", "năm", True),
        ("x|(?!nă)năm", "(?!nă)", "contradicted", "năm", False),
        (r"(?=\d)tháng", r"(?=\d)", "contradicted", "tháng", True),
        ("xã(?<!xã)", "(?<!xã)", "contradicted", "xã", True),
    ],
)
def test_what_never_matches(pattern: str, source: str, reason: str, instead: str, whole: bool) -> None:
    (found,) = idle(pattern)
    assert found.reason == reason and found.instead == instead
    assert found.whole == whole and source in found.source


@pytest.mark.parametrize(
    "pattern",
    [
        "bác sỹ", "hoàn thành", r"thực hi\w+", "quý", "(?:q|t)uý", "[hn]oà", "(?:[a-z])?kí", "bác s[ĩỹ]", "kí[a-z]",
        "(?i:Sở)", "(?:a|ab)c", "(?:a|ab)(?!c)", r"a\d?|ab", "a?|ab", "(?:a|ab)+c",
        "(?!năm học)năm", "(?!nă[mn] )năm", "(?!năm$)năm", "(?!năm)nă[mn]", r"(?=\w)tháng", "(?=x?)tháng",
        "(?<!a)b", "a(?<=[ab])", "x(?!x)", r"[^\n]", r"(?<=\n)x",
    ],
)  # fmt: skip
def test_what_may_match_is_left_alone(pattern: str) -> None:
    assert idle(pattern) == []


def test_patterns_over_the_printed_text_keep_capitals_and_spelling() -> None:
    assert idle("Bác sĩ Hoà", folded=False) == []


def activity(**given: tuple[str, ...]) -> ActivityRule:
    lists = {"phrases": (), "not_after": (), "not_before": (), "verb_objects": ()} | given
    return replace(ACTIVITY, **lists)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "phrases", "expected"),
    [
        ("phrases", ("mở lớp", "", "dạy nghề"), ("", "empty", "")),
        ("phrases", ("mở lớp", "Mở  lớp"), ("Mở  lớp", "repeated", "mở lớp")),
        ("not_after", ("thủy sản", "thuỷ sản"), ("thuỷ sản", "repeated", "thủy sản")),
        ("not_before", ("kỹ thuật", "kĩ thuật"), ("kĩ thuật", "repeated", "kỹ thuật")),
        ("phrases", ("mở\u200blớp",), ("mở\u200blớp", "unprinted", "mởlớp")),
        ("phrases", ("mở\nlớp",), ("mở\nlớp", "unprinted", "mở lớp")),
    ],
)
def test_phrases(name: str, phrases: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    (found,) = find_idle(activity(**{name: phrases}))
    assert (found.where, found.source, found.reason, found.instead) == (name, *expected)


def test_verbs_and_objects_are_lists_of_their_own() -> None:
    pair = VerbObject(("treo", "dán"), ("pano", "treo", "Pano"), 3)
    found = find_idle(activity(phrases=("treo",), verb_objects=(pair,)))  # type: ignore[arg-type]
    assert [(idle.where, idle.source) for idle in found] == [("object", "Pano")]


def test_hardly_anything_in_the_shipped_rules_is_idle() -> None:
    whole = [rule.id for rule in load_pack("doi_ngoai").rules() if any(idle.whole for idle in find_idle(rule))]
    assert whole == []
