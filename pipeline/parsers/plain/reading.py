"""TXT and Markdown to Document: text as it was typed, saved from Word, or copied out of a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Document, Problem
from pipeline.parsers.labels import typed_label
from pipeline.parsers.limits import require
from pipeline.parsers.plain.columns import split_columns
from pipeline.parsers.plain.decode import bytes_to_text
from pipeline.parsers.plain.lines import LINE_END_INSIDE, PAGE_BREAK, TextLine
from pipeline.parsers.plain.markdown import markdown_to_lines
from pipeline.parsers.plain.notes import Note, find_marks, split_notes
from pipeline.parsers.plain.pages import drop_page_numbers
from pipeline.parsers.plain.paragraphs import join_paragraphs
from pipeline.parsers.plain.tables import find_tables
from pipeline.parsers.plain.wrapping import find_wrap
from pipeline.problems import ParseError
from pipeline.text.clean import clean
from pipeline.text.gate import decode_legacy
from pipeline.text.syllables import valid_share

_RULE = re.compile(r"[ \t]*(?:[-_=—–][ \t]*){3,}")
_DOUBLED = re.compile(r"(?<=\S)  (?=\S)")
_ENOUGH = 300
_ENDLESS = re.compile(rf"[ \t]{{{_ENOUGH},}}|\n{{{_ENOUGH},}}")  # no layout needs more, some patterns choke on it
_LEAST_VALID = 0.8
_JUDGED_LENGTH = 300  # of a shorter text, a few names would decide


def read_text(data: bytes, markdown: bool) -> Document:
    """Return the text and blocks of a TXT or Markdown file; ParseError if it is no text or holds none."""
    name = "md" if markdown else "txt"
    stored = normalize("NFC", bytes_to_text(data, name.upper()))
    decoded = decode_legacy(stored)
    pages = [clean(page) for page in decoded.split("\f")]
    text = _ENDLESS.sub(lambda found: found[0][:_ENOUGH], f"\n{PAGE_BREAK}\n".join(pages))
    require("characters", len(text))
    lines = markdown_to_lines(text) if markdown else _text_to_lines(text)
    lines = drop_page_numbers([_with_single_spaces(line) for line in lines])
    wrap = find_wrap(lines)
    body, notes = split_notes(lines, wrap)
    sheet = _Sheet(frozenset(note.label for note in notes))
    sheet.put_lines(join_paragraphs(body, wrap))
    sheet.put_notes(notes)
    if not sheet.blocks:
        raise ParseError("file.no_text")
    whole = "".join(sheet.pieces)
    return Document(whole, name, tuple(sheet.blocks), problems=_problems(whole, decoded != stored))


def _text_to_lines(text: str) -> list[TextLine]:
    """Return the lines of a TXT file but those that only draw a rule; tables and columns are told apart."""
    lines = [TextLine(line) for line in text.split("\n") if not _RULE.fullmatch(line)]
    return find_tables(split_columns(lines))


def _with_single_spaces(line: TextLine) -> TextLine:
    """Return `line` as wide as it is when no space is typed twice: by their widths lines are joined."""
    return replace(line, text=_DOUBLED.sub(" ", line.text)) if "  " in line.text and line.is_prose else line


def _problems(text: str, converted: bool) -> tuple[Problem, ...]:
    problems = (Problem("text.legacy"),) if converted else ()
    share = valid_share(text)
    if len(text) < _JUDGED_LENGTH or share >= _LEAST_VALID:
        return problems
    return (*problems, Problem("file.garbled", (("share", f"{share:.0%}"),)))


class _Sheet(Struct):
    """The text as it grows, block by block, and where the notes with the labels `notes` are called."""

    notes: frozenset[str]
    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    length: int = 0
    cells: int = 0

    def put_lines(self, lines: Sequence[TextLine]) -> None:
        """Put paragraphs and table rows down."""
        for line in lines:
            if line.cells:
                self._put_row(line)
            else:
                self._put_paragraph(line)

    def put_notes(self, notes: Sequence[Note]) -> None:
        """Put the footnotes down, each with the place it is called at."""
        for note in notes:
            anchor = self.anchors.get(note.label)
            self._put(note.text, note.content, kind=BlockKind.FOOTNOTE, anchor=anchor)

    def _put_paragraph(self, line: TextLine) -> None:
        text = _trimmed(line.text)
        label = typed_label(text) if line.kind in _LABELLED else 0
        kind = BlockKind.LIST_ITEM if label and line.kind is BlockKind.PARAGRAPH else line.kind
        self._put_body(text, label, kind=kind, level=line.level, bold=line.bold)

    def _put_row(self, line: TextLine) -> None:
        """Put the cells of a row down between tabs; of an empty cell only the tab is left."""
        gap = "\n"
        for column, cell in enumerate(line.cells, 1):
            place = {"table": line.table, "row": line.row, "column": column, "bold": line.bold}
            before = self.length
            self.cells += bool(cell)
            require("cells", self.cells)
            for paragraph in cell.split(LINE_END_INSIDE):
                lead = gap if self.length == before else "\n"
                self._put_body(_trimmed(paragraph), gap=lead, kind=BlockKind.CELL, **place)
            gap = gap + "\t" if self.length == before else "\t"

    def _put_body(self, text: str, label: int = 0, gap: str = "\n", **block: Any) -> None:
        """Put a block of the body, of which `block` tells the rest, down, the marks of footnotes left out of its words.

        Where a mark bore an accent, that goes over to the letter before it, so that the words stay in NFC.
        """
        words, calls, done = "", [], 0
        for mark in find_marks(text):
            if mark.label in self.notes:
                words = (words + text[done : mark.start]).lstrip()
                calls.append((mark.label, len(words)))
                done = mark.end
        words = normalize("NFC", (words + text[done:]).strip())
        self._put(words, min(label, len(words)), gap, **block)
        for called, offset in calls:
            self.anchors.setdefault(called, self.length - max(len(words) - offset, 0))

    def _put(self, text: str, label: int = 0, gap: str = "\n", **block: Any) -> None:
        """Put a block down whose words begin after `label` characters."""
        if not text:
            return
        lead = gap if self.length else ""
        start = self.length + len(lead)
        self.pieces += (lead, text)
        self.length = start + len(text)
        self.blocks.append(Block(start=start, end=self.length, content=start + label, **block))


_LABELLED = (BlockKind.PARAGRAPH, BlockKind.HEADING)


def _trimmed(text: str) -> str:
    """Return the words of a block without space round its lines."""
    lines = (line.strip() for line in text.split(LINE_END_INSIDE))
    return normalize("NFC", "\n".join(line for line in lines if line))
