"""What a report cites or tells as done before it could be: dates after the report's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.checks.citations import as_day, citations
from pipeline.extract.view import View
from pipeline.model import DateMention, Item, Problem, ReportFields
from pipeline.text.edtf import bounds

_OPENS = re.compile(r"(?:[-+*•–]\s*)?(?:vào |trong )?(?:ngày )?$")
_DONE = re.compile(
    r",? [^.;:,()\n\t]{0,80}?(?<!\w)đã (?:tổ chức|tiến hành|ban hành|khai mạc|tiếp|làm việc|phối hợp|triển khai)(?!\w)"
)


_MOST = 2


def check_later(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `date.after_report` for each document, and each day on which something was done, after the report's date.

    A report whose day is blank is dated by the last day of its month. Deadlines and plans may lie in the future.
    Where there are many, it is the report's own date that is wrong: the first is told.
    """
    last = bounds(fields.date)[1] if len(fields.date) >= len("2023-10") else ""
    if not last:
        return []
    end = min((further.start for further in view.structure.further), default=len(view.text))
    later = [*_documents(view, items, fields, last), *_deeds(view, items, fields, last, end)]
    return later[:1] if len(later) > _MOST else later


def _documents(view: View, items: Sequence[Item], fields: ReportFields, last: str) -> Iterator[Problem]:
    for citation in citations(view, items, fields):
        if citation.item.role == "cited" and citation.date[:4].isdecimal() and bounds(citation.date)[0] > last:
            yield _told(citation.span, citation.date, view, fields)


def _deeds(view: View, items: Sequence[Item], fields: ReportFields, last: str, end: int) -> Iterator[Problem]:
    """Yield a problem for each sentence that begins with a day to come and says «đã»."""
    for item in items:
        if not isinstance(item, DateMention) or item.role != "text" or item.start >= end or item.first_day <= last:
            continue
        lead = view.folded[item.sentence[0] : item.start]
        if _OPENS.fullmatch(lead) and _DONE.match(view.folded, item.end) and not view.quoted(item.start):
            yield _told((item.start, item.end), item.value, view, fields)


def _told(span: tuple[int, int], day: str, view: View, fields: ReportFields) -> Problem:
    detail = (("date", as_day(day)), ("report_date", as_day(fields.date)))
    return Problem("date.after_report", detail, *span, view.structure.date_span)
