"""What each rule of a pack does: from tables, from reports, and from both."""

from __future__ import annotations

import csv
import shutil

import pytest

from pipeline.batch import gather_usage, owner_of
from pipeline.evaluation import USAGE, is_output, usage_of_output, usage_of_reports, write_usage
from pipeline.evaluation.usage import most_rejected
from tests.evaluation.fair import Fair
from tests.evaluation.market import LOTS, MARKETS, run_with


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return where a run was: `in_out` has its reports, `pack_out` its pack, and `out` its tables."""
    folder = tmp_path_factory.mktemp("made")
    run_with(folder, "out", markets=MARKETS, lots=LOTS)
    return folder


@pytest.fixture(scope="module")
def pack(made):
    return str(made / "pack_out")


@pytest.fixture(scope="module")
def uses(made, pack):
    return gather_usage(made / "in_out", pack)


def reviewed(tmp_path, ran, *verdicts):
    """Return a copy of the tables in `ran` with the reviews of what `core/so_luong` made filled in, in order."""
    out = shutil.copytree(ran, tmp_path / "reviewed")
    with (out / "consolidated.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, verdict in zip([r for r in rows if r["rule"] == "core/so_luong"], verdicts, strict=False):
        row["review"] = verdict
    with (out / "consolidated.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return out


def by_rule(usage):
    return {rule.rule: rule for rule in usage.rules}


def test_tables_tell_hits_files_reviews_and_what_never_fired(tmp_path, made, pack):
    out = reviewed(tmp_path, made / "out", "accepted", "accepted", "corrected", "rejected")
    usage = usage_of_output(out, pack)
    rules = by_rule(usage)
    assert (usage.files, usage.packs, usage.unknown, usage.other) == (2, ("cho_phien",), (), ())
    assert (rules["cho_phien/phien"].hits, rules["cho_phien/phien"].files) == (2, 2)
    counts = rules["core/so_luong"]
    assert (counts.hits, counts.files, counts.title) == (7, 2, "Số và đơn vị đứng sau")
    assert (counts.accepted, counts.corrected, counts.rejected, counts.reviewed) == (2, 1, 1, 4)
    assert rules["core/tap_huan"].hits == 0, "of the inherited rules too it is known that they never fired"
    assert rules["cho_phien/ma_lo"].hits is None, "a named numeral has no row"
    assert all(rule.share is None and rule.ratio is None for rule in usage.rules)
    assert [rule.rule for rule in usage.rules][:2] == ["core/so_luong", "cho_phien/phien"]


def test_a_pack_that_is_not_named_is_said_to_be_unknown(made):
    usage = usage_of_output(made / "out")
    assert usage.unknown == ("cho_phien",)
    assert {rule.hits for rule in usage.rules}.isdisjoint({0, None})


def test_rules_that_were_changed_since_the_run_are_told(tmp_path, made):
    changed = run_with(tmp_path, "changed", markets=MARKETS)
    assert usage_of_output(made / "out", str(tmp_path / "pack_changed")).other == ("cho_phien",)
    assert usage_of_output(changed, str(tmp_path / "pack_changed")).other == ()


def test_reports_tell_named_numerals_and_times_as_well(made, pack, uses):
    usage = usage_of_reports(uses, pack)
    rules, of_tables = by_rule(usage), by_rule(usage_of_output(made / "out", pack))
    assert usage.files == 2
    assert (rules["cho_phien/ma_lo"].hits, rules["cho_phien/ma_lo"].files) == (1, 1)
    assert all(rules[name].hits == rule.hits for name, rule in of_tables.items() if rule.kind != "no_item")
    shares = {name: rule.share for name, rule in rules.items() if rule.share is not None}
    assert usage.phrase_share is not None
    assert sum(shares.values()) + usage.phrase_share == pytest.approx(1)
    assert {rules[name].kind for name in shares} == {"document_number", "date", "count", "no_item"}
    assert all(rule.ratio is None for rule in usage.rules if rule.kind == "activity"), "phrases are found together"


def test_tables_with_their_reports_tell_all(tmp_path, made, pack, uses):
    usage = usage_of_output(reviewed(tmp_path, made / "out", "rejected"), pack, uses)
    rules = by_rule(usage)
    assert usage.files == 2
    assert (rules["core/so_luong"].hits, rules["core/so_luong"].files, rules["core/so_luong"].rejected) == (7, 2, 1)
    assert rules["cho_phien/ma_lo"].hits == 1
    assert (rules["cho_phien/phien"].share or 0) > 0


def test_a_slow_pattern_stands_out(tmp_path):
    slow = """rules:
  - id: cham
    finds: no_item
    title: Mẫu chậm
    pattern: '(\\w+ )*\\w+ [hk]{2}(?P<at>\\d+)'
    examples: [{text: 'còn hai kh3'}]
    rejects: ['3 còn']
