"""The edges that are taken from pdfium's paths are those that pdfplumber finds by itself, and so are the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parsers.pdf import plumber as pdf_plumber
from pipeline.parsers.pdf.characters import read_drawing
from pipeline.parsers.pdf.edges import TooDeepError, page_edges
from pipeline.parsers.pdf.plumber import Plumber
from tests.hostile.made import pdf_of, pdf_stream

ROOT = Path(__file__).parents[2]
SAMPLES = sorted([*(ROOT / "samples").rglob("*.pdf"), *(ROOT / "tests" / "data").rglob("*.pdf")])
A4 = "/MediaBox [0 0 595.28 841.89]"
NEAR = 0.002  # points; pdfium's numbers have 24 bits
GRID = " ".join(f"{x} 500 m {x} 600 l S" for x in (100, 200, 300)) + " ".join(
    f" 100 {y} m 300 {y} l S" for y in (500, 550, 600)
)

PATHS = {
    "lines": GRID,
    "closed lines": GRID.replace("l S", "l s"),
    "lines with a dash": f"[3 2] 0 d 0.5 w {GRID}",
    "one path of many lines": GRID.replace("S", "") + "S",
    "slanting lines": "100 100 m 140 400 l S 200 100 m 240 400 l 240 500 l S 300 100 m 340 400 l h S",
    "a slanting line there and back": "100 100 m 140 400 l 100 100 l S 200 100 m 240 400 l 200 100 l s",
    "lines of no length": "100 100 m 100 100 l S 100 100 m h S 100 100 m S",
    "boxes stroked": "100 100 50 20 re S 150 100 50 20 re 200 100 50 20 re S",
    "boxes filled": "1 0 0 rg 100 100 50 20 re f 150 100 50 20 re f* 200 100 50 20 re B 250 100 50 20 re b*",
    "thin boxes": "100 100 0.48 20 re f 100 120 300 0.5 re f 100 140 300 0 re f 100 160 0 40 re f",
    "boxes drawn backwards": "400 300 -50 -20 re S 400 300 50 -20 re S",
    "boxes of lines": "100 100 m 200 100 l 200 150 l 100 150 l h S 300 100 m 400 100 l 400 150 l 300 150 l 300 100 l S",
    "boxes open and askew": "100 100 m 200 100 l 200 150 l 100 150 l S 300 100 m 400 110 l 390 150 l 300 150 l h f",
    "boxes closed twice": "100 100 50 20 re h S 200 100 50 20 re s 300 100 m 400 100 l 400 150 l 300 100 l h b",
    "curves": "100 100 m 120 100 150 120 150 140 c 150 200 l 150 220 100 220 v 60 220 60 100 y h S",
    "rounded box": "110 100 m 190 100 l 196 100 200 104 200 110 c 200 190 l 200 196 196 200 190 200 c 110 200 l S",
    "a curve from a side to the same": "100 100 m 120 150 180 150 200 100 c S",
    "what begins nowhere": "100 100 l 200 100 l S 100 200 100 100 re S",
    "pens set down and lifted": "1 1 m 5 5 m 100 100 m 200 100 l 7 7 m S 300 300 m",
    "drawing on after a closed part": "100 100 m 200 100 l 200 150 l h 50 150 l 50 10 l S",
    "what is not painted": "100 100 300 200 re n 100 100 200 100 re W n 100 120 m 400 120 l S",
    "clipped": f"q 0 0 150 550 re W n {GRID} Q",
    "hidden": f"/OC /Hidden BDC {GRID} EMC",
    "white": f"1 1 1 RG {GRID}",
    "scaled": f"q .24 0 0 -.24 0 841.92 cm {GRID.replace('00', '000')} Q {GRID}",
    "turned": f"q 0 1 -1 0 700 100 cm {GRID} Q q .7071 .7071 -.7071 .7071 0 0 cm {GRID} 100 100 50 50 re S Q",
    "moved again and again": "1 0 0 1 10.1 20.2 cm 100 100 m 200 100 l S " * 12,
    "an image": "q 100 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q " + GRID,
    "letters": f"BT /F 12 Tf 100 700 Td (Bao cao) Tj ET {GRID}",
    "forms": f"q /Inner Do Q q .5 0 0 .5 30 40 cm /Outer Do Q {GRID}",
}
PAGES = {
    "": A4,
    "turned 90": f"{A4} /Rotate 90",
    "turned 180": f"{A4} /Rotate 180",
    "turned 270": f"{A4} /Rotate -90",
    "cropped": f"{A4} /CropBox [40 60 500 800]",
    "placed elsewhere": "/MediaBox [-100 -50 495.28 791.89]",
    "cropped and elsewhere": "/MediaBox [-100 -50 495.28 791.89] /CropBox [0 0 450 700]",
}


def drawn(content: str, page: str = A4, depth: int = 1) -> bytes:
    """Return a PDF of a page; its form Outer draws one in another, `depth` deep, the last being the form Inner."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
    form = "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Matrix [1 0 0 1 7 9]"
    inner = pdf_stream(f"{GRID} 2 0 0 2 0 0 cm 10 10 80 20 re S".encode(), form)
    outer = [
        pdf_stream(b"q .5 0 0 2 3 4 cm /Next Do Q 20 20 400 100 re S", f"{form} /Resources << /XObject {next_one} >>")
        for next_one in [f"<< /Next {at} 0 R >>" for at in [*range(8, 7 + depth), 6]]
    ]
    forms = "/XObject << /Inner 6 0 R /Outer 7 0 R >>"
    hidden = "/Properties << /Hidden << /Type /OCG /Name (H) >> >>"
    resources = f"/Resources << /Font << /F 5 0 R >> {forms} {hidden} >>"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} {resources} >>".encode(),
            pdf_stream(content.encode()),
            font,
            inner,
            *outer,
        ]
    )


