"""Letterheads with something unusual in them, in all forms that it may come in: the same fields whatever the form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from layout_forms import HEAD_FORMS

from pipeline.extract.structure import read_structure
from pipeline.extract.words import structure_words
from pipeline.rulebook import load_pack

WORDS = structure_words(load_pack("core"))
CASES: dict[str, dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "layouts/heads.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
DEFAULTS: dict[str, Any] = {
    "left": ["UBND TỈNH AN BÌNH", "SỞ Y TẾ", "Số: 142/BC-SYT"],
    "motto": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    "dated": "An Bình, ngày 05 tháng 3 năm 2024",
    "above": [],
    "title": ["BÁO CÁO", "Công tác y tế quý I năm 2024"],
    "number": "142/BC-SYT",
    "type": "Báo cáo",
    "subject": "Công tác y tế quý I năm 2024",
    "parent": "UBND TỈNH AN BÌNH",
    "issuer": "SỞ Y TẾ",
    "place": "An Bình",
    "date": "2024-03-05",
    "forms": list(HEAD_FORMS),
}
BODY = [
    "Thực hiện Công văn số 88/UBND-VX ngày 02/01/2024 của UBND tỉnh, đơn vị báo cáo kết quả như sau:",
    "I. TÌNH HÌNH CHUNG",
    "Đơn vị đã tổ chức 05 lớp tập huấn.",
]


@pytest.mark.parametrize(("name", "form"), [(n, f) for n, c in CASES.items() for f in (DEFAULTS | c)["forms"]])
def test_heads(name: str, form: str) -> None:
    case = DEFAULTS | CASES[name]
    right = [*case["motto"], case["dated"]] if case["dated"] else []
    below = [*case["above"], *case["title"], *BODY]
    fields = read_structure(HEAD_FORMS[form](case["left"], right, below), WORDS).fields
    found = (fields.number, fields.parent_issuer, fields.issuer, fields.place, fields.date)
    assert found == tuple(case[key] for key in ("number", "parent", "issuer", "place", "date"))
    symbol = case.get("symbol", re.sub(r"^\d+[a-z]?[/-](?:\d{4}/)?", "", case["number"]))
    assert (fields.symbol, fields.document_type, fields.subject) == (symbol, case["type"], case["subject"])
