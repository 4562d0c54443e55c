"""The floor: the plain text of PDFs by pdfium and of DOCX by zip and lxml, and nothing made of it.

    python -m benchmarks.contenders.floor FOLDER

Whatever reads reports with these two libraries takes at least this long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/header", "word/footer")


def pdf_text(path: Path) -> str:
    """Return the text of all pages as pdfium gives it."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def docx_text(path: Path) -> str:
    """Return the text of body, notes, headers and footers, a line for each paragraph."""
    with ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith(_PARTS) and name.endswith(".xml")]
        roots = [etree.fromstring(package.read(name)) for name in parts]
    paragraphs = (paragraph for root in roots for paragraph in root.iter(_W + "p"))
    return "\n".join("".join(text.text or "" for text in paragraph.iter(_W + "t")) for paragraph in paragraphs)


READERS = {".pdf": pdf_text, ".docx": docx_text}


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the text of each report below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in READERS:
            yield path, READERS[path.suffix](path)


if __name__ == "__main__":
    print(sum(len(text) for _, text in texts(Path(sys.argv[1]))), "characters")
