"""Counts in table cells: a numeric cell is a count of what its row says, in the unit that row, head or caption give."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.claims import BUILT_IN, Claim, Claims
from pipeline.extract.units import MEASURES
from pipeline.extract.view import View
from pipeline.extract.vocabulary import phrases_of
from pipeline.model import Block, BlockKind, Count, Problem
from pipeline.text.fold import fold
from pipeline.text.numerals import SCALES, read_figure
from pipeline.text.tokens import Tokens

_RULE = f"{BUILT_IN}/o_bang"
_TITLE = "Số liệu trong ô bảng"
_NUMERIC = re.compile(
    r"(?P<sign>[-–−+])?[ ]?(?P<n>\d+(?:[.,]\d+)*)"
    r"(?:[ ]?(?P<between>[/–-])[ ]?(?P<n2>\d+(?:[.,]\d+)*))?[ ]?(?P<unit>%|‰)?"
)
_ORDINAL_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự|thứ tự|mã số|mã|số hiệu|số văn bản|số, ký hiệu|số ký hiệu)\W*")
_DATE_HEAD = re.compile(r"(?:ngày|tháng|năm|thời gian|thời điểm|thời hạn)\b(?!.*\d).*")
_UNIT_HEAD = re.compile(r"(?:đơn vị tính|đvt|đơn vị|đv tính)\W*")
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:[ ]?=.*)?")
_CAPTION = re.compile(r"(?:đơn vị tính|đvt|đơn vị)[ ]?:[ ]?([^\n\t();.]+)")
_NAMES_NUMBER = re.compile(r"(?:tổng )?số\b|lượt\b|tổng\b")
_KIND_OF = re.compile(r"(?:Loại|Tên|Loại hình|Tên loại) ")
_BRACKETED = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: the text of each cell by row and column, and the blocks that make it."""

    cells: dict[tuple[int, int], list[Block]]
    text: dict[tuple[int, int], str]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    caption: str


def grids(view: View) -> list[Grid]:
    """Return the data tables of a report; letterheads and signatures set as tables are none."""
    tables: dict[int, dict[tuple[int, int], list[Block]]] = defaultdict(lambda: defaultdict(list))
    layout = {b.table for b in view.document.blocks if b.kind in (BlockKind.LETTERHEAD, BlockKind.SIGNATURE)}
    for block in view.document.blocks:
        if block.table and block.table not in layout:
            tables[block.table][block.row, block.column].append(block)
    return [grid for cells in tables.values() if (grid := _grid(view, dict(cells))) is not None]


def _grid(view: View, cells: dict[tuple[int, int], list[Block]]) -> Grid | None:
    rows, columns = sorted({r for r, _ in cells}), sorted({c for _, c in cells})
    if len(rows) < 2 or len(columns) < 2:
        return None
    text = {
        place: " ".join(view.text[b.start : b.end] for b in blocks if b.end > b.start)
        for place, blocks in cells.items()
    }
    start = min(b.start for blocks in cells.values() for b in blocks)
    caption = view.folded[max(0, start - 200) : start]
    return Grid(cells, text, tuple(rows), tuple(columns), caption)


def find_cell_counts(view: View, claims: Claims) -> tuple[list[Count], list[Problem]]:
    """Return the counts that stand in table cells; ordinals and numbering rows are claimed as no items."""
    counts: list[Count] = []
    problems: list[Problem] = []
    for grid in grids(view):
        table = _Table(view, grid)
        for place in sorted(grid.cells):
            for block in grid.cells[place]:
                table.read(place, block, claims, counts, problems)
    return counts, problems


