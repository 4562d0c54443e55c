"""The words of one paragraph of a DOCX, as a reader of the printed page would have them."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.parsers.docx.styles import Look, Styles
from pipeline.parsers.docx.xml import ALTERNATE, W, child, chosen
from pipeline.parsers.fonts import Fonts
from pipeline.parsers.signs import printed, sign
from pipeline.parsers.xml import Element
from pipeline.text.clean import clean

_RPR, _TEXT, _RUN, _BOX, _SYMBOL = W + "rPr", W + "t", W + "r", W + "txbxContent", W + "sym"
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FIELD, _FIELD_MARK, _INSTRUCTION = W + "fldSimple", W + "fldChar", W + "instrText"
_DELETED = {W + "del", W + "moveFrom"}
_SKIPPED = {W + "pPr", W + "rPr", W + "sdtPr", W + "rt"}  # w:rt is the small reading aid above a word
_PRINTED = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PRINTED |= {W + "softHyphen": "\u00ad"}  # the letter ư in a font of TCVN3; nothing in others
_REFERENCES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


class Words(Struct):
    """What stands in a paragraph: its text as stored, where notes are called, and the text boxes it holds.

    `pieces` have their fonts in `fonts`. `notes` tell how many pieces stand before them, each with the note's
    kind and id. `lost` tells that there were more words, which are deleted, struck through or hidden.
    """

    pieces: list[str] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bold: bool | None = None
    lost: bool = False

    def text(self) -> str:
        """Return the clean text, without white space around it."""
        return clean("".join(self.pieces)).strip()

    def offset(self, pieces: int) -> int:
        """Return where in `text()` the first `pieces` end."""
        before = clean("".join(self.pieces[:pieces]))
        return min(len(before.lstrip()), len(self.text()))

    def add(self, text: str, look: Look) -> None:
        """Put a piece of a run at the end."""
        if look.dropped:
            self.lost = self.lost or bool(text.strip())
            return
        self.pieces.append(text)
        self.fonts.append(look.font)
        if not text.isspace():
            self.bold = look.bold and self.bold is not False

    def call(self, kind: str, note: str) -> None:
        """Remember that a note is called at the end."""
        self.notes.append((len(self.pieces), kind, note))

    def decode(self, fonts: Fonts) -> None:
        """Turn the pieces of fonts from before Unicode into what they print, once."""
        self.pieces = fonts.decode(self.pieces, self.fonts)
        self.fonts = [""] * len(self.pieces)


class _Field(Struct):
    """A complex field that is still open: its instruction, and whether its result has begun."""

    instruction: str = ""
    shown: bool = False


class WordReader:
    """Reads the paragraphs of one story; with `paged`, the numbers of pages in it are left out."""

    def __init__(self, styles: Styles, fonts: Fonts, paged: bool = False) -> None:
        self._styles = styles
        self._fonts = fonts
        self._paged = paged

    def read(self, paragraph: Element, style: str, words: Words | None = None) -> Words:
        """Return the words of `paragraph`, after those in `words` if it goes on from there."""
        reading = _Reading(self._styles, self._paged, style, Words() if words is None else words)
        reading.walk(paragraph)
        reading.words.decode(self._fonts)
        return reading.words


class _Reading(Struct):
    """One paragraph being read. A field begun in another needs no memory: its result is kept."""

    styles: Styles
    paged: bool
    style: str
    words: Words
    fields: list[_Field] = field(default_factory=list)

    def walk(self, parent: Element) -> None:
        """Read the children of `parent`; a container that isn't known is read through."""
        for each in parent:
            tag = each.tag
            if tag == _RUN:
                self._run(each)
            elif tag == _BOX:
                self.words.boxes.append(each)
            elif tag == _MATHS_TEXT:
                self.words.add(each.text or "", Look())
            elif tag in _DELETED:
                self.words.lost = True
            elif tag == ALTERNATE:
                self._alternate(each)
            elif tag not in _SKIPPED and not (tag == _FIELD and self._is_page(each.get(W + "instr", ""))):
                self.walk(each)

    def _alternate(self, alternate: Element) -> None:
        branch = chosen(alternate)
        if branch is not None:
            self.walk(branch)

    def _run(self, run: Element) -> None:
        look = self.styles.look(self.style, child(run, _RPR))
        for each in run:
            tag = each.tag
            if tag == _RPR:
                continue
            if tag == _FIELD_MARK:
                self._field_mark(each.get(W + "fldCharType", ""))
            elif tag == _INSTRUCTION:
                if self.fields:
                    self.fields[-1].instruction += each.text or ""
            elif not self.fields or self._is_result():
                self._piece(each, tag, look)

    def _piece(self, element: Element, tag: str, look: Look) -> None:
        """Read what a run holds: text, a sign, the call of a note, or a drawing with words in it."""
        if tag == _TEXT:
            self.words.add(printed((element.text or "").replace("\n", " "), look.font), look)
        elif tag in _PRINTED:
            self.words.add(_PRINTED[tag], look)
        elif tag == _SYMBOL:
            self.words.add(_symbol(element), replace(look, font=element.get(W + "font", "")))
        elif tag in _REFERENCES:
            if not look.dropped:
                self.words.call(_REFERENCES[tag], element.get(W + "id", ""))
        elif tag == ALTERNATE:
            self._alternate(element)
        elif tag not in _SKIPPED and not look.hidden:
            self.walk(element)

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1].shown = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _is_result(self) -> bool:
        """Return whether all open fields show their results here, and none is a page number to leave out."""
        return all(found.shown and not self._is_page(found.instruction) for found in self.fields)

    def _is_page(self, instruction: str) -> bool:
        return self.paged and _PAGE_FIELD.match(instruction) is not None


def _symbol(element: Element) -> str:
    """Return what a `w:sym` prints, or nothing where that can't be known."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    if code < 0x100 or 0xF020 <= code <= 0xF0FF:
        return sign(code & 0xFF, element.get(W + "font", ""))
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else ""
