"""A page made into a picture that can be read: rendered in gray, evenly lit, straight, at the right size."""

from __future__ import annotations

from ctypes import c_void_p
from math import cos, pi, sin, tan
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium
from msgspec import Struct
from PIL import Image, ImageFilter

from pipeline.parsers.scan.engine import Gray
from pipeline.parsers.scan.seals import without_seals

Ink = npt.NDArray[np.bool_]

INCH = 72.0
DPI = 200  # at which Tesseract reads body text best; 300 is slower and no better, also for coarse scans
_COARSEST = 100
_MOST_PIXELS = 30_000_000
_DARK = 170  # gray level below which a pixel of an evenly lit picture is ink
_BLOCK = 16  # pixels; a block this large holds some paper
_PAPER = 80  # percent: the level of a block that is its paper
_PAPER_LEVEL = 250.0
_BLACK, _WHITE = 30, 205  # levels of an evenly lit picture that are taken for pure ink and pure paper
_CONTRAST = ((np.arange(256) - _BLACK) * (255 / (_WHITE - _BLACK))).clip(0, 255).astype(np.uint8)
_NOISY = 3.0  # levels between neighbours on paper; JPEG alone makes 1
_SOFTER = 0.8  # pixels
_DARKEST_PAPER = 40
_SKEW_STEP = 4  # every so many columns are asked for the skew
_MOST_SKEW = 3.0  # degrees
_WORTH_TURNING = 0.03


class Picture(Struct, frozen=True):
    """A page as gray levels, 255 being white; `skew` is by how many degrees its lines fell to the right before."""

    gray: Gray
    dpi: float
    skew: float = 0.0

    @property
    def points(self) -> float:
        """How many points a pixel is."""
        return INCH / self.dpi


def page_to_picture(page: Any, resolution: float = DPI) -> Picture:
    """Return an open pdfium page, an image of `resolution` dpi, as a picture.

    A coarse image is enlarged once and not twice: it is rendered as it is, then turned and enlarged in one step.
    """
    inches = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page) / INCH**2
    most = (_MOST_PIXELS / max(inches, 1.0)) ** 0.5
    target = min(float(DPI), most)
    rendered = min(max(resolution, _COARSEST), target)
    gray = _even(_render(page, rendered / INCH))
    skew = _skew(ink_of(gray))
    if abs(skew) >= _WORTH_TURNING or rendered < target:
        gray = _turned(gray, skew, target / rendered)
    else:
        skew = 0.0
    if _noise(gray) > _NOISY:
        gray = np.asarray(Image.fromarray(gray).filter(ImageFilter.GaussianBlur(_SOFTER)))
    return Picture(_CONTRAST[gray], target, skew)


def ink_of(gray: Gray) -> Ink:
    """Return which pixels are ink."""
    dark: Ink = gray < _DARK
    return dark


def _render(page: Any, scale: float) -> Gray:
    width = max(1, round(pdfium.FPDF_GetPageWidthF(page) * scale))
    height = max(1, round(pdfium.FPDF_GetPageHeightF(page) * scale))
    picture = np.full((height, width, 3), 255, dtype=np.uint8)
    buffer = picture.ctypes.data_as(c_void_p)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, 3 * width)
    try:
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return without_seals(picture, scale * INCH)


def _even(gray: Gray) -> Gray:
    """Return the picture as if evenly lit: each pixel against the paper around it."""
    height, width = gray.shape
    padded = np.pad(gray, ((0, -height % _BLOCK), (0, -width % _BLOCK)), mode="edge")
    rows, columns = padded.shape[0] // _BLOCK, padded.shape[1] // _BLOCK
    blocks = padded.reshape(rows, _BLOCK, columns, _BLOCK).transpose(0, 2, 1, 3).reshape(rows, columns, -1)
    at = _BLOCK * _BLOCK * _PAPER // 100
    levels = np.partition(blocks, at, axis=2)[:, :, at]
    if levels.min() > _PAPER_LEVEL:
        return gray
    paper = Image.fromarray(levels).filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.GaussianBlur(2))
    around = np.asarray(paper.resize((columns * _BLOCK, rows * _BLOCK), Image.Resampling.BILINEAR))
    factor = _PAPER_LEVEL / np.maximum(around[:height, :width], _DARKEST_PAPER).astype(np.float32)
    even: Gray = np.minimum(gray * factor, 255).astype(np.uint8)
    return even


def _skew(ink: Ink) -> float:
    """Return by how many degrees the lines fall to the right: the angle at which rows are fullest and emptiest."""
    down, across = np.nonzero(ink[:, ::_SKEW_STEP])
    if not down.size:
        return 0.0
    from_middle = across * float(_SKEW_STEP) - ink.shape[1] / 2
    best = 0.0
    for reach, step in ((_MOST_SKEW, 0.25), (0.2, 0.05), (0.03, 0.01)):
        angles = (best + step * at for at in range(-round(reach / step), round(reach / step) + 1))
        best = max(angles, key=lambda angle: _sharpness(down, from_middle, ink.shape[0], angle))
    return best


def _sharpness(down: npt.NDArray[np.intp], across: npt.NDArray[np.float64], height: int, angle: float) -> float:
    rows = np.rint(down - across * tan(angle * pi / 180) + height / 2).astype(np.intp)
    counts = np.bincount(rows.clip(0, 2 * height), minlength=2 * height + 1).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())


def _noise(gray: Gray) -> float:
    """Return by how many levels neighbouring points of the paper differ."""
    levels = gray[::8].astype(np.int16)
    steps = np.abs(np.diff(levels, axis=1))[(levels[:, 1:] > _WHITE) & (levels[:, :-1] > _WHITE)]
    return float(steps.mean()) if steps.size else 0.0


def _turned(gray: Gray, skew: float, factor: float) -> Gray:
    """Return the picture turned about its middle until it is straight, and enlarged."""
    height, width = gray.shape
    size = round(width * factor), round(height * factor)
    a, b = cos(skew * pi / 180) / factor, -sin(skew * pi / 180) / factor
    x, y = size[0] / 2, size[1] / 2
    matrix = (a, b, width / 2 - a * x - b * y, -b, a, height / 2 + b * x - a * y)
    turned = Image.fromarray(gray).transform(
        size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=255
    )
    return np.asarray(turned)
