"""Small sound files of each format, made from their parts so that a test can put anything into any part."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

WORDS = "Trong năm 2024, Sở đã tổ chức 12 lớp tập huấn cho 340 cán bộ."
"""A sentence of a report, with counts in it."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMES = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table", "style"))
_ODF_MIME = "application/vnd.oasis.opendocument"

Parts = Mapping[str, "str | bytes"]


def zipped(parts: Parts, stored: tuple[str, ...] = ()) -> bytes:
    """Return an archive of `parts`, those in `stored` not deflated; always the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = ZipInfo(name)
            info.compress_type = 0 if name in stored else ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def paragraphs(*texts: str) -> str:
    """Return paragraphs of a DOCX."""
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def word_xml(body: str, before: str = "") -> str:
    """Return the main part of a DOCX, with `before` standing before its first tag."""
    return f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'


def docx_parts(body: str = paragraphs(WORDS), before: str = "") -> dict[str, str | bytes]:
    """Return the parts of a DOCX."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.wordprocessingml.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.wordprocessingml.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="b" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}"/>',
        "word/document.xml": word_xml(body, before),
    }


def docx(body: str = paragraphs(WORDS), more: Parts | None = None, before: str = "") -> bytes:
    """Return a DOCX of a body, with `more` parts beside its own or in their place."""
    return zipped({**docx_parts(body, before), **(more or {})})


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """Return a sheet of an XLSX."""
    return f'{before}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def sheet_row(number: int, *texts: str) -> str:
    """Return a row of an XLSX whose first cells hold `texts`."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def xlsx_parts(rows: str = sheet_row(1, WORDS), before: str = "", after: str = "") -> dict[str, str | bytes]:
    """Return the parts of an XLSX of one sheet."""
    spread = f"{_TYPE}.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{spread}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{spread}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="s" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Trang" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet_xml(rows, before, after),
    }


def xlsx(rows: str = sheet_row(1, WORDS), more: Parts | None = None, before: str = "", after: str = "") -> bytes:
    """Return an XLSX of the rows of one sheet, with `more` parts."""
    return zipped({**xlsx_parts(rows, before, after), **(more or {})})


def odf_xml(inside: str, kind: str, before: str = "", root: str = "document-content") -> str:
    """Return the content of an ODT (`kind` is `text`) or ODS (`spreadsheet`), or of a flat one, by its `root`."""
    mime = f' office:mimetype="{_ODF_MIME}.{kind}"' if root == "document" else ""
    return (
        f'{before}<office:{root}{_ODF_NAMES}{mime} office:version="1.2"><office:body>'
        f"<office:{kind}>{inside}</office:{kind}></office:body></office:{root}>"
    )


def odf_parts(inside: str, kind: str, before: str = "") -> dict[str, str | bytes]:
    """Return the parts of an ODT or ODS."""
    return {
        "mimetype": f"{_ODF_MIME}.{kind}",
        "content.xml": odf_xml(inside, kind, before),
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODF_MIME}.{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }


ODT_TEXT = f"<text:p>{WORDS}</text:p>"


def odt(inside: str = ODT_TEXT, more: Parts | None = None, before: str = "") -> bytes:
    """Return an ODT, with `more` parts."""
    return zipped({**odf_parts(inside, "text", before), **(more or {})}, ("mimetype",))


def ods_table(rows: str, name: str = "Trang") -> str:
    """Return a sheet of an ODS."""
    return f'<table:table table:name="{name}">{rows}</table:table>'


def ods_row(*texts: str, attributes: str = "") -> str:
    """Return a row of an ODS whose first cells hold `texts`, each with `attributes`."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"{attributes}><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


ODS_TEXT = ods_table(ods_row(WORDS))


def ods(inside: str = ODS_TEXT, more: Parts | None = None, before: str = "") -> bytes:
    """Return an ODS, with `more` parts."""
    return zipped({**odf_parts(inside, "spreadsheet", before), **(more or {})}, ("mimetype",))


def fodt(inside: str = ODT_TEXT, before: str = "") -> bytes:
    """Return a flat ODT; what stands `before` comes after its XML declaration."""
    return ('<?xml version="1.0"?>\n' + odf_xml(inside, "text", before, "document")).encode()


def html(inside: str = f"<p>{WORDS}</p>") -> bytes:
    """Return a page."""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{inside}</body></html>'.encode()


def mht(inside: str = f"<p>{WORDS}</p>") -> bytes:
    """Return a page in an envelope."""
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head + html(inside)


def rtf(inside: str = "Da to chuc 12 lop cho 340 can bo.\\par") -> bytes:
    """Return an RTF."""
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\\f0 {inside}}}".encode()


PAGE_WORDS = "BT /F 12 Tf 72 700 Td (Da to chuc 12 lop cho 340 can bo trong nam 2024.) Tj ET"


def pdf_stream(content: bytes, entries: str = "") -> bytes:
    """Return a stream of a PDF as it is, with more `entries` in its dictionary."""
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def pdf_of(objects: list[bytes], trailer: str = "") -> bytes:
    """Return a PDF of `objects`, numbered from 1, the first being its catalogue; with more entries in the trailer."""
    out, places = BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def pdf(
    contents: bytes = pdf_stream(PAGE_WORDS.encode()),
    pages: int = 1,
    count: int | None = None,
    resources: str = "",
    more: tuple[bytes, ...] = (),
) -> bytes:
    """Return a PDF whose `pages` all have the same contents (object 3), and `more` objects from 5 on.

    `count` is how many pages its tree says it has, if not those; object 4 is the font F.
    """
    first = 5 + len(more)
    kids = " ".join(f"{first + at} 0 R" for at in range(pages))
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R "
        f"/Resources << /Font << /F 4 0 R >> {resources} >> >>"
    ).encode()
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {pages if count is None else count} >>".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", tree, contents, font, *more, *[page] * pages])


def deflated(content: bytes, times: int = 1) -> bytes:
    """Return `content` deflated so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


SOUND = {
    "docx": docx(),
    "xlsx": xlsx(),
    "odt": odt(),
    "ods": ods(),
    "fodt": fodt(),
    "html": html(),
    "mht": mht(),
    "rtf": rtf(),
    "pdf": pdf(),
    "txt": WORDS.encode(),
    "md": f"# Báo cáo\n\n{WORDS}\n".encode(),
    "csv": f"STT,Nội dung\n1,{WORDS}\n".encode(),
}
"""A sound file of each format that can be made in a few lines, by its suffix; `csv` has the suffix `xls` in a run."""
