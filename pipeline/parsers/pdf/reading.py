"""PDF files that have a text layer, read into a Document.

Characters come from pdfium with their places; rows, columns, paragraphs, footnotes and tables are put
together again by geometry. What a signing tool stamped over a page is read in its place. Stages: sheets (a page
each), flow (reading order), text (with all offsets).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from pipeline.model import Document, Page, Problem
from pipeline.parsers.limits import raise_if_of_page, require
from pipeline.parsers.locks import is_locked, without_lock
from pipeline.parsers.pdf.annotations import Annotations
from pipeline.parsers.pdf.flow import sheets_to_flow
from pipeline.parsers.pdf.plumber import Plumber
from pipeline.parsers.pdf.sheets import Sheet, read_sheet
from pipeline.parsers.pdf.signatures import read_signatures
from pipeline.parsers.pdf.streams import check_streams
from pipeline.parsers.pdf.text import write_flow
from pipeline.parsers.scan.pages import Pictures, handwritten
from pipeline.problems import ParseError

_HEAD_WITHIN = 1024  # bytes; PDF 1.7, implementation note 13
_PAGE = re.compile(rb"/Type\s*/Page\b")
_DICTIONARY = 4000  # bytes in which an object begins before its type
_TRAILERS = (b"%%EOF", b"startxref")


def read_pdf(data: bytes) -> Document:
    """Return the Document of a PDF.

    Raises ParseError: `file.damaged`, also where the end of the file is missing and pdfium could only
    guess at what is left; `file.encrypted`; `file.limit`; `file.no_text` where no page has a text layer.
    """
    _check_whole(data)
    check_streams(data)
    with _opened(data) as pdf, closing(Plumber(data)) as plumber, closing(Annotations(data)) as annotations:
        if is_locked(pdf):
            check_streams(without_lock(pdf))
        require("pages", len(pdf))
        signatures = read_signatures(pdf.raw)
        sheets: list[Sheet] = []
        pictures = Pictures(pdf)
        for number in range(1, len(pdf) + 1):
            sheets.append(_read_page(pdf, number, plumber, annotations, pictures, sheets[-1] if sheets else None))
        missing = _missing_pages(data, len(sheets), plumber)
    if not sheets:
        raise _damaged("no pages")
    if all(sheet.is_blank for sheet in sheets):
        raise_if_of_page(problem for sheet in sheets for problem in sheet.problems)
        raise ParseError("file.no_text")
    document = _sheets_to_document(sheets)
    return replace(document, signatures=signatures, problems=(*missing, *document.problems))


def _missing_pages(data: bytes, read: int, plumber: Plumber) -> list[Problem]:
    """Return a problem where the page tree has more pages than its `Count` says, which pdfium goes by.

    pdfplumber walks the tree itself. It is asked only where the file has more page objects than pages: those of
    pages that were deleted stay in some files.
    """
    objects = {_number_of(data, found.start()) for found in _PAGE.finditer(data)}
    pages = plumber.count() if len(objects) > read else None
    if pages is None or pages <= read:
        return []
    return [Problem("file.pages", (("read", str(read)), ("pages", str(pages))))]


def _number_of(data: bytes, at: int) -> bytes:
    """Return the number of the object that stands at a place."""
    head = data[max(at - _DICTIONARY, 0) : at].rpartition(b" obj")[0]
    words = head.rsplit(maxsplit=2)
    return words[-2] if len(words) > 1 else b""


def _check_whole(data: bytes) -> None:
    """Refuse what is no PDF, and what breaks off after an object: pages would be missing without a word."""
    if b"%PDF-" not in data[:_HEAD_WITHIN]:
        raise _damaged("no PDF header")
    end = max(data.rfind(trailer) for trailer in _TRAILERS)
    if end < 0 or b" obj" in data[end:]:
        raise _damaged("the end is missing")


def _damaged(reason: str) -> ParseError:
    return ParseError("file.damaged", format="PDF", reason=reason)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise ParseError("file.encrypted", format="PDF") from error
        raise _damaged("no page tree") from error
    with closing(pdf):
        yield pdf


def _read_page(
    pdf: Any, number: int, plumber: Plumber, annotations: Annotations, pictures: Pictures, before: Sheet | None
) -> Sheet:
    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError as error:
        raise _damaged(f"page {number}") from error
    with closing(page):
        return read_sheet(page.raw, number, plumber, annotations, pictures, before)


def _sheets_to_document(sheets: list[Sheet]) -> Document:
    manuscript = write_flow(sheets_to_flow(sheets))
    return Document(
        text=manuscript.text,
        format="pdf",
        blocks=tuple(manuscript.blocks),
        pages=tuple(Page(sheet.number, sheet.width, sheet.height, sheet.text_source) for sheet in sheets),
        lines=tuple(manuscript.lines),
        text_source=_text_source(sheets),
        problems=(
            *dict.fromkeys(problem for sheet in sheets for problem in sheet.problems),
            *handwritten({sheet.number: sheet.blanks for sheet in sheets}, manuscript.lines),
        ),
    )


def _text_source(sheets: list[Sheet]) -> str:
    sources = {sheet.text_source for sheet in sheets if not sheet.is_blank}
    return sources.pop() if len(sources) == 1 else "mixed"
