"""Pages drawn for the tests of scans, and Tesseracts that fail."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pdf_sketch import LEFT, RIGHT, Sketch
from PIL import Image
from reportlab.lib.pagesizes import A4

from pipeline.parsers.scan.engine import find_tesseract, languages

sys.path.insert(0, str(Path(__file__).parents[2] / "samples"))

needs_tesseract = pytest.mark.skipif(
    find_tesseract() is None, reason="tesseract with its data for vie is not installed"
)
needs_shell = pytest.mark.skipif(os.name == "nt" or not shutil.which("sh"), reason="sh is not installed")

HOCR = (
    "<div class='ocr_page'><span class='ocr_line' title=\"bbox 300 900 700 930; baseline 0 -6; x_size 30\">"
    "<span class='ocrx_word' title='bbox 300 900 360 930; x_wconf 96'>"
    "<span class='ocrx_cinfo' title='x_bboxes 300 900 325 924; x_conf 99.5'>đ</span>"
    "<span class='ocrx_cinfo' title='x_bboxes 330 908 345 930; x_conf 99.5'>ạ</span>"
    "<span class='ocrx_cinfo' title='x_bboxes 350 904 360 924; x_conf 99.5'>t</span></span>"
    "<span class='ocrx_word' title='bbox 375 900 430 930; x_wconf 95'>"
    "<span class='ocrx_cinfo' title='x_bboxes 375 900 400 924; x_conf 99.5'>1</span>"
    "<span class='ocrx_cinfo' title='x_bboxes 405 900 430 924; x_conf 61'>2</span></span></span></div>"
)
"""Two words, «đạt 12», of which the last figure is doubtful."""


def letterhead(number: str = "Số: 27/BC-STP", day: str = "Bến Cát, ngày 05 tháng 7 năm 2024") -> Sketch:
    """Return the first page of an invented office's report, drawn with words."""
    sketch = Sketch()
    sketch.centred(60, "UBND TỈNH BẾN CÁT", 12, middle=170)
    sketch.centred(60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True, middle=430)
    sketch.centred(77, "SỞ TƯ PHÁP", 12, bold=True, middle=170)
    sketch.centred(77, "Độc lập - Tự do - Hạnh phúc", 13, bold=True, middle=430)
    sketch.rule(350, 84, 510, 84)
    sketch.centred(104, number, 13, middle=170)
    sketch.centred(104, day, 13, middle=430)
    sketch.centred(150, "BÁO CÁO", 14, bold=True)
    sketch.centred(168, "Kết quả công tác hòa giải quý II năm 2024", 14, bold=True)
    sketch.paragraph(
        210,
        "Thực hiện Kế hoạch số 118/KH-UBND ngày 22/02/2024 của Ủy ban nhân dân tỉnh, Sở đã tổ chức 14 lớp tập huấn "
        "cho 1.275 hòa giải viên và cấp phát 3.400 cuốn sổ tay.",
    )
    return sketch


def table(sketch: Sketch, top: float, rows: list[tuple[str, ...]]) -> None:
    """Draw a ruled table."""
    columns = [LEFT + (RIGHT - LEFT) * at / len(rows[0]) for at in range(len(rows[0]) + 1)]
    sketch.grid(columns, [top + 22 * at for at in range(len(rows) + 1)])
    for down, row in enumerate(rows):
        for left, words in zip(columns, row, strict=False):
            sketch.text(left + 6, top + 22 * down + 16, words, 13)


def pictured(pdf: bytes, kind: str = "clean", seed: int = 1, **options: object) -> bytes:
    """Return a PDF as a scan of itself."""
    from scan_writer import pdf_to_scan

    return pdf_to_scan(pdf, kind, seed, **options)


def stamped(pdf: bytes, x: float, y: float, words: str) -> bytes:
    """Return the first page of a scan with words of a text layer put over it."""
    sketch, document = Sketch(), pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    file = BytesIO()
    image.save(file, "JPEG", quality=60)
    document.close()
    sketch.canvas.drawInlineImage(Image.open(file), 0, 0, *A4)
    sketch.text(x, y, words, 13)
    return sketch.data()


def fake_tesseract(folder: Path, script: str) -> str:
    """Return the path of a program that lists `vie` and then does what `script` says."""
    program = folder / "tesseract"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo list; echo vie; exit; fi\n{script}\n', encoding="utf-8"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    languages.cache_clear()
    return str(program)
