"""The sheet of indicators: a row for each report, a column for each indicator; for reading only."""

from __future__ import annotations

from collections import Counter

from xlsxwriter.worksheet import Worksheet

from pipeline.decisions import ReportTables
from pipeline.workbook.cells import Cell, cell_of
from pipeline.workbook.columns import OF_INDICATORS, Column
from pipeline.workbook.grid import height_of, lay_out, write_cell
from pipeline.workbook.labels import head
from pipeline.workbook.styles import Look, Styles

_WIDTH = 14
Value = tuple[str, bool]
"""The value of an indicator, and whether decisions changed it."""


class Wide:
    """Indicators of all reports, kept until all columns are known."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._reports: list[tuple[list[str], dict[str, Value]]] = []

    def add(self, tables: ReportTables) -> None:
        """Take the indicators of a report; one without any has no row."""
        if not tables.indicators:
            return
        values = {}
        for row in tables.indicators:
            code = row["indicator"]
            self._labels.setdefault(code, _headed(row["label"], row["unit"]))
            values[code] = (row["value"], bool(row["machine_value"]))
        self._reports.append(([tables.report[column.name] for column in OF_INDICATORS], values))

    def heads(self, lang: str) -> list[str]:
        """Return the headings of all columns; indicators of one name are told apart by their codes."""
        times = Counter(self._labels.values())
        names = (f"{label} [{code}]" if times[label] > 1 else label for code, label in self._labels.items())
        return [*(head(column.name, lang) for column in OF_INDICATORS), *names]

    def rows(self) -> list[list[tuple[Cell, bool]]]:
        """Return the cells of each report, and whether decisions changed them."""
        rows = []
        for texts, values in self._reports:
            cells = [(cell_of(text, column.form), False) for text, column in zip(texts, OF_INDICATORS, strict=True)]
            told = (values.get(code, ("", False)) for code in self._labels)
            rows.append([*cells, *((cell_of(value, "number"), changed) for value, changed in told)])
        return rows


class Across:
    """The sheet while it is written."""

    def __init__(self, sheet: Worksheet, styles: Styles, lang: str) -> None:
        self._sheet, self._styles, self._lang = sheet, styles, lang
        self._wide = Wide()

    def add(self, tables: ReportTables) -> None:
        """Take the indicators of a report."""
        self._wide.add(tables)

    def finish(self) -> int:
        """Write the sheet, and return how many rows it has."""
        heads, rows = self._wide.heads(self._lang), self._wide.rows()
        others = (Column("", _WIDTH, "number"),) * (len(heads) - len(OF_INDICATORS))
        columns = (*OF_INDICATORS, *others)
        lay_out(self._sheet, columns, 1, self._styles, heads)
        self._sheet.set_row(0, 58)
        for at, row in enumerate(rows, 1):
            height = height_of(columns, [cell for cell, _ in row])
            if height:
                self._sheet.set_row(at, height)
            for place, (column, (cell, changed)) in enumerate(zip(columns, row, strict=True)):
                style = self._styles.of(Look(wrap=column.wrap, changed=changed), cell)
                write_cell(self._sheet, at, place, cell, style)
        self._sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
        return len(rows)


def _headed(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label
