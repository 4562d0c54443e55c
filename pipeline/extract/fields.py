"""Fields of a report that follow from its items: period and basis; and what else its file holds."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.structure import Structure
from pipeline.extract.view import View
from pipeline.model import DateMention, DocumentNumber, Problem, ReportFields
from pipeline.text.edtf import bounds

_WINDOW = re.compile(
    r"(?:số liệu(?: báo cáo)?(?: được)? (?:tính|lấy|chốt)|thời (?:gian|điểm) (?:chốt|lấy|tính)|kỳ báo cáo|kỳ số liệu)"
    r"[^.;\n\t]{0,40}$"
)

_LISTED = re.compile(r"[ ]?(?:,|và|;)[ ]?")


def complete_fields(view: View, numbers: list[DocumentNumber], dates: list[DateMention]) -> ReportFields:
    """Return the report's fields with its period and basis filled in."""
    first, last = _period(view, dates)
    return replace(
        view.structure.fields,
        period_start=first,
        period_end=last,
        basis=tuple(dict.fromkeys(_basis(view, numbers))),
    )


def further_documents(structure: Structure) -> list[Problem]:
    """Return a notice for each further document of the file: the report's row is about the first alone."""
    return [
        Problem(
            "file.second_document",
            (("document", " ".join(filter(None, (f.document_type, f.number, f.subject and f"«{f.subject}»")))),),
            f.start,
            f.end,
        )
        for f in structure.further
    ]


def _basis(view: View, numbers: list[DocumentNumber]) -> list[str]:
    """Return the numbers that the opening says it carries out («Thực hiện …», «Căn cứ …»)."""
    span = view.structure.opening_span
    if not span:
        return []
    carried = [p.start for p in view.phrases_in("words/carries_out", *span)]
    sent = {further.number for further in view.structure.further}  # «… gửi kèm Báo cáo số …»: it stands below
    cited = (n for n in numbers if span[0] <= n.start < span[1] and n.value not in sent)
    return [n.value for n in cited if any(at < n.start for at in carried)]


def _period(view: View, dates: list[DateMention]) -> tuple[str, str]:
    """Return the first and last day reported on: a printed window of the figures, else the subject's first period."""
    window = _window(view, dates)
    if window:
        return window
    for span in (view.structure.subject_span, view.structure.opening_span):
        periods = [
            m for m in dates if span and span[0] <= m.start < span[1] and m.role == "text" and len(m.value) != 10
        ]
        told = [(m, found) for m in periods if all(found := _bounds_in_year(m.value, view))]
        if told:
            return _joined_periods(told, view)
    return "", ""


def _joined_periods(told: list[tuple[DateMention, tuple[str, str]]], view: View) -> tuple[str, str]:
    """Return the first period with those listed right behind it: «quý III, 9 tháng năm 2025»."""
    last, (first_day, last_day) = told[0]
    for mention, (start, end) in told[1:]:
        if not _LISTED.fullmatch(view.folded, last.end, mention.start):
            break
        last, first_day, last_day = mention, min(first_day, start), max(last_day, end)
    return first_day, last_day


def _window(view: View, dates: list[DateMention]) -> tuple[str, str] | None:
    for mention in dates:
        span = view.structure.opening_span
        inside = span is not None and span[0] <= mention.start < span[1]
        if "/" in mention.value and len(mention.value) == 21 and mention.role == "text":
            lead = view.folded[max(0, mention.start - 80) : mention.start]
            if _WINDOW.search(lead) or inside:
                return bounds(mention.value)
    return None


def _bounds_in_year(value: str, view: View) -> tuple[str, str]:
    year = view.structure.fields.date[:4]
    return bounds(value.replace("XXXX", year) if year.isdigit() else value)
