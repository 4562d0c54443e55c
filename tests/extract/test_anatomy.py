"""What a rule can say, each shown by a small pack: phrases, token patterns, contexts, given columns, hooks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import columns_of, passage
from pipeline.model import BlockKind
from pipeline.rulebook import Pack, RulesError, load_pack, read_pack
from pipeline.rulebook.pack import forget_packs

MANIFEST = "id: thu\ntitle: Thử\nversion: 0.1.0\nextends: [core]\n"
PROOFS = "    examples: [{text: x}]\n    rejects: [y]\n"


def pack_of(folder: Path, rules: str, manifest: str = "", **tables: str) -> Pack:
    (folder / "pack.yaml").write_text(MANIFEST + manifest, encoding="utf-8")
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    for name, text in tables.items():
        (folder / "vocabulary").mkdir(exist_ok=True)
        (folder / "vocabulary" / f"{name}.csv").write_text(text, encoding="utf-8")
    forget_packs()
    return load_pack(str(folder))


def rule(finds: str, keys: str, name: str = "a") -> str:
    return f"rules:\n  - id: {name}\n    finds: {finds}\n    title: T\n{keys}{PROOFS}"


def found(text: str, pack: Pack, role: str = "", rule_id: str = "thu/a") -> list[dict[str, str]]:
    extraction = extract(passage(text, role), pack)
    return [
        {**columns_of(item), "text": extraction.structure.document.text[item.start : item.end]}
        for item in extraction.items
        if item.rule == rule_id
    ]


def texts(text: str, pack: Pack, role: str = "") -> list[str]:
    return [item["text"] for item in found(text, pack, role)]


# Phrases

PHRASES = rule("count", "    phrases: ['mức nước: #', 'mức nước # vạch']\n    unit: none\n    priority: 9\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mức nước: 12.", ["12"]),
        ("Mức nước 7 vạch.", ["7 vạch"]),
        ("mức  nước 1.250 vạch", ["1.250 vạch"]),
        ("Mức nước cao 7 vạch.", []),
    ],
)
def test_a_number_in_phrases(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert texts(text, pack_of(tmp_path, PHRASES)) == expected


def test_phrases_that_are_no_items(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, rule("no_item", "    phrases: ['Cánh đồng số #']\n    priority: 1\n"))
    extraction = extract(passage("Thăm Cánh đồng số 8 và 3 xã."), pack)
    assert [c.rule for c in extraction.claims if c.kind != "no_item" or c.rule == "thu/a"] == ["thu/a", "core/so_luong"]


# Token patterns

TOKENS = """\
    tokens:
      - [đặt, {NORM: "#", PART: n}, {IS_ALPHA: yes, OP: "{1,2}", PART: unit}, báo động]
    unit: given
    priority: 9
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đã đặt 12 trạm báo động.", [("12", "trạm")]),
        ("Đã đặt 5 ụ đất báo động.", [("5", "ụ đất")]),
        ("Đã đặt 5 ụ, đất báo động.", []),
        ("Đã đặt trạm báo động.", []),
    ],
)
def test_parts_of_token_patterns(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    pack = pack_of(tmp_path, rule("count", TOKENS))
    assert [(item["value"], item["unit"]) for item in found(text, pack)] == expected


def test_token_patterns_of_activities(tmp_path: Path) -> None:
    keys = "    activity: training\n    tokens: [[mở, {IS_ALPHA: yes, OP: '?'}, {NORM: {IN: [trại, hội]}}, sáng tác]]\n"
    pack = pack_of(tmp_path, rule("activity", keys))
    for text, expected in (("Sở mở trại sáng tác.", 1), ("Sở mở các hội sáng tác.", 1), ("Sở mở hội hoa.", 0)):
        assert len(found(text, pack)) == expected, text


# Contexts

CONTEXTS = [
    ("role: [plan]", "Gặp 3 thúng.", "plan", True),
    ("role: [plan]", "Gặp 3 thúng.", "", False),
    ("not_role: [plan]", "Gặp 3 thúng.", "plan", False),
    ("section: [kết quả]", "Gặp 3 thúng.", "", True),
    ("section: [kiến nghị]", "Gặp 3 thúng.", "", False),
    ("not_section: [kết quả]", "Gặp 3 thúng.", "", False),
    ("scope: [paragraph]", "Gặp 3 thúng.", "", True),
    ("scope: [cell]", "Gặp 3 thúng.", "", False),
    ("after: [gặp]", "Gặp 3 thúng.", "", True),
    ("after: [gặp]", "Gặp đủ 3 thúng.", "", False),
    ("after: [gặp], within: 1", "Gặp đủ 3 thúng.", "", True),
    ("after: [gặp], within: 1", "Gặp, 3 thúng.", "", False),
    ("not_after: [mượn]", "Mượn 3 thúng.", "", False),
    ("before: [gạo]", "Gặp 3 thúng gạo.", "", True),
    ("before: [gạo], within: 2", "Gặp 3 thúng đầy những gạo.", "", True),
    ("before: [gạo], within: 1", "Gặp 3 thúng đầy những gạo.", "", False),
    ("not_before: [gạo]", "Gặp 3 thúng gạo.", "", False),
    ("sentence: [mùa]", "Gặp 3 thúng cuối mùa.", "", True),
    ("sentence: [mùa]", "Gặp 3 thúng. Cuối mùa.", "", False),
    ("without: [mùa]", "Gặp 3 thúng cuối mùa.", "", False),
]


@pytest.mark.parametrize(("where", "text", "role", "expected"), CONTEXTS)
def test_contexts(tmp_path: Path, where: str, text: str, role: str, expected: bool) -> None:
    pattern = f"    pattern: '(?P<n>\\d+) thúng'\n    unit: none\n    priority: 9\n    where: {{{where}}}\n"
    assert bool(texts(text, pack_of(tmp_path, rule("count", pattern)), role)) is expected


def test_a_context_holds_for_activities(tmp_path: Path) -> None:
    keys = "    activity: training\n    phrases: [đan thúng]\n    where: {sentence: [hợp tác xã]}\n"
    pack = pack_of(tmp_path, rule("activity", keys))
    assert len(found("Hợp tác xã đã đan thúng.", pack)) == 1
    extraction = extract(passage("Huyện đã đan thúng."), pack)
    assert [r.reason for r in extraction.refused if r.rule == "thu/a"] == ["where: sentence"]


# Given columns

GIVEN = [
    ("value: n * 12", {"value": "36"}),
    ("value: (n + 1) / 2, unit: đôi", {"value": "2", "unit": "đôi"}),
    ("total: n + 4", {"value": "3", "total": "7"}),
    ("object: 'thúng {loai}', qualifier: about", {"object": "thúng tre", "qualifier": "about"}),
    ("status: planned, change: increase", {"status": "planned", "change": "increase"}),
    ("activity_type: training", {"activity_type": "training"}),
]


@pytest.mark.parametrize(("gives", "expected"), GIVEN)
def test_columns_that_a_rule_gives(tmp_path: Path, gives: str, expected: dict[str, str]) -> None:
    keys = f"    pattern: '(?P<n>\\d+) thúng (?P<loai>\\w+)'\n    unit: none\n    priority: 9\n    gives: {{{gives}}}\n"
    (item,) = found("Gặp 3 thúng tre.", pack_of(tmp_path, rule("count", keys)))
    assert {key: item[key] for key in expected} == expected


def test_an_expression_without_a_value_is_a_problem(tmp_path: Path) -> None:
    keys = "    pattern: '(?P<n>\\d+) thúng'\n    unit: none\n    priority: 9\n    gives: {value: 1 / (n - 3)}\n"
    extraction = extract(passage("Gặp 3 thúng."), pack_of(tmp_path, rule("count", keys)))
    assert [p.code for p in extraction.problems] == ["number.unreadable"]


def test_a_date_and_a_number_given(tmp_path: Path) -> None:
    rules = rule("date", "    pattern: 'vụ xuân (?P<y>\\d{4})'\n    gives: {value: '{y}-33'}\n")
    assert [item["value"] for item in found("Vụ xuân 2024 được mùa.", pack_of(tmp_path, rules))] == ["2024-33"]


@pytest.mark.parametrize(
    ("gives", "code"),
    [
        ("value: n + m", "rules.bad_expression"),
        ("value: open(n)", "rules.bad_expression"),
        ("value: n.real", "rules.bad_expression"),
        ("object: '{m}'", "rules.unknown_value"),
        ("qualifier: maybe", "rules.unknown_value"),
        ("activity_type: none_such", "rules.unknown_value"),
        ("colour: red", "rules.unknown_key"),
    ],
)
def test_faults_of_given_columns(tmp_path: Path, gives: str, code: str) -> None:
    keys = f"    pattern: '(?P<n>\\d+) thúng'\n    unit: none\n    gives: {{{gives}}}\n"
    with pytest.raises(RulesError) as error:
        pack_of(tmp_path, rule("count", keys))
    assert (error.value.problem.code, error.value.path.name, error.value.line) == (code, "rules.yaml", 7)


# Hooks, of installed packages only

HOOK = "    pattern: '(?P<n>\\d+) thúng'\n    unit: none\n    priority: 9\n    hook: thung_rules.hooks:read\n"
CODE = """\
def read(found):
    if found.parts["n"] == "13":
        return None
    if found.parts["n"] == "99":
        raise ValueError("quá nhiều")
    return {"value": str(int(found.columns["value"]) * 20), "unit": "bát"}
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    """A package with a pack and a hook, found by its entry point like one that pip installed."""
    package, info = tmp_path / "thung_rules", tmp_path / "thung_rules-1.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('not to be run to find the pack')\n")
    (package / "hooks.py").write_text(CODE, encoding="utf-8")
    (package / "pack.yaml").write_text(MANIFEST.replace("id: thu", "id: thung"), encoding="utf-8")
    (package / "rules.yaml").write_text(rule("count", HOOK), encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: thung-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[baocao.rules]\nthung = thung_rules\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    from pipeline.rulebook.places import installed_packs

    installed_packs.cache_clear()
    forget_packs()
    yield load_pack("thung")
    installed_packs.cache_clear()
    for name in [name for name in sys.modules if name.startswith("thung_rules")]:
        del sys.modules[name]


def test_a_hook_changes_refuses_and_fails(installed: Pack) -> None:
    (Path(installed.folder) / "__init__.py").write_text("")
    (item,) = found("Gặp 3 thúng.", installed, rule_id="thung/a")
    assert (item["value"], item["unit"]) == ("60", "bát")
    assert found("Gặp 13 thúng.", installed, rule_id="thung/a") == []
    failed = extract(passage("Gặp 99 thúng và 3 xã."), installed)
    (problem,) = (p for p in failed.problems if p.code == "rules.hook_failed")
    assert "quá nhiều" in dict(problem.detail)["reason"]
    assert [item.value for item in failed.items if item.rule.startswith("core/")] == [99, 3]  # read without the hook


def test_an_installed_pack_is_among_those_that_reports_choose_from(installed: Pack) -> None:
    from pipeline.rulebook import default_packs

    assert default_packs()[0] == "core" and "thung" in default_packs()


def test_a_folder_runs_no_code(tmp_path: Path) -> None:
    with pytest.raises(RulesError) as error:
        pack_of(tmp_path, rule("count", HOOK))
    assert (error.value.problem.code, error.value.line) == ("rules.hook_refused", 8)


# Overriding, disabling


def test_a_rule_takes_the_place_of_one_below(tmp_path: Path) -> None:
    keys = "    activity: meeting\n    phrases: [hội ý nhanh]\n    overrides: core/hop\n"
    pack = pack_of(tmp_path, rule("activity", keys))
    ids = [r.id for r in pack.rules()]
    assert "thu/a" in ids and "core/hop" not in ids and "core/hoi_nghi" in ids


DISABLE = """\
disable:
  rules: [core/hop]
  indicators: [an_pham]
  units: [cuốn]
  words: {planned: [sẽ]}
columns: [hoi_nghi]
"""


def test_what_is_disabled_is_not_inherited(tmp_path: Path) -> None:
    pack, core = pack_of(tmp_path, "words: {planned: [nay mai]}\n", DISABLE), load_pack("core")
    assert {r.id for r in core.rules()} - {r.id for r in pack.rules()} == {"core/hop"}
    assert {i.code for i in core.indicators} - {i.code for i in pack.indicators} == {"an_pham"}
    assert set(core.vocabulary.units) - set(pack.vocabulary.units) == {"cuốn"}
    assert set(core.words["planned"]) - set(pack.words["planned"]) == {"sẽ"}
    assert "nay mai" in pack.words["planned"]
    assert pack.columns[0] == "hoi_nghi"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("disable: {rules: [core/hopp]}\n", "rules.unknown_rule", 5),
        ("disable: {indicators: [an_phan]}\n", "rules.unknown_rule", 5),
        ("disable: {units: [cuốnn]}\n", "rules.unknown_rule", 5),
        ("disable: {words: {planned: [khum]}}\n", "rules.unknown_rule", 5),
        ("columns: [hoi_ngi]\n", "rules.unknown_column", 5),
    ],
)
def test_what_is_not_there_can_not_be_disabled_or_ordered(tmp_path: Path, text: str, code: str, line: int) -> None:
    with pytest.raises(RulesError) as error:
        pack_of(tmp_path, "words: {planned: [nay mai]}\n", text)
    assert (error.value.problem.code, error.value.path.name, error.value.line) == (code, "pack.yaml", line)


def test_a_rule_can_not_override_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RulesError) as error:
        pack_of(tmp_path, rule("activity", "    activity: meeting\n    phrases: [a]\n    overrides: core/hopp\n"))
    assert (error.value.problem.code, error.value.line) == ("rules.unknown_rule", 2)
    assert "core/hop" in str(error.value)


def test_all_faults_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    faulty = "rules:\n" + "".join(
        rule("count", f"    pattern: {pattern}\n", name).removeprefix("rules:\n")
        for name, pattern in (("a", "'(?P<n>'"), ("b", "'(?P<n>\\d+) thúng'"), ("c", "'x'"))
    )
    (tmp_path / "rules.yaml").write_text(faulty, encoding="utf-8")
    (tmp_path / "more.yaml").write_text("rules: [\n", encoding="utf-8")
    forget_packs()
    pack, faults = read_pack(str(tmp_path))
    assert [f.problem.code for f in faults] == ["rules.bad_yaml", "rules.bad_pattern", "rules.missing_part"]
    assert pack is not None and [r.id for r in pack.rules() if r.id.startswith("thu/")] == ["thu/b"]


def test_blocks_have_the_scopes_names() -> None:
    from pipeline.rulebook.rules import SCOPES

    assert set(SCOPES) <= {kind.value for kind in BlockKind}
