"""Fields of a report that follow from its items: period and basis; and what else its file holds."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.extract.periods import report_period
from pipeline.extract.structure import Structure
from pipeline.extract.view import View
from pipeline.model import DateMention, DocumentNumber, Problem, ReportFields


def complete_fields(view: View, numbers: list[DocumentNumber], dates: list[DateMention]) -> ReportFields:
    """Return the report's fields with its period and basis filled in."""
    period = report_period(view, numbers, dates)
    return replace(
        view.structure.fields,
        period_start=period.first,
        period_end=period.last,
        period_source=period.source,
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
