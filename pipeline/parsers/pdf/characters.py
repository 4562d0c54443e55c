"""What a PDF page draws, as pdfium tells it: characters with their places, straight rules, images.

All places are turned into points from the top left of the page as it is shown: rotated and cropped.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat
from math import hypot, inf, pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.parsers.limits import require
from pipeline.parsers.pdf.frames import Frame, page_frame
from pipeline.text.legacy import Font, font_of

# pdfium's FPDFText_GetLooseCharBox with plain addresses: the call takes half the time without an object for each box.
_write_box = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)

STRUCK = "\u200b"
"""What stands in the place of a letter that is struck through: it has room but is not printed."""

FORM_DEPTH = 3
"""How deep forms that stand in forms are followed."""

_THIN = 2.5  # a path thinner than this is a rule, in points
_SHORTEST_RULE = 6.0
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: bit 19 of the font flags
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_UPRIGHT = 0.05  # quarter turns
_NAME_LENGTH = 80
_TINIEST = 0.1  # points
_SAME_LINE = 0.1  # points
_BEARING = 0.24  # of the size, from the ink to the next character; the next word is .25 away or more
_UNICODE = Font()

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


@dataclass(frozen=True, slots=True)
class Drawing:
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
    for count, item in enumerate(_page_objects(page), 1):
        require("page_objects", count)
        kind = pdfium.FPDFPageObj_GetType(item)
        has_image |= kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += _path_rules(item, frame)
    with _text_page(page) as text:
        characters, fonts = _characters(text, frame)
    return Drawing(number, frame.width, frame.height, characters, rules, has_image, fonts)


def text_of(characters: Sequence[Character]) -> str:
    """Return the letters of `characters` in their order."""
    return "".join([character.text for character in characters])


@cache
def is_bold(font: str, flags: int = 0) -> bool:
    """Tell a bold font by its name or, where the name is silent, by its flags."""
    name = font.lower()
    return any(word in name for word in _BOLD_NAMES) or bool(flags & _FORCE_BOLD)


def is_legible(size: float) -> bool:
    """Tell whether letters of a size in points are there to be read: damaged files have some of no size at all."""
    return _TINIEST <= size < inf


@contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def _page_objects(page: Any) -> Iterator[Any]:
    """Yield the page's objects and those in its form objects."""
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _object_and_parts(pdfium.FPDFPage_GetObject(page, at), FORM_DEPTH)


def _object_and_parts(item: Any, depth: int) -> Iterator[Any]:
    yield item
    if depth and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
        for at in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _object_and_parts(pdfium.FPDFFormObj_GetObject(item, at), depth - 1)


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


def _characters(text: Any, frame: Frame) -> tuple[list[Character], list[tuple[int, Font]]]:
    """Return the upright characters of a text page in the order of the file, and where their fonts change.

    Calls into pdfium are what a page costs. Edges are asked for each character; baseline and size only
    where the lower edge moves, as they can't change without it; the font only where a word starts.
    """
    characters: list[Character] = []
    fonts: list[tuple[int, Font]] = []
    count = max(pdfium.FPDFText_CountChars(text), 0) if text else 0
    require("page_characters", count)
    edges = (_turned_edges if frame.turns else _level_edges)(text, count, frame)
    letters = _letters(text, count)
    stance, weight = _Stance(text, frame), _Weight(text)
    run = _Run(0, 0)
    for start, end in _stretches(letters, edges):
        weight.ask(start)
        is_moved = edges.lowers[start] != stance.lower
        if is_moved:
            stance.ask(start, edges.lowers[start])
        is_other_font = weight.font != (fonts[-1][1] if fonts else _UNICODE)
        if is_moved or is_other_font or start != run.end or weight.bold != run.bold:
            characters += run.characters(letters, edges, frame.width)
            run = _Run(start, end, stance.base, stance.size, weight.bold, stance.upright)
        run.end = end
        if is_other_font:
            fonts.append((len(characters), weight.font))
    characters += run.characters(letters, edges, frame.width)
    return characters, fonts


class _Edges(NamedTuple):
    """Left, right and lower edge of each character: the extent that it takes up in its line."""

    lefts: Sequence[float]
    rights: Sequence[float]
    lowers: Sequence[float]


@dataclass(slots=True)
class _Run:
    """Neighbouring characters of a text page that are set alike, from index `start` to `end`."""

    start: int
    end: int
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    upright: bool = False

    def characters(self, letters: str, edges: _Edges, width: float) -> list[Character]:
        """Return its characters that stand upright on a page of this width."""
        if not self.upright:
            return []
        at = slice(self.start, self.end)
        rest = map(repeat, (self.base, self.size, self.bold, 1.0))
        places = zip(letters[at], edges.lefts[at], edges.rights[at], *rest, strict=False)
        make = tuple.__new__  # what `Character._make` calls: a page holds thousands
        return [make(Character, place) for place in places if 0 <= place[1] <= width]


