"""Paragraphs and runs of a DOCX: character formatting, tracked changes, controls, footnote references."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from labels import Label
from lxml.etree import _Element
from marks import Break, Note, Piece, Span, Text, pieces_to_text, wholly
from ooxml import el, text_el

CHANGED_BY = {"author": "Văn phòng", "date": "2024-01-02T08:30:00Z"}
_SMART_TAGS = "urn:schemas-microsoft-com:office:smarttags"


@dataclass(slots=True)
class Book:
    """What one DOCX counts while it is written. `accepted`: tracked changes are taken in beforehand.

    `font` is the front matter's: which fonts its words are set in.
    """

    accepted: bool
    size: int  # of the body, in half points
    font: str = "unicode"
    notes: list[str] = field(default_factory=list)
    last_id: int = 100

    def new_id(self) -> int:
        """Return an id that nothing else in the file has."""
        self.last_id += 1
        return self.last_id

    def note_id(self, name: str) -> int:
        """Return the footnote id of `name`, 1 for the first one referred to."""
        if name not in self.notes:
            self.notes.append(name)
        return self.notes.index(name) + 1


@dataclass(frozen=True, slots=True)
class Face:
    """How words are set; `size` in half points, 0 for the style's own."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    deleted: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set: alignment, indents and spaces in twips."""

    align: str = "both"
    left: int = 0
    right: int = 0
    first: int = 0
    before: int = 0
    after: int = 0
    line: int = 240
    keep: bool = False
    new_page: bool = False
    style: str = ""


def paragraph(runs: list[_Element], how: Setting, label: Label | None = None) -> _Element:
    """Return a paragraph of `runs`."""
    found = el("pPr")
    if how.style:
        found.append(el("pStyle", val=how.style))
    if how.keep:
        found.append(el("keepNext"))
    if how.new_page:
        found.append(el("pageBreakBefore"))
    if label:
        found.append(el("numPr", el("ilvl", val=label.level), el("numId", val=label.run)))
    found.append(el("spacing", before=how.before, after=how.after, line=how.line, lineRule="auto"))
    found.append(el("ind", left=how.left, right=how.right, firstLine=how.first))
    found.append(el("jc", val=how.align))
    return el("p", found, *runs)


def line(text: str, how: Setting, face: Face | None = None) -> _Element:
    """Return a paragraph of plain `text`."""
    return paragraph([_run(text_el("t", text), face or Face())] if text else [], how)


def changed_paragraph(made: _Element, pieces: tuple[Piece, ...], book: Book) -> _Element | None:
    """Return the paragraph `made` of `pieces`, finished where one change covers it all.

    A wholly inserted or deleted one has its paragraph mark tracked too; None where nothing of it is left.
    """
    if book.accepted and wholly(pieces, "deleted"):
        return None
    for kind, name in (("inserted", "ins"), ("deleted", "del")):
        if wholly(pieces, kind) and not book.accepted:
            mark = el("rPr", el(name, id=book.new_id(), **CHANGED_BY))
            made[0].append(mark)
    return made


def pieces_to_runs(pieces: tuple[Piece, ...], book: Book, face: Face | None = None) -> list[_Element]:
    """Return the runs and wrappers that `pieces` are written as."""
    face = face or Face()
    return [element for piece in pieces for element in _piece_to_runs(piece, book, face)]


def _piece_to_runs(piece: Piece, book: Book, face: Face) -> list[_Element]:
    if isinstance(piece, Text):
        return [_run(text_el("delText" if face.deleted else "t", piece.text), face)]
    if isinstance(piece, Break):
        return [_run(el("br"), face)]
    if isinstance(piece, Note):
        style = el("rPr", el("rStyle", val="FootnoteReference"))
        return [el("r", style, el("footnoteReference", id=book.note_id(piece.name)))]
    return _span_to_runs(piece, book, face)


def _span_to_runs(span: Span, book: Book, face: Face) -> list[_Element]:
    if span.kind in ("bold", "italic", "struck"):
        return pieces_to_runs(span.inner, book, replace(face, **{span.kind: True}))
    if book.accepted and span.kind == "deleted":
        return []
    deleted = face.deleted or span.kind == "deleted"
    inner = pieces_to_runs(span.inner, book, replace(face, deleted=deleted))
    if book.accepted and span.kind == "inserted":
        return inner
    return [_wrapped(span, inner, book)]


def _wrapped(span: Span, inner: list[_Element], book: Book) -> _Element:
    if span.kind in ("inserted", "deleted"):
        return el("ins" if span.kind == "inserted" else "del", *inner, id=book.new_id(), **CHANGED_BY)
    if span.kind == "smart":
        return el("smartTag", *inner, uri=_SMART_TAGS, element=_smart_element(span))
    alias = el("alias", val="Nội dung")
    properties = el("sdtPr", alias, el("tag", val="noi_dung"), el("id", val=book.new_id()))
    return el("sdt", properties, el("sdtContent", *inner))


def _smart_element(span: Span) -> str:
    return "date" if any(c.isdigit() for c in pieces_to_text(span.inner)) else "place"


def _run(content: _Element, face: Face) -> _Element:
    properties = el("rPr")
    for name, on in (("b", face.bold), ("i", face.italic), ("strike", face.struck)):
        if on:
            properties.append(el(name))
    if face.size:
        properties.append(el("sz", val=face.size))
        properties.append(el("szCs", val=face.size))
    return el("r", properties if len(properties) else None, content)
