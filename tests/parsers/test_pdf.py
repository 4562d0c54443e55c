"""What the PDF parser makes of one thing at a time; every page is drawn here."""

from __future__ import annotations

import random
import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from pdf_sketch import INDENT, LEFT, PITCH, RIGHT, WORDS, Sketch
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.model import Block, BlockKind, Document
from pipeline.parsers.pdf import read_pdf
from pipeline.problems import CATALOGUE, ParseError


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def cells(document: Document) -> list[tuple[int, int, int, str]]:
    return [
        (b.table, b.row, b.column, document.text[b.start : b.end]) for b in document.blocks if b.kind is BlockKind.CELL
    ]


def block_of(document: Document, words: str) -> Block:
    return next(b for b in document.blocks if document.text[b.start : b.end] == words)


def letterhead(sketch: Sketch) -> None:
    sketch.centred(60, "UBND TỈNH AN THỊNH", 13, middle=165)
    sketch.centred(76, "SỞ NGOẠI VỤ", 13, bold=True, middle=165)
    sketch.rule(140, 80, 190, 80)
    sketch.text(100, 100, "Số:", 13)
    sketch.text(160, 100, "/BC-SNgV", 13)
    sketch.centred(60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, middle=405)
    sketch.centred(77.5, "Độc lập - Tự do - Hạnh phúc", 14, bold=True, middle=405)
    sketch.rule(330, 82, 480, 82)
    end = sketch.text(330, 101, "An Thịnh, ngày", 13)
    sketch.text(end + 24, 101, "tháng 10 năm 2025", 13)


LETTERHEAD = [
    "UBND TỈNH AN THỊNH",
    "SỞ NGOẠI VỤ",
    "Số: /BC-SNgV",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "An Thịnh, ngày tháng 10 năm 2025",
]


def test_the_left_column_of_the_letterhead_comes_before_the_right_one():
    sketch = Sketch()
    letterhead(sketch)
    sketch.centred(140, "BÁO CÁO", bold=True)
    sketch.paragraph(170, WORDS)
    document = read_pdf(sketch.data())
    assert [re.sub(" +", " ", text) for text in texts(document)] == [*LETTERHEAD, "BÁO CÁO", WORDS]


def test_blanks_to_be_filled_by_hand_stay_wide():
    sketch = Sketch()
    letterhead(sketch)
    found = "\n".join(texts(read_pdf(sketch.data())))
    assert re.search(r"Số: {2,}/BC-SNgV", found)
    assert re.search(r"ngày {2,}tháng 10 năm 2025", found)


def test_the_recipients_come_before_the_signature():
    sketch = Sketch()
    y = sketch.paragraph(60, WORDS)
    sketch.centred(y + 22, "KT. GIÁM ĐỐC", bold=True, middle=430)
    for at, words in enumerate(("Nơi nhận:", "- Như trên;", "- Lãnh đạo Sở;", "- Các phòng;", "- Lưu: VT.")):
        sketch.text(LEFT, y + 22 + 13 * at, words, 11)
    sketch.centred(y + 39, "PHÓ GIÁM ĐỐC", bold=True, middle=430)
    sketch.centred(y + 110, "Nguyễn Văn Mẫu", bold=True, middle=430)
    assert texts(read_pdf(sketch.data()))[1:] == [
        *("Nơi nhận:", "- Như trên;", "- Lãnh đạo Sở;", "- Các phòng;", "- Lưu: VT."),
        *("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Mẫu"),
    ]


def test_centred_titles_are_known_by_place_and_weight():
    sketch = Sketch()
    sketch.centred(60, "BÁO CÁO", bold=True)
    sketch.centred(80, "(Bản dự thảo lần thứ hai)")
    for at in range(4):
        sketch.paragraph(120 + 100 * at, WORDS)
    document = read_pdf(sketch.data())
    set_as = [(b.bold, b.centred) for b in document.blocks]
    assert set_as == [(True, True), (False, True)] + [(False, False)] * 4


def test_paragraphs_are_joined_over_lines_and_parted_at_indents():
    sketch = Sketch()
    y = 60.0
    for _ in range(3):
        y = sketch.paragraph(y, WORDS)
    assert texts(read_pdf(sketch.data())) == [WORDS] * 3


