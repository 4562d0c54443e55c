"""`rules list` and `rules show`: which packs and rules there are, and one of them in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.rulebook import Indicator, load_pack, shipped_packs
from pipeline.rulebook.lookup import entries, own_indicators, own_rules
from pipeline.rulebook.source import read_yaml
from pipeline.rulebook.written import purpose, written

BASE = {
    "pack.yaml": "id: goc\ntitle: Bộ gốc\nversion: 1.0.0\nrecognise: [thẻ]\n",
    "vocabulary/units.csv": "unit,kind,written\nthẻ,thing,\n",
    "so.yaml": """\
# Số thẻ.
fragments:
  loai: 'đọc|mượn'
rules:
  # Thẻ có loại.
  - id: the_loai
    finds: count
    title: Số thẻ theo loại
    pattern: '(?P<n>\\d+)(?= thẻ (?:{loai}))'
    examples:
      - text: 'Có 12 thẻ đọc.'
        value: '12'
        unit: thẻ
    rejects: [thẻ đọc]

  - id: the_khac
    finds: count
    title: Số thẻ khác
    pattern: '(?P<n>\\d+) thẻ khác'
    examples: [{text: 'Có 5 thẻ khác.', value: '5'}]
    rejects: [thẻ khác]
indicators:
  - {code: the, label: Số thẻ, units: [thẻ], examples: [{text: 'Có 12 thẻ đọc.', value: '12'}], rejects: [không]}
""",
}
ABOVE = {
    "pack.yaml": "id: tren\ntitle: Bộ trên\nversion: 1.0.0\nextends: [goc]\ndisable: {rules: [goc/the_khac]}\n",
    "so.yaml": """\
rules:
  - id: the_loai
    finds: count
    title: Số thẻ, cách khác
    overrides: goc/the_loai
    phrases: ['# thẻ đọc']
    examples: [{text: 'Có 12 thẻ đọc.', value: '12'}]
    rejects: [thẻ đọc]
