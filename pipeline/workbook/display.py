"""A row of the workbook as it is shown: in words of one language, numbers as numbers, days as days."""

from __future__ import annotations

from datetime import datetime

from pipeline.decisions import STATES, shown_date
from pipeline.workbook.cells import Cell, cell_of, cut
from pipeline.workbook.columns import Column
from pipeline.workbook.labels import PROBLEM_STATES, choice, named, said
from pipeline.workbook.lines import Line
from pipeline.workbook.stamp import row_mark


def display(line: Line, column: Column, lang: str) -> Cell:
    """Return what is shown of `line` in `column`."""
    name = column.name
    if name == "decision":
        return choice(line.sheet, line.entries.get(name, ""), lang)
    if name == "state":
        states = PROBLEM_STATES if line.sheet == "problems" else STATES
        return said(states[line.cells.get(name, "")], lang)
    if name == "row_mark":
        return row_mark(line.sheet, line.id, line.report_id) if line.id else ""
    if name in ("item_id", "problem_id", "report_id"):
        return line.report_id if name == "report_id" else line.id
    if column.entry:
        return cell_of(line.entries.get(name, ""), column.form)
    text = line.cells.get(name, "")
    if name == "reviewed_at":
        return local_time(text)
    if column.form == "text":
        return cut(named(name, text, lang))
    cell = cell_of(text, column.form, line.kind)
    is_date = column.form == "date" or (column.form == "value" and line.kind == "date")
    return cut(shown_date(cell)) if is_date and isinstance(cell, str) else cell


def local_time(stamp: str) -> str:
    """Return a time of the log as the clock of this machine has it."""
    return f"{datetime.fromisoformat(stamp).astimezone():%d/%m/%Y %H:%M}" if stamp else ""
