"""Signatures of all kinds in all forms: the same signer and recipients whatever the form, and an appendix below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from layout_forms import TAIL_FORMS

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