""",
}


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, files in (("goc", BASE), ("tren", ABOVE)):
        for file, text in files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["rules", *arguments]) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_list_counts_what_each_pack_has_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "list", "--lang", "en")
    for name in shipped_packs():
        pack = load_pack(name)
        (row,) = [line for line in lines if line.startswith(f"{name} ")]
        activities = sum(rule.kind == "activity" for rule in own_rules(pack))
        cells = row.split()
        assert cells[-1] == "shipped"
        assert cells[-2] == (str(len(own_indicators(pack))) if own_indicators(pack) else "–")
        assert cells[-4] == (str(activities) if activities else "–")


@pytest.mark.parametrize(
    ("lang", "head", "rule", "indicator"),
    [
        (
            "vi",
            "goc 1.0.0 · Bộ gốc · 2 quy tắc, 1 chỉ tiêu · kế thừa: –",
            "goc/the_loai số liệu Số thẻ theo loại",
            "the –",
        ),
        (
            "en",
            "goc 1.0.0 · Bộ gốc · 2 rules, 1 indicators · extends: –",
            "goc/the_loai count Số thẻ theo loại",
            "the –",
        ),
    ],
)
@pytest.mark.parametrize("way", [["goc"], ["--rules", "goc"]], ids=["argument", "option"])
def test_list_of_a_pack_names_its_rules_and_places(
    packs: Path, capsys: pytest.CaptureFixture[str], way: list[str], lang: str, head: str, rule: str, indicator: str
) -> None:
    lines = shown(capsys, "list", *way, "--lang", lang)
    assert head in lines
    assert f"{rule} so.yaml:6" in lines
    assert f"{indicator} Số thẻ so.yaml:23" in lines


@pytest.mark.parametrize(
    ("width", "of_packs", "of_rules"),
    [
        (70, "pack title extends rules indicators", "rule kind title"),
        (100, "pack title extends rules indicators", "rule kind title at"),
        (130, "pack title version extends document date count activity no item indicators", "rule kind title at"),
    ],
)
def test_lists_fold_titles_alone_and_leave_out_columns_that_have_no_room(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, of_packs: str, of_rules: str
) -> None:
    monkeypatch.setattr("pipeline.cli.console._WIDE", width)
    lines = shown(capsys, "list", "--lang", "en")
    assert of_packs in lines
    assert {line.split()[0] for line in lines if line} >= set(shipped_packs())
    lines = shown(capsys, "list", "cai_cach_hanh_chinh", "--lang", "en")
    assert of_rules in lines
    assert ("rules show NAME" in lines[-1]) == (of_rules == "rule kind title")
    pack = load_pack("cai_cach_hanh_chinh")
    named = {*(rule.id for rule in own_rules(pack)), *(one.code for one in own_indicators(pack))}
    assert {line.split()[0] for line in lines if line} >= named


def test_list_of_a_pack_above_leaves_out_what_it_inherits(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "list", "tren", "--lang", "en")
    assert [line.split()[0] for line in lines if "/" in line] == ["tren/the_loai"]


SHOWN = [
    ("goc/the_loai", "goc/the_loai · count · Số thẻ theo loại", "goc/so.yaml:6"),
    ("the_khac", "goc/the_khac · count · Số thẻ khác", "goc/so.yaml:16"),
    ("the", "goc/the · indicator · Số thẻ", "goc/so.yaml:23"),
]


@pytest.mark.parametrize(("name", "head", "place"), SHOWN, ids=[name for name, *_ in SHOWN])
def test_show_says_where_a_rule_or_an_indicator_is_written(
    packs: Path, capsys: pytest.CaptureFixture[str], name: str, head: str, place: str
) -> None:
    lines = shown(capsys, "show", name, "--rules", "goc", "--rules", "tren", "--lang", "en")
    at = lines.index(head)
    assert lines[at + 1].replace("\\", "/") == place


def test_show_prints_the_rule_as_written_and_its_pattern_whole(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "goc/the_loai", "--rules", "goc", "--lang", "vi"]) == 0
    told = capsys.readouterr().out
    assert "# Thẻ có loại.\n- id: the_loai\n  finds: count\n" in told
    assert "Mẫu đã chèn mảnh\n(?P<n>\\d+)(?= thẻ (?:(?:đọc|mượn)))\n" in told
    assert "«Có 12 thẻ đọc.» → value 12 · unit thẻ" in told
    assert "Không tìm thấy ở\n  «thẻ đọc»" in told


RELATIONS = [
    ("goc/the_loai", "in tren replaced by tren/the_loai (tren/so.yaml:2)"),
    ("goc/the_khac", "tren disables it"),
    ("goc/the_khac", "holds in: goc"),
    ("tren/the_loai", "stands for goc/the_loai (goc/so.yaml:6)"),
    ("goc/the", "holds in: goc, tren"),
]


@pytest.mark.parametrize(("name", "told"), RELATIONS, ids=range(len(RELATIONS)))
def test_show_tells_what_a_rule_stands_for_and_where_it_holds(
    packs: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    lines = shown(capsys, "show", name, "--rules", "goc", "--rules", "tren", "--lang", "en")
    assert told in [line.replace("\\", "/") for line in lines]


def test_a_name_that_several_packs_have_shows_them_all(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "show", "the_loai", "--rules", "goc", "--rules", "tren", "--lang", "en")
    assert [line.split()[0] for line in lines if " · count · " in line] == ["goc/the_loai", "tren/the_loai"]


@pytest.mark.parametrize(("name", "near"), [("the_loi", "the_loai"), ("goc/the_lai", "goc/the_loai"), ("teh", "the")])
def test_a_name_that_is_nowhere_brings_the_nearest(
    packs: Path, capsys: pytest.CaptureFixture[str], name: str, near: str
) -> None:
    assert main(["rules", "show", name, "--rules", "goc", "--lang", "vi"]) == 2
    told = capsys.readouterr().err
    assert f"«{name}»" in told and near in told.replace(name, "")


def test_every_shipped_entry_is_found_as_it_is_written() -> None:
    known = entries([load_pack(name) for name in shipped_packs()])
    assert known
    for entry in known:
        key = "code" if isinstance(entry.told, Indicator) else "id"
        text = written(entry.told.path, entry.told.line)
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        assert lines[0].startswith("- ") and f"{key}: {entry.name}" in text
        assert all(line.startswith("  ") or not line for line in lines[1:]), entry.id


def test_the_last_entry_ends_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "# Về.\n# Thêm.\nrules:\n  - id: a\n    why: |\n      một\n\n  # của b\n  - id: b\n# cuối\n", "utf-8"
    )
    first, second = (section.line for section in read_yaml(path).sections("rules"))
    assert written(path, first) == "- id: a\n  why: |\n    một"
    assert written(path, second) == "# của b\n- id: b"
    assert written(path, 1) == ""
    assert purpose(path) == "Về. Thêm."
