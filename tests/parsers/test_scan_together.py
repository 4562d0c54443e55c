"""Pages that follow each other are read in one call of Tesseract, and as each is read by itself."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pypdf
import pytest
from pdf_sketch import WORDS, Sketch
from scan_pages import HOCR, fake_tesseract, letterhead, needs_shell, needs_tesseract, pictured, table

from pipeline.parsers.pdf import read_pdf
from pipeline.parsers.scan import pages
from pipeline.parsers.scan.engine import OcrError, Tesseract, find_tesseract

PAPER = np.full((401, 301), 255, dtype=np.uint8)


def bound(files: Sequence[bytes]) -> bytes:
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    for data in files:
        writer.append(io.BytesIO(data))
    writer.write(file)
    return file.getvalue()


def with_table(rows: list[tuple[str, ...]]) -> bytes:
    sketch = Sketch()
    sketch.paragraph(60, WORDS)
    table(sketch, 320, rows)
    return sketch.data()


@needs_tesseract
def test_pages_read_together_are_as_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    text, blank = Sketch(), Sketch()
    blank.text(60, 60, " ", 13)
    text.paragraph(60, WORDS)
    rows = [("TT", "Đơn vị", "Số lớp"), ("1", "Xã An Điền", "5"), ("2", "Xã Phú Hòa", "1")]
    scans = [letterhead().data(), with_table(rows), blank.data(), with_table(rows[:2] * 2), letterhead().data()]
    file = bound([*(pictured(scan, "rough", at) for at, scan in enumerate(scans)), text.data(), pictured(scans[0])])
    together = read_pdf(file)
    assert [page.text_source for page in together.pages] == ["ocr", "ocr", "text", "ocr", "ocr", "text", "ocr"]
    monkeypatch.setattr(pages, "_TOGETHER", 1)
    assert read_pdf(file) == together


@needs_tesseract
def test_pictures_of_one_call_have_the_answers_of_their_own() -> None:
    tesseract = find_tesseract()
    assert tesseract
    dark = PAPER.copy()
    dark[100:120, 50:250] = 0
    boxes = [answer.count("ocr_page") for answer in tesseract.read_all([PAPER, dark, PAPER[:7]], 200, 6) if answer]
    assert boxes == [1, 1, 1]


@needs_shell
def test_an_answer_for_too_few_pictures_is_not_taken(tmp_path) -> None:
    (tmp_path / "answer").write_text(HOCR, encoding="utf-8")
    single = Tesseract(fake_tesseract(tmp_path, f'cat > /dev/null; cat "{tmp_path}/answer"'))
    assert single.read_all([PAPER, PAPER], 200, 4) == [HOCR, HOCR]


@needs_shell
def test_a_picture_that_fails_costs_no_other(tmp_path) -> None:
    # It fails on a TIFF and on pictures of 7 pixels, which it finds in the first bytes that it is given.
    script = f"""head -c 12 > "{tmp_path}/head"; cat > /dev/null
    case "$(cat "{tmp_path}/head")" in P5*7\\ 255*) echo "too small" >&2; exit 1;; P5*) cat "{tmp_path}/answer";;
    *) exit 1;; esac"""
    (tmp_path / "answer").write_text(HOCR, encoding="utf-8")
    failing = Tesseract(fake_tesseract(tmp_path, script))
    first, second, third = failing.read_all([PAPER, PAPER[:7], PAPER], 200, 4)
    assert (first, third) == (HOCR, HOCR)
    assert isinstance(second, OcrError) and second.reason == "too small"
