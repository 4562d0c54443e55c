"""A workbook is exported, filled in, and taken back: its decisions are in the tables, and nothing else is changed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.decisions import (
    ADDED,
    FIELDS,
    Action,
    Decision,
    Subject,
    SubjectKind,
    added_row,
    addition_id,
    corrected,
    ledger_of,
    open_log,
    seen_of_addition,
)
from tests.decisions.making import Made
from tests.workbook.books import Book, entries, exported, reasons, taken

OF_REVIEW = {"review", "machine_value", "machine_cells", "reviewer", "reviewed_at", "note"}


def test_decisions_come_into_the_tables_and_nothing_else_does(made: Made) -> None:
    before = made.rows("consolidated")
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="Chấp nhận", remark="đã xem")
    book.put("items", book.row("items", "2 lớp", file="a.txt"), correction="1.234,5", unit_correction="Khóa")
    book.put("items", book.row("items", "1.250 phiếu", file="b.txt"), decision="Bác bỏ")
    result = taken(made, book)
    assert not result.refused
    assert not result.ignored
    assert [one.decision.action for one in result.taken] == [Action.ACCEPT, Action.CORRECT, Action.REJECT]
    made.run()
    after = made.rows("consolidated")
    decided = {(row["file"], row["text"]): row for row in after if row["review"]}
    assert {key: row["review"] for key, row in decided.items()} == {
        ("a.txt", "7 buổi"): "accepted",
        ("a.txt", "2 lớp"): "corrected",
        ("b.txt", "1.250 phiếu"): "rejected",
    }
    lop = decided["a.txt", "2 lớp"]
    assert (lop["value"], lop["machine_value"], lop["unit"], lop["reviewer"]) == ("1234.5", "2", "khóa", "An")
    assert decided["a.txt", "7 buổi"]["note"] == "đã xem"
    for old, new in zip(before, after, strict=True):
        changed = {name for name in old if old[name] != new[name]} - OF_REVIEW
        assert changed == ({"value", "unit"} if new["review"] == "corrected" else set())


def test_a_workbook_that_is_taken_back_as_it_was_decides_nothing(made: Made) -> None:
    result = taken(made, exported(made))
    assert (result.taken, result.refused, result.ignored) == ([], [], [])
    assert result.unchanged > 10
    assert entries(made) == 0


def test_what_was_decided_is_filled_in_and_decides_nothing_again(made: Made) -> None:
    made.decide(made.item("a.txt", "7 buổi"), "corrected", {"value": "1.250,75"}, note="theo bản giấy")
    book = exported(made)
    row = book.row("items", "7 buổi", file="a.txt")
    told = [book.get("items", row, name) for name in ("value", "decision", "correction", "remark", "reviewer")]
    assert told == [7, "Sửa", "1.250,75", "theo bản giấy", "An"]
    assert not taken(made, book, "Bình").taken
    book.put("items", row, correction=1250.75)  # as a number, where it was a text
    assert not taken(made, book, "Bình").taken


def test_taking_the_same_workbook_twice_decides_once(made: Made) -> None:
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="Chấp nhận")
    assert len(taken(made, book).taken) == 1
    again = taken(made, book)
    assert not again.taken
    assert not again.refused
    assert entries(made) == 1


def test_a_second_reviewer_says_the_same_on_a_workbook_of_their_own(made: Made) -> None:
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="Chấp nhận")
    taken(made, book, "An")
    assert not taken(made, book, "Bình").taken[0].disputed
    made.run()
    row = next(row for row in made.rows("consolidated") if row["review"])
    assert (row["review"], row["reviewer"]) == ("accepted", "An; Bình")


def test_a_decision_against_that_of_another_is_taken_and_told(made: Made) -> None:
    book = exported(made)
    made.decide(made.item("a.txt", "7 buổi"), "accepted", reviewer="Bình")
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="Bác bỏ")
    (one,) = taken(made, book, "An").taken
    assert one.disputed == ("Bình",)
    again = exported(made)
    assert again.get("items", again.row("items", "7 buổi", file="a.txt"), "state") == "Ý kiến khác nhau"


def test_a_dry_run_writes_nothing(made: Made) -> None:
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="Chấp nhận")
    assert len(taken(made, book, dry=True).taken) == 1
    assert entries(made) == 0


def test_all_decisions_are_one_batch(made: Made) -> None:
    book = exported(made)
    for row in range(2, 6):
        book.put("items", row, decision="Chấp nhận")
    subjects = [one.decision.subject.id for one in taken(made, book).taken]
    ledger = ledger_of(made.out)
    assert len({entry.batch for subject in subjects for entry in ledger.of(subject)}) == 1


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", "1234.5"),
        (1234.5, "1234.5"),
        (15, "15"),
        (15.0, "15"),
        ("2 triệu rưỡi", "2500000"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_numbers_are_read_as_typed(made: Made, typed: object, value: str) -> None:
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="sửa ", correction=typed)
    (one,) = taken(made, book).taken
    assert one.decision.said == {"value": value}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("16/10/2023", "2023-10-16"),
        (datetime.datetime(2023, 10, 16), "2023-10-16"),
        (datetime.date(2023, 10, 16), "2023-10-16"),
        ("10/2023", "2023-10"),
        ("2022", "2022"),
        (2022, "2022"),
        ("18/4/2023 – 21/4/2023", "2023-04-18/2023-04-21"),
    ],
)
def test_dates_are_read_as_typed(made: Made, typed: object, value: str) -> None:
    book = exported(made)
    book.put("items", book.row("items", "năm 2023", file="a.txt"), correction=typed)
    (one,) = taken(made, book).taken
    assert one.decision.said["value"] == value


def test_fields_of_a_letterhead_are_corrected_in_their_cells_and_accepted_together(made: Made) -> None:
    book = exported(made)
    row = book.row("reports", "a.txt", "file")
    book.put("reports", row, signer="Lê Văn A", date=datetime.datetime(2023, 12, 8), decision="Chấp nhận")
    result = taken(made, book)
    assert not result.refused
    assert {one.decision.said["signer"] for one in result.taken if "signer" in one.decision.said} == {"Lê Văn A"}
    assert len(result.taken) == len(FIELDS)
    made.run()
    report = next(row for row in made.rows("reports") if row["file"] == "a.txt")
    assert (report["signer"], report["date"], report["review"]) == ("Lê Văn A", "2023-12-08", "corrected")
    again = exported(made)
    assert again.get("reports", row, "signer") == "Lê Văn A"
    assert again.get("reports", row, "decision") == "Chấp nhận"
    again.put("reports", row, signer=None)
    (one,) = taken(made, again).taken
    assert (one.decision.action, one.decision.said) == (Action.ACCEPT, {})  # the machine read none


def test_problems_are_seen_to_or_are_none(made: Made) -> None:
    made.write("a.txt", made.folder.joinpath("a.txt").read_text(encoding="utf-8") + "\n\nCó 9,9,9 việc.\n")
    made.run()
    book = exported(made)
    assert book.sheet("problems").max_row > 1
    book.put("problems", 2, decision="Không phải vấn đề")
    assert [one.decision.action for one in taken(made, book).taken] == [Action.REJECT]
    made.run()
    assert made.rows("problems")[0]["review"] == "rejected"


def test_rows_may_be_sorted_and_deleted_and_columns_moved(made: Made, tmp_path: Path) -> None:
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="b.txt"), decision="Chấp nhận")
    book.put("items", book.row("items", "2 lớp", file="a.txt"), decision="Bác bỏ")
    rows = [[cell.value for cell in row] for row in book.sheet("items").iter_rows()]
    below = sorted(rows[1:], key=lambda row: str(row[4]), reverse=True)
    shuffled = [rows[0], *(row for row in below if row[7] or row[0] == "a.txt")]
    sheet = book.sheet("items")
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(["Phòng Tổng hợp rà soát"])
    for row in shuffled:
        sheet.append(row[::-1])
    result = taken(made, book)
    assert not result.refused
    assert {(one.place.file, one.place.text, one.decision.action.value) for one in result.taken} == {
        ("b.txt", "7 buổi", "accepted"),
        ("a.txt", "2 lớp", "rejected"),
    }


def test_a_workbook_in_english_is_taken_back_as_well(made: Made) -> None:
    book = exported(made, "en")
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="Accept")
    book.put("items", book.row("items", "2 lớp", file="a.txt"), decision="sai")  # in the other language
    assert [one.decision.action.value for one in taken(made, book).taken] == ["accepted", "rejected"]


def test_sheets_may_be_missing_but_not_all(made: Made) -> None:
    book = exported(made)
    book.put("items", 2, decision="Chấp nhận")
    del book.book["Vấn đề"], book.book["Báo cáo"], book.book["Hướng dẫn"]
    assert len(taken(made, book).taken) == 1


def test_a_deleted_column_of_the_reviewer_changes_nothing(made: Made) -> None:
    made.decide(made.item("a.txt", "7 buổi"), "corrected", {"value": "8"})
    book = exported(made)
    book.sheet("items").delete_cols(book.column("items", "correction"))
    book.put("items", book.row("items", "2 lớp", file="a.txt"), decision="Chấp nhận")
    result = taken(made, book)
    assert reasons(result) == []
    assert [one.place.text for one in result.taken] == ["2 lớp"]


def test_numbers_and_days_are_what_they_are(made: Made) -> None:
    book = Book(exported(made).path)
    row = book.row("items", "1.250 phiếu", file="a.txt")
    cell = book.sheet("items").cell(row, book.column("items", "value"))
    assert (cell.value, cell.number_format) == (1250, "#,##0")
    day = book.sheet("items").cell(book.row("items", "ngày 05/02/2023"), book.column("items", "value"))
    assert (day.value, day.number_format) == (datetime.datetime(2023, 2, 5), "dd/mm/yyyy")
    year = book.get("items", book.row("items", "năm 2023"), "value")
    assert year == "2023"
    assert book.book["baocao"].sheet_state == "veryHidden"


def test_an_item_that_people_added_can_be_corrected_and_rejected(made: Made) -> None:
    report = made.report("a.txt").report
    place = {"kind": "count", "text": "BÁO CÁO", "sentence": "BÁO CÁO", "start": "0", "end": "7"}
    subject = Subject(
        SubjectKind.ADDITION, addition_id(report["report_id"], "count", 0, 7), report["report_id"], "a.txt"
    )
    said = added_row(report, place, corrected("count", {"value": "5", "unit": "việc"}, {}))
    with open_log(made.out) as log:
        log.append([Decision(subject, Action.ADD, "Bình", seen_of_addition(report), said)])
    book = exported(made)
    row = book.row("items", "BÁO CÁO")
    assert (book.get("items", row, "state"), book.get("items", row, "decision")) == ("Người rà soát thêm", "Chấp nhận")
    assert not taken(made, book, "Bình").taken
    book.put("items", row, decision=None, correction=6)
    assert [one.decision.action for one in taken(made, book, "Bình").taken] == [Action.ADD]
    made.run()
    assert [r["value"] for r in made.rows("consolidated") if r["rule"] == ADDED] == ["6"]
    again = exported(made)
    again.put("items", again.row("items", "BÁO CÁO"), decision="Bác bỏ")
    assert [one.decision.action for one in taken(made, again, "Bình").taken] == [Action.REJECT]
    made.run()
    assert not [r for r in made.rows("consolidated") if r["rule"] == ADDED]


def test_a_row_of_the_letterhead_agrees_with_a_correction_that_was_shown(made: Made) -> None:
    book = exported(made)
    row = book.row("reports", "a.txt", "file")
    book.put("reports", row, signer="Lê Văn A")
    taken(made, book, "An")
    second = exported(made)
    second.put("reports", row, decision="Chấp nhận")
    result = taken(made, second, "Bình")
    assert len(result.taken) == len(FIELDS)
    assert not [one for one in result.taken if one.disputed]
    assert [one.decision.said for one in result.taken if one.decision.said] == [{"signer": "Lê Văn A"}]


def test_a_number_that_a_spreadsheet_made_of_what_was_typed_is_that_number(made: Made) -> None:
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), correction=1.234)
    book.put("items", book.row("items", "2 lớp", file="a.txt"), correction=5)
    book.put("items", book.row("items", "1.250 phiếu", file="a.txt"), correction="1.234")
    assert not taken(made, book).refused
    made.run()
    values = {row["text"]: row["value"] for row in made.rows("consolidated") if row["review"] == "corrected"}
    assert values == {"7 buổi": "1.234", "2 lớp": "5", "1.250 phiếu": "1234"}
