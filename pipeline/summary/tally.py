"""What is counted of all reports, one report at a time: many reports take little memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from pipeline.decisions import ADDED, ReportTables
from pipeline.tables.citations import Citations
from pipeline.tables.references import Cited, Digest
from pipeline.tables.result import Place

Row = Mapping[str, str]

KINDS = ("document_number", "date", "count", "activity")
"""The kinds of items, in the order of the tables."""

STATES = ("accepted", "corrected", "rejected", "")
"""What a review comes to; empty: nobody has looked at the item."""

PREVIOUS = "_ky_truoc"
"""What the code of an indicator ends with that states the value of the period before."""

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)")
_UNEXPLAINED = "number.unexplained"


class Report(Struct, frozen=True):
    """One report: its row of `reports.csv`, and what was counted in it."""

    row: Row
    items: int
    added: int
    reviewed: Counter[tuple[str, str]]
    numerals: int | None
    unexplained: int


class Stated(Struct, frozen=True):
    """One indicator that a report states; `previous` is what the same report says of the period before."""

    report: int
    code: str
    label: str
    unit: str
    value: float
    previous: float | None
    machine: str


class Tally(Struct):
    """All that is counted. Items that a reviewer rejected are in `Report.reviewed` alone."""

    reports: list[Report] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    activities: Counter[tuple[str, str]] = field(default_factory=Counter)
    months: Counter[tuple[str, str]] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    wide_dates: int = 0
    indicators: list[Stated] = field(default_factory=list)
    asked: dict[str, set[str]] = field(default_factory=dict)
    problems: Counter[tuple[str, str]] = field(default_factory=Counter)
    problem_reports: Counter[str] = field(default_factory=Counter)


def tally_of(tables: Iterable[ReportTables], citations: Citations) -> Tally:
    """Count what stands in `tables`, and give `citations` what each report cites."""
    tally = Tally()
    for report in tables:
        _take(tally, report)
        citations.add(_digest(report))
    return tally


def _take(tally: Tally, tables: ReportTables) -> None:
    kept = [item for item in tables.items if item["review"] != "rejected"]
    _count_items(tally, kept)
    _count_dates(tally, tables.report, kept)
    _count_problems(tally, tables.problems)
    tally.indicators.extend(_stated(tables, len(tally.reports)))
    for one in tables.indicators:
        tally.asked.setdefault(one["indicator"], set()).add(tables.report["rule_pack"])
    tally.reports.append(_report(tables, kept))


def _report(tables: ReportTables, kept: list[dict[str, str]]) -> Report:
    numerals = tables.report.get("numerals", "")
    return Report(
        row=tables.report,
        items=len(kept),
        added=sum(item["rule"] == ADDED for item in kept),
        reviewed=Counter((item["kind"], item["review"]) for item in tables.items),
        numerals=int(numerals) if numerals else None,
        unexplained=sum(one["code"] == _UNEXPLAINED for one in _standing(tables.problems)),
    )


def _standing(problems: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    return (one for one in problems if one.get("review") != "rejected")


def _count_items(tally: Tally, items: Iterable[dict[str, str]]) -> None:
    for item in items:
        tally.kinds[item["kind"], item["status"]] += 1
        if item["kind"] == "activity":
            tally.activities[item["activity_type"] or item["value"], item["status"]] += 1


def _count_dates(tally: Tally, report: Row, items: Iterable[dict[str, str]]) -> None:
    """Count the days and months that a report's own words name, and whether what they are about was done."""
    items = list(items)
    status = _status_by_sentence(items)
    if _MONTH.match(report["date"]):
        tally.sent[report["date"][:7]] += 1
    for item in items:
        if item["kind"] != "date" or item["role"] != "text":
            continue
        month = item["date_start"][:7]
        if not month or month != item["date_end"][:7]:
            tally.wide_dates += 1
            continue
        tally.months[month, ""] += 1
        known = status.get(item["sentence"])
        if known:
            tally.months[month, known] += 1


def _status_by_sentence(items: Iterable[dict[str, str]]) -> dict[str, str]:
    """Return of each sentence whether all activities in it were done or are planned; not where they differ."""
    found: dict[str, set[str]] = {}
    for item in items:
        if item["kind"] == "activity":
            found.setdefault(item["sentence"], set()).add(item["status"])
    return {words: next(iter(known)) for words, known in found.items() if known in ({"done"}, {"planned"})}


def _count_problems(tally: Tally, problems: Iterable[dict[str, str]]) -> None:
    standing = list(_standing(problems))
    tally.problems.update((one["code"], one["severity"]) for one in standing)
    tally.problem_reports.update({one["code"] for one in standing})


def _stated(tables: ReportTables, report: int) -> Iterator[Stated]:
    """Yield the indicators with a value; the value before is one of its own code, or beside the figure itself."""
    items = {item["item_id"]: item for item in tables.items}
    values = {one["indicator"]: one["value"] for one in tables.indicators}
    for one in tables.indicators:
        if one["value"]:
            before = values.get(one["indicator"] + PREVIOUS) or _beside(one, items)
            previous = float(before) if before else None
            machine = one.get("machine_value", "")
            yield Stated(report, one["indicator"], one["label"], one["unit"], float(one["value"]), previous, machine)


def _beside(indicator: Row, items: Mapping[str, dict[str, str]]) -> str:
    """Return the value of the period before that stands beside the one figure an indicator was read from."""
    item = items.get(indicator["item_ids"])
    return item["previous"] if item and item["value"] == indicator["value"] else ""


def _digest(tables: ReportTables) -> Digest:
    """Return which documents a report cites, as the tables of a run count them."""
    report = tables.report
    cited = tuple(
        _cited(report, item)
        for item in tables.items
        if item["kind"] == "document_number" and item["review"] != "rejected"
    )
    return Digest(report["file"], report["report_id"], report["subject"], cited)


def _cited(report: Row, item: Row) -> Cited:
    start, end = int(item["start"] or 0), int(item["end"] or 0)
    place = Place(report["file"], item["text"], start, end, int(item["page"]) if item["page"] else None)
    if item["role"] != "own":
        return Cited(place, item["value"], item["document_type"], item["issuer"], item["issued_date"], report["place"])
    office = " ".join(filter(None, (report["issuer"], report["parent_issuer"])))
    number = report["number"] or item["value"]
    return Cited(place, number, report["document_type"], office, report["date"], report["place"], own=True)
