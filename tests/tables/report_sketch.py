"""Reports made by hand: sentences and where something stands in them, without parser or rules."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from pipeline.model import Activity, Count, DateMention, DocumentNumber, IndicatorValue, Item, ReportFields
from pipeline.tables import FoundItem, FoundProblem, ReportResult


def found(item: Item, sentence: str, text: str = "", **place: object) -> FoundItem:
    return FoundItem(item, text or sentence[item.start : item.end], sentence, **place)


def count(sentence: str, text: str, at: int = 0, value: str = "1", **columns: object) -> FoundItem:
    start = at + sentence.index(text)
    item = Count(
        start,
        start + len(text),
        (at, at + len(sentence)),
        "core/so_luong",
        value=Decimal(value),
        **{name: Decimal(v) if name in ("value_max", "total", "previous") else v for name, v in columns.items()},
    )
    return FoundItem(item, text, sentence)


SENTENCE = "Thực hiện Công văn số 7/UBND ngày 16/10/2023, Sở tổ chức 12/15 lớp."


def report(file: str = "a/b.docx", report_id: str = "0123456789ab", **columns: object) -> ReportResult:
    """Return a report with one item of each kind, an indicator that is stated and one that is not."""
    span = (0, len(SENTENCE))
    number = DocumentNumber(
        22, 28, span, "core/nha_nuoc", value="07/UBND", document_type="Công văn", issued_date="2023-10-16"
    )
    date = DateMention(
        29,
        44,
        span,
        "core/ngay",
        value="2023-10-16",
        role="document",
        first_day="2023-10-16",
        last_day="2023-10-16",
    )
    deed = Activity(49, 56, span, "core/to_chuc", value="hold")
    lessons = count(SENTENCE, "12/15 lớp", value="12", total="15", unit="lớp", activity_type="hold", status="done")
    items = (found(number, SENTENCE), found(date, SENTENCE), found(deed, SENTENCE), lessons)
    items = tuple(replace(item, section=("I. Kết quả", "1. Lớp"), page=2) for item in items)
    plain = ReportResult(
        file,
        report_id,
        format="docx",
        pages=3,
        text_source="text",
        rule_pack="core",
        fields=ReportFields(number="05/BC-SGD", issuer="SỞ GIÁO DỤC", basis=("07/UBND", "08/UBND"), date="2023-11"),
        items=items,
        indicators=(
            IndicatorValue("lop", "Số lớp", "lớp", Decimal(12), "exact", "done", (3,)),
            IndicatorValue("tin_bai", "Số tin, bài", "tin"),
        ),
        problems=(FoundProblem("number.unexplained", "warning", "Số «7» …", "7", 22, 23, 2),),
    )
    return replace(plain, **columns)
