"""TCVN3 and VNI in web pages and workbooks: by the font's name where there is one, else by what makes syllables."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.parsers.html import read_html
from pipeline.parsers.xlsx import read_xlsx

SAMPLES = Path(__file__).parent.parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))
from legacy_writer import to_tcvn3, to_vni  # noqa: E402

sys.path.remove(str(SAMPLES))

WORDS = "Uỷ ban nhân dân huyện đã mở 07 lớp tập huấn nghiệp vụ cho 312 cán bộ, công chức ở các xã vùng sâu"


@pytest.mark.parametrize(("encode", "font"), [(to_tcvn3, ".VnTime"), (to_vni, "VNI-Times")])
@pytest.mark.parametrize("named", [True, False])
def test_a_web_page(encode, font, named):
    face = f' face="{font}"' if named else ""
    page = f"<html><body><p><font{face}>{encode(WORDS)}</font></p></body></html>"
    document = read_html(page.encode())
    assert document.text == WORDS
    assert [problem.code for problem in document.problems] == ["text.legacy"]


def test_a_word_in_two_fonts_of_which_one_has_capitals():
    page = f'<p><font face=".VnTimeH">{to_tcvn3("thứ nhấ")}</font><font face=".VnTimeH">t</font></p>'
    assert read_html(f"<html><body>{page}</body></html>".encode()).text == "THỨ NHẤT"


@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_a_workbook(encode):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_string(0, 0, encode(WORDS))
    book.close()
    assert read_xlsx(out.getvalue()).text == WORDS


def test_words_in_unicode_are_left_alone():
    document = read_html(f"<html><body><p>{WORDS}</p></body></html>".encode())
    assert (document.text, document.problems) == (WORDS, ())
