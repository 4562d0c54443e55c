"""Counts in table cells: a numeric cell is a count of what its row says, in the unit that row, head or caption give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.extract.claims import BUILT_IN, Claim, Claims
from pipeline.extract.grids.columns import Columns, Label, names_of, read_columns, read_labels
from pipeline.extract.grids.figures import Figure, figure_in, is_ambiguous, is_year, usual_style
from pipeline.extract.grids.grid import Cell, Grid, Place, grids
from pipeline.extract.grids.heads import Layout, read_layout
from pipeline.extract.grids.ledger import Ledger
from pipeline.extract.grids.parts import cell_parts
from pipeline.extract.grids.sums import Proof, check_sums
from pipeline.extract.grids.units import CellUnits, TableUnit, Units, caption_above, thousands_above, unit_in_title
from pipeline.extract.grids.words import TableWords, holds, is_one_of, months_in, table_words
from pipeline.extract.view import View
from pipeline.model import Block, Count, Problem
from pipeline.text.separators import Style

Span = tuple[int, int]

_RULE = f"{BUILT_IN}/o_bang"
_TITLE = "Số liệu trong ô bảng"
_ORDINAL = re.compile(r"[\dIVXLC.()a-zđA-Z=+:/ -]+")
_DATED = re.compile(r"\d{1,2} ?[/-] ?\d{1,4}(?: ?[/-] ?\d{4})?")
_LENGTH = re.compile(r"\d{1,2} tháng")
_TELEPHONE = re.compile(r"0\d{8,10}")


class Column(Struct, frozen=True):
    """The head that cells stand under: its printed path, the cells of it, and where years above the table stand."""

    head: str
    path: tuple[Cell, ...]
    before: int
    table: int
    caption: tuple[int, int]
    titles: tuple[Cell, ...]


class Tables(Struct, frozen=True):
    """What the tables of a report give.

    `columns` and `labels` tell, for the start of each paragraph in a cell of data, its column's head and its
    row's label; `heads` are all columns by table and number.
    """

    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: dict[int, Column] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    heads: dict[tuple[int, int], Column] = field(default_factory=dict)
    proven: int = 0


def read_tables(view: View, claims: Claims) -> Tables:
    """Return the counts that stand in table cells; ordinals and numbering rows are claimed as no items."""
    counts: list[Count] = []
    problems: list[Problem] = []
    tables, proven = Tables(), 0
    words, units = table_words(view.pack), Units(view)
    for number, grid in enumerate(grids(view)):
        table = _Table(view, grid, words, units)
        table.claim_ordinals(claims)
        table.claim_periods(claims)
        proof, parts = table.proof()
        cells = list(table.counts(claims, problems, parts))
        held = {None, *((count.start, count.end) for count in cells)}
        counts += [count if count.part_of in held else replace(count, part_of=None) for count in cells]
        problems += proof.problems
        proven += proof.proven
        table.tell_columns(number, tables)
    return replace(tables, counts=counts, problems=problems, proven=proven)


class _Numeral(Struct, frozen=True):
    """A paragraph of a cell that is a number, with the number and the cell's unit."""

    block: Block
    figure: Figure
    unit: TableUnit


