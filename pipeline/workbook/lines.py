"""What stands in the rows of the workbook: of each report what the machine read, and what was decided of it by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.decisions import (
    ADDED,
    FIELDS,
    Action,
    Amendments,
    Cells,
    Ledger,
    ReportTables,
    Row,
    Standing,
    State,
    Subject,
    SubjectKind,
    field_id,
    machine_tables,
    reports_in,
    said_of_addition,
    seen_of_addition,
    seen_of_field,
    seen_of_item,
    seen_of_problem,
    shown,
    standing,
)
from pipeline.workbook.cells import cut, digest
from pipeline.workbook.stamp import Shown

Names = Mapping[str, str]
"""What activities are called, by their codes."""


class Reviewed(Struct, frozen=True):
    """The rows of one report: as the machine read it, and with all that was decided by now."""

    machine: ReportTables
    now: ReportTables


class Asked(Struct, frozen=True):
    """One thing that can be decided: its subject, what is seen of it, and where it stands.

    `shows` are cells that are shown as evidence too; an item that people added has them from people.
    """

    subject: Subject
    seen: Cells
    stands: Standing
    shows: Cells = field(default_factory=dict)

    def digest(self) -> str:
        """Return what tells the evidence that is shown from every other."""
        return digest(*(part for pair in sorted({**self.seen, **self.shows}.items()) for part in pair))


class Line(Struct):
    """One row of a sheet: texts by column as the tables write them, those for the reviewer among them in `entries`.

    `asked` is what can be decided in it, a field of a letterhead by its name, all else by "". `row` are the cells of
    the machine, which corrections are told from; `now` are the cells with all that was decided.
    """

    sheet: str
    id: str
    report_id: str
    file: str
    kind: str
    cells: dict[str, str]
    entries: dict[str, str]
    asked: dict[str, Asked]
    row: Row
    now: dict[str, str]

    def shown(self) -> Shown:
        """Return what the stamp of the workbook tells of this row."""
        seen = {name: one.digest() for name, one in self.asked.items()}
        return Shown(seen, {name: digest(cut(text)) for name, text in self.entries.items() if text})


def reviewed(out: Path, lang: str, ledger: Ledger) -> Iterator[Reviewed]:
    """Yield each report in the tables of `out`, by file; BaocaoError as `machine_tables`. To be read within `whole`."""
    amendments = Amendments(ledger, lang, reports_in(out))
    for machine in machine_tables(out):
        now = ReportTables(
            dict(machine.report),
            [dict(row) for row in machine.items],
            [dict(row) for row in machine.indicators],
            [dict(row) for row in machine.problems],
        )
        amendments.apply(now)
        yield Reviewed(machine, now)


def item_lines(report: Reviewed, ledger: Ledger, names: Names) -> Iterator[Line]:
    """Yield the rows of a report on the sheet of items, in reading order."""
    machine = {row["item_id"]: row for row in report.machine.items}
    for row in report.now.items:
        if row["rule"] == ADDED:
            yield _added_line(report, row, ledger, names)
        else:
            yield _item_line(machine[row["item_id"]], row, ledger, names)


def report_line(report: Reviewed, ledger: Ledger) -> Line:
    """Return the row of a report on its sheet; fields of the letterhead are as they stand by now."""
    row, now = report.machine.report, report.now.report
    report_id, file = row["report_id"], row["file"]
    asked = {}
    for name in FIELDS:
        subject = Subject(SubjectKind.FIELD, field_id(report_id, name), report_id, file)
        asked[name] = _asked_of(subject, seen_of_field(row, name), ledger)
    states = {one.stands.state for one in asked.values()}
    state = next((one for one in (State.DISPUTED, State.CHANGED) if one in states), State(now["review"]))
    entries = {name: now[name] for name in FIELDS}
    is_decided = all(one.stands.is_standing for one in asked.values())
    entries |= {"decision": Action.ACCEPT.value if is_decided else "", "remark": ""}
    cells = {**now, "read": row["status"], **_who(now, state)}
    return Line("reports", report_id, report_id, file, "", cells, entries, asked, row, cells)


def problem_lines(report: Reviewed, ledger: Ledger) -> Iterator[Line]:
    """Yield the rows of a report on the sheet of problems; on those that decisions led to nothing can be decided."""
    machine = {row["problem_id"]: row for row in report.machine.problems}
    for row in report.now.problems:
        seen_row = machine.get(row["problem_id"])
        if seen_row is None:
            yield Line("problems", "", row["report_id"], row["file"], "", row, {}, {}, row, row)
            continue
        subject = Subject(SubjectKind.PROBLEM, row["problem_id"], row["report_id"], row["file"])
        one = _asked_of(subject, seen_of_problem(seen_row), ledger)
        entries = {"decision": _action(one.stands), "remark": one.stands.note}
        cells = {**row, "state": one.stands.state.value, "reviewer": one.stands.reviewer, "reviewed_at": one.stands.at}
        ids = subject.id, subject.report_id, subject.file
        yield Line("problems", *ids, "", cells, entries, {"": one}, seen_row, cells)


def lines_of(report: Reviewed, ledger: Ledger, names: Names) -> Iterator[Line]:
    """Yield all rows of a report that can be decided on."""
    yield report_line(report, ledger)
    yield from item_lines(report, ledger, names)
    yield from (line for line in problem_lines(report, ledger) if line.id)


def _item_line(row: Row, now: Row, ledger: Ledger, names: Names) -> Line:
    subject = Subject(SubjectKind.ITEM, row["item_id"], row["report_id"], row["file"])
    one = _asked_of(subject, seen_of_item(row), ledger)
    said = one.stands.said if one.stands.state is State.CORRECTED else {}
    entries = {
        "decision": _action(one.stands),
        "correction": typed(row["kind"], "value", said.get("value", ""), names),
        "unit_correction": said.get("unit", ""),
        "remark": one.stands.note,
    }
    who = {"state": one.stands.state.value, "reviewer": one.stands.reviewer, "reviewed_at": one.stands.at}
    return _line(row, now, who, entries, one, names)


def _added_line(report: Reviewed, row: Row, ledger: Ledger, names: Names) -> Line:
    """Return the row of an item that a reviewer added: its cells are what was said of it."""
    subject = Subject(SubjectKind.ADDITION, row["item_id"], row["report_id"], row["file"])
    one = _asked_of(subject, seen_of_addition(report.machine.report), ledger)
    who = {"state": State.ADDED.value, "reviewer": row["reviewer"], "reviewed_at": row["reviewed_at"]}
    entries = {"decision": Action.ACCEPT.value, "correction": "", "unit_correction": "", "remark": row["note"]}
    return _line(row, row, who, entries, replace(one, shows=said_of_addition(row)), names)


def _line(row: Row, now: Row, who: Row, entries: dict[str, str], one: Asked, names: Names) -> Line:
    report_id, file, kind = row["report_id"], row["file"], row["kind"]
    cells, after = ({**cells, **who, **_called(cells, names)} for cells in (row, now))
    return Line("items", one.subject.id, report_id, file, kind, cells, entries, {"": one}, row, after)


def _called(row: Row, names: Names) -> Row:
    """Return the cells of a row that are codes of activities, as what those are called."""
    columns = ("activity_type", "value") if row["kind"] == "activity" else ("activity_type",)
    return {name: names.get(row[name], row[name]) for name in columns}


def _asked_of(subject: Subject, seen: Cells, ledger: Ledger) -> Asked:
    return Asked(subject, seen, standing(ledger.of(subject.id), seen))


def _action(stands: Standing) -> str:
    return stands.state.value if stands.is_standing else ""


def _who(row: Row, state: State) -> Row:
    return {"state": state.value, "reviewer": row["reviewer"], "reviewed_at": row["reviewed_at"]}


def typed(kind: str, name: str, cell: str, names: Names) -> str:
    """Return a corrected cell as a reviewer types it."""
    return names.get(cell, cell) if kind == "activity" else shown(kind, name, cell)
