"""`baocao rules check` and `rules try`: planted faults, each told with file, line and remedy; near misses."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.messages import Words
from pipeline.cli.rules.check import told_at_sight
from pipeline.extract.lint import is_error, lint
from pipeline.problems import CATALOGUE
from pipeline.rulebook.pack import forget_packs

MANIFEST = "id: thu\ntitle: Thử\nversion: 0.1.0\nrecognise: {subject: [thúng mủng]}\n"
RULES = """\
rules:
  - id: thung
    finds: count
    title: Số thúng
    why: «gánh 3 thúng»
    pattern: 'gánh (?P<n>\\d+)(?! ?/)'
    unit: none
    priority: 60
    gives: {unit: thúng}
    examples:
      - {text: 'Dân công gánh 35.', value: '35'}
    rejects: ['Dân công gánh 3/5.']
  - id: dan_thung
    finds: activity
    activity: training
    title: Đan thúng
    phrases: [đan thúng, đan mủng]
    units: [thúng]
    examples:
      - {text: 'Hợp tác xã đã đan thúng.', value: training}
    not_after: [nghề, công tác]
    rejects: ['Nghề đan thúng.']
words: {planned: [sẽ]}
indicators:
  - code: so_thung
    label: Số thúng
    units: [thúng]
    about: [gánh]
    examples:
      - {text: 'Gánh 35.', value: '35'}
    rejects: ['Dân công gánh 3/5.']
"""
UNITS = "unit,kind,written\nthúng,thing,\n"
TYPES = "code,name_vi,name_en,counts_when\ntraining,Tập huấn,training,\n"
SHADOW = """\
  - id: che
    finds: count
    title: Che mất
    pattern: 'gánh (?P<n>\\d+)'
    unit: none
    priority: 70
    examples:
      - {text: 'Họ gánh 3/5.', value: '3'}
    rejects: ['Dân công về.']
