"""Signatures of all kinds in all forms: the same signer and recipients whatever the form, and an appendix below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from layout_forms import TAIL_FORMS, in_cells
from test_structure_words import document

from pipeline.extract.structure import read_structure
from pipeline.extract.words import structure_words
from pipeline.rulebook import load_pack

WORDS = structure_words(load_pack("core"))
CASES: dict[str, dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "layouts/signatures.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
DEFAULTS: dict[str, Any] = {
    "left": ["Nơi nhận:", "- Như trên;", "- Sở Nội vụ (b/c);", "- Lưu: VT, VP."],
    "authority": "",
    "title": "",
    "name": "Lê Văn Tám",
    "recipients": ["Như trên", "Sở Nội vụ (b/c)", "Lưu: VT, VP"],
    "forms": list(TAIL_FORMS),
}
ABOVE = [
    "BÁO CÁO",
    "Công tác y tế quý I năm 2024",
    "I. TÌNH HÌNH CHUNG",
    "Đơn vị đã tổ chức 05 lớp tập huấn; Giám đốc Sở đã trực tiếp kiểm tra tại 02 huyện.",
    "Trên đây là báo cáo công tác y tế quý I năm 2024 của Sở Y tế./.",
]
APPENDIX = ["PHỤ LỤC I", "DANH MỤC VĂN BẢN", "Kế hoạch năm 2024 của ngành."]


@pytest.mark.parametrize("below", [[], APPENDIX], ids=["end", "appendix"])
@pytest.mark.parametrize(("name", "form"), [(n, f) for n, c in CASES.items() for f in (DEFAULTS | c)["forms"]])
def test_signatures(name: str, form: str, below: list[str]) -> None:
    case = DEFAULTS | CASES[name]
    structure = read_structure(TAIL_FORMS[form](case["left"], case["right"], below, ABOVE), WORDS)
    fields = structure.fields
    found = (fields.signer_authority, fields.signer_title, fields.signer)
    assert found == (case["authority"], case["title"], case["name"])

    assert list(fields.recipients) == case["recipients"]
    assert not below or structure.appendix_start == structure.document.text.index("PHỤ LỤC I")


# left signer, right signer, and which of them gives the row
BESIDE = {
    "two offices": (
        ["KT. GIÁM ĐỐC SỞ Y TẾ", "PHÓ GIÁM ĐỐC", "", "Võ Thị Chín"],
        ["KT. GIÁM ĐỐC SỞ TÀI CHÍNH", "PHÓ GIÁM ĐỐC", "", "Lê Văn Tám"],
        ("KT. GIÁM ĐỐC SỞ Y TẾ", "PHÓ GIÁM ĐỐC", "Võ Thị Chín"),
    ),
    "two offices named above": (
        ["SỞ Y TẾ", "GIÁM ĐỐC", "", "Võ Thị Chín"],
        ["SỞ TÀI CHÍNH", "GIÁM ĐỐC", "", "Lê Văn Tám"],
        ("", "GIÁM ĐỐC", "Võ Thị Chín"),
    ),
    "two representatives": (
        ["ĐẠI DIỆN SỞ Y TẾ", "PHÓ GIÁM ĐỐC", "", "Võ Thị Chín"],
        ["ĐẠI DIỆN SỞ TÀI CHÍNH", "PHÓ GIÁM ĐỐC", "", "Lê Văn Tám"],
        ("ĐẠI DIỆN SỞ Y TẾ", "PHÓ GIÁM ĐỐC", "Võ Thị Chín"),
    ),
    "minutes": (["THƯ KÝ", "", "Võ Thị Chín"], ["CHỦ TRÌ", "", "Lê Văn Tám"], ("", "CHỦ TRÌ", "Lê Văn Tám")),
    "minutes, chair on the left": (
        ["CHỦ TRÌ", "", "Lê Văn Tám"],
        ["THƯ KÝ", "", "Võ Thị Chín"],
        ("", "CHỦ TRÌ", "Lê Văn Tám"),
    ),
    "writer of a table": (
        ["NGƯỜI LẬP BIỂU", "", "Võ Thị Chín"],
        ["THỦ TRƯỞNG ĐƠN VỊ", "", "Lê Văn Tám"],
        ("", "THỦ TRƯỞNG ĐƠN VỊ", "Lê Văn Tám"),
    ),
    "bookkeeper": (
        ["KẾ TOÁN TRƯỞNG", "", "Võ Thị Chín"],
        ["GIÁM ĐỐC", "", "Lê Văn Tám"],
        ("", "GIÁM ĐỐC", "Lê Văn Tám"),
    ),
    "confirmed by the commune": (
        ["TRƯỞNG THÔN", "", "Võ Thị Chín"],
        ["XÁC NHẬN CỦA UBND XÃ", "CHỦ TỊCH", "", "Lê Văn Tám"],
        ("", "TRƯỞNG THÔN", "Võ Thị Chín"),
    ),
}


# Of two columns the left one counts; typed tabs of unequal rows, and the right one first, are beyond telling.
@pytest.mark.parametrize("form", [form for form in TAIL_FORMS if form not in ("right_then_left", "typed_tabs")])
@pytest.mark.parametrize(("left", "right", "wanted"), BESIDE.values(), ids=BESIDE.keys())
def test_signers_side_by_side(left: list[str], right: list[str], wanted: tuple[str, str, str], form: str) -> None:
    structure = read_structure(TAIL_FORMS[form](left, right, APPENDIX, ABOVE), WORDS)
    fields = structure.fields
    assert (fields.signer_authority, fields.signer_title, fields.signer) == wanted
    assert structure.appendix_start == structure.document.text.index("PHỤ LỤC I")


@pytest.mark.parametrize(("left", "right", "wanted"), BESIDE.values(), ids=BESIDE.keys())
def test_signers_side_by_side_and_recipients(left: list[str], right: list[str], wanted: tuple[str, str, str]) -> None:
    structure = read_structure(in_cells(ABOVE, [DEFAULTS["left"], left, right]), WORDS)
    fields = structure.fields
    assert (fields.signer_authority, fields.signer_title, fields.signer) == wanted
    assert list(fields.recipients) == DEFAULTS["recipients"]


def test_a_list_of_staff_is_no_signature() -> None:
    staff = ["Chức vụ\tHọ và tên", "Giám đốc\tLê Văn Tám", "Kế toán\tVõ Thị Chín"]
    assert read_structure(document("\n".join([*ABOVE, *staff])), WORDS).fields.signer == ""


def test_in_a_chain_that_begins_with_the_writer_the_last_one_answers() -> None:
    chain = [
        ["NGƯỜI LẬP BIỂU", "", "CN. Võ Thị Chín"],
        ["TRƯỞNG PHÒNG KẾ HOẠCH", "", "Hồ Văn Bảy"],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Lê Văn Tám"],
    ]
    fields = read_structure(in_cells(ABOVE, chain), WORDS).fields
    assert (fields.signer_authority, fields.signer_title, fields.signer) == (
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Lê Văn Tám",
    )
