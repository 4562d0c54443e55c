"""Tokens: syllables that point at the text, and phrases found however they are spaced or spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.fold import fold
from pipeline.text.tokens import Tokens, add_phrases, fold_all, phrase_matcher


def words_of(text: str) -> list[str]:
    tokens = Tokens(text)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("   ", []),
        ("Sở đã mở  05 lớp.", ["Sở", "đã", "mở", "05", "lớp", "."]),
        ("1.500 cuốn, 98,5%", ["1.500", "cuốn", ",", "98,5", "%"]),
        ("27m²/mặt", ["27", "m²", "/", "mặt"]),
        ("số 4287/UBND-KGVX", ["số", "4287", "/", "UBND", "-", "KGVX"]),
        ("năm 2024.", ["năm", "2024", "."]),
        ("1.2.", ["1.2", "."]),
        ("a\nb\tc", ["a", "\n", "b", "\t", "c"]),
        ("____ «tin»…", ["____", "«", "tin", "»", "…"]),
        ("tin,bài", ["tin", ",", "bài"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert words_of(text) == words
    assert [token.text for token in Tokens(text).doc] == words


ANY = st.one_of(st.text(), st.text("aàĐ19.,/-_ \n\t²", max_size=60))


@given(ANY)
def test_offsets_point_at_the_text(text: str) -> None:
    tokens = Tokens(text)
    assert all(start < end for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert all(end <= start for end, start in zip(tokens.ends, tokens.starts[1:], strict=False))
    assert "".join(words_of(text)) == "".join(c for c in text if c in "\n\t" or not c.isspace())
    assert [token.text for token in tokens.doc] == words_of(text)


@pytest.mark.parametrize("text", ["Uỷ ban HOÀ Bình", "Uỷ ban HOÀ Bình " * 10])
def test_a_norm_is_the_folded_word(text: str) -> None:
    tokens = Tokens(text)
    assert tokens.norms == [fold(word) for word in words_of(text)]
    assert [token.norm_ for token in tokens.doc] == tokens.norms


@given(st.lists(st.text("Hoàòa", max_size=4)))
def test_fold_all_folds_each(words: list[str]) -> None:
    assert fold_all(words) == [fold(word) for word in words]


@pytest.mark.parametrize(
    ("offset", "at", "before"), [(0, 0, -1), (1, 1, -1), (2, 1, 0), (3, 1, 0), (4, 2, 0), (8, 3, 1), (99, 3, 2)]
)
def test_tokens_beside_an_offset(offset: int, at: int, before: int) -> None:
    tokens = Tokens("Sở mở lớp")  # at 0-2, 3-5, 6-9
    assert (tokens.at(offset), tokens.before(offset)) == (at, before)


@given(st.text("ab \n.1", max_size=20), st.integers(0, 22))
def test_tokens_beside_any_offset(text: str, offset: int) -> None:
    tokens = Tokens(text)
    at, before = tokens.at(offset), tokens.before(offset)
    assert all((start >= offset) == (i >= at) for i, start in enumerate(tokens.starts))
    assert all((end <= offset) == (i <= before) for i, end in enumerate(tokens.ends))


def phrases_in(text: str, *phrases: str) -> list[str]:
    """Return the words of `text` that any of `phrases` is found in."""
    tokens = Tokens(text)
    matcher = phrase_matcher()
    add_phrases(matcher, phrases)
    spans = sorted((start, end) for _, start, end in matcher(tokens.doc))
    return [text[tokens.starts[start] : tokens.ends[end - 1]] for start, end in spans]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("tổ chức", "Sở tổ chức họp", ["tổ chức"]),
        ("tổ chức", "Sở tổ  chức, TỔ CHỨC và Tổ   Chức", ["tổ  chức", "TỔ CHỨC", "Tổ   Chức"]),
        ("ủy ban", "Uỷ ban, Ủy  ban, UỶ BAN", ["Uỷ ban", "Ủy  ban", "UỶ BAN"]),
        ("hoà giải", "tổ hòa giải, tổ hoà giải", ["hòa giải", "hoà giải"]),
        ("đón, tiếp", "đón, tiếp; đón ,tiếp; đón tiếp", ["đón, tiếp", "đón ,tiếp"]),
        ("quý", "quí I, quý II, quy định", ["quí", "quý"]),
        ("tổ chức", "các tổ\nchức danh", []),
        ("tổ chức", "các tổ \n chức danh", []),
        ("tổ chức", "các tổ\tchức danh", []),
        ("tổ chức", "tổ. chức, tổ-chức", []),
        ("in", "tin bài, in ấn", ["in"]),
        ("cử # đoàn", "cử 07 đoàn, cử  1.500 đoàn, cử bảy đoàn, cử đoàn", ["cử 07 đoàn", "cử  1.500 đoàn"]),
    ],
)
def test_phrases(phrase: str, text: str, found: list[str]) -> None:
    assert phrases_in(text, phrase) == found


def test_phrases_may_be_added_at_any_time() -> None:
    matcher = phrase_matcher()
    tokens = Tokens("họp và tập huấn")
    assert matcher(tokens.doc) == []
    add_phrases(matcher, ["họp"])
    add_phrases(matcher, ["tập huấn", "bồi dưỡng"])
    assert [(start, end) for _, start, end in matcher(tokens.doc)] == [(0, 1), (2, 4)]


def found_by(phrases: list[str], text: str, plainly: bool) -> list[tuple[int, int, int]]:
    matcher = phrase_matcher()
    if plainly:
        matcher.add("", [Tokens(phrase).doc for phrase in phrases])
    else:
        add_phrases(matcher, phrases)
    return sorted(matcher(Tokens(text).doc))


@given(st.lists(st.text("Hoàòa #7.", min_size=1, max_size=6), max_size=8), st.text("Hoàòa #17.,", max_size=40))
def test_phrases_are_found_as_those_given_as_docs_are(phrases: list[str], text: str) -> None:
    assert found_by(phrases, text, plainly=False) == found_by(phrases, text, plainly=True)


def test_a_matcher_that_takes_nothing_but_docs_is_given_them() -> None:
    added: list[str] = []

    class Strict:
        def add(self, key: str, docs: list[object]) -> None:
            added.extend(doc.text for doc in docs)  # type: ignore[attr-defined]

    add_phrases(Strict(), ["Hoà", "cử # đoàn"])  # type: ignore[arg-type]
    assert added == ["Hoà", "cử#đoàn"]
