"""Files of a size that no report has: they are read within the limits, or refused by name."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.watching import ROOT

SAMPLES = ROOT / "samples" / "reports"
_PAGES, _PHOTOS, _PHOTO = 2_000, 20, 5_000_000
_PRINTED = ("snv_hoabinh_2024", "svhttdl_vinhlong_2025", "syt_nam_2024", "ubnd_phuong_2025q3")
_LETTERS = "snv_phutho_2024h1.docx"


def large_files() -> dict[str, Callable[[Path], None]]:
    """Return what writes each file, by its name."""
    return {
        "2000_pages.pdf": _many_pages,
        "100_MB_of_photos.docx": _photos,
        "100_MB_of_text.docx": lambda path: _text(path, 95_000_000),
        "over_100_MB_of_text.docx": lambda path: _text(path, 110_000_000),
        "40_MB_of_text.docx": lambda path: _text(path, 40_000_000),
        "60_MB_of_text.txt": _typed,
    }


def _many_pages(path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    sources = [PdfReader(SAMPLES / f"{name}.pdf") for name in _PRINTED]
    pages = [page for source in sources for page in source.pages]
    writer = PdfWriter()
    for number in range(_PAGES):
        writer.add_page(pages[number % len(pages)])
    writer.write(path)


def _photos(path: Path) -> None:
    noise = random.Random(1)
    path.write_bytes((SAMPLES / _LETTERS).read_bytes())
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        for number in range(_PHOTOS):
            archive.writestr(f"word/media/photo{number}.jpg", noise.randbytes(_PHOTO))


def _text(path: Path, size: int) -> None:
    """Write a DOCX of which the document, repeated, has so many bytes of XML."""
    with ZipFile(SAMPLES / _LETTERS) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                head, begun, rest = content.partition(b"<w:body>")
                body, closed, foot = rest.rpartition(b"<w:sectPr")
                content = head + begun + body * (size // len(body)) + closed + foot
            target.writestr(name, content)


def _typed(path: Path) -> None:
    text = (SAMPLES / "doan_lamdong_2022.docx").name
    line = f"Trong năm 2024, {text} đã tổ chức 12 lớp tập huấn cho 1.250 lượt người theo Kế hoạch số 15/KH-UBND.\n"
    path.write_text(line * (60_000_000 // len(line.encode())), encoding="utf-8")
