"""Workbooks into text and blocks: (rows, expected) pairs, the forms of reports, and workbooks that are faulty."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from pipeline.extract import extract
from pipeline.model import BlockKind, Document
from pipeline.parsers import archives, parse
from pipeline.parsers.xlsx import read_delimited, read_xlsx, workbook
from pipeline.parsers.xlsx.values import value_to_text
from pipeline.problems import ParseError
from pipeline.rulebook import load_pack

Rows = Sequence[Sequence[Any]]


def make(write: Callable[[Workbook], object]) -> bytes:
    """Return the workbook that `write` writes."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    write(book)
    book.close()
    return out.getvalue()


def sheet_of(rows: Rows, name: str | None = None, ruled: Sequence[int] = ()) -> bytes:
    """Return a workbook of one sheet; None is an empty cell, the rows `ruled` have lines drawn round their cells."""

    def write(book: Workbook) -> None:
        sheet, drawn = book.add_worksheet(name), book.add_format({"border": 1})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None or at in ruled:
                    sheet.write(at, column, value, drawn if at in ruled else None)

    return make(write)


def tables(document: Document) -> list[tuple[int, int, int]]:
    return [(b.table, b.row, b.column) for b in document.blocks]


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (7.0, "", "7"),
        (0.1 + 0.2, "", "0,3"),
        (1234567.5, "", "1234567,5"),
        (-5, "", "-5"),
        (1e20, "", "100000000000000000000"),
        (float("nan"), "", ""),
        (0.875, "0%", "88%"),
        (0.875, "0.0%", "87,5%"),
        (0.8755, "0.00%;[Red]-0.00%", "87,55%"),
        (-0.25, "0%;[Red](0%)", "-25%"),
        (2650.4, "#,##0", "2650"),
        (2650.5, "#,##0.00", "2650,50"),
        (2650.5, "#,##0.##", "2650,5"),
        (-1200, "#,##0_);(#,##0)", "-1200"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (5, ";;;", ""),
        (5, "00", "05"),
        (5, '0" lớp"', "5 lớp"),
        (5, "0\\ \\đ", "5 đ"),
        (5000000, "#,##0,", "5000"),
        (1500, '_-* #,##0.0\\ "₫"_-', "1500,0 ₫"),
        (1500, "[$₫-42A]#,##0", "₫1500"),
        (12345, "0.00E+00", "12345"),
        (0.5, "# ?/?", "0,5"),
        (5, "General", "5"),
        (5, "@", "5"),
        (True, "", "TRUE"),
        ("  1.250 ", "0%", "1.250"),
        (date(2024, 10, 5), "dd/mm/yyyy", "05/10/2024"),
        (date(2024, 10, 5), "", "05/10/2024"),
        (datetime(2024, 10, 5, 8, 30), "dd/mm/yyyy hh:mm", "05/10/2024 08:30"),
        (datetime(2024, 10, 5, 8, 30), "dd/mm/yyyy", "05/10/2024"),
        (date(2024, 10, 1), "mm/yyyy", "10/2024"),
        (date(2024, 10, 1), '"Tháng "mm" năm "yyyy', "10/2024"),
        (date(2024, 1, 1), "yyyy", "2024"),
        (date(2024, 10, 5), "[$-42A]d/m", "05/10"),
        (time(8, 5), "hh:mm", "08:05"),
    ],
)
def test_what_a_cell_shows(value: Any, form: str, expected: str) -> None:
    assert value_to_text(value, form) == expected


@given(st.floats() | st.integers(), st.text('#0?.,%;"\\-() đ[]_*@', max_size=12))
def test_no_format_crashes(value: float, form: str) -> None:
    assert isinstance(value_to_text(value, form), str)


