"""Writing the workbook that a run is reviewed in, row by row: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from pipeline.problems import BaocaoError
from pipeline.tables.lasting import replace, writing_to
from pipeline.tables.publishing import staging
from pipeline.workbook.columns import DECIDED
from pipeline.workbook.grid import LAST_ROW, Grid
from pipeline.workbook.guide import guide
from pipeline.workbook.indicators import Across
from pipeline.workbook.labels import GUIDE, SHEETS, said
from pipeline.workbook.lines import item_lines, problem_lines, report_line
from pipeline.workbook.links import Links
from pipeline.workbook.source import Source, opened
from pipeline.workbook.stamp import NAME, Stamp, row_of, rows_of
from pipeline.workbook.styles import Styles

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(out: Path, path: Path, lang: str, anew: bool = False) -> dict[str, int]:
    """Write the workbook of the run in `out` to `path`, and return how many rows each sheet has.

    What stands at `path` may hold decisions that nobody took back, so it is replaced only where asked for `anew`.
    BaocaoError `workbook.exists`, `run.output`, or as `opened`.
    """
    if path.exists() and not anew:
        raise BaocaoError("workbook.exists", file=str(path))
    with opened(out, lang) as source, writing_to(path), _staged(path) as (book, scratch):
        rows = _Writer(book, source).write()
        _close(book)
        replace(scratch, path)
    return rows


@contextmanager
def _staged(path: Path) -> Iterator[tuple[Workbook, Path]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with staging(path.parent) as staged:
        place = staged / "book.xlsx"
        yield Workbook(str(place), {**_OPTIONS, "tmpdir": str(staged)}), place


def _close(book: Workbook) -> None:
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


class _Writer:
    """One workbook while it is written; rows of all sheets are written as the reports come."""

    def __init__(self, book: Workbook, source: Source) -> None:
        self._source, self._lang = source, source.lang
        self._styles = Styles(book)
        book.set_properties({"title": said(GUIDE, self._lang), "comments": "baocao export"})
        self._guide = book.add_worksheet(said(GUIDE, self._lang))
        sheets = {name: book.add_worksheet(said(words, self._lang)) for name, words in SHEETS.items()}
        links = Links(source.head)
        self._grids = {
            name: Grid(sheets[name], sheet, self._styles, self._lang, links) for name, sheet in DECIDED.items()
        }
        self._across = Across(sheets["indicators"], self._styles, self._lang)
        self._hidden = book.add_worksheet(NAME)
        self._hidden.very_hidden()
        self._hidden_rows = 0

    def write(self) -> dict[str, int]:
        """Write everything, and return the rows of each sheet."""
        source = self._source
        _write_guide(self._guide, self._styles, self._lang)
        stamp = Stamp(str(source.head.get("made_from", "")), source.mark, _now(), self._lang)
        for row in rows_of(stamp):
            self._hide(*row)
        for report in source.reports():
            for line in (
                report_line(report, source.ledger),
                *item_lines(report, source.ledger, source.names),
                *problem_lines(report, source.ledger),
            ):
                self._grids[line.sheet].add(line)
                if line.id:
                    self._hide(*row_of(line.sheet, line.id, line.shown()))
            self._across.add(report.now)
        for grid in self._grids.values():
            grid.finish()
        return {**{name: grid.rows for name, grid in self._grids.items()}, "indicators": self._across.finish()}

    def _hide(self, *texts: str) -> None:
        if self._hidden_rows > LAST_ROW:
            raise BaocaoError("workbook.rows", sheet=said(SHEETS["items"], self._lang), most=str(LAST_ROW))
        for column, text in enumerate(texts):
            if text:
                self._hidden.write_string(self._hidden_rows, column, text)
        self._hidden_rows += 1


def _write_guide(sheet: Worksheet, styles: Styles, lang: str) -> None:
    title, steps = guide(lang)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, title, styles.title)
    for row, (about, do) in enumerate(steps, 2):
        sheet.set_row(row, 16 * max(1, -(-len(do) // 118)) + 8)
        sheet.write_string(row, 0, about, styles.entry_sample if row == 2 else styles.about)
        sheet.write_string(row, 1, do, styles.step)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
