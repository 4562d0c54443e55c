"""What a PDF page draws, as pdfium tells it: characters with their places, straight rules, images.

All places are turned into points from the top left of the page as it is shown: rotated and cropped.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import compress
from math import isnan
from operator import ne
from typing import Any, NamedTuple, overload

import pypdfium2.raw as pdfium
from msgspec import Struct

from pipeline.parsers.limits import require
from pipeline.parsers.pdf.extents import Edges, level_edges, turned_edges
from pipeline.parsers.pdf.frames import Frame, page_frame
from pipeline.parsers.pdf.looks import UNICODE, Look, Style
from pipeline.parsers.pdf.objects import page_objects
from pipeline.text.legacy import Font

STRUCK = "\u200b"
"""What stands in the place of a letter that is struck through: it has room but is not printed."""

_THIN = 2.5  # a path thinner than this is a rule, in points
_SHORTEST_RULE = 6.0

_NOTHING = "\0"  # in the place of a character that is not printed
_WORD = re.compile(f"[^ {_NOTHING}]+ ?| ")

# What code points stand for that aren't the character itself; and a set of these, which a search is fast with.
_SPECIAL = (
    dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFD, 0xFFFF], _NOTHING)
    | dict.fromkeys([0x09, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F], " ")
    | dict.fromkeys([0x02, 0xFFFE, 0xAD], "-")  # pdfium's words for a hyphen that ends a line
    | dict.fromkeys([0x2022, *range(0xF000, 0xF100)], "-")  # bullets of Symbol and Wingdings, as in a DOCX
)
_SPECIAL_LETTER = re.compile(
    "[\0-\x1f\x7f-\xa0\xad\u2002\u2003\u2007\u2009\u2022\u202f\ud800-\udfff\uf000-\uf0ff\ufffd-\uffff]"
)


class Character(NamedTuple):
    """One printed character: its left and right edge, its baseline, its size. Spaces are kept.

    `confidence` is below 1 where it was read from a picture.
    A tuple and not a dataclass: a page holds thousands, and a tuple is made in a quarter of the time.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    confidence: float = 1.0


class Run(NamedTuple):
    """Neighbouring characters that are set alike: their letters, one for each, their edges, and what they share."""

    text: str
    lefts: Sequence[float]
    rights: Sequence[float]
    base: float
    size: float
    bold: bool = False

    def part(self, start: int, end: int) -> Run:
        """Return the characters from `start` to `end`."""
        at = slice(start, end)
        return Run(self.text[at], self.lefts[at], self.rights[at], self.base, self.size, self.bold)

    def those(self, chosen: Sequence[bool]) -> Run:
        """Return the characters for which `chosen` is true."""
        lefts, rights = (list(compress(edges, chosen)) for edges in (self.lefts, self.rights))
        return Run("".join(compress(self.text, chosen)), lefts, rights, self.base, self.size, self.bold)


class Runs(Sequence[Character]):
    """Characters kept as the runs in which a page draws them, none of which is empty.

    A page holds thousands of characters, and most of what is asked of them can be asked of a run at once. They
    are made one by one when they are first asked for so.
    """

    __slots__ = ("_characters", "runs")

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs
        self._characters: list[Character] | None = None

    def __len__(self) -> int:
        return sum([len(run.text) for run in self.runs])

    def __iter__(self) -> Iterator[Character]:
        return iter(self._made())

    @overload
    def __getitem__(self, at: int) -> Character: ...
    @overload
    def __getitem__(self, at: slice) -> list[Character]: ...
    def __getitem__(self, at: int | slice) -> Character | list[Character]:
        return self._made()[at]

    def _made(self) -> list[Character]:
        if self._characters is None:
            make = tuple.__new__  # what `Character._make` calls
            self._characters = [
                make(Character, (letter, left, right, base, size, bold, 1.0))
                for text, lefts, rights, base, size, bold in self.runs
                for letter, left, right in zip(text, lefts, rights, strict=True)
            ]
        return self._characters


class Rule(NamedTuple):
    """A straight line, or a side of a box, drawn on the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Tell a level rule from an upright one."""
        return self.right - self.left >= self.bottom - self.top


class Drawing(Struct, frozen=True):
    """Everything on a page that its words can be read from.

    `fonts` tells from which character on a font from before Unicode is used, or one of Unicode again; `converted`
    that letters of such fonts are Unicode now.
    """

    number: int
    width: float
    height: float
    characters: Sequence[Character]
    rules: Sequence[Rule]
    has_image: bool
    fonts: Sequence[tuple[int, Font]] = ()
    converted: bool = False


