"""Tables in plain text: rows of cells between tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from pipeline.model import BlockKind
from pipeline.parsers.plain.lines import TextLine

_BORDER = re.compile(r"(?=[\s|+:]*[-=–—])[\s|+:=–—-]+")
_LEAST_TABS = 2
_LEAST_ROWS = 2
_LEAST_FILLED = 2


def find_tables(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return `lines` with the rows of each table as rows of cells, the lines that rule them dropped."""
    found: list[TextLine] = []
    tables = 0
    for is_table_like, group in groupby(lines, key=_is_row_like):
        run = list(group)
        rows = list(_rows(run, tables + 1)) if is_table_like else []
        found.extend(rows or run)
        tables += bool(rows)
    return found


def _is_row_like(line: TextLine) -> bool:
    return line.is_prose and (bool(_cells(line.text)) or _is_border(line.text))


def _is_border(text: str) -> bool:
    """Tell whether `text` only rules a table off: `|---|:--:|`, `+-----+`."""
    return bool(_BORDER.fullmatch(text)) and ("|" in text or "+" in text)


def _rows(run: Sequence[TextLine], table: int) -> Iterator[TextLine]:
    """Yield the rows of `run` as rows of `table`; none if it is no table: cells must pair up, or be ruled."""
    rows = [(line, _cells(line.text)) for line in run if not _is_border(line.text)]
    ruled = len(rows) < len(run) and bool(rows)
    alike = len(rows) >= _LEAST_ROWS and len({len(cells) for _, cells in rows}) == 1
    if ruled or alike:
        for number, (line, cells) in enumerate(rows, 1):
            yield replace(line, kind=BlockKind.CELL, cells=cells, table=table, row=number)


def _cells(text: str) -> tuple[str, ...]:
    """Return the trimmed cells of a row between bars, or between two tabs or more; none if it is no row."""
    if "|" in text:
        cells = text.strip().removeprefix("|").removesuffix("|").split("|")
    else:
        cells = text.split("\t") if text.count("\t") >= _LEAST_TABS else []
    filled = sum(bool(cell.strip()) for cell in cells)
    barred = text.strip().startswith("|") and len(cells) > 1
    return tuple(cell.strip() for cell in cells) if filled >= _LEAST_FILLED or barred else ()
