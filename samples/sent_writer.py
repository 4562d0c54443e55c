"""A printed PDF as it is sent: put through a scanner, in whole or in part, or filled in by a signing tool."""

from __future__ import annotations

import io
import re
import zlib

import pypdfium2
from blocks import PageBreak, Paragraph
from marks import pieces_to_text
from scan_writer import pdf_to_scan
from source import Source
from stamp_writer import Stamp, pdf_to_signed

_BLANKS = {
    "number": re.compile(r"Số:?(?P<blank>[ .…_]*)[/-]"),
    "day": re.compile(r"ngày(?P<blank>[ .…_]*)tháng"),
    "month": re.compile(r"tháng(?P<blank>[ .…_]*)năm"),
}


_ANCHORS = {"number": "Số:…/", "day": "ngày…tháng", "month": "tháng…năm"}


class BlankError(ValueError):
    """A blank that front matter wants to be filled in is not on the first page."""


def scanned(pdf: bytes, source: Source) -> bytes:
    """Return `pdf` as scanned: all its pages, or those of the appendix alone, with what was written by hand."""
    front = source.front
    scribble = [(1, *blank_box(pdf, name)) for name in front.scribble]
    first = _appendix_page(pdf, source) if front.scan_pages == "appendix" else 0
    scan = pdf_to_scan(_pages(pdf, first), front.scan, zlib.crc32(source.name.encode()), scribble)
    return _joined(_pages(pdf, 0, first), scan) if first else scan


def signed(pdf: bytes, source: Source) -> bytes:
    """Return `pdf` with the number and day that its signing tool stamps into the blanks, and its signatures."""
    stamps = [Stamp(1, _ANCHORS[name], text) for name, text in source.front.stamps]
    return pdf_to_signed(pdf, stamps, [(one.name, one.organisation, one.time) for one in source.front.signers])


def blank_box(pdf: bytes, name: str) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the blank `name` of the letterhead, in points from the top left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        text = page.get_textpage()
        words = "".join(text.get_text_range(at, 1)[:1] or " " for at in range(text.count_chars()))
        found = _BLANKS[name].search(words.replace("\r", " ").replace("\n", " "))
        if not found:
            raise BlankError(f"no blank for the {name} on the first page")
        before, after = text.get_charbox(found.start("blank") - 1), text.get_charbox(found.end("blank"))
        height = page.get_height()
        return before[2] + 1, height - before[3], after[0] - 1, height - before[1]
    finally:
        document.close()


def _appendix_page(pdf: bytes, source: Source) -> int:
    """Return the index of the page that the appendix begins on."""
    blocks = [block for block in source.body.appendix if not isinstance(block, PageBreak)]
    opening = pieces_to_text(blocks[0].pieces) if isinstance(blocks[0], Paragraph) else ""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
    return max(at for at, text in enumerate(pages) if "".join(opening.split()) in text)


def _pages(pdf: bytes, first: int, last: int | None = None) -> bytes:
    """Return the pages from index `first` up to `last` as a PDF."""
    whole, part = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new()
    part.import_pages(whole, list(range(first, len(whole) if last is None else last)))
    return _saved(part, whole)


def _joined(*pdfs: bytes) -> bytes:
    joined, parts = pypdfium2.PdfDocument.new(), [pypdfium2.PdfDocument(pdf) for pdf in pdfs]
    for part in parts:
        joined.import_pages(part)
    return _saved(joined, *parts)


def _saved(document: pypdfium2.PdfDocument, *sources: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    for each in (document, *sources):
        each.close()
    return out.getvalue()