class _Table:
    """The heads, labels and units of one grid, and the reading of its cells."""

    def __init__(self, view: View, grid: Grid) -> None:
        self.view, self.grid = view, grid
        self.head_rows = self._find_head_rows()
        self.heads = {c: self._head(c) for c in grid.columns}
        self.kinds = [_KIND_OF.sub("", head) for head in self.heads.values() if _KIND_OF.match(head)]
        first_head = {c: fold(self.heads[c]) for c in grid.columns}
        self.ordinal = {c for c in grid.columns if _ORDINAL_HEAD.fullmatch(first_head[c])}
        self.dates = {c for c in grid.columns if _DATE_HEAD.fullmatch(first_head[c])}
        self.unit_column = next((c for c in grid.columns if self._holds_units(c, first_head[c])), None)
        self.labels = {row: self._label(row) for row in grid.rows}

    def _find_head_rows(self) -> frozenset[int]:
        heads: list[int] = []
        for row in self.grid.rows[:5]:
            texts = [t for (r, _), t in self.grid.text.items() if r == row and t]
            numbers = [t for t in texts if _NUMERIC.fullmatch(t) and not _is_year(t)]
            numbering = len(texts) > 1 and all(_NUMBERING.fullmatch(fold(t)) for t in texts)
            if numbers and not numbering:
                break
            heads.append(row)
        return frozenset(heads if len(heads) < len(self.grid.rows) else heads[:1])

    def _head(self, column: int) -> str:
        parts = []
        for row in sorted(self.head_rows):
            for at in range(column, 0, -1):
                blocks = self.grid.cells.get((row, at))
                if blocks and at + blocks[0].column_span > column:
                    text = self.grid.text[row, at]
                    if text and not _NUMBERING.fullmatch(fold(text)):
                        parts.append(text)
                    break
        return " > ".join(dict.fromkeys(parts))

    def _holds_units(self, column: int, head: str) -> bool:
        """Tell whether a column headed «Đơn vị …» holds units, and not the names of bodies."""
        if not _UNIT_HEAD.fullmatch(head):
            return False
        below = [t for (r, c), t in self.grid.text.items() if c == column and r not in self.head_rows and t]
        return 2 * sum(self._known(text) for text in below) >= len(below) > 0

    def _label(self, row: int) -> str:
        for column in self.grid.columns:
            text = self.grid.text.get((row, column), "")
            if column not in self.ordinal and column != self.unit_column and re.search(r"[^\W\d_]{2}", text):
                return " ".join(text.split())
        return ""

    def read(
        self,
        place: tuple[int, int],
        block: Block,
        claims: Claims,
        counts: list[Count],
        problems: list[Problem],
    ) -> None:
        row, column = place
        text = self.view.text[block.start : block.end]
        numbering = row in self.head_rows and _NUMBERING.fullmatch(fold(text))
        if column in self.ordinal or numbering:
            if re.fullmatch(r"[\dIVX.()a-z=+:/ -]+", text):
                self._claim(block, claims, "no_item", "Số thứ tự trong bảng")
            return
        found = _NUMERIC.fullmatch(text)
        if not found or row in self.head_rows or (column in self.dates and _looks_dated(text)):
            return
        if found["n2"] and _is_year(found["n"]) and _is_year(found["n2"]):
            return
        value, second = read_figure(found["n"]), read_figure(found["n2"]) if found["n2"] else None
        if value is None or (found["n2"] and second is None):
            if self._claim(block, claims, "no_item", _TITLE):
                problems.append(Problem("number.unreadable", (("text", text),), block.start, block.end))
        elif self._claim(block, claims, "count", _TITLE):
            counts.append(self._count(place, block, found, value, second))

    def _claim(self, block: Block, claims: Claims, kind: str, title: str) -> bool:
        return claims.take(Claim(block.start, block.end, kind, _RULE, title))

    def _count(
        self,
        place: tuple[int, int],
        block: Block,
        found: re.Match[str],
        value: Decimal,
        second: Decimal | None,
    ) -> Count:
        unit, scale = (found["unit"], Decimal(1)) if found["unit"] else self._unit(*place)
        down = found["sign"] in ("-", "–", "−")
        change = "decrease" if down else "increase" if found["sign"] else ""
        return Count(
            block.start,
            block.end,
            (block.start, block.end),
            _RULE,
            (-value if down else value) * scale,
            value_max=second * scale if second is not None and found["between"] != "/" else None,
            total=second * scale if second is not None and found["between"] == "/" else None,
            unit=unit,
            object=self.labels[place[0]],
            change=change,
            status=self._status(value, unit, block.start),
        )

    def _status(self, value: Decimal, unit: str, at: int) -> str:
        entry = self.view.pack.vocabulary.units.get(fold(unit))
        if value == 0 and not (entry and entry.kind in MEASURES):
            return "none"
        return "planned" if self.view.role_at(at) in ("plan", "proposal") else "done"

    def _unit(self, row: int, column: int) -> tuple[str, Decimal]:
        """Return unit and scale of a cell: from the unit column, the head, the row's label or the caption."""
        head, label = self.heads[column], self.labels[row]
        if "%" in head or "tỷ lệ" in fold(head):
            return "%", Decimal(1)
        if self.unit_column is not None:
            given = self.grid.text.get((row, self.unit_column), "")
            if given.strip():
                return self._scaled(given)
        for text in (head, label):
            for inner in reversed(_BRACKETED.findall(text)):
                if self._known(inner):
                    return self._scaled(inner)
        caption = _CAPTION.search(self.grid.caption)
        return self._scaled(caption[1]) if caption else (self._unit_in_words(row, column), Decimal(1))

    def _unit_in_words(self, row: int, column: int) -> str:
        """Return the unit that a head names, the innermost first, then a label «Số …», then the labels' head."""
        parts = [*reversed(self.heads[column].split(" > "))]
        label = self.labels[row]
        if _NAMES_NUMBER.match(fold(label)):
            parts.append(label)
        parts += self.kinds
        return next((unit for part in parts if (unit := self._unit_named(part))), "")

    def _known(self, text: str) -> bool:
        words = [w for w in Tokens(fold(text).strip()).norms if w not in SCALES]
        return " ".join(words) in phrases_of(self.view.pack).units

    def _scaled(self, text: str) -> tuple[str, Decimal]:
        scale, words = Decimal(1), fold(text).strip().split()
        while words and words[0] in SCALES:
            scale, words = scale * SCALES[words[0]], words[1:]
        unit = " ".join(words)
        entry = self.view.pack.vocabulary.units.get(unit)
        return ((entry.name if entry else "") or unit), scale

    def _unit_named(self, text: str) -> str:
        """Return the unit that a head names: «Số người», «Số đoàn ra», «Lượt khách»."""
        norms = Tokens(fold(text)).norms
        if norms[:2] == ["tổng", "số"]:
            norms = norms[2:]
        elif norms[:1] == ["số"] and norms[1:2] != ["lượng"]:
            norms = norms[1:]
        elif norms[:2] == ["số", "lượng"]:
            norms = norms[2:]
        known = phrases_of(self.view.pack).units
        for length in range(min(4, len(norms)), 0, -1):
            words = " ".join(norms[:length])
            if words in known:
                return known[words].name or words.replace(" ,", ",")
        return ""


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text.strip()))


def _looks_dated(text: str) -> bool:
    return _is_year(text) or bool(re.fullmatch(r"\d{1,2}[/-]\d{1,4}(?:[/-]\d{4})?", text.strip()))
