"""What can't be taken back from a workbook, and why; everything else in it is taken all the same."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.decisions import DecisionLog, open_log
from pipeline.problems import BaocaoError
from pipeline.workbook import take_workbook, write_workbook
from tests.decisions.making import REPORT, Made
from tests.workbook.books import entries, exported, reasons, taken


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"decision": "Chấp nhận", "correction": "8"}, "contradiction"),
        ({"decision": "Bác bỏ", "unit_correction": "lớp"}, "contradiction"),
        ({"decision": "Sửa"}, "no_correction"),
        ({"decision": "Sửa", "correction": "bảy"}, "value"),
        ({"decision": "Sửa", "correction": "7"}, "same_value"),
        ({"decision": "có lẽ"}, "no_choice"),
        ({"remark": "xem lại"}, "note_alone"),
        ({"decision": "Chấp nhận", "value": 8}, "accepts_edited"),
        ({"decision": "Chấp nhận", "item_id": "123456789012"}, "unknown_id"),
        ({"decision": "Chấp nhận", "report_id": "123456789012"}, "edited_id"),
        ({"decision": "Chấp nhận", "sentence": "Câu khác.", "text": "8 buổi"}, "mixed_up"),
    ],
)
def test_a_row_is_refused_and_the_others_are_taken(made: Made, cells: dict[str, object], reason: str) -> None:
    book = exported(made)
    row = book.row("items", "7 buổi", file="a.txt")
    book.put("items", row, **cells)
    book.put("items", book.row("items", "2 lớp", file="a.txt"), decision="Chấp nhận")
    result = taken(made, book)
    assert reasons(result) == [(row, reason)]
    assert [one.place.text for one in result.taken] == ["2 lớp"]
    assert entries(made) == 1


def test_a_unit_of_what_has_none_is_refused(made: Made) -> None:
    book = exported(made)
    row = book.row("items", "năm 2023", file="a.txt")
    book.put("items", row, unit_correction="năm")
    assert reasons(taken(made, book)) == [(row, "no_unit")]


def test_a_field_that_is_no_date_is_refused_and_the_others_are_taken(made: Made) -> None:
    book = exported(made)
    row = book.row("reports", "a.txt", "file")
    book.put("reports", row, date="hôm qua", signer="Lê Văn A")
    result = taken(made, book)
    assert reasons(result) == [(row, "value")]
    assert [one.decision.said for one in result.taken] == [{"signer": "Lê Văn A"}]


def test_an_emptied_decision_is_not_taken_back(made: Made) -> None:
    made.decide(made.item("a.txt", "7 buổi"), "accepted")
    book = exported(made)
    row = book.row("items", "7 buổi", file="a.txt")
    book.put("items", row, decision=None)
    assert reasons(taken(made, book)) == [(row, "emptied")]


def test_an_id_that_was_copied_from_another_row_is_refused(made: Made) -> None:
    book = exported(made)
    row, other = book.row("items", "7 buổi", file="a.txt"), book.row("items", "2 lớp", file="a.txt")
    book.put("items", row, decision="Chấp nhận", item_id=book.get("items", other, "item_id"))
    assert reasons(taken(made, book)) == [(row, "edited_id")]


def test_all_hidden_cells_of_another_row_do_not_make_it_that_row(made: Made) -> None:
    book = exported(made)
    row, other = book.row("items", "7 buổi", file="a.txt"), book.row("items", "1.250 phiếu", file="a.txt")
    for name in ("item_id", "report_id", "row_mark"):
        book.put("items", row, **{name: book.get("items", other, name)})
    book.put("items", row, decision="Chấp nhận")
    assert reasons(taken(made, book)) == [(row, "mixed_up")]


def test_rows_of_one_item_that_say_different_things_are_all_refused(made: Made) -> None:
    book = exported(made)
    sheet = book.sheet("items")
    row = book.row("items", "7 buổi", file="a.txt")
    book.put("items", row, decision="Chấp nhận")
    sheet.append([cell.value for cell in sheet[row]])
    assert len(taken(made, book, dry=True).taken) == 1  # twice the same
    book.put("items", sheet.max_row, decision="Bác bỏ")
    result = taken(made, book)
    assert reasons(result) == [(row, "duplicate"), (sheet.max_row, "duplicate")]
    assert entries(made) == 0


def test_a_row_that_somebody_added_is_passed_over_unless_something_is_decided_in_it(made: Made) -> None:
    book = exported(made)
    book.sheet("items").append(["Tổng cộng", 12])
    last = book.sheet("items").max_row
    assert reasons(taken(made, book)) == []
    book.put("items", last, decision="Chấp nhận")
    assert reasons(taken(made, book)) == [(last, "no_id")]


def test_a_workbook_of_another_run_is_refused_row_by_row(made: Made, tmp_path: Path) -> None:
    book = exported(made)
    row = book.row("items", "7 buổi", file="b.txt")
    book.put("items", row, decision="Chấp nhận")
    (made.folder / "b.txt").unlink()
    made.run()
    assert reasons(taken(made, book)) == [(row, "other_run")]


def test_what_the_machine_reads_otherwise_by_now_is_refused(made: Made) -> None:
    book = exported(made)
    row = book.row("items", "7 buổi", file="a.txt")
    book.put("items", row, decision="Chấp nhận")
    path = made.out / "consolidated.csv"
    text = path.read_text(encoding="utf-8-sig")
    line = next(line for line in text.splitlines() if "a.txt,count,7 buổi,7," in line)
    path.write_text(text.replace(line, line.replace("7 buổi,7,", "7 buổi,70,")), encoding="utf-8-sig")
    assert reasons(taken(made, book)) == [(row, "evidence")]
    path.write_text(text.replace(line + "\n", ""), encoding="utf-8-sig")
    assert reasons(taken(made, book)) == [(row, "gone")]


def test_an_own_decision_since_the_export_is_not_overruled_unasked(made: Made) -> None:
    book = exported(made)
    row = book.row("items", "7 buổi", file="a.txt")
    book.put("items", row, decision="Bác bỏ")
    made.decide(made.item("a.txt", "7 buổi"), "accepted", reviewer="An")
    assert reasons(taken(made, book, "An")) == [(row, "own_since")]
    assert [one.decision.action.value for one in taken(made, book, "An", overrule=True).taken] == ["rejected"]


def test_changed_evidence_is_told_and_has_no_effect(made: Made) -> None:
    book = exported(made)
    row = book.row("items", "7 buổi", file="a.txt")
    book.put("items", row, value=8)
    result = taken(made, book)
    assert [(one.place.row, one.refusal.detail) for one in result.ignored] == [(row, "value")]
    assert (result.taken, result.refused) == ([], [])


def test_what_is_no_workbook_is_told_plainly(made: Made, tmp_path: Path) -> None:
    text, empty, archive = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    text.write_text("không phải", encoding="utf-8")
    empty.write_bytes(b"")
    with zipfile.ZipFile(archive, "w") as made_up:
        made_up.writestr("a.txt", "a")
    ole = tmp_path / "d.xlsx"
    ole.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048))
    for path in (text, empty, archive, ole, tmp_path / "missing.xlsx", tmp_path):
        with pytest.raises(BaocaoError) as raised:
            take_workbook(made.out, path, "An")
        code = "workbook.unreadable" if path.exists() else "run.no_file"
        assert raised.value.problem.code == code, path


def test_a_cut_workbook_is_told_plainly(made: Made) -> None:
    book = exported(made)
    whole = book.path.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.999):
        book.path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(BaocaoError) as raised:
            take_workbook(made.out, book.path, "An")
        assert raised.value.problem.code == "workbook.unreadable"


def test_a_workbook_that_no_export_made_is_foreign(made: Made) -> None:
    book = exported(made)
    del book.book["baocao"]
    with pytest.raises(BaocaoError) as raised:
        taken(made, book)
    assert raised.value.problem.code == "workbook.foreign"
    book = exported(made)
    for name in ("Báo cáo", "Thông tin", "Vấn đề"):
        del book.book[name]
    with pytest.raises(BaocaoError) as raised:
        taken(made, book)
    assert raised.value.problem.code == "workbook.foreign"


def test_a_workbook_is_not_replaced_unasked_and_left_alone_by_a_failed_export(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"decisions")
    with pytest.raises(BaocaoError) as raised:
        write_workbook(made.out, path, "vi")
    assert raised.value.problem.code == "workbook.exists"
    (made.out / "consolidated.csv").unlink()
    with pytest.raises(BaocaoError) as raised:
        write_workbook(made.out, path, "vi", anew=True)
    assert raised.value.problem.code == "review.no_tables"
    assert path.read_bytes() == b"decisions"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".baocao")] == []


def test_a_place_that_can_not_be_written_is_told(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(path: Path, place: Path) -> None:
        raise PermissionError(13, "held open")

    monkeypatch.setattr("pipeline.workbook.writing.replace", held)
    with pytest.raises(BaocaoError) as raised:
        write_workbook(made.out, tmp_path / "book.xlsx", "vi")
    assert raised.value.problem.code == "run.output"
    assert not (tmp_path / "book.xlsx").exists()


def test_another_report_of_the_same_content_shares_its_decisions(made: Made) -> None:
    made.write("c.txt", REPORT.format(n=5))
    made.run()
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="c.txt"), decision="Chấp nhận")
    assert len(taken(made, book).taken) == 1
    made.run()
    assert {row["file"] for row in made.rows("consolidated") if row["review"] == "accepted"} == {"a.txt", "c.txt"}


def test_a_decision_at_the_same_moment_is_looked_at_again(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    book = exported(made)
    row, item = book.row("items", "7 buổi", file="a.txt"), made.item("a.txt", "7 buổi")
    book.put("items", row, decision="Bác bỏ")
    book.put("items", book.row("items", "2 lớp", file="a.txt"), decision="Chấp nhận")

    def opened_late(out: Path) -> DecisionLog:
        monkeypatch.undo()
        made.decide(item, "accepted", reviewer="An")  # in another window
        return open_log(out)

    monkeypatch.setattr("pipeline.workbook.taking.open_log", opened_late)
    result = taken(made, book, "An")
    assert reasons(result) == [(row, "own_since")]
    assert [one.place.text for one in result.taken] == ["2 lớp"]
    assert entries(made) == 2
