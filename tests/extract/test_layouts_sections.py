"""Section numbering of all styles, read with the shipped words: the path and role that each sentence stands under."""

from __future__ import annotations

import pytest
from test_structure_words import document

from pipeline.extract import extract
from pipeline.extract.structure import read_structure
from pipeline.extract.words import structure_words
from pipeline.model import Count
from pipeline.rulebook import load_pack

PACK = load_pack("core")
WORDS = structure_words(PACK)
HEAD = "BÁO CÁO\nCông tác y tế năm 2024\nThực hiện kế hoạch, Sở báo cáo như sau:\n"
TAIL = "\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Tám"

# Headings with «Có …» below each; then the path of each of these, without labels, and the role it gets.
STYLES = {
    "Roman and Arabic, slashes": (
        "I/. KẾT QUẢ\n1/. Y tế\nCó 5 ca.\n2/. Dân số\nCó 6 ca.\nII/. NHIỆM VỤ\n1/. Y tế\nCó 7 ca.",
        ["I/. KẾT QUẢ > 1/. Y tế: result", "I/. KẾT QUẢ > 2/. Dân số: result", "II/. NHIỆM VỤ > 1/. Y tế: plan"],
    ),
    "capitals, Roman, Arabic, letters with dashes": (
        "A- KẾT QUẢ\nI- Y tế\n1- Khám\na- Nội trú\nCó 5 ca.\nb- Ngoại trú\nCó 6 ca.\n"
        "2- Chữa\nCó 7 ca.\nB- NHIỆM VỤ\nCó 8 ca.",
        [
            "A- KẾT QUẢ > I- Y tế > 1- Khám > a- Nội trú: result",
            "A- KẾT QUẢ > I- Y tế > 1- Khám > b- Ngoại trú: result",
            "A- KẾT QUẢ > I- Y tế > 2- Chữa: result",
            "B- NHIỆM VỤ: plan",
        ],
    ),
    "parts with a colon": (
        "PHẦN I: KẾT QUẢ\nI. Y tế\nCó 5 ca.\nPHẦN II: PHƯƠNG HƯỚNG\nI. Y tế\nCó 6 ca.",
        ["PHẦN I: KẾT QUẢ > I. Y tế: result", "PHẦN II: PHƯƠNG HƯỚNG > I. Y tế: plan"],
    ),
    "parts in words above their names": (
        "Phần thứ nhất\nKẾT QUẢ\n1. Y tế\nCó 5 ca.\nPhần thứ hai\nKẾ HOẠCH NĂM 2025\n1. Y tế\nCó 6 ca.",
        ["Phần thứ nhất KẾT QUẢ > 1. Y tế: result", "Phần thứ hai KẾ HOẠCH NĂM 2025 > 1. Y tế: plan"],
    ),
    "parts in words and small letters": (
        "Phần thứ nhất: Kết quả năm 2024\nCó 5 ca.\nPhần thứ hai: Nhiệm vụ năm 2025\nCó 6 ca.",
        ["Phần thứ nhất: Kết quả năm 2024: result", "Phần thứ hai: Nhiệm vụ năm 2025: plan"],
    ),
    "chapters, sections with the name below, articles": (
        "Chương I\nKẾT QUẢ\nMục 1\nGiáo dục\nCó 5 ca.\nMục 2. Y tế\nCó 6 ca.\n"
        "Chương II\nNHIỆM VỤ\nĐiều 1. Y tế\nCó 7 ca.",
        [
            "Chương I KẾT QUẢ > Mục 1 Giáo dục: result",
            "Chương I KẾT QUẢ > Mục 2. Y tế: result",
            "Chương II NHIỆM VỤ > Điều 1. Y tế: plan",
        ],
    ),
    "paths of figures, some without a dot": (
        "2. Tồn tại\n2.1 Hạn chế\nCó 5 ca.\n2.2. Nguyên nhân\n2.2.1 Chủ quan\nCó 6 ca.\n3. Bài học\nCó 7 ca.",
        [
            "2. Tồn tại > 2.1 Hạn chế: limitation",
            "2. Tồn tại > 2.2. Nguyên nhân > 2.2.1 Chủ quan: limitation",
            "3. Bài học: assessment",
        ],
    ),
    "paths that begin with a Roman figure": (
        "I. KẾT QUẢ\nI.1. Y tế\nCó 5 ca.\nI.2 Dân số\nI.2.1. Sinh\nCó 6 ca.\nII. NHIỆM VỤ\nII.1. Y tế\nCó 7 ca.",
        [
            "I. KẾT QUẢ > I.1. Y tế: result",
            "I. KẾT QUẢ > I.2 Dân số > I.2.1. Sinh: result",
            "II. NHIỆM VỤ > II.1. Y tế: plan",
        ],
    ),
    "paths below capitals": (
        "A. KẾT QUẢ\nA.1. Y tế\nCó 5 ca.\nA.2. Dân số\nCó 6 ca.\nB. NHIỆM VỤ\nB.1. Y tế\nCó 7 ca.",
        ["A. KẾT QUẢ > A.1. Y tế: result", "A. KẾT QUẢ > A.2. Dân số: result", "B. NHIỆM VỤ > B.1. Y tế: plan"],
    ),
    "figures of the section without a figure above": (
        "I. KẾT QUẢ\n1.1. Y tế\nCó 5 ca.\n1.2. Dân số\nCó 6 ca.\nII. NHIỆM VỤ\n2.1. Y tế\nCó 7 ca.",
        ["I. KẾT QUẢ > 1.1. Y tế: result", "I. KẾT QUẢ > 1.2. Dân số: result", "II. NHIỆM VỤ > 2.1. Y tế: plan"],
    ),
    "Roman below Arabic": (
        "1. KẾT QUẢ\nI. Y tế\nCó 5 ca.\nII. Dân số\nCó 6 ca.\n2. NHIỆM VỤ\nI. Y tế\nCó 7 ca.",
        ["1. KẾT QUẢ > I. Y tế: result", "1. KẾT QUẢ > II. Dân số: result", "2. NHIỆM VỤ > I. Y tế: plan"],
    ),
    "Arabic that goes on over Roman": (
        "I. KẾT QUẢ\n1. Y tế\nCó 5 ca.\n2. Dân số\nCó 6 ca.\nII. NHIỆM VỤ\n3. Y tế\nCó 7 ca.",
        ["I. KẾT QUẢ > 1. Y tế: result", "I. KẾT QUẢ > 2. Dân số: result", "II. NHIỆM VỤ > 3. Y tế: plan"],
    ),
    "d) and đ)": (
        "1. Kết quả\nd) Thể thao\nCó 5 ca.\nđ) Du lịch\nCó 6 ca.\ne) Báo chí\nCó 7 ca.",
        ["1. Kết quả > d) Thể thao: result", "1. Kết quả > đ) Du lịch: result", "1. Kết quả > e) Báo chí: result"],
    ),
    "letters with a dot": (
        "1. Kết quả\na. Y tế\nCó 5 ca.\nb. Dân số\nCó 6 ca.",
        ["1. Kết quả > a. Y tế: result", "1. Kết quả > b. Dân số: result"],
    ),
    "small Roman": (
        "1. Kết quả\ni) Y tế\nCó 5 ca.\nii) Dân số\nCó 6 ca.",
        ["1. Kết quả > i) Y tế: result", "1. Kết quả > ii) Dân số: result"],
    ),
    "figures in brackets": (
        "I. KẾT QUẢ\n(1) Y tế\nCó 5 ca.\n(2) Dân số\nCó 6 ca.",
        ["I. KẾT QUẢ > (1) Y tế: result", "I. KẾT QUẢ > (2) Dân số: result"],
    ),
    "figures closed by a bracket": (
        "I. KẾT QUẢ\n1) Y tế\nCó 5 ca.\n2) Dân số\nCó 6 ca.",
        ["I. KẾT QUẢ > 1) Y tế: result", "I. KẾT QUẢ > 2) Dân số: result"],
    ),
    "no space behind the mark": (
        "I.KẾT QUẢ\n1.Y tế\nCó 5 ca.\nII.NHIỆM VỤ\nCó 6 ca.",
        ["I. KẾT QUẢ > 1. Y tế: result", "II. NHIỆM VỤ: plan"],
    ),
    "colons behind the words": (
        "I. Kết quả:\n1. Y tế:\nCó 5 ca.\nII. Nhiệm vụ thời gian tới:\nCó 6 ca.",
        ["I. Kết quả > 1. Y tế: result", "II. Nhiệm vụ thời gian tới: plan"],
    ),
    "stars": (
        "I. KẾT QUẢ\n* Y tế:\nCó 5 ca.\n* Kế hoạch\nCó 6 ca.",
        ["I. KẾT QUẢ > * Y tế: result", "I. KẾT QUẢ > * Kế hoạch: result"],
    ),
    "stars of other roles": (
        "1. Quý I\n*Tồn tại, hạn chế:\nCó 5 ca.\n*Nhiệm vụ trọng tâm:\nCó 6 ca.",
        ["1. Quý I > * Tồn tại, hạn chế: limitation", "1. Quý I > * Nhiệm vụ trọng tâm: plan"],
    ),
    "run-in headings": (
        "1. Công tác tham mưu: Có 5 ca.\n2. Nhiệm vụ quý II: Có 6 ca.",
        ["1. Công tác tham mưu: result", "2. Nhiệm vụ quý II: plan"],
    ),
    "topics below a plan stay planned": (
        "I. PHƯƠNG HƯỚNG\n1. Công tác chỉ đạo\nCó 5 ca.\n2. Tình hình, nhiệm vụ\nCó 6 ca.\n3. Hoạt động khác\nCó 7 ca.",
        [
            "I. PHƯƠNG HƯỚNG > 1. Công tác chỉ đạo: plan",
            "I. PHƯƠNG HƯỚNG > 2. Tình hình, nhiệm vụ: plan",
            "I. PHƯƠNG HƯỚNG > 3. Hoạt động khác: plan",
        ],
    ),
    "capitals alone": (
        "KẾT QUẢ THỰC HIỆN\nCó 5 ca.\nPHƯƠNG HƯỚNG QUÝ II\nCó 6 ca.",
        ["KẾT QUẢ THỰC HIỆN: result", "PHƯƠNG HƯỚNG QUÝ II: plan"],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), STYLES.values(), ids=STYLES.keys())
