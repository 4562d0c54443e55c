"""Tables of a PDF that no full set of rules draws, and grids that a drawing program damaged: what cells come out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from pipeline.model import BlockKind
from pipeline.parsers.pdf import plumber as pdf_plumber
from pipeline.parsers.pdf import read_pdf
from pipeline.parsers.pdf.tables import _nearest
from tests.parsers.pdf_sketch import LEFT, RIGHT, WORDS, Sketch

EDGES = (90.0, 120.0, 300.0, 370.0, 440.0, 510.0)
HEAD = ("STT", "Đơn vị", "Số vụ", "Số người", "Tỷ lệ (%)")
ROWS = [
    ("1", "Xã Tân An", "12", "1.250", "7,5"),
    ("2", "Xã Tân Bình", "8", "980", "6,2"),
    ("3", "Xã Tân Châu và các xã bên", "-", "1.100", "5,0"),
    ("4", "Xã Tân Dân", "15", "2.300", "9,1"),
]
PITCH = 20.0
SIZE = 12.0


def put(sketch: Sketch, column: int, y: float, words: str, bold: bool = False) -> None:
    """Set words into a column: names at its left, numbers at its right."""
    if column < 2 or bold:
        sketch.text(EDGES[column] + 4, y, words, SIZE, bold)
    else:
        width = pdfmetrics.stringWidth(words, "Regular", SIZE)
        sketch.text(EDGES[column + 1] - 8 - width, y, words, SIZE)


def rows_at(sketch: Sketch, y: float, rows=ROWS, head=HEAD) -> float:
    """Set a head and rows below it without any rule; return the baseline after the last."""
    for column, words in enumerate(head):
        put(sketch, column, y, words, bold=True)
    y += PITCH * bool(head)
    for row in rows:
        for column, words in enumerate(row):
            put(sketch, column, y, words)
        y += PITCH
    return y


def grid_of(document, table=1):
    """Return the rows of a table as the words of their cells; a blank place is empty."""
    blocks = [b for b in document.blocks if b.table == table]
    width = max((b.column for b in blocks), default=0)
    rows = [[""] * width for _ in range(max((b.row for b in blocks), default=0))]
    for block in blocks:
        rows[block.row - 1][block.column - 1] = " ".join(document.text[block.start : block.end].split())
    return [tuple(row) for row in rows]


def tables_of(document):
    return max((b.table for b in document.blocks), default=0)


def test_a_table_without_rules_is_read_by_its_columns():
    sketch = Sketch()
    after = rows_at(sketch, sketch.paragraph(80, WORDS))
    sketch.paragraph(after, WORDS)
    document = read_pdf(sketch.data())
    assert grid_of(document) == [HEAD, *ROWS]
    kinds = [b.kind for b in document.blocks if not b.table]
    assert kinds == [BlockKind.PARAGRAPH] * 2
    assert document.text.startswith(WORDS + "\n" + "STT")
    assert document.text.endswith("9,1\n" + WORDS)


def test_level_rules_alone_make_no_difference():
    sketch = Sketch()
    y = sketch.paragraph(80, WORDS)
    for at in range(6):
        sketch.rule(EDGES[0], y - 14 + at * PITCH, EDGES[-1], y - 14 + at * PITCH)
    rows_at(sketch, y)
    assert grid_of(read_pdf(sketch.data())) == [HEAD, *ROWS]


def test_the_open_sides_of_a_table_are_columns():
    sketch = Sketch()
    for at in range(6):
        sketch.rule(EDGES[0], 86 + at * PITCH, EDGES[-1], 86 + at * PITCH)
    for x in EDGES[1:-1]:
        sketch.rule(x, 86, x, 86 + 5 * PITCH)
    rows_at(sketch, 100)
    assert grid_of(read_pdf(sketch.data())) == [HEAD, *ROWS]


@pytest.mark.parametrize("inset", [3, 7, 14])
def test_a_head_that_is_drawn_beside_its_columns_stands_over_them(inset):
    sketch = Sketch()
    for at in range(6):
        sketch.rule(EDGES[0], 86 + at * PITCH, EDGES[-1] + inset, 86 + at * PITCH)
    for x in EDGES:
        sketch.rule(x, 86 + PITCH, x, 86 + 5 * PITCH)
        sketch.rule(x + inset, 86, x + inset, 86 + PITCH)
    for column, words in enumerate(HEAD):
        sketch.text(EDGES[column] + inset + 1, 100, words, 10, bold=True)
    for at, row in enumerate(ROWS, 1):
        for column, words in enumerate(row):
            put(sketch, column, 100 + at * PITCH, words)
    assert grid_of(read_pdf(sketch.data())) == [HEAD, *ROWS]


def test_cells_that_draw_their_own_frames_make_no_columns_between():
    sketch = Sketch()
    for row in range(5):
        for left, right in pairwise(EDGES):
            top = 86 + row * PITCH
            sketch.grid((left + 2, right - 2), (top + 2, top + PITCH - 1))
    rows_at(sketch, 100)
    assert grid_of(read_pdf(sketch.data())) == [HEAD, *ROWS]


def test_a_name_that_a_stray_rule_parts_from_its_numbers_stands_beside_them():
    sketch = Sketch()
    sketch.grid(EDGES, (86, 106, 118, 134, 154))
    rows_at(sketch, 100, rows=[])
    put(sketch, 0, 115, "1")
    put(sketch, 1, 115, "Xã Tân An")
    for column, words in enumerate(ROWS[0][2:], 2):
        put(sketch, column, 129, words)
    for column, words in enumerate(ROWS[1]):
        put(sketch, column, 149, words)
    assert grid_of(read_pdf(sketch.data())) == [HEAD, *ROWS[:2]]


def test_the_end_of_a_name_below_a_stray_rule_stays_with_it():
    sketch = Sketch()
    sketch.grid(EDGES, (86, 106, 122, 136, 156))
    rows_at(sketch, 100, rows=[("1", "Xã Tân An và", "12", "1.250", "7,5")])
    put(sketch, 1, 133, "các xã bên")
    for column, words in enumerate(ROWS[1]):
        put(sketch, column, 151, words)
    assert grid_of(read_pdf(sketch.data())) == [HEAD, ("1", "Xã Tân An và các xã bên", "12", "1.250", "7,5"), ROWS[1]]


@pytest.mark.parametrize("again", [True, False])
def test_a_table_without_rules_goes_on_over_the_page(again):
    sketch = Sketch()
    sketch.paragraph(80, WORDS)
    rows_at(sketch, 690)
    sketch.page()
    more = [(str(n), f"Xã số {'abc'[n - 5]}", "7", "1.040", "3,1") for n in (5, 6, 7)]
    after = rows_at(sketch, 70, more, HEAD if again else ())
    sketch.paragraph(after + 10, WORDS)
    document = read_pdf(sketch.data())
    assert tables_of(document) == 1
    assert grid_of(document) == [HEAD, *ROWS, *more]


def test_stacked_heads_names_of_groups_and_wrapped_names_without_rules():
    sketch = Sketch()
    sketch.text(EDGES[2] + 20, 90, "Kết quả thực hiện", SIZE, bold=True)
    for column, words in ((2, "Số vụ"), (3, "Số người")):
        put(sketch, column, 108, words, bold=True)
    put(sketch, 1, 108, "Đơn vị", bold=True)
    sketch.text(EDGES[1] + 4, 128, "I. Địa bàn miền núi", SIZE)
    y = 148.0
    for row in ROWS[:3]:
        for column in (1, 2, 3):
            put(sketch, column, y, row[column])
        y += PITCH
    sketch.text(EDGES[1] + 4, y - PITCH + 14, "cạnh sông", SIZE)
    document = read_pdf(sketch.data())
    assert grid_of(document) == [
        ("Đơn vị", "Kết quả thực hiện", ""),
        ("", "Số vụ", "Số người"),
        ("I. Địa bàn miền núi", "", ""),
        ("Xã Tân An", "12", "1.250"),
        ("Xã Tân Bình", "8", "980"),
        ("Xã Tân Châu và các xã bên cạnh sông", "-", "1.100"),
    ]
    spans = {document.text[b.start : b.end]: b.column_span for b in document.blocks if b.table}
    assert spans["Kết quả thực hiện"] == 2


def chart(sketch: Sketch) -> None:
    for at in range(6):
        sketch.rule(120, 300 + 20 * at, 480, 300 + 20 * at)
        sketch.text(100, 304 + 20 * at, str(50 - 10 * at), 8)
    for at in range(12):
        left, top = 130 + 28 * at, 380 - 5 * (at % 7)
        sketch.canvas.rect(left, 842 - 400, 14, 400 - top)
        sketch.text(left + 2, top - 3, str(20 + at), 7)
        sketch.text(left, 412, f"T{at + 1}", 8)


def boxed(sketch: Sketch) -> None:
    sketch.grid((LEFT - 5, RIGHT + 5), (280, 300, 360, 420))
    sketch.paragraph(320, WORDS[:120], indent=0)


def prose(sketch: Sketch) -> None:
    sketch.paragraph(300, "Năm 2023 có 12 xã đạt 15 tiêu chí, 8 xã đạt 19 tiêu chí, 5 xã đạt 10 tiêu chí; " * 6)


def signature(sketch: Sketch) -> None:
    for at, (left, right) in enumerate((("Nơi nhận:", "KT. GIÁM ĐỐC"), ("- Như trên;", ""), ("- Lưu: VT, 05.", ""))):
        sketch.text(LEFT, 300 + 16 * at, left, 11)
        sketch.text(350, 300 + 16 * at, right, 13, bold=True)


def values(sketch: Sketch) -> None:
    for at, name in enumerate(("Số hội viên mới kết nạp", "Số chi hội", "Số lớp đã mở", "Số đoàn")):
        sketch.text(LEFT, 300 + 20 * at, name, 13)
        sketch.text(420, 300 + 20 * at, str(12 + at), 13)


def numbered(sketch: Sketch) -> None:
    for at in range(5):
        sketch.text(LEFT, 300 + 20 * at, f"{at + 1}.", 13)
        sketch.text(LEFT + 40, 300 + 20 * at, f"Mở {at + 12} lớp tập huấn tại xã", 13)


@pytest.mark.parametrize("draw", [chart, boxed, prose, signature, values, numbered])
def test_what_is_no_table(draw):
    sketch = Sketch()
    sketch.paragraph(80, WORDS)
    draw(sketch)
    sketch.paragraph(500, WORDS)
    assert tables_of(read_pdf(sketch.data())) == 0


def test_only_pages_with_rules_of_a_table_are_given_to_pdfplumber(monkeypatch):
    asked = []
    ask = pdf_plumber.Plumber.cell_boxes
    monkeypatch.setattr(pdf_plumber.Plumber, "cell_boxes", lambda self, n, page: asked.append(n) or ask(self, n, page))
    sketch = Sketch()
    for draw in (prose, signature, values, boxed):
        sketch.paragraph(80, WORDS)
        draw(sketch)
        sketch.rule(200, 120, 300, 120)
        sketch.page()
    rows_at(sketch, 100)
    sketch.page()
    sketch.grid(EDGES, [86 + PITCH * n for n in range(6)])
    rows_at(sketch, 100)
    assert tables_of(read_pdf(sketch.data())) == 2
    assert asked == [6]


@given(st.lists(st.integers(0, 60), min_size=1, unique=True).map(sorted), st.integers(-5, 130))
def test_the_nearest_edge_is_the_one_at_the_least_distance(edges, twice):
    place = twice / 2
    assert _nearest(edges, place) == min(range(len(edges)), key=lambda at: abs(edges[at] - place))
