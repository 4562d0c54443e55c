"""What a change of rules did, over small reports: each kind of change, and none where there is none."""

from __future__ import annotations

import csv
import shutil

import pytest

from pipeline.evaluation import CHANGES, compare, write_changes
from pipeline.evaluation.outputs import read_output
from pipeline.problems import BaocaoError
from tests.decisions.making import REPORT, Made
from tests.evaluation.market import INDICATOR, LOTS, MARKETS, NO_HOUSEHOLDS, REPORTS, UNITS, run_with


def told(change):
    moves = "; ".join(f"{move.column}: {move.before} → {move.after}" for move in change.moves)
    return change.state, change.kind, change.file, change.name or change.text, moves


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Return the output folder of a run with the rules before any change; it is for reading alone."""
    return run_with(tmp_path_factory.mktemp("before"), "before")


def test_the_same_rules_change_nothing(tmp_path, before):
    again = run_with(tmp_path, "again", lang="en")
    assert compare(before, again).changes == compare(before, before).changes == ()
    assert compare(before, again).compared == 2


def test_a_new_unit_alters_the_items_that_it_makes_narrower(tmp_path, before):
    changes = compare(before, run_with(tmp_path, "after", units=UNITS + "gánh,thing,\n")).changes
    moves = "text: {0} gánh măng → {0} gánh; unit: gánh măng → gánh; object:  → măng"
    assert [told(change) for change in changes] == [
        ("altered", "count", "quy1.txt", "18 gánh", moves.format(18)),
        ("altered", "count", "quy2.txt", "25 gánh", moves.format(25)),
    ]
    assert {(change.rule_before, change.rule_after, change.group) for change in changes} == {("core/so_luong",) * 3}
    assert [change.sentence[change.at : change.at + len(change.text)] for change in changes] == ["18 gánh", "25 gánh"]


def test_another_rule_for_the_same_item_is_told_as_that_alone(tmp_path, before):
    changes = compare(before, run_with(tmp_path, "after", markets=MARKETS)).changes
    assert [told(change) for change in changes] == [
        ("altered", "count", "quy1.txt", "14 phiên chợ", "rule: core/so_luong → cho_phien/phien"),
        ("altered", "count", "quy2.txt", "11 phiên chợ", "rule: core/so_luong → cho_phien/phien"),
    ]
    assert all(change.by_rule_alone and change.group == "cho_phien/phien" for change in changes)


def test_a_rule_of_higher_priority_takes_items_away(tmp_path, before):
    after = run_with(tmp_path, "after", households=NO_HOUSEHOLDS)
    (lost,) = compare(before, after).changes
    (gained,) = compare(after, before).changes
    assert told(lost)[:4] == ("lost", "count", "quy1.txt", "12 hộ")
    assert told(gained)[:4] == ("gained", "count", "quy1.txt", "12 hộ")
    assert "unit: hộ → " in told(lost)[4] and "unit:  → hộ" in told(gained)[4]
    assert (lost.rule_before, lost.rule_after, lost.group) == ("core/so_luong", "", "core/so_luong")
    assert (gained.rule_before, gained.rule_after, gained.group) == ("", "core/so_luong", "core/so_luong")


def test_numerals_explained_now_and_no_more(tmp_path, before):
    after = run_with(tmp_path, "after", lots=LOTS)
    forth, back = compare(before, after).changes, compare(after, before).changes
    assert {change.kind for change in forth} == {"problem"}
    assert [(change.state, change.name, change.text) for change in forth] == [
        ("lost", "number.unexplained", digit) for digit in ("7", "8", "9")
    ]
    assert [(change.state, change.start) for change in back] == [("gained", change.start) for change in forth]
    assert [change.sentence[change.at : change.at + 2] for change in forth] == ["7x", "8y", "9 "]
    assert all(change.rule_before == change.rule_after == "" for change in forth), "a named numeral is no item"


def test_a_problem_names_the_rule_whose_item_stands_there(tmp_path, before):
    dimensions = """rules:
  - id: lo
    finds: count
    title: Lô
    pattern: 'lô (?P<n>\\d+)x\\d+y\\d+'
    unit: none
    examples: [{text: 'lô 5x3y2'}]
    rejects: ['5x3y2']
