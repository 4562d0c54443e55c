"""Pages that are pictures: read into the same text as the printed page, with places, sources and doubts."""

from __future__ import annotations

import pytest
from pdf_sketch import WORDS, Sketch
from scan_pages import letterhead, needs_tesseract, pictured, stamped, table

from pipeline.model import BlockKind
from pipeline.parsers.pdf import read_pdf

pytestmark = needs_tesseract

TABLE = [("TT", "Đơn vị", "Số lớp"), ("1", "Xã An Điền", "5"), ("2", "Xã Phú Hòa", "1"), ("3", "Phường Tân Lập", "12")]


def codes(document):
    return [problem.code for problem in document.problems]


def figures(text):
    return [word for word in text.split() if any(c.isdigit() for c in word)]


@pytest.mark.parametrize("kind", ["clean", "rough", "bilevel"])
def test_a_scan_reads_as_the_page_itself(kind):
    sketch = letterhead()
    table(sketch, 320, TABLE)
    printed = sketch.data()
    scan, page = read_pdf(pictured(printed, kind)), read_pdf(printed)
    assert figures(scan.text) == figures(page.text)
    read, printed_words = scan.text.split(), page.text.split()
    alike = sum(one == other for one, other in zip(read, printed_words, strict=True))
    assert alike >= 0.95 * len(read)  # a mark is lost here and there
    assert [b.kind for b in scan.blocks] == [b.kind for b in page.blocks]
    cells = [(b.row, b.column) for b in scan.blocks if b.kind is BlockKind.CELL]
    assert cells == [(b.row, b.column) for b in page.blocks if b.kind is BlockKind.CELL]
    assert (scan.text_source, scan.pages[0].text_source, codes(scan)) == ("ocr", "ocr", [])
    assert (page.text_source, page.confidence(0, len(page.text))) == ("text", None)


def test_every_word_keeps_its_box_and_confidence():
    printed = letterhead().data()
    scan, page = read_pdf(pictured(printed)), read_pdf(printed)
    for words in ("27/BC-STP", "118/KH-UBND", "1.275"):
        (there,), (here,) = (
            list(document.boxes(at, at + len(words)))
            for document, at in ((page, page.text.index(words)), (scan, scan.text.index(words)))
        )
        for side in ("left", "top", "right", "bottom"):
            assert abs(getattr(there, side) - getattr(here, side)) < 4, (words, side)
        start = scan.text.index(words)
        assert 0 < scan.confidence(start, start + len(words)) < 1


def test_pages_with_and_without_text_in_one_file_are_told_apart():
    import io

    import pypdf

    sketch, blank = Sketch(), Sketch()
    sketch.paragraph(60, WORDS)
    blank.page()
    writer = pypdf.PdfWriter()
    for data in (sketch.data(), pictured(letterhead().data()), pictured(blank.data())):
        writer.append(io.BytesIO(data))
    file = io.BytesIO()
    writer.write(file)
    document = read_pdf(file.getvalue())
    assert [page.text_source for page in document.pages] == ["text", "ocr", "text"]  # the third is blank
    assert (document.text_source, codes(document)) == ("mixed", [])
    assert document.confidence(0, 20) is None


def test_garbage_over_a_picture_is_replaced_and_a_stamp_is_merged():
    printed = letterhead(number="Số:      /BC-STP")
    scan = pictured(printed.data())
    document = read_pdf(stamped(scan, 150, 104, "31"))
    assert "Số:31/BC-STP" in document.text.replace(" ", "")
    assert document.text_source == "ocr"
    sketch = Sketch()
    sketch.paragraph(60, "uY BAN NgAN nAN LAMDONG " + "tgnqh xwkz ddsf jklm " * 12)
    assert codes(read_pdf(sketch.data())) == ["page.garbled"]  # its picture is no better


@pytest.mark.parametrize("kind", ["clean", "rough"])
def test_what_is_written_by_hand_stays_blank(kind):
    printed = letterhead("Số:          /BC-STP", "Bến Cát, ngày        tháng 7 năm 2024").data()
    hands = [(1, 142.0, 92.0, 170.0, 105.0), (1, 414.0, 92.0, 432.0, 105.0)]
    document = read_pdf(pictured(printed, kind, scribble=hands))
    head = document.text.split("BÁO CÁO")[0]
    number = next(line for line in head.split("\n") if "STP" in line)
    day = next(line for line in head.split("\n") if "2024" in line)
    assert not any(c.isdigit() for c in number)
    assert [word for word in day.split() if word.isdigit()] == ["7", "2024"]
    assert codes(document) == ["ocr.handwritten"] * 2
    for problem in document.problems:
        assert document.text[problem.start : problem.end] in (number, day)
        assert next(document.boxes(problem.start, problem.end)).page == 1
