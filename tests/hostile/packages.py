"""Packages of the office formats, built part by part, so that a test can put anything into any of them."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping

SENTENCE = "Năm 2023, Sở đã tổ chức 12 lớp tập huấn."
"""What every planted report says, so that one that is read has an item."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OOXML = "application/vnd.openxmlformats-officedocument"
_X = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF = " ".join(
    (
        *(
            f'xmlns:{name}="{_ODF}:{name}:1.0"'
            for name in ("office", "text", "table", "style", "script", "meta", "form")
        ),
        f'xmlns:draw="{_ODF}:drawing:1.0" xmlns:svg="{_ODF}:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"',
    )
)

_EXTERNAL = ' TargetMode="External"'

Parts = Mapping[str, str | bytes]


def zipped(parts: Parts | Iterable[tuple[str | zipfile.ZipInfo, str | bytes]]) -> bytes:
    """Return a ZIP of `parts` in their order, names as they are given; the same parts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of names that come twice
                archive.writestr(info, content)
    return made.getvalue()


def xml(root: str, doctype: str = "") -> str:
    """Return `root` as an XML file with a DOCTYPE before it, if any."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}{root}'


def relationships(*told: tuple[str, str, str]) -> str:
    """Return a relationships part: of each the id, the kind and the target; one with `://` or `\\\\` is outside."""
    rows = (
        f'<Relationship Id="{name}" Type="{kind if "://" in kind else f"{OFFICE}/{kind}"}" Target="{target}"'
        f"{_EXTERNAL if is_outside(target) else ''}/>"
        for name, kind, target in told
    )
    return xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>')


def is_outside(target: str) -> bool:
    """Tell whether a target is not a part of its package."""
    return "://" in target or target.startswith("\\\\")


def paragraph(text: str) -> str:
    """Return a paragraph of WordprocessingML; `text` is XML."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def body(inside: str) -> str:
    """Return the root of `word/document.xml`."""
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>"


def docx_parts() -> dict[str, str]:
    """Return the parts of a DOCX with one sentence, styles, numbering, settings, notes and a header."""
    kinds = ("styles", "numbering", "settings", "footnotes", "header")
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OOXML}.wordprocessingml.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), *((kind, kind) for kind in kinds))
    )
    note = f'<w:footnote w:id="1">{paragraph("Ghi chú 7")}</w:footnote>'
    call = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    return {
        "[Content_Types].xml": xml(
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relationships(("d", "officeDocument", "word/document.xml"), ("c", "customXml", "custom.xml")),
        "word/_rels/document.xml.rels": relationships(*((kind, kind, f"{kind}.xml") for kind in kinds)),
        "word/document.xml": xml(body(paragraph(SENTENCE) + call + section)),
        "word/styles.xml": xml(f"<w:styles {W}></w:styles>"),
        "word/numbering.xml": xml(f"<w:numbering {W}></w:numbering>"),
        "word/settings.xml": xml(f"<w:settings {W}></w:settings>"),
        "word/footnotes.xml": xml(f"<w:footnotes {W}>{note}</w:footnotes>"),
        "word/header.xml": xml(f"<w:hdr {W}>{paragraph('Đầu trang')}</w:hdr>"),
        "custom.xml": xml("<custom></custom>"),
    }


def xlsx_parts() -> dict[str, str]:
    """Return the parts of an XLSX with one sentence in a cell, by its shared strings."""
    names = (
        ("workbook", "sheet.main"),
        ("sheet1", "worksheet"),
        ("sharedStrings", "sharedStrings"),
        ("styles", "styles"),
    )
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_OOXML}.spreadsheetml.{kind}+xml"/>' for name, kind in names
    )
    return {
        "[Content_Types].xml": xml(
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relationships(("w", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relationships(
            ("s1", "worksheet", "sheet1.xml"),
            ("s2", "sharedStrings", "sharedStrings.xml"),
            ("s3", "styles", "styles.xml"),
        ),
        "xl/workbook.xml": xml(
            f'<workbook {_X}><sheets><sheet name="Biểu 1" sheetId="1" r:id="s1"/></sheets></workbook>'
        ),
        "xl/sheet1.xml": xml(
            f'<worksheet {_X}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
        ),
        "xl/sharedStrings.xml": xml(f"<sst {_X}><si><t>{SENTENCE}</t></si></sst>"),
        "xl/styles.xml": xml(f"<styleSheet {_X}></styleSheet>"),
    }


def odf_text(inside: str, before: str = "") -> str:
    """Return what an ODT holds in `content.xml`: `inside` its body, `before` it scripts."""
    return f"{before}<office:body><office:text><text:p>{SENTENCE}</text:p>{inside}</office:text></office:body>"


def odt_parts(inside: str = "", before: str = "", more: Iterable[str] = ()) -> dict[str, str]:
    """Return the parts of an ODT; its manifest lists `more` as well."""
    return _odf_parts("text", odf_text(inside, before), more)


def ods_parts() -> dict[str, str]:
    """Return the parts of an ODS with one sentence in a cell."""
    cell = f'<table:table-cell office:value-type="string"><text:p>{SENTENCE}</text:p></table:table-cell>'
    table = f'<table:table table:name="Biểu 1"><table:table-row>{cell}</table:table-row></table:table>'
    inside = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return _odf_parts("spreadsheet", inside, ())


def fodt(inside: str = "", before: str = "", doctype: str = "") -> bytes:
    """Return an ODT in one XML file."""
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    return xml(f"<office:document {ODF} {kind}>{odf_text(inside, before)}</office:document>", doctype).encode()


def _odf_parts(kind: str, inside: str, more: Iterable[str]) -> dict[str, str]:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    listed = ("content.xml", "styles.xml", "meta.xml", *more)
    entries = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in listed)
    return {
        "mimetype": mime,
        "META-INF/manifest.xml": xml(
            f'<m:manifest xmlns:m="{_ODF}:manifest:1.0" m:version="1.2">'
            f'<m:file-entry m:full-path="/" m:media-type="{mime}"/>{entries}</m:manifest>'
        ),
        "content.xml": xml(f"<office:document-content {ODF}>{inside}</office:document-content>"),
        "styles.xml": xml(f"<office:document-styles {ODF}></office:document-styles>"),
        "meta.xml": xml(f"<office:document-meta {ODF}><office:meta></office:meta></office:document-meta>"),
    }


def xhtml(inside: str, doctype: str = "<!DOCTYPE html>", head: str = "") -> bytes:
    """Return a page of the Web."""
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>{head}</head>'
    return xml(f"{page}<body><p>{SENTENCE}</p>{inside}</body></html>", doctype).encode()
