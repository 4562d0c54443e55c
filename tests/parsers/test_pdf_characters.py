"""The characters of a page are those that pdfium tells when it is asked for each of them, one at a time."""

from __future__ import annotations

import ctypes
from contextlib import closing
from math import hypot, pi
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pipeline.parsers.pdf import characters
from pipeline.parsers.pdf.characters import Character, read_drawing
from pipeline.parsers.pdf.frames import Frame, page_frame
from pipeline.parsers.pdf.looks import UNICODE, is_bold
from pipeline.text.legacy import font_of

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.pdf"))


def told_of(text, at: int, frame: Frame) -> tuple[float, float, bool]:
    """Return the baseline and the size of a character, and whether it stands upright."""
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(text, at, x, y)
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    base, size = frame.place(x.value, y.value)[1], pdfium.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
    turned = pdfium.FPDFText_GetCharAngle(text, at) / (pi / 2) + frame.turns
    upright = abs(turned - round(turned)) < 0.05 and round(turned) % 4 == 0
    return base, size, upright and size >= 0.1 and 0 <= base <= frame.height


def one_by_one(text, frame: Frame) -> tuple[list[Character], list]:
    """Ask for the edges, the font and, where the lower edge moves, the stance of one character after the other."""
    read, fonts = [], []
    box, name, flags = pdfium.FS_RECTF(), ctypes.create_string_buffer(80), ctypes.c_int()
    after_space, lower, font = True, None, UNICODE
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        letter = characters._SPECIAL.get(code, chr(code))
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        left, right = box.left - frame.left, box.right - frame.left
        if letter == characters._NOTHING or (letter == " " and right <= left):
            after_space = True
            continue
        if after_space or box.bottom != lower:
            pdfium.FPDFText_GetFontInfo(text, at, name, 80, flags)
            known = name.value.decode("latin-1")
            if font_of(known) != font:
                font = font_of(known)
                fonts.append((len(read), font))
        if box.bottom != lower:
            lower = box.bottom
            base, size, upright = told_of(text, at, frame)
        after_space = letter == " "
        if upright and 0 <= left <= frame.width:
            read.append(Character(letter, left, right, base, size, is_bold(known, flags.value)))
    return read, fonts


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("cropped", [0.0, 90.0])
def test_characters_asked_for_together_are_those_asked_for_one_by_one(path, cropped):
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        for at in range(len(pdf)):
            page = pdf[at]
            width, height = page.get_size()
            page.set_cropbox(cropped, 0, width - cropped, height)
            frame, text = page_frame(page.raw), pdfium.FPDFText_LoadPage(page.raw)
            drawing = read_drawing(page.raw, at + 1)
            assert (list(drawing.characters), list(drawing.fonts)) == one_by_one(text, frame)
            assert all(type(character) is Character for character in drawing.characters)
            pdfium.FPDFText_ClosePage(text)


def test_the_search_for_special_letters_finds_all_of_them():
    found = {code for code in range(0x110000) if characters._SPECIAL_LETTER.match(chr(code))}
    assert found == set(characters._SPECIAL)
