"""What fuzzing found, each with the least input that showed it: no error that isn't typed, no promise broken."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.decisions.dates import read_date, shown_date
from pipeline.decisions.values import read_number
from pipeline.extract import extract
from pipeline.extract.prove import passage
from pipeline.parsers.html import read_mht
from pipeline.parsers.office.fields import without_present
from pipeline.parsers.office.odf import read_odt
from pipeline.parsers.plain import read_text
from pipeline.parsers.scan.hocr import hocr_to_words
from pipeline.parsers.xlsx import read_xlsx
from pipeline.parsers.xlsx.compound import hangs_together
from pipeline.parsers.xml import check_part
from pipeline.problems import BaocaoError, ParseError
from pipeline.rulebook import RulesError, load_pack
from pipeline.rulebook.source import read_yaml
from pipeline.workbook.reading import read_workbook
from tests.fuzzing import seeds
from tests.fuzzing.checks import check_extraction
from tests.fuzzing.mutations import packed
from tests.fuzzing.values import workbook_seeds


def test_recipients_whose_columns_begin_below_the_end_of_the_signature():
    """Two columns stand side by side only in a line that is no part of the signature any more."""
    text = "Nơi nhận:\nPHỤ LỤC KÈM THEO\nmột          hai\n"
    assert "một" in read_text(text.encode(), markdown=False).text


def test_a_count_behind_words_that_another_has_begins_with_its_own_words():
    extraction = extract(passage("Sở đã mở 1.163 ít nhất 02 lớp bồi dưỡng cho 150 người."), load_pack("core"))
    check_extraction(extraction)
    text = extraction.structure.document.text
    assert "02 lớp" in [text[item.start : item.end] for item in extraction.items]


def test_an_odt_without_a_body():
    content = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body/>'
        b"</office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content}
    parts["META-INF/manifest.xml"] = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        b'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with pytest.raises(ParseError) as caught:
        read_odt(packed(parts))
    assert caught.value.problem.code == "file.damaged"


@pytest.mark.parametrize("figure", ["1.5.5", ".", "1..2", "1e", "-"])
def test_a_figure_of_hocr_that_is_none(figure):
    page = seeds.hocr_page().decode()
    assert hocr_to_words(page.replace("baseline 0.01", f"baseline {figure}")) is not None
    assert hocr_to_words(page.replace("x_conf 90.5", f"x_conf {figure}")) is not None


@pytest.mark.parametrize("typed", ["XXXX", "XXXX/..", "XXXX/2024", "0224-33", "2024/9999-40"])
def test_a_date_without_a_year_or_of_no_year_that_reports_have(typed):
    assert read_date(typed) is None


@pytest.mark.parametrize("typed", ["XXXX-05", "XXXX-33", "2024-33", "XXXX-05-06/XXXX-06-01"])
def test_a_date_as_the_tables_have_it_is_read_back(typed):
    assert read_date(typed) == typed == read_date(shown_date(typed))


def changed_xls(at: int, form: str, *values: int) -> bytes:
    data = bytearray(seeds.xls_books()[0])
    struct.pack_into(f"<{form}", data, at, *values)
    return bytes(data)


def first_entry(data: bytes) -> int:
    return 512 * (1 + struct.unpack_from("<I", data, 48)[0])


def first_table(data: bytes) -> int:
    return 512 * (1 + struct.unpack_from("<I", data, 76)[0])


XLS = seeds.xls_books()[0]
ENTRY, TABLE = first_entry(XLS), first_table(XLS)
RINGS = {
    "more sectors of the directory than the file has": (40, "I", 1 << 23),
    "more tables than the file has": (44, "I", 1 << 30),
    "a list of tables that goes round": (68, "I", 0),
    "a table far behind the end": (80, "I", 0x7FFFFFF0),
    "a directory far behind the end": (48, "I", 0x7FFFFFF0),
    "a chain that goes round": (TABLE, f"{120}I", *[0] * 120),
    "a stream of 4 GB": (ENTRY + 128 + 120, "I", 0xFFFFFFF0),
    "a stream far behind the end": (ENTRY + 128 + 116, "I", 0x7FFFFFF0),
    "small streams without an end": (ENTRY + 116, "I", 0x7FFFFFF0),
    "sectors of no size": (30, "H", 31),
}


@pytest.mark.parametrize("change", RINGS.values(), ids=RINGS)
def test_an_xls_whose_sectors_do_not_end_is_refused_before_calamine_follows_them(change):
    data = changed_xls(*change)
    assert not hangs_together(data)
    with pytest.raises(ParseError) as caught:
        read_xlsx(data)
    assert caught.value.problem.code == "file.damaged"


def test_an_xls_that_hangs_together():
    assert hangs_together(XLS)
    assert hangs_together(XLS + bytes(700))
    assert not hangs_together(XLS[:300])


def test_every_date_that_is_shown_is_read_back() -> None:
    parts = ("", "-01", "-05-06", "-12-31", "-33", "-36", "-40", "-41")
    moments = [year + part for year in ("2012", "XXXX", "2013") for part in parts if part or year != "XXXX"]
    told = {read_date(f"{one}/{other}" if other else one) for one in moments for other in ("", *moments, "..")}
    dates = told - {None}
    assert len(dates) > 300
    assert [date for date in dates if read_date(shown_date(date)) != date] == []


@pytest.mark.parametrize("typed", ["9999999999999999999985,2", "9" * 24, "9" * 18 + " tỷ"])
def test_a_number_too_long_to_be_shown_and_typed_again_is_none(typed):
    assert read_number(typed) is None


@pytest.mark.parametrize("text", ["#\u2028#\u2028\n \t", ' "\n \t#\u2028  #\n#\u2028', "a\x85: [\x85\r", "\r\r\r- @"])
def test_lines_that_end_as_yaml_ends_them(tmp_path, text):
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(RulesError):
        read_yaml(path)


def test_an_item_over_two_lines_of_a_title_is_in_a_sentence_of_both():
    document = read_text("BÁO CÁO\nKết quả mở 12\nlớp tập huấn năm 2024\n\nI. KẾT QUẢ\n".encode(), markdown=False)
    check_extraction(extract(document, load_pack("core")))


@pytest.mark.parametrize("encoding", ["UTF-2", "GBK", "x" * 40, "UTF-32"])
def test_xml_in_an_encoding_that_expat_does_not_know(encoding):
    check_part(BytesIO(f'<?xml version="1.0" encoding="{encoding}"?><a><b/></a>'.encode()), deep=True)


def test_a_sign_at_the_end_of_a_paragraph_says_nothing_of_the_next():
    document = read_text("I. KẾT QUẢ\n\nMở lớp (a >\n\n63 video ngắn được đăng.\n".encode(), markdown=False)
    check_extraction(extract(document, load_pack("core")))


def test_a_charset_of_a_name_that_is_none():
    head = b'Content-Type: text/html; charset="a\0b"\nMIME-Version: 1.0\n\n'
    assert read_mht(head + "<p>Mở 12 lớp".encode()).text == "Mở 12 lớp"


def far_cell(data: bytes, reference: str) -> bytes:
    """Return a workbook of which a cell of the first sheet says that it is somewhere else."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b'r="A1"' in parts[sheet]
    parts[sheet] = parts[sheet].replace(b'r="A1"', f'r="{reference}"'.encode(), 1)
    return packed(parts)


@pytest.mark.parametrize("reference", ["XFD1048576", "A99999999999999999999", "ZZZZZZ12"])
def test_a_cell_beyond_all_sheets_does_not_take_all_memory(tmp_path, reference):
    document = read_xlsx(far_cell(seeds.xlsx_books()[0], reference))
    assert "sheet.cut" in {problem.code for problem in document.problems}
    path = tmp_path / "review.xlsx"
    path.write_bytes(far_cell(workbook_seeds()[0], reference))
    with pytest.raises(BaocaoError, match="more than 50000000 cells"):
        read_workbook(path)


def test_a_converted_file_that_is_damaged_is_left_to_the_walk():
    docx = bytearray(seeds.docx_pieces()[0])
    docx[docx.index(b"word/document.xml") + 40] ^= 255
    assert without_present(bytes(docx)) == (bytes(docx), False)
