"""ODT through odfpy: its words, tables and notes, where LibreOffice isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any

from pipeline.model import Block, BlockKind, Document
from pipeline.parsers.office.sheet import Cell, Sheet
from pipeline.problems import ParseError
from pipeline.text.clean import clean

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_SKIPPED = {"tracked-changes", "annotation", "sequence-decls", "variable-decls", "user-field-decls", "ruby-text"}
_PRINTED = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_ROWS, _CELLS = {"table-header-rows", "table-rows", "table-row-group"}, {"table-cell", "covered-table-cell"}
_MOST_REPEATED = 1000
_LIST_ITEM = Block(BlockKind.LIST_ITEM, 0, 0)

Node = Any  # odfpy has no types: an element with `qname`, `attributes` and `childNodes`, or a text with `data`


def read_odt(data: bytes) -> Document:
    """Return the text and blocks of an ODT; ParseError if there is none or odfpy can't read it.

    Words of tracked deletions are kept apart in an ODT and left out here. Lost: numbers of lists, headers.
    """
    from odf.opendocument import load

    try:
        with redirect_stdout(StringIO()):  # it prints a part that it can't parse
            body = load(BytesIO(data)).text
    except Exception as error:  # it takes a complete package for granted and fails in any way on other
        raise ParseError("file.damaged", format="ODT", reason=f"odfpy: {type(error).__name__}") from error
    walk = _Walk()
    walk.flow(body)
    walk.put_notes()
    return walk.sheet.document("odt")


@dataclass(slots=True)
class _Words:
    """The words of one paragraph, the notes called in it by offset, and the text boxes that it holds."""

    text: str = ""
    notes: list[tuple[int, Node]] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """One reading of a document, which Python's depth of recursion bounds, as odfpy's own did."""

    sheet: Sheet = field(default_factory=Sheet)
    notes: list[tuple[int, Node]] = field(default_factory=list)
    tables: int = 0

    def flow(self, parent: Node, listed: bool = False) -> None:
        """Read the paragraphs, lists and tables in `parent` in their order."""
        for child in _elements(parent):
            name = child.qname[1]
            if name in ("p", "h"):
                self._paragraph(child, listed)
            elif name == "table":
                self._table(child)
            elif name not in _SKIPPED:
                self.flow(child, listed or name == "list-item")

    def put_notes(self) -> None:
        """Put the notes down after the body, numbered in the order of calling."""
        for number, (anchor, note) in enumerate(self.notes, 1):
            place = Block(BlockKind.FOOTNOTE, 0, 0, anchor=anchor)
            bodies = [child for child in _elements(note) if child.qname[1] == "note-body"]
            for at, paragraph in enumerate(each for body in bodies for each in _elements(body)):
                self.sheet.paragraph(_words(paragraph).text, place, "" if at else f"[{number}]")

    def _paragraph(self, element: Node, listed: bool) -> None:
        words = _words(element)
        place = _LIST_ITEM if listed else Block(BlockKind.PARAGRAPH, 0, 0)
        if element.qname[1] == "h":
            place = Block(BlockKind.HEADING, 0, 0, level=_number(element, _TEXT, "outline-level"))
        start = self.sheet.paragraph(words.text, place)
        self._call(words, start)
        for box in words.boxes:
            self.flow(box)

    def _call(self, words: _Words, start: int) -> None:
        for offset, note in words.notes:
            before = len(clean(words.text[:offset]).lstrip())
            self.notes.append((min(start + before, self.sheet.length), note))

    def _table(self, table: Node) -> None:
        self.tables += 1
        number = self.tables
        for at, row in enumerate(_rows(table), 1):
            self.sheet.row(list(self._cells(row)), number, at)

    def _cells(self, row: Node) -> Iterator[Cell]:
        column, spanned = 1, 1
        for element in _elements(row):
            if element.qname[1] not in _CELLS:
                continue
            repeated = min(_number(element, _TABLE, "number-columns-repeated"), _MOST_REPEATED)
            if element.qname[1] == "covered-table-cell" and column >= spanned:
                yield Cell((), column)  # from above
            elif element.qname[1] == "table-cell":
                words = [_words(each) for each in _paragraphs(element)]
                for each in words:
                    self._call(each, self.sheet.length)
                spans = (_number(element, _TABLE, f"number-{part}-spanned") for part in ("columns", "rows"))
                cell = Cell([each.text for each in words], column, *spans)
                yield cell
                spanned = column + cell.column_span
            column += repeated


def _words(paragraph: Node) -> _Words:
    words = _Words()
    _collect(paragraph, words)
    return words


def _collect(parent: Node, words: _Words) -> None:
    for child in parent.childNodes:
        if not hasattr(child, "qname"):
            words.text += str(child.data).replace("\n", " ")
            continue
        name = child.qname[1]
        if name == "s":
            words.text += " " * min(_number(child, _TEXT, "c"), _MOST_REPEATED)
        elif name == "note":
            words.notes.append((len(words.text), child))
        elif name == "text-box":
            words.boxes.append(child)
        elif name in _PRINTED:
            words.text += _PRINTED[name]
        elif name not in _SKIPPED:
            _collect(child, words)


def _elements(parent: Node) -> Iterator[Node]:
    return (child for child in parent.childNodes if hasattr(child, "qname"))


def _rows(table: Node) -> Iterator[Node]:
    for child in _elements(table):
        if child.qname[1] == "table-row":
            yield child
        elif child.qname[1] in _ROWS:
            yield from _rows(child)


def _paragraphs(parent: Node) -> Iterator[Node]:
    """Yield the paragraphs of a cell, also those of lists and tables in it."""
    for child in _elements(parent):
        if child.qname[1] in ("p", "h"):
            yield child
        elif child.qname[1] not in _SKIPPED:
            yield from _paragraphs(child)


def _number(element: Node, namespace: str, name: str) -> int:
    """Return an attribute as a whole number of at least 1, which it is where it isn't given."""
    told = str((element.attributes or {}).get((namespace, name), "1"))
    return max(int(told[:6]), 1) if told.isdecimal() else 1
