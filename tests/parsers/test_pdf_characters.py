"""The characters of a page are those that pdfium tells when it is asked for each of them, one at a time."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pipeline.parsers.pdf import characters
from pipeline.parsers.pdf.characters import Character, read_drawing
from pipeline.parsers.pdf.frames import Frame, page_frame

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.pdf"))


def one_by_one(text, frame: Frame) -> tuple[list[Character], list]:
    """Ask for the edges, the font and, where the lower edge moves, the stance of one character after the other."""
    read, fonts = [], []
    box, stance, weight = pdfium.FS_RECTF(), characters._Stance(text, frame), characters._Weight(text)
    after_space = True
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        letter = characters._SPECIAL.get(code, chr(code))
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        left, right = box.left - frame.left, box.right - frame.left
        if letter == characters._NOTHING or (letter == " " and right <= left):
            after_space = True
            continue
        if after_space or box.bottom != stance.lower:
            weight.ask(at)
            if weight.font != (fonts[-1][1] if fonts else characters._UNICODE):
                fonts.append((len(read), weight.font))
        if box.bottom != stance.lower:
            stance.ask(at, box.bottom)
        after_space = letter == " "
        if stance.upright and 0 <= left <= frame.width:
            read.append(Character(letter, left, right, stance.base, stance.size, weight.bold))
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
