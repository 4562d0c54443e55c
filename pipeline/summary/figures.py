"""The parts of the page on indicators: side by side, and against the year before."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.summary.comparison import Group
from pipeline.summary.drawing import drawn
from pipeline.summary.findings import Findings
from pipeline.summary.plots import FALL, RISE, Change, Line, Part, changes, side_by_side
from pipeline.summary.sections import Context, Exhibit, Section, Table, cut
from pipeline.summary.words import Wording

_DEPARTMENTS, _CHANGES = 20, 20
_CAP = 2.0
_HEADS = ("indicator", "before", "now", "difference", "share")


def indicators_section(findings: Findings, context: Context) -> Section:
    """Set the indicators of departments side by side, a rule pack at a time."""
    exhibits = [_group(group, findings, context) for group in findings.groups]
    return Section("indicators", context.words("indicators"), exhibits, context.words("nothing"))


def _group(group: Group, findings: Findings, context: Context) -> Exhibit:
    words = context.words
    name = f"indicators-{findings.groups.index(group) + 1}"
    pack = context.pack(group.pack) if group.pack else words("group.shared")
    reports, indicators = group.values.shape
    title = words("group.title", pack=pack, indicators=indicators, reports=reports) + _highest(group, findings, words)
    notes = [words("group.corrected")] if group.corrected else []
    table = _indicator_table(group, findings, words)
    if reports < 2 or not group.chosen:
        return Exhibit(name, title, words("group.alone") if reports < 2 else "", None, table, notes)
    heads = [group.names[code] for code in group.chosen]
    sheet = side_by_side(_lines(group, findings, words), heads, words.short, "–")
    caption = words("group.caption", drawn=len(heads))
    return Exhibit(name, title, caption, drawn(sheet, name, title), table, notes)


def _highest(group: Group, findings: Findings, words: Wording) -> str:
    """Return which department is first in the plot, nothing where there is none to compare it with."""
    if len(group.values) < 2 or not group.chosen:
        return ""
    code = group.chosen[0]
    label = findings.labels[int(group.values.index[0])]
    value = words.number(float(group.values[code].iloc[0]))
    return words("group.first", name=group.names[code], label=label, value=value)


def _lines(group: Group, findings: Findings, words: Wording) -> list[Line]:
    """Return a line for each of the first departments, and one with the medians of all others."""
    chosen = group.values[group.chosen]
    kept = len(chosen) if len(chosen) <= _DEPARTMENTS else _DEPARTMENTS - 1
    lines = []
    for report, row in chosen.iloc[:kept].iterrows():
        corrected = tuple((report, code) in group.corrected for code in group.chosen)
        lines.append(Line(findings.labels[int(str(report))], tuple(map(_number, row)), corrected))
    rest = chosen.iloc[kept:]
    if not rest.empty:
        label = words("rest.median", count=len(rest))
        lines.append(Line(label, tuple(map(_number, rest.median())), (False,) * len(group.chosen), strong=True))
    return lines


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _indicator_table(group: Group, findings: Findings, words: Wording) -> Table:
    rows = []
    for report, row in group.values.iterrows():
        at = int(str(report))
        cells = [_cell(value, group.corrected.get((at, str(code))), words) for code, value in row.items()]
        rows.append([findings.labels[at], *cells])
    heads = [words("department"), *group.names.values()]
    return cut(rows, heads, [False, *[True] * len(group.names)], "indicators_wide.csv", words)


def _cell(value: float, machine: str | None, words: Wording) -> str:
    if pd.isna(value):
        return "–"
    told = words.number(value)
    return words("machine", value=told, machine=words.number(float(machine))) if machine else told


def changes_section(findings: Findings, context: Context) -> Section:
    """Set indicators against the year before, by what a report itself says and by two reports of one body."""
    words = context.words
    exhibits = []
    for source in ("own", "reports"):
        frame = findings.changes[findings.changes["source"] == source]
        if not frame.empty:
            exhibits.append(_change(f"changes-{source}", frame, source, findings, words))
    return Section("changes", words("changes"), exhibits, words("changes.none"))


def _change(name: str, frame: pd.DataFrame, source: str, findings: Findings, words: Wording) -> Exhibit:
    difference = frame["difference"]
    title = words(
        "changes.title",
        up=int((difference > 0).sum()),
        down=int((difference < 0).sum()),
        same=int((difference == 0).sum()),
    )
    title = f"{words(f'changes.{source}')}: {title}"
    known = frame.dropna(subset="share")
    largest = known.loc[known["share"].abs().sort_values(ascending=False, kind="stable").index[:_CHANGES]]
    largest = largest.sort_values("share", ascending=False, kind="stable")
    rows = [
        Change(findings.labels[report], what, share, _told_change(before, now, share, words))
        for report, what, before, now, _, share in _rows(largest)
    ]
    plot = None
    if rows:
        sheet = changes(rows, (Part(words("change.up"), RISE), Part(words("change.down"), FALL)), _CAP)
        plot = drawn(sheet, name, title)
    few = words("changes.few", shown=len(rows), all=len(frame)) if len(rows) < len(frame) else ""
    return Exhibit(name, title, words("changes.caption", few=few), plot, _change_table(frame, findings, words))


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, str, float, float, float, float]]:
    columns = ("report", "name", "before", "now", "difference", "share")
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def _told_change(before: float, now: float, share: float, words: Wording) -> str:
    return f"{words.short(before)} → {words.short(now)} ({words.change(share)})"


def _change_table(frame: pd.DataFrame, findings: Findings, words: Wording) -> Table:
    rows = []
    for report, what, before, now, difference, share in _rows(frame):
        told = "–" if pd.isna(share) else words.change(share)
        sign = "+" if difference > 0 else ""
        change = sign + words.number(difference)
        rows.append([findings.labels[report], what, words.number(before), words.number(now), change, told])
    heads = [words("department"), *(words(f"change.{name}") for name in _HEADS)]
    return cut(rows, heads, [False, False, True, True, True, True], "indicators.csv", words)
