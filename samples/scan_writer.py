"""PDF to a PDF of page images, as a scanner would make it: straight and clean, or askew, noisy and coarse.

The same bytes and seed give the same pages on the same libraries.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

Box = tuple[int, float, float, float, float]
"""Page from 1, then left, top, right and bottom in points from the page's top left."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a scanner spoils a page; `skew` is the most degrees either way, `noise` a deviation in gray levels."""

    dpi: int
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    specks: float = 0.0
    shade: float = 0.0
    quality: int = 50
    bilevel: bool = False


SCANNERS = {
    "clean": Scanner(dpi=200, quality=40),
    "bilevel": Scanner(dpi=200, skew=0.2, noise=8, bilevel=True),
    "rough": Scanner(dpi=150, skew=0.7, blur=0.5, noise=12, specks=0.0002, shade=45, quality=30),
}


def pdf_to_scan(pdf: bytes, kind: str = "clean", seed: int = 1, scribble: Sequence[Box] = ()) -> bytes:
    """Return the pages of `pdf` as images in a PDF; `scribble` are blanks to be filled in as by hand."""
    scanner = SCANNERS[kind]
    rng = np.random.default_rng(seed)
    pages = []
    for number, page in enumerate(_rendered(pdf, scanner.dpi), 1):
        for box in scribble:
            if box[0] == number:
                _scribble(page, [side * scanner.dpi / 72 for side in box[1:]], rng)
        pages.append(_spoiled(page, scanner, rng))
    return _images_to_pdf(pages, scanner)


def _rendered(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            page.close()
    finally:
        document.close()


def _spoiled(page: Image.Image, scanner: Scanner, rng: np.random.Generator) -> Image.Image:
    if scanner.skew:
        # Never straight: at least half of the most that it may be.
        angle = scanner.skew * rng.uniform(0.5, 1.0) * rng.choice((-1, 1))
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    if scanner.blur:
        page = page.filter(ImageFilter.GaussianBlur(scanner.blur))
    gray = np.asarray(page, dtype=np.float32)
    if scanner.shade:
        gray = gray - _shade(gray.shape, scanner.shade, rng)
    if scanner.noise:
        gray = gray + rng.normal(0, scanner.noise, gray.shape).astype(np.float32)
    if scanner.specks:
        gray[rng.random(gray.shape) < scanner.specks] = 30
    spoiled = Image.fromarray(gray.clip(0, 255).astype(np.uint8))
    return spoiled.point(lambda level: 255 * (level > 160)).convert("1") if scanner.bilevel else spoiled


def _shade(shape: tuple[int, ...], depth: float, rng: np.random.Generator) -> np.ndarray:
    """Return how much darker each point is: one side of the page, and the fold of the lid."""
    down, across = (np.linspace(0, 1, size, dtype=np.float32) for size in shape)
    middle, side = rng.uniform(0.2, 0.8), rng.choice((-1, 1))
    slope = across if side > 0 else 1 - across
    return depth * (0.5 * slope[None, :] + 0.5 * np.abs(down - middle)[:, None])


def _scribble(page: Image.Image, box: Sequence[float], rng: np.random.Generator) -> None:
    """Draw two or three figures into a blank as a hand would: round strokes, aslant, too tall for the line."""
    left, top, right, bottom = box
    draw, height = ImageDraw.Draw(page), (bottom - top) * 1.5
    figures = int(rng.integers(2, 4))
    step = (right - left) / figures
    for at in range(figures):
        x, y = left + step * (at + 0.5), (top + bottom) / 2 - height * 0.15
        turns = np.linspace(0, rng.uniform(4, 8), 24)
        reach = np.linspace(1, rng.uniform(0.1, 0.6), 24)
        across = x + step * 0.4 * reach * np.cos(turns) + np.linspace(0, -step * 0.25, 24)
        down = y + height * 0.5 * np.linspace(-1, 1, 24) + height * 0.2 * reach * np.sin(turns)
        stroke = [(float(a), float(b)) for a, b in zip(across, down, strict=True)]
        draw.line(stroke, fill=int(rng.integers(20, 70)), width=max(2, round(height / 14)), joint="curve")


def _images_to_pdf(pages: Sequence[Image.Image], scanner: Scanner) -> bytes:
    """Return a PDF of `pages`: gray ones as JPEG, those of two levels as fax."""
    file, epoch = io.BytesIO(), time.gmtime(0)
    coding = {} if scanner.bilevel else {"quality": scanner.quality}
    pages[0].save(
        file,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=scanner.dpi,
        creationDate=epoch,
        modDate=epoch,
        **coding,
    )
    return file.getvalue()
