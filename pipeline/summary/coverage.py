"""The parts of the page on how much is explained and how much was reviewed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.summary.drawing import DEEP, RULE, Sheet, drawn
from pipeline.summary.findings import Findings
from pipeline.summary.plots import REVIEW_COLOURS, Bar, Part, bars
from pipeline.summary.sections import DRAWN_ROWS, Context, Exhibit, Section, Table, count_table, cut, parts
from pipeline.summary.tally import STATES
from pipeline.summary.words import Wording

_STATE_WORDS = ("accepted", "corrected", "rejected.state", "open")


def explained_section(findings: Findings, context: Context) -> Section:
    """Tell which share of the numerals is explained, in all and in the reports with most left."""
    words, frame = context.words, findings.explained
    if frame.empty:
        return Section("explained", words("explained"), [], words("explained.none"))
    numerals, explained = int(frame["numerals"].sum()), int(frame["explained"].sum())
    whole = int((frame["explained"] == frame["numerals"]).sum())
    title = words("explained.title", share=words.share(explained, numerals), whole=whole, reports=len(frame))
    rows = _explained_rows(frame, findings, words)
    rows.append(_explained_row(words("all"), explained, numerals, words, strong=True))
    sheet = bars(rows, [Part("", DEEP), Part("", RULE)], lambda _: "", shares=True)
    cells = [
        [findings.labels[at], findings.files[at], words.number(all_), words.number(part), words.share(part, all_)]
        for at, all_, part in zip(frame.index, frame["numerals"], frame["explained"], strict=True)
    ]
    heads = [
        words("department"),
        words("file"),
        *(words(f"explained.{one}") for one in ("numerals", "explained", "share")),
    ]
    table = cut(cells, heads, [False, False, True, True, True], "reports.csv", words)
    exhibit = Exhibit("explained", title, words("explained.caption"), drawn(sheet, "explained", title), table)
    return Section("explained", words("explained"), [exhibit])


def _explained_rows(frame: pd.DataFrame, findings: Findings, words: Wording) -> list[Bar]:
    """Return the reports with numerals left, the least explained first, and one bar for all others."""
    if len(frame) == 1:
        return []
    left = int((frame["explained"] < frame["numerals"]).sum())
    kept = len(frame) if len(frame) <= DRAWN_ROWS - 1 else min(left, DRAWN_ROWS - 2)
    rows = [
        _explained_row(findings.labels[at], int(part), int(all_), words)
        for at, part, all_ in zip(frame.index[:kept], frame["explained"], frame["numerals"], strict=False)
    ]
    rest = frame.iloc[kept:]
    if not rest.empty:
        key = "rest.whole" if kept >= left else "rest.reports"
        sums = int(rest["explained"].sum()), int(rest["numerals"].sum())
        rows.append(_explained_row(words(key, count=len(rest)), *sums, words))
    return rows


def _explained_row(label: str, part: int, all_: int, words: Wording, strong: bool = False) -> Bar:
    told = words("explained.of", share=words.share(part, all_), part=part, all=all_)
    return Bar(label, (part, all_ - part), told, strong)


def review_section(findings: Findings, context: Context) -> Section:
    """Tell which share of the items a person has looked at, by kind and by report."""
    words, frame = context.words, findings.reviewed_kinds
    frame = frame[frame.sum(axis=1) > 0]
    sums = frame.sum()
    items, reviewed = int(sums.sum()), int(sums.sum() - sums[""]) if len(frame) else 0
    if not items:
        return Section("review", words("review"), [], words("nothing"))
    title = words(
        "review.title",
        share=words.share(reviewed, items),
        accepted=int(sums["accepted"]),
        corrected=int(sums["corrected"]),
        rejected=int(sums["rejected"]),
    )
    names = [words(f"kind.{kind}") for kind in frame.index]
    states = [words(word) for word in _STATE_WORDS]
    table = count_table(frame, words("kind"), names, states, words)
    if not reviewed:
        return Section("review", words("review"), [Exhibit("review", words("review.none"), "", None, table)])
    plot = drawn(_reviewed(frame, names, states, words, ""), "review", title)
    exhibit = Exhibit("review", title, words("review.caption", added=findings.added), plot, table)
    return Section("review", words("review"), [exhibit, _by_report(findings, states, words)])


def _by_report(findings: Findings, states: Sequence[str], words: Wording) -> Exhibit:
    frame = findings.reviewed_reports
    left = int((frame[""] > 0).sum())
    title = words("review.by_report", reports=left)
    names = [findings.labels[int(at)] for at in frame.index]
    rest = words("rest.reports", count=max(len(frame) - DRAWN_ROWS + 1, 0))
    sheet = _reviewed(frame, names, states, words, rest)
    counts = [[int(value) for value in row] for row in frame.to_numpy()]
    cells = [
        [name, findings.files[int(at)], *map(words.number, row), words.share(sum(row[:-1]), sum(row))]
        for name, at, row in zip(names, frame.index, counts, strict=True)
    ]
    heads = [words("department"), words("file"), *states, words("explained.share")]
    table: Table = cut(cells, heads, [False, False, *[True] * 5], "consolidated.csv", words)
    return Exhibit(
        "review-reports", title, words("review.by_report.caption"), drawn(sheet, "review-reports", title), table
    )


def _reviewed(frame: pd.DataFrame, names: Sequence[str], states: Sequence[str], words: Wording, rest: str) -> Sheet:
    """Return a plot of the states of review as parts of each row's items."""
    rows = [tuple(int(value) for value in row) for row in frame[list(STATES)].to_numpy()]
    kept = len(rows) if len(rows) <= DRAWN_ROWS else DRAWN_ROWS - 1
    told = [_reviewed_row(name, row, words) for name, row in zip(names[:kept], rows[:kept], strict=True)]
    if rows[kept:]:
        told.append(_reviewed_row(rest, tuple(map(sum, zip(*rows[kept:], strict=True))), words, strong=True))
    return bars(told, parts(states, REVIEW_COLOURS), words.number, shares=True)


def _reviewed_row(label: str, row: tuple[int, ...], words: Wording, strong: bool = False) -> Bar:
    told = words("reviewed.of", part=sum(row[:-1]), all=sum(row))
    return Bar(label, tuple(map(float, row)), told, strong)
