"""One sheet that decisions are typed into: heads, rows, choices, colours, links."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.decisions import STATES
from pipeline.problems import BaocaoError
from pipeline.workbook.cells import LONGEST, Cell
from pipeline.workbook.columns import Column, Sheet
from pipeline.workbook.display import display
from pipeline.workbook.labels import CHOICES, PROBLEM_STATES, SHEETS, choice, head, said
from pipeline.workbook.lines import Line
from pipeline.workbook.links import Links
from pipeline.workbook.styles import OF_STATE, Look, Styles

LAST_ROW = 1_048_575  # counted from 0, as Excel has them
_MOST_LINKS = 65_000  # on a sheet; Excel opens no file with many more
_LETTERS = 1.05  # of a text in a column of one character's width
_LINE, _MOST_LINES = 13.5, 10  # height of a line in points, and lines that a row shows at most


class Grid:
    """A sheet while it is written; `rows` have been so far."""

    def __init__(self, sheet: Worksheet, plan: Sheet, styles: Styles, lang: str, links: Links) -> None:
        self.rows = 0
        self._sheet, self._plan, self._styles, self._lang, self._links = sheet, plan, styles, lang, links
        self._linked = 0
        lay_out(sheet, plan.columns, plan.frozen, styles, [head(column.name, lang) for column in plan.columns])

    def add(self, line: Line) -> None:
        """Write a row."""
        self.rows += 1
        if self.rows > LAST_ROW:
            raise BaocaoError("workbook.rows", sheet=said(SHEETS[self._plan.name], self._lang), most=str(LAST_ROW))
        cells = [display(line, column, self._lang) for column in self._plan.columns]
        height = height_of(self._plan.columns, cells)
        if height:
            self._sheet.set_row(self.rows, height)
        linked = self._linked_column(line)
        for at, (column, cell) in enumerate(zip(self._plan.columns, cells, strict=True)):
            look = Look(column.entry, column.wrap, column.name == linked)
            style = self._styles.of(look, cell)
            if look.link:
                self._sheet.write_url(self.rows, at, self._links.to(line.file, line.cells.get("page", "")), style, "…")
            if column.name == "sentence" and self._wrote_marked(at, str(cell), line.cells["text"], style):
                continue
            if cell != "" or column.place == "shown":  # the whole of other columns is grey
                write_cell(self._sheet, self.rows, at, cell, style)

    def finish(self) -> None:
        """Put the filter, the choices and the colours over all rows."""
        last = max(self.rows, 1)
        self._sheet.autofilter(0, 0, last, len(self._plan.columns) - 1)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        names = [column.name for column in self._plan.columns]
        choices = CHOICES[self._plan.name]
        at = names.index("decision")
        self._sheet.data_validation(
            1,
            at,
            last,
            at,
            {
                "validate": "list",
                "source": [said(words, self._lang) for words in choices.values()],
                "error_title": head("decision", self._lang),
                "error_message": " / ".join(said(words, self._lang) for words in choices.values()),
            },
        )
        states = PROBLEM_STATES if self._plan.name == "problems" else STATES
        for state in OF_STATE:
            style = self._styles.of_state(state)
            self._colour(at, choice(self._plan.name, state, self._lang), style)
            self._colour(names.index("state"), said(states[state], self._lang), style)

    def _colour(self, column: int, text: str, style: Format) -> None:
        if text:
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": style}
            self._sheet.conditional_format(1, column, max(self.rows, 1), column, rule)

    def _linked_column(self, line: Line) -> str:
        """Return the column whose cell opens the report: the page where there is one, else the file."""
        if self._linked >= _MOST_LINKS or not self._links.to(line.file):
            return ""
        self._linked += 1
        return "page" if line.cells.get("page") and self._plan.name != "reports" else "file"

    def _wrote_marked(self, column: int, sentence: str, text: str, style: Format) -> bool:
        """Write a sentence with the words of its item marked, where those stand in it once, and tell so."""
        if not text or text == sentence or sentence.count(text) != 1:
            return False
        before, after = sentence.split(text)
        around = self._styles.around
        parts: list[Format | str] = [*([around, before] if before else []), self._styles.found, text]
        parts += [around, after] if after else []
        return bool(self._sheet.write_rich_string(self.rows, column, *parts, style) == 0)


def lay_out(sheet: Worksheet, columns: tuple[Column, ...], frozen: int, styles: Styles, heads: list[str]) -> None:
    """Write the heads of `columns`, and set widths, what is folded away, what stays in sight, and how it is printed."""
    sheet.freeze_panes(1, frozen)
    sheet.set_row(0, 32)
    was_grouped = False
    for at, (column, text) in enumerate(zip(columns, heads, strict=True)):
        options: dict[str, bool | int] = {"collapsed": True} if was_grouped and column.place != "grouped" else {}
        if column.place == "grouped":
            options |= {"level": 1, "hidden": True}
        elif column.place == "hidden":
            options["hidden"] = True
        was_grouped = column.place == "grouped"
        blank = styles.of(Look(column.entry), "") if column.place == "grouped" else None
        sheet.set_column(at, at, column.width, blank, options)
        sheet.write_string(0, at, text[:LONGEST], styles.entry_head if column.entry else styles.head)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    """Write a cell as what it is; a text never becomes a formula, a link, or mark-up."""
    if isinstance(cell, Decimal):
        sheet.write_number(row, column, float(cell), style)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, style)
    elif cell:
        sheet.write_string(row, column, _plain(cell), style)
    else:
        sheet.write_blank(row, column, None, style)


def height_of(columns: tuple[Column, ...], cells: list[Cell]) -> float:
    """Return the height that wrapped cells in sight need, up to a bound; 0 for that of one line."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        if column.wrap and column.place == "shown" and isinstance(cell, str):
            lines = max(lines, math.ceil(len(cell) / (column.width * _LETTERS)))
    return _LINE * min(lines, _MOST_LINES) + 2 if lines > 1 else 0


def _plain(text: str) -> str:
    """Return `text` so that XlsxWriter takes it for no mark-up, as it does with what begins and ends like a run."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
