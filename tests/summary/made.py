"""Made tables: reports with just the cells that a test is about, in memory or as the files of a run."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.decisions import Action, Decision, ReportTables, Subject, SubjectKind, open_log, seen_of_item
from pipeline.tables.cells import guarded
from pipeline.tables.columns import CONSOLIDATED, INDICATORS, PROBLEMS, REPORTS, Table

Row = dict[str, str]


def row(table: Table, **cells: object) -> Row:
    """Return a row with `cells`, and nothing in all others."""
    unknown = set(cells) - set(table.names)
    assert not unknown, unknown
    return {**dict.fromkeys(table.names, ""), **{name: str(cell) for name, cell in cells.items()}}


def report(
    file: str, items: Iterable[Row] = (), indicators: Iterable[Row] = (), problems: Iterable[Row] = (), **cells: object
) -> ReportTables:
    """Return the tables of one report; its rows get its file and id."""
    own = {"report_id": f"{hash_of(file):012x}", "file": file}
    head = row(REPORTS, **{"status": "ok", "rule_pack": "core", **own, **cells})
    kept = [{"item_id": f"{hash_of(file + str(at)):012x}", **_told(one), **own} for at, one in enumerate(items)]
    stated = [{**one, **own, "issuer": head["issuer"]} for one in indicators]
    return ReportTables({**head, "items": str(len(kept))}, kept, stated, [{**one, **own} for one in problems])


def _told(one: Row) -> Row:
    return {name: cell for name, cell in one.items() if name != "item_id" or cell}


def decide(out: Path, tables: ReportTables, at: int, action: Action, **said: str) -> None:
    """Have a reviewer say something of an item of a report whose tables are written."""
    seen = tables.items[at]
    subject = Subject(SubjectKind.ITEM, seen["item_id"], seen["report_id"], seen["file"])
    with open_log(out) as log:
        log.append([Decision(subject, action, "An", seen_of_item(seen), said)])


def hash_of(text: str) -> int:
    """Return a number that is the same in every process."""
    return int.from_bytes(sha256(text.encode()).digest()[:6])


def item(kind: str, status: str = "", review: str = "", **cells: object) -> Row:
    """Return one item."""
    told = {"text": "x", "value": "1", "rule": "core/x", "start": "0", "end": "1"}
    return row(CONSOLIDATED, **{**told, "kind": kind, "status": status, "review": review, **cells})


def activity(code: str, status: str, **cells: object) -> Row:
    """Return one activity."""
    return item("activity", status, **{"value": code, "activity_type": code, **cells})


def day(first: str, last: str = "", **cells: object) -> Row:
    """Return one date of a report's own words."""
    return item("date", **{"role": "text", "value": first, "date_start": first, "date_end": last or first, **cells})


def cited(number: str, **cells: object) -> Row:
    """Return one citation."""
    return item("document_number", **{"role": "cited", "text": number, "value": number, **cells})


def indicator(code: str, value: object, **cells: object) -> Row:
    """Return one indicator."""
    return row(INDICATORS, **{"indicator": code, "label": code.capitalize(), "value": value, **cells})


def problem(code: str, **cells: object) -> Row:
    """Return one problem."""
    return row(PROBLEMS, **{"code": code, "severity": "warning", "message": "x", **cells})


def write(out: Path, reports: Iterable[ReportTables], **seal: Any) -> Path:
    """Write `reports` as the tables of a run into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    told = sorted(reports, key=lambda one: one.report["file"])
    rows = {
        REPORTS: [one.report for one in told],
        CONSOLIDATED: [item for one in told for item in one.items],
        INDICATORS: [stated for one in told for stated in one.indicators],
        PROBLEMS: [found for one in told for found in one.problems],
    }
    for table, cells in rows.items():
        with (out / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.names)
            writer.writerows([guarded(one[name]) for name in table.names] for one in cells)
    head = {
        "ended": "2026-03-02T01:02:03.456Z",
        "arguments": {"folder": "bao_cao", "rules": []},
        "rule_packs": [{"id": "core", "title": "Báo cáo hành chính"}],
        "tables": [],
        **seal,
    }
    (out / "run.json").write_text(json.dumps({**head, "inputs": []}, ensure_ascii=False, indent=2), encoding="utf-8")
    return out
