"""Reports in fonts from before Unicode, whole or in part, in each format: the same text as in Unicode."""

from __future__ import annotations

import textwrap
from itertools import cycle

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.model import BlockKind
from pipeline.parsers.docx import read_docx
from pipeline.parsers.pdf import read_pdf
from pipeline.parsers.plain import read_text
from tests.parsers.pdf_sketch import Sketch
from tests.parsers.test_docx import cell, item, make_docx, para, run, table
from tests.text.test_legacy import HEADING, PARAGRAPHS, stored_tcvn3, stored_vni

REPORT = [
    "SỞ NÔNG NGHIỆP TỈNH LÂM HẢI",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 57/BC-SNN",
    "Lâm Hải, ngày 05 tháng 12 năm 2006",
    HEADING,
    *PARAGRAPHS,
    "Nơi nhận:",
    "- Lưu: VT, KH.",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
]
CODES = ["text.legacy"]
TCVN3, CAPITALS, VNI, TIMES = ".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman"
STORED = {TCVN3: stored_tcvn3, CAPITALS: stored_tcvn3, VNI: stored_vni, TIMES: str}


def in_font(text: str, font: str, properties: str = "") -> str:
    return run(STORED[font](text), f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>{properties}')


def paragraph_in(text: str, font: str) -> str:
    if font == TCVN3 and text.isupper():
        font = CAPITALS
    return para(in_font(text, font))


@pytest.mark.parametrize("fonts", [(TCVN3,), (VNI,), (TCVN3, VNI, TIMES), (TIMES, TCVN3), (VNI, TCVN3)], ids=" ".join)
def test_docx(fonts) -> None:
    body = "".join(paragraph_in(text, font) for text, font in zip(REPORT, cycle(fonts)))
    document = read_docx(make_docx(body))
    assert document.text.split("\n") == REPORT
    assert [problem.code for problem in document.problems] == CODES


def test_docx_in_unicode_has_no_notice() -> None:
    assert read_docx(make_docx("".join(paragraph_in(text, TIMES) for text in REPORT))).problems == ()


@pytest.mark.parametrize("stored", [stored_tcvn3, stored_vni])
def test_docx_whose_fonts_say_nothing(stored) -> None:
    document = read_docx(make_docx("".join(para(run(stored(text))) for text in REPORT)))
    assert document.text.split("\n") == REPORT
    assert [problem.code for problem in document.problems] == CODES


def test_docx_font_of_a_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr>'
        f'<w:rFonts w:ascii="{TCVN3}" w:hAnsi="{TCVN3}"/></w:rPr></w:style>'
    )
    document = read_docx(make_docx(para(run(stored_tcvn3("bé"))) + para(run("b\xe9")), styles=styles))
    assert document.text == "bé\nbộ"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([(VNI, "Baù"), (VNI, "o ca"), (VNI, "ùo")], "Báo cáo"),  # Word cuts runs anywhere
        ([(VNI, "Tö"), (VNI, "ø ngaøy")], "Từ ngày"),
        ([(TCVN3, "B"), (CAPITALS, "¸o"), (TCVN3, " c¸o")], "BÁO cáo"),
        ([(CAPITALS, "ñ"), (TCVN3, "y ban")], "Ủy ban"),
        ([(CAPITALS, "b¸o c¸o so 6")], "BÁO CÁO SO 6"),
        ([(TCVN3, "T¹i "), (TIMES, "Đà Lạt"), (VNI, ", Ñaø Naüng")], "Tại Đà Lạt, Đà Nẵng"),
        ([(TCVN3, "Hội nghị ë HuyÖn")], "Hội nghị ở Huyện"),  # Unicode typed on in the old font
        ([(TCVN3, "\uf042\uf0b8\uf06f c\uf0b8o")], "Báo cáo"),  # kept as a font of symbols
        ([(TCVN3, "nh\xad ®\xad\xeec")], "như được"),
        ([(TIMES, "Côte d'Ivoire, café "), (TCVN3, "vµ chÌ")], "Côte d'Ivoire, café và chè"),
    ],
)
def test_docx_runs(runs, text) -> None:
    fonts = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    body = para("".join(run(words, fonts.format(font)) for font, words in runs))
    assert read_docx(make_docx(body)).text == text


def test_docx_signs_of_an_old_font() -> None:
    sign = '<w:r><w:sym w:font=".VnTime" w:char="F0B8"/></w:r>'
    assert read_docx(make_docx(para(in_font("B", TCVN3) + sign + in_font("o", TCVN3)))).text == "Báo"


def test_docx_font_above_ascii_alone() -> None:
    properties = f'<w:rFonts w:ascii="{TIMES}" w:hAnsi="{TCVN3}"/>'
    assert read_docx(make_docx(para(run("bé x·", properties)))).text == "bộ xã"


def test_docx_every_part() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = para(in_font("Người", VNI) + in_font(" đã về", VNI) + call + in_font(" những xã ở xa", VNI))
    body += table(cell(para(in_font("Đơn vị", TCVN3))) + cell(para(in_font("Số lượng", VNI))))
    body += item(in_font("Về tổ chức", TCVN3))
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level.format(stored_tcvn3("Chương %1."))}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    footnotes = f'<w:footnote w:id="2">{para(in_font("Kể cả người lưu trú", VNI))}</w:footnote>'
    header = para(in_font("Uỷ ban nhân dân xã", TCVN3))
    body += '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    document = read_docx(make_docx(body, numbering=numbering, footnotes=footnotes, header1=header))
    assert document.text == (
        "Người đã về những xã ở xa\nĐơn vị\tSố lượng\nChương 1. Về tổ chức\n[1] Kể cả người lưu trú\nUỷ ban nhân dân xã"
    )
    note = next(block for block in document.blocks if block.kind is BlockKind.FOOTNOTE)
    assert document.text[: note.anchor] == "Người đã về"
    assert [problem.code for problem in document.problems] == CODES


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("stored", [stored_tcvn3, stored_vni])
@pytest.mark.parametrize("markdown", [False, True])
def test_text_files(stored, encoding, markdown) -> None:
    text = "\n\n".join(REPORT)
    document = read_text(stored(text).encode(encoding), markdown)
    expected = read_text(text.encode(), markdown)
    assert document.text == expected.text
    assert document.blocks == expected.blocks
    assert [problem.code for problem in document.problems] == CODES