def test_paragraphs_without_indents_are_parted_where_a_line_is_short():
    sketch = Sketch()
    y = 60.0
    for _ in range(3):
        y = sketch.paragraph(y, WORDS, indent=0)
    assert texts(read_pdf(sketch.data())) == [WORDS] * 3


def test_a_paragraph_goes_on_over_the_page():
    sketch = Sketch()
    words = f"{WORDS}, {WORDS.lower()}"
    y = sketch.paragraph(60, WORDS)
    lines = words.split(" ")
    half = next(n for n in range(20, 60) if _ends_full(lines[:n], lines[n]))
    sketch.paragraph(y, " ".join(lines[:half]))
    sketch.page()
    sketch.centred(40, "2")
    sketch.paragraph(60, " ".join(lines[half:]), indent=0)
    sketch.paragraph(300, WORDS)
    assert texts(read_pdf(sketch.data())) == [WORDS, words, WORDS]


def _ends_full(words: list[str], following: str) -> bool:
    """Tell whether these words end their last line so that the following has no room in it."""
    lines = [Sketch().paragraph(0, " ".join(part)) for part in (words, [*words, following])]
    return lines[1] > lines[0]


def test_list_items_begin_after_their_label():
    sketch = Sketch()
    y = sketch.paragraph(60, WORDS)
    for label in ("1. ", "a) ", "- "):
        y = sketch.paragraph(y, label + WORDS)
    document = read_pdf(sketch.data())
    items = [b for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [document.text[b.start : b.content] for b in items] == ["1. ", "a) ", "- "]
    assert {document.text[b.content : b.end] for b in items} == {WORDS}


@pytest.mark.parametrize(
    ("end", "start", "joined"),
    [
        ("theo Quyết định số 212/QĐ-", "UBND ngày 05/01/2025", "số 212/QĐ-UBND ngày"),
        ("theo Nghị quyết số 19-", "NQ/TW của Trung ương", "số 19-NQ/TW của"),
        ("theo Kế hoạch số 142/", "KH-UBND của tỉnh", "số 142/KH-UBND của"),
        ("trong cả giai đoạn 2021-", "2025 của tỉnh", "đoạn 2021-2025 của"),
        ("với các địa phương của Lào -", "Việt Nam tại", "Lào - Việt Nam"),
        ("trên địa bàn của cả tỉnh", "An Thịnh trong năm", "tỉnh An Thịnh"),
    ],
)
def test_a_number_broken_over_lines_is_whole_again(end, start, joined):
    sketch = Sketch()
    y = sketch.paragraph(60, WORDS)
    sketch.text(RIGHT - sketch.text(0, 2000, end), y, end)
    sketch.text(LEFT + INDENT, y, "Thực hiện tốt công tác")
    sketch.paragraph(y + PITCH, start, indent=0)
    assert joined in read_pdf(sketch.data()).text


def test_page_numbers_go_and_running_heads_are_kept_once_at_the_end():
    sketch = Sketch()
    body = [f"Tháng {page} năm nay, {WORDS}" for page in ("Giêng", "Hai", "Ba", "Tư")]
    for page, words in enumerate(body, 1):
        sketch.text(LEFT, 40, "Báo cáo tháng 9 của Sở Ngoại vụ", 10)
        sketch.paragraph(100, words)
        sketch.centred(810, f"Trang {page}/4", 10)
        sketch.page()
    document = read_pdf(sketch.data())
    assert texts(document) == [*body, "Báo cáo tháng 9 của Sở Ngoại vụ"]
    assert document.blocks[-1].kind is BlockKind.HEADER


def test_a_title_that_opens_two_pages_is_no_running_head():
    sketch = Sketch()
    for number in ("I", "II"):
        sketch.centred(80, f"PHỤ LỤC {number}", bold=True)
        sketch.centred(100, "(Kèm theo báo cáo)")
        sketch.paragraph(130, WORDS)
        sketch.page()
    assert texts(read_pdf(sketch.data())).count("(Kèm theo báo cáo)") == 2


def _with_note(sketch: Sketch, y: float, mark: str, note: str) -> None:
    sketch.paragraph(y, WORDS)
    end = sketch.text(LEFT, y + 100, "theo Quyết định của tỉnh An Thịnh")
    end = sketch.text(end, y + 95, mark, 8)
    sketch.text(end, y + 100, ". Sau đó")
    sketch.rule(LEFT, 740, LEFT + 144, 740)
    end = sketch.text(LEFT, 756, mark, 6.5)
    sketch.text(end + 2, 760, note, 10)
    sketch.text(LEFT, 773, "của Ủy ban nhân dân tỉnh.", 10)


@pytest.mark.parametrize("second", ["1", "2"])
def test_footnotes_stand_after_the_body_and_know_their_mark(second):
    sketch = Sketch()
    _with_note(sketch, 80, "1", "Quyết định số 12/QĐ-UBND ngày 05/01/2025")
    sketch.page()
    _with_note(sketch, 80, second, "Quyết định số 13/QĐ-UBND ngày 06/01/2025")
    document = read_pdf(sketch.data())
    notes = [b for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
    assert [document.text[b.start : b.end] for b in notes] == [
        "[1] Quyết định số 12/QĐ-UBND ngày 05/01/2025 của Ủy ban nhân dân tỉnh.",
        f"[{second}] Quyết định số 13/QĐ-UBND ngày 06/01/2025 của Ủy ban nhân dân tỉnh.",
    ]
    assert document.blocks[-2:] == tuple(notes)
    for note in notes:
        assert document.text[note.content :].startswith("Quyết định")
        assert document.text[: note.anchor].endswith("tỉnh An Thịnh")
        assert document.text[note.anchor :].startswith(". Sau đó")
    assert [document.page_at(note.anchor) for note in notes] == [1, 2]


@pytest.mark.parametrize(
    ("word", "raised", "read"),
    [("27m", "2", "27m²"), ("150 m", "3", "150 m³"), ("4 km", "2", "4 km²"), ("10", "6", "10⁶")],
)
def test_powers_are_no_footnote_marks(word, raised, read):
    sketch = Sketch()
    end = sketch.text(LEFT, 60, word)
    end = sketch.text(end, 55, raised, 8)
    sketch.text(end + 4, 60, "diện tích")
    assert read_pdf(sketch.data()).text == f"{read} diện tích"


COLUMNS = (85.0, 120.0, 300.0, 380.0, 460.0)


def _head(sketch: Sketch, y: float) -> None:
    """Draw a head of two rows: STT and Đơn vị over both, Số lượng over two columns."""
    merged = [(85.0, y + 20, 120.0, y + 20), (120.0, y + 20, 300.0, y + 20), (380.0, y, 380.0, y + 20)]
    sketch.grid(COLUMNS, (y, y + 20, y + 40), merged)
    sketch.text(90, y + 24, "STT", 12, bold=True)
    sketch.text(130, y + 24, "Đơn vị", 12, bold=True)
    sketch.text(320, y + 14, "Số lượng", 12, bold=True)
    sketch.text(310, y + 34, "Đoàn vào", 12, bold=True)
    sketch.text(390, y + 34, "Đoàn ra", 12, bold=True)


def _table_row(sketch: Sketch, y: float, *words: str) -> None:
    sketch.grid(COLUMNS, (y, y + 20))
    for x, word in zip(COLUMNS, words, strict=False):
        sketch.text(x + 5, y + 14, word, 12)


def test_a_ruled_table_with_a_merged_head_is_read_cell_by_cell():
    sketch = Sketch()
    sketch.paragraph(60, WORDS)
    _head(sketch, 160)
    _table_row(sketch, 200, "1", "Sở Ngoại vụ", "12", "5 đoàn")
    _table_row(sketch, 220, "2", "Sở Công Thương", "", "1.250")
    sketch.paragraph(280, WORDS)
    document = read_pdf(sketch.data())
    assert cells(document) == [
        *[(1, 1, 1, "STT"), (1, 1, 2, "Đơn vị"), (1, 1, 3, "Số lượng")],
        *[(1, 2, 3, "Đoàn vào"), (1, 2, 4, "Đoàn ra")],
        *[(1, 3, 1, "1"), (1, 3, 2, "Sở Ngoại vụ"), (1, 3, 3, "12"), (1, 3, 4, "5 đoàn")],
        *[(1, 4, 1, "2"), (1, 4, 2, "Sở Công Thương"), (1, 4, 4, "1.250")],
    ]
    spans = {document.text[b.start : b.end]: (b.row_span, b.column_span) for b in document.blocks if b.table}
    assert (spans["STT"], spans["Số lượng"], spans["12"]) == ((2, 1), (1, 2), (1, 1))
    table = document.text.removeprefix(WORDS + "\n").removesuffix("\n" + WORDS)
    assert table.splitlines()[2:] == ["1\tSở Ngoại vụ\t12\t5 đoàn", "2\tSở Công Thương\t1.250"]


def test_a_cell_of_several_lines_is_one_block():
    sketch = Sketch()
    sketch.grid((85, 200, 400), (60, 110, 130))
    for at, words in enumerate(("Kế hoạch số", "142/KH-", "UBND")):
        sketch.text(90, 75 + 14 * at, words, 12)
    sketch.text(210, 75, "hoàn thành", 12)
    sketch.text(90, 125, "Cộng", 12)
    assert cells(read_pdf(sketch.data())) == [
        *[(1, 1, 1, "Kế hoạch số 142/KH-UBND"), (1, 1, 2, "hoàn thành"), (1, 2, 1, "Cộng")],
    ]


@pytest.mark.parametrize("head_again", [True, False])
def test_a_table_goes_on_over_the_page(head_again):
    sketch = Sketch()
    sketch.paragraph(60, WORDS)
    _head(sketch, 680)
    _table_row(sketch, 720, "1", "Sở Ngoại vụ", "12", "5")
    _table_row(sketch, 740, "2", "Sở Thông tin", "3", "4")
    sketch.page()
    sketch.centred(40, "2")
    if head_again:
        _head(sketch, 60)
    _table_row(sketch, 100, "", "và Truyền thông", "", "") if head_again else None
    _table_row(sketch, 120 if head_again else 60, "3", "Sở Công Thương", "7", "8")
    found = [cell for cell in cells(read_pdf(sketch.data())) if cell[1] > 2]
    second = "Sở Thông tin và Truyền thông" if head_again else "Sở Thông tin"
    assert found == [
        *[(1, 3, 1, "1"), (1, 3, 2, "Sở Ngoại vụ"), (1, 3, 3, "12"), (1, 3, 4, "5")],
        *[(1, 4, 1, "2"), (1, 4, 2, second), (1, 4, 3, "3"), (1, 4, 4, "4")],
        *[(1, 5, 1, "3"), (1, 5, 2, "Sở Công Thương"), (1, 5, 3, "7"), (1, 5, 4, "8")],
    ]


def test_frames_and_underlines_are_no_tables():
    sketch = Sketch()
    letterhead(sketch)
    sketch.grid((85, 538), (140, 200))
    sketch.text(200, 175, "DỰ THẢO")
    sketch.grid((85, 300, 538), (220, 260))
    sketch.text(100, 245, "Lần thứ hai")
    sketch.text(320, 245, "Để xin ý kiến")
    sketch.paragraph(300, WORDS)
    document = read_pdf(sketch.data())
    assert cells(document) == []
    assert texts(document)[-3] == "DỰ THẢO"
    assert texts(document)[-2].split("  ")[0] == "Lần thứ hai"
    assert texts(document)[-1] == WORDS


def test_justified_text_is_not_taken_for_columns():
    rng, sketch, y = random.Random(7), Sketch(), 60.0
    long = ["nghiêng", "trưởng", "thường", "xuyên", "phường", "chuyển"]
    paragraphs = [" ".join(rng.choices(long, k=45)) for _ in range(5)]
    for words in paragraphs:
        y = sketch.paragraph(y, words, size=18)
    assert texts(read_pdf(sketch.data())) == paragraphs


@pytest.mark.parametrize("columns", [(90, 250), (90, 250, 400)])
def test_the_rows_of_a_table_without_rules_stay_together(columns):
    sketch = Sketch()
    y = sketch.paragraph(60, WORDS)
    values = [("3 đoàn",), ("tốt", "khá")][len(columns) - 2]
    rows = [(f"Đơn vị {n}:", *values) for n in range(4)]
    for at, row in enumerate(rows):
        for x, words in zip(columns, row, strict=True):
            sketch.text(x, y + 20 * at, words)
    document = read_pdf(sketch.data())
    assert [tuple(re.split(" {2,}", text)) for text in texts(document)[1:]] == rows


def test_one_space_follows_a_label_with_a_tab():
    sketch = Sketch()
    sketch.text(LEFT, 60, "1.")
    sketch.text(LEFT + 28, 60, "Công tác đối ngoại")
    document = read_pdf(sketch.data())
    assert document.text == "1. Công tác đối ngoại"
    assert document.blocks[0].kind is BlockKind.LIST_ITEM


def test_a_footnote_goes_on_over_the_page():
    sketch = Sketch()
    end = sketch.text(LEFT, sketch.paragraph(80, WORDS), "theo Quyết định")
    sketch.text(end, 155, "1", 8)
    sketch.rule(LEFT, 740, LEFT + 144, 740)
    end = sketch.text(LEFT, 753, "1", 6.5)
    sketch.text(end + 2, 757, "Quyết định số 12/QĐ-UBND về việc phê duyệt kế", 10)
    sketch.page()
    sketch.paragraph(80, WORDS.replace("tỉnh", "huyện"))
    sketch.rule(LEFT, 740, LEFT + 144, 740)
    sketch.text(LEFT, 757, "hoạch đối ngoại năm 2025.", 10)
    document = read_pdf(sketch.data())
    (note,) = (b for b in document.blocks if b.kind is BlockKind.FOOTNOTE)
    assert document.text[note.content : note.end].endswith("phê duyệt kế hoạch đối ngoại năm 2025.")
    assert [box.page for box in document.boxes(note.start, note.end)] == [1, 2]


def test_letters_drawn_later_and_by_another_font_come_out_in_place():
    sketch = Sketch()
    later = []
    x = LEFT
    for letter in WORDS[:60]:
        if letter in "ôốạủỉếụợểồộàệ":
            later.append((x, letter))
            x = sketch.text(x, 2000, letter)
        else:
            x = sketch.text(x, 60, letter)
    for place, letter in later:
        sketch.text(place, 60, letter, bold=True)
    assert len(later) > 5
    assert read_pdf(sketch.data()).text == WORDS[:60]


def test_decomposed_letters_are_composed_with_an_edge_pair_each():
    sketch = Sketch()
    sketch.text(LEFT, 60, unicodedata.normalize("NFD", "Hội nghị đối ngoại tỉnh"))
    document = read_pdf(sketch.data())
    assert document.text == "Hội nghị đối ngoại tỉnh"
    (line,) = document.lines
    assert len(line.edges) == 2 * len(document.text)
    assert sorted(line.edges[::2]) == list(line.edges[::2])


def test_letters_drawn_twice_to_look_bold_are_read_once():
    sketch = Sketch()
    x = LEFT
    for letter in "BÁO CÁO TỔNG KẾT":
        sketch.text(x + 0.9, 60, letter)
        x = sketch.text(x, 60, letter)
    assert read_pdf(sketch.data()).text == "BÁO CÁO TỔNG KẾT"


def test_a_watermark_across_the_page_is_left_out():
    sketch = Sketch()
    sketch.paragraph(60, WORDS)
    sketch.canvas.saveState()
    sketch.canvas.rotate(45)
    sketch.canvas.drawString(400, 100, "BAN NHAP")
    sketch.canvas.restoreState()
    assert read_pdf(sketch.data()).text == WORDS


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn):
    sketch = Sketch()
    width, height = A4
    sketch.canvas.setPageRotation(turn)  # reportlab turns the page box too
    sketch.canvas.translate(*{90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turn])
    sketch.canvas.rotate(turn)
    sketch.text(LEFT, 300, "Báo cáo số 12/BC-SNgV")
    sketch.text(LEFT, 330, "Sở Ngoại vụ gửi")
    document = read_pdf(sketch.data())
    assert texts(document) == ["Báo cáo số 12/BC-SNgV", "Sở Ngoại vụ gửi"]
    (page,) = document.pages
    assert (page.width, page.height) == pytest.approx(A4, abs=0.01)
    (box,) = document.boxes(0, 3)
    assert (box.left, box.top, box.bottom) == pytest.approx((85.2, 287.5, 303.1), abs=0.5)


_NARROW = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.mark.skipif(not _NARROW.exists(), reason="needs fonts-dejavu: its 1 is narrow for its place")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_narrow_letters_of_a_turned_page_stand_close(turn):
    pdfmetrics.registerFont(TTFont("Narrow", str(_NARROW)))
    words = "Báo cáo số 1121/BC-SNgV: 11.111 lượt (I.1. và ý l)"
    sketch = Sketch()
    sketch.canvas.setPageRotation(turn)
    sketch.canvas.translate(*{90: (A4[1], 0.0), 180: A4, 270: (0.0, A4[0])}[turn])
    sketch.canvas.rotate(turn)
    sketch.canvas.setFont("Narrow", 12)
    sketch.canvas.drawString(LEFT, 500, words)
    assert texts(read_pdf(sketch.data())) == [words]


def test_every_word_stands_in_its_box():
    sketch = Sketch()
    letterhead(sketch)
    sketch.paragraph(150, WORDS)
    _head(sketch, 260)
    _table_row(sketch, 300, "1", "Sở Ngoại vụ", "12", "5 đoàn")
    _with_note(sketch, 400, "1", "Quyết định số 12/QĐ-UBND ngày 05/01/2025")
    data = sketch.data()
    document = read_pdf(data)
    with pdfplumber.open(BytesIO(data)) as pdf:
        printed = pdf.pages[0].chars
    (anchor,) = (b.anchor for b in document.blocks if b.anchor)
    words = [w for w in re.finditer(r"[^\s\[\]]+", document.text) if not w.start() < anchor < w.end()]
    assert len(words) > 100
    for word in words:
        boxes = list(document.boxes(*word.span()))
        assert "".join(_chars_in(box, printed) for box in boxes) == word.group()


def _chars_in(box, printed) -> str:
    """Return what pdfplumber, which knows nothing of our lines, finds in a box."""
    inside = [
        c
        for c in printed
        if box.left < (c["x0"] + c["x1"]) / 2 < box.right
        and box.top < c["bottom"] - 0.35 * c["size"] < box.bottom
        and not c["text"].isspace()
    ]
    return "".join(c["text"] for c in sorted(inside, key=lambda c: c["x0"]))


def test_a_page_of_no_words_is_a_problem_and_a_file_of_none_an_error(monkeypatch):
    monkeypatch.setenv("BAOCAO_TESSERACT", "/nowhere/tesseract")
    sketch = Sketch()
    _scan(sketch)
    with pytest.raises(ParseError) as raised:
        read_pdf(sketch.data())
    assert raised.value.problem.code == "file.no_text"
    sketch = Sketch()
    sketch.paragraph(60, WORDS)
    sketch.page()
    _scan(sketch)
    (problem,) = read_pdf(sketch.data()).problems
    assert (problem.code, problem.detail) == ("page.no_text", (("page", "2"),))
    assert CATALOGUE[problem.code].message(problem, "en").startswith("Page 2")


def _scan(sketch: Sketch) -> None:
    from PIL import Image

    sketch.canvas.drawInlineImage(Image.new("L", (20, 20), 128), 100, 300, 300, 300)


def test_garbled_words_are_a_problem_of_their_page():
    sketch = Sketch()
    sketch.paragraph(60, WORDS)
    sketch.page()
    sketch.paragraph(60, "uY BAN NgAN nAN LAMDONG " + "tgnqh xwkz ddsf jklm " * 12)
    (problem,) = read_pdf(sketch.data()).problems
    detail = dict(problem.detail)
    assert (problem.code, detail["page"]) == ("page.garbled", "2")
    assert float(detail["share"]) < 0.6


def test_a_letterhead_that_opens_two_papers_is_no_running_head():
    sketch = Sketch()
    for number in ("12", "13"):
        letterhead(sketch)
        sketch.paragraph(160, f"Sở báo cáo lần {number}. {WORDS}")
        sketch.page()
    assert texts(read_pdf(sketch.data())).count("UBND TỈNH AN THỊNH") == 2
