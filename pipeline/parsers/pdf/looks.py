"""How the characters of a pdfium text page look: on which baseline they stand, how large and bold, in which font."""

from __future__ import annotations

import ctypes
from functools import cache
from math import inf, nan, pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import unchecked
from pipeline.parsers.pdf.extents import size_of
from pipeline.parsers.pdf.frames import Frame
from pipeline.text.legacy import Font, font_of

_write_font = unchecked(pdfium.FPDFText_GetFontInfo)
_write_origin = unchecked(pdfium.FPDFText_GetCharOrigin)
_angle_of = unchecked(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
_text_object = unchecked(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)

UNICODE = Font()
"""A font that says nothing of its letters."""

_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: bit 19 of the font flags
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_UPRIGHT = 0.05  # quarter turns
_NAME_LENGTH = 80
_TINIEST = 0.1  # points


class Style(NamedTuple):
    """What characters that look alike share."""

    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    upright: bool = False


class Look:
    """How the last character asked for looks, and what the name of its font says of its letters.

    Of these, the letters that the page draws as one object differ in their baselines alone; a page has as many
    objects as lines where it has hundreds of words.
    """

    def __init__(self, text: Any, frame: Frame) -> None:
        self._text, self._frame = text, frame
        self._x, self._y, self._flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self._origin, self._at_flags = (ctypes.byref(self._x), ctypes.byref(self._y)), ctypes.byref(self._flags)
        self._name, self._length = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_ulong(_NAME_LENGTH)
        self._item: int | None = None
        self._sized: int | None = None
        self._lower, self._level = nan, False
        self.style, self.font = Style(), UNICODE

    def ask(self, at: int, lower: float) -> None:
        """Ask pdfium about the character at index `at`, whose lower edge is `lower`.

        Baseline and size are those of the one before where that edge has not moved.
        """
        item = _text_object(self._text, at)
        if item == self._item and lower == self._lower:
            return
        base, size, bold, upright = self.style
        if item != self._item:
            self._item, bold = item, self._ask_font(at)
        if lower != self._lower:
            self._lower = lower
            if item is None or item != self._sized:
                self._sized, self._level, size = item, self._is_level(at), size_of(self._text, at)
            _write_origin(self._text, at, *self._origin)
            base = self._frame.place(self._x.value, self._y.value)[1]
            upright = self._level and is_legible(size) and 0 <= base <= self._frame.height
        self.style = Style(base, size, bold, upright)

    def _ask_font(self, at: int) -> bool:
        """Ask for the font of a character, and return whether it is bold."""
        _write_font(self._text, at, self._name, self._length, self._at_flags)
        name = self._name.value.decode("latin-1")
        self.font = font_of(name)
        return is_bold(name, self._flags.value)

    def _is_level(self, at: int) -> bool:
        turned = _angle_of(self._text, at) / (pi / 2) + self._frame.turns  # both clockwise
        return bool(abs(turned - round(turned)) < _UPRIGHT and round(turned) % 4 == 0)


@cache
def is_bold(font: str, flags: int = 0) -> bool:
    """Tell a bold font by its name or, where the name is silent, by its flags."""
    name = font.lower()
    return any(word in name for word in _BOLD_NAMES) or bool(flags & _FORCE_BOLD)


def is_legible(size: float) -> bool:
    """Tell whether letters of a size in points are there to be read: damaged files have some of no size at all."""
    return _TINIEST <= size < inf
