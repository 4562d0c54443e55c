"""One page read: its rows, its tables, and whether its words can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Problem
from pipeline.parsers.limits import only_page
from pipeline.parsers.pdf.annotations import Annotations
from pipeline.parsers.pdf.characters import Character, Drawing, Rule, read_drawing, text_of
from pipeline.parsers.pdf.fonts import in_unicode
from pipeline.parsers.pdf.frames import Box, page_frame
from pipeline.parsers.pdf.furniture import Notice, settle
from pipeline.parsers.pdf.lines import row_to_line
from pipeline.parsers.pdf.mending import with_open_sides
from pipeline.parsers.pdf.plumber import Plumber
from pipeline.parsers.pdf.rows import Row, characters_to_rows
from pipeline.parsers.pdf.struck import without_struck
from pipeline.parsers.pdf.tables import Table, boxes_to_tables, may_hold_table
from pipeline.parsers.pdf.unruled import rows_to_tables
from pipeline.parsers.scan.pages import Pictures, Scanned, is_picture
from pipeline.problems import ParseError
from pipeline.text.syllables import valid_share

_LOOKS_BAD = 0.85  # share of possible syllables; good text has .97, scrambled text .62, legacy fonts .27
_GARBLED = 0.8  # good pages reach .94 and more, an old OCR layer .65
_ENOUGH_LETTERS = 100


class Sheet(Struct, frozen=True):
    """A page of which the characters stand in rows and tables.

    `text_source` says where they come from; `blanks` are places filled in by hand, which OCR left out.
    """

    number: int
    width: float
    height: float
    rows: Sequence[Row]
    tables: Sequence[Table]
    rules: Sequence[Rule]
    problems: Sequence[Problem] = ()
    notices: Sequence[Notice] = ()
    text_source: str = "text"
    blanks: Sequence[Box] = ()

    @property
    def is_blank(self) -> bool:
        """Tell a page without any text."""
        return not self.rows and not self.tables


def read_sheet(
    page: Any, number: int, plumber: Plumber, annotations: Annotations, pictures: Pictures, before: Sheet | None
) -> Sheet:
    """Return the rows and tables of an open pdfium page that follows on the sheet `before`.

    A page that holds more than the limits allow has none of its own, and a problem that says so.
    """
    try:
        drawing = read_drawing(page, number)
    except ParseError as error:
        frame = page_frame(page)
        return Sheet(number, frame.width, frame.height, (), (), (), (only_page(error, number),))
    stamps = annotations.stamps(page, drawing)
    drawing, problems = _second_opinion(in_unicode(drawing), plumber)
    if drawing.converted:
        problems = [*problems, Problem("text.legacy")]
    scanned, problems = _picture(page, drawing, problems, pictures)
    drawing = scanned.drawing if scanned else replace(drawing, characters=without_struck(drawing))
    characters, notices = settle(drawing.characters, stamps, drawing.width, drawing.height)
    tables: list[Table] = []
    if characters and may_hold_table(drawing.rules):
        found = scanned.cells if scanned else with_open_sides(plumber.cell_boxes(number, page) or [], drawing.rules)
        columns = before.tables[-1].columns if before and before.tables else ()
        tables, characters = boxes_to_tables(found, characters, number, columns)
    goes_on = before.tables[-1] if before and before.tables else None
    unruled, rows = rows_to_tables(
        characters_to_rows(characters), number, len(goes_on.columns) // 2 if goes_on and not goes_on.ruled else 0
    )
    return Sheet(
        number,
        drawing.width,
        drawing.height,
        rows,
        sorted([*tables, *unruled], key=lambda table: table.top),
        drawing.rules,
        problems,
        notices,
        text_source="ocr" if scanned else "text",
        blanks=scanned.blanks if scanned else (),
    )


def _picture(
    page: Any, drawing: Drawing, problems: list[Problem], pictures: Pictures
) -> tuple[Scanned | None, list[Problem]]:
    """Return what was read from the picture of a page that needs it, if that is better than its text."""
    garbled = any(problem.code == "page.garbled" for problem in problems)
    if not is_picture(page, drawing, garbled):
        return None, problems
    scanned = pictures.read(page, drawing, garbled)
    if scanned is None:  # blank
        return None, problems if garbled else []
    if isinstance(scanned, Problem):
        return None, [*problems, scanned] if garbled else [scanned]
    share = _share(scanned.drawing.characters)
    if garbled and share <= _share(drawing.characters):
        return None, problems
    return scanned, [_garbled(drawing.number, share)] if share < _GARBLED else []


def _second_opinion(drawing: Drawing, plumber: Plumber) -> tuple[Drawing, list[Problem]]:
    """Return the drawing with pdfplumber's characters where those make more Vietnamese words."""
    rough = text_of(drawing.characters)
    letters = sum(map(str.isalpha, rough))
    if letters <= _ENOUGH_LETTERS or valid_share(rough) >= _LOOKS_BAD:
        return drawing, []
    share = _share(drawing.characters)
    other = plumber.characters(drawing.number) if share < _LOOKS_BAD else None
    second = in_unicode(replace(drawing, characters=other, fonts=(), converted=False)) if other else drawing
    other_share = _share(second.characters) if other else 0.0
    if other and other_share > share:
        drawing, share = second, other_share
    return drawing, [_garbled(drawing.number, share)] if share < _GARBLED else []


def _share(characters: Sequence[Character]) -> float:
    rows = characters_to_rows(characters)
    return valid_share("\n".join(row_to_line(row, 0).text for row in rows))


def _garbled(page: int, share: float) -> Problem:
    return Problem("page.garbled", (("page", str(page)), ("share", f"{share:.2f}")))