@contextmanager
def both(data: bytes) -> Iterator[list[tuple[Any, Any]]]:
    """Give the pages of a file as pdfium and as pdfplumber have them."""
    with pypdfium2.PdfDocument(data) as ours, pdfplumber.open(BytesIO(data)) as theirs:
        pages = list(ours)  # one that nobody holds is closed
        yield [(page.raw, other) for page, other in zip(pages, theirs.pages, strict=True)]


def used(edges: list[dict[str, Any]], left: float = 0.0, top: float = 0.0) -> list[tuple[Any, ...]]:
    """Return orientation and place of the edges that pdfplumber makes tables of, from a corner of the page."""
    return [
        (e["orientation"], e["x0"] - left, e["top"] - top, e["x1"] - left, e["bottom"] - top)
        for e in edges
        if e["orientation"] and e["width" if e["orientation"] == "h" else "height"] >= 1
    ]


def are_near(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one[0] == other[0] and one[1:] == pytest.approx(other[1:], abs=NEAR)


def assert_same_edges(data: bytes) -> int:
    """Compare the edges of all pages, in whatever order they come, and return how many there are."""
    count = 0
    with both(data) as pages:
        for page, other in pages:
            ours, theirs = used(page_edges(page)), used(other.edges, *other.cropbox[:2])
            count += len(ours)
            for edge in ours:
                twin = next((each for each in theirs if are_near(edge, each)), None)
                assert twin is not None, f"{edge} is none of pdfplumber's"
                theirs.remove(twin)
            assert not theirs, "not seen"
    return count


def assert_same_cells(data: bytes) -> int:
    """Compare the cells that come of the edges with those that pdfplumber finds, in order, and count them."""
    with both(data) as pages:
        count = 0
        for page, other in pages:
            tables = other.find_tables()
            left, top = other.cropbox[:2]
            expected = [[(a - left, b - top, c - left, d - top) for a, b, c, d in table.cells] for table in tables]
            found = pdf_plumber._edges_to_boxes(page_edges(page))
            assert [len(table) for table in found] == [len(table) for table in expected]
            for table, wanted in zip(found, expected, strict=True):
                assert all(a == pytest.approx(b, abs=NEAR) for a, b in zip(table, wanted, strict=True))
            count += sum(map(len, found))
    return count


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("content", PATHS)
def test_drawn_edges_are_those_of_pdfplumber(content, page):
    data = drawn(PATHS[content], PAGES[page])
    assert_same_edges(data)
    assert_same_cells(data)


@pytest.mark.parametrize("content", ["lines", "boxes stroked", "scaled", "forms"])
def test_drawn_edges_make_cells(content):
    assert assert_same_cells(drawn(PATHS[content])) >= 3


@pytest.mark.parametrize("step", [7.32, 10, 11.28, 9.1, 8.77])
@pytest.mark.parametrize("page", [A4, "/MediaBox [0 0 612 792]", PAGES["turned 90"]])
def test_edges_as_far_apart_as_pdfplumber_takes_for_one_are_one(step, page):
    """24 bits tell 397.2 and 400.2 to be farther apart than 3 points."""
    levels = [place for at in range(48) for place in (at * step + 10, at * step + 13)]
    content = " ".join(f"100 {y:.2f} m 300 {y:.2f} l S" for y in levels)
    assert_same_cells(drawn(f"100 0 m 100 590 l S 200 0 m 200 590 l S {content}", page))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_cells_of_the_samples_are_those_of_pdfplumber(path):
    assert_same_cells(path.read_bytes())


def test_there_are_samples_with_cells():
    assert sum(assert_same_cells(path.read_bytes()) for path in SAMPLES) > 500


_NUMBER = st.integers(-40, 1200).map(lambda n: n / 2) | st.sampled_from([0.0, 100.0, 100.1, 250.5])
_POINT = st.tuples(_NUMBER, _NUMBER).map(lambda p: f"{p[0]} {p[1]}")
_STEP = st.one_of(
    _POINT.map(lambda p: f"{p} m"),
    _POINT.map(lambda p: f"{p} l"),
    st.tuples(st.sampled_from([0, 100, 200]), st.sampled_from([0, 100, 200])).map(lambda p: f"{p[0]} {p[1]} l"),
    st.tuples(_POINT, _POINT, _POINT).map(lambda p: f"{' '.join(p)} c"),
    st.tuples(_POINT, _POINT).map(lambda p: f"{' '.join(p)} v"),
    st.tuples(_POINT, _POINT).map(lambda p: f"{' '.join(p)} y"),
    st.tuples(_POINT, _POINT).map(lambda p: f"{' '.join(p)} re"),
    st.just("h"),
)
_PAINTS = st.sampled_from(["S", "s", "f", "f*", "B", "B*", "b", "b*", "n"])
_PATH = st.tuples(_POINT, st.lists(_STEP, max_size=8), _PAINTS).map(lambda p: f"{p[0]} m {' '.join(p[1])} {p[2]}")
_MATRIX = st.sampled_from(["1 0 0 1 20 30", "0 1 -1 0 500 0", ".5 0 0 -.5 0 800", "1 0 0 1 0 0", "-1 0 0 1 595 0"])


@given(st.lists(st.one_of(_PATH, _MATRIX.map("q {} cm".format), st.just("Q")), max_size=12))
def test_edges_of_any_paths_are_those_of_pdfplumber(parts):
    content = re.sub(r"h (?=h|[sb]\b)", "", " ".join(parts))  # a line that is closed twice, pdfplumber counts twice
    assert_same_edges(drawn(content))


def test_what_is_without_end_is_no_edge():
    huge = "9" * 50 + ".5"
    with both(drawn(f"{huge} 0 m {huge} 100 l S {huge} 0 0 {huge} 0 0 cm {GRID}")) as [(page, _)]:
        assert page_edges(page) == []


@pytest.mark.parametrize("page", [f"{A4} /CropBox [40 60 500 800] /Rotate 90", f"{A4} /CropBox [-9 -9 900 900]"])
def test_edges_lie_on_the_rules_where_pdfplumber_misplaces_them(page):
    """pdfplumber cuts off a turned page at the sides that it had before, and a box that is larger than the page."""
    with both(drawn(GRID, page)) as [(page, other)]:
        rules = [((rule.left + rule.right) / 2, (rule.top + rule.bottom) / 2) for rule in read_drawing(page, 1).rules]
        edges = [((e["x0"] + e["x1"]) / 2, (e["top"] + e["bottom"]) / 2) for e in page_edges(page)]
        assert len(rules) == len(edges) == len(other.edges)
        assert all(rule == pytest.approx(edge, abs=NEAR) for rule, edge in zip(rules, edges, strict=True))


def test_a_page_is_not_read_twice(monkeypatch):
    monkeypatch.setattr(Plumber, "_ask", lambda *_: pytest.fail("the edges were there"))
    with both(drawn(GRID)) as [(page, _)]:
        assert len(Plumber(b"").cell_boxes(1, page)[0]) == 4


@pytest.mark.parametrize(("depth", "too_deep"), [(3, False), (4, True)])
def test_forms_too_deep_are_left_to_pdfplumber(depth, too_deep):
    data = drawn("q /Outer Do Q", depth=depth)
    with both(data) as [(page, other)]:
        if too_deep:
            with pytest.raises(TooDeepError):
                page_edges(page)
        found = Plumber(data).cell_boxes(1, page)
        assert sum(map(len, found)) == sum(len(table.cells) for table in other.find_tables()) >= 4
