"""Gaps: what a text holds that the rules do not understand, and the pattern that each is grouped by.

Words that nobody says stand for those that no vocabulary has, so that rules may grow.
"""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.extract.gaps import KINDS, find_gaps
from pipeline.extract.prove import passage
from pipeline.model import Block, BlockKind, Document
from pipeline.rulebook import load_pack

MANIFEST = "id: thu\ntitle: Thử\nversion: '1'\nextends: [core]\n"
WORDS = "words:\n  verb: [xoắn quẫu]\n"


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("thu")
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "words.yaml").write_text(WORDS, encoding="utf-8")
    return load_pack(str(folder))


@pytest.fixture
def patterns_of(pack):
    def found(kind, text, role="result"):
        gaps = find_gaps(extract(passage(text, role), pack))
        return [gap.pattern for gap in gaps if gap.kind == kind]

    return found


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("Mã 7x8y9.", ["mã #x#y#"]),
        ("Sở cấp mã 7x8y9 cho xe.", ["cấp mã #x#y# cho xe"]),
        ("Sở cấp mã 15z25, cho xe.", ["cấp mã #z# cho xe"]),
        ("Mã 7x8y9 do ông Minh cấp.", ["mã #x#y# do ông"]),
        ("Theo Minh Tâm 7x8y9.", ["Xx Xx #x#y#"]),
        ("Sở đã mở 12 lớp.", []),
    ],
)
def test_numerals_are_grouped_by_the_words_around_them(patterns_of, text, patterns):
    assert patterns_of("numeral", text) == patterns


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("Toàn tỉnh có 12 thởng quẫy.", ["thởng quẫy"]),
        ("Toàn tỉnh có 12 CHCZ.", ["chcz"]),
        ("Toàn tỉnh có 12 xã, 15 km2, 3,5% và 4 tỷ đồng.", []),
    ],
)
def test_units_are_those_that_the_vocabulary_lacks(patterns_of, text, patterns):
    assert patterns_of("unit", text) == patterns


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("Thực hiện Kế hoạch số 12/KH-UBND.", []),
        ("Thực hiện Công văn số 12/UBND-ZZT.", []),
        ("Thực hiện Nghị quyết số 12/2020/QH14.", []),
        ("Thực hiện Quyết định số 12-QĐ/TU.", []),
        ("Thực hiện Kế hoạch số 12/KH-ZZQH.", ["…-«ZZQH»"]),
        ("Thực hiện Kế hoạch số 12/KH-ZZQH.TT.", ["…-«ZZQH.TT»"]),
        ("Thực hiện văn bản số 12/ZZKH-UBND.", ["«ZZKH»-UBND"]),
        ("Thực hiện văn bản số 12/ZZKH-ZZQH.", ["«ZZKH»-…"]),
    ],
)
def test_symbols_are_those_with_a_code_that_is_no_type_and_no_body(patterns_of, text, patterns):
    assert patterns_of("symbol", text) == patterns


def headed(*headings):
    text, blocks = "", []
    for heading in headings:
        for kind, words in ((BlockKind.HEADING, heading), (BlockKind.PARAGRAPH, "Sở họp một lần trong quý vừa rồi.")):
            blocks.append(Block(kind, len(text), len(text) + len(words), level=1, bold=kind is BlockKind.HEADING))
            text += words + "\n"
    return Document(text, "txt", tuple(blocks))


def test_headings_without_a_role_are_grouped_by_their_words(pack):
    document = headed("I. KẾT QUẢ THỰC HIỆN", "II. NHÂN LỰC, NĂM 2024", "PHỤ LỤC III")
    found = find_gaps(extract(document, pack))
    assert [gap.pattern for gap in found if gap.kind == "heading"] == ["nhân lực năm #", "phụ lục #"]
    assert next(document.text[g.start : g.end] for g in found if g.kind == "heading") == "II. NHÂN LỰC, NĂM 2024"


@pytest.mark.parametrize(
    ("text", "role", "patterns"),
    [
        ("Sở xoắn quẫu 12 xã ở xa.", "result", ["xoắn quẫu # xã"]),
        ("Sở xoắn quẫu 12 xã ở xa.", "plan", []),
        ("Sở xoắn quẫu 12 thởng quẫy.", "result", ["xoắn quẫu # thởng"]),
        ("Đơn vị đã xoắn quẫu chặt chẽ đàn vịt.", "result", ["xoắn quẫu chặt"]),
        ("Đàn vịt xoắn quẫu chặt chẽ.", "result", []),
        ("Công tác xoắn quẫu 12 đàn vịt.", "result", []),
        ("Sở xoắn quẫu 12 đàn vịt và mở 12 lớp tập huấn.", "result", []),
        ("Xoắn quẫu Công văn số 12/UBND-KT, vịt đã lớn.", "result", []),
        ("Xã Xoắn quẫu 12 con vịt.", "result", []),
    ],
)
def test_verbs_are_those_of_sentences_that_tell_of_no_deed(patterns_of, text, role, patterns):
    assert patterns_of("verb", text, role) == patterns


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("Công tác tuyên truyền tốt.", ["tuyên truyền"]),
        ("Công tác tuyên truyền tốt, Sở đã mở 12 lớp tập huấn.", []),
    ],
)
def test_refused_phrases_are_those_of_sentences_that_tell_of_no_deed(patterns_of, text, patterns):
    told = [pattern.split(" (") for pattern in patterns_of("refused", text)]
    assert [words for words, _ in told] == patterns
    assert all(reason.strip(")") for _, reason in told)


def test_gaps_stand_in_text_order_and_point_at_their_words(pack):
    text = "Mã 7x8y9 và 12 thởng quẫy theo Kế hoạch số 12/KH-ZZQH."
    document = passage(text, "result")
    found = find_gaps(extract(document, pack))
    assert [gap.kind for gap in found] == ["numeral", "unit", "symbol"]
    assert [document.text[g.start : g.end] for g in found] == ["7", "12 thởng quẫy", "12/KH-ZZQH"]
    assert {gap.kind for gap in found} < set(KINDS)
