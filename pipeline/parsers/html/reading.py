"""HTML to Document: a walk of the tree in the order of reading, without recursion (HTML Living Standard, 15.3)."""

from __future__ import annotations

import re

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Document, Problem
from pipeline.parsers.fonts import Fonts
from pipeline.parsers.html.decode import bytes_to_html
from pipeline.parsers.html.grid import Cell, read_grid
from pipeline.parsers.html.lists import LISTS, List, open_list
from pipeline.parsers.html.notes import find_notes
from pipeline.parsers.html.style import Look, StyleSheet
from pipeline.parsers.html.tree import html_to_tree, main_part
from pipeline.parsers.html.words import Paragraph, Words
from pipeline.parsers.html.writing import Piece, Writing
from pipeline.parsers.limits import require
from pipeline.parsers.manuscript import Manuscript
from pipeline.parsers.xml import Element
from pipeline.problems import ParseError

_BLOCKS_NAMES = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p pre
    section summary table tbody td tfoot th thead tr ul xmp
    """
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_UNREAD_NAMES = """
    applet audio base button canvas datalist embed frameset head iframe img input link map meta noframes
    noscript object optgroup option progress rp rt script select style svg template textarea title video
    """
_UNREAD = frozenset(_UNREAD_NAMES.split())
_EVENTS = ("start", "end", "comment")
_MARGINS = {"header": BlockKind.HEADER, "footer": BlockKind.FOOTER}  # how LibreOffice titles a page's margins
_TABS = re.compile(r"mso-tab-count:\s*(\d)")
# Word types list labels into the paragraph, LibreOffice's XHTML too, in a class of its own.
_TYPED_LABEL = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_LIST_LEVEL = re.compile(r"mso-list:\s*\S+\s+level(\d)", re.IGNORECASE)
_BULLET = re.compile(r"[^\w()]+|[oqnuvØü§¨]")  # what Word types in a font of signs
_BODY = Block(BlockKind.PARAGRAPH, 0, 0)


def read_html(data: bytes, charset: str = "") -> Document:
    """Return the text and blocks of an HTML file; raise ParseError if it can't be read or holds no text.

    `charset` is the encoding that an envelope, such as MHTML, gives for it.
    """
    walk = _Walk(html_to_tree(bytes_to_html(data, charset)))
    manuscript = walk.read()
    if not manuscript.length:
        raise ParseError("file.no_text")
    problems = (Problem("text.legacy"),) if walk.fonts.converted else ()
    return Document(manuscript.text(), "html", tuple(manuscript.blocks), problems=problems)


class _Table(Struct):
    """A table being read: its ordinal and grid, and the row at hand with the gap before its next cell."""

    number: int
    grid: dict[Element, Cell]
    row: int = 0
    before: int = 0
    gap: str = "\n"
    lead: str = "\n"
    passed: int = 0
    here: int = 0


class _Open(Struct):
    """An element that is open: the look and place of what is in it, and what its end has to do."""

    tag: str
    look: Look
    place: Block
    read: bool = True
    cell: bool = False
    items: List | None = None
    table: _Table | None = None
    story: list[Piece] | None = None


class _Label(Struct):
    """The list label that waits for the words of its item, and the level of its list from 1.

    `lost` tells that the item had words which are deleted or hidden.
    """

    text: str = ""
    level: int = 0
    lost: bool = False


class _Walk:
    """One reading of a page; what it meets goes into the manuscript. A `place` is a block without its span."""

    def __init__(self, root: Element) -> None:
        self._root, self._furniture = main_part(root)
        self._sheet = StyleSheet(style.text or "" for style in root.iter("style"))
        self._notes = find_notes(self._root)
        self._writing = Writing()
        self._manuscript = self._writing.manuscript
        self.fonts = Fonts()
        self._words = Words(self.fonts)
        self._open = [_Open("", Look(), _BODY)]
        self._tables: list[_Table] = []
        self._lists: list[List] = []
        self._ended: dict[int, List] = {}  # the last list that ended, by how deep it stood
        self._label = _Label()
        self._table_count = 0

    def read(self) -> Manuscript:
        """Return the manuscript of the page: body, notes, and what stands in page margins."""
        walker = etree.iterwalk(self._root, events=_EVENTS)
        for event, element in walker:
            if event == "start":
                if not self._start(element):
                    walker.skip_subtree()
            elif event == "end":
                self._end()
            if event != "start" and element.tail and element is not self._root:
                self._add(element.tail)
        self._flush()
        self._writing.put_notes()
        self._writing.put_margins()
        return self._manuscript

    def _add(self, text: str) -> None:
        top = self._open[-1]
        if top.read and not top.look.gone:
            self._words.add(text, top.look)

    def _start(self, element: Element) -> bool:
        """Open an element and return whether to read what is in it."""
        outer = self._open[-1]
        require("html_depth", len(self._open))
        tag = element.tag.lower()
        look = self._sheet.look(outer.look, element, tag)
        self._label.lost = self._label.lost or look.gone
        if tag in _UNREAD or look.gone or element in self._furniture or self._is_apart(element, tag, look):
            self._open.append(_Open("", look, outer.place, read=False))
            return False
        is_block = tag in _BLOCKS or look.block
        if is_block:
            self._flush()
        opened = _Open(tag if is_block else "", look, outer.place, story=outer.story)
        self._open.append(opened)
        self._enter(element, tag, opened)
        if element.text:
            self._add(element.text)
        return True

    def _is_apart(self, element: Element, tag: str, look: Look) -> bool:
        """Deal with an element that is no text of its own: a line end, a tab, a mark of a note, a typed label."""
        style = element.get("style", "")
        if tag == "br":
            self._words.end_line()
        elif tag in ("a", "sdfield") and self._is_mark(element, tag):
            pass
        elif "mso-" in style and (tabs := _TABS.search(style)):
            self._words.tab(int(tabs[1]))
        elif _TYPED_LABEL.search(style) or element.get("class", "").startswith("ListLabel"):
            words = Words(self.fonts)
            words.add("".join(map(str, element.itertext())), look)
            typed = next(words.paragraphs(False)).text
            self._label = _Label("-" if _BULLET.fullmatch(typed) else typed, self._label.level)
        else:
            return False
        return True

    def _is_mark(self, element: Element, tag: str) -> bool:
        """Tell whether an element only calls a note, marks one, or counts pages; a call is remembered."""
        if element in self._notes.calls:
            self._words.call(self._notes.calls[element])
            return True
        return element in self._notes.marks or (tag == "sdfield" and element.get("type", "").lower() == "page")

    def _enter(self, element: Element, tag: str, opened: _Open) -> None:
        """Do what an element asks for before its words are read."""
        if element in self._notes.bodies:
            self._label = _Label()
            opened.story = self._writing.note(self._notes.bodies[element])
            opened.place = replace(_BODY, kind=BlockKind.FOOTNOTE)
        elif tag == "div" and element.get("title", "") in _MARGINS:
            opened.story = self._writing.margin
            opened.place = replace(_BODY, kind=_MARGINS[element.get("title", "")])
        elif tag in LISTS:
            opened.items = open_list(element, tag, opened.look.marker, self._ended.get(len(self._lists)))
            self._lists.append(opened.items)
        elif tag == "li":
            self._count(element, opened.look)
        elif tag == "table":
            self._table_count += 1
            opened.table = _Table(self._table_count, read_grid(element))
            self._tables.append(opened.table)
        elif tag in ("td", "th"):
            self._enter_cell(element, opened)
        elif level := _LIST_LEVEL.search(element.get("style", "")):
            self._label.level = int(level[1])

    def _count(self, element: Element, look: Look) -> None:
        """Count a list item; one whose list is missing is a bullet."""
        counted = self._lists[-1] if self._lists else List("disc")
        self._ended = {depth: ended for depth, ended in self._ended.items() if depth < len(self._lists)}
        label = counted.label(element, look.marker)
        text = f"{self._label.text} {label}".strip() if self._label.text != "-" else label
        self._label = _Label(text, max(len(self._lists), 1))

    def _enter_cell(self, element: Element, opened: _Open) -> None:
        table = self._tables[-1] if self._tables else None
        cell = table.grid.get(element) if table else None
        if table is None or cell is None:
            return
        if cell.row != table.row:
            self._end_row(table)
            table.row, table.before, table.passed = cell.row, self._manuscript.length, 0
            table.gap = table.lead = self._manuscript.gap
        table.lead += "\t" * (cell.before - table.passed)
        table.passed = cell.before
        opened.cell = True
        if opened.story is None:
            self._manuscript.gap, table.here = table.lead, self._manuscript.length
            opened.place = Block(
                BlockKind.CELL,
                0,
                0,
                table=table.number,
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
            )

    def _end(self) -> None:
        """Close the innermost open element."""
        closing = self._open[-1]
        if closing.tag:
            self._flush()
        if closing.tag == "li" and self._label.text not in ("", "-") and not self._label.lost:
            self._put(Paragraph("", closing.look, False))
        self._open.pop()
        if closing.tag == "li":
            self._label = _Label()
        if closing.items is not None:
            self._lists.pop()
            self._ended[len(self._lists)] = closing.items
        if closing.table is not None:
            self._end_row(closing.table)
            self._tables.pop()
        if closing.cell and closing.story is None:
            table = self._tables[-1]
            if self._manuscript.length > table.here:
                table.lead = ""

    def _end_row(self, table: _Table) -> None:
        if table.row and not self._open[-1].story:
            self._manuscript.gap = "\n" if self._manuscript.length > table.before else table.gap

    def _flush(self) -> None:
        """Put down the words read since the last border of blocks."""
        if not self._words.pieces and not self._words.calls:
            return
        words, self._words = self._words, Words(self.fonts)
        for paragraph in words.paragraphs(cut=self._open[-1].place.kind is BlockKind.PARAGRAPH):
            if paragraph.text or paragraph.calls:
                self._put(paragraph)

    def _put(self, paragraph: Paragraph) -> None:
        """Put a paragraph where the innermost open element belongs, with the label that waits for it."""
        top = self._open[-1]
        label = self._label if paragraph.text or not paragraph.calls else _Label()
        if label.text:
            self._label = _Label()
        piece = Piece(paragraph, top.place, label.text, label.level)
        if top.story is not None:
            top.story.append(piece)
        else:
            self._writing.put(piece)
