"""The parts of the page on reports, items and activities, dates, cited documents and problems."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from pipeline.summary.drawing import AMBER, DEEP, GREY, RED, Sheet, drawn
from pipeline.summary.findings import STATUSES, Findings
from pipeline.summary.grids import calendar, matrix
from pipeline.summary.plots import STATUS_COLOURS, Bar, Part, bars
from pipeline.summary.sections import Context, Exhibit, Section, Table, count_bars, count_table, cut, parts
from pipeline.summary.words import Wording

_TYPES, _YEARS, _CITING = 32, 10, 20
_NAMED, _ENOUGH = 5, 5


def reports_section(findings: Findings, context: Context) -> Section:
    """Tell how many reports were read, with which rule packs, and which files were not."""
    words, head = context.words, findings.head
    exhibits = []
    if head.packs:
        names = [context.pack(code) for code in head.packs]
        title = words("reports.title", **head.statuses)
        plot = None
        if len(names) > 1:
            frame = pd.DataFrame({"reports": list(head.packs.values())})
            plot = drawn(
                bars(count_bars(frame, names, "rest", words), [Part("", DEEP)], words.number), "reports", title
            )
        rows = [
            [name, code, words.number(count)] for name, (code, count) in zip(names, head.packs.items(), strict=True)
        ]
        heads = [words("reports.pack"), words("problems.code"), words("documents.reports")]
        table = Table(heads, [False, False, True], rows)
        exhibits.append(Exhibit("reports", title, words("reports.caption"), plot, table))
    if head.unread:
        title = words("reports.unread")
        rows = [[file, words(f"status.{status}"), error] for file, status, error in head.unread]
        heads = [words("file"), words("reports.status"), words("reports.why")]
        exhibits.append(Exhibit("unread", title, "", None, cut(rows, heads, [False] * 3, "reports.csv", words)))
    return Section("reports", words("reports"), exhibits, words("nothing"))


def items_section(findings: Findings, context: Context) -> Section:
    """Tell how many items of each kind and activities of each type there are, by whether they were done."""
    return Section(
        "items",
        context.words("items"),
        [*_kinds(findings, context), *_activities(findings, context)],
        context.words("nothing"),
    )


def _kinds(findings: Findings, context: Context) -> list[Exhibit]:
    words = context.words
    frame = findings.kinds.loc[findings.kinds.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    if not findings.head.items:
        return []
    names = [words(f"kind.{kind}") for kind in frame.index]
    most = int(frame.iloc[0].sum())
    title = words("kinds.title", items=findings.head.items, most=names[0], count=most)
    return [_by_status("kinds", title, frame, names, "kind", words)]


def _activities(findings: Findings, context: Context) -> list[Exhibit]:
    words, frame = context.words, findings.activities
    if frame.empty:
        return []
    names = [context.activity(code) for code in frame.index]
    sums = frame.sum()
    title = words(
        "activities.title",
        items=int(sums.sum()),
        done=int(sums["done"]),
        planned=int(sums["planned"]),
        none=int(sums["none"]),
    )
    return [_by_status("activities", title, frame, names, "activity", words)]


def _by_status(name: str, title: str, frame: pd.DataFrame, names: list[str], first: str, words: Wording) -> Exhibit:
    columns = [words(status) for status in STATUSES]
    rows = count_bars(frame, names, "rest", words, _TYPES)
    sheet = bars(rows, parts(columns, STATUS_COLOURS), words.number)
    used = [status for status in STATUSES if frame[status].sum()]
    table = count_table(frame[used], words(first), names, [words(status) for status in used], words)
    caption = words("kinds.caption" if name == "kinds" else "activities.caption")
    return Exhibit(name, title, caption, drawn(sheet, name, title), table)


def dates_section(findings: Findings, context: Context) -> Section:
    """Tell which months the reports speak of, where what was then is done or planned, and when they were written."""
    words, told = context.words, findings.calendar
    if told.named.empty and not told.sent:
        return Section("dates", words("dates"), [], words("nothing"))
    years = sorted({*told.named.index, *(month[:4] for month in told.sent)})
    kept = years if len(years) <= _YEARS else years[-(_YEARS - 1) :]
    older = years[: len(years) - len(kept)]
    labels = [*([words("day.since", year=kept[0])] if older else []), *kept]
    rows = [*([older] if older else []), *([year] for year in kept)]
    panels = [
        (words(f"dates.{name}"), [[_sum(frame, row, month) for month in range(1, 13)] for row in rows])
        for name, frame in (("all", told.named), ("done", told.done), ("planned", told.planned))
    ]
    sent = {
        (at, int(month[5:7]) - 1): n
        for month, n in told.sent.items()
        for at, row in enumerate(rows)
        if month[:4] in row
    }
    title = _dates_title(findings, words)
    sheet = calendar(labels, panels, sent, words.number)
    caption = words("dates.caption", wide=told.wide)
    exhibit = Exhibit("calendar", title, caption, drawn(sheet, "calendar", title), _months(findings, years, words))
    return Section("dates", words("dates"), [exhibit])


def _sum(frame: pd.DataFrame, years: list[str], month: int) -> int:
    return int(frame[month].reindex(years, fill_value=0).sum())


def _dates_title(findings: Findings, words: Wording) -> str:
    named = findings.calendar.named
    most, month, year = 0, 0, ""
    for at in named.columns:
        for one, times in named[at].items():
            if (times, str(one), at) > (most, year, month):
                most, year, month = int(times), str(one), int(at)
    told = words.day(f"{year}-{month:02}") if most else "–"
    return words("dates.title", named=int(named.to_numpy().sum()), month=told, count=most)


def _months(findings: Findings, years: list[str], words: Wording) -> Table:
    told = findings.calendar
    rows = []
    for year in years:
        for month in range(1, 13):
            counts = [_sum(frame, [year], month) for frame in (told.named, told.done, told.planned)]
            counts.append(told.sent.get(f"{year}-{month:02}", 0))
            if any(counts):
                rows.append([words.day(f"{year}-{month:02}"), *map(words.number, counts)])
    heads = [words(f"dates.{name}") for name in ("month", "all", "done", "planned", "sent")]
    return cut(rows, heads, [False, True, True, True, True], "consolidated.csv", words)


def documents_section(findings: Findings, context: Context) -> Section:
    """Tell which documents most reports cite, and which report cites which."""
    words, told = context.words, findings.documents
    if not told.most_cited:
        return Section("documents", words("documents"), [], words("nothing"))
    place = {file: at for at, file in enumerate(findings.files)}
    title = words("documents.title", documents=told.documents, shared=told.shared)
    sheet, caption = _cited_by(findings, place, words) if told.shared else _cited(findings, words)
    exhibit = Exhibit("documents", title, caption, drawn(sheet, "documents", title), _documents(findings, place, words))
    return Section("documents", words("documents"), [exhibit])


def _cited(findings: Findings, words: Wording) -> tuple[Sheet, str]:
    """Return a plot of how often each document is cited, and what it shows; no two reports cite the same."""
    told = findings.documents.most_cited
    rows = [Bar(document.name, (document.mentions,), words.number(document.mentions)) for document in told]
    return bars(rows, [Part("", DEEP)], words.number), words("documents.alone", rows=len(rows))


def _cited_by(findings: Findings, place: dict[str, int], words: Wording) -> tuple[Sheet, str]:
    """Return a plot of which report cites which document how often, and what it shows."""
    told = [document for document in findings.documents.most_cited if document.reports > 1]
    if len(told) < _ENOUGH:
        told = findings.documents.most_cited
    often = Counter(file for document in told for file in document.by_file)
    citing = sorted(often, key=lambda file: (-often[file], place[file]))[:_CITING]
    cells = {
        (at, column): document.by_file[file]
        for at, document in enumerate(told)
        for column, file in enumerate(citing)
        if document.by_file[file]
    }
    rows = [(document.name, words("documents.count", count=document.reports)) for document in told]
    sheet = matrix(rows, [findings.labels[place[file]] for file in citing], cells, words.number)
    return sheet, words("documents.caption", rows=len(rows), columns=len(citing))


def _documents(findings: Findings, place: dict[str, int], words: Wording) -> Table:
    rows = []
    for document in findings.documents.most_cited:
        names = [findings.labels[place[file]] for file in document.by_file]
        told = "; ".join(names[:_NAMED])
        if len(names) > _NAMED:
            told = words("documents.more", names=told, count=len(names) - _NAMED)
        counts = [words.number(document.reports), words.number(document.mentions)]
        rows.append([document.name, document.issuer, *counts, told])
    heads = [words(f"documents.{name}") for name in ("document", "issuer", "reports", "mentions", "by")]
    return Table(heads, [False, False, True, True, False], rows)


_SEVERITIES = {"error": RED, "warning": AMBER, "notice": GREY}


def problems_section(findings: Findings, context: Context) -> Section:
    """Tell how many places a person should look at, and why."""
    words, frame = context.words, findings.problems
    if frame.empty:
        return Section("problems", words("problems"), [], words("problems.none"))
    told = [context.problem(code) for code in frame.index]
    title = words("problems.title", places=int(frame["places"].sum()), most=told[0], count=int(frame["places"].iloc[0]))
    columns = [frame["places"].where(frame["severity"] == severity, 0) for severity in _SEVERITIES]
    counts = pd.concat(columns, axis=1)
    rows: list[Bar] = count_bars(counts, told, "rest", words)
    sheet = bars(rows, parts([words(name) for name in _SEVERITIES], list(_SEVERITIES.values())), words.number)
    cells = [
        [what, code, words(severity), words.number(places), words.number(reports)]
        for what, code, severity, places, reports in zip(
            told, frame.index, frame["severity"], frame["places"], frame["reports"], strict=True
        )
    ]
    heads = [words(f"problems.{name}") for name in ("what", "code", "severity", "places", "reports")]
    table = Table(heads, [False, False, False, True, True], cells)
    exhibit = Exhibit("problems", title, words("problems.caption"), drawn(sheet, "problems", title), table)
    return Section("problems", words("problems"), [exhibit])
