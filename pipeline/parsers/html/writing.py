"""Paragraphs of a page into blocks: the body first, then the notes it calls, then what stands in page margins."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Block, BlockKind
from pipeline.parsers.html.words import Paragraph
from pipeline.parsers.labels import typed_label
from pipeline.parsers.manuscript import Manuscript

_LABELLED = (BlockKind.PARAGRAPH, BlockKind.CELL)
_PAGE_NUMBER = re.compile(r"(?:trang|page|tr\.|of|trên|[\d\s./|–—-])+", re.IGNORECASE)


class Piece(Struct, frozen=True):
    """A paragraph and where it belongs: its place, and its label with the level of its list from 1."""

    paragraph: Paragraph
    place: Block
    label: str = ""
    level: int = 0


class Writing:
    """The writing down of one page; notes and `margin` wait until the body is done."""

    def __init__(self) -> None:
        self.manuscript = Manuscript()
        self.margin: list[Piece] = []
        self._notes: dict[int, list[Piece]] = {}
        self._anchors: dict[int, int] = {}

    def note(self, key: int) -> list[Piece]:
        """Return where the pieces of a note gather."""
        return self._notes.setdefault(key, [])

    def put(self, piece: Piece, anchor: int | None = None) -> None:
        """Put a piece down, and remember where the notes that it calls are called."""
        paragraph, manuscript = piece.paragraph, self.manuscript
        at = manuscript.length
        if paragraph.text or piece.label:
            lead = f"{piece.label} " if piece.label else ""
            typed = typed_label(paragraph.text) if piece.place.kind in _LABELLED else 0
            kind, level = _kind(piece, typed > 0)
            look = {"kind": kind, "level": level, "bold": paragraph.bold, "centred": paragraph.look.centred}
            words, content = (lead + paragraph.text).rstrip(), len(lead) + typed
            at = manuscript.put(words, piece.place, content, anchor=anchor, **look) + len(lead)
        for offset, note in paragraph.calls:
            self._anchors.setdefault(note, min(at + offset, manuscript.length))

    def put_notes(self) -> None:
        """Put the notes that were called down, numbered in the order of calling."""
        for number, (note, anchor) in enumerate(sorted(self._anchors.items(), key=lambda item: item[1]), 1):
            mark = f"[{number}]"
            for piece in self._notes.get(note, ()):
                self.put(replace(piece, label=f"{mark} {piece.label}".strip()), anchor)
                mark = ""

    def put_margins(self) -> None:
        """Put what stands in page margins down, each wording once, page numbers left out."""
        seen: set[str] = set()
        for piece in self.margin:
            text = piece.paragraph.text
            if text and text not in seen and not _PAGE_NUMBER.fullmatch(text):
                seen.add(text)
                self.put(replace(piece, label=""))


def _kind(piece: Piece, typed: bool) -> tuple[BlockKind, int]:
    """Return the kind of block that a piece is, and its level."""
    kind, heading = piece.place.kind, piece.paragraph.look.heading
    if kind is BlockKind.PARAGRAPH and heading:
        return BlockKind.HEADING, heading
    if kind is BlockKind.PARAGRAPH and (piece.label or typed):
        return BlockKind.LIST_ITEM, piece.level if piece.label else 0
    return kind, 0