def test_a_mixed_text_file() -> None:
    mixed = "\n".join(stored(text) for text, stored in zip(REPORT, cycle((stored_tcvn3, stored_vni, str))))
    document = read_text(mixed.encode(), markdown=False)
    assert document.text == read_text("\n".join(REPORT).encode(), markdown=False).text
    assert [problem.code for problem in document.problems] == CODES


def test_an_english_text_file_in_latin_1_is_left() -> None:
    text = "The café in Côte d'Ivoire, © 2024, sells naïve résumés at 5 µm."
    assert read_text(text.encode("utf-8"), markdown=False).text == text


def named_font(name: str) -> str:
    """Return a font for drawing that says in the file that its name is `name`."""
    font = TTFont(name, pdfmetrics.getFont("Regular").face.filename)
    font.face.name = name.encode()
    pdfmetrics.registerFont(font)
    return name


def drawn(texts, fonts) -> bytes:
    """Draw a line a text, in an old font by its name."""
    sketch = Sketch()
    for n, (text, font) in enumerate(zip(texts, cycle(fonts))):
        name = named_font(font.strip(".").replace(" ", "")) if font else "Regular"
        sketch.canvas.setFont(name, 12)
        sketch.canvas.drawString(80, 780 - 24 * n, text)
    return sketch.data()


LINES = textwrap.wrap(" ".join(PARAGRAPHS), 60)[:30]


@pytest.mark.parametrize(
    ("font", "stored"), [(TCVN3, stored_tcvn3), (VNI, stored_vni), ("", stored_tcvn3), ("", stored_vni)]
)
def test_pdf(font, stored) -> None:
    document = read_pdf(drawn([stored(line) for line in LINES], [font]))
    assert document.text.split() == " ".join(LINES).split()
    assert [problem.code for problem in document.problems] == CODES
    for line in document.lines:
        assert len(line.edges) == 2 * (line.end - line.start)
        lefts = line.edges[::2]
        assert list(lefts) == sorted(lefts)


def test_pdf_letters_of_two_take_the_place_of_both() -> None:
    (line,) = read_pdf(drawn(["Baùo caùo"], [VNI])).lines
    plain = pdfmetrics.stringWidth("Ba", "Regular", 12), pdfmetrics.stringWidth("Baù", "Regular", 12)
    assert line.edges[3] == pytest.approx(80 + plain[1], abs=0.5)
    assert line.edges[4] == pytest.approx(80 + plain[1], abs=0.5)


def test_pdf_mixed_and_in_capitals() -> None:
    texts = [
        "Đoàn công tác đã về những xã ở vùng sâu",
        "bé B¸o c¸o so 6",
        stored_vni("Người dân được cấp đủ nước sạch"),
    ]
    document = read_pdf(drawn(texts, ["", CAPITALS, VNI]))
    assert document.text.split("\n") == [texts[0], "BỘ BÁO CÁO SO 6", "Người dân được cấp đủ nước sạch"]


def test_pdf_letters_of_another_script_keep_their_places() -> None:
    sketch = Sketch()
    sketch.text(80, 100, "Số 12/ВС-UBND về Ƣu tiên")
    (line,) = read_pdf(sketch.data()).lines
    sketch = Sketch()
    end = sketch.text(80, 100, "Số 12/")
    document = read_pdf(sketch.data())
    assert document.text == "Số 12/"
    assert line.edges[2 * len("Số 12/")] == pytest.approx(end, abs=0.5)
    assert len(line.edges) == 2 * (line.end - line.start)


def test_pdf_whose_old_letter_is_drawn_as_a_hyphen() -> None:
    sketch = Sketch()
    for n, line in enumerate(["Thực hiện chương trình được hướng dẫn như cũ", "thư từ, tư liệu về lưu trữ ở Sở"]):
        sketch.canvas.setFont("Times-Roman", 12)  # a font of Windows-1252, where the soft hyphen is a hyphen
        sketch.canvas.drawString(80, 780 - 24 * n, stored_tcvn3(line))
    text = read_pdf(sketch.data()).text
    assert " ".join(text.split()) == "Thực hiện chương trình được hướng dẫn như cũ thư từ, tư liệu về lưu trữ ở Sở"


def test_docx_of_libreoffice_has_the_soft_hyphen_as_an_element() -> None:
    """TCVN3 has `ư` where Windows-1252 has the soft hyphen: «ng­êi»."""
    old = '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
    words = f"<w:r>{old}<w:t>1.200 l</w:t></w:r><w:r>{old}<w:softHyphen/></w:r><w:r>{old}<w:t>ît ng</w:t></w:r>"
    words += f"<w:r>{old}<w:softHyphen/><w:t>êi</w:t></w:r>"
    assert read_docx(make_docx(para(words))).text == "1.200 lượt người"
    usual = "<w:r><w:t>báo</w:t></w:r><w:r><w:softHyphen/></w:r><w:r><w:t> cáo</w:t></w:r>"
    assert read_docx(make_docx(para(usual))).text == "báo cáo"
