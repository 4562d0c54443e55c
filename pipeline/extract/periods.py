"""The period that a report is about, and where it is said: a printed window, the subject, the opening, a regulation."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct

from pipeline.extract.view import View
from pipeline.model import Count, DateMention, DocumentNumber
from pipeline.text.edtf import bounds

Days = tuple[str, str]  # first and last, ISO 8601

_WINDOW = re.compile(
    r"(?:số liệu(?: báo cáo| thống kê)?(?: này)?(?: được)? (?:tính|lấy|chốt|tổng hợp|thống kê)"
    r"|số liệu báo cáo|mốc số liệu|thời (?:gian|điểm|kỳ) (?:chốt|lấy|tính|báo cáo|thống kê)"
    r"|kỳ báo cáo|kỳ số liệu|kỳ thống kê|niên độ báo cáo|giai đoạn báo cáo)[^.;\n\t]{0,60}$"
)
_OTHER_PERIOD = re.compile(r"(?:so với|cùng kỳ|kỳ trước|năm trước|tháng trước)[^.;\n\t]{0,30}$")
_TARGET = re.compile(r"(?:đến|tầm nhìn|định hướng|mục tiêu|trước)[ ](?:hết[ ]|năm[ ]|đến[ ])*$")
_PLANS = re.compile(
    r"(?<!thực hiện )(?<!\w)(?:phương hướng|nhiệm vụ|kế hoạch|dự toán|định hướng|chương trình|giải pháp|dự kiến"
    r"|triển khai)(?!\w)"
)
_REPORTS = re.compile(r"(?<!\w)báo cáo(?!\w)")
_LISTED = re.compile(r"[ ]?(?:,|và|;)[ ]?")
_WEEK = 5  # days: a span in the opening that is shorter is that of an event
_PERIODIC_REPORTS = "09/2019/NĐ-CP"
_FIGURES = re.compile(r"(?:số liệu|thời (?:gian|điểm) (?:chốt|lấy|tính)|kỳ báo cáo)[^.\n\t]{0,120}$")


class Period(Struct, frozen=True):
    """First and last day reported on, ISO 8601, and their source as `ReportFields.period_source` names it."""

    first: str = ""
    last: str = ""
    source: str = ""


def report_period(view: View, numbers: list[DocumentNumber], dates: list[DateMention]) -> Period:
    """Return the period that a report is about, all empty where it names none.

    A printed window of the figures wins («số liệu tính từ ngày 15/12/2023 đến ngày 14/6/2024»), then what the
    subject names, then what the opening does; plans («nhiệm vụ tháng 6») are none. Where the report says that it
    follows Nghị định 09/2019/NĐ-CP and prints no window, that decree's Điều 12 moves the ends: «6 tháng đầu năm
    2024» is 2023-12-15 to 2024-06-14.
    """
    told = [mention for mention in dates if mention.role == "text"]
    window = _window(view, told)
    if window:
        return Period(*window, "window")
    for source, span in (("subject", view.structure.subject_span), ("opening", view.structure.opening_span)):
        found = _named(view, [m for m in told if span and span[0] <= m.start < span[1]], source == "opening")
        if found:
            return _by_decree(Period(*found, source), view, numbers)
    return Period()


def _window(view: View, dates: list[DateMention]) -> Days | None:
    """Return the first window that the report prints for its figures: two days, in the subject or the opening too."""
    heads = [span for span in (view.structure.subject_span, view.structure.opening_span) if span]
    for mention in dates:
        if len(mention.value) != 21:
            continue
        first, last = _days(mention, view)
        lead = view.folded[max(0, mention.start - 110) : mention.start]
        if not (first and last) or _OTHER_PERIOD.search(lead):
            continue
        long = (date.fromisoformat(last) - date.fromisoformat(first)).days >= _WEEK
        if _WINDOW.search(lead) or (long and any(low <= mention.start < high for low, high in heads)):
            return first, last
    return None


def _named(view: View, mentions: list[DateMention], opening: bool) -> Days | None:
    """Return the period that the subject or opening names: the first before plans, with those listed behind it."""
    told = [(m, days) for m in mentions if all(days := _days(m, view)) and _is_period(m, view)]
    if opening:
        told = _after_report(told, view)
    if not told:
        return None
    plan = _PLANS.search(view.folded, told[0][0].end, told[-1][0].start)
    told = [one for one in told if not plan or one[0].start < plan.start()]
    within = [one for one in told if _within_a_year(one[1])]
    if within and not _within_a_year(told[0][1]) and any(_encloses(told[0][1], one[1]) for one in within):
        told = told[told.index(within[0]) :]  # «… Chương trình giai đoạn 2021-2025, 6 tháng đầu năm 2024»
    return _joined(told, view)


def _is_period(mention: DateMention, view: View) -> bool:
    lead = view.folded[max(0, mention.start - 40) : mention.start]
    words = view.folded[mention.start : mention.end]
    week = words.startswith("tuần") and len(mention.value) == 4  # its days are not said
    target = len(mention.value) == 4 and _TARGET.search(lead + re.sub(r"(?:năm )?\d{4}$", "", words))
    return len(mention.value) != 10 and not week and not target and not _OTHER_PERIOD.search(lead)


def _after_report(told: list[tuple[DateMention, Days]], view: View) -> list[tuple[DateMention, Days]]:
    """Return those of the opening's periods that stand after its «báo cáo», else all: before it are cited titles."""
    span = view.structure.opening_span or (0, 0)
    said = [found.end() for found in _REPORTS.finditer(view.folded, *span)]
    for at in reversed(said):
        after = [one for one in told if one[0].start >= at]
        if after:
            return after
    return told


