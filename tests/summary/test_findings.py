from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.decisions import ReportTables, current_tables
from pipeline.summary.findings import Findings, findings_of
from tests.summary.made import activity, cited, day, indicator, item, problem, report


def found(*reports: ReportTables, order: Sequence[str] = ()) -> Findings:
    return findings_of(reports, order)


def cells(frame: object) -> dict[object, list[float]]:
    return {at: row.tolist() for at, row in frame.iterrows()}  # type: ignore[attr-defined]


def test_items_are_counted_by_kind_and_status_and_rejected_ones_are_not() -> None:
    findings = found(
        report("a", [activity("training", "done"), activity("training", "planned"), item("count", "done")]),
        report("b", [activity("meeting", "none"), activity("meeting", "done", review="rejected"), item("date")]),
    )
    assert cells(findings.kinds) == {
        "document_number": [0, 0, 0, 0],
        "date": [0, 0, 0, 1],
        "count": [1, 0, 0, 0],
        "activity": [1, 1, 1, 0],
    }
    assert cells(findings.activities) == {"training": [1, 1, 0, 0], "meeting": [0, 0, 1, 0]}
    assert findings.head.items == 5


def test_the_head_tells_reports_packs_and_days() -> None:
    findings = found(
        report("a", period_start="2023-01-01", period_end="2023-12-31", date="2024-01-05", rule_pack="y_te"),
        report("b", status="partial", error="cut", rule_pack="y_te", date="2022-10"),
        report("c", status="failed", error="encrypted", rule_pack=""),
    )
    head = findings.head
    assert head.statuses == {"ok": 1, "partial": 1, "failed": 1}
    assert (head.packs, head.since, head.until) == ({"y_te": 2}, "2023-01-01", "2024-01-05")
    assert head.unread == [("b", "partial", "cut"), ("c", "failed", "encrypted")]


def test_indicators_stand_side_by_side_with_what_was_corrected() -> None:
    findings = found(
        report("a", [], [indicator("vu", 5), indicator("tin", 7)], rule_pack="giao_thong"),
        report("b", [], [indicator("vu", 9, machine_value="8"), indicator("tin", "")], rule_pack="giao_thong"),
        report("c", [], [indicator("tin", 70)], rule_pack="core"),
        order=["vu", "tin"],
    )
    own, shared = findings.groups
    assert (own.pack, shared.pack) == ("giao_thong", "")
    assert own.values.index.tolist() == [1, 0]
    assert own.values["vu"].tolist() == [9, 5]
    assert own.corrected == {(1, "vu"): "8"}
    assert shared.values["tin"].to_dict() == {2: 70, 0: 7}


def test_no_indicator_that_tells_of_the_period_before_is_drawn() -> None:
    stated = [indicator("chet", 5), indicator("chet_ky_truoc", 4), indicator("chet_tang_giam", 1)]
    (group,) = found(report("a", [], stated), report("b", [], stated)).groups
    assert group.chosen == ["chet"]
    assert list(group.values.columns) == ["chet", "chet_ky_truoc", "chet_tang_giam"]


def test_a_change_is_told_by_the_report_itself_or_by_two_reports_of_one_body() -> None:
    def yearly(file: str, year: int, value: int, *further: dict[str, str]) -> ReportTables:
        return report(
            file,
            [],
            [indicator("lop", value), *further],
            issuer="SỞ Y TẾ",
            parent_issuer="UBND TỈNH X",
            period_start=f"{year}-01-01",
            period_end=f"{year}-12-31",
            date=f"{year}-12-31",
        )

    beside = item("count", value="209", previous="155", item_id="a" * 12)
    findings = found(
        yearly("a", 2023, 10),
        yearly("b", 2024, 15, indicator("chet", 3), indicator("chet_ky_truoc", 4)),
        yearly("c", 2026, 99),
        report("d", [beside], [indicator("vu", 209, item_ids="a" * 12), indicator("xe", 208, item_ids="a" * 12)]),
    )
    rows = findings.changes.to_dict("records")
    assert [(r["report"], r["name"], r["before"], r["now"], r["source"]) for r in rows] == [
        (1, "Lop", 10, 15, "reports"),
        (1, "Chet", 4, 3, "own"),
        (3, "Vu", 155, 209, "own"),
    ]
    assert [r["share"] for r in rows] == pytest.approx([0.5, -0.25, 54 / 155])


def test_other_months_of_the_year_before_are_not_compared() -> None:
    def of(file: str, start: str, end: str) -> ReportTables:
        return report(file, [], [indicator("lop", 1)], issuer="SỞ Y TẾ", period_start=start, period_end=end, date=end)

    assert found(of("a", "2023-01-01", "2023-06-30"), of("b", "2024-01-01", "2024-12-31")).changes.empty


