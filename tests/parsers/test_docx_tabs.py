"""Tables that a writer set with tabs: which paragraphs are rows of cells, and which stay paragraphs."""

from __future__ import annotations

import pytest

from pipeline.parsers.docx import read_docx
from tests.parsers.test_docx import cell, make_docx, para, run, table

TAB = "<w:r><w:tab/></w:r>"
HEAD = "Đơn vị\tSố vụ\tSố người"
ROWS = ["Xã Tân An\t12\t1.250", "Xã Tân Bình\t-\t980", "Xã Tân Châu\t15\t2.300"]


def lines(*texts: str) -> str:
    return "".join(para(TAB.join(run(part) for part in text.split("\t"))) for text in texts)


def cells(body: str) -> list[tuple[int, int, int, str]]:
    document = read_docx(make_docx(body))
    return [(b.table, b.row, b.column, document.text[b.start : b.end]) for b in document.blocks if b.table]


def test_rows_of_tabs_are_a_table():
    expected = [
        (1, row, column, part)
        for row, text in enumerate((HEAD, *ROWS), 1)
        for column, part in enumerate(text.split("\t"), 1)
    ]
    assert cells(lines("Kết quả như sau:", HEAD, *ROWS, "Trên đây là báo cáo.")) == expected


def test_several_tabs_in_a_row_are_one_gap():
    body = lines(*(text.replace("\t", "\t\t", 1) for text in (HEAD, *ROWS)))
    assert [text for *_, text in cells(body)][3:6] == ["Xã Tân An", "12", "1.250"]


def test_tables_after_it_are_counted_on():
    body = table(cell("a") + cell("b"), cell("c") + cell("d")) + lines(HEAD, *ROWS)
    body += lines("Bảng sau:") + table(cell("e") + cell("f"), cell("g") + cell("h"))
    found = cells(body)
    assert {n: text for n, _, _, text in found} == {1: "d", 2: "2.300", 3: "h"}


@pytest.mark.parametrize(
    "texts",
    [
        (HEAD, *ROWS[:2]),
        ROWS + ROWS,
        ("Số vụ:\t12", "Số người:\t15", "Số đoàn:\t7", "Số xã:\t9"),
        ("Nơi nhận:\tGIÁM ĐỐC", "- Như trên;\t(Đã ký)", "- Lưu: VT.\t", "\tNguyễn Văn An"),
        (HEAD, ROWS[0], "Xã Tân Bình\t980", ROWS[2], ROWS[1]),
    ],
)
def test_other_tabs_make_no_table(texts):
    assert cells(lines(*texts)) == []
