"""Sections: what is a heading, how deep it stands, and what its section tells."""

from __future__ import annotations

import pytest
from test_structure_words import WORDS, document

from pipeline.extract.structure import read_structure
from pipeline.extract.structure.labels import read_label
from pipeline.extract.structure.sections import role_of
from pipeline.model import BlockKind

HEAD = "BÁO CÁO\nKết quả năm 2023 và phương hướng năm 2024\nThực hiện kế hoạch, Sở báo cáo như sau:\n"
TAIL = "\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Tám"


def sections(text: str, **settings: list[int]) -> list[tuple[int, str]]:
    structure = read_structure(document(HEAD + text + TAIL, **settings), WORDS)
    return [(section.level, section.heading) for section in structure.sections]


HEADINGS = {
    "Roman, Arabic, letter": (
        "I. KẾT QUẢ\n1. Công tác chỉ đạo\nCó văn bản.\na) Về đoàn ra\nCó 02 đoàn.\nII. KIẾN NGHỊ\nKhông có.",
        [(1, "I. KẾT QUẢ"), (2, "1. Công tác chỉ đạo"), (3, "a) Về đoàn ra"), (1, "II. KIẾN NGHỊ")],
    ),
    "Party labels": (
        "I- TÌNH HÌNH\n1- Tuyên truyền\n1.1- Trên báo\nCó 12 bài.\n1.2- Trên mạng\nCó 3 bài.\nII- KIẾN NGHỊ",
        [
            (1, "I- TÌNH HÌNH"),
            (2, "1- Tuyên truyền"),
            (3, "1.1- Trên báo"),
            (3, "1.2- Trên mạng"),
            (1, "II- KIẾN NGHỊ"),
        ],
    ),
    "labels with a slash, a letter above Roman": (
        "A. PHẦN CHUNG\nI/. Tình hình\nổn định.\n1/. Thu ngân sách\nđạt khá.\nB. KIẾN NGHỊ\nKhông.",
        [(1, "A. PHẦN CHUNG"), (2, "I/. Tình hình"), (3, "1/. Thu ngân sách"), (1, "B. KIẾN NGHỊ")],
    ),
    "a part over its name": (
        "Phần thứ nhất\nKẾT QUẢ NĂM 2023\nI. Chung\nTốt.\nPHẦN II: NHIỆM VỤ NĂM 2024\nĐẩy mạnh.",
        [(1, "Phần thứ nhất KẾT QUẢ NĂM 2023"), (2, "I. Chung"), (1, "PHẦN II: NHIỆM VỤ NĂM 2024")],
    ),
    "a label without a dot": (
        "2. Tồn tại\n2.1 Hạn chế\nCòn chậm.\n2.2 Nguyên nhân\nThiếu người.\n2.5 ha đất chưa giao.",
        [(1, "2. Tồn tại"), (2, "2.1 Hạn chế"), (2, "2.2 Nguyên nhân")],
    ),
    "đ) after d)": (
        "1. Lĩnh vực\nd) Thể thao\nCó giải.\nđ) Du lịch\nCó khách.",
        [(1, "1. Lĩnh vực"), (2, "d) Thể thao"), (2, "đ) Du lịch")],
    ),
    "numbered sentences are items": (
        "IV. NHIỆM VỤ\n1. Tổ chức 05 lớp tập huấn cho 200 người.\n2. Đẩy mạnh tuyên truyền.",
        [(1, "IV. NHIỆM VỤ")],
    ),
    "short numbered lines with nothing between are a list": (
        "Gồm các đơn vị:\n1. Phòng Tài chính\n2. Phòng Tổ chức\n3. Văn phòng\nTất cả đã hoàn thành.",
        [],
    ),
    "a line that counts is an item": ("1. Tổ chức 05 lớp tập huấn\ncho cán bộ.", []),
    "capitals on two lines": (
        "I. CÔNG TÁC LÃNH ĐẠO\nVÀ CHỈ ĐẠO ĐIỀU HÀNH\nTốt.",
        [(1, "I. CÔNG TÁC LÃNH ĐẠO VÀ CHỈ ĐẠO ĐIỀU HÀNH")],
    ),
    "run-in headings": (
        "I. ĐOÀN RA, ĐOÀN VÀO\n1. Công tác đoàn ra: Năm 2022, có 3 đoàn.\n2. Về đoàn vào: không có.",
        [(1, "I. ĐOÀN RA, ĐOÀN VÀO"), (2, "1. Công tác đoàn ra"), (2, "2. Về đoàn vào")],
    ),
    "run-in capitals": ("KIẾN NGHỊ, ĐỀ XUẤT: Không.", [(1, "KIẾN NGHỊ, ĐỀ XUẤT")]),
    "what leads on is no heading": (
        "1. Đề nghị UBND tỉnh: xem xét hỗ trợ.\n2. Tổng số hội viên: 215\n3. Kết quả cụ thể như sau: tốt.",
        [],
    ),
    "table cells are none": ("I. SỐ LIỆU\nI. TỔNG SỐ\t125\n1. Nam\t75", [(1, "I. SỐ LIỆU")]),
    "a bullet is none": ("- CÔNG TÁC KHÁC còn chậm\n- Kết quả\nTốt.", []),
}


