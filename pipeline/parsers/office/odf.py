"""ODT by its content.xml: its words, tables and notes, where LibreOffice isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct, field

from pipeline.model import Block, BlockKind, Document
from pipeline.parsers.archives import ZIP_ERRORS
from pipeline.parsers.office.sheet import Cell, Sheet
from pipeline.parsers.xml import Element, parse_xml
from pipeline.problems import ParseError
from pipeline.text.clean import clean

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SKIPPED = {"tracked-changes", "annotation", "sequence-decls", "variable-decls", "user-field-decls", "ruby-text"}
_PRINTED = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_ROWS, _CELLS = {"table-header-rows", "table-rows", "table-row-group"}, {"table-cell", "covered-table-cell"}
_MOST_REPEATED = 1000
_LIST_ITEM = Block(BlockKind.LIST_ITEM, 0, 0)


def read_odt(data: bytes) -> Document:
    """Return the text and blocks of an ODT; ParseError if there is none or its content can't be read.

    Words of tracked deletions are kept apart in an ODT and left out here. Lost: numbers of lists, headers.
    """
    walk = _Walk()
    walk.flow(_body(data))
    walk.put_notes()
    return walk.sheet.document("odt")


def _body(data: bytes) -> Element:
    try:
        with ZipFile(BytesIO(data)) as archive:
            content = archive.read("content.xml")
        root = parse_xml(content)
    except etree.XMLSyntaxError as error:
        raise _damaged(f"XML: {error.msg}") from error
    except KeyError as error:
        raise _damaged("no content.xml") from error
    except (*ZIP_ERRORS, ValueError) as error:
        raise _damaged(f"ZIP: {error}") from error
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise _damaged("no text document")
    return body


def _damaged(reason: str) -> ParseError:
    return ParseError("file.damaged", format="ODT", reason=reason.splitlines()[0][:120])


class _Words(Struct):
    """The words of one paragraph, the notes called in it by offset, and the text boxes that it holds."""

    text: str = ""
    notes: list[tuple[int, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


class _Walk(Struct):
    """One reading of a document, as deep as libxml2 lets elements be in each other."""

    sheet: Sheet = field(default_factory=Sheet)
    notes: list[tuple[int, Element]] = field(default_factory=list)
    tables: int = 0

    def flow(self, parent: Element, listed: bool = False) -> None:
        """Read the paragraphs, lists and tables in `parent` in their order."""
        for child in _elements(parent):
            name = _name(child)
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
            bodies = [child for child in _elements(note) if _name(child) == "note-body"]
            for at, paragraph in enumerate(each for body in bodies for each in _elements(body)):
                self.sheet.paragraph(_words(paragraph).text, place, "" if at else f"[{number}]")

    def _paragraph(self, element: Element, listed: bool) -> None:
        words = _words(element)
        place = _LIST_ITEM if listed else Block(BlockKind.PARAGRAPH, 0, 0)
        if _name(element) == "h":
            place = Block(BlockKind.HEADING, 0, 0, level=_number(element, _TEXT, "outline-level"))
        start = self.sheet.paragraph(words.text, place)
        self._call(words, start)
        for box in words.boxes:
            self.flow(box)

    def _call(self, words: _Words, start: int) -> None:
        for offset, note in words.notes:
            before = len(clean(words.text[:offset]).lstrip())
            self.notes.append((min(start + before, self.sheet.length), note))

    def _table(self, table: Element) -> None:
        self.tables += 1
        number = self.tables
        for at, row in enumerate(_rows(table), 1):
            self.sheet.row(list(self._cells(row)), number, at)

    def _cells(self, row: Element) -> Iterator[Cell]:
        column, spanned = 1, 1
        for element in _elements(row):
            if _name(element) not in _CELLS:
                continue
            repeated = min(_number(element, _TABLE, "number-columns-repeated"), _MOST_REPEATED)
            if _name(element) == "covered-table-cell" and column >= spanned:
                yield Cell((), column)  # from above
            elif _name(element) == "table-cell":
                words = [_words(each) for each in _paragraphs(element)]
                for each in words:
                    self._call(each, self.sheet.length)
                spans = (_number(element, _TABLE, f"number-{part}-spanned") for part in ("columns", "rows"))
                cell = Cell([each.text for each in words], column, *spans)
                yield cell
                spanned = column + cell.column_span
            column += repeated


def _words(paragraph: Element) -> _Words:
    words = _Words()
    _collect(paragraph, words)
    return words


def _collect(parent: Element, words: _Words) -> None:
    words.text += _spaced(parent.text)
    for child in parent:
        if isinstance(child.tag, str):
            _put(child, words)
        words.text += _spaced(child.tail)


def _put(child: Element, words: _Words) -> None:
    name = _name(child)
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


def _spaced(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _elements(parent: Element) -> Iterator[Element]:
    return parent.iterchildren("*")


def _rows(table: Element) -> Iterator[Element]:
    for child in _elements(table):
        if _name(child) == "table-row":
            yield child
        elif _name(child) in _ROWS:
            yield from _rows(child)


def _paragraphs(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell, also those of lists and tables in it."""
    for child in _elements(parent):
        if _name(child) in ("p", "h"):
            yield child
        elif _name(child) not in _SKIPPED:
            yield from _paragraphs(child)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _number(element: Element, namespace: str, name: str) -> int:
    """Return an attribute as a whole number of at least 1, which it is where it isn't given."""
    told = str(element.get(namespace + name, "1"))
    return max(int(told[:6]), 1) if told.isdecimal() else 1