class _Table:
    """One grid being read: its rows, columns, labels and units, and the numbers found in it."""

    def __init__(self, view: View, grid: Grid, words: TableWords, units: Units) -> None:
        self.view, self.grid, self.words = view, grid, words
        self.layout: Layout = read_layout(grid)
        self.columns: Columns = read_columns(grid, self.layout, words, units)
        self.labels: dict[int, Label] = read_labels(grid, self.layout, self.columns, words)
        self.names = names_of(self.labels)
        given = {row: grid.text(row, self.columns.unit) for row in grid.rows} if self.columns.unit else {}
        titles = " ".join(f"{grid.row(row)[0].text}\n" for row in self.layout.titles)
        self.start = min(block.start for cell in grid.cells.values() for block in cell.blocks)
        title = unit_in_title(units, view.text[slice(*grid.caption)] + "\n" + titles, words.about)
        self.units = CellUnits(units, self.columns.heads, given, caption_above(view, self.start) + "\n" + titles, title)
        for column in filter(self._compares, self.columns.figured):
            self.units.shares_in(column)
        self.changes = {column: self._change_of(column) for column in grid.columns}
        self.numerals = dict(self._numerals())
        self.style = self._style()

    def _compares(self, column: int) -> bool:
        """Tell a column of ratios to another one: by its head, and by having no sign of more or less."""
        path = self.columns.paths[column]
        if not any(holds(cell.text, self.words.ratio_to) for cell in path):
            return False
        texts = (self.grid.text(row, column) for row in self.layout.body)
        differs = any(
            holds(cell.text, self.words.increase | self.words.decrease | self.words.difference) for cell in path
        )
        return not differs and not any(figure.sign for text in texts if (figure := figure_in(text)))

    def _numerals(self) -> Iterator[tuple[Place, list[_Numeral]]]:
        """Yield the cells of data that hold a number and nothing else, paragraph by paragraph."""
        apart = self.columns.ordinal | self.columns.code | self.columns.note
        for place, cell in self.grid.cells.items():
            if place[0] not in self.layout.heads and place[0] not in self.layout.groups and place[1] not in apart:
                found = [numeral for block in cell.blocks if (numeral := self._numeral(place, block))]
                if found:
                    yield place, found

    def _numeral(self, place: Place, block: Block) -> _Numeral | None:
        row, column = place
        text = self.view.text[block.start : block.end]
        figure = figure_in(text)
        if figure is None or _TELEPHONE.fullmatch(text):
            return None
        dated = is_year(text) or bool(_DATED.fullmatch(text))
        years = is_year(figure.first) and is_year(figure.second)
        month = figure.between == "/" and is_year(figure.second) and figure.first.isdecimal() and len(figure.first) < 3
        if (column in self.columns.date and dated) or years or month:
            return None
        if column == self.columns.label and is_year(text):
            return None
        return _Numeral(block, figure, self.units.of(row, column, self._label(row).text, figure.unit))

    def _label(self, row: int) -> Label:
        return self.labels.get(row) or Label("")

    def _style(self) -> Style:
        """Return how the table's numbers are separated: as its totals prove it, else as most of them are."""
        figures = [n.figure for found in self.numerals.values() for n in found]
        if not is_ambiguous(figures):
            return Style.LOCAL
        proofs = {style: check_sums(self._ledger(style)) for style in Style}
        fits = {style: proof.fits - len(proof.problems) for style, proof in proofs.items()}
        proven = max(Style, key=lambda style: fits[style])
        alike = len(set(fits.values())) == 1
        return usual_style(figures) if alike or proofs[proven].fits == 0 else proven

    def _ledger(self, style: Style) -> Ledger:
        values: dict[Place, tuple[Decimal, TableUnit, Block]] = {}
        for place, found in self.numerals.items():
            read = found[0].figure.read(style) if len(found) == 1 and not found[0].figure.second else None
            if read and found[0].figure.qualifier == "exact":
                values[place] = (read[0], found[0].unit, found[0].block)
        return Ledger.of(self.grid, self.layout, self.columns, self.labels, self.words, values)

    def proof(self) -> tuple[Proof, dict[Span, Span]]:
        """Return what the totals of the table prove or contradict, and the cells that are parts of others."""
        ledger = self._ledger(self.style)
        proof = check_sums(ledger)
        return proof, cell_parts(ledger, proof)

    def claim_ordinals(self, claims: Claims) -> None:
        """Claim ordinals, codes and the numbers below the head as what they are."""
        apart = self.columns.ordinal | self.columns.code
        head = (*self.layout.titles, *self.layout.head)
        for (row, column), cell in self.grid.cells.items():
            numbering = row in self.layout.heads and row not in head
            for block in cell.blocks if column in apart or numbering else ():
                text = self.view.text[block.start : block.end]
                known = _ORDINAL.fullmatch(text) or (
                    column in self.columns.code and not claims.owner(block.start, block.end)
                )
                if (row not in head) and block.end > block.start and known and re.search(r"\d", text):
                    self._claim(block, claims, "no_item", "Số thứ tự, mã số trong bảng")

    def claim_periods(self, claims: Claims) -> None:
        """Claim «9 tháng» in a head, a period and no count of months, and «1.000» in the unit of the table."""
        above = thousands_above(self.view.folded, self.start)
        if above:
            claims.take(Claim(*above, "no_item", _RULE, "Đơn vị tính của bảng"))
        for row in self.layout.heads:
            for cell in self.grid.row(row):
                for block in cell.blocks if months_in(cell.text) else ():
                    for found in _LENGTH.finditer(self.view.folded, block.start, block.end):
                        claims.take(Claim(*found.span(), "no_item", _RULE, "Kỳ số liệu ở đầu cột"))

    def _claim(self, block: Block, claims: Claims, kind: str, title: str) -> bool:
        return claims.take(Claim(block.start, block.end, kind, _RULE, title))

    def counts(self, claims: Claims, problems: list[Problem], parts: Mapping[Span, Span]) -> Iterator[Count]:
        """Yield the counts of the cells, in reading order, and claim them; an unreadable number is a problem.

        `parts` are the spans of cells that are part of another one, with that of the other.
        """
        for place, found in sorted(self.numerals.items()):
            for numeral in found:
                block, read = numeral.block, numeral.figure.read(self.style)
                if read is None:
                    if self._claim(block, claims, "no_item", _TITLE):
                        text = self.view.text[block.start : block.end]
                        problems.append(Problem("number.unreadable", (("text", text),), block.start, block.end))
                elif self._claim(block, claims, "count", _TITLE):
                    yield self._count(place, numeral, read, parts.get((block.start, block.end)))

    def _count(
        self, place: Place, numeral: _Numeral, read: tuple[Decimal, Decimal | None], part_of: Span | None
    ) -> Count:
        block, figure, unit = numeral.block, numeral.figure, numeral.unit
        value, second = read
        second = second * unit.scale if second is not None else None
        whole = figure.between == "/"
        return Count(
            block.start,
            block.end,
            (block.start, block.end),
            _RULE,
            value * unit.scale,
            value_max=None if whole else second,
            total=second if whole else None,
            unit=unit.name,
            per=unit.per,
            object=self.names.get(place[0], ""),
            qualifier=figure.qualifier,
            change=self._change(place[1], figure.sign, value),
            status=self._status(value, unit, block.start),
            column=self.columns.heads[place[1]],
            part_of=part_of,
        )

    def _change(self, column: int, sign: int, value: Decimal) -> str:
        """Return the change that a sign says, or else the head of the column."""
        if sign:
            return "increase" if sign > 0 else "decrease"
        return self.changes[column] if value else ""

    def _change_of(self, column: int) -> str:
        """Return the change that a head says which is nothing but «Tăng» or «Giảm»."""
        path = self.columns.paths[column]
        inner = path[-1].text if path else ""
        if is_one_of(inner, self.words.increase):
            return "increase"
        return "decrease" if is_one_of(inner, self.words.decrease) else ""

    def _status(self, value: Decimal, unit: TableUnit, at: int) -> str:
        if self.view.is_ahead(at):
            return "planned"
        return "none" if value == 0 and not unit.is_measure else "done"

    def tell_columns(self, number: int, tables: Tables) -> None:
        """Put the head of each column, and of each paragraph that stands below one, into `tables`."""
        titles = tuple(cell for row in self.layout.titles for cell in self.grid.row(row))
        before = 0
        for column in self.grid.columns:
            path = self.columns.paths[column]
            head = Column(self.columns.heads[column], path, before, number, self.grid.caption, titles)
            tables.heads[number, column] = head
            before = column
        for (row, column), cell in self.grid.cells.items():
            if row not in self.layout.heads and row not in self.layout.groups:
                self._tell_cell(cell, tables.heads[number, column], tables)

    def _tell_cell(self, cell: Cell, head: Column, tables: Tables) -> None:
        label = self.names.get(cell.row, "") if cell.column != self.columns.label else ""
        for block in cell.blocks:
            tables.columns[block.start] = head
            tables.labels[block.start] = label
