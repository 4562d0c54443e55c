"""The part of a PDF page that is shown, and where its points stand from the top left of it."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

Box = tuple[float, float, float, float]


class Frame(Struct, frozen=True):
    """The visible part of a page in PDF space, and by how many quarter turns it is shown turned."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """The width of the page as shown."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as shown."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point in PDF space is shown, from the page's top left."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def place_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the shown left, top, right and bottom of a box in PDF space."""
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def page_frame(page: Any) -> Frame:
    """Return the visible part of an open pdfium page."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)