def test_formats_come_from_the_workbook() -> None:
    def write(book: Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nội dung", "Tỷ lệ", "Ngày"])
        sheet.write(1, 0, "Đoàn ra", book.add_format({"bold": True, "align": "center"}))
        sheet.write(1, 1, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write(1, 2, datetime(2024, 3, 5), book.add_format({"num_format": 14}))
        sheet.write(2, 0, "Bỏ", book.add_format({"font_strikeout": True}))
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 2, "=1+1", None, 2)

    document = read_xlsx(make(write))
    assert document.text == "Nội dung\tTỷ lệ\tNgày\nĐoàn ra\t12,5%\t05/03/2024\n\t\t2"
    assert (document.format, document.pages) == ("xlsx", ())
    assert [(b.bold, b.centred) for b in document.blocks[3:5]] == [(True, True), (False, False)]


HEAD = ["STT", "Nội dung", "Số"]
BODY = [[1, "Đoàn ra", 5], [2, "Đoàn vào", 7]]


@pytest.mark.parametrize(
    ("rows", "ruled", "expected"),
    [
        pytest.param([HEAD, *BODY], (), "TTT", id="table alone"),
        pytest.param([["BÁO CÁO"], [], HEAD, *BODY], (), "-TTT", id="title"),
        pytest.param(
            [["BÁO CÁO"], ["ĐVT: người"], HEAD, *BODY, ["Ghi chú: a"]], (), "--TTT-", id="lines that touch it"
        ),
        pytest.param([["UBND", None, "CỘNG HÒA"], ["SỞ", None, "Độc lập"]], (), "----", id="letterhead"),
        pytest.param([["A", "B", "C"], ["(ký)", "(ký)", "(ký)"], [], ["D", "E", "F"]], (), "---------", id="signature"),
        pytest.param([HEAD, BODY[0], ["I. Lớp"], BODY[1]], (), "TTTT", id="row of a section"),
        pytest.param([HEAD, *BODY, [], HEAD, *BODY], (), "TTTUUU", id="two tables"),
        pytest.param([HEAD, *BODY, ["Bảng 2"], HEAD, *BODY], (), "TTT-UUU", id="two tables and a line"),
        pytest.param([HEAD, *BODY, [], [3, "Lớp", 1]], (), "TTTT", id="empty row inside"),
        pytest.param([["Nội dung", "Số"], ["Đoàn", 5]], (), "TT", id="two columns"),
        pytest.param([HEAD], (), "---", id="a row is no table"),
        pytest.param([["a"], ["b"], ["c"]], (), "---", id="a column is no table"),
        pytest.param([["Tên", "Nơi", "Việc"], *[["a", "b", "c"]] * 3], (), "TTTT", id="words alone"),
        pytest.param([["A", "B"], ["Tên", "Nơi"], ["a", "b"]], (1, 2), "--TT", id="drawn lines"),
        pytest.param([["Năm", 2024], ["Tên", "Nơi"], ["a", "b"]], (1, 2), "--TT", id="drawn lines beat numbers"),
        pytest.param([HEAD, *BODY], (0, 1, 2), "TTT", id="all drawn"),
        pytest.param([HEAD, [None, None, None], *BODY, ["x"]], (0, 1, 2, 3), "TTT-", id="empty row drawn"),
    ],
)
def test_regions(rows: Rows, ruled: Sequence[int], expected: str) -> None:
    """`expected` has a letter for each row of a table, the same for one table, and a dash for each line."""
    document = read_xlsx(sheet_of(rows, ruled=ruled))
    seen = [("-" if not b.table else "STUV"[b.table], b.row) for b in document.blocks]
    marks = [mark for at, (mark, row) in enumerate(seen) if mark == "-" or seen[at - 1] != (mark, row) or not at]
    assert "".join(marks) == expected


def test_tables_side_by_side() -> None:
    rows = [[*HEAD, None, *HEAD], *([*row, None, *row] for row in BODY)]
    document = read_xlsx(sheet_of(rows))
    assert {b.table for b in document.blocks} == {1, 2}
    assert document.text.split("\n")[3] == "STT\tNội dung\tSố"


def test_places_and_spans() -> None:
    def write(book: Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("C4:C5", "Nội dung")
        sheet.merge_range("D4:E4", "Số")
        sheet.write_row("D5", ["Ra", "Vào"])
        sheet.write_row("C6", ["Đoàn", 5, 7])

    document = read_xlsx(make(write))
    assert document.text == "Nội dung\tSố\n\tRa\tVào\nĐoàn\t5\t7"
    assert [(b.row, b.column, b.row_span, b.column_span) for b in document.blocks] == [
        (1, 1, 2, 1), (1, 2, 1, 2), (2, 2, 1, 1), (2, 3, 1, 1), (3, 1, 1, 1), (3, 2, 1, 1), (3, 3, 1, 1)
    ]  # fmt: skip


def test_lines_side_by_side_are_read_column_by_column() -> None:
    rows = [
        ["UBND TỈNH AN HẢI", None, "CỘNG HÒA"],
        ["SỞ NGOẠI VỤ", None, "Độc lập"],
        [None, None, "An Hải"],
        [],
        ["BÁO CÁO"],
        ["Nơi nhận:", None, "GIÁM ĐỐC"],
        ["- Như trên;"],
        ["- Lưu: VT."],
        [],
        [None, None, "Lê An"],
    ]
    assert read_xlsx(sheet_of(rows)).text.split("\n") == [
        "UBND TỈNH AN HẢI", "SỞ NGOẠI VỤ", "CỘNG HÒA", "Độc lập", "An Hải", "BÁO CÁO",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Lê An",
    ]  # fmt: skip


def test_lines_of_a_cell_and_their_kinds() -> None:
    document = read_xlsx(sheet_of([["I. Kết quả\n- Mở 05 lớp"], ["Hết"]]))
    assert [(b.kind, document.text[b.content : b.end]) for b in document.blocks] == [
        (BlockKind.LIST_ITEM, "Kết quả"),
        (BlockKind.LIST_ITEM, "Mở 05 lớp"),
        (BlockKind.PARAGRAPH, "Hết"),
    ]


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("Đoàn ra", [HEAD, *BODY], "Đoàn ra"),
        ("Sheet1", [HEAD, *BODY], "STT"),
        ("Trang tính 2", [HEAD, *BODY], "STT"),
        ("2024", [HEAD, *BODY], "STT"),
        ("Đoàn ra", [["BÁO CÁO"], HEAD, *BODY], "BÁO CÁO"),
    ],
)
def test_the_name_of_a_sheet(name: str, rows: Rows, expected: str) -> None:
    document = read_xlsx(sheet_of(rows, name))
    first = document.blocks[0]
    assert document.text[first.start : first.end] == expected
    assert (first.kind is BlockKind.HEADING) == (expected == "Đoàn ra")