"""
    after = run_with(tmp_path, "after", lots=dimensions)
    gone = [change for change in compare(before, after).changes if change.kind == "problem"]
    assert [(change.text, change.rule_before, change.rule_after) for change in gone] == [
        ("7", "", "cho_phien/lo"),
        ("8", "", "cho_phien/lo"),
        ("9", "", "cho_phien/lo"),
    ]


def test_indicators_and_fields_of_reports(tmp_path, before):
    after = run_with(tmp_path, "after", indicator=INDICATOR)
    wanted = "label:  → Số phiên chợ; value:  → {0}; unit:  → phiên chợ; qualifier:  → exact; status:  → done"
    assert [told(change) for change in compare(before, after).changes] == [
        ("gained", "indicator", "quy1.txt", "so_phien", f"{wanted.format(14)}; item_ids:  → 14 phiên chợ"),
        ("gained", "indicator", "quy2.txt", "so_phien", f"{wanted.format(11)}; item_ids:  → 11 phiên chợ"),
    ]
    table = after / "reports.csv"
    table.write_text(table.read_text(encoding="utf-8-sig").replace("2024-01-01", ""), encoding="utf-8-sig")
    moved = [change for change in compare(before, after).changes if change.kind == "field"]
    assert [told(change) for change in moved] == [
        ("lost", "field", "quy1.txt", "period_start", "period_start: 2024-01-01 → ")
    ]


def test_an_id_that_moved_with_its_item_is_no_move(tmp_path):
    """The total is narrower once «gánh» is a unit, so its id is another one; its part still belongs to it."""
    reports = {"a.txt": "BÁO CÁO\nKết quả\n\nI. KẾT QUẢ\n\nChợ đã thu 25 gánh măng, trong đó có 9 gánh măng đắng.\n"}
    before = run_with(tmp_path, "before", reports=reports)
    after = run_with(tmp_path, "after", units=UNITS + "gánh,thing,\n", reports=reports)
    was, now = (read_output(out).items["a.txt"][-1]["part_of"] for out in (before, after))
    assert was and now and was != now
    changes = compare(before, after).changes
    assert [change.text for change in changes] == ["25 gánh", "9 gánh"]
    assert "part_of" not in {move.column for change in changes for move in change.moves}


def test_reports_in_one_run_only_and_other_contents_are_told_apart(tmp_path, before):
    reports = {"quy1.txt": REPORTS["quy1.txt"].replace("14", "15"), "quy2.txt": REPORTS["quy2.txt"]}
    more = run_with(tmp_path, "more", reports=reports | {"quy3.txt": REPORTS["quy1.txt"]})
    comparison = compare(before, more)
    assert comparison.compared == 1
    assert [told(change)[:3] for change in comparison.changes] == [
        ("altered", "report", "quy1.txt"),
        ("gained", "report", "quy3.txt"),
    ]
    assert [told(change)[:3] for change in compare(more, before).changes][1] == ("lost", "report", "quy3.txt")


def test_folders_that_cannot_be_compared(tmp_path, before):
    other = run_with(tmp_path, "other", reports={"x.txt": REPORTS["quy2.txt"]})
    cases = [(before, other, "evaluate.no_common"), (before, tmp_path, "evaluate.no_tables")]
    for one, two, code in cases:
        with pytest.raises(BaocaoError) as fault:
            compare(one, two)
        assert fault.value.problem.code == code


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [(",rule,", ",rules,", "rule"), (",85,97,", ",tám lăm,97,", "start")],
)
def test_a_table_that_was_tampered_with_is_refused(tmp_path, before, old, new, column):
    out = shutil.copytree(before, tmp_path / "out")
    table = out / "consolidated.csv"
    text = table.read_text(encoding="utf-8-sig")
    assert old in text
    table.write_text(text.replace(old, new), encoding="utf-8-sig")
    with pytest.raises(BaocaoError) as fault:
        compare(before, out)
    assert fault.value.problem.code == "evaluate.columns"
    assert column in dict(fault.value.problem.detail)["columns"]


def test_all_changes_are_written_as_a_table(tmp_path, before):
    after = run_with(tmp_path, "after", units=UNITS + "gánh,thing,\n", lots=LOTS)
    changes = compare(before, after).changes
    write_changes(tmp_path / "new" / "changes.csv", changes)
    with (tmp_path / "new" / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == CHANGES.names
    assert [(row["state"], row["kind"], row["text"]) for row in rows] == [
        ("altered", "count", "18 gánh"),
        ("lost", "problem", "7"),
        ("lost", "problem", "8"),
        ("lost", "problem", "9"),
        ("altered", "count", "25 gánh"),
    ]
    assert rows[0]["columns"] == "text; unit; object"
    assert rows[0]["before"] == "text=18 gánh măng; unit=gánh măng"
    assert rows[0]["after"] == "text=18 gánh; unit=gánh; object=măng"


def test_the_mark_is_at_the_mention_itself(tmp_path, before):
    """Of two «12» in a sentence the one that the item is."""
    after = run_with(tmp_path, "after", households=NO_HOUSEHOLDS.replace("hộ(?!i)", "bản").replace("3 hộ'", "3 bản'"))
    (lost,) = compare(before, after).changes
    assert lost.sentence[lost.at :].startswith("12 bản")


def test_what_people_decided_is_no_change_of_the_rules(tmp_path):
    made = Made(tmp_path)
    made.write("a.txt", REPORT.format(n=5))
    made.run()
    shutil.copytree(made.out, tmp_path / "before")
    made.decide(made.item("a.txt", "2 lớp"), "corrected", {"value": "3", "unit": "khóa"})
    made.decide(made.item("a.txt", "7 buổi"), "rejected")
    made.run()
    assert {row["review"] for row in made.rows("consolidated")} == {"", "corrected", "rejected"}
    assert compare(tmp_path / "before", made.out).changes == ()
    assert compare(made.out, tmp_path / "before").changes == ()
