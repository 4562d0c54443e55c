"""The labels that a browser prints before list items (HTML, 4.4.5 and 4.4.8)."""

from __future__ import annotations

from msgspec import Struct

from pipeline.parsers.labels import format_number
from pipeline.parsers.xml import Element, whole

LISTS = frozenset({"ol", "ul", "menu", "dir"})
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FORMS = {
    "decimal": ("decimal", "."),
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-alpha": ("lowerLetter", ")"),
    "lower-latin": ("lowerLetter", ")"),
    "upper-alpha": ("upperLetter", "."),
    "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", ")"),
    "upper-roman": ("upperRoman", "."),
}


class List(Struct):
    """A list as far as it has been read: the number of the next item, the way it counts, and its marker."""

    marker: str
    next: int = 1
    step: int = 1

    def label(self, item: Element, marker: str) -> str:
        """Count `item`, for which CSS says `marker` or nothing, and return its label: "-" for any bullet."""
        number = whole(item.get("value"), self.next)
        self.next = number + self.step
        marker = _TYPES.get(item.get("type", ""), marker or self.marker)
        for name in marker.split() or [""]:
            if name in _FORMS:
                form, mark = _FORMS[name]  # HTML has no closing mark of its own: the one that is usual here
                return format_number(number, form) + mark
            if name == "none":
                return ""
        return "-"


def open_list(element: Element, tag: str, marker: str, before: List | None = None) -> List:
    """Return the list that an `ol` or `ul` opens, for which CSS says `marker` or nothing.

    `before` is the list that ended last at its depth. One that opens with an inner list, as LibreOffice opens a
    list again after a table or paragraph, goes on with it.
    """
    kind = element.get("type", "")
    if tag != "ol":
        return List(marker or _TYPES.get(kind, "disc"))
    marker = marker or _TYPES.get(kind, "decimal")
    if "reversed" in element.attrib:
        items = sum(1 for child in element if child.tag == "li")
        return List(marker, whole(element.get("start"), items), -1)
    goes_on = len(element) > 0 and element[0].tag in LISTS and before is not None and before.marker == marker
    return List(marker, whole(element.get("start"), before.next if before and goes_on else 1))
