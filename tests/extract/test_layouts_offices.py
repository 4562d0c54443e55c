"""Letterheads of all kinds of offices, each in all forms: the same fields whatever the form."""

from __future__ import annotations

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
    (Path(__file__).parent / "layouts/offices.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
MOTTOS = {
    "state": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    "party": ["ĐẢNG CỘNG SẢN VIỆT NAM"],
    "youth": ["ĐOÀN TNCS HỒ CHÍ MINH"],
}
DEFAULTS = {
    "motto": "state",
    "dated": "An Bình, ngày 05 tháng 3 năm 2024",
    "parent": "",
    "place": "An Bình",
}
BELOW = [
    "BÁO CÁO",
    "Kết quả công tác quý I năm 2024",
    "Thực hiện Công văn số 88/UBND-VX ngày 02/01/2024 của UBND tỉnh, đơn vị báo cáo kết quả như sau:",
    "I. TÌNH HÌNH CHUNG",
    "Đơn vị đã tổ chức 05 lớp tập huấn.",
]


@pytest.mark.parametrize("form", HEAD_FORMS)
@pytest.mark.parametrize("name", CASES)
def test_offices(name: str, form: str) -> None:
    case = DEFAULTS | CASES[name]
    right = [*MOTTOS[case["motto"]], case["dated"]]
    fields = read_structure(HEAD_FORMS[form](case["left"], right, BELOW), WORDS).fields
    found = (fields.number, fields.parent_issuer, fields.issuer, fields.place, fields.date, fields.subject)
    assert found == (case["number"], case["parent"], case["issuer"], case["place"], "2024-03-05", BELOW[1])
