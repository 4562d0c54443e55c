"""What the summary tells of the reports of a run: every figure of its plots and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from msgspec import Struct

from pipeline.decisions import ReportTables
from pipeline.summary.comparison import Group, changes_of, groups_of
from pipeline.summary.documents import CitedDocuments, cited_documents
from pipeline.summary.names import Sender, labels
from pipeline.summary.tally import KINDS, STATES, Tally, tally_of
from pipeline.tables.citations import Citations

STATUSES = ("done", "planned", "none", "")
"""What is told of whether something was done; empty: it isn't told."""


class Head(Struct, frozen=True):
    """How many reports there are, by whether they were read and by rule pack, and which days they are about."""

    statuses: dict[str, int]
    packs: dict[str, int]
    since: str
    until: str
    items: int
    unread: list[tuple[str, str, str]]


class Calendar(Struct, frozen=True):
    """How often days of each month are named, in all and where what they are about was done or is planned."""

    named: pd.DataFrame
    done: pd.DataFrame
    planned: pd.DataFrame
    sent: dict[str, int]
    wide: int


class Findings(Struct, frozen=True):
    """All figures; frames are as the functions below return them, with reports by their number in `labels`."""

    head: Head
    labels: list[str]
    files: list[str]
    kinds: pd.DataFrame
    activities: pd.DataFrame
    groups: list[Group]
    changes: pd.DataFrame
    documents: CitedDocuments
    calendar: Calendar
    explained: pd.DataFrame
    reviewed_kinds: pd.DataFrame
    reviewed_reports: pd.DataFrame
    added: int
    problems: pd.DataFrame


def findings_of(tables: Iterable[ReportTables], indicators: Sequence[str] = ()) -> Findings:
    """Return what `tables` come to; items that a reviewer rejected count in the frames of reviews alone.

    `indicators` are codes in the order that they are told in.
    """
    with Citations() as citations:
        tally = tally_of(tables, citations)
        documents = cited_documents(citations)
    senders = [_sender(report.row) for report in tally.reports]
    return Findings(
        head=_head(tally),
        labels=labels(senders),
        files=[sender.file for sender in senders],
        kinds=_by_status(tally.kinds, KINDS),
        activities=_sorted(_by_status(tally.activities)),
        groups=groups_of(tally, indicators),
        changes=changes_of(tally, senders),
        documents=documents,
        calendar=_calendar(tally),
        explained=_explained(tally),
        reviewed_kinds=_reviewed_kinds(tally),
        reviewed_reports=_reviewed_reports(tally),
        added=sum(report.added for report in tally.reports),
        problems=_problems(tally),
    )


def _sender(row: Mapping[str, str]) -> Sender:
    until = row["period_end"] or row["date"]
    return Sender(row["file"], row["issuer"], row["parent_issuer"], row["place"], until)


def _head(tally: Tally) -> Head:
    rows = [report.row for report in tally.reports]
    statuses = Counter(row["status"] for row in rows)
    packs = Counter(row["rule_pack"] for row in rows if row["status"] != "failed")
    days = [day for row in rows for day in (row["period_start"], row["period_end"], row["date"]) if len(day) == 10]
    return Head(
        {status: statuses[status] for status in ("ok", "partial", "failed")},
        dict(sorted(packs.items(), key=lambda pack: (-pack[1], pack[0]))),
        min(days, default=""),
        max(days, default=""),
        sum(report.items for report in tally.reports),
        [(row["file"], row["status"], row["error"]) for row in rows if row["status"] != "ok"],
    )


def _by_status(counted: Counter[tuple[str, str]], order: Iterable[str] = ()) -> pd.DataFrame:
    """Return a frame of counts with a row a name and a column a status."""
    return _unstacked(counted, order, STATUSES)


def _unstacked(counted: Mapping[tuple[str, str], int], order: Iterable[str], columns: Iterable[str]) -> pd.DataFrame:
    names = list(order) or sorted({name for name, _ in counted})
    cells = [[counted.get((name, column), 0) for column in columns] for name in names]
    return pd.DataFrame(cells, index=pd.Index(names, dtype=object), columns=list(columns), dtype=int)


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a frame of counts, the largest sum first."""
    return frame.loc[frame.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def _calendar(tally: Tally) -> Calendar:
    return Calendar(
        _months(tally.months, ""),
        _months(tally.months, "done"),
        _months(tally.months, "planned"),
        dict(sorted(tally.sent.items())),
        tally.wide_dates,
    )


def _months(months: Counter[tuple[str, str]], status: str) -> pd.DataFrame:
    """Return a frame with a row a year and a column a month, from 1 to 12."""
    counted: Counter[tuple[str, int]] = Counter()
    for (month, known), times in months.items():
        if known == status:
            counted[month[:4], int(month[5:7])] += times
    years = sorted({year for year, _ in counted})
    cells = [[counted[year, month] for month in range(1, 13)] for year in years]
    return pd.DataFrame(cells, index=pd.Index(years, dtype=object), columns=list(range(1, 13)), dtype=int)


def _explained(tally: Tally) -> pd.DataFrame:
    """Return, by report whose numerals are known, `numerals`, `explained` and `share`, the least explained first."""
    rows = [
        (at, report.numerals, max(report.numerals - report.unexplained, 0))
        for at, report in enumerate(tally.reports)
        if report.numerals
    ]
    frame = pd.DataFrame(rows, columns=["report", "numerals", "explained"]).set_index("report")
    frame["share"] = frame["explained"] / frame["numerals"]
    return frame.sort_values(["share", "numerals"], ascending=[True, False], kind="stable")


def _reviewed_kinds(tally: Tally) -> pd.DataFrame:
    """Return a frame of items with a row a kind and a column a state of review, the rejected among them."""
    total: Counter[tuple[str, str]] = Counter()
    for report in tally.reports:
        total += report.reviewed
    return _unstacked(total, KINDS, STATES)


def _reviewed_reports(tally: Tally) -> pd.DataFrame:
    """Return a frame of items with a row a report and a column a state of review, the most open first."""
    rows = []
    for report in tally.reports:
        states: Counter[str] = Counter()
        for (_, state), times in report.reviewed.items():
            states[state] += times
        rows.append([states[state] for state in STATES])
    frame = pd.DataFrame(rows, columns=list(STATES), dtype=int)
    return frame[frame.sum(axis=1) > 0].sort_values("", ascending=False, kind="stable")


def _problems(tally: Tally) -> pd.DataFrame:
    """Return `severity`, `places` and `reports` of each code of problem, the most frequent first."""
    rows = [
        (code, severity, places, tally.problem_reports[code]) for (code, severity), places in tally.problems.items()
    ]
    frame = pd.DataFrame(rows, columns=["code", "severity", "places", "reports"]).set_index("code")
    return frame.sort_index().sort_values("places", ascending=False, kind="stable")