"""
    run_with(tmp_path, "out", slow=slow)
    pack = str(tmp_path / "pack_out")
    rules = by_rule(usage_of_reports(gather_usage(tmp_path / "in_out", pack), pack))
    assert max(rules.values(), key=lambda rule: rule.share or 0).rule == "cho_phien/cham"
    assert rules["cho_phien/cham"].ratio > 3


def test_a_file_that_cannot_be_read_costs_no_other(tmp_path, made, pack):
    reports = shutil.copytree(made / "in_out", tmp_path / "in")
    (reports / "bad.docx").touch()
    usage = usage_of_reports(gather_usage(reports, pack), pack)
    assert [file for file, error in usage.unread if error] == ["bad.docx"]
    assert by_rule(usage)["core/so_luong"].hits == 7


@pytest.mark.parametrize(
    ("span", "owner"),
    [((4, 6), "narrow"), ((0, 3), "wide"), ((8, 9), "wide"), ((10, 12), ""), ((5, 5), "narrow")],
)
def test_a_problem_belongs_to_the_narrowest_item_that_stands_there(span, owner):
    assert owner_of(span, [((0, 10), "wide"), ((4, 6), "narrow"), ((12, 14), "after")]) == owner


def test_problems_are_counted_for_the_rule_whose_item_they_are_about(tmp_path):
    report = "BÁO CÁO\nKết quả\n\nI. KẾT QUẢ\n\nChợ có 25 gian hàng, trong đó có 90 gian hàng măng.\n"
    out = run_with(tmp_path, "out", reports={"a.txt": report})
    with (out / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        placed = [row["code"] for row in csv.DictReader(file) if row["start"]]
    assert placed, "a part is more than its whole"
    assert by_rule(usage_of_output(out))["core/so_luong"].problems == len(placed)
    pack = str(tmp_path / "pack_out")
    of_reports = usage_of_reports(gather_usage(tmp_path / "in_out", pack), pack)
    assert by_rule(of_reports)["core/so_luong"].problems == len(placed)


def test_all_rules_are_written_as_a_table(tmp_path, made, pack, uses):
    usage = usage_of_output(made / "out", pack, uses)
    write_usage(tmp_path / "usage.csv", usage)
    with (tmp_path / "usage.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == USAGE.names
    assert [row["rule"] for row in rows] == [*(rule.rule for rule in usage.rules), ""]
    assert sum(float(row["time_share"] or 0) for row in rows) == pytest.approx(1, abs=0.02)


def test_results_and_reports_are_told_apart(made):
    assert is_output(made / "out")
    assert not is_output(made / "in_out")
    assert not is_output(made / "nowhere")


@pytest.fixture
def fair(tmp_path):
    return Fair.run(tmp_path)


def test_decisions_made_since_the_run_count_with_their_shares(fair):
    for text, action, said in (
        ("14 phiên chợ", "corrected", {"value": "41"}),
        ("3 phiên chợ", "accepted", None),
        ("5 phiên chợ", "rejected", None),
        ("20 phiên chợ", "rejected", None),
    ):
        fair.decide(fair.item(text), action, said)
    usage = usage_of_output(fair.out, str(fair.pack))
    markets = by_rule(usage)["cho_phien/phien"]
    assert (markets.hits, markets.accepted, markets.corrected, markets.rejected) == (4, 1, 1, 2)
    assert [markets.part(verdict) for verdict in ("accepted", "corrected", "rejected")] == [0.25, 0.25, 0.5]
    assert by_rule(usage)["cho_phien/day_nghe"].part("rejected") is None, "nobody looked at it"


def test_what_reviewers_added_is_missed_by_its_kind_and_no_hit_of_any_rule(fair, tmp_path):
    before = usage_of_output(fair.out, str(fair.pack))
    assert before.missed == ()
    fair.add("count", "9", "Bán ở gian số lượng 9.", {"value": "9"})
    fair.add("date", "9", "Bán ngày 9/9/2024.", {"value": "9/9/2024"})
    usage = usage_of_output(fair.out, str(fair.pack))
    assert usage.missed == (("date", 1), ("count", 1))
    assert {rule.rule: rule.hits for rule in usage.rules} == {rule.rule: rule.hits for rule in before.rules}
    write_usage(tmp_path / "usage.csv", usage)
    with (tmp_path / "usage.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["kind"], row["missed"], row["hits"]) for row in rows if row["rule"] == "review/added"] == [
        ("date", "1", ""),
        ("count", "1", ""),
    ]


def test_the_table_has_the_shares_of_what_was_reviewed(tmp_path, made, pack):
    usage = usage_of_output(reviewed(tmp_path, made / "out", "accepted", "accepted", "rejected"), pack)
    write_usage(tmp_path / "usage.csv", usage)
    with (tmp_path / "usage.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["rule"]: row for row in csv.DictReader(file)}
    shares = [rows["core/so_luong"][f"{verdict}_share"] for verdict in ("accepted", "corrected", "rejected")]
    assert shares == ["0.6667", "0", "0.3333"]
    assert rows["cho_phien/phien"]["rejected_share"] == ""


def test_the_rules_that_are_rejected_most_can_come_first(fair):
    fair.decide(fair.item("dạy nghề chợ"), "rejected")
    fair.decide(fair.item("14 phiên chợ"), "rejected")
    fair.decide(fair.item("3 phiên chợ"), "accepted")
    usage = usage_of_output(fair.out, str(fair.pack))
    ranked = [rule.rule for rule in most_rejected(usage).rules]
    assert usage.rules[0].rule == "cho_phien/phien"
    assert ranked[:2] == ["cho_phien/day_nghe", "cho_phien/phien"], "of one rejected each, the greater part first"
    assert sorted(ranked) == sorted(rule.rule for rule in usage.rules)
