"""The words of one paragraph of HTML, white space collapsed as browsers do, and cut where a writer meant it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct, field

from pipeline.parsers.fonts import Fonts
from pipeline.parsers.html.style import Look
from pipeline.parsers.labels import typed_label
from pipeline.parsers.signs import printed
from pipeline.text.clean import clean

_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")  # all but the one space that is left of it
_LINE_END = re.compile(r"\n[ \t\xa0\n]*")
_FULL_STOP = re.compile(r"[.!?…][\"'”’»)]*$")
_SYMBOL_FONTS = ("Symbol", "Wingdings", "Webdings")
_SYMBOL = re.compile("[\x21-\x7e\xa1-\xff]")
_LOOK_BACK = 40


class Paragraph(Struct, frozen=True):
    """A paragraph to be put down: clean words, how they look, and where in them notes are called."""

    text: str
    look: Look
    bold: bool
    calls: tuple[tuple[int, int], ...] = ()


class Words(Struct):
    """What is being read between two borders of blocks, as stored; `calls` and `bolds` count the pieces before them."""

    fonts: Fonts
    pieces: list[str] = field(default_factory=list)
    faces: list[str] = field(default_factory=list)
    bolds: list[tuple[int, bool]] = field(default_factory=list)
    calls: list[tuple[int, int]] = field(default_factory=list)
    look: Look | None = None
    open: bool = False  # whether a space would join on to a word

    def add(self, text: str, look: Look) -> None:
        """Put the text of a node at the end; white space counts once, or as it is where it is kept."""
        text = text.replace("\r\n", "\n") if look.kept else _SPACE.sub(" ", text)
        if not look.kept and not self.open:
            text = text.removeprefix(" ")
        if not text:
            return
        if not text.isspace():
            self.look = self.look or look
            self.bolds.append((len(self.pieces), look.bold))
        self._store(_shown(text.upper() if look.upper else text, look.font), look.font)
        self.open = text[-1] not in " \n"

    def end_line(self) -> None:
        """End a line (`br`)."""
        if self.pieces and self.pieces[-1].endswith(" "):
            self.pieces[-1] = self.pieces[-1][:-1]
        self._store("\n")
        self.open = False

    def tab(self, times: int) -> None:
        """Put the tabs that Word marks as such."""
        self._store("\t" * times)
        self.open = False

    def call(self, note: int) -> None:
        """Remember that a note is called at the end."""
        self.calls.append((len(self.pieces), note))

    def _store(self, text: str, font: str = "") -> None:
        self.pieces.append(text)
        self.faces.append(font)

    def paragraphs(self, cut: bool) -> Iterator[Paragraph]:
        """Yield the paragraphs; with `cut`, also what single line ends divide, where sentences or labels show it."""
        printed_pieces = self.fonts.decode(self.pieces, self.faces)
        starts = list(accumulate(map(len, printed_pieces), initial=0))
        calls_at = [(starts[count], note) for count, note in self.calls]
        bolds_at = [(starts[count], bold) for count, bold in self.bolds]
        stored = "".join(printed_pieces)
        look = self.look or Look()
        for start, end in _parts(stored, cut):
            part = stored[start:end]
            calls = tuple((_offset(part, at - start), note) for at, note in calls_at if start <= at <= end)
            bold = [bold for at, bold in bolds_at if start <= at < end] or [look.bold]
            yield Paragraph(clean(part).strip(), look, all(bold), calls)


def _parts(stored: str, cut: bool) -> Iterator[tuple[int, int]]:
    """Yield the spans of paragraphs: they end at an empty line, or where `_divides` tells."""
    start = 0
    for found in _LINE_END.finditer(stored):
        if not stored[start : found.start()].strip() or found.end() == len(stored):
            continue
        if found[0].count("\n") > 1 or (cut and _divides(stored, found.start(), found.end())):
            yield start, found.start()
            start = found.end()
    yield start, len(stored)


def _divides(stored: str, end: int, start: int) -> bool:
    """Tell whether a line end is one of paragraphs: after a full stop, or before a label."""
    if _FULL_STOP.search(stored[max(0, end - _LOOK_BACK) : end].rstrip()):
        return True
    return typed_label(clean(stored[start : start + _LOOK_BACK])) > 0


def _offset(part: str, stored: int) -> int:
    before = clean(part[: max(stored, 0)])
    return min(len(before.lstrip()), len(clean(part).strip()))


def _shown(text: str, font: str) -> str:
    """Return what `text` prints in `font`: a symbol font has its signs where others have letters."""
    if font.startswith(_SYMBOL_FONTS):
        text = _SYMBOL.sub(lambda found: chr(0xF000 + ord(found[0])), text)
    return printed(text, font)
