"""What plots are drawn on: a sheet measured in points from its top left corner, with our colours and our font."""

from __future__ import annotations

import base64
import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path
from msgspec import Struct

from pipeline.summary.svg import EDGE, TITLE_LINE, inline_svg, legible, lone_svg

WIDTH = 690.0
"""How wide a sheet is, in points."""

INK, FAINT, RULE, PAPER = "#1d2b36", "#5b6b78", "#dfe5ea", "#ffffff"
DEEP, AMBER, RED, GREY, MIST = "#11567f", "#e8a321", "#b5452c", "#aab5be", "#8fb6cc"
"""Colours that the colour-blind tell apart, and that differ in print without colour too."""

_FONTS = Path(__file__).with_name("fonts")
_FAMILY = ["Be Vietnam Pro", "DejaVu Sans"]
_WEIGHTS = {"Regular": 400, "SemiBold": 600}
_TITLE_SIZE, _DPI = 11.0, 160.0
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "baocao",
    "text.parse_math": False,
    "text.hinting": "none",
    "font.family": _FAMILY,
    "text.color": INK,
}


class Drawn(Struct, frozen=True):
    """A plot: as it stands in the page, and as files of its own, which have its title in the picture."""

    name: str
    title: str
    inline: str
    svg: bytes
    png: bytes


class Sheet:
    """A sheet of a given height to draw on, within `settings`; `x` and `y` are points from the top left."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=PAPER)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> None:
        """Draw a rectangle, with a line around it where `edge` names a colour."""
        line = 1.4 if edge else 0
        patch = Rectangle((x, y), width, height, facecolor=fill or "none", edgecolor=edge or "none", linewidth=line)
        patch.set_clip_on(False)
        self._axes.add_patch(patch)

    def rule(self, x: float, y: float, to_x: float, to_y: float, colour: str = RULE) -> None:
        """Draw a thin line."""
        self._axes.plot([x, to_x], [y, to_y], color=colour, linewidth=0.7, clip_on=False)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str = INK,
        size: float = 9.0,
        align: str = "left",
        bold: bool = False,
        turned: float = 0.0,
    ) -> None:
        """Write a line of text; `y` is the middle of its small letters, or its foot where it is turned."""
        self._axes.text(
            x,
            y if turned else y + 0.36 * size,
            legible(words),
            color=colour,
            fontsize=size,
            ha=align,
            va="baseline",
            weight=600 if bold else 400,
            rotation=turned,
            rotation_mode="anchor",
        )


def drawn(sheet: Sheet, name: str, title: str) -> Drawn:
    """Return a finished sheet as a plot; to be called within `settings`."""
    written = _saved(sheet.figure, "svg")
    lines = wrapped(legible(title), WIDTH, _TITLE_SIZE, bold=True)
    alone = lone_svg(written, name, title, lines, faces())
    height = _entitle(sheet, lines)
    png = _saved(sheet.figure, "png", min(_DPI, 72 * 16_000 / height))
    return Drawn(name, title, inline_svg(written, name, title), alone.encode(), png)


def _saved(figure: Figure, form: str, dpi: float = 72) -> bytes:
    target = io.BytesIO()
    nameless = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}[form]
    figure.savefig(target, format=form, dpi=dpi, metadata=nameless)
    return target.getvalue()


def _entitle(sheet: Sheet, lines: Sequence[str]) -> float:
    """Put the title above what is drawn and an edge around it, and return how high all is."""
    top = EDGE + TITLE_LINE * len(lines) + 8
    height, width = sheet.height + top + EDGE, WIDTH + 2 * EDGE
    sheet.figure.set_size_inches(width / 72, height / 72)
    sheet.figure.axes[0].set_position((EDGE / width, EDGE / height, WIDTH / width, sheet.height / height))
    for at, line in enumerate(lines):
        y = 1 - (EDGE + 12 + TITLE_LINE * at) / height
        sheet.figure.text(EDGE / width, y, line, fontsize=_TITLE_SIZE, weight=600, color=INK)
    return height


@contextmanager
def settings() -> Iterator[None]:
    """Draw with our font, and never with what a user's own settings say, inside."""
    _add_fonts()
    finder = logging.getLogger("matplotlib.font_manager")
    level = finder.level
    finder.setLevel(logging.ERROR)
    try:
        with mpl.rc_context(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a letter that no font has is drawn as a box
            mpl.rcdefaults()
            for name, value in _SETTINGS.items():
                mpl.rcParams[name] = value
            yield
    finally:
        finder.setLevel(level)


@cache
def _add_fonts() -> None:
    for weight in _WEIGHTS:
        fontManager.addfont(_FONTS / f"BeVietnamPro-{weight}.ttf")


@cache
def faces() -> str:
    """Return the style that has our fonts in it."""
    told = []
    for weight, number in _WEIGHTS.items():
        data = base64.b64encode((_FONTS / f"BeVietnamPro-{weight}.woff2").read_bytes()).decode()
        told.append(
            f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{number};font-style:normal;'
            f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
        )
    return "\n".join(told)


def width_of(words: str, size: float = 9.0, bold: bool = False) -> float:
    """Return how wide a line of text is, in points."""
    return _measured(words, size, bold)


@cache
def _measured(words: str, size: float, bold: bool) -> float:
    face = FontProperties(family=_FAMILY, size=size, weight=600 if bold else 400)
    width, _, _ = text_to_path.get_text_width_height_descent(words, face, ismath=False)
    return float(width)


def wrapped(words: str, width: float, size: float = 9.0, most: int = 3, bold: bool = False) -> list[str]:
    """Return `words` on lines no wider than `width`, an ellipsis where there would be more than `most`."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        lines[most - 1 :] = [f"{lines[most - 1]} …"]
    return [fitting(line, width, size, bold) for line in lines]


def fitting(words: str, width: float, size: float = 9.0, bold: bool = False) -> str:
    """Return a line of text no wider than `width`, an ellipsis where it is cut."""
    if width_of(words, size, bold) <= width:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(words[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + "…"
