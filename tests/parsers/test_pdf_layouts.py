"""Letterheads and signatures of `tests/extract/layouts` printed in two columns of a PDF, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from pdf_sketch import LEFT, Sketch

from pipeline.extract.structure import Structure, read_structure
from pipeline.extract.words import structure_words
from pipeline.parsers.pdf import read_pdf
from pipeline.rulebook import load_pack

WORDS = structure_words(load_pack("core"))
LAYOUTS = Path(__file__).parents[1] / "extract/layouts"
OFFICES: dict[str, dict[str, Any]] = yaml.load((LAYOUTS / "offices.yaml").read_text("utf-8"), yaml.BaseLoader)
SIGNATURES: dict[str, dict[str, Any]] = yaml.load((LAYOUTS / "signatures.yaml").read_text("utf-8"), yaml.BaseLoader)
MOTTOS = {
    "state": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    "party": ["ĐẢNG CỘNG SẢN VIỆT NAM"],
    "youth": ["ĐOÀN TNCS HỒ CHÍ MINH"],
}
HEALTH = ["UBND TỈNH AN BÌNH", "SỞ Y TẾ", "Số: 142/BC-SYT"]
DATED = "An Bình, ngày 05 tháng 3 năm 2024"
TITLE = ["BÁO CÁO", "Kết quả công tác quý I năm 2024"]
RECIPIENTS = ["Nơi nhận:", "- Như trên;", "- Sở Nội vụ (b/c);", "- Lưu: VT, VP."]


def page(
    sketch: Sketch, left: Sequence[str], right: Sequence[str], recipients: Sequence[str], signed: Sequence[str]
) -> None:
    """Draw a report of one page; number and date stand side by side, a line for each line given."""
    names = next(at for at, line in enumerate(left) if line.startswith("Số"))
    below = 50 + 16 * max(names, len(right) - 1)
    for column, middle, lines in (("left", 165, left[:names]), ("right", 405, right[:-1])):
        for at, line in enumerate(lines):
            sketch.centred(50 + 16 * at, line, 10, bold=column == "right", middle=middle)
    for at, line in enumerate(left[names:]):
        sketch.centred(below + 16 * at, line, 12, middle=165)
    sketch.centred(below, right[-1], 12, middle=405)
    for at, line in enumerate(TITLE):
        sketch.centred(below + 60 + 18 * at, line, bold=True)
    y = sketch.paragraph(
        below + 110, "Thực hiện Công văn số 88/UBND-VX ngày 02/01/2024, đơn vị báo cáo kết quả như sau:"
    )
    sketch.text(LEFT, y, "I. TÌNH HÌNH CHUNG", bold=True)
    y = sketch.paragraph(y + 20, "Đơn vị đã tổ chức 05 lớp tập huấn.")
    for at, line in enumerate(recipients):
        sketch.text(LEFT, y + 20 + 14 * at, line, 11)
    for at, line in enumerate(signed):
        sketch.centred(y + 20 + 17 * at, line, 13, bold=True, middle=430)
    sketch.page()


def structure_of(sketch: Sketch) -> Structure:
    return read_structure(read_pdf(sketch.data()), WORDS)


@pytest.mark.parametrize("name", OFFICES)
def test_offices(name: str) -> None:
    case = OFFICES[name]
    sketch = Sketch()
    right = [*MOTTOS[case.get("motto", "state")], case.get("dated", DATED)]
    page(sketch, case["left"], right, RECIPIENTS, ["GIÁM ĐỐC", "", "", "Lê Văn Tám"])
    fields = structure_of(sketch).fields
    found = (fields.number, fields.parent_issuer, fields.issuer, fields.place, fields.date, fields.subject)
    place = case.get("place", "An Bình")
    assert found == (case["number"], case.get("parent", ""), case["issuer"], place, "2024-03-05", TITLE[1])
    assert (fields.signer, fields.signer_title) == ("Lê Văn Tám", "GIÁM ĐỐC")


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures(name: str) -> None:
    case = SIGNATURES[name]
    sketch = Sketch()
    page(sketch, HEALTH, [*MOTTOS["state"], DATED], case.get("left", RECIPIENTS), case["right"])
    fields = structure_of(sketch).fields
    found = (fields.signer_authority, fields.signer_title, fields.signer)
    assert found == (case.get("authority", ""), case.get("title", ""), case.get("name", "Lê Văn Tám"))
    assert list(fields.recipients) == case.get("recipients", ["Như trên", "Sở Nội vụ (b/c)", "Lưu: VT, VP"])


def test_two_papers_of_one_office() -> None:
    sketch = Sketch()
    right = [*MOTTOS["state"], DATED]
    for number in ("142", "143"):
        left = [line.replace("142", number) for line in HEALTH]
        page(sketch, left, right, RECIPIENTS, ["GIÁM ĐỐC", "", "", "Lê Văn Tám"])
    structure = structure_of(sketch)
    assert structure.fields.number == "142/BC-SYT"
    assert structure.fields.parent_issuer == "UBND TỈNH AN BÌNH"
    assert [(f.number, f.issuer, f.date) for f in structure.further] == [("143/BC-SYT", "SỞ Y TẾ", "2024-03-05")]
