"""Decisions put into the rows of a report: what was accepted, corrected, rejected or added stands in its tables.

What can't stand, since reviewers disagree or the machine now reads something else, leaves the machine's row as it is
and becomes a problem of the report: nothing is applied in silence, and nothing is dropped in silence.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from pipeline.decisions.decision import Cells, Entry
from pipeline.decisions.evidence import (
    FIELDS,
    addition_id,
    field_id,
    seen_of_addition,
    seen_of_field,
    seen_of_item,
    seen_of_problem,
)
from pipeline.decisions.indicators import Change, revalued
from pipeline.decisions.log import Ledger
from pipeline.decisions.standing import Standing, State, standing
from pipeline.decisions.tables import ADDED, ReportTables, Row, cells_from, rows_from
from pipeline.model import Problem
from pipeline.problems import CATALOGUE
from pipeline.tables.cells import unguarded
from pipeline.tables.columns import CONSOLIDATED, PROBLEMS, REPORTS
from pipeline.tables.identity import problem_ids
from pipeline.tables.portion import Cells as TableCells

_NO_ITEM: Row = dict.fromkeys(CONSOLIDATED.names, "")
_NO_PROBLEM: Row = dict.fromkeys(PROBLEMS.names, "")
_ID, _FILE = REPORTS.names.index("report_id"), REPORTS.names.index("file")
_PLACED = {"page", "section", "sentence"}  # what a parser may tell otherwise of the same words
_TOLD = {State.DISPUTED: "review.disputed", State.CHANGED: "review.changed"}


class Amendments:
    """What a ledger's decisions make of one report after another.

    `problems`, `states` and `added` count what came of them, by code, by where subjects stand and by kind of item.
    `present` are the ids of all reports that there are, if that is known: decisions on others can't be applied, and are
    counted as `absent`. Problems are in words of `lang`.
    """

    def __init__(self, ledger: Ledger, lang: str = "vi", present: Container[str] | None = None) -> None:
        self.problems: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.added: Counter[str] = Counter()
        self._ledger, self._lang = ledger, lang
        self._former: defaultdict[str, list[str]] = defaultdict(list)
        for report_id, entry in ledger.reports().items():
            if present is not None and report_id not in present and entry.decision is not None:
                self._former[entry.decision.subject.file].append(report_id)
                self.states["absent"] += ledger.count(report_id)

    def amend(self, tables: dict[str, TableCells]) -> dict[str, TableCells]:
        """Return the cells of a report, which are as the machine read it, with all that was decided of it."""
        (report,) = tables[REPORTS.name]
        if not self._has(report[_ID], unguarded(report[_FILE])):
            return tables
        rows = rows_from(tables)
        self.apply(rows)
        return cells_from(rows)

    def apply(self, tables: ReportTables) -> None:
        """Change the rows of a report, which are as the machine read it, by all that was decided of it."""
        if not self._has(tables.report["report_id"], tables.report["file"]):
            return
        told = [*self._anew(tables), *self._items(tables), *self._fields(tables), *self._problems(tables)]
        self.problems.update(row["code"] for row in told)
        if told:
            merged = sorted([*tables.problems, *told], key=_problem_order)
            ids = problem_ids(merged)
            known = {id(row) for row in tables.problems}
            for row, problem_id in zip(merged, ids, strict=True):
                if id(row) not in known:
                    row["problem_id"] = problem_id
            tables.problems = merged

    def _has(self, report_id: str, file: str) -> bool:
        """Tell whether anything was ever said of a report, or of another one that its file was."""
        return self._ledger.has(report_id) or file in self._former

    def _anew(self, tables: ReportTables) -> Iterator[Row]:
        """Yield a problem where the file was another report when it was decided on."""
        former = self._former.get(tables.report["file"], [])
        if former:
            subjects = sum(map(self._ledger.count, former))
            entries = [entry for report_id, entry in self._ledger.reports().items() if report_id in former]
            yield self._told("review.report", {**tables.report, "text": ""}, entries, count=str(subjects))

    def _items(self, tables: ReportTables) -> Iterator[Row]:
        counts: dict[str, Change] = {}
        there = {row["item_id"] for row in tables.items}
        for row in tables.items:
            stands = standing(self._ledger.of(row["item_id"]), seen_of_item(row))
            self._count(stands)
            before = dict(row)
            if stands.is_standing:
                _decide(row, stands)
            if row["kind"] == "count":
                counts[row["item_id"]] = Change(before, None if stands.state is State.REJECTED else row)
            if stands.state in _TOLD:
                yield self._told(_TOLD[stands.state], row, stands.entries)
        yield from self._additions(tables, there)
        yield from self._gone(tables, there)
        for at, indicator in enumerate(tables.indicators):
            value = revalued(indicator, counts)
            told = "review.indicator" if value is None else "review.emptied" if indicator["value"] and not value else ""
            if told:
                yield self._told(told, {**tables.report, "text": indicator["label"]}, ())
            if value is not None and value != indicator["value"]:
                tables.indicators[at] = {**indicator, "value": value, "machine_value": indicator["value"]}

    def _additions(self, tables: ReportTables, there: set[str]) -> Iterator[Row]:
        report = tables.report
        now = seen_of_addition(report)
        places = {(row["kind"], row["start"], row["end"]): row for row in tables.items}
        added = []
        for subject in self._ledger.additions(report["report_id"]):
            stands = standing(self._ledger.of(subject), now)
            self._count(stands)
            if stands.state is State.ADDED:
                said = dict(stands.said)
                found = places.get((said["kind"], said["start"], said["end"]))
                if found is None:
                    added.append(_added_row(report, subject, stands))
                elif found["review"] == State.REJECTED:
                    entries = (*self._ledger.of(found["item_id"]), *stands.entries)
                    yield self._told("review.disputed", found, entries)
                elif all(found.get(name, "") == cell for name, cell in said.items() if name not in _PLACED):
                    if not self._ledger.of(found["item_id"]):  # the rules find it by themselves now
                        _decide(found, Standing(State.ACCEPTED, stands.entries, {}, stands.reviewer, stands.at))
                else:
                    yield self._told("review.added_there", found, stands.entries)
            elif stands.state in _TOLD:
                row = _last_said(report, stands.entries)
                if stands.state is State.CHANGED:  # offsets count in another text
                    row |= {"start": "", "end": "", "page": ""}
                yield self._told(_TOLD[stands.state], row, stands.entries)
            there.add(subject)
        if added:
            tables.items = sorted([*tables.items, *added], key=_reading_order)
            report["items"] = str(len(tables.items))
            self.added.update(row["kind"] for row in added)

    def _gone(self, tables: ReportTables, there: set[str]) -> Iterator[Row]:
        """Yield a problem for each item that somebody accepted or corrected and that is no longer found."""
        for subject in self._ledger.items(tables.report["report_id"]):
            entries = self._ledger.of(subject)
            if subject in there or not any(e.decision and e.decision.action != "rejected" for e in entries):
                continue
            self.states["gone"] += 1
            seen = next(e.decision.seen for e in reversed(entries) if e.decision)
            yield self._told("review.gone", {**tables.report, "text": seen.get("text", "")}, entries)

    def _fields(self, tables: ReportTables) -> Iterator[Row]:
        report, verdicts, machine = tables.report, dict[str, Standing](), dict[str, str]()
        for name in FIELDS:
            stands = standing(self._ledger.of(field_id(report["report_id"], name)), seen_of_field(report, name))
            self._count(stands)
            if stands.is_standing:
                verdicts[name] = stands
            elif stands.state in _TOLD:
                yield self._told(_TOLD[stands.state], {**report, "text": report[name] or name}, stands.entries)
        for name, stands in verdicts.items():
            if stands.state is State.CORRECTED:
                machine[name] = report[name]
                report[name] = stands.said.get(name, report[name])
        if machine:
            report["machine_fields"] = json.dumps(machine, ensure_ascii=False, sort_keys=True)
            _follow(tables, report)
        if machine or len(verdicts) == len(FIELDS):
            report["review"] = (State.CORRECTED if machine else State.ACCEPTED).value
            told = [verdicts[name] for name in machine] if machine else list(verdicts.values())
            report["reviewer"] = "; ".join(sorted({name for one in told for name in one.reviewer.split("; ")}))
            report["reviewed_at"] = max(one.at for one in told)

    def _problems(self, tables: ReportTables) -> Iterator[Row]:
        for row in tables.problems:
            stands = standing(self._ledger.of(row["problem_id"]), seen_of_problem(row))
            self._count(stands)
            if stands.is_standing:
                row["review"], row["reviewer"] = stands.state.value, stands.reviewer
            elif stands.state is State.DISPUTED:
                yield self._told("review.disputed", {**row, "kind": "problem"}, stands.entries)

    def _count(self, stands: Standing) -> None:
        if stands.state:
            self.states[stands.state.value] += 1

    def _told(self, code: str, row: Mapping[str, str], entries: Sequence[Entry], **more: str) -> Row:
        """Return the row of a problem of `code` at the place of `row`, about what `entries` say."""
        who = "; ".join(sorted({entry.reviewer for entry in entries}))
        detail = (("text", row.get("text", "")), ("reviewer", who), *more.items())
        kind = CATALOGUE[code]
        place = {name: row.get(name, "") for name in ("report_id", "file", "text")}
        is_item = bool(row.get("kind"))
        where = {name: row.get(name, "") if is_item else "" for name in ("start", "end", "page")}
        told = {"code": code, "severity": kind.severity, "message": kind.message(Problem(code, detail), self._lang)}
        return {**_NO_PROBLEM, **place, **where, **told}


def added_item(report: Mapping[str, str], said: Cells) -> Row:
    """Return the row of an item that a reviewer added to a report with the cells `said`, not yet decided on."""
    subject = addition_id(report["report_id"], said["kind"], int(said["start"]), int(said["end"]))
    row = {"item_id": subject, "report_id": report["report_id"], "file": report["file"], "rule": ADDED}
    return {**_NO_ITEM, **said, **row}


def _added_row(report: Mapping[str, str], subject: str, stands: Standing) -> Row:
    by = {"review": State.ACCEPTED.value, "reviewer": stands.reviewer, "reviewed_at": stands.at, "note": stands.note}
    return {**added_item(report, stands.said), "item_id": subject, **by}


def _last_said(report: Mapping[str, str], entries: tuple[Entry, ...]) -> Row:
    said = next((entry.decision.said for entry in reversed(entries) if entry.decision and entry.decision.said), {})
    return {**said, "report_id": report["report_id"], "file": report["file"]}


def _decide(row: Row, stands: Standing) -> None:
    """Write into the row of an item where it stands."""
    row["review"] = stands.state.value
    row["reviewer"], row["reviewed_at"], row["note"] = stands.reviewer, stands.at, stands.note
    if stands.state is not State.CORRECTED:
        return
    row["machine_value"] = row["value"]
    others = {name: row[name] for name in stands.said if name != "value"}
    if others:
        row["machine_cells"] = json.dumps(others, ensure_ascii=False, sort_keys=True)
    row.update(stands.said)


def _follow(tables: ReportTables, report: Row) -> None:
    """Write the office and the period of a report, which may be corrected, into the rows of its indicators."""
    for row in tables.indicators:
        row.update({name: report[name] for name in ("issuer", "period_start", "period_end")})


def _reading_order(row: Row) -> tuple[int, int, str, str]:
    return int(row["start"]), int(row["end"]), row["kind"], row["value"]


def _problem_order(row: Row) -> tuple[int, int, int, str, str]:
    start, end, page = (int(row[name]) if row[name] else -1 for name in ("start", "end", "page"))
    return start, end, page, row["code"], row["message"]
