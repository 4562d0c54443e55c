"""Reports of any number of pages: the pages, or paragraphs and tables, of generated ones between one's head and end.

No page is there twice before all of some dozen long reports have been.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from pypdf import PdfReader, PdfWriter

from benchmarks.generator import Draft, Mixture, report

PAGE = 3000
"""Characters of a DOCX that count as a page."""

_SOURCES, _LENGTH = 12, 15
_HEAD, _END = 8, 12  # paragraphs and tables of a DOCX: letterhead, title; recipients, signature
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _drafts(kind: str) -> Iterator[Draft]:
    """Yield long reports of a format, each of other sources, places and numbers."""
    bases = [draft for draft in Mixture(seed=3).drafts(400) if draft.kind == kind and draft.said.place != ""]
    unlike = {draft.base: draft for draft in bases}
    return (replace(draft, length=_LENGTH) for draft in islice(unlike.values(), _SOURCES))


def long_pdf(pages: int) -> bytes:
    """Return a PDF of so many pages."""
    readers = [PdfReader(io.BytesIO(report(draft))) for draft in _drafts("pdf")]
    first, *inner = readers[0].pages
    *inner, last = inner
    others = chain(inner, *(list(reader.pages)[1:-1] for reader in readers[1:]))
    writer = PdfWriter()
    for page in (first, *islice(cycle(others), max(0, pages - 2)), *([last] if pages > 1 else [])):
        writer.add_page(page)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def long_docx(pages: int) -> bytes:
    """Return a DOCX of so many pages of 3,000 characters."""
    packages = [ZipFile(io.BytesIO(report(draft))) for draft in _drafts("docx")]
    root = etree.fromstring(packages[0].read(_BODY))
    body = root[0]
    *blocks, setting = list(body)
    head, inner, end = blocks[:_HEAD], blocks[_HEAD:-_END], blocks[-_END:]
    others = (list(etree.fromstring(package.read(_BODY))[0])[_HEAD : -_END - 1] for package in packages[1:])
    room = pages * PAGE - sum(map(_length, (*head, *end)))
    kept = []
    for block in cycle(list(chain(inner, *others))):
        if room <= 0:
            break
        room -= _length(block)
        kept.append(etree.tostring(block))
    body[:] = [*head, *map(etree.fromstring, kept), *end, setting]
    return _with_body(packages[0], etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _length(block: Any) -> int:
    return sum(len(text.text or "") for text in block.iter(_W + "t")) + 1


def _with_body(package: ZipFile, body: bytes) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in package.namelist():
            target.writestr(name, body if name == _BODY else package.read(name))
    return made.getvalue()


MAKERS = {"pdf": long_pdf, "docx": long_docx}


def write_long(folder: Path, kind: str, pages: int) -> Path:
    """Write a report of so many pages into `folder`, if it is not there, and return its path."""
    path = folder / f"{pages}_pages.{kind}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MAKERS[kind](pages))
    return path