@pytest.mark.parametrize(("text", "expected"), HEADINGS.values(), ids=HEADINGS.keys())
def test_headings(text: str, expected: list[tuple[int, str]]) -> None:
    assert sections(text) == expected


def test_bold_lines_and_styled_ones_are_headings_but_captions_and_paragraphs_are_not() -> None:
    styled = "1. Trong kỳ, các đơn vị đã tổ chức nhiều hoạt động thiết thực; " + "kết quả khá, " * 10 + "cụ thể."
    text = f"Kết quả nổi bật\nCó 5 lớp.\nBảng 1. Số lớp\nHội nghị\nHọp ngày 5.\n{styled}\nSố lớp\n1\t2"
    found = sections(text, bold=[3, 5, 9], headings=[6, 8])
    assert [heading for _, heading in found] == ["Kết quả nổi bật", "Hội nghị"]


def test_a_heading_block_says_so_with_its_level() -> None:
    structure = read_structure(document(HEAD + "I. KẾT QUẢ\n1. Chung\nTốt." + TAIL), WORDS)
    headings = [block for block in structure.document.blocks if block.kind is BlockKind.HEADING]
    assert [block.level for block in headings] == [1, 2]


def test_sections_nest_and_end_where_the_signature_begins() -> None:
    text = HEAD + "I. KẾT QUẢ\n1. Chung\nTốt.\nII. KIẾN NGHỊ\nKhông." + TAIL
    structure = read_structure(document(text), WORDS)
    first, inner, second = structure.sections
    assert first.end == inner.end == second.start == text.index("II. KIẾN")
    assert second.end == text.index("Nơi nhận")
    assert inner.path == ("I. KẾT QUẢ", "1. Chung")


ROLES = [
    ("I. KẾT QUẢ THỰC HIỆN", "", "result"),
    ("2. Kết quả thực hiện nhiệm vụ năm 2023", "", "result"),
    ("III- ĐÁNH GIÁ CHUNG", "", "assessment"),
    ("1. Ưu điểm", "result", "assessment"),
    ("b) Những hạn chế, tồn tại", "assessment", "limitation"),
    ("Một số khó khăn", "result", "limitation"),
    ("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024", "", "plan"),
    ("D. NHIỆM VỤ TRỌNG TÂM QUÝ II", "", "plan"),
    ("III. KẾ HOẠCH NĂM 2022", "", "plan"),
    ("2. Kế hoạch thông tin đối ngoại", "result", "result"),
    ("6. Các nhiệm vụ khác", "result", "result"),
    ("V. KIẾN NGHỊ, ĐỀ XUẤT", "", "proposal"),
    ("3. Tiếp công dân, xử lý phản ánh, kiến nghị", "result", "result"),
    ("1. Công tác đoàn ra", "plan", "plan"),
    ("1. Công tác đoàn ra", "", ""),
]


@pytest.mark.parametrize(("heading", "inherited", "expected"), ROLES)
def test_roles(heading: str, inherited: str, expected: str) -> None:
    assert role_of(heading, inherited, WORDS) == expected


def test_the_title_opens_no_section_and_children_inherit() -> None:
    text = HEAD + "I. PHƯƠNG HƯỚNG NĂM 2024\n1. Công tác đoàn ra\nCử 5 đoàn."
    structure = read_structure(document(text), WORDS)
    assert [(s.heading, s.role) for s in structure.sections] == [
        ("I. PHƯƠNG HƯỚNG NĂM 2024", "plan"),
        ("1. Công tác đoàn ra", "plan"),
    ]


LABELS = [
    ("I. TÌNH", "roman", 3),
    ("I/. Tình", "roman", 4),
    ("IV- Kết quả", "roman", 4),
    ("I - TÌNH HÌNH", "roman", 4),
    ("II.3. Chi", "roman.1", 6),
    ("A- Chung", "capital", 3),
    ("C. TỒN TẠI", "capital", 3),
    ("1. Tổ chức", "number", 3),
    ("1.Đánh giá", "number", 2),
    ("01. Tổ chức", "number", 4),
    ("1.2.3. Chi", "number.2", 7),
    ("2.2 Nguyên nhân", "number.1", 4),
    ("đ) Về", "letter", 3),
    ("(1) Về", "bracketed", 4),
    ("- Về", "bullet", 2),
    ("Phần thứ nhất: KẾT QUẢ", "part", 15),
    ("Chương II", "chapter", 9),
    ("Điều 5. Hiệu lực", "article", 8),
]


@pytest.mark.parametrize(("text", "kind", "end"), LABELS)
def test_labels(text: str, kind: str, end: int) -> None:
    label = read_label(text)
    assert label and (label.kind, label.end) == (kind, end)


@pytest.mark.parametrize(
    "text",
    [
        "30.6.2019 là hạn",
        "12 - 15 lớp",
        "12/15 xã",
        "2.5 ha",
        "1.500 cuốn",
        "T/M BAN",
        "TP. Huế",
        "Phần lớn",
        "6 tháng",
        "",
    ],
)
def test_no_labels(text: str) -> None:
    assert read_label(text) is None
