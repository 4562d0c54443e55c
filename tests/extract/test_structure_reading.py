"""The whole structure: its spans, its promises for any text, and that it takes linear time."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from test_structure_words import WORDS, document

from pipeline.extract.structure import read_structure
from pipeline.model import BlockKind

REPORT = """UBND TỈNH AN BÌNH
SỞ Y TẾ
Số: 5/BC-SYT
An Bình, ngày 05 tháng 3 năm 2024
BÁO CÁO
Công tác y tế quý I năm 2024
Kính gửi:
- Bộ Y tế;
- Ủy ban nhân dân tỉnh.
Căn cứ Kế hoạch số 5/KH-UBND ngày 02/01/2024;
Sở Y tế báo cáo như sau:
I. KẾT QUẢ
Khám 5 lượt.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Lê Văn Tám
PHỤ LỤC
STT\t05"""


def test_spans() -> None:
    structure = read_structure(document(REPORT), WORDS)
    text = structure.document.text

    def words(span: tuple[int, int] | None) -> str:
        return text[slice(*span)] if span else ""

    assert words(structure.number_span) == "5/BC-SYT"
    assert words(structure.date_span) == "ngày 05 tháng 3 năm 2024"
    assert words(structure.subject_span) == "Công tác y tế quý I năm 2024"
    assert words(structure.opening_span).startswith("Căn cứ")
    assert words(structure.opening_span).endswith("như sau:")
    assert words(structure.letterhead_span).endswith("- Ủy ban nhân dân tỉnh.")
    assert structure.appendix_start == text.index("PHỤ LỤC")


def test_blank_number_and_date_have_no_span() -> None:
    structure = read_structure(document("Số:    /BC-SYT\nAn Bình, ngày   tháng   năm 20…\nBÁO CÁO"), WORDS)
    assert structure.number_span is structure.date_span is None


def test_a_half_filled_date_is_one_span() -> None:
    text = "Số:    /BC-SYT\nAn Bình, ngày    tháng 3 năm 2024\nBÁO CÁO\nCông tác"
    structure = read_structure(document(text), WORDS)
    assert structure.date_span and text[slice(*structure.date_span)] == "ngày    tháng 3 năm 2024"


def test_without_sections_the_opening_goes_to_its_colon() -> None:
    text = "BÁO CÁO\nCông tác\nCăn cứ Kế hoạch số 5/KH-UBND;\nSở báo cáo như sau:\nKhám 5 lượt."
    structure = read_structure(document(text), WORDS)
    assert structure.opening_span == (text.index("Căn cứ"), text.index("\nKhám"))


def test_blocks_keep_their_places_and_get_their_kinds() -> None:
    given_document = document(REPORT)
    blocks = read_structure(given_document, WORDS).document.blocks
    assert [(b.start, b.end) for b in blocks] == [(b.start, b.end) for b in given_document.blocks]
    assert [b.kind for b in blocks].count(BlockKind.LETTERHEAD) == 9
    assert [b.kind for b in blocks].count(BlockKind.SIGNATURE) == 6
    assert blocks[-1].kind is BlockKind.CELL


GIVEN = """Số: 5/BC-SYT|Số:|/BC-|An Bình, ngày 5 tháng 3 năm 2024|ngày   tháng|BÁO CÁO|V/v họp|
Kính gửi:|1. Chung|I. KẾT QUẢ|a)|Nơi nhận:|- Lưu: VT.|KT. GIÁM ĐỐC|GIÁM ĐỐC|Lê Văn Tám|PHỤ LỤC|SỞ Y TẾ|
*|…|Có 5 lớp. Tốt.|(Kèm theo Báo cáo số 5/BC-SYT ngày|\t|Căn cứ|(|Đại tá|(Đã ký)|K/T|Chương I|
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"""
PIECES = st.sampled_from([piece.removeprefix("\n") for piece in GIVEN.split("|")])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25), st.sampled_from(["\n", " ", "\t"]))
def test_any_text_has_ordered_sentences_within_its_blocks(pieces: list[str], joint: str) -> None:
    structure = read_structure(document(joint.join(pieces)), WORDS)
    text, at = structure.document.text, 0
    for sentence in structure.sentences:
        block = structure.document.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert at <= sentence.start
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        assert -1 <= sentence.section < len(structure.sections)
        at = sentence.end
    assert all(section.start <= section.end for section in structure.sections)


def test_every_word_but_labels_is_in_a_sentence() -> None:
    structure = read_structure(document(REPORT), WORDS)
    covered = "".join(structure.document.text[s.start : s.end] for s in structure.sentences)
    lost = set(structure.document.text.split()) - set(covered.split())
    assert sum(map(len, covered.split())) > 0.98 * sum(map(len, REPORT.split())), lost


def test_time_grows_with_the_text() -> None:
    hostile = ["." * 20_000, " " * 20_000 + "x", "Số:" + "…" * 20_000, "cộng " + " " * 20_000, "a" * 20_000]
    hostile += [
        "A. " * 7_000,
        "ngày " * 4_000,
        "1." * 10_000,
        "- " * 10_000,
        "PHÓ " * 5_000,
        "; GIÁM ĐỐC" * 2_000,
    ]
    began = time.process_time()
    for line in hostile:
        read_structure(document("\n".join(["BÁO CÁO", line, "Nơi nhận:", line])), WORDS)
    assert time.process_time() - began < 5