def test_documents_are_counted_by_reports_and_a_rejected_or_own_number_does_not_count() -> None:
    findings = found(
        report(
            "a", [cited("1/2020/NĐ-CP", document_type="Nghị định"), cited("1/2020/NĐ-CP"), cited("7/BC-X", role="own")]
        ),
        report("b", [cited("1/2020/NĐ-CP"), cited("2/QĐ-TTg", review="rejected"), cited("3/QĐ-TTg")]),
    )
    told = findings.documents
    assert (told.documents, told.mentions, told.shared) == (2, 4, 1)
    assert [(one.name, dict(one.by_file)) for one in told.most_cited] == [
        ("Nghị định 1/2020/NĐ-CP", {"a": 2, "b": 1}),
        ("3/QĐ-TTg", {"b": 1}),
    ]


def test_the_calendar_counts_days_and_months_and_what_was_done_or_is_planned_then() -> None:
    findings = found(
        report(
            "a",
            [
                day("2024-03-05", sentence="Đã tập huấn."),
                activity("training", "done", sentence="Đã tập huấn."),
                day("2024-03-01", "2024-03-31", sentence="Sẽ họp."),
                activity("meeting", "planned", sentence="Sẽ họp."),
                day("2024-04-01", sentence="Đã họp, sẽ họp."),
                activity("meeting", "done", sentence="Đã họp, sẽ họp."),
                activity("meeting", "planned", sentence="Đã họp, sẽ họp."),
                day("2024-01-01", "2024-12-31"),
                day(""),
                day("2024-03-06", role="document"),
                day("2024-03-07", review="rejected"),
            ],
            date="2024-12",
        )
    )
    told = findings.calendar
    assert (told.named.at["2024", 3], told.named.at["2024", 4], told.named.to_numpy().sum()) == (2, 1, 3)
    assert (told.done.at["2024", 3], told.done.to_numpy().sum()) == (1, 1)
    assert (told.planned.at["2024", 3], told.planned.to_numpy().sum()) == (1, 1)
    assert (told.sent, told.wide) == ({"2024-12": 1}, 2)


def test_numerals_are_explained_but_for_the_problems_that_stand() -> None:
    left = [problem("number.unexplained"), problem("number.unexplained", review="rejected"), problem("table.sum")]
    findings = found(report("a", numerals=10), report("b", [], [], left, numerals=4), report("c", numerals=""))
    assert cells(findings.explained) == {1: [4, 3, 0.75], 0: [10, 10, 1.0]}


def test_reviews_are_counted_by_kind_and_report_with_the_rejected() -> None:
    findings = found(
        report("a", [item("count", review="accepted"), item("count", review="rejected"), item("date")]),
        report("b", [item("date"), item("date"), item("count", review="accepted", rule="review/added")]),
    )
    assert cells(findings.reviewed_kinds)["count"] == [2, 0, 1, 0]
    assert cells(findings.reviewed_kinds)["date"] == [0, 0, 0, 3]
    assert cells(findings.reviewed_reports) == {1: [1, 0, 0, 2], 0: [1, 0, 1, 1]}
    assert findings.added == 1


def test_problems_are_counted_by_places_and_reports() -> None:
    findings = found(
        report("a", [], [], [problem("ocr.uncertain"), problem("ocr.uncertain")]),
        report("b", [], [], [problem("ocr.uncertain"), problem("table.sum", review="rejected"), problem("table.sum")]),
    )
    assert cells(findings.problems) == {"ocr.uncertain": ["warning", 3, 2], "table.sum": ["warning", 1, 1]}


def test_documents_of_a_real_run_are_those_of_its_table(tmp_path: Path) -> None:
    reports, out = tmp_path / "reports", tmp_path / "out"
    reports.mkdir()
    for file, text in {
        "a.txt": "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ và Quyết định số 12/QĐ-UBND.",
        "b.txt": "Thực hiện Nghị định 30/2020/NĐ-CP, Sở đã tổ chức 02 lớp tập huấn cho 150 lượt người.",
    }.items():
        (reports / file).write_text(text, encoding="utf-8")
    assert main(["run", str(reports), "-o", str(out), "-q", "--no-cache"]) == 0
    with (out / "references.csv").open(encoding="utf-8-sig", newline="") as table:
        wanted = {
            (" ".join(filter(None, (one["document_type"], one["number"]))), int(one["reports"]), int(one["mentions"]))
            for one in csv.DictReader(table)
        }
    told = findings_of(current_tables(out)).documents
    assert {(one.name, one.reports, one.mentions) for one in told.most_cited} == wanted
    assert wanted == {("Nghị định 30/2020/NĐ-CP", 2, 2), ("Quyết định 12/QĐ-UBND", 1, 1)}