def _stretches(letters: str, edges: _Edges) -> Iterator[tuple[int, int]]:
    """Yield the spans of words, each with the space behind it, and of their parts where the lower edge moves."""
    moves = [at for at, (one, other) in enumerate(pairwise(edges.lowers), 1) if one != other]
    moves.append(len(letters))
    move = 0
    for word in _WORD.finditer(letters):
        start, end = word.span()
        if letters[end - 1] == " " and edges.rights[end - 1] <= edges.lefts[end - 1]:
            end -= 1  # a space without room
        while moves[move] <= start < end:
            move += 1
        while moves[move] < end:
            yield start, moves[move]
            start = moves[move]
            move += 1
        if start < end:
            yield start, end


class _Stance:
    """The baseline and size of the last characters asked for, and whether they stand upright on the page."""

    def __init__(self, text: Any, frame: Frame) -> None:
        self._text, self._frame = text, frame
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self.lower, self.base, self.size, self.upright = -1.0, 0.0, 0.0, False

    def ask(self, at: int, lower: float) -> None:
        """Ask pdfium about the character at index `at`, whose lower edge is `lower`."""
        text = self._text
        self.lower = lower
        turned = pdfium.FPDFText_GetCharAngle(text, at) / (pi / 2) + self._frame.turns  # both clockwise
        self.upright = abs(turned - round(turned)) < _UPRIGHT and round(turned) % 4 == 0
        pdfium.FPDFText_GetCharOrigin(text, at, self._x, self._y)
        self.base = self._frame.place(self._x.value, self._y.value)[1]
        self.size = _size(text, at)
        self.upright &= is_legible(self.size) and 0 <= self.base <= self._frame.height


class _Weight:
    """Whether the last word asked for is bold, and what its font's name says of its letters."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._name, self._flags = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_int()
        self._known = b"", 0
        self.bold, self.font = False, _UNICODE

    def ask(self, at: int) -> None:
        """Ask pdfium for the font of the character at index `at`."""
        pdfium.FPDFText_GetFontInfo(self._text, at, self._name, _NAME_LENGTH, self._flags)
        told = self._name.value, self._flags.value
        if told != self._known:
            self._known, name = told, told[0].decode("latin-1")
            self.bold, self.font = is_bold(name, told[1]), font_of(name)


def _letters(text: Any, count: int) -> str:
    """Return what all characters print, `_NOTHING` for what is not printed; one call if each is one UTF-16 unit."""
    buffer = (ctypes.c_ushort * (count + 2))()
    if count and pdfium.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        codes = buffer[:count]
    else:
        codes = [pdfium.FPDFText_GetUnicode(text, at) for at in range(count)]
    return _SPECIAL_LETTER.sub(lambda found: _SPECIAL[ord(found[0])], "".join(map(chr, codes)))


def _level_edges(text: Any, count: int, frame: Frame) -> _Edges:
    """Return the edges of all characters, in points from the left and the bottom of the page.

    They are written one after the other into one block of memory.
    """
    boxes = (pdfium.FS_RECTF * count)()
    start = ctypes.addressof(boxes)
    places = range(start, start + ctypes.sizeof(boxes), ctypes.sizeof(pdfium.FS_RECTF))
    deque(map(_write_box, repeat(ctypes.cast(text, ctypes.c_void_p)), range(count), places), maxlen=0)
    numbers: list[float] = memoryview(boxes).cast("B").cast("f").tolist()  # type: ignore[assignment]
    lefts, _, rights, lowers = (numbers[side::4] for side in range(4))
    if frame.left:
        lefts, rights = ([edge - frame.left for edge in edges] for edges in (lefts, rights))
    return _Edges(lefts, rights, lowers)


def _turned_edges(text: Any, count: int, frame: Frame) -> _Edges:
    """Return the same on a turned page, where pdfium knows the extent of the ink and where each character begins.

    A character takes up what lies between its own beginning and the next one's, if that is not a word gap away.
    """
    found: list[tuple[float, float, float]] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pen = _pen(text, 0, frame) if count else (0.0, 0.0)
    for at in range(count):
        pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        box = frame.place_box(left.value, bottom.value, right.value, top.value)
        (x, y), pen = pen, _pen(text, at + 1, frame)
        bearing = _BEARING * _size(text, at)
        starts = x if 0.0 < box[0] - x < bearing else box[0]
        goes_on = box[2] > box[0] and abs(pen[1] - y) < _SAME_LINE and 0.0 < pen[0] - box[2] < bearing
        found.append((starts, pen[0] if goes_on else box[2], box[3]))
    return _Edges(*zip(*found, strict=True)) if found else _Edges((), (), ())


def _pen(text: Any, at: int, frame: Frame) -> tuple[float, float]:
    """Return where the character at index `at` begins on its baseline, as shown."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, at, x, y)
    return frame.place(x.value, y.value)


def _size(text: Any, at: int) -> float:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    return float(pdfium.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d))
