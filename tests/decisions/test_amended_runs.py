"""Decisions in the tables of a run: they stand by item, nothing else changes, and none is applied in silence."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.cache import DocumentCache
from pipeline.decisions import (
    FIELDS,
    Action,
    Decision,
    Subject,
    SubjectKind,
    added_row,
    addition_id,
    current_tables,
    field_id,
    machine_tables,
    open_log,
    seen_of_addition,
    seen_of_field,
    seen_of_problem,
)
from pipeline.parsers import parse
from pipeline.tables import read_tables
from tests.decisions.making import REPORT, Made, decision_on, rows_in
from tests.folders import content

REVIEW = ("review", "machine_value", "machine_cells", "reviewer", "reviewed_at", "note")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = Made(tmp_path)
    made.write("a.txt", REPORT.format(n=5))
    made.write("b.txt", REPORT.format(n=6))
    made.run()
    return made


def without_review(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.items() if name not in REVIEW} for row in rows]


def added(made: Made, file: str, words: str, **said: str) -> Decision:
    """The decision that `words` of a report are a count."""
    report = made.report(file).report
    start = parse(made.folder / file).text.index(words)
    place = {"kind": "count", "text": words, "sentence": words, "start": str(start), "end": str(start + len(words))}
    subject = addition_id(report["report_id"], "count", start, start + len(words))
    about = Subject(SubjectKind.ADDITION, subject, report["report_id"], file)
    return Decision(about, Action.ADD, "An", seen_of_addition(report), added_row(report, place, said))


def test_without_decisions_the_tables_are_those_of_the_machine(made: Made):
    before = content(made.out)
    open_log(made.out).close()
    made.run()
    after = content(made.out)
    after.pop("review.sqlite")
    assert after == before


def test_each_decision_stands_in_its_row_and_nothing_else_changes(made: Made):
    before = made.rows("consolidated")
    made.decide(made.item("a.txt", "7 buổi"), "accepted", note="đúng bản gốc")
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "1.002", "unit": "khóa"})
    made.decide(made.item("b.txt", "1.250 phiếu"), "rejected")
    summary = made.run()
    assert summary.review == {"accepted": 1, "corrected": 1, "rejected": 1}
    rows = {(row["file"], row["text"]): row for row in made.rows("consolidated")}
    one = rows["a.txt", "7 buổi"]
    assert (one["review"], one["value"], one["machine_value"], one["note"]) == ("accepted", "7", "", "đúng bản gốc")
    two = rows["a.txt", "2 lớp"]
    assert (two["review"], two["value"], two["machine_value"]) == ("corrected", "1002", "2")
    assert (two["unit"], json.loads(two["machine_cells"])) == ("khóa", {"unit": "lớp"})
    assert two["reviewer"] == "An"
    assert two["reviewed_at"].endswith("Z")
    assert rows["b.txt", "1.250 phiếu"]["review"] == "rejected"
    assert rows["b.txt", "1.250 phiếu"]["value"] == "1250"
    decided = {("a.txt", "7 buổi"), ("a.txt", "2 lớp"), ("b.txt", "1.250 phiếu")}
    others = [row for row in made.rows("consolidated") if (row["file"], row["text"]) not in decided]
    assert others == [row for row in before if (row["file"], row["text"]) not in decided]


def test_the_machine_reading_can_be_had_back(made: Made):
    before = [(t.report, t.items, t.indicators, t.problems) for t in machine_tables(made.out)]
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "9", "unit": "", "object": "lớp học"})
    made.decide(made.item("a.txt", "7 buổi"), "rejected")
    with open_log(made.out) as log:
        log.append([added(made, "b.txt", "tập huấn", value="3")])
        report = made.report("b.txt").report
        about = Subject(SubjectKind.FIELD, field_id(report["report_id"], "signer"), report["report_id"], "b.txt")
        log.append([Decision(about, Action.CORRECT, "An", seen_of_field(report, "signer"), {"signer": "Lê Thị B"})])
    made.run()
    assert rows_in(made.out / "reports.csv")[1]["signer"] == "Lê Thị B"
    assert [(t.report, t.items, t.indicators, t.problems) for t in machine_tables(made.out)] == before


def test_what_is_decided_now_is_told_without_a_run(made: Made):
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "4"})
    now = [tables.items for tables in current_tables(made.out)]
    made.run()
    assert [tables.items for tables in current_tables(made.out)] == now
    (row,) = (row for row in now[0] if row["text"] == "2 lớp")
    assert (row["value"], row["machine_value"]) == ("4", "2")


def test_indicators_follow_the_counts_that_they_are_made_of(made: Made):
    def trained() -> list[tuple[str, str]]:
        rows = [row for row in made.rows("indicators") if "2 lớp" in of_items(row)]
        return [(row["value"], row["machine_value"]) for row in rows]

    def of_items(row: dict[str, str]) -> list[str]:
        texts = {item["item_id"]: item["text"] for item in made.rows("consolidated")}
        return [texts[item] for item in row["item_ids"].split("; ") if item]

    assert trained() == [("2", ""), ("2", "")]
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "5"})
    made.decide(made.item("b.txt", "2 lớp"), "rejected")
    made.run()
    assert trained() == [("5", "2"), ("", "2")]
    assert "5" in rows_in(made.out / "indicators_wide.csv")[0].values()
    assert read_tables(made.out)["indicators"]["machine_value"].sum() == 4


def test_two_who_disagree_leave_the_machine_reading_and_a_problem(made: Made):
    row = made.item("a.txt", "2 lớp")
    made.decide(row, "corrected", {"value": "3"}, "An")
    made.decide(row, "corrected", {"value": "4"}, "Bình")
    summary = made.run()
    (told,) = (problem for problem in made.rows("problems") if problem["code"] == "review.disputed")
    assert (told["file"], told["text"], told["start"]) == ("a.txt", "2 lớp", row["start"])
    assert "An; Bình" in told["message"]
    assert (summary.review, summary.problems["review.disputed"]) == ({"disputed": 1}, 1)
    assert {item["value"] for item in made.rows("consolidated") if item["text"] == "2 lớp"} == {"2"}
    made.decide(row, "corrected", {"value": "3"}, "Bình")
    made.run()
    (item,) = (item for item in made.rows("consolidated") if item["item_id"] == row["item_id"])
    assert (item["value"], item["reviewer"]) == ("3", "An; Bình")


def test_a_decision_on_another_reading_is_asked_again(made: Made):
    row = made.item("a.txt", "2 lớp")
    made.decide({**row, "value": "12"}, "accepted")  # as a former version of the rules read it
    made.run()
    (item,) = (item for item in made.rows("consolidated") if item["item_id"] == row["item_id"])
    assert (item["review"], item["value"]) == ("", "2")
    assert [problem["code"] for problem in made.rows("problems") if problem["code"][:7] == "review."] == [
        "review.changed"
    ]


def test_a_correction_that_the_rules_now_read_is_agreed(made: Made):
    row = made.item("a.txt", "2 lớp")
    made.decide({**row, "value": "12"}, "corrected", {"value": "2"})
    made.run()
    (item,) = (item for item in made.rows("consolidated") if item["item_id"] == row["item_id"])
    assert (item["review"], item["value"], item["machine_value"]) == ("accepted", "2", "")


def test_a_decision_on_what_is_no_longer_found_is_told(made: Made):
    row = made.item("a.txt", "2 lớp")
    gone, rejected = {**row, "item_id": "0123456789ab"}, {**row, "item_id": "0123456789ac"}
    with open_log(made.out) as log:
        log.append([decision_on(gone, "accepted"), decision_on(rejected, "rejected")])
    summary = made.run()
    assert summary.problems["review.gone"] == 1
    assert summary.review["gone"] == 1


def test_what_people_add_stands_among_the_items(made: Made):
    decision = added(made, "b.txt", "chiếu phim", value="7", unit="buổi")
    with open_log(made.out) as log:
        log.append([decision])
    made.run()
    rows = [row for row in made.rows("consolidated") if row["file"] == "b.txt"]
    (row,) = (row for row in rows if row["rule"] == "review/added")
    assert (row["item_id"], row["value"], row["unit"], row["review"]) == (decision.subject.id, "7", "buổi", "accepted")
    places = [(int(row["start"]), int(row["end"])) for row in rows]
    assert places == sorted(places)
    assert made.rows("reports")[1]["items"] == str(len(rows))
    with open_log(made.out) as log:
        log.undo("An")
    made.run()
    assert not [row for row in made.rows("consolidated") if row["rule"] == "review/added"]


def test_what_was_added_to_another_text_is_asked_again(made: Made):
    decision = added(made, "b.txt", "chiếu phim", value="7")
    with open_log(made.out) as log:
        log.append([Decision(decision.subject, decision.action, "An", {"text_id": "0" * 12}, decision.said)])
    made.run()
    assert not [row for row in made.rows("consolidated") if row["rule"] == "review/added"]
    (told,) = (problem for problem in made.rows("problems") if problem["code"] == "review.changed")
    assert (told["text"], told["start"]) == ("chiếu phim", "")


def test_an_addition_that_the_rules_now_find_is_an_acceptance(made: Made):
    row = made.item("a.txt", "2 lớp")
    decision = added(made, "a.txt", "2 lớp", **{name: row[name] for name in ("value", "unit", "status")})
    with open_log(made.out) as log:
        log.append([decision])
    made.run()
    (item,) = (item for item in made.rows("consolidated") if item["text"] == "2 lớp" and item["file"] == "a.txt")
    assert (item["item_id"], item["review"], item["rule"]) == (row["item_id"], "accepted", row["rule"])


def test_letterheads_are_accepted_as_a_whole_and_corrected_by_field(made: Made):
    def decide(file: str, action: Action, *names: str, **said: str) -> None:
        report = made.report(file).report
        with open_log(made.out) as log:
            log.append(
                [
                    Decision(
                        Subject(SubjectKind.FIELD, field_id(report["report_id"], name), report["report_id"], file),
                        action, "An", seen_of_field(report, name), {name: said[name]} if name in said else {},
                    )
                    for name in names
                ]
            )  # fmt: skip

    decide("a.txt", Action.ACCEPT, *FIELDS)
    decide("b.txt", Action.CORRECT, "issuer", "date", issuer="UBND XÃ MỚI", date="2024-01-05")
    made.run()
    first, second = made.rows("reports")
    assert (first["review"], first["machine_fields"], first["reviewer"]) == ("accepted", "", "An")
    assert (second["review"], second["issuer"], second["date"]) == ("corrected", "UBND XÃ MỚI", "2024-01-05")
    assert (
        json.loads(second["machine_fields"]) == {"issuer": "", "date": "2023"} or "issuer" in second["machine_fields"]
    )
    assert {row["issuer"] for row in made.rows("indicators") if row["file"] == "b.txt"} == {"UBND XÃ MỚI"}


def test_problems_are_seen_to_or_are_none(made: Made):
    made.write("c.txt", REPORT.format(n=5).replace("05/02/2023", "31/02/2023"))
    made.run()
    problems = [problem for tables in machine_tables(made.out) for problem in tables.problems]
    assert [problem["code"] for problem in problems] == ["date.unreadable"]
    problem = problems[0]
    about = Subject(SubjectKind.PROBLEM, problem["problem_id"], problem["report_id"], problem["file"])
    with open_log(made.out) as log:
        log.append([Decision(about, Action.REJECT, "An", seen_of_problem(problem))])
    made.run()
    told = [(row["problem_id"], row["review"], row["reviewer"]) for row in made.rows("problems") if row["review"]]
    assert told == [(problem["problem_id"], "rejected", "An")]
    assert len({(row["file"], row["problem_id"]) for row in made.rows("problems")}) == len(made.rows("problems"))
    made.run("en")  # in other words it is the same problem
    told = [(row["problem_id"], row["review"]) for row in made.rows("problems") if row["review"]]
    assert told == [(problem["problem_id"], "rejected")]


def test_decisions_outlast_moved_files_and_other_reports(made: Made):
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "3"})
    (made.folder / "a.txt").rename(made.folder / "z.txt")
    made.write("c.txt", REPORT.format(n=7))
    made.run()
    told = {(row["file"], row["value"]) for row in made.rows("consolidated") if row["review"]}
    assert told == {("z.txt", "3")}


def test_a_new_decision_has_the_tables_written_anew(made: Made, tmp_path: Path):
    cache = DocumentCache(tmp_path / "cache")

    def again() -> bool:
        return run(made.folder, made.out, str(made.pack), cache=cache).unchanged

    assert again()
    made.decide(made.item("a.txt", "2 lớp"), "rejected")
    assert [again(), again()] == [False, True]
    assert json.loads((made.out / "run.json").read_text("utf-8"))["review"]["standing"] == {"rejected": 1}
    assert run(made.folder, made.out, str(made.pack), cache=cache).review == {"rejected": 1}


def test_a_broken_log_ends_the_run_and_leaves_the_tables(made: Made):
    from pipeline.problems import BaocaoError

    before = content(made.out)
    (made.out / "review.sqlite").write_bytes(b"x" * 5000)
    with pytest.raises(BaocaoError, match=r"review\.sqlite"):
        made.run()
    (made.out / "review.sqlite").unlink()
    assert content(made.out) == before


def test_additions_and_corrections_are_in_the_data_set_too(made: Made):
    import pyarrow.dataset as ds

    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "3,5"})
    made.run()
    read = ds.dataset(made.out / "dataset" / "consolidated", partitioning="hive").to_table().to_pylist()
    assert [row["value"] for row in read if row["review"] == "corrected"] == ["3.5"]
    assert without_review(made.rows("consolidated"))


def test_one_of_several_alike_is_asked_again_when_they_are_not_as_many(made: Made):
    line = "Xã đã mở 3 lớp, xã bạn mở 3 lớp.\n"
    made.write("c.txt", "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n\n" + line)
    made.run()
    first, second = (row for row in made.report("c.txt").items if row["text"] == "3 lớp")
    made.decide(second, "corrected", {"value": "4"})
    made.run()
    assert [row["value"] for row in made.rows("consolidated") if row["text"] == "3 lớp"] == ["3", "4"]
    alone = {name: cell for name, cell in first.items() if name != "twin"}
    with open_log(made.out) as log:
        log.append([decision_on({**alone, "item_id": first["item_id"]}, "rejected")])
    summary = made.run()  # it was the only one when that was said
    assert summary.problems["review.changed"] == 1
    assert [row["review"] for row in made.rows("consolidated") if row["text"] == "3 lớp"] == ["", "corrected"]


def test_a_file_that_is_another_report_now_is_told(made: Made):
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "3"})
    made.decide(made.item("a.txt", "7 buổi"), "accepted")
    made.write("a.txt", REPORT.format(n=5) + "Ghi thêm một dòng.\n")
    summary = made.run()
    assert summary.review == {"absent": 2}
    (told,) = (row for row in made.rows("problems") if row["code"] == "review.report")
    assert (told["file"], told["severity"]) == ("a.txt", "warning")
    assert "2 quyết định" in told["message"]
    assert [row["code"] for tables in current_tables(made.out) for row in tables.problems] == ["review.report"]
    made.write("a.txt", REPORT.format(n=5))
    assert made.run().review == {"accepted": 1, "corrected": 1}


def test_a_report_that_is_gone_is_counted(made: Made):
    made.decide(made.item("a.txt", "2 lớp"), "rejected")
    (made.folder / "a.txt").unlink()
    summary = made.run()
    assert (summary.review, dict(summary.problems)) == ({"absent": 1}, {})


def test_two_who_differ_on_a_problem_are_told(made: Made):
    made.write("c.txt", REPORT.format(n=5).replace("05/02/2023", "31/02/2023"))
    made.run()
    (problem,) = made.report("c.txt").problems
    about = Subject(SubjectKind.PROBLEM, problem["problem_id"], problem["report_id"], problem["file"])
    with open_log(made.out) as log:
        log.append([Decision(about, Action.REJECT, "An", seen_of_problem(problem))])
        log.append([Decision(about, Action.ACCEPT, "Bình", seen_of_problem(problem))])
    made.run()
    told = {row["code"]: row for row in made.rows("problems")}
    assert set(told) == {"date.unreadable", "review.disputed"}
    assert (told["date.unreadable"]["review"], told["review.disputed"]["start"]) == ("", problem["start"])


def test_what_one_adds_and_another_rejects_is_told_by_its_words(made: Made):
    decision = added(made, "b.txt", "chiếu phim", value="7")
    with open_log(made.out) as log:
        log.append([decision])
        log.append([Decision(decision.subject, Action.REJECT, "Bình", decision.seen)])
    made.run()
    (told,) = (row for row in made.rows("problems") if row["code"] == "review.disputed")
    assert (told["text"], told["start"]) == ("chiếu phim", decision.said["start"])


def test_words_that_one_rejects_and_another_adds_are_disputed(made: Made):
    row = made.item("a.txt", "2 lớp")
    made.decide(row, "rejected")
    addition = added(made, "a.txt", "2 lớp", value="2", unit="lớp")
    with open_log(made.out) as log:
        log.append([Decision(addition.subject, addition.action, "Bình", addition.seen, addition.said)])
    made.run()
    (told,) = (problem for problem in made.rows("problems") if problem["code"] == "review.disputed")
    assert "An; Bình" in told["message"]


def test_an_indicator_whose_count_may_be_another_ones_is_told(made: Made):
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"unit": "khóa"})
    made.decide(made.item("b.txt", "2 lớp"), "rejected")
    summary = made.run()
    assert {code: count for code, count in summary.problems.items() if code.startswith("review.")} == {
        "review.indicator": 1,
        "review.emptied": 1,
    }
    rows = [row for row in made.rows("indicators") if row["indicator"] == "lop_tap_huan"]
    assert [(row["value"], row["machine_value"]) for row in rows] == [("2", ""), ("", "2")]


def test_counts_of_the_run_have_what_was_added(made: Made):
    with open_log(made.out) as log:
        log.append([added(made, "b.txt", "chiếu phim", value="7", unit="buổi")])
    summary = made.run()
    head = json.loads((made.out / "run.json").read_text("utf-8"))
    assert sum(summary.items.values()) == sum(head["counts"]["items"].values()) == len(made.rows("consolidated"))


def test_cells_longer_than_csv_usually_allows_can_be_read(made: Made):
    made.run()
    with (made.out / "consolidated.csv").open("a", encoding="utf-8") as file:
        row = made.rows("consolidated")[-1] | {"sentence": "tập huấn " * 20_000}
        csv.DictWriter(file, row, lineterminator="\n").writerow(row)
    assert max(len(row["sentence"]) for tables in machine_tables(made.out) for row in tables.items) > 131_072


def test_files_that_would_have_one_name_are_both_read(made: Made):
    (made.folder / "t\u1ebf.txt").write_text(REPORT.format(n=7), encoding="utf-8")
    (made.folder / "te\u0302\u0301.txt").write_text(REPORT.format(n=8), encoding="utf-8")
    made.run()
    assert [row["file"] for row in made.rows("reports")] == ["a.txt", "b.txt", "tế (2).txt", "tế.txt"]


def test_decisions_are_fetched_from_a_store(made: Made):
    fsspec = pytest.importorskip("fsspec")
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "99"})
    store = fsspec.filesystem("memory")
    log = (made.out / "review.sqlite").read_bytes()
    store.pipe_file("/rà soát/review.sqlite", log)
    summary = run(made.folder, "memory://rà soát", str(made.pack))
    assert summary.review == {"corrected": 1}
    assert b",99,," in store.cat_file("/rà soát/consolidated.csv")
    assert store.cat_file("/rà soát/review.sqlite") == log
