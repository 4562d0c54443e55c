"""Rows of the tables: one report's items, fields, indicators and problems as cells, by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import asdict

from pipeline.model import Activity, Count, DateMention, DocumentNumber, Item, ReportFields
from pipeline.tables.cells import number_cell, path_cell, text_cell
from pipeline.tables.identity import in_reading_order, item_ids, kind_of
from pipeline.tables.result import FoundItem, FoundProblem, Place, ReportResult

Row = dict[str, str]


def item_rows(report: ReportResult, known: Sequence[str] = ()) -> Iterator[Row]:
    """Yield a row of `consolidated.csv` for each item of `report`, in reading order; the ids may be `known`."""
    ids = known or item_ids(report.report_id, report.items)
    named = [(report.items[at], ids[at]) for at in in_reading_order(report.items)]
    counts = {(f.item.start, f.item.end): item_id for f, item_id in named if isinstance(f.item, Count)}
    key = _key(report)
    for found, item_id in named:
        row = {"item_id": item_id, **key, **_evidence(found)}
        row |= _reading(found.item)
        if isinstance(found.item, Count) and found.item.part_of:
            row["part_of"] = counts[found.item.part_of]
        yield row


def report_row(report: ReportResult) -> Row:
    """Return the row of `reports.csv` for `report`."""
    return {
        **_key(report),
        "format": report.format,
        "pages": number_cell(report.pages),
        "status": report.status,
        "error": text_cell(report.error),
        "text_source": report.text_source,
        **_fields(report.fields),
        "rule_pack": text_cell(report.rule_pack),
        "items": number_cell(len(report.items)),
        "signed_at": "; ".join(dict.fromkeys(s.time for s in report.signatures if s.time)),
        "signed_by": text_cell("; ".join(dict.fromkeys(s.holder for s in report.signatures if s.holder))),
        "numerals": number_cell(report.numerals),
        "text_id": report.text_id,
    }


def indicator_rows(report: ReportResult, known: Sequence[str] = ()) -> Iterator[Row]:
    """Yield a row of `indicators.csv` for each indicator of the pack, stated or not; the items' ids may be `known`."""
    ids = known or item_ids(report.report_id, report.items)
    for indicator in report.indicators:
        yield {
            **_key(report),
            "issuer": text_cell(report.fields.issuer),
            "period_start": report.fields.period_start,
            "period_end": report.fields.period_end,
            "indicator": text_cell(indicator.code),
            "label": text_cell(indicator.label),
            "value": number_cell(indicator.value),
            "unit": text_cell(indicator.unit),
            "qualifier": indicator.qualifier,
            "status": indicator.status,
            "item_ids": "; ".join(ids[at] for at in indicator.items),
        }


def problem_rows(report: ReportResult) -> Iterator[Row]:
    """Yield a row of `problems.csv` for each problem of `report`: of the whole file first, then by place."""
    for problem in sorted(report.problems, key=_place):
        yield {
            **_key(report),
            "code": problem.code,
            "severity": problem.severity,
            "message": text_cell(problem.message),
            "text": text_cell(problem.text),
            "start": number_cell(problem.start),
            "end": number_cell(problem.end),
            "page": number_cell(problem.page),
            "box": " ".join(f"{side:.1f}" for side in problem.box),
            **_other_place(problem.other),
        }


def _other_place(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "other_file": path_cell(place.file),
        "other_text": text_cell(place.text),
        "other_start": number_cell(place.start),
        "other_end": number_cell(place.end),
        "other_page": number_cell(place.page),
    }


def _place(problem: FoundProblem) -> tuple[int, int, int, str, str]:
    start, end, page = (-1 if n is None else n for n in (problem.start, problem.end, problem.page))
    return start, end, page, problem.code, problem.message


def _key(report: ReportResult) -> Row:
    return {"report_id": report.report_id, "file": path_cell(report.file)}


def _fields(report: ReportFields) -> Row:
    """Return the columns that `ReportFields` names, lists joined with `; `."""
    return {name: text_cell(v if isinstance(v, str) else "; ".join(v)) for name, v in asdict(report).items()}


def _evidence(found: FoundItem) -> Row:
    """Return the columns that every item has: its words, and where and by which rule they were found."""
    item = found.item
    return {
        "kind": kind_of(item),
        "text": text_cell(found.text),
        "section": _section(found.section),
        "sentence": text_cell(found.sentence),
        "page": number_cell(found.page),
        "start": str(item.start),
        "end": str(item.end),
        "rule": text_cell(item.rule),
    }


@lru_cache(maxsize=256)
def _section(headings: tuple[str, ...]) -> str:
    return text_cell(" > ".join(headings))


def _reading(item: Item) -> Row:
    """Return the columns of the item's own kind: what its words were read as."""
    match item:
        case Count():  # the most frequent first
            return _count_reading(item)
        case DateMention():
            return {
                "value": item.value,
                "role": item.role,
                "date_start": item.first_day,
                "date_end": item.last_day,
            }
        case DocumentNumber():
            return _number_reading(item)
        case Activity():
            return {"value": item.value, "activity_type": item.value, "status": item.status}


def _number_reading(item: DocumentNumber) -> Row:
    return {
        "value": text_cell(item.value),
        "document_type": text_cell(item.document_type),
        "issued_date": item.issued_date,
        "issuer": text_cell(item.issuer),
        "role": item.role,
    }


def _count_reading(item: Count) -> Row:
    return {
        "value": number_cell(item.value),
        "value_max": number_cell(item.value_max),
        "total": number_cell(item.total),
        "previous": number_cell(item.previous),
        "unit": text_cell(item.unit),
        "per": text_cell(item.per),
        "object": text_cell(item.object),
        "qualifier": item.qualifier,
        "change": item.change,
        "activity_type": item.activity_type,
        "status": item.status,
        "column": text_cell(item.column),
        "date_start": item.first_day,
        "date_end": item.last_day,
    }
