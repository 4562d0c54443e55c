"""What an evaluation tells: segments, faults with what was found near, groups, and the faults as CSV."""

from __future__ import annotations

import csv
import json

import pytest

from pipeline.evaluation import FAULTS, FIGURES, evaluate, write_faults
from pipeline.problems import BaocaoError
from tests.evaluation.planted import COLUMNS

TEXT = "I. KẾT QUẢ\n\nQuý I mở 3 lớp.\n\nQuý II mở 4 lớp cho 90 người, trồng 5 cây.\n\nQuý III mở 6 lớp.\n"


def row(text, value, unit, rule="core/so_luong", **more):
    start = TEXT.index(text)
    given = {"file": "a.txt", "kind": "count", "text": text, "value": value, "unit": unit, "qualifier": "exact"}
    place = {"start": str(start), "end": str(start + len(text)), "page": "2", "sentence": text, "rule": rule}
    return dict.fromkeys(COLUMNS, "") | given | place | more


def count(text, value, unit, **more):
    return {"kind": "count", "text": text, "value": value, "unit": [unit], **more}


@pytest.fixture
def evaluated(tmp_path):
    def done(rows, items, first="", last="", report=None, files=True):
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        reports = [{"file": "a.txt", "format": "txt", "rule_pack": "core", "number": "5"}]
        for name, columns, told in (("consolidated", COLUMNS, rows), ("reports", list(reports[0]), reports)):
            with (out / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(told)
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        gold = {"id": "a", "segments": [{"from": first, "to": last, "items": items}]}
        path = tmp_path / "a.json"
        path.write_text(json.dumps(gold | ({"report": report} if report else {})), encoding="utf-8")
        return evaluate(out, [path], tmp_path if files else None)

    return done


ROWS = [row("3 lớp", "3", "lớp"), row("4 lớp", "4", "lớp"), row("90 người", "90", "người"), row("6 lớp", "6", "lớp")]
SECOND = [count("4 lớp", 4, "lớp"), count("90 người", 90, "người"), count("5 cây", 5, "cây")]


def test_a_segment_is_scored_inside_its_ends_alone(evaluated):
    total = evaluated(ROWS, SECOND, "QUÝ II mở 4", "trồng 5 cây.").total
    assert (total.strict["count"].hit, total.strict["count"].missed, total.strict["count"].wrong) == (2, 1, 0)
    assert [(f.state, f.text) for f in total.faults] == [("missed", "5 cây")]


def test_a_segment_that_is_not_in_the_text_is_a_fault(evaluated):
    total = evaluated(ROWS, SECOND, "Quý IV mở", "trồng 5 cây.").total
    assert [f.state for f in total.faults] == ["segment", "missed", "missed", "missed"]


def test_a_segment_needs_the_report_itself(evaluated):
    with pytest.raises(BaocaoError) as raised:
        evaluated(ROWS, SECOND, "Quý II", "5 cây.", files=False)
    assert raised.value.problem.code == "evaluate.no_files"


@pytest.mark.parametrize(
    ("items", "rows", "told"),
    [
        ([count("4 lớp", 4, "lớp")], ROWS[1:2], []),
        (
            [count("4 lớp", 4, "lớp")],
            [row("4 lớp", "4", "lớp cho")],
            [("missed", "4 · lớp", "4 · lớp cho"), ("wrong", "", "4 · lớp cho")],
        ),
        ([count("90 người", 90, "người")], ROWS[:1], [("missed", "90 · người", ""), ("wrong", "", "3 · lớp")]),
        (
            [count("4 lớp", 4, "lớp")],
            [row("mở 4 lớp", "400", "lớp")],
            [("missed", "4 · lớp", "400 · lớp"), ("wrong", "", "400 · lớp")],
        ),
        ([count("4 lớp", 4, "lớp", optional=True)], [], []),
        ([count("4 lớp", 4, "lớp", optional=True)], ROWS[1:2], []),
        (
            [{"kind": "activity", "value": "training", "anchor": "mở 4 lớp", "status": "done"}],
            [row("Quý II mở 4 lớp", "meeting", "", kind="activity", status="done", qualifier="")],
            [("missed", "training · done", "meeting · done"), ("wrong", "", "meeting · done")],
        ),
    ],
)
def test_faults_say_what_was_wanted_and_what_was_found(evaluated, items, rows, told):
    faults = evaluated(rows, items).total.faults
    assert [(f.state, f.wanted, f.found) for f in faults] == told
    assert all((f.file, f.rule, f.page) == ("a.txt", "core/so_luong", "2") for f in faults if f.found)


def test_attributes_and_report_fields_are_told(evaluated):
    number = row("Quý I", "5/KH-A", "", kind="document_number", issued_date="2024-01-02", qualifier="")
    item = {"kind": "document_number", "text": "5", "value": "05/KH-A", "value_alt": ["5/KH-A"]}
    total = evaluated([number], [item | {"issued_date": "2024-01-03"}], report={"number": "6", "signer": "A"}).total
    told = [(f.state, f.kind, f.wanted, f.found) for f in total.faults]
    assert told == [
        ("field", "number", "6", "5"),
        ("field", "signer", "A", ""),
        ("attribute", "issued_date", "2024-01-03", "2024-01-02"),
    ]
    assert (total.figure("document_number"), total.figure("issued_date"), total.figure("report_fields")) == (1, 0, 0)


def test_a_figure_that_nothing_is_measured_by_is_none(evaluated):
    total = evaluated(ROWS, []).total
    assert {name: total.figure(name) for name in FIGURES if total.figure(name) is not None} == dict.fromkeys(
        ("all", "count", "count.precision", "count.recall", "count.loose"), 0.0
    )


def test_a_report_that_the_run_lacks_is_told_and_all_of_it_missed(evaluated, tmp_path):
    evaluated(ROWS, [])
    gold = {"id": "b", "report": {"number": "6"}, "segments": [{"from": "", "to": "", "items": SECOND}]}
    (tmp_path / "b.json").write_text(json.dumps(gold), encoding="utf-8")
    evaluation = evaluate(tmp_path / "out", [tmp_path / "a.json", tmp_path / "b.json"])
    assert [f.state for f in evaluation.total.faults if f.file == "b"] == ["field", "report", *["missed"] * 3]
    assert {name: score.strict["count"].missed for name, score in evaluation.packs.items()} == {"core": 0, "": 3}


def test_tables_that_are_not_there_are_told(tmp_path):
    (tmp_path / "a.json").write_text('{"id": "a", "segments": []}', encoding="utf-8")
    with pytest.raises(BaocaoError) as raised:
        evaluate(tmp_path, [tmp_path / "a.json"])
    assert raised.value.problem.code == "evaluate.no_tables"


def test_faults_are_written_as_a_table_that_no_spreadsheet_runs(evaluated, tmp_path):
    faults = evaluated([row("3 lớp", "=3", "lớp")], []).total.faults
    write_faults(tmp_path / "new" / "faults.csv", faults)
    data = (tmp_path / "new" / "faults.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    [told] = csv.DictReader(data.decode("utf-8-sig").splitlines())
    assert list(told) == FAULTS.names
    assert (told["state"], told["found"], told["start"]) == ("wrong", "'=3 · lớp", str(TEXT.index("3 lớp")))
    (tmp_path / "taken").mkdir()
    with pytest.raises(BaocaoError) as raised:
        write_faults(tmp_path / "taken", faults)
    assert raised.value.problem.code == "run.output"
