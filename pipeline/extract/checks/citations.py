"""The documents that a report cites, each with the place of its code and date, as the checks compare them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.extract.view import View
from pipeline.model import DateMention, DocumentNumber, Item, ReportFields
from pipeline.text.citations import Code, code_of

_NEAR = 160


class Citation(Struct, frozen=True):
    """One mention: its code taken apart, its day of issue in EDTF, and the span of code and date together."""

    item: DocumentNumber
    code: Code
    date: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Return where the mention stands."""
        return self.start, self.end


def citations(view: View, items: Sequence[Item], fields: ReportFields) -> list[Citation]:
    """Return the citations of a report in text order; its own number stands among them with the report's date.

    What stands in a further document of the file is left out: its numbers are those of another office, perhaps.
    """
    end = min((further.start for further in view.structure.further), default=len(view.text))
    dates = [i for i in items if isinstance(i, DateMention) and i.role == "document"]
    return list(_read(items, dates, fields, end))


def _read(items: Sequence[Item], dates: list[DateMention], fields: ReportFields, end: int) -> Iterator[Citation]:
    at = 0
    for item in items:
        if not isinstance(item, DocumentNumber) or item.start >= end:
            continue
        while at < len(dates) and dates[at].start < item.end:
            at += 1
        near = at < len(dates) and dates[at].start - item.end < _NEAR and dates[at].value == item.issued_date
        day = fields.date if item.role == "own" else item.issued_date
        yield Citation(item, code_of(item.value), day, item.start, dates[at].end if near else item.end)


def as_day(edtf: str) -> str:
    """Return an EDTF day as reports print it: `16/10/2023`."""
    return "/".join(reversed(edtf.split("-")))