def test_styles(text: str, wanted: list[str]) -> None:
    structure = read_structure(document(HEAD + text + TAIL), WORDS)
    words = structure.document.text
    told = [s for s in structure.sentences if words[s.start :].startswith("Có ")]
    found = [structure.sections[s.section] for s in told if s.section >= 0]
    assert [f"{' > '.join(section.path)}: {section.role}" for section in found] == wanted
    assert len(told) == len(wanted)


@pytest.mark.parametrize("text", [text for text, _ in STYLES.values()], ids=STYLES.keys())
def test_no_label_is_a_number(text: str) -> None:
    found = extract(document(HEAD + text + TAIL), PACK)
    assert [p for p in found.problems if p.code == "number.unexplained"] == []
    assert [int(item.value) for item in found.items if isinstance(item, Count)] == [5, 6, 7, 8][: text.count("Có ")]


PLANS = [
    "II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025", "II/. Phương hướng quý II", "B- NHIỆM VỤ TRỌNG TÂM THÁNG 5",
    "Phần II: Nhiệm vụ, giải pháp", "PHẦN THỨ HAI: KẾ HOẠCH NĂM 2025", "III. KẾ HOẠCH CÔNG TÁC QUÝ III/2025",
    "2. Nhiệm vụ thời gian tới", "IV- Chương trình công tác tháng 6", "III. Mục tiêu, giải pháp 6 tháng cuối năm",
    "II. DỰ KIẾN KẾ HOẠCH NĂM 2025", "II. Một số nhiệm vụ trọng tâm", "II. ĐỊNH HƯỚNG CÔNG TÁC NĂM 2025",
    "III. Trọng tâm công tác quý IV", "II. CÔNG TÁC TRỌNG TÂM THÁNG TỚI", "II. Kế hoạch hoạt động tuần tới",
    "KẾ HOẠCH THÁNG 02/2025", "II. Nhiệm vụ, giải pháp chủ yếu", "II. CÁC NHIỆM VỤ TRIỂN KHAI TRONG THỜI GIAN TỚI",
    "II. PHƯƠNG HƯỚNG HOẠT ĐỘNG", "III. Giải pháp thực hiện", "II. NHIỆM VỤ CÔNG TÁC QUÝ II",
    "II. Dự kiến công tác tháng 3",
]  # fmt: skip
PROPOSALS = [
    "V. KIẾN NGHỊ, ĐỀ XUẤT",
    "3/. Đề xuất, kiến nghị",
    "C- ĐỀ NGHỊ",
    "IV. Những đề xuất với cấp trên",
    "d) Kiến nghị",
]


