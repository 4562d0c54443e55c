"""The shipped rules prove themselves: every example gives its item, no reject gives any."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.extract.prove import Failure, prove
from pipeline.rulebook import Rule, load_pack, shipped_packs
from pipeline.rulebook.idle import find_idle
from pipeline.text.fold import fold

PACKS = shipped_packs()
ROOT = Path(__file__).parents[1]
RULES = [rule for name in PACKS for rule in load_pack(name).rules() if rule.id.startswith(f"{name}/")]


def shown(failures: list[Failure]) -> str:
    return "\n".join(f"{f.place}: {f.rule}: «{f.text}»: {f.reason} {f.wanted} {f.found}" for f in failures)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_proves_its_examples(name: str) -> None:
    failures = list(prove(load_pack(name)))
    assert not failures, f"{len(failures)} proofs fail:\n{shown(failures)}"


@pytest.mark.parametrize("name", PACKS)
def test_rule_ids_are_unique(name: str) -> None:
    counts = Counter(rule.id for rule in load_pack(name).rules())
    assert counts
    assert [rule_id for rule_id, times in counts.items() if times > 1] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_finds_and_proves_it(rule: Rule) -> None:
    assert rule.title.strip()
    assert rule.why.strip()
    assert rule.examples and all(example.told.strip() for example in rule.examples)
    assert rule.rejects and all(reject.told.strip() for reject in rule.rejects)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_an_example_that_gives_an_item_says_which(rule: Rule) -> None:
    if rule.kind != "no_item":
        assert [example.told for example in rule.examples if not example.expected] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_nothing_of_a_rule_is_idle(rule: Rule) -> None:
    assert [idle.source for idle in find_idle(rule)] == []


@pytest.mark.parametrize("name", PACKS)
def test_indicators_are_unique_and_of_known_activities(name: str) -> None:
    pack = load_pack(name)
    assert [c for c, times in Counter(i.code for i in pack.indicators).items() if times > 1] == []
    wanted = {code for indicator in pack.indicators for code in indicator.activities}
    assert wanted <= set(pack.vocabulary.activity_types)


MEANINGS = {
    "agencies.csv": ("code", ("name",)),
    "units.csv": ("unit", ("kind",)),
    "activity_types.csv": ("code", ("name_vi", "name_en")),
    "document_types.csv": ("name", ()),
}
TABLES = sorted((ROOT / "rules").glob("*/vocabulary/*.csv"))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.relative_to(ROOT / "rules").as_posix())
def test_a_vocabulary_gives_each_entry_one_meaning(table: Path) -> None:
    """Of two rows that fold to one key the later wins, so they must say the same."""
    key, columns = MEANINGS[table.name]
    meanings: dict[str, set[tuple[str, ...]]] = {}
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            meanings.setdefault(fold(row[key]), set()).add(tuple(row[column] for column in columns))
    assert meanings and "" not in meanings
    assert {entry: said for entry, said in meanings.items() if len(said) > 1} == {}


# Planted faults: prove must be able to fail

PLANTED = """\
rules:
  - id: thung
    finds: count
    title: Số thúng
    pattern: '(?P<n>\\d+)(?= thúng)'
    unit: none
    priority: 50
    examples:
      - {text: nhận 3 thúng, value: '3'}
      - {text: nhận 3 thúng, value: '4'}
      - {text: nhận 3 rổ, value: '3'}
      - {text: nhận 3 thúng, valeu: '3'}
      - {text: nhận 3 thúng, problem: date.unreadable}
    rejects:
      - nhận 3 rổ
      - nhận 5 thúng
  - id: nhay_mua
    finds: activity
    activity: meeting
    title: Nhảy múa
    phrases: [nhảy múa]
    examples:
      - {text: Sở đã nhảy múa., value: meeting, status: done}
      - {text: Sở đã nhảy múa., value: meeting, role: plan, status: planned}
      - {text: Sở đã nhảy múa., value: meeting, status: none}
      - {text: Sở đã ca hát., value: meeting}
    rejects: [Sở đã ca hát., Sở đã nhảy múa.]
"""


def test_wrong_examples_are_reported(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("id: thu\ntitle: Thử\nversion: '1'\nextends: [core]\n", encoding="utf-8")
    (tmp_path / "planted.yaml").write_text(PLANTED, encoding="utf-8")
    failures = [f for f in prove(load_pack(str(tmp_path))) if f.rule.startswith("thu/")]
    here = tmp_path / "planted.yaml"
    assert [(f.rule, f.place, f.text) for f in failures] == [
        ("thu/thung", f"{here}:10", "nhận 3 thúng"),
        ("thu/thung", f"{here}:11", "nhận 3 rổ"),
        ("thu/thung", f"{here}:12", "nhận 3 thúng"),
        ("thu/thung", f"{here}:13", "nhận 3 thúng"),
        ("thu/thung", f"{here}:16", "nhận 5 thúng"),
        ("thu/nhay_mua", f"{here}:25", "Sở đã nhảy múa."),
        ("thu/nhay_mua", f"{here}:26", "Sở đã ca hát."),
        ("thu/nhay_mua", f"{here}:27", "Sở đã nhảy múa."),
    ], shown(failures)
    assert [(f.reason, f.wanted, f.found) for f in failures] == [
        ("columns", "value: '4'", "value: '3'"),
        ("nothing", "", ""),
        ("no_column", "valeu", "value"),
        ("problem", "date.unreadable", ""),
        ("taken", "", "5"),
        ("columns", "value: meeting, status: none", "value: meeting, status: done"),
        ("nothing", "", ""),
        ("taken", "", "nhảy múa"),
    ]
