"""Boxes hold the words that they are told for: checked by what the PDF itself draws in them, not by our parser."""

from __future__ import annotations

import shutil
import subprocess
from difflib import SequenceMatcher
from io import BytesIO
from operator import itemgetter

import numpy as np
import pypdfium2
import pypdfium2.raw
import pytest
from PIL import Image

from pipeline.parsers.programs import TESSERACT
from pipeline.text.fold import fold
from tests.review.browsing import browsing
from tests.review.serving import REPORTS, made, served

HYPHENS = dict.fromkeys("\x02\ufffe", "-")  # that ends a line, as pdfium tells it
PDFS = sorted(path.name for path in REPORTS.glob("*.pdf"))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return made(tmp_path_factory.mktemp("boxes"), *PDFS)


@pytest.fixture(scope="module")
def browser(tables):
    with served(tables, folder=tables.parent / "reports") as url, browsing(url) as found:
        yield found


def letters(text):
    return "".join(fold(text).split())


class Drawn:
    """The characters of a PDF with the place of their middle, in points from the top left of the page as shown."""

    def __init__(self, name):
        self.pdf = pypdfium2.PdfDocument(REPORTS / name)
        self.pages = {}

    def close(self):
        self.pdf.close()

    def characters(self, number):
        if number not in self.pages:
            page = self.pdf[number - 1]
            assert pypdfium2.raw.FPDFPage_Flatten(page.raw, 0)  # what a stamp draws is not in the page's own text
            page.close()
            self.pages[number] = list(self._read(self.pdf[number - 1]))
        return self.pages[number]

    def _read(self, page):
        assert page.get_rotation() == 0
        left, _, _, top = page.get_cropbox()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            letter = HYPHENS.get(text.get_text_range(at, 1), text.get_text_range(at, 1))
            x0, y0, x1, y1 = text.get_charbox(at, loose=True)
            yield letter, (x0 + x1) / 2 - left, top - (y0 + y1) / 2

    def words(self, boxes):
        """Return the characters whose middle is in one of the boxes, each box from left to right."""
        return "".join(letter for box in boxes for _, letter in sorted(self._within(box), key=itemgetter(0)))

    def _within(self, box):
        for letter, x, y in self.characters(box["page"]):
            if box["left"] <= x <= box["right"] and box["top"] <= y <= box["bottom"]:
                yield x, letter


def placed(browser, name):
    """Return the evidence of every row of a report that has a place."""
    rows = [row for at in range(0, 1000, 500) for row in browser.rows(report=name, limit=500, **{"from": at})]
    return [browser.get("row", key=row["key"]) for row in rows if row["start"] is not None]


def is_drawn(name):
    """Tell whether a PDF has text of its own and is no scan."""
    with pypdfium2.PdfDocument(REPORTS / name) as pdf:
        return all(page.get_textpage().count_chars() > 100 for page in pdf)


@pytest.mark.parametrize("name", [name for name in PDFS if is_drawn(name)])
def test_a_box_holds_the_words_of_its_row(browser, name):
    drawn = Drawn(name)
    try:
        told = placed(browser, name)
        assert len(told) > 50
        wrong = []
        for one in told:
            held = letters(drawn.words(one["boxes"]))
            if held != letters(one["row"]["text"]):
                wrong.append((one["row"]["key"], one["row"]["text"], held, one["boxes"]))
        assert not wrong, f"{len(wrong)} of {len(told)}: {wrong[:10]}"
    finally:
        drawn.close()


@pytest.mark.parametrize("name", [name for name in PDFS if not is_drawn(name)])
@pytest.mark.skipif(TESSERACT.find() is None, reason="Tesseract is not on this machine")
def test_a_box_on_a_scan_holds_the_words_of_its_row(browser, name):
    told = placed(browser, name)
    assert len(told) > 20
    pages = {}
    sizes = {page["page"]: (page["width"], page["height"]) for page in told[0]["pages"]}
    for one in told:
        assert one["boxes"], one["row"]
        for box in one["boxes"]:
            width, height = sizes[box["page"]]
            assert 0 <= box["left"] < box["right"] <= width and 0 <= box["top"] < box["bottom"] <= height
            page = pages.setdefault(box["page"], picture(browser, told[0]["pages"], box["page"]))
            assert inked(cut(page, box, sizes[box["page"]], 0)), (one["row"], box)
    whole = [one for one in told if len(one["boxes"]) == 1 and len(one["row"]["text"]) >= 10]
    some = whole[:: max(1, len(whole) // 8)]
    likenesses = []
    for one in some:
        (box,) = one["boxes"]
        read = recognised(name, box)
        likenesses.append((SequenceMatcher(None, letters(read), letters(one["row"]["text"])).ratio(), read, one["row"]))
    poor = [found for found in likenesses if found[0] < 0.7]
    assert len(poor) <= len(some) // 8, poor


def picture(browser, pages, number):
    url = next(page["url"] for page in pages if page["page"] == number)
    return Image.open(BytesIO(browser.client.get(url).content)).convert("L")


def cut(image, box, size, margin):
    across, down = image.width / size[0], image.height / size[1]
    left, top = (box["left"] - margin) * across, (box["top"] - margin) * down
    return image.crop((left, top, (box["right"] + margin) * across, (box["bottom"] + margin) * down))


def inked(image):
    """Tell whether something is printed in a picture."""
    shades = np.asarray(image)
    return shades.size > 0 and int(shades.max()) - int(shades.min()) > 60


def recognised(name, box):
    """Return what Tesseract reads in a box of a page, drawn anew from the PDF at 300 dots per inch."""
    with pypdfium2.PdfDocument(REPORTS / name) as pdf:
        page = pdf[box["page"] - 1]
        image = page.render(scale=300 / 72).to_pil().convert("L")
        part = cut(image, box, page.get_size(), 3)
    sent = BytesIO()
    part.save(sent, "PNG")
    command = [str(TESSERACT.find()), "stdin", "stdout", "-l", "vie", "--psm", "7"]
    return subprocess.run(command, input=sent.getvalue(), capture_output=True, timeout=60).stdout.decode()


def test_some_of_each_are_looked_at():
    assert {is_drawn(name) for name in PDFS} == {True, False}
    assert shutil.which("tesseract") is None or TESSERACT.find() is not None
