"""Several documents in one file: the first gives the row, the others are told; forms and appendices are none."""

from __future__ import annotations

import pytest
from layout_forms import HEAD_FORMS, TAIL_FORMS
from test_structure_words import document

from pipeline.extract import extract
from pipeline.extract.structure import Structure, read_structure
from pipeline.extract.words import structure_words
from pipeline.model import DateMention, Document, DocumentNumber
from pipeline.rulebook import load_pack

WORDS = structure_words(load_pack("core"))
STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
LETTER = """UBND TỈNH AN BÌNH
SỞ Y TẾ
Số: 142/SYT-NVY
V/v báo cáo công tác y tế
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 05 tháng 3 năm 2024
Kính gửi: Ủy ban nhân dân tỉnh
Sở Y tế gửi kèm báo cáo công tác y tế quý I năm 2024./."""
SIGNED = """Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Lê Văn Tám"""
LEFT = ["UBND TỈNH AN BÌNH", "SỞ Y TẾ", "Số: 143/BC-SYT"]
RIGHT = [*STATE, "An Bình, ngày 06 tháng 3 năm 2024"]
REPORT = [
    "BÁO CÁO",
    "Công tác y tế quý I năm 2024",
    "I. KẾT QUẢ",
    "Đơn vị đã tổ chức 05 lớp tập huấn theo Kế hoạch số 12/KH-UBND ngày 10/01/2024 của UBND tỉnh.",
]


def further(structure: Structure) -> list[tuple[str, str, str, str, str]]:
    return [(f.document_type, f.number, f.subject, f.issuer, f.date) for f in structure.further]


WANTED = [("Báo cáo", "143/BC-SYT", "Công tác y tế quý I năm 2024", "SỞ Y TẾ", "2024-03-06")]


def appended(first: str, form: str) -> Document:
    """Return `first` followed by the report, its letterhead in `form`."""
    return HEAD_FORMS[form](LEFT, RIGHT, [*REPORT, *SIGNED.split("\n")], first.split("\n"))


@pytest.mark.parametrize("form", HEAD_FORMS)
@pytest.mark.parametrize("first", [f"{LETTER}\n{SIGNED}", LETTER], ids=["signed", "not signed"])
def test_a_report_behind_its_cover_letter(first: str, form: str) -> None:
    if form == "typed_tabs" and SIGNED not in first:
        pytest.skip("tabs in the middle of a TXT file make a table, and no signature tells the documents apart")
    structure = read_structure(appended(first, form), WORDS)
    assert (structure.fields.number, structure.fields.signer) == (
        "142/SYT-NVY",
        "Lê Văn Tám" if SIGNED in first else "",
    )
    assert further(structure) == WANTED
    assert structure.fields.subject == "báo cáo công tác y tế"
    assert [section.heading for section in structure.sections] == ["I. KẾT QUẢ"]
    assert structure.appendix_start == structure.further[0].start


@pytest.mark.parametrize("form", TAIL_FORMS)
def test_behind_a_signature_in_any_form(form: str) -> None:
    left, right = SIGNED.split("\n")[:3], SIGNED.split("\n")[3:]
    below = [*LEFT, *RIGHT, *REPORT]
    structure = read_structure(TAIL_FORMS[form](left, right, below, LETTER.split("\n")), WORDS)
    assert structure.fields.signer == "Lê Văn Tám"
    assert further(structure) == WANTED


def test_behind_an_appendix_and_three_in_a_file() -> None:
    appendix = "PHỤ LỤC\nDANH MỤC VĂN BẢN\n1. Kế hoạch số 12/KH-UBND."
    report = "\n".join([*LEFT, *RIGHT, *REPORT])
    third = report.replace("143/BC", "144/BC").replace("06 tháng", "07 tháng")
    text = f"{LETTER}\n{SIGNED}\n{appendix}\n{report}\n{SIGNED}\n{third}\n{SIGNED}"
    structure = read_structure(document(text), WORDS)
    assert [f.number for f in structure.further] == ["143/BC-SYT", "144/BC-SYT"]
    assert structure.appendix_start == text.index("PHỤ LỤC")


PARTY = "TỈNH ỦY AN BÌNH\nBAN NỘI CHÍNH\n*\nSố 36-BC/BNCTU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 06 tháng 3 năm 2024"
DRAFT = "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN BÌNH\nSố:      /NQ-HĐND\n"
DRAFT += "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
DRAFT += "An Bình, ngày     tháng     năm 2024"
SECONDS = {
    "Party": (f"{PARTY}\nBÁO CÁO\nCông tác nội chính", ["36-BC/BNCTU"]),
    "draft resolution": (f"DỰ THẢO\n{DRAFT}\nNGHỊ QUYẾT\nVề việc thông qua đề án", [""]),
    "no motto": (
        "UBND TỈNH AN BÌNH\nSỞ Y TẾ\nSố: 9/KH-SYT\nAn Bình, ngày 06 tháng 3 năm 2024\nKẾ HOẠCH\nCông tác",
        ["09/KH-SYT"],
    ),
    "a second công văn": (LETTER.replace("142/", "143/"), ["143/SYT-NVY"]),
}


