"""Whatever bytes come in: a Document or a ParseError, and never half a report without a word."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_sketch import WORDS, Sketch
from reportlab.lib.pdfencrypt import StandardEncryption

from pipeline.model import Document
from pipeline.parsers.pdf import plumber as pdf_plumber
from pipeline.parsers.pdf import read_pdf
from pipeline.problems import ParseError


def report(pages: int = 3, **options: object) -> bytes:
    sketch = Sketch(**options)
    for page in range(pages):
        sketch.paragraph(60, f"{page + 1}. {WORDS}")
        sketch.grid((85, 200, 300), (300, 320, 340))
        sketch.text(90, 315, "Sở Ngoại vụ")
        sketch.text(210, 315, "12 đoàn")
        sketch.text(90, 335, "Sở Tư pháp")
        sketch.page()
    return sketch.data()


WHOLE = report()


def code(data: bytes) -> str:
    with pytest.raises(ParseError) as raised:
        read_pdf(data)
    return raised.value.problem.code


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"%PDF-1.4\n%%EOF\n", bytes(5000)])
def test_what_is_no_pdf_is_damaged(data):
    assert code(data) == "file.damaged"


@pytest.mark.parametrize("share", [n / 20 for n in range(1, 20)])
def test_a_file_cut_off_is_damaged_and_not_read_in_part(share):
    assert code(WHOLE[: int(share * len(WHOLE))]) == "file.damaged"


def test_an_update_cut_off_is_damaged_though_the_old_pages_are_whole():
    assert code(WHOLE + b"\n99 0 obj\n<< /Type /Page /Parent 1 0 R") == "file.damaged"


def test_a_password_is_asked_for_by_name():
    assert code(report(encrypt=StandardEncryption("secret", ownerPassword="owner"))) == "file.encrypted"


def test_a_file_that_only_forbids_printing_is_read():
    data = report(encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    assert len(read_pdf(data).pages) == 3


def test_a_file_with_a_mail_footer_behind_its_end_is_read():
    assert len(read_pdf(WHOLE + b"\r\n--\r\nGui tu dien thoai\r\n" * 200).pages) == 3


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, len(WHOLE)), st.booleans())
def test_any_bytes_make_a_document_or_a_parse_error(noise, at, insert):
    data = WHOLE[:at] + noise + WHOLE[at if insert else at + len(noise) :]
    try:
        with patch(
            "pipeline.parsers.scan.pages.find_tesseract", lambda: None
        ):  # what is garbled would be read as a scan
            assert isinstance(read_pdf(data), Document)
    except ParseError as error:
        assert error.problem.code.startswith("file.")


def test_words_stay_where_pdfplumber_fails(monkeypatch):
    def fail(page: object) -> list[object]:
        raise ValueError("a table of no rows")

    monkeypatch.setattr(pdf_plumber, "_edges_to_boxes", fail)
    monkeypatch.setattr(pdf_plumber, "_cell_boxes", fail)
    text = read_pdf(WHOLE).text
    assert text.count("Sở Ngoại vụ") == 3
    assert text.count("12 đoàn") == 3


def test_a_page_tree_that_miscounts_is_told():
    lied = WHOLE.replace(b"/Count 3", b"/Count 1")
    assert lied != WHOLE
    document = read_pdf(lied)
    assert len(document.pages) == 1
    assert [(p.code, dict(p.detail)) for p in document.problems] == [("file.pages", {"read": "1", "pages": "3"})]


def test_pages_that_were_deleted_are_not_missing():
    left = WHOLE.replace(b"xref\n", b"90 0 obj\n<< /Type /Page /Parent 99 0 R >>\nendobj\nxref\n", 1)
    document = read_pdf(left)
    assert len(document.pages) == 3
    assert not any(problem.code == "file.pages" for problem in document.problems)


@pytest.mark.parametrize(("size", "kept"), [(14.0, 1), (0.0, 0), (1e-320, 0), (float("inf"), 0), (float("nan"), 0)])
def test_letters_of_no_size_are_not_there_to_be_read(size, kept):
    letter = {
        "text": "a",
        "upright": True,
        "size": size,
        "x0": 10,
        "x1": 16,
        "fontname": "",
        "matrix": (1, 0, 0, 1, 0, 700),
    }
    page = SimpleNamespace(chars=[letter], cropbox=(0, 0, 595, 842), bbox=(0, 0, 595, 842), rotation=0)
    assert len(pdf_plumber._characters(page)) == kept
