"""A whole report as LibreOffice prints it: `tests/data/pdf_report.pdf`, made by the script beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
import pytest

from pipeline.model import Block, BlockKind, Document
from pipeline.parsers.pdf import read_pdf

FILE = Path(__file__).parents[1] / "data" / "pdf_report.pdf"


@pytest.fixture(scope="module")
def report() -> Document:
    return read_pdf(FILE.read_bytes())


def text(report: Document, block: Block) -> str:
    return re.sub(" +", " ", report.text[block.start : block.end])


def test_the_report_is_read_in_order(report):
    flow = [text(report, b) for b in report.blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    assert [words[:45] for words in flow] == [
        *("UBND TỈNH AN THỊNH", "SỞ NGOẠI VỤ", "Số: /BC-SNgV"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Độc lập - Tự do - Hạnh phúc", "An Thịnh, ngày tháng 10 năm 2025"),
        *("BÁO CÁO", "Kết quả công tác đối ngoại quý III năm 2025"),
        "Thực hiện Kế hoạch số 142/KH-UBND ngày 15/01/2025 của tỉnh"[:45],
        *("I. BÁO CÁO", "1. Công tác lễ tân: đã đón, tiễn các đoàn khách chu đáo"[:45], "Chi tiết như sau:"),
        "Trên đây là báo cáo của cơ quan./.",
        *("Nơi nhận:", "- Như trên;", "- Các sở;", "- Lưu: VT."),
        *("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn An"),
    ]


def test_paragraphs_and_square_metres_are_whole(report):
    assert "đã chủ trì đón 12 đoàn khách, tổ chức trưng bày trên diện tích 27 m² tại trung tâm" in report.text


def test_bold_and_centred_lines_are_known(report):
    found = {text(report, b): (b.bold, b.centred) for b in report.blocks}
    assert found["BÁO CÁO"] == (True, True)
    assert found["Kết quả công tác đối ngoại quý III năm 2025"] == (False, True)
    assert found["SỞ NGOẠI VỤ"] == found["I. BÁO CÁO"] == (True, False)
    assert found["UBND TỈNH AN THỊNH"] == found["Chi tiết như sau:"] == (False, False)


def test_the_table_is_one_over_two_pages(report):
    cells = [b for b in report.blocks if b.kind is BlockKind.CELL]
    assert {b.table for b in cells} == {1}
    assert {report.page_at(b.start) for b in cells} == {1, 2}
    assert [text(report, b) for b in cells if b.row < 3] == [
        *("STT", "Cơ quan, đơn vị", "Số đoàn", "Đoàn vào", "Đoàn ra"),
    ]
    rows = [tuple(text(report, b) for b in cells if b.row == row) for row in range(3, 29)]
    assert rows == [(str(n), f"Đơn vị thứ {n} của tỉnh", str(3 * n), f"{n} đoàn") for n in range(1, 27)]


def test_footnotes_know_where_their_marks_stood(report):
    notes = [b for b in report.blocks if b.kind is BlockKind.FOOTNOTE]
    assert [report.text[b.content : b.end] for b in notes] == [
        "Theo Công văn số 15/UBND-NC ngày 05/7/2025.",
        "Gồm các đoàn khách đến từ tháng 7 đến tháng 9.",
    ]
    assert [report.text[: b.anchor].rsplit(" ", 2)[1:] for b in notes] == [["đoàn", "khách"], ["an", "toàn"]]


def test_every_word_of_the_report_stands_in_its_box(report):
    anchors = [b.anchor for b in report.blocks if b.anchor is not None]
    words = [
        word
        for word in re.finditer(r"[^\s\[\]²]+", report.text)
        if not any(word.start() <= anchor <= word.end() for anchor in anchors)
    ]
    with pdfplumber.open(FILE) as pdf:
        printed = [page.chars for page in pdf.pages]
    for word in words:
        (box,) = report.boxes(*word.span())
        inside = [
            c["text"]
            for c in sorted(printed[box.page - 1], key=lambda c: c["x0"])
            if box.left < (c["x0"] + c["x1"]) / 2 < box.right and box.top < c["bottom"] - 4 < box.bottom
        ]
        assert "".join(inside).strip() == word.group()


def test_lines_and_blocks_lie_in_order_and_hold_every_character(report):
    assert list(report.lines) == sorted(report.lines, key=lambda line: line.start)
    for before, after in zip(report.blocks, report.blocks[1:], strict=False):
        assert before.end < after.start
        assert not report.text[before.end : after.start].strip("\n\t")
    printed = set()
    for line in report.lines:
        assert len(line.edges) == 2 * (line.end - line.start)
        printed.update(range(line.start, line.end))
    assert all(report.text[at].isspace() for at in range(len(report.text)) if at not in printed)
