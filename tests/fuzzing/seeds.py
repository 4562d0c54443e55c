"""Seeds of the targets: small pieces of the samples, and files made here for formats that no sample has."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from tests.fuzzing.mutations import packed

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"
_PIECE = 14  # paragraphs and tables of a piece
_BYTES = 6000  # of a piece of text


def reports(suffix: str) -> list[bytes]:
    """Return the samples of a format, the smaller ones first."""
    found = (path for folder in ("reports", "twins") for path in sorted((SAMPLES / folder).glob(f"*.{suffix}")))
    return sorted((path.read_bytes() for path in found), key=len)


def texts(suffix: str, longest: int = _BYTES) -> list[bytes]:
    """Return pieces of the samples of a text format: how each begins, and how it ends."""
    return [piece for data in reports(suffix) for piece in dict.fromkeys((data[:longest], data[-longest:]))]


@cache
def docx_pieces() -> tuple[bytes, ...]:
    """Return DOCX packages with some paragraphs of a sample each: its beginning, its end, and a table."""
    return tuple(piece for data in reports("docx") for piece in _pieces(data, "word/document.xml", f".//{_W}body"))


@cache
def odt_pieces() -> tuple[bytes, ...]:
    """Return ODT packages with some paragraphs of the sample each."""
    return tuple(piece for data in reports("odt") for piece in _pieces(data, "content.xml", f".//{_TEXT}"))


def _pieces(data: bytes, main: str, body: str) -> Iterator[bytes]:
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if "Thumbnails/thumbnail.png" in parts:
        parts["Thumbnails/thumbnail.png"] = b""
    if "word/styles.xml" in parts and len(parts["word/styles.xml"]) > 20_000:
        del parts["word/styles.xml"]
    whole = etree.fromstring(parts[main])
    length = len(whole.find(body))
    table = next((at for at, child in enumerate(whole.find(body)) if child.tag.endswith("}tbl") and at > 3), 0)
    for start in dict.fromkeys((0, max(table - 2, 0), max(length - _PIECE, 0))):
        root = etree.fromstring(parts[main])
        inside = root.find(body)
        for at, child in enumerate(list(inside)):
            if not start <= at < start + _PIECE:
                inside.remove(child)
        yield packed({**parts, main: etree.tostring(root)})


@cache
def xlsx_books() -> tuple[bytes, ...]:
    """Return the sample workbook and small ones with merged, ruled, hidden and dated cells."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet, other = book.add_worksheet("Biểu 1"), book.add_worksheet("ẩn")
    ruled = book.add_format({"border": 1, "bold": True, "align": "center"})
    shares = book.add_format({"num_format": "0.0%", "border": 1})
    days = book.add_format({"num_format": "dd/mm/yyyy", "font_strikeout": True})
    sheet.merge_range("A1:C1", "BÁO CÁO SỐ LIỆU 6 THÁNG", ruled)
    for row, cells in enumerate((["STT", "Nội dung", "Số"], [1, "Đoàn ra", 1234.5], [2, "Tỷ lệ", 0.125]), 2):
        for column, value in enumerate(cells):
            sheet.write(row, column, value, shares if value == 0.125 else ruled)
    sheet.write_datetime(6, 0, datetime(2024, 5, 6), days)
    sheet.write_formula(6, 1, "=1+1", None, 2)
    sheet.write_rich_string(7, 0, "một ", ruled, "hai", " ba")
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.set_column(5, 6, None, None, {"hidden": True})
    other.hide()
    book.close()
    return (*map(_stored, (out.getvalue(), *reports("xlsx"))),)