def read_drawing(page: Any, number: int) -> Drawing:
    """Return what `page`, an open pdfium page, draws; ParseError for more of it than the limits allow."""
    frame = page_frame(page)
    rules: list[Rule] = []
    has_image = False
    for count, (item, kind, _) in enumerate(page_objects(page), 1):
        require("page_objects", count)
        has_image |= kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += _path_rules(item, frame)
    with _text_page(page) as text:
        characters, fonts = _characters(text, frame)
    return Drawing(number, frame.width, frame.height, characters, rules, has_image, fonts)


def text_of(characters: Sequence[Character]) -> str:
    """Return the letters of `characters` in their order."""
    if isinstance(characters, Runs):
        return "".join([run.text for run in characters.runs])
    return "".join([character.text for character in characters])


@contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def _path_rules(path: Any, frame: Frame) -> list[Rule]:
    """Return the rules of a path: itself where it is thin, its four sides where it is a stroked box."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(path, *sides):
        return []
    left, top, right, bottom = frame.place_box(*(side.value for side in sides))
    if min(right - left, bottom - top) < _THIN:
        long_enough = max(right - left, bottom - top) >= _SHORTEST_RULE
        return [Rule(left, top, right, bottom)] if long_enough else []
    if not _is_stroked(path):
        return []
    level = [Rule(left, y, right, y) for y in (top, bottom)]
    return level + [Rule(x, top, x, bottom) for x in (left, right)]


def _is_stroked(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _characters(text: Any, frame: Frame) -> tuple[Runs, list[tuple[int, Font]]]:
    """Return the upright characters of a text page in the order of the file, and where their fonts change.

    Calls into pdfium are what a page costs. Edges are asked for each character; how it looks only where a word starts
    or the lower edge moves.
    """
    count = max(pdfium.FPDFText_CountChars(text), 0) if text else 0
    require("page_characters", count)
    edges = (turned_edges if frame.turns else level_edges)(text, count, frame)
    letters = _letters(text, count)
    page, look = _Setting(letters, edges, frame.width), Look(text, frame)
    style, font = look.style, UNICODE
    fonts: list[tuple[int, Font]] = []
    begun = done = 0
    for start, end in _stretches(letters, edges):
        look.ask(start, edges.lowers[start])
        if look.style != style or look.font != font or start != done:
            page.add(begun, done, style)
            begun, style = start, look.style
        done = end
        if look.font != font:
            font = look.font
            fonts.append((page.count, font))
    page.add(begun, done, style)
    return Runs(page.runs), fonts


class _Setting:
    """The runs of a page of this width, put together from the letters and edges of all that pdfium found on it."""

    def __init__(self, letters: str, edges: Edges, width: float) -> None:
        self._letters, self._edges, self._width = letters, edges, width
        low, high = min(edges.lefts, default=0.0), max(edges.lefts, default=0.0)
        self._all_inside = low >= 0 and high <= width and not isnan(sum(edges.lefts))
        self.runs: list[Run] = []
        self.count = 0

    def add(self, start: int, end: int, style: Style) -> None:
        """Add the characters from index `start` to `end` that stand on the page, if they do so upright."""
        if not style.upright:
            return
        at = slice(start, end)
        run = Run(self._letters[at], self._edges.lefts[at], self._edges.rights[at], *style[:3])
        if not self._all_inside:
            run = run.those([0 <= left <= self._width for left in run.lefts])
        if run.text:
            self.runs.append(run)
            self.count += len(run.text)


def _stretches(letters: str, edges: Edges) -> Iterator[tuple[int, int]]:
    """Yield the spans of words, each with the space behind it, and of their parts where the lower edge moves."""
    lowers, count = edges.lowers, len(letters)
    moves = compress(range(1, count), map(ne, lowers, lowers[1:]))
    move = next(moves, count)
    for word in _WORD.finditer(letters):
        start, end = word.span()
        if letters[end - 1] == " " and edges.rights[end - 1] <= edges.lefts[end - 1]:
            end -= 1  # a space without room
        while move <= start < end:
            move = next(moves, count)
        while move < end:
            yield start, move
            start, move = move, next(moves, count)
        if start < end:
            yield start, end


def _letters(text: Any, count: int) -> str:
    """Return what all characters print, `_NOTHING` for what is not printed; one call if each is one UTF-16 unit."""
    buffer = (ctypes.c_ushort * (count + 2))()
    letters = ""
    if count and pdfium.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        letters = str(memoryview(buffer).cast("B")[: 2 * count], "utf-16-le", "surrogatepass")
    if len(letters) != count:
        letters = "".join([chr(pdfium.FPDFText_GetUnicode(text, at)) for at in range(count)])
    return _SPECIAL_LETTER.sub(lambda found: _SPECIAL[ord(found[0])], letters)