def _joined(told: list[tuple[DateMention, Days]], view: View) -> Days:
    """Return the first period with those listed right behind it: «quý III, 9 tháng năm 2025»."""
    last, (first_day, last_day) = told[0]
    for mention, (start, end) in told[1:]:
        if not _LISTED.fullmatch(view.folded, last.end, mention.start):
            break
        last, first_day, last_day = mention, min(first_day, start), max(last_day, end)
    return first_day, last_day


def _within_a_year(days: Days) -> bool:
    return days[0][:4] == days[1][:4]


def _encloses(outer: Days, inner: Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _days(mention: DateMention, view: View) -> Days:
    """Return first and last day; an unknown year is the report's, the one before for what begins after its date.

    «đến nay» ends on the report's date.
    """
    value, issued = mention.value, view.structure.fields.date
    if value.endswith("/..") and len(issued) == 10:
        value = value[:-2] + issued
    if "XXXX" not in value:
        return bounds(value)
    if not issued[:4].isdigit():
        return "", ""
    days = bounds(value.replace("XXXX", issued[:4]))
    return bounds(value.replace("XXXX", f"{int(issued[:4]) - 1:04d}")) if days[0] > issued else days


def _by_decree(period: Period, view: View, numbers: list[DocumentNumber]) -> Period:
    """Return `period` as Điều 12 of Nghị định 09/2019/NĐ-CP sets it, where the report says that it follows it.

    The 15th of the month before to the 14th of the last month, for a month, quarter, half, nine months or a year.
    """
    first, last = date.fromisoformat(period.first), date.fromisoformat(period.last)
    months = last.month - first.month + 1 if first.year == last.year else 0
    if not _follows_decree(view, numbers) or months not in (1, 3, 6, 9, 12):
        return period
    start = date(first.year - 1, 12, 15) if first.month == 1 else date(first.year, first.month - 1, 15)
    return Period(start.isoformat(), last.replace(day=14).isoformat(), "regulation")


def _follows_decree(view: View, numbers: list[DocumentNumber]) -> bool:
    """Tell whether the opening carries the decree out, or the report says that its figures follow it."""
    opening = view.structure.opening_span or (0, 0)
    for number in numbers:
        if number.value == _PERIODIC_REPORTS:
            lead = view.folded[max(0, number.start - 160) : number.start]
            if opening[0] <= number.start < opening[1] or _FIGURES.search(lead):
                return True
    return False


def leeway(start: str, end: str) -> timedelta:
    """Return by how much a period may be off: «năm 2024» runs from 15/12/2023 to 14/12/2024 in many reports."""
    return (date.fromisoformat(end) - date.fromisoformat(start)) / 6


def is_same_period(count: Count, start: str, end: str) -> bool:
    """Tell whether the days of a table cell are those from `start` to `end`, but for the leeway of such a period."""
    most = leeway(start, end)
    days = ((count.first_day, start), (count.last_day, end))
    return all(abs(date.fromisoformat(one) - date.fromisoformat(other)) <= most for one, other in days)


def months_of(start: str, end: str) -> int:
    """Return how many months two ISO dates are apart, both counted, or 0 where one is missing."""
    if not (start and end):
        return 0
    return 12 * (int(end[:4]) - int(start[:4])) + int(end[5:7]) - int(start[5:7]) + 1