def _stored(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


@cache
def ods_books() -> tuple[bytes, ...]:
    """Return small ODS workbooks."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    )
    cell = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    figure = (
        '<table:table-cell table:style-name="ce1" office:value-type="%s" office:value="%s" '
        'table:number-columns-repeated="%s"><text:p>%s</text:p></table:table-cell>'
    )
    rows = [
        '<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1" office:value-type="string">'
        '<text:p>BÁO CÁO</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/>',
        cell % "STT" + cell % "Nội dung" + cell % "Số",
        '<table:table-cell office:value-type="date" office:date-value="2024-02-01"><text:p>01/02/24</text:p>'
        "</table:table-cell>",
        figure % ("float", 1, 1, 1) + cell % "Đoàn ra" + figure % ("float", 1234.5, 1, "1234,5"),
        figure % ("percentage", 0.125, 2, "12,5%"),
    ]
    style = (
        '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell">'
        '<style:table-cell-properties fo:border="0.5pt solid #000000"/><style:text-properties fo:font-weight="bold"/>'
        '</style:style><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="true"/></style:style></office:automatic-styles>'
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body += '<table:table-row table:number-rows-repeated="20"><table:table-cell table:number-columns-repeated="16"/>'
    content = (
        f"<office:document-content {names}>{style}<office:body><office:spreadsheet>"
        f'<table:table table:name="Đoàn ra" table:style-name="ta1">'
        f"{body}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    return (packed(parts),)


@cache
def xls_books() -> tuple[bytes, ...]:
    """Return a small XLS."""
    from tests.parsers.test_xlsx import xls

    return (xls(),)


@cache
def pdf_pages() -> tuple[bytes, ...]:
    """Return PDF files of a page or two: drawn here, signed, and the first page of the lighter samples."""
    from pypdf import PdfReader, PdfWriter

    made = [_drawn_pdf(), _signed_pdf(), (ROOT / "tests" / "data" / "pdf_report.pdf").read_bytes()]
    for data in reports("pdf")[:6]:
        writer = PdfWriter()
        writer.add_page(PdfReader(BytesIO(data)).pages[0])
        out = BytesIO()
        writer.write(out)
        made.append(out.getvalue())
    return tuple(made)


def _drawn_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    for page in range(2):
        for at, words in enumerate(("BAO CAO", "I. KET QUA", "So 12/BC-SNV ngay 05/4/2024", "- 1.250 luot nguoi", "1")):
            canvas.setFont("Times-Bold" if at < 2 else "Times-Roman", 13)
            canvas.drawString(90, 780 - 20 * at, words)
        for column in range(4):
            canvas.line(90 + 100 * column, 600, 90 + 100 * column, 500)
        for row in range(5):
            canvas.line(90, 600 - 25 * row, 390, 600 - 25 * row)
            canvas.drawString(95, 580 - 25 * row, f"{row} a") if row < 4 else None
            canvas.drawString(195, 580 - 25 * row, f"{row}.{page}50") if row < 4 else None
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(90, 60, "1 ghi chu")
        canvas.acroForm.textfield(name="so", value="12", x=300, y=700, width=60, height=14)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _signed_pdf() -> bytes:
    """Return a drawn page with a stamp and a signature field whose message is as large as real ones."""
    stamps = samples_module("stamp_writer")
    over = [stamps.Stamp(1, (300.0, 60.0, 420.0, 90.0), "Ky boi: So Noi vu", signer=0)]
    over += [stamps.Stamp(1, (90.0, 60.0, 200.0, 80.0), "DEN ngay 5/6/2024", "stamp")]
    signed: bytes = stamps.pdf_to_signed(_drawn_pdf(), over, [("Tran Thi Mau", "So", "2025-10-28T16:20:00+07:00")])
    return signed


def cms_messages() -> tuple[bytes, ...]:
    """Return a CMS message of a signer, and dates as PDF writes them."""
    signer = ("Trần Thị Mẫu", "Sở Ngoại vụ", "2025-10-28T16:20:00+07:00")
    return (samples_module("stamp_writer").message(signer), b"D:20250309143000+07'00'", b"20250309143000Z")


def samples_module(name: str) -> Any:
    """Return a module of the samples' writers, which are programs and no package."""
    if str(SAMPLES) not in sys.path:
        sys.path.insert(0, str(SAMPLES))
    return importlib.import_module(name)


def hocr_page() -> bytes:
    """Return a page as Tesseract writes it, with two lines."""
    letters = "".join(
        f"<span class='ocrx_cinfo' title='x_bboxes {10 * at} 20 {10 * at + 9} 40; x_conf 9{at}.5'>{letter}</span>"
        for at, letter in enumerate("Số 12")
    )
    word = f"<span class='ocrx_word' id='w' title='bbox 0 20 60 40; x_wconf 93'>{letters}</span>"
    line = f"<span class='ocr_line' id='l' title=\"bbox 0 20 600 40; baseline 0.01 -3; x_size 20\">{word} {word}</span>"
    return f"<div class='ocr_page' id='page_1' title='image \"-\"; bbox 0 0 600 800'>{line}{line}</div>".encode()


def rule_files() -> list[bytes]:
    """Return the smaller files of the shipped rule packs, cut where they are long."""
    found = sorted((ROOT / "rules").rglob("*.yaml"), key=lambda path: path.stat().st_size)
    return [path.read_bytes()[:4000] for path in found[:25]]


def patterns() -> list[bytes]:
    """Return the patterns of the core pack, as analysts wrote them."""
    from pipeline.rulebook.source import read_yaml

    told: list[bytes] = []
    for path in sorted((ROOT / "rules" / "core").rglob("*.yaml")):
        section = read_yaml(path)
        for rule in section.sections("rules"):
            if rule.has("pattern"):
                told.append(rule.text("pattern").encode())
    return told
