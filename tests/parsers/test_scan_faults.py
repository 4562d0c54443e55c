"""Tesseract missing, crashing, hanging, talking nonsense: the page is a problem, the rest is read."""

from __future__ import annotations

import time

import pytest
from pdf_sketch import WORDS, Sketch
from scan_pages import HOCR, fake_tesseract, letterhead, needs_shell, pictured

from pipeline.extract import extract
from pipeline.parsers.pdf import read_pdf
from pipeline.parsers.scan import engine
from pipeline.parsers.scan.canvas import columns
from pipeline.parsers.scan.engine import OcrError, Tesseract, find_tesseract
from pipeline.parsers.scan.hocr import hocr_to_words
from pipeline.parsers.scan.picture import Picture, ink_of
from pipeline.problems import CATALOGUE, ParseError
from pipeline.rulebook import load_pack


@pytest.fixture(scope="module")
def mixed():
    """A page of text, then the picture of one."""
    import io

    import pypdf

    sketch = Sketch()
    sketch.paragraph(60, WORDS)
    writer = pypdf.PdfWriter()
    for data in (sketch.data(), pictured(letterhead().data())):
        writer.append(io.BytesIO(data))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def problem_of(data):
    (problem,) = read_pdf(data).problems
    return problem.code, dict(problem.detail)


@pytest.mark.parametrize("program", ["/nowhere/tesseract", ""])
def test_without_tesseract_the_page_says_what_to_install(mixed, monkeypatch, program):
    monkeypatch.setenv("BAOCAO_TESSERACT", program)
    monkeypatch.setenv("PATH", "")
    code, detail = problem_of(mixed)
    assert (code, detail) == ("page.no_text", {"page": "2"})
    assert all("Tesseract" in words and "vie" in words for words in (CATALOGUE[code].vi, CATALOGUE[code].en))
    with pytest.raises(ParseError) as raised:
        read_pdf(pictured(letterhead().data()))
    assert raised.value.problem.code == "file.no_text"


@needs_shell
def test_without_vietnamese_it_is_as_if_it_were_not_there(mixed, monkeypatch, tmp_path):
    program = fake_tesseract(tmp_path, "exit 0")
    (tmp_path / "tesseract").write_text('#!/bin/sh\necho "List of languages (1):"\necho eng\n')
    monkeypatch.setenv("BAOCAO_TESSERACT", program)
    engine.languages.cache_clear()
    assert find_tesseract() is None
    assert problem_of(mixed)[0] == "page.no_text"


@needs_shell
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("cat > /dev/null; echo 'out of memory' >&2; exit 1", "out of memory"),
        ("kill -9 $$", "exit status -9"),
        ("cat > /dev/null; echo level page_num block_num", "its answer is no hOCR"),
        ("cat > /dev/null; printf '\\377\\376\\000'", "its answer is no hOCR"),
    ],
)
def test_a_tesseract_that_fails_costs_its_page_alone(mixed, monkeypatch, tmp_path, script, reason):
    monkeypatch.setenv("BAOCAO_TESSERACT", fake_tesseract(tmp_path, script))
    assert problem_of(mixed) == ("ocr.failed", {"page": "2", "reason": reason})
    assert read_pdf(mixed).text.startswith(WORDS[:20])


@needs_shell
def test_a_tesseract_that_hangs_is_killed(tmp_path):
    hanging = Tesseract(fake_tesseract(tmp_path, "exec sleep 60"), seconds=0.3)
    start = time.monotonic()
    with pytest.raises(OcrError, match="no answer"):
        hanging.read(_paper(), 200, 4)
    assert time.monotonic() - start < 20


@needs_shell
def test_a_value_read_without_confidence_is_a_problem_with_its_place(monkeypatch, tmp_path):
    (tmp_path / "answer").write_text(HOCR, encoding="utf-8")
    script = f'cat > /dev/null; cat "{tmp_path}/answer"'
    monkeypatch.setenv("BAOCAO_TESSERACT", fake_tesseract(tmp_path, script))
    document = read_pdf(pictured(letterhead().data()))
    assert document.text == "đạt 12"
    assert document.confidence(0, 5) == pytest.approx(0.95, abs=0.001)
    assert document.confidence(4, 6) == pytest.approx(0.61, abs=0.001)
    (problem,) = (p for p in extract(document, load_pack("core")).problems if p.code == "ocr.uncertain")
    assert (problem.start, problem.end, dict(problem.detail)) == (4, 6, {"text": "12", "share": "61%"})
    (box,) = document.boxes(4, 6)
    assert (round(box.left), round(box.right)) == (135, 155)


def test_words_of_hocr():
    _, word = hocr_to_words(HOCR)
    assert (word.text, word.base, word.sure) == ("12", 924, 0.95)
    assert [(letter.left, letter.right, letter.sure) for letter in word.letters] == [
        (375, 400, 0.995),
        (405, 430, 0.61),
    ]


def test_a_blank_picture_is_no_columns():
    assert list(columns(ink_of(_paper()), 200)) == []
    assert Picture(_paper(), 200).points == 0.36


def _paper():
    import numpy as np

    return np.full((400, 300), 255, dtype=np.uint8)
