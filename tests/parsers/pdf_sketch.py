"""Pages drawn for the tests of the PDF parser: words put where a report has them, by reportlab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONTS = Path("/usr/share/fonts/truetype")
_FACES = (
    ("liberation2/LiberationSerif-Regular.ttf", "liberation2/LiberationSerif-Bold.ttf"),
    ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    ("dejavu/DejaVuSerifCondensed.ttf", "dejavu/DejaVuSerifCondensed-Bold.ttf"),
)

LEFT, RIGHT, INDENT, PITCH = 85.0, 538.0, 36.0, 20.0
WORDS = (
    "Công tác đối ngoại của tỉnh tiếp tục được triển khai đồng bộ và toàn diện trên các lĩnh vực chính trị, "
    "kinh tế và văn hóa, góp phần nâng cao vị thế của địa phương và thu hút thêm nguồn lực từ bên ngoài"
)


def _faces() -> tuple[TTFont, TTFont]:
    """Return a regular and a bold font that have Vietnamese letters; old Liberation fonts have none."""
    for regular, bold in _FACES:
        if (_FONTS / regular).exists() and (_FONTS / bold).exists():
            faces = TTFont("Regular", str(_FONTS / regular)), TTFont("Bold", str(_FONTS / bold))
            if all(ord("Ỉ") in face.face.charToGlyph for face in faces):
                return faces
    pytest.skip("no font with Vietnamese letters: install fonts-liberation2 or fonts-dejavu", allow_module_level=True)


for _face in _faces():
    pdfmetrics.registerFont(_face)


class Sketch:
    """A PDF being drawn; places are points from the top left of an A4 page, `y` being the baseline."""

    def __init__(self, **options: object) -> None:
        self._bytes = BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=A4, **options)

    def text(self, x: float, y: float, words: str, size: float = 14, bold: bool = False) -> float:
        """Draw words and return where they end."""
        font = "Bold" if bold else "Regular"
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, A4[1] - y, words)
        return x + pdfmetrics.stringWidth(words, font, size)

    def centred(self, y: float, words: str, size: float = 14, bold: bool = False, middle: float = 311.5) -> None:
        width = pdfmetrics.stringWidth(words, "Bold" if bold else "Regular", size)
        self.text(middle - width / 2, y, words, size, bold)

    def paragraph(self, y: float, words: str, indent: float = INDENT, size: float = 14) -> float:
        """Draw words justified, with an indented first line; return the baseline after the last line."""
        left = LEFT + indent
        line: list[str] = []
        for word in [*words.split(" "), ""]:
            width = pdfmetrics.stringWidth(" ".join([*line, word]), "Regular", size)
            if word and left + width <= RIGHT:
                line.append(word)
                continue
            self._justified(left, y, line, size, last=not word)
            left, y, line = LEFT, y + PITCH, [word]
        return y

    def _justified(self, left: float, y: float, words: Sequence[str], size: float, last: bool) -> None:
        widths = [pdfmetrics.stringWidth(word, "Regular", size) for word in words]
        gap = pdfmetrics.stringWidth(" ", "Regular", size)
        if not last and len(words) > 1:
            gap = (RIGHT - left - sum(widths)) / (len(words) - 1)
        for word, width in zip(words, widths, strict=True):
            self.text(left, y, word, size)
            left += width + gap

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, A4[1] - y, to_x, A4[1] - to_y)

    def grid(self, columns: Sequence[float], rows: Sequence[float], but: Iterable[tuple[float, ...]] = ()) -> None:
        """Draw a ruled table of these edges, without the pieces of rule `but`: (x, y, to_x, to_y)."""
        pieces = [(x, y, to_x, y) for y in rows for x, to_x in pairwise(columns)]
        pieces += [(x, y, x, to_y) for x in columns for y, to_y in pairwise(rows)]
        for piece in set(pieces) - set(but):
            self.rule(*piece)

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self._bytes.getvalue()
