"""Sentences: a text and the sentences in it."""

from __future__ import annotations

import pytest
from test_structure_words import WORDS, document

from pipeline.extract.structure import read_structure
from pipeline.extract.structure.sentences import split_sentences
from pipeline.model import Block, BlockKind, Document

SPLITS = [
    ("Sở họp 2 lần. Sau đó ban hành kế hoạch.", ["Sở họp 2 lần.", "Sau đó ban hành kế hoạch."]),
    ("In 1.500 cuốn, đạt 98.5%; phát 30.000 tờ.", ["In 1.500 cuốn, đạt 98.5%; phát 30.000 tờ."]),
    ("Họp ngày 15.12.2023. Có 40 người.", ["Họp ngày 15.12.2023.", "Có 40 người."]),
    ("Tổ chức tại TP. Huế và TX. Hương Thủy.", ["Tổ chức tại TP. Huế và TX. Hương Thủy."]),
    ("Theo ThS. Lê An, KT. Giám đốc, đã xong.", ["Theo ThS. Lê An, KT. Giám đốc, đã xong."]),
    ("Sách, báo, v.v. Ngoài ra còn tờ rơi.", ["Sách, báo, v.v. Ngoài ra còn tờ rơi."]),
    ("Sách, báo... Ngoài ra còn tờ rơi.", ["Sách, báo...", "Ngoài ra còn tờ rơi."]),
    (
        "Các khu công nghiệp,… Theo đó, thu hút 5 dự án.",
        ["Các khu công nghiệp,…", "Theo đó, thu hút 5 dự án."],
    ),
    ("Ông Nguyễn V. An tham dự.", ["Ông Nguyễn V. An tham dự."]),
    ("Đơn vị xếp loại A. Sở đề nghị khen.", ["Đơn vị xếp loại A.", "Sở đề nghị khen."]),
    ("Nút giao QL.1 - QL.9. Đã thông xe.", ["Nút giao QL.1 - QL.9.", "Đã thông xe."]),
    ("Trân trọng báo cáo./. Hết", ["Trân trọng báo cáo./.", "Hết"]),
    ("Chủ đề “Vì biển xanh.” Có 300 người dự.", ["Chủ đề “Vì biển xanh.”", "Có 300 người dự."]),
    ("Có mấy đoàn? Không có đoàn nào!", ["Có mấy đoàn?", "Không có đoàn nào!"]),
    ("Năm 2023. 05 đoàn đã đi.", ["Năm 2023.", "05 đoàn đã đi."]),
    ("Bảng 1. So sánh số lớp", ["Bảng 1. So sánh số lớp"]),
    ("Gồm:\n- 05 lớp;\n- 02 hội nghị.", ["Gồm:", "05 lớp;", "02 hội nghị."]),
    ("Sở đã\nban hành. Nay báo cáo", ["Sở đã\nban hành.", "Nay báo cáo"]),
    ("họp. nhưng chưa xong", ["họp. nhưng chưa xong"]),
    ("   ", []),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_split(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text, 0, len(text), WORDS)] == expected


def told(text: str) -> list[tuple[str, str]]:
    structure = read_structure(document(text), WORDS)
    return [(s.kind, structure.document.text[s.start : s.end]) for s in structure.sentences]


def test_each_kind_of_block_gives_its_sentences() -> None:
    text = (
        "SỞ Y TẾ\nSố: 5/BC-SYT\nBÁO CÁO\nCông tác y tế\nThực hiện kế hoạch, Sở báo cáo:\nI. KẾT QUẢ\n"
        "1. Khám bệnh: Khám 5 lượt. Tốt.\n- Có 2 lớp.\nSTT\t05\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Tám"
    )
    assert told(text) == [
        ("letterhead", "SỞ Y TẾ"),
        ("letterhead", "Số: 5/BC-SYT"),
        ("letterhead", "BÁO CÁO"),
        ("letterhead", "Công tác y tế"),
        ("body", "Thực hiện kế hoạch, Sở báo cáo:"),
        ("heading", "KẾT QUẢ"),
        ("heading", "Khám bệnh:"),
        ("body", "Khám 5 lượt."),
        ("body", "Tốt."),
        ("body", "Có 2 lớp."),
        ("cell", "STT"),
        ("cell", "05"),
        ("signature", "Nơi nhận:"),
        ("signature", "- Lưu: VT."),
        ("signature", "GIÁM ĐỐC"),
        ("signature", "Lê Văn Tám"),
    ]


def test_a_label_that_the_parser_knows_is_left_out() -> None:
    document_ = Document("•05 lớp. Tốt.", "txt", (Block(BlockKind.LIST_ITEM, 0, 13, content=1),))
    sentences = read_structure(document_, WORDS).sentences
    assert [document_.text[s.start : s.end] for s in sentences] == ["05 lớp.", "Tốt."]


def test_a_footnote_belongs_to_the_section_of_its_mark() -> None:
    text = "I. KẾT QUẢ\nCó 5 lớp.\nII. KIẾN NGHỊ\nKhông.\nGồm 3 lớp ở huyện."
    whole = document(text)
    note = Block(BlockKind.FOOTNOTE, whole.blocks[-1].start, whole.blocks[-1].end, anchor=text.index("lớp"))
    structure = read_structure(Document(text, "docx", (*whole.blocks[:-1], note)), WORDS)
    last = structure.sentences[-1]
    assert (last.kind, structure.sections[last.section].heading) == ("footnote", "I. KẾT QUẢ")
