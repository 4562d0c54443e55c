"""Seals and signatures in colour are taken out of a picture; words in black and figures in colour stay."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from pipeline.parsers.scan.seals import _gray_and_coloured, without_seals

DPI = 200
RED, BLUE, BLACK = (210, 40, 40), (40, 60, 200), (20, 20, 20)


def page():
    picture = Image.new("RGB", (1000, 1000), "white")
    return picture, ImageDraw.Draw(picture)


def gray(picture):
    return without_seals(np.asarray(picture)[..., ::-1], DPI)


def ink(picture, box):
    left, top, right, bottom = box
    return int((gray(picture)[top:bottom, left:right] < 170).sum())


def seal(draw, x, y, colour):
    for inset in (0, 12, 60):
        draw.ellipse((x + inset, y + inset, x + 276 - inset, y + 276 - inset), outline=colour, width=7)


def test_a_seal_is_taken_out_and_the_name_below_it_stays():
    picture, draw = page()
    draw.rectangle((420, 600, 640, 606), fill=BLACK)
    name = ink(picture, (400, 590, 700, 620))
    for colour in (RED, BLUE):
        seal(draw, 380, 480, colour)
    assert ink(picture, (300, 400, 800, 900)) <= name
    assert ink(picture, (400, 590, 700, 620)) > 0.8 * name


def test_figures_printed_in_red_stay():
    picture, draw = page()
    draw.text((100, 100), "1.234", fill=RED, font_size=30)
    draw.text((100, 400), "567", fill=RED, font_size=30)
    assert ink(picture, (90, 90, 300, 150)) > 100
    assert ink(picture, (90, 390, 300, 450)) > 50


def test_a_page_without_colour_is_as_it_was():
    picture, draw = page()
    draw.text((100, 100), "Báo cáo", fill=BLACK, font_size=30)
    assert np.array_equal(gray(picture) < 170, np.asarray(picture.convert("L")) < 170)


def test_gray_levels_are_those_of_the_colours_weighed():
    colours = np.random.default_rng(7).integers(0, 256, (131, 67, 3), dtype=np.uint8)
    levels, coloured = _gray_and_coloured(colours)
    assert np.array_equal(levels, (colours @ np.array([29.0, 150.0, 77.0]) / 256).astype(np.uint8))
    assert np.array_equal(coloured, np.ptp(colours, axis=2) > 60)
