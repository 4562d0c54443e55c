"""The body of a source: paragraphs, headings, tables, text boxes, page breaks and the notes' texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from labels import Label, Labeller
from marks import MarkError, Piece, notes_in, text_to_pieces

SIGNATURE_LINE = "=== signature ==="
DOCUMENT_LINE = "=== document ==="
_UNRULED = "%table unruled"
_LABELLED = re.compile(r"(?:[-+•]|[a-zđ]\)|\d{1,2}\.)\s")
_AUTOMATIC = re.compile(r"@(\S+)\s+")
_NOTE_TEXT = re.compile(r"\[\^(\w+)\]:\s*(.*)")
_BOX = re.compile(r"\[\[box:\s*(.*)\]\]", re.DOTALL)
_SELF_STANDING = ("#", "@", "|", "%", "[[", "===", "\\pagebreak")


class SourceError(ValueError):
    """Something wrong in a source, said with its file and line."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; a heading where `heading` (the number of `#`) is not 0."""

    pieces: tuple[Piece, ...]
    heading: int = 0
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell, at its first row and column from 0, with the rows and columns that it covers."""

    pieces: tuple[Piece, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, `ruled` or not: for each grid place the cell that covers it; the first `head` rows are its head."""

    grid: tuple[tuple[Cell, ...], ...]
    head: int
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class TextBox:
    """A framed text box."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break that the writer asked for."""


_Place = tuple[int, int]  # row and column of a table's grid
Block = Paragraph | Table | TextBox | PageBreak


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks before and after the signature, and the notes' texts in order of reference."""

    main: tuple[Block, ...]
    appendix: tuple[Block, ...]
    notes: dict[str, tuple[Piece, ...]]


@dataclass(slots=True)
class _Group:
    """Lines that make one block, with the number of the first."""

    line: int
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """The lines of one document's body: the number of the first, and whether `@` labels are allowed in it."""

    lines: list[str]
    first: int
    automatic: bool


def passages_to_bodies(passages: list[Passage], where: str) -> list[Body]:
    """Return the body of each document of a file; SourceError names `where` and the line of what is wrong."""
    reader = _BodyReader(where)
    return [reader.body(passage) for passage in passages]


def _groups(lines: list[str], first: int) -> list[_Group]:
    groups: list[_Group] = []
    fresh = True
    for number, line in enumerate(lines, first):
        row_goes_on = not fresh and line.startswith("|") and groups[-1].lines[-1].startswith(("|", _UNRULED))
        if not line.strip():
            fresh = True
        elif not row_goes_on and (fresh or line.startswith(_SELF_STANDING) or _NOTE_TEXT.match(line)):
            groups.append(_Group(number, [line]))
            fresh = line.startswith(("#", "===", "\\pagebreak"))
        else:
            groups[-1].lines.append(line)
    return groups