"""
BOMB = "pattern: 'gánh (?P<n>\\d+)(?:(?:\\w+ ?)+)+!'"

# What stands in rules.yaml, what a slip makes of it, the code that must be told, and its line there
FAULTS = [
    ("unknown key", "    why: «gánh", "    wy: «gánh", "rules.unknown_key", 5),
    ("repeated key", "    why: «gánh 3 thúng»", "    title: Thúng", "rules.repeated_key", 5),
    ("bad regex", "gánh (?P<n>\\d+)(?! ?/)", "gánh (?P<n>\\d+(?! ?/)", "rules.bad_pattern", 6),
    ("example that fails", "{text: 'Dân công gánh 35.', value: '35'}", "{text: 'Dân công gánh 35.', value: '36'}",
     "rules.example", 11),
    ("reject that matches", "rejects: ['Nghề đan thúng.']", "rejects: ['Xã đã đan thúng.']", "rules.reject", 22),
    ("shadowed rule", "  - id: dan_thung\n", SHADOW + "  - id: dan_thung\n", "rules.shadowed", 11),
    ("idle pattern", "'gánh (?P<n>", "'Gánh (?P<n>", "rules.idle_spelling", 2),
    ("idle alternative", "'gánh (?P<n>", "'(?:gánh|gánh) (?P<n>", "rules.idle_taken", 2),
    ("repeated phrase", "[đan thúng, đan mủng]", "[đan thúng, Đan thúng]", "rules.repeated_phrase", 13),
    ("duplicate id", "  - id: dan_thung", "  - id: thung", "rules.duplicate_id", 13),
    ("unknown unit", "units: [thúng]\n    about", "units: [thủng]\n    about", "rules.unknown_unit", 27),
    ("wrong type", "    priority: 60", "    priority: cao", "rules.wrong_type", 8),
    ("backtracking bomb", "pattern: 'gánh (?P<n>\\d+)(?! ?/)'", BOMB, "rules.backtracking", 2),
    ("unknown list", "{planned: [sẽ]}", "{planed: [sẽ]}", "rules.unknown_list", 23),
    ("unknown activity", "activity: training", "activity: trainning", "rules.unknown_value", 15),
    ("a comma that cuts an example off", "{text: 'Gánh 35.', value: '35'}", "{text: Gánh 35, đội 2, value: '35'}",
     "rules.cut_text", 30),
    ("no examples", "    rejects: ['Nghề đan thúng.']\n", "", "rules.no_examples", 13),
]  # fmt: skip


def pack_in(folder: Path, rules: str = RULES, manifest: str = MANIFEST) -> str:
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "pack.yaml").write_text(manifest, encoding="utf-8")
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    (folder / "vocabulary" / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "vocabulary" / "activity_types.csv").write_text(TYPES, encoding="utf-8")
    forget_packs()
    return str(folder)


def test_a_sound_pack_has_no_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", pack_in(tmp_path / "thu"), "--lang", "vi"]) == 0
    assert "không có lỗi" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "instead", "code", "line"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_planted_fault_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, instead: str, code: str, line: int
) -> None:
    assert RULES.count(text) == 1
    name = pack_in(tmp_path / "thu", RULES.replace(text, instead))
    assert main(["rules", "check", name, "--lang", "vi"]) == 1
    told = capsys.readouterr().out
    place = f"{tmp_path / 'thu' / 'rules.yaml'}:{line}"
    (said,) = (row for row in told.splitlines() if row.startswith(place) and f"[{code}]" in row)
    assert len(said) > len(place) + len(code) + 30  # and what to do


def test_a_cycle_of_packs_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, other in (("thu", "hai"), ("hai", "thu")):
        pack_in(tmp_path / name, manifest=MANIFEST.replace("id: thu", f"id: {name}") + f"extends: [{other}]\n")
    assert main(["rules", "check", str(tmp_path / "thu"), "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "thu → hai → thu" in told and f"{tmp_path / 'thu' / 'pack.yaml'}:5" in told.replace("hai/pack", "thu/pack")


def test_a_pack_that_is_never_chosen_is_advice(tmp_path: Path) -> None:
    pack_in(tmp_path / "goc", "words: {planned: [mai]}\n", MANIFEST.replace("id: thu", "id: goc"))
    manifest = MANIFEST.replace("recognise: {subject: [thúng mủng]}\n", "extends: [goc]\n")
    found = lint(pack_in(tmp_path / "thu", manifest=manifest))
    assert [(f.problem.code, is_error(f)) for f in found.faults] == [("rules.unrecognised", False)]


def test_all_faults_are_told_in_one_go(tmp_path: Path) -> None:
    rules = RULES.replace("why:", "wy:").replace("activity: training", "activity: trainning")
    found = lint(pack_in(tmp_path / "thu", rules))
    assert [f.problem.code for f in found.faults] == ["rules.unknown_key", "rules.unknown_value"]
    assert found.unproven


# What one file loses, and the faults that must be told: not those that only follow from it
CAUSES = [
    ("vocabulary/units.csv", UNITS, "unit;kind;written\nthúng;thing;\n", [("rules.bad_table", 1)]),
    ("vocabulary/units.csv", UNITS, "unit,kind,written\nthúng\n", [("rules.bad_table", 2)]),
    ("vocabulary/units.csv", UNITS, "unit,kind,written\nthúng,thign,\n", [("rules.unknown_cell", 2)]),
    ("vocabulary/activity_types.csv", TYPES, "code;name\n", [("rules.bad_table", 1)]),
    ("rules.yaml", "id: dan_thung", "id dan_thung", [("rules.bad_yaml", 13)]),
    ("rules.yaml", "    label:", "    code:", [("rules.repeated_key", 26)]),
    ("rules.yaml", "    finds: count", "    finds: số", [("rules.unknown_value", 3)]),
    ("rules.yaml", "- code: so_thung", "- cod: so_thung", [("rules.missing_key", 25)]),
    ("rules.yaml", "words: {planned: [sẽ]}", "words: [sẽ]", [("rules.not_keys", 23)]),
    ("pack.yaml", "version:", "vershion:", [("rules.missing_key", 3)]),
]


@pytest.mark.parametrize(("file", "text", "instead", "told"), CAUSES)
def test_what_only_follows_from_a_fault_is_held_back(
    tmp_path: Path, file: str, text: str, instead: str, told: list[tuple[str, int]]
) -> None:
    name = pack_in(tmp_path / "thu", RULES, MANIFEST + "columns: [so_thung]\n")
    path = tmp_path / "thu" / file
    content = path.read_text(encoding="utf-8")
    assert content.count(text) == 1
    path.write_text(content.replace(text, instead), encoding="utf-8")
    found = lint(name)
    assert [(fault.problem.code, fault.line) for fault in found.faults] == told
    assert found.unproven


def test_files_that_can_not_be_read_are_told_first(tmp_path: Path) -> None:
    name = pack_in(tmp_path / "thu", RULES.replace("why:", "wy:"))
    (tmp_path / "thu" / "z.yaml").write_text("rules: [\n", encoding="utf-8")
    assert [fault.problem.code for fault in lint(name).faults] == ["rules.bad_yaml", "rules.unknown_key"]


def test_a_manifest_that_is_wrong_hides_no_file_that_can_not_be_read(tmp_path: Path) -> None:
    name = pack_in(tmp_path / "thu", RULES.replace("    why", "\twhy"), MANIFEST.replace("recognise", "recognize"))
    assert [fault.problem.code for fault in lint(name).faults] == ["rules.bad_yaml", "rules.unknown_key"]


EXAMPLES = [
    ("vi", "{text: 'Dân công gánh 35.', value: '35'}", "{text: 'Dân công gánh 35.', value: '36', unit: rổ}",
     "cần value: '36', unit: rổ; lại được value: '35', unit: thúng"),
    ("en", "value: training", "value: meeting", "wanted value: meeting; got value: training"),
    ("en", "value: training", "vlaue: training", "no column “vlaue” (“value”?)"),
    ("vi", "['Nghề đan thúng.']", "['Xã đã đan thúng.']", "lấy «đan thúng»"),
    ("vi", "'Hợp tác xã đã đan thúng.'", "'Hợp tác xã đan rổ.'", "không tìm thấy gì"),
    ("vi", "{text: 'Gánh 35.', value: '35'}", "{text: 'Gánh 35.', value: '3'}", "cần value: '3'; lại được value: '35'"),
    ("en", "{text: 'Gánh 35.', value: '35'}", "{text: 'Về.', value: '35'}", "wanted value: '35'; there is no value"),
    ("en", "{text: 'Gánh 35.', value: '35'}", "{text: 'Gánh 35.'}", "it gives value: '35'"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "instead", "words"), EXAMPLES)
def test_an_example_that_fails_is_told_as_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, text: str, instead: str, words: str
) -> None:
    assert RULES.count(text) == 1
    assert main(["rules", "check", pack_in(tmp_path / "thu", RULES.replace(text, instead)), "--lang", lang]) == 1
    told = capsys.readouterr().out
    assert words in told and "{" not in told and "[{" not in told


def test_a_folder_of_packs_and_the_current_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack_in(tmp_path / "mot", manifest=MANIFEST.replace("id: thu", "id: mot"))
    pack_in(tmp_path / "hai", "words: {planned: [mai]}\n", MANIFEST.replace("id: thu", "id: hai") + "extends: [mot]\n")

    def checked(folder: Path, *names: str) -> list[str]:
        monkeypatch.chdir(folder)
        assert main(["rules", "check", *names, "--lang", "en"]) == 0
        return [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]

    assert checked(tmp_path.parent, str(tmp_path)) == [str(tmp_path / "hai"), str(tmp_path / "mot")]
    assert checked(tmp_path) == ["hai", "mot"]
    assert checked(tmp_path / "hai") == ["."]
    assert checked(tmp_path / "hai", ".", "../mot") == [".", "../mot"]


def test_a_run_tells_what_a_check_would_say_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Dân công gánh 35.\n", encoding="utf-8")
    sound = pack_in(tmp_path / "thu")
    faulty = pack_in(tmp_path / "hai", RULES.replace("'gánh (?P<n>", "'Gánh (?P<n>"), MANIFEST.replace("thu", "hai"))

    def told(*packs: str) -> list[str]:
        told_at_sight(packs, Words("en"))
        return capsys.readouterr().err.splitlines()

    line = f"Rule pack {faulty}, findings: 1. See them with: baocao rules check {faulty}"
    assert told(sound) == told("core") == told() == []
    assert told(faulty) == told(sound, faulty) == [line]
    assert main(["run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--rules", faulty, "--lang", "en"]) == 0
    assert line in capsys.readouterr().err.splitlines()


def test_every_fault_says_what_to_do_in_both_languages() -> None:
    for code, kind in CATALOGUE.items():
        if code.startswith("rules."):
            assert kind.vi.endswith((".", "?", "…", "!", "list", ")")) or "{" in kind.vi[-12:], code
            assert kind.en, code


TRIALS = [
    ("thung", "Dân công gánh 35.", 0, ["tìm thấy", "value 35", "unit thúng"]),
    ("thung", "Dân công gánh 3/5.", 1, ["Không tìm thấy gì", "thiếu: (?! ?/)"]),
    ("thung", "Dân công khiêng.", 1, ["không có chỗ nào gần giống"]),
    ("dan_thung", "Công tác đan thúng.", 1, ["không lấy", "đan thúng"]),
    ("dan_thung", "Xã đã đan nhiều thúng.", 1, ["gần giống", "đan"]),
    ("so_thung", "Dân công ở 2 nơi gánh 35.", 0, ["Giá trị: 35"]),
    ("so_thung", "Dân công về.", 1, ["Không có giá trị"]),
]


@pytest.mark.parametrize(("rule", "text", "status", "words"), TRIALS)
def test_a_rule_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, text: str, status: int, words: list[str]
) -> None:
    name = pack_in(tmp_path / "thu")
    assert main(["rules", "try", rule, text, "--rules", name, "--lang", "vi"]) == status
    told = " ".join(capsys.readouterr().out.split())
    assert [word for word in words if word not in told] == [], told


def test_a_rule_tried_on_a_file_and_in_a_section(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bao_cao.txt"
    file.write_text("Dân công gánh 35.\n", encoding="utf-8")
    name = pack_in(tmp_path / "thu")
    assert main(["rules", "try", "thung", str(file), "--rules", name, "--lang", "en"]) == 0
    assert main(["rules", "try", "thung", "Sẽ gánh 35.", "--rules", name, "--role", "plan", "--lang", "en"]) == 0
    assert "status planned" in " ".join(capsys.readouterr().out.split())


def test_an_unknown_rule_names_the_nearest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "try", "thugn", "x", "--rules", pack_in(tmp_path / "thu"), "--lang", "en"]) == 2
    assert "thung" in capsys.readouterr().err