def test_what_is_hidden_is_not_read() -> None:
    def write(book: Workbook) -> None:
        book.add_worksheet("Nháp").hide()
        sheet = book.add_worksheet("Chính")
        sheet.activate()
        for row, values in enumerate([["BÁO CÁO"], *[[*each, 9] for each in (HEAD, *BODY)]]):
            sheet.write_row(row, 0, values)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})

    document = read_xlsx(make(write))
    assert document.text == "BÁO CÁO\nSTT\tNội dung\tSố\n2\tĐoàn vào\t7"
    assert [(p.code, dict(p.detail)) for p in document.problems] == [("sheet.hidden", {"name": "Nháp"})]


def report(book: Workbook) -> None:
    """Write a report of an invented office."""
    sheet, top = book.add_worksheet("BC"), book.add_format({"bold": True, "align": "center"})
    share = book.add_format({"num_format": "0.0%"})
    for row, (left, right) in enumerate(
        [("UBND TỈNH AN HẢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("SỞ NGOẠI VỤ", "Độc lập - Tự do - Hạnh phúc")]
    ):
        sheet.merge_range(row, 0, row, 1, left, top)
        sheet.merge_range(row, 2, row, 4, right, top)
    sheet.write_row(2, 0, ["Số: 152/BC-SNgV", None, "An Hải, ngày 05 tháng 10 năm 2024"])
    sheet.merge_range(4, 0, 4, 4, "BÁO CÁO", top)
    sheet.merge_range(5, 0, 5, 4, "Kết quả công tác đối ngoại 9 tháng năm 2024", top)
    sheet.write(6, 4, "ĐVT: lượt người")
    sheet.write_row(7, 0, ["STT", "Nội dung", "Kế hoạch", "Thực hiện", "Tỷ lệ"], top)
    for at, (name, planned, done) in enumerate([("Khách vào", 1500, 2650), ("Khách ra", 80, 70)]):
        sheet.write_row(8 + at, 0, [at + 1, name, planned, done])
        sheet.write_formula(8 + at, 4, f"=D{9 + at}/C{9 + at}", share, done / planned)
    sheet.write_row(11, 0, ["Nơi nhận:", None, None, "KT. GIÁM ĐỐC"])
    sheet.write_row(12, 0, ["- UBND tỉnh;", None, None, "PHÓ GIÁM ĐỐC"])
    sheet.write(13, 0, "- Lưu: VT.")
    sheet.write(16, 3, "Nguyễn Văn Bình")


def test_a_report_in_a_workbook() -> None:
    document = read_xlsx(make(report))
    found = extract(document, load_pack("doi_ngoai"))
    fields = found.fields
    assert (fields.number, fields.date, fields.place) == ("152/BC-SNgV", "2024-10-05", "An Hải")
    assert (fields.parent_issuer, fields.issuer) == ("UBND TỈNH AN HẢI", "SỞ NGOẠI VỤ")
    assert fields.subject == "Kết quả công tác đối ngoại 9 tháng năm 2024"
    assert (fields.signer, fields.signer_title) == ("Nguyễn Văn Bình", "PHÓ GIÁM ĐỐC")
    assert fields.recipients == ("UBND tỉnh", "Lưu: VT")
    counts = [(str(i.value), i.unit, i.object) for i in found.items if type(i).__name__ == "Count"]
    assert counts == [
        ("1500", "lượt người", "Khách vào"),
        ("2650", "lượt người", "Khách vào"),
        ("176.7", "%", "Khách vào"),
        ("80", "lượt người", "Khách ra"),
        ("70", "lượt người", "Khách ra"),
        ("87.5", "%", "Khách ra"),
    ]


# Written with xlwt and packed: «BÁO CÁO» over A1:C1, then from A3 «STT, Nội dung, Số», «1, Đoàn, 1234.5» and
# «2, Tỷ lệ, 0.125» in the format 0.0%.
XLS = (
    "c-rk)O-NKx6#nj;H_i__&P*C;@E8OwO~Po?MqiDT5Hwl}MFgeI5TZCS*rFC?*+82hXjQZkY|+MQ(+@@DsuqF$ETSNoDO$M-idyKr&N=fQjgx@`"
    "B^mD<?s?~)pL@^TbAR4_FXke-sXL8%l%WeA6s!QMN@R*kz^Q~mddp(gdHShXF4hzReoADO7Y}Qm`#6W3?>scz)@O+VAE+G02_({Esn{waE-?%$"
    "j-ivN!gZ2_&>&Gog&q^SPUtPMd?a*-NG=KOB-@-iggG<Ow%wk^2el^Ag~09J6Q6e?*@}8R<5_(6vMSnou`@F~IJ(9ZhF*<nP(piBW2p?+1GoVl"
    "=-ATHoI@R@c^Y4>81The&rf2me0AjtB>%ot?)#10Pw6X{U(qO`6R?iT^2j2HR-H8(;@u0_BTJbJO@sJsZ>)Q^*8}tq4EUiEcxwz(b4i@U7>@Hg"
    "=*LS#hYG7SawPLY4d9y*!zi8_LEiXfqX;kAC~9N@RTE93R``f4qcFw0aP#x4y+eKG5s^&D;ZQt6nmKM*IL99391@LJC`E`i@z^Z%ytKMO_(q|1"
    "WJ%AKzIvP4Jt;O9MB76BY!kdTH<s|5h|kXNyKiJanytjo^yE+1&Ac(E&_qXClKlBMiFVblu3cq3FrBBex10Au8-Ce({94$K-LlWgS}Y<cY((f|"
    "sqyIW_^`dUjJ+oIJVM2qGn&PkMm3M!o2ShCj20AGM6$y69`WXJF6!8O{-RI3^<}(u@ebPFx_EO&Jd_=syra&nGe41D*)<JaS`>FVNZNFNA_x~Q"
    "T)1%I!i5VL|0tBa#uZ<@b^A5kzBI^pokc1I_cO_Vi~UH`Z=CLeyXe+8jtov!G=J8^tDLsf3VodKg^UB#dj=yIk~l^xp1*W8Q>FiB#g5@Ww}dL~"
    "zfeh>f4To3`m5ZA"
)


def xls() -> bytes:
    return zlib.decompress(base64.b85decode(XLS))


def test_xls(tmp_path: Path) -> None:
    path = tmp_path / "bc.xls"
    path.write_bytes(xls())
    document = parse(path)
    assert document.text == "BÁO CÁO\nSTT\tNội dung\tSố\n1\tĐoàn\t1234,5\n2\tTỷ lệ\t12,5%"
    assert (document.format, document.problems) == ("xlsx", ())


ODS_CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body>'
    '<office:spreadsheet><table:table table:name="{}">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def ods_cell(words: str, value: float | None = None, kind: str = "float", **attributes: int) -> str:
    """Return a cell of an ODS; `attributes` are of its table namespace, with `_` for `-`."""
    given = "".join(f' table:{name.replace("_", "-")}="{number}"' for name, number in attributes.items())
    kept = ' office:value-type="string"' if value is None else f' office:value-type="{kind}" office:value="{value}"'
    return f"<table:table-cell{given}{kept}>{f'<text:p>{words}</text:p>' if words else ''}</table:table-cell>"


def ods_of(rows: str, name: str) -> bytes:
    """Return an ODS of one sheet with `rows` of XML."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS_CONTENT.format(name, rows))
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
    return out.getvalue()


def ods(rows: Rows, times: int = 1, name: str = "Đoàn ra") -> bytes:
    """Return an ODS whose rows and cells are each repeated `times`, with the empty rest that programs add."""
    told = []
    for values in rows:
        numbers = [value if isinstance(value, (int, float)) else None for value in values]
        cells = [
            ods_cell(str(value), number, number_columns_repeated=times)
            for value, number in zip(values, numbers, strict=True)
        ]
        told.append(f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>')
    told.append(
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
    )
    return ods_of("".join(told), name)


def test_ods(tmp_path: Path) -> None:
    path = tmp_path / "bc.ods"
    path.write_bytes(ods([HEAD, [1, "Đoàn", 5.5]]))
    document = parse(path)
    assert (document.text, document.format, document.problems) == (
        "Đoàn ra\nSTT\tNội dung\tSố\n1\tĐoàn\t5,5",
        "xlsx",
        (),
    )


def test_per_cents_and_merged_cells_of_an_ods() -> None:
    rows = (
        [ods_cell("Nội dung", number_rows_spanned=2), ods_cell("Tỷ lệ", number_columns_spanned=2)],
        [ods_cell(""), ods_cell("Ra"), ods_cell("Vào")],
        [ods_cell("Đoàn"), ods_cell("12,5%", 0.125, "percentage"), ods_cell("7", 7)],
    )
    told = "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    read = read_xlsx(ods_of(told, "Sheet1"))
    assert read.text == "Nội dung\tTỷ lệ\n\tRa\tVào\nĐoàn\t12,5%\t7"
    assert [(b.row_span, b.column_span) for b in read.blocks[:2]] == [(2, 1), (1, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STT\tNội dung\tSố\n1\tĐoàn\t5\n", "STT\tNội dung\tSố\n1\tĐoàn\t5"),
        ('STT;Nội dung;Số\n1;"Lớp; hội nghị";5\n', "STT\tNội dung\tSố\n1\tLớp; hội nghị\t5"),
        ("STT,Nội dung,Số\r\n1,Đoàn,5\r\n", "STT\tNội dung\tSố\n1\tĐoàn\t5"),
        ("BÁO CÁO\n\nSTT,Nội dung,Số\n1,Đoàn,5\n", "BÁO CÁO\nSTT\tNội dung\tSố\n1\tĐoàn\t5"),
    ],
)
def test_text_in_the_guise_of_a_workbook(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "bc.xls"
    path.write_bytes(text.encode())
    document = parse(path)
    assert document.text == expected
    assert {b.table for b in document.blocks} <= {0, 1}
    assert [p.code for p in document.problems] == ["file.suffix"]


def test_a_page_in_the_guise_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "bc.xls"
    path.write_bytes("<meta charset=utf-8><table><tr><td>Đoàn<td>5</table>".encode())
    assert parse(path).text == "Đoàn\t5"


def test_cells_far_away_do_not_unfold_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(book: Workbook) -> None:
        sheet = book.add_worksheet("Xa")
        for at, row in enumerate([HEAD, *BODY]):
            sheet.write_row(at, 0, row)
        sheet.write("XFD1048576", "x")

    document = read_xlsx(make(write))
    assert document.text == "Xa\nSTT\tNội dung\tSố\n1\tĐoàn ra\t5\n2\tĐoàn vào\t7"
    assert [(p.code, dict(p.detail)) for p in document.problems] == [
        ("sheet.cut", {"name": "Xa", "limit": "sheet_cells", "most": "2000000"})
    ]


def test_more_cells_than_any_report_has(held: Callable[..., None]) -> None:
    held(cells=5)
    document = read_xlsx(sheet_of([HEAD, *BODY], "Sheet1"))
    assert document.text == "STT\tNội dung\tSố\n1\tĐoàn ra"
    assert [p.code for p in document.problems] == ["sheet.cut"]


def changed(data: bytes, name: str, content: bytes | None) -> bytes:
    """Return a package with one part replaced, or left out where `content` is None."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name or content is not None:
                new.writestr(each, content if each == name and content is not None else old.read(each))
    return out.getvalue()


PLAIN = sheet_of([HEAD, *BODY])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(sheet_of([]), "file.no_text", id="empty"),
        pytest.param(PLAIN[:-200], "file.damaged", id="cut off"),
        pytest.param(changed(PLAIN, "xl/worksheets/sheet1.xml", b"<worksheet><c"), "file.damaged", id="broken XML"),
        pytest.param(changed(PLAIN, "xl/worksheets/sheet1.xml", None), "file.damaged", id="no sheet"),
        pytest.param(changed(PLAIN, "xl/workbook.xml", b""), "file.damaged", id="no workbook"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "file.encrypted", id="password"),
        pytest.param(OLE + "Workbook".encode("utf-16-le"), "file.damaged", id="damaged XLS"),
        pytest.param(ods([[1, 2]], 5_000), "sheet.too_large", id="ODS that unfolds too far"),
        pytest.param(b"PK\x03\x04", "file.damaged", id="no package"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_xlsx(data)
    assert caught.value.problem.code == code


def test_a_binary_workbook_is_refused_by_its_name() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    with pytest.raises(ParseError) as caught:
        read_xlsx(out.getvalue())
    assert (caught.value.problem.code, dict(caught.value.problem.detail)) == ("file.format", {"found": "Excel (.xlsb)"})


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SMALL", 1_000_000)
    monkeypatch.setattr(workbook, "CalamineWorkbook", None)  # opening it would be an AttributeError
    bomb = changed(PLAIN, "xl/styles.xml", b" " * 10_000_000)
    with pytest.raises(ParseError) as caught:
        read_xlsx(bomb)
    assert dict(caught.value.problem.detail)["limit"] == "unpacked_ratio"


def test_a_workbook_without_styles_is_read() -> None:
    assert read_xlsx(changed(PLAIN, "xl/styles.xml", b"<styleSheet/>")).text.startswith("STT\tNội dung")


def test_a_failure_of_calamine_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """What a panic in Rust becomes in Python."""

    def panic(_: object) -> None:
        raise PanicException

    monkeypatch.setattr(workbook.CalamineWorkbook, "from_filelike", panic, raising=True)
    with pytest.raises(ParseError) as caught:
        read_xlsx(PLAIN)
    assert caught.value.problem.code == "file.damaged"


@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_damaged_bytes_raise_nothing_but_parse_errors(changes: list[tuple[int, int]]) -> None:
    data = bytearray(PLAIN)
    for at, value in changes:
        data[at] = value
    try:
        read_xlsx(bytes(data))
    except ParseError as error:
        assert error.problem.code in ("file.damaged", "file.encrypted", "file.no_text", "file.format")


@given(st.lists(st.tuples(st.integers(0, 5631), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_xls_raises_nothing_but_parse_errors(changes: list[tuple[int, int]]) -> None:
    data = bytearray(xls())
    for at, value in changes:
        data[at] = value
    with suppress(ParseError):
        read_xlsx(bytes(data))


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_text_at_all(text: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_delimited(text.encode())
    assert caught.value.problem.code == "file.no_text"