@pytest.mark.parametrize(("second", "numbers"), SECONDS.values(), ids=SECONDS.keys())
def test_kinds_of_second_documents(second: str, numbers: list[str]) -> None:
    structure = read_structure(document(f"{LETTER}\n{SIGNED}\n{second}\nI. CHUNG\nTốt."), WORDS)
    assert [f.number for f in structure.further] == numbers


FORM = "Số:        /BC-…\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n………, ngày … tháng … năm …"
NONE = {
    "appendix": "PHỤ LỤC I\nDANH MỤC VĂN BẢN\n(Kèm theo Báo cáo số 143/BC-SYT ngày 06/3/2024)\n1. Kế hoạch.",
    "form with a placeholder": f"Mẫu số 01\nTÊN CƠ QUAN CHỦ QUẢN\nTÊN CƠ QUAN, TỔ CHỨC\n{FORM}\nBÁO CÁO\nKết quả …",
    "form with blanks": "Mẫu số 01\nUBND TỈNH AN BÌNH\nSỞ Y TẾ\nSố:     /BC-SYT\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Bình, ngày     tháng     năm\nBÁO CÁO\nCông tác y tế",
    "form with a dotted office": f"UBND XÃ ………\n{FORM.replace('…', 'UBND', 1)}\nBÁO CÁO\nKết quả",
    "list of documents": "PHỤ LỤC\nUBND TỈNH\t\nSố: 12/KH-UBND\tKế hoạch năm\nSố: 13/KH-UBND\tKế hoạch quý",
    "table of documents": "1\tSỞ Y TẾ\tSố: 12/KH-SYT\tBÁO CÁO\t06/3\n2\tSỞ NỘI VỤ\tSố: 3/KH-SNV\tBÁO CÁO\t07/3",
    "motto of a slogan": "PHỤ LỤC\nKHẨU HIỆU\nĐẢNG CỘNG SẢN VIỆT NAM QUANG VINH MUÔN NĂM!\nNhiệt liệt chào mừng.",
    "certificate of a copy": "UBND TỈNH AN BÌNH\nSỞ Y TẾ\nSố: 12/SY-SYT\nSAO Y\nAn Bình, ngày 07 tháng 3 năm 2024",
}  # fmt: skip


@pytest.mark.parametrize("after", NONE.values(), ids=NONE.keys())
def test_what_is_no_second_document(after: str) -> None:
    structure = read_structure(document(f"{LETTER}\n{SIGNED}\n{after}\nHết."), WORDS)
    assert further(structure) == []
    assert structure.fields.signer == "Lê Văn Tám"


def test_example_letterheads_in_a_guidance_are_no_documents() -> None:
    examples = "\n".join(
        f"{n}. Thí dụ về phần đầu văn bản của cơ quan thứ {n}:\nTỈNH ỦY AN BÌNH\nVĂN PHÒNG\n*\nSố {n}-CV/VPTU\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nTên loại văn bản trình bày chính giữa trang đầu."
        for n in range(10, 40)
    )
    guidance = LETTER.replace("SYT-NVY", "HD-SYT").replace("V/v báo cáo công tác y tế", "Hướng dẫn")
    structure = read_structure(document(f"{guidance}\n{examples}\n{SIGNED}"), WORDS)
    assert further(structure) == []
    assert structure.fields.signer == "Lê Văn Tám"


def test_the_items_of_both_are_read_and_a_notice_names_the_second() -> None:
    found = extract(appended(f"{LETTER}\n{SIGNED}", "word_cells"), load_pack("core"))
    numbers = {i.value: (i.role, i.document_type, i.issued_date) for i in found.items if isinstance(i, DocumentNumber)}
    assert numbers["142/SYT-NVY"] == ("own", "Công văn", "")
    assert numbers["143/BC-SYT"] == ("cited", "Báo cáo", "2024-03-06")
    assert numbers["12/KH-UBND"] == ("cited", "Kế hoạch", "2024-01-10")
    dates = {i.value: i.role for i in found.items if isinstance(i, DateMention)}
    assert (dates["2024-03-05"], dates["2024-03-06"]) == ("report", "document")
    notices = [p for p in found.problems if p.code == "file.second_document"]
    assert [dict(p.detail)["document"] for p in notices] == ["Báo cáo 143/BC-SYT «Công tác y tế quý I năm 2024»"]
    assert found.structure.document.text[notices[0].start : notices[0].end].startswith("UBND TỈNH AN BÌNH")
