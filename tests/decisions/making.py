"""Runs of small reports and decisions on them, as tests of reviewing need them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from pipeline.batch import run
from pipeline.batch.account import Summary
from pipeline.decisions import (
    Action,
    Decision,
    ReportTables,
    Subject,
    SubjectKind,
    corrected,
    machine_tables,
    open_log,
    seen_of_item,
)
from tests.folders import small_pack

REPORT = (
    "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n\nThôn đã mở 7 buổi chiếu phim, 2 lớp tập huấn theo Quyết định số "
    "{n}/QĐ-UBND ngày 0{n}/02/2023 của UBND tỉnh.\nThu được 1.250 phiếu.\n"
)


class Made:
    """A folder of reports with its output, run as often as a test wants."""

    def __init__(self, place: Path) -> None:
        self.folder, self.out = place / "in", place / "out"
        self.folder.mkdir()
        self.pack = small_pack(place)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, lang: str = "vi") -> Summary:
        return run(self.folder, self.out, str(self.pack), lang=lang)

    def rows(self, table: str) -> list[dict[str, str]]:
        return rows_in(self.out / f"{table}.csv")

    def report(self, file: str) -> ReportTables:
        return next(tables for tables in machine_tables(self.out) if tables.report["file"] == file)

    def item(self, file: str, text: str) -> dict[str, str]:
        return next(row for row in self.report(file).items if row["text"] == text)

    def decide(
        self,
        row: Mapping[str, str],
        action: str,
        said: Mapping[str, str] | None = None,
        reviewer: str = "An",
        note: str = "",
    ) -> None:
        decision = decision_on(row, action, said, reviewer, note)
        with open_log(self.out) as log:
            log.append([decision])


def decision_on(
    row: Mapping[str, str], action: str, said: Mapping[str, str] | None = None, reviewer: str = "An", note: str = ""
) -> Decision:
    subject = Subject(SubjectKind.ITEM, row["item_id"], row["report_id"], row["file"])
    cells = corrected(row["kind"], said or {}, row)
    return Decision(subject, Action(action), reviewer, seen_of_item(row), cells, note)


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