class _BodyReader:
    """Gathers the blocks of one document after another, and says what is wrong with its line."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.automatic = False
        self.parts: list[list[Block]] = [[]]
        self.notes: dict[str, tuple[Piece, ...]] = {}
        self.note_lines: dict[str, int] = {}
        self.references: dict[str, int] = {}
        self.labeller = Labeller()

    def body(self, passage: Passage) -> Body:
        """Return what `passage` says, the notes in order of reference, after checking that each has both ends."""
        self.automatic = passage.automatic
        self.parts, self.notes, self.note_lines, self.references = [[]], {}, {}, {}
        self.labeller.start_over()
        for group in _groups(passage.lines, passage.first):
            try:
                self._read(group)
            except MarkError as error:
                raise SourceError(f"{self.where}:{group.line}: {error}") from error
        for name, line in self.references.items():
            if name not in self.notes:
                raise SourceError(f"{self.where}:{line}: footnote [^{name}] has no text")
        for name, line in self.note_lines.items():
            if name not in self.references:
                raise SourceError(f"{self.where}:{line}: footnote [^{name}] is nowhere referred to")
        appendix = tuple(self.parts[1]) if len(self.parts) > 1 else ()
        return Body(tuple(self.parts[0]), appendix, {name: self.notes[name] for name in self.references})

    def _read(self, group: _Group) -> None:
        first = group.lines[0]
        if note := _NOTE_TEXT.match(first):
            self._note(note[1], [note[2], *group.lines[1:]], group.line)
        elif first.startswith("==="):
            self._signature(first)
        elif first.startswith("\\pagebreak"):
            if first.strip() != "\\pagebreak":
                raise MarkError(f"unknown mark «{first.strip()}»")
            self.parts[-1].append(PageBreak())
        elif first.startswith(("|", "%")):
            self._table(group)
        elif first.startswith("[["):
            self._box(group)
        else:
            self._paragraph(group)

    def _signature(self, line: str) -> None:
        if line.strip() != SIGNATURE_LINE:
            raise MarkError(f"unknown mark «{line.strip()}»; did you mean «{SIGNATURE_LINE}»?")
        if len(self.parts) > 1:
            raise MarkError("a second signature place")
        self.parts.append([])
        self.labeller.start_over()

    def _pieces(self, text: str, line: int) -> tuple[Piece, ...]:
        pieces = text_to_pieces(text)
        for name in notes_in(pieces):
            if name in self.references:
                raise MarkError(f"footnote [^{name}] is referred to twice")
            self.references[name] = line
        return pieces

    def _note(self, name: str, lines: list[str], line: int) -> None:
        pieces = text_to_pieces(_joined(lines))
        if name in self.notes:
            raise MarkError(f"a second text for footnote [^{name}]")
        if not pieces or notes_in(pieces):
            raise MarkError(f"footnote [^{name}] has no text, or refers to another one")
        self.notes[name] = pieces
        self.note_lines[name] = line

    def _box(self, group: _Group) -> None:
        box = _BOX.fullmatch(_joined(group.lines))
        if not box or not box[1]:
            raise MarkError("«[[» opens a text box: [[box: text]]")
        self.parts[-1].append(TextBox(self._pieces(box[1], group.line)))

    def _table(self, group: _Group) -> None:
        unruled = group.lines[0].startswith("%")
        if unruled and (group.lines[0].strip() != _UNRULED or len(group.lines) == 1):
            raise MarkError(f"«%» opens a table without rules: {_UNRULED}, and its rows below")
        rows = [_row(line, group.line + n) for n, line in enumerate(group.lines) if n or not unruled]
        table = _rows_to_table(rows, lambda text: self._pieces(text, group.line))
        self.parts[-1].append(replace(table, ruled=not unruled))

    def _paragraph(self, group: _Group) -> None:
        if any(_LABELLED.match(line) for line in group.lines[1:]):
            raise MarkError("a list item inside a paragraph: put a blank line before it")
        text, depth = _heading(_joined(group.lines))
        label = None
        if automatic := _AUTOMATIC.match(text):
            if not self.automatic:
                raise MarkError(f"@{automatic[1]} needs «numbering: auto» in the front matter")
            label, text = self._label(automatic[1]), text[automatic.end() :]
        elif depth:
            self.labeller.typed_heading(depth)
        elif text.startswith("@"):
            raise MarkError("«@» begins a label; for the character itself write \\@")
        self.parts[-1].append(Paragraph(self._pieces(text, group.line), depth, label))

    def _label(self, name: str) -> Label:
        try:
            return self.labeller.next(name)
        except ValueError as error:
            raise MarkError(str(error)) from error


def _joined(lines: list[str]) -> str:
    """Join a block's lines: with a space, or with a line end after a closing backslash."""
    text = ""
    for line in lines:
        line = line.strip()
        soft = line.endswith("\\") and not line.endswith("\\\\")
        text += line[:-1].rstrip() + "\n" if soft else line + " "
    return text.strip()


def _heading(text: str) -> tuple[str, int]:
    hashes = re.match(r"(#+)(\s*)", text)
    if not hashes:
        return text, 0
    if not 2 <= len(hashes[1]) <= 5 or not hashes[2]:
        raise MarkError("a heading is two to five # and a space; for the character itself write \\#")
    return text[hashes.end() :], len(hashes[1])


def _row(line: str, number: int) -> list[str]:
    line = line.strip()
    if len(line) < 2 or not line.endswith("|"):
        raise MarkError(f"line {number}: a table row ends with |")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line[1:-1])]


def _rows_to_table(rows: list[list[str]], to_pieces: Callable[[str], tuple[Piece, ...]]) -> Table:
    head = next((n for n, row in enumerate(rows) if all(re.fullmatch(":?-{2,}:?", c) for c in row)), 0)
    kept = rows[:head] + rows[head + 1 :] if head else rows
    if len({len(row) for row in kept}) != 1:
        counts = ", ".join(str(len(row)) for row in kept)
        raise MarkError(f"the rows of a table have different numbers of cells: {counts}")
    owners: list[list[_Place]] = []
    for r, row in enumerate(kept):
        owners.append([])
        for c, text in enumerate(row):
            owners[r].append(_owner(owners, r, c, text))
    return Table(_grid(kept, owners, to_pieces), head)


def _owner(owners: list[list[_Place]], r: int, c: int, text: str) -> _Place:
    if text == "<":
        if c == 0:
            raise MarkError("«<» in the first column has no cell at its left")
        return owners[r][c - 1]
    if text == "^":
        if r == 0:
            raise MarkError("«^» in the first row has no cell above")
        return owners[r - 1][c]
    return r, c


def _grid(
    rows: list[list[str]], owners: list[list[_Place]], to_pieces: Callable[[str], tuple[Piece, ...]]
) -> tuple[tuple[Cell, ...], ...]:
    places: dict[_Place, list[_Place]] = {}
    for r, row in enumerate(owners):
        for c, owner in enumerate(row):
            places.setdefault(owner, []).append((r, c))
    cells = {}
    for (r, c), covered in places.items():
        height, width = covered[-1][0] - r + 1, max(p[1] for p in covered) - c + 1
        if height * width != len(covered) or min(p[1] for p in covered) < c:
            raise MarkError(f"the merged cell «{rows[r][c]}» is no rectangle")
        text = re.sub(r"\s+\\\s+", "\n", rows[r][c])
        cells[r, c] = replace(Cell(to_pieces(text), r, c), rows=height, columns=width)
    return tuple(tuple(cells[owner] for owner in row) for row in owners)
