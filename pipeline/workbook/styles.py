"""How the workbook looks: yellow for the reviewer, grey for the evidence, a colour for each state."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pipeline.workbook.cells import Cell

_BASE = {"valign": "top", "font_size": 10, "border": 1, "border_color": "#D9DDE3"}
_EVIDENCE = {**_BASE, "bg_color": "#F5F6F8", "font_color": "#333A45"}
_ENTRY = {**_BASE, "bg_color": "#FFF6CC", "border_color": "#E3CF83"}
_HEAD = {
    "bold": True,
    "font_size": 10,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "align": "left",
    "indent": 1,
}
_GREEN, _AMBER, _RED, _VIOLET, _BLUE = (
    {"bg_color": "#CDEFD6", "font_color": "#14532D"},
    {"bg_color": "#FFDF9E", "font_color": "#7A4100"},
    {"bg_color": "#F9CFCF", "font_color": "#7F1D1D"},
    {"bg_color": "#E4D4FA", "font_color": "#4C1D95"},
    {"bg_color": "#CFE4FB", "font_color": "#1E3A8A"},
)
OF_STATE = {
    "accepted": _GREEN,
    "corrected": _AMBER,
    "rejected": _RED,
    "added": _BLUE,
    "disputed": _VIOLET,
    "changed": _VIOLET,
}
"""The colours of states, and of the decisions that lead to them."""

_DECIMALS = 6  # shown at most


class Look(Struct, frozen=True):
    """What a cell looks like: for the reviewer or not, wrapped, a link, or changed by a decision."""

    entry: bool = False
    wrap: bool = False
    link: bool = False
    changed: bool = False


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[Look, str], Format] = {}
        self.head = book.add_format(
            {**_HEAD, "bg_color": "#33415C", "font_color": "#FFFFFF", "border_color": "#4A5A78"}
        )
        self.entry_head = book.add_format({**_HEAD, "bg_color": "#F2C230", "border_color": "#C79A12"})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#33415C"})
        self.about = book.add_format({"bold": True, "font_size": 11, "valign": "top", "text_wrap": True})
        self.step = book.add_format({"font_size": 11, "valign": "top", "text_wrap": True})
        self.entry_sample = book.add_format(
            {**_ENTRY, "font_size": 11, "text_wrap": True, "bold": True, "valign": "top"}
        )
        self.found = book.add_format({"bold": True, "font_size": 10, "font_color": "#0B4FA8"})
        self.around = book.add_format({"font_size": 10, "font_color": _EVIDENCE["font_color"]})

    def of(self, look: Look, cell: Cell) -> Format:
        """Return the format of a `cell` of that look; what a reviewer types as text stays as it was typed."""
        number = _number_format(cell, look.entry)
        known = self._known.get((look, number))
        if known is None:
            properties: dict[str, Any] = {**(_ENTRY if look.entry else _EVIDENCE), "text_wrap": look.wrap}
            if number:
                properties["num_format"] = number
            properties |= {"align": "left" if isinstance(cell, str) else "right", "indent": 1}
            if look.link:
                properties |= {"font_color": "#0B57D0", "underline": 1}
            if look.changed:
                properties |= OF_STATE["corrected"]
            known = self._known[look, number] = self._book.add_format(properties)
        return known

    def of_state(self, state: str) -> Format:
        """Return the format that marks a state."""
        return self._book.add_format(OF_STATE[state])


def _number_format(cell: Cell, is_entry: bool) -> str:
    if isinstance(cell, Decimal):
        decimals = min(_DECIMALS, max(0, -int(cell.as_tuple().exponent)))
        return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    if isinstance(cell, date):
        return "dd/mm/yyyy"
    return "@" if is_entry else ""
