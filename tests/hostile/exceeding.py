"""For each limit of what a file may hold: small files beyond it once it is set low, in each format it is for."""

from __future__ import annotations

import random
from base64 import a85encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.hostile.bombs import unnamed
from tests.hostile.made import (
    ODT_TEXT,
    PAGE_WORDS,
    SOUND,
    WORDS,
    deflated,
    docx,
    fodt,
    html,
    mht,
    ods,
    ods_row,
    ods_table,
    odt,
    paragraphs,
    pdf,
    pdf_of,
    pdf_stream,
    sheet_row,
    word_xml,
    xlsx,
)


@dataclass(frozen=True, slots=True)
class Case:
    """Files by name, which are read where a limit is `enough` and not where it is `low`.

    `enough` of None is the usual limit; `others` are limits that are low as well. `code` is the problem that a file
    has which is read in part.
    """

    files: Mapping[str, bytes]
    low: int
    enough: int | None = None
    code: str = "file.limit"
    others: Mapping[str, int] = field(default_factory=dict)


def _swollen() -> bytes:
    """Return 21 MB that deflate to a fiftieth of that."""
    return random.Random(1).randbytes(400_000) + bytes(20_600_000)


_TWO = '<!DOCTYPE a [<!ENTITY i "ha"><!ENTITY j "ho">]>'
_LATE = f"<!--{'x' * 200_000}-->{_TWO}"
_CELLS = "".join(f"<w:tc>{paragraphs(word)}</w:tc>" for word in "abc")
_TABLE_LINES = "STT  |  Nội dung  |  Số\n---|---|---\n1  |  Mở lớp  |  12\n"
_CONTENT = PAGE_WORDS.encode() + b" " * 5000
_PICTURE = pdf_stream(
    deflated(bytes(90_000)),
    "/Type /XObject /Subtype /Image /Width 300 /Height 300 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    "/Filter /FlateDecode",
)
SCAN = pdf(pdf_stream(b"q 595 0 0 842 0 0 cm /I Do Q"), resources="/XObject << /I 5 0 R >>", more=(_PICTURE,))
"""A PDF whose one page is a picture of 300 by 300 points."""


def two_pages(first: bytes) -> bytes:
    """Return a PDF whose first page has contents of its own and whose second has words."""
    pages = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
        b"/Resources << /Font << /F 3 0 R >> >> >>"
    )
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [6 0 R 7 0 R] /Count 2 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
            pdf_stream(first),
            pdf_stream(PAGE_WORDS.encode()),
            pages % 4,
            pages % 5,
        ]
    )


RULES = PAGE_WORDS.encode() + b" 0 0 m 9 9 l S" * 60
LETTERS = b"BT /F 12 Tf 72 700 Td (" + b"Da mo lop. " * 8 + b") Tj ET"

_ARCHIVES = {form: SOUND[form] for form in ("docx", "xlsx", "odt", "ods")}
_SPANS = "<text:span>" * 9 + "a" + "</text:span>" * 9