@pytest.mark.parametrize(
    ("heading", "role"), [*((plan, "plan") for plan in PLANS), *((proposal, "proposal") for proposal in PROPOSALS)]
)
def test_plans_and_proposals_in_all_styles(heading: str, role: str) -> None:
    structure = read_structure(document(f"{HEAD}I. KẾT QUẢ\nTốt.\n{heading}\nTổ chức tốt công tác y tế." + TAIL), WORDS)
    assert structure.sections[-1].role == role


def test_sections_begin_anew_in_the_appendix() -> None:
    text = f"{HEAD}I. KẾT QUẢ\n1. Y tế\nTốt.{TAIL}\nPHỤ LỤC I\nDANH MỤC\n1. Văn bản\nCó đủ."
    paths = [" > ".join(section.path) for section in read_structure(document(text), WORDS).sections]
    assert paths == ["I. KẾT QUẢ", "I. KẾT QUẢ > 1. Y tế", "PHỤ LỤC I DANH MỤC", "PHỤ LỤC I DANH MỤC > 1. Văn bản"]


def test_labels_within_a_paragraph_and_in_cells_are_no_numbers() -> None:
    text = "1. Kết quả\nĐã hoàn thành: (1) Tổ chức 05 lớp; (2) Cấp 200 tờ rơi.\n"
    text += "TT\tNội dung\n3.3.1.\tSố lớp\n(2)\tSố người"
    found = extract(document(HEAD + text + TAIL), PACK)
    assert [p for p in found.problems if p.code == "number.unexplained"] == []
    assert [int(item.value) for item in found.items if isinstance(item, Count)] == [5, 200]
