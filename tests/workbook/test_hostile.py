"""Texts of reports that mean harm stand in the workbook and in CSV as the texts they are."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from pipeline.tables.cells import unguarded, written
from pipeline.workbook import take_workbook, write_separated, write_workbook
from pipeline.workbook.cells import LONGEST, cell_of, cut, text_of, told
from tests.decisions.making import Made
from tests.workbook.books import Book, exported

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://x.vn","y")',
    "+1",
    "-1+2",
    "@SUM(1)",
    "＝1+1",
    "http://x.vn/a",
    "internal:Sheet1!A1",
    "mailto:a@b.vn",
    "{=1}",
    "<r><t>x</t></r>",
    "<r>& không đóng</r>",
    "_x0041_ và _x000D_",
    "a & b < c > d ]]>",
    "'ngoặc",
    "''",
    "00123",
    "1E5",
    "TRUE",
    'a;b"c',
)


@pytest.fixture
def hostile(made: Made) -> Made:
    """The run, with hostile notes and letterheads: what reports and people can put into any text."""
    rows = made.rows("reports")
    path = made.out / "reports.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert rows[0]["subject"] == "Kết quả năm 2023"
    said = io.StringIO()
    csv.writer(said, lineterminator="").writerow([unguarded("x" * 40_000)])
    path.write_text(text.replace("Kết quả năm 2023", said.getvalue(), 1), encoding="utf-8-sig")
    items = made.report("a.txt").items
    assert len(items) * 2 >= len(HOSTILE) // 2
    for row, note in zip([*items, *made.report("b.txt").items], HOSTILE, strict=False):
        made.decide(row, "accepted", note=note)
    return made


def notes(made: Made) -> list[str]:
    told_so = [row["item_id"] for file in ("a.txt", "b.txt") for row in made.report(file).items]
    return list(HOSTILE[: len(told_so)])


def test_texts_are_texts_in_the_workbook(hostile: Made) -> None:
    book = exported(hostile)
    sheet, at = book.sheet("items"), book.column("items", "remark")
    cells = [sheet.cell(row, at) for row in range(2, sheet.max_row + 1)]
    assert [unescape(str(cell.value)).strip() for cell in cells if cell.value] == notes(hostile)  # as Excel does
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}


def test_no_part_of_the_workbook_holds_a_formula_or_a_link_that_is_not_ours(hostile: Made) -> None:
    path = exported(hostile).path
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8")
            ElementTree.fromstring(part)
            assert not re.search(r"<f[ >]", part), name
            targets = re.findall(r'Target="([^"]*)" TargetMode="External"', part)
            assert all(target.startswith("FILE:///") for target in targets)


def test_hostile_texts_are_read_back_and_decide_nothing(hostile: Made) -> None:
    result = take_workbook(hostile.out, exported(hostile).path, "An")
    assert (result.taken, result.refused, result.ignored) == ([], [], [])


def test_a_text_longer_than_a_cell_is_cut_and_that_decides_nothing(hostile: Made) -> None:
    book = exported(hostile)
    value = book.get("reports", book.row("reports", "a.txt", "file"), "subject")
    assert value == "x" * (LONGEST - 1) + "…"
    assert not take_workbook(hostile.out, book.path, "An").taken


def test_texts_are_no_formulas_in_csv(hostile: Made, tmp_path: Path) -> None:
    write_separated(hostile.out, tmp_path / "xuat", "vi")
    rows = read(tmp_path / "xuat" / "thong_tin.csv")
    told_so = [row["Ghi chú"] for row in rows if row["Ghi chú"]]
    assert [unguarded(note) for note in told_so] == [" ".join(note.split()) for note in notes(hostile)]
    assert not [note for note in told_so if note[:1] in "=+@＝" and note]
    assert max(map(len, read(tmp_path / "xuat" / "bao_cao.csv")[0].values())) <= LONGEST


def test_csv_is_for_excel_in_vietnamese(made: Made, tmp_path: Path) -> None:
    made.decide(made.item("a.txt", "7 buổi"), "corrected", {"value": "-1.234,5"})
    counts = write_separated(made.out, tmp_path, "vi")
    assert set(counts) == {"bao_cao.csv", "thong_tin.csv", "chi_tieu.csv", "van_de.csv"}
    assert (tmp_path / "thong_tin.csv").read_bytes().startswith(b"\xef\xbb\xbfT\xe1\xbb\x87p;Trang;")
    rows = read(tmp_path / "thong_tin.csv")
    assert len(rows) == counts["thong_tin.csv"]
    row = next(row for row in rows if row["Nguyên văn"] == "7 buổi")
    assert (row["Giá trị"], row["Rà soát"], row["Người rà soát"]) == ("-1234,5", "Đã sửa", "An")
    assert "05/02/2023" in {row["Giá trị"] for row in rows}
    assert {"2023", "1250"} <= {row["Giá trị"] for row in rows}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS)
def test_a_text_is_the_same_when_it_is_read_back(text: str) -> None:
    assert text_of(cut(text)) == cut(text)
    assert cut(text) == " ".join(re.sub("[\ufffe\uffff]", "\ufffd", written(text)).split())


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**11), max_value=10**11))
def test_a_number_of_fifteen_digits_is_kept(number: object) -> None:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    cell = cell_of(text, "number")
    assert not isinstance(cell, str)
    assert told(cell) == ("0" if text in ("-0", "0") else text)


@pytest.mark.parametrize(
    "text",
    [
        "1234567890123456",
        "0.12345678901234567",
        "XXXX-04-21",
        "2023-10",
        "2023-01-01/2023-02-01",
        "1899-12-31",
        "2023-02-30",
    ],
)
def test_what_a_cell_would_lose_something_of_stays_a_text(text: str) -> None:
    assert cell_of(text, "date" if "-" in text else "number") == text


def test_long_texts_are_cut_between_letters() -> None:
    assert cut("a" * LONGEST) == "a" * LONGEST
    assert len(cut("😀" * LONGEST).encode("utf-16-le")) // 2 <= LONGEST
    assert cut("😀" * LONGEST).endswith("😀…")


def test_every_text_of_the_workbook_is_written_by_letters_that_xml_has(made: Made, tmp_path: Path) -> None:
    made.decide(made.item("a.txt", "7 buổi"), "accepted", note="a\x00b\x0bc\ufffed\x1f")
    write_workbook(made.out, tmp_path / "book.xlsx", "vi")
    book = Book(tmp_path / "book.xlsx")
    assert unescape(book.get("items", book.row("items", "7 buổi"), "remark")) == "a\ufffdb c\ufffdd\ufffd"
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames[0] == "Hướng dẫn"
    assert not take_workbook(made.out, tmp_path / "book.xlsx", "An").taken