CASES: Mapping[str, tuple[Case, ...]] = {
    "file_size": (Case({f"a.{form}": data for form, data in SOUND.items() if form != "csv"}, low=60),),
    "unpacked_size": (Case({f"a.{form}": data for form, data in _ARCHIVES.items()}, low=400),),
    "unpacked_ratio": (
        Case(
            {
                "a.docx": docx(more={"word/media/a.bin": _swollen()}),
                "a.xlsx": xlsx(more={"xl/media/a.bin": _swollen()}),
                "a.odt": odt(more={"Pictures/a.bin": _swollen()}),
                "a.ods": ods(more={"Pictures/a.bin": _swollen()}),
            },
            low=20,
        ),
    ),
    "parts": (Case({f"a.{form}": data for form, data in _ARCHIVES.items()}, low=2),),
    "xml_size": (
        Case(
            {
                **{f"a.{form}": data for form, data in _ARCHIVES.items()},
                "a.fodt": SOUND["fodt"],
                "unnamed.docx": unnamed(word_xml(paragraphs(WORDS * 10))),
            },
            low=320,
        ),
    ),
    "xml_depth": (
        Case(
            {
                "a.docx": docx("<w:p>" + "<w:smartTag>" * 9 + "</w:smartTag>" * 9 + "</w:p>" + paragraphs("a")),
                "unnamed.docx": unnamed(word_xml("<w:p>" + "<w:smartTag>" * 9 + "</w:smartTag>" * 9 + "</w:p>")),
                "a.xlsx": xlsx(sheet_row(1, WORDS).replace("<is>", "<is><a><b><c></c></b></a>")),
                "a.odt": odt(f"<text:p>{_SPANS}</text:p>"),
                "a.fodt": fodt(f"<text:p>{_SPANS}</text:p>"),
                "a.ods": ods(ods_table(ods_row(_SPANS))),
            },
            low=7,
        ),
    ),
    "xml_entities": (
        Case(
            {
                "a.docx": docx(before=_TWO),
                "late.docx": docx(before=_LATE),
                "wide.docx": docx(
                    more={
                        "word/document.xml": (
                            f'<?xml version="1.0" encoding="UTF-16"?>{word_xml(paragraphs(WORDS), _TWO)}'.encode(
                                "utf-16"
                            )
                        )
                    }
                ),
                "unnamed.docx": unnamed(word_xml(paragraphs(WORDS), _TWO)),
                "styles.docx": docx(
                    more={
                        "word/styles.xml": f'{_TWO}<w:styles xmlns:w="http://schemas.openxmlformats.org/'
                        'wordprocessingml/2006/main"/>'
                    }
                ),
                "a.xlsx": xlsx(before=_TWO),
                "late.xlsx": xlsx(before=_LATE),
                "a.odt": odt(before=_TWO),
                "late.odt": odt(before=_LATE),
                "a.ods": ods(before=_TWO),
                "late.ods": ods(before=_LATE),
            },
            low=1,
            enough=2,
        ),
    ),
    "html_depth": (Case({"a.html": html("<div>" * 50 + WORDS), "a.mht": mht("<div>" * 50 + WORDS)}, low=40),),
    "pages": (Case({"a.pdf": pdf(pages=3)}, low=2),),
    "pdf_objects": (
        Case(
            {
                "a.pdf": pdf(),
                "listed.pdf": pdf(more=(pdf_stream(b"7 0 << >>", "/Type /ObjStm /N 99 /First 4"),)),
                "ends.pdf": pdf().replace(b" obj", b"\nobj"),
            },
            low=4,
        ),
    ),
    "pdf_stream": (
        Case(
            {
                "once.pdf": pdf(pdf_stream(deflated(_CONTENT), "/Filter /FlateDecode")),
                "twice.pdf": pdf(pdf_stream(deflated(_CONTENT, 2), "/Filter [/FlateDecode /FlateDecode]")),
                "letters.pdf": pdf(
                    pdf_stream(a85encode(deflated(_CONTENT)) + b"~>", "/Filter [/ASCII85Decode /FlateDecode]")
                ),
                "hex.pdf": pdf(
                    pdf_stream(deflated(_CONTENT).hex().encode() + b">", "/Filter [/ASCIIHexDecode /FlateDecode]")
                ),
                "escaped.pdf": pdf(pdf_stream(deflated(_CONTENT), "/F#69lter /Fl#61teDecode")),
                "behind.pdf": pdf(pdf_stream(deflated(_CONTENT), f"/Filter /FlateDecode /Note ({'x' * 5000})")),
                "named.pdf": pdf(pdf_stream(deflated(_CONTENT), "/Filter /FlateDecode /Note ( obj )")),
                "referred.pdf": pdf(pdf_stream(deflated(_CONTENT), "/Filter 5 0 R"), more=(b"/FlateDecode",)),
                "runs.pdf": pdf(
                    pdf_stream(
                        bytes([len(PAGE_WORDS) - 1]) + PAGE_WORDS.encode() + b"\x81 " * 40 + b"\x80",
                        "/Filter /RunLengthDecode",
                    )
                ),
            },
            low=1000,
        ),
        Case(
            {"as_picture.pdf": pdf(pdf_stream(deflated(_CONTENT), "/Filter /FlateDecode /Subtype /Image"))},
            low=1000,
            others={"pixels": 250},
        ),
    ),
    "page_objects": (
        Case({"a.pdf": pdf(pdf_stream(RULES))}, low=50),
        Case({"two.pdf": two_pages(RULES)}, low=50, code="page.limit"),
    ),
    "page_characters": (
        Case({"a.pdf": pdf(pdf_stream(LETTERS))}, low=60),
        Case({"two.pdf": two_pages(LETTERS)}, low=60, code="page.limit"),
    ),
    "pixels": (Case({"a.pdf": SCAN}, low=80_000),),
    "characters": (
        Case({f"a.{'xls' if form == 'csv' else form}": data for form, data in SOUND.items() if form != "fodt"}, low=20),
    ),
    "cells": (
        Case(
            {
                "a.docx": docx(f"<w:tbl><w:tr>{_CELLS}</w:tr></w:tbl>"),
                "a.html": html("<table><tr><td>a<td>b<td>c</table>"),
                "a.mht": mht("<table><tr><td>a<td>b<td>c</table>"),
                "a.md": _TABLE_LINES.encode(),
                "a.txt": _TABLE_LINES.replace("---|---|---\n", "").encode(),
                "a.odt": odt(ods_table(ods_row("a", "b", "c"))),
                "a.xls": "STT,Nội dung,Số\n1,Mở lớp,12\n".encode(),
            },
            low=2,
        ),
        Case({"a.xlsx": xlsx(sheet_row(1, *"abc")), "a.ods": ods(ods_table(ods_row(*"abc")))}, low=2, code="sheet.cut"),
    ),
    "sheet_cells": (
        Case({"a.xlsx": xlsx(sheet_row(1, *"abcd") + sheet_row(3, *"abcd"))}, low=9, code="sheet.cut"),
        Case({"a.ods": ods(ods_table(ods_row(*"abcd") * 3))}, low=9, code="sheet.too_large"),
    ),
}
"""The cases of each limit, by its name."""

NESTED_ODT = odt(ODT_TEXT, more={"Object 1/content.xml": f"{_TWO}<a/>"})
"""An ODT that declares entities in a part of a part."""
