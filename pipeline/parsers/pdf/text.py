"""A flow of paragraphs, tables and footnotes written down as the text of a Document, with every place."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence

from msgspec import Struct, field

from pipeline.model import Block, BlockKind, Line
from pipeline.parsers.labels import typed_label
from pipeline.parsers.limits import require
from pipeline.parsers.pdf.cells import Cell
from pipeline.parsers.pdf.flow import Flow
from pipeline.parsers.pdf.footnotes import Note
from pipeline.parsers.pdf.lines import PrintedLine, row_to_line
from pipeline.parsers.pdf.margins import without_number
from pipeline.parsers.pdf.paragraphs import Paragraph, glue
from pipeline.parsers.pdf.tables import Table, table_rows


class Manuscript(Struct):
    """The text written so far, with its blocks and lines, and where footnote marks stood in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marks: list[tuple[int, str, int]] = field(default_factory=list)
    tables: int = 0
    cells: int = 0

    @property
    def text(self) -> str:
        """The text."""
        return "".join(self.parts)

    def write(self, words: str) -> None:
        """Add words that are not printed: white space."""
        self.parts.append(words)
        self.length += len(words)

    def write_line(self, line: PrintedLine) -> None:
        """Add a printed line and remember its places; ParseError beyond the limit of `characters`."""
        start = self.length
        require("characters", start + len(line.text))
        self.write(line.text)
        self.lines.append(Line(start, self.length, line.page, line.top, line.bottom, line.edges, line.confidence))
        self.marks += [(line.page, mark.label, start + mark.offset) for mark in line.marks]

    def write_lines(self, lines: Sequence[PrintedLine]) -> tuple[int, int]:
        """Add the lines of one block and return its span; a number broken after its hyphen is whole again."""
        start, before = self.length, ""
        for line in lines:
            if before:
                self.write(glue(before, line.text))
            self.write_line(line)
            before = line.text
        return start, self.length

    def start_block(self, separator: str = "\n") -> None:
        """Add what stands between two blocks."""
        if self.blocks:
            self.write(separator)


def write_flow(flow: Flow) -> Manuscript:
    """Return the text of `flow`: the body, then the footnotes, then running heads, feet and notices, each once."""
    manuscript = Manuscript()
    for item in flow.items:
        if isinstance(item, Table):
            _write_table(manuscript, item, flow.labels)
        else:
            _write_paragraph(manuscript, item)
    anchors = _Anchors(list(manuscript.marks))
    for note in flow.notes:
        _write_note(manuscript, note, anchors.take(note))
    _write_margins(manuscript, BlockKind.HEADER, flow.heads)
    _write_margins(manuscript, BlockKind.FOOTER, flow.feet)
    _write_notices(manuscript, flow.notices)
    return manuscript


class _Anchors(Struct):
    """The footnote marks of the body that no footnote has been found for yet."""

    marks: list[tuple[int, str, int]]

    def take(self, note: Note) -> int | None:
        """Return where the mark of `note` stood: on its page, or else on the nearest one before."""
        fitting = [mark for mark in self.marks if mark[1] == note.label and mark[0] <= note.page]
        if not fitting:
            return None
        page = fitting[-1][0]
        mark = next(mark for mark in fitting if mark[0] == page)
        self.marks.remove(mark)
        return mark[2]


def _write_paragraph(manuscript: Manuscript, paragraph: Paragraph) -> None:
    manuscript.start_block()
    start, end = manuscript.write_lines(paragraph.lines)
    label = typed_label(paragraph.lines[0].text)
    block = Block(
        kind=BlockKind.LIST_ITEM if label else BlockKind.PARAGRAPH,
        start=start,
        end=end,
        content=start + label,
        bold=all(line.bold for line in paragraph.lines),
        centred=paragraph.centred,
    )
    manuscript.blocks.append(block)


def _write_table(manuscript: Manuscript, table: Table, labels: Sequence[Collection[str]]) -> None:
    manuscript.tables += 1
    for row in table_rows(table):
        separator = "\n"
        for cell in row:
            manuscript.start_block(separator)
            manuscript.cells += 1
            require("cells", manuscript.cells)
            _write_cell(manuscript, cell, labels)
            separator = "\t"


def _write_cell(manuscript: Manuscript, cell: Cell, labels: Sequence[Collection[str]]) -> None:
    lines = [row_to_line(row, page, labels[page - 1]) for page, row in cell.rows]
    start, end = manuscript.write_lines(lines)
    block = Block(
        kind=BlockKind.CELL,
        start=start,
        end=end,
        table=manuscript.tables,
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        bold=all(line.bold for line in lines),
    )
    manuscript.blocks.append(block)


def _write_note(manuscript: Manuscript, note: Note, anchor: int | None) -> None:
    lines = [row_to_line(row, page) for page, row in note.rows]
    label = f"[{note.label}] "
    lines[0] = _labelled(lines[0], label, note)
    manuscript.start_block()
    start, end = manuscript.write_lines(lines)
    block = Block(BlockKind.FOOTNOTE, start, end, content=start + len(label), anchor=anchor)
    manuscript.blocks.append(block)


def _labelled(line: PrintedLine, label: str, note: Note) -> PrintedLine:
    """Return the first line of a footnote with its label; the brackets are ours and not printed."""
    left, right = note.mark[0].left, note.mark[-1].right
    printed = [edge for c in note.mark for edge in (c.left, c.right)]
    edges = array("f", [left, left, *printed, right, right, right, right])
    confidence = array("f", [1.0] * len(label)) + line.confidence if line.confidence else line.confidence
    return line._replace(text=label + line.text, edges=edges + line.edges, confidence=confidence)


def _write_margins(manuscript: Manuscript, kind: BlockKind, lines: Sequence[PrintedLine]) -> None:
    written: set[str] = set()
    for line in lines:
        plain = without_number(line.text, line.page)
        if plain not in written:
            written.add(plain)
            manuscript.start_block()
            start, end = manuscript.write_lines([line])
            manuscript.blocks.append(Block(kind, start, end))


def _write_notices(manuscript: Manuscript, notices: Sequence[Sequence[PrintedLine]]) -> None:
    """Write each notice, of which a tool may print the same on every page, as a footer."""
    written: set[str] = set()
    for lines in notices:
        words = "\n".join(line.text for line in lines)
        if words not in written:
            written.add(words)
            manuscript.start_block()
            manuscript.blocks.append(Block(BlockKind.FOOTER, *manuscript.write_lines(lines)))
