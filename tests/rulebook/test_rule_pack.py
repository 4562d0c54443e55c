"""Packs: what a pack gives and inherits, and planted faults, each refused with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.problems import CATALOGUE
from pipeline.rulebook import Pack, RulesError, load_pack, shipped_packs
from pipeline.rulebook.manifest import Recognition
from pipeline.rulebook.pack import forget_packs

Files = dict[str, str]

MANIFEST = "id: thu\ntitle: Gói thử\nversion: 0.1.0\nrecognise: [thúng]\n"
RULES = """\
rules:
  - id: thung
    finds: count
    title: Số thúng
    why: «3 thúng»
    pattern: '(?P<n>\\d+) thúng'
    examples:
      - {text: 3 thúng, value: '3'}
    rejects: [năm 2023]
  - id: hop
    finds: activity
    activity: meeting
    title: Họp
    phrases: [họp]
    verb_objects:
      - {verb: [mở], object: [cuộc họp]}
    examples:
      - text: Sở đã họp.
        value: meeting
    rejects: [phòng họp]
"""
SETTINGS = """\
words:
  planned: [sẽ]
section_roles:
  plan: [phương hướng]
indicators:
  - {code: thung, label: Số thúng, units: [thúng], combine: sum, examples: [{text: 3 thúng, value: '3'}], rejects: [x]}
"""
UNITS = "unit,kind,written\nthúng,thing,\n"
TYPES = "code,name_vi,name_en,counts_when\nmeeting,Họp,meeting,\n"
PACK: Files = {
    "pack.yaml": MANIFEST,
    "rules.yaml": RULES,
    "settings.yaml": SETTINGS,
    "vocabulary/activity_types.csv": TYPES,
    "vocabulary/units.csv": UNITS,
}


def written(folder: Path, files: Files) -> str:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def fresh(folder: Path) -> Pack:
    """Return the pack as it stands on disk now, past the cache."""
    forget_packs()
    return load_pack(str(folder))


def fault_of(name: str) -> RulesError:
    with pytest.raises(RulesError) as error:
        load_pack(name)
    return error.value


# What a pack gives


def test_a_pack_as_written(tmp_path: Path) -> None:
    pack = load_pack(written(tmp_path, PACK))
    assert (pack.id, pack.title, pack.version) == ("thu", "Gói thử", "0.1.0")
    assert (pack.recognise, pack.extends) == (Recognition(subject=("thúng",)), ())
    assert pack.words == {"planned": ("sẽ",)}
    assert pack.section_roles == (("plan", ("phương hướng",)),)
    assert [i.code for i in pack.indicators] == ["thung"]
    assert [(r.id, r.kind, r.line) for r in pack.rules()] == [("thu/thung", "count", 2), ("thu/hop", "activity", 10)]
    assert {r.path for r in pack.rules()} == {tmp_path / "rules.yaml"}


def test_a_rule_as_written(tmp_path: Path) -> None:
    count, activity = load_pack(written(tmp_path, PACK)).rules()
    example, reject = count.examples[0], count.rejects[0]
    assert (example.text, example.expected, example.role, example.line) == ("3 thúng", (("value", "3"),), "", 8)
    assert (reject.text, reject.expected, reject.line) == ("năm 2023", (), 9)
    assert (count.title, count.why, count.priority) == ("Số thúng", "«3 thúng»", 0)
    assert (count.reads, count.unit, count.unit_required, count.folded) == ("number", "after", False, True)
    assert count.pattern.search("có 12  thúng")["n"] == "12"
    assert (activity.activity, activity.phrases, activity.noun) == ("meeting", ("họp",), False)
    pair = activity.verb_objects[0]
    assert (pair.verbs, pair.objects, pair.within) == (("mở",), ("cuộc họp",), 3)


def test_what_an_example_says_stays_text(tmp_path: Path) -> None:
    example = "{text: 1.250, value: 1.250, unit: no, object: 12:30, role: plan}"
    rules = RULES.replace("{text: 3 thúng, value: '3'}", example)
    given = load_pack(written(tmp_path, {**PACK, "rules.yaml": rules})).rules()[0].examples[0]
    assert (given.text, given.role) == ("1.250", "plan")
    assert given.expected == (("value", "1.250"), ("unit", "no"), ("object", "12:30"))


def rule(name: str, kind: str = "count", **keys: str) -> str:
    text = {"pattern": "'(?P<n>\\d+)'", "title": name, "examples": f"[{{text: {name}}}]", "rejects": "[x]", **keys}
    return f"  - id: {name}\n    finds: {kind}\n" + "".join(f"    {key}: {value}\n" for key, value in text.items())


def test_pattern_rules_stand_by_kind_and_priority(tmp_path: Path) -> None:
    rules = "rules:\n" + "".join(
        [
            rule("a"),
            rule("b", priority="-5"),
            rule("c", priority="10"),
            rule("d"),
            rule("e", "no_item"),
            rule("f", "date", pattern="'(?P<y>\\d{4})'"),
            rule("g", "document_number", pattern="'(?P<number>\\d+)(?P<rest>/[A-Z]+)'"),
        ]
    )
    pack = load_pack(written(tmp_path, {"pack.yaml": MANIFEST, "rules.yaml": rules}))
    assert [r.id for r in pack.rules()] == [f"thu/{name}" for name in "gfcadbe"]


def test_words_are_fragments_of_patterns(tmp_path: Path) -> None:
    files = {
        "pack.yaml": MANIFEST,
        "a.yaml": "rules:\n" + rule("a", pattern="'{hon} {so}'"),
        "z.yaml": "words: {hon: [hơn, nhiều hơn]}\nfragments: {so: '(?P<n>\\d+)'}\n",
    }
    pattern = load_pack(written(tmp_path, files)).patterns[0].pattern
    assert pattern.search("có nhiều hơn 12 người")[0] == "nhiều hơn 12"
    assert pattern.search("lớnhơn 12") is None


def test_words_of_one_name_in_two_files_are_joined(tmp_path: Path) -> None:
    files = {
        "pack.yaml": MANIFEST,
        "a.yaml": "words: {planned: [sẽ]}\nstructure: {abbreviations: [tp]}\n",
        "sub/b.yaml": "words: {planned: [mai]}\nstructure: {abbreviations: [tx]}\n",
    }
    pack = load_pack(written(tmp_path, files))
    assert pack.words == {"planned": ("sẽ", "mai")}
    assert pack.structure == {"abbreviations": ("tp", "tx")}


@pytest.mark.parametrize("name", shipped_packs())
def test_shipped_packs_load_by_name(name: str) -> None:
    assert load_pack(name).id == name


def test_the_shipped_packs() -> None:
    assert set(shipped_packs()) >= {"core", "doi_ngoai"}


# Planted faults: a text of a file, what stands there instead, and the code and line of the refusal

RULE_FAULTS = [
    ("    why:", "    wy:", "rules.unknown_key", 5, "why"),
    ("    rejects: [năm", "    rejects: [a]\n    reject: [năm", "rules.unknown_key", 10, "rejects"),
    ("    rejects: [năm", "    reject: [năm", "rules.no_examples", 2, "rejects"),
    ("rules:\n", "rule:\n", "rules.unknown_key", 1, "rules"),
    ("    title: Họp", "    title: Họp\n    pattern: x", "rules.unknown_key", 14, "pattern"),
    ("verb: [mở],", "verb: [mở], witin: 3,", "rules.unknown_key", 16, "within"),
    ("    why: «3 thúng»", "    title: Thúng", "rules.repeated_key", 5, "title"),
    ("{text: 3 thúng,", "{text: 3 thúng, text: 4 thúng,", "rules.repeated_key", 8, "text"),
    ("  - id: thung\n", "  - name: thung\n", "rules.missing_key", 2, "id"),
    ("    title: Số thúng\n", "", "rules.missing_key", 2, "title"),
    ("    finds: count\n", "", "rules.missing_key", 2, "finds"),
    ("    pattern: '(?P<n>\\d+) thúng'\n", "", "rules.one_of", 2, "pattern"),
    ("    activity: meeting\n", "", "rules.missing_key", 10, "activity"),
    ("{verb: [mở], ", "{", "rules.missing_key", 16, "verb"),
    (", object: [cuộc họp]", "", "rules.missing_key", 16, "object"),
    ("- {text: 3 thúng, ", "- {", "rules.missing_key", 8, "text"),
    ("title: Số thúng", "title: [Số thúng]", "rules.wrong_type", 4, "title"),
    ("why: «3 thúng»", "why: {a: b}", "rules.wrong_type", 5, "why"),
    ("why: «3 thúng»", "priority: cao", "rules.wrong_type", 5, "priority"),
    ("rejects: [năm 2023]", "rejects: năm 2023", "rules.wrong_type", 9, "rejects"),
    ("- {text: 3 thúng, value: '3'}", "- 3 thúng", "rules.not_keys", 8, "key: value"),
    ("phrases: [họp]", "phrases: họp", "rules.wrong_type", 14, "phrases"),
    ("[cuộc họp]", "cuộc họp", "rules.wrong_type", 16, "object"),
    ("finds: count", "finds: counts", "rules.unknown_value", 3, "document_number, date, count, activity, no_item"),
    ("why: «3 thúng»", "reads: moment", "rules.unknown_value", 5, "range"),
    ("why: «3 thúng»", "unit: behind", "rules.unknown_value", 5, "before"),
    ("why: «3 thúng»", "unit_required: true", "rules.unknown_value", 5, "yes, no"),
    ("why: «3 thúng»", "case: upper", "rules.unknown_value", 5, "folded, kept"),
    ("activity: meeting", "activity: meting", "rules.unknown_value", 12, "meeting"),
    ("(?P<n>\\d+) thúng", "(?P<n>\\d+ thúng", "rules.bad_pattern", 6, "missing )"),
    ("(?P<n>\\d+) thúng", "{so_luong} thúng", "rules.unknown_fragment", 6, "so_luong"),
    ("(?P<n>\\d+) thúng", "(?<=a+) thúng", "rules.bad_pattern", 6, "look-behind"),
    ("    examples:\n      - {text: 3 thúng, value: '3'}\n", "", "rules.no_examples", 2, "thu/thung"),
    ("    rejects: [năm 2023]\n", "", "rules.no_examples", 2, "thu/thung"),
    ("rejects: [phòng họp]", "rejects: []", "rules.no_examples", 10, "thu/hop"),
    ("  - id: hop", "  - id: thung", "rules.duplicate_id", 10, "rules.yaml:2"),
]


@pytest.mark.parametrize(("text", "instead", "code", "line", "words"), RULE_FAULTS)
def test_faults_of_rules(tmp_path: Path, text: str, instead: str, code: str, line: int, words: str) -> None:
    assert RULES.count(text) == 1
    name = written(tmp_path, {**PACK, "rules.yaml": RULES.replace(text, instead)})
    fault = fault_of(name)
    assert (fault.problem.code, fault.path, fault.line) == (code, tmp_path / "rules.yaml", line)
    assert f"{tmp_path / 'rules.yaml'}:{line}" in str(fault)
    assert words in str(fault)


OTHER_FAULTS = [
    ("pack.yaml", "id: thu\n", "rules.missing_key", 1, "title"),
    ("pack.yaml", MANIFEST.replace("id: thu\n", ""), "rules.missing_key", 1, "id"),
    ("pack.yaml", MANIFEST + "extend: [core]\n", "rules.unknown_key", 5, "extends"),
    ("pack.yaml", MANIFEST + "extends: core\n", "rules.wrong_type", 5, "extends"),
    ("pack.yaml", "", "rules.missing_key", 1, "id"),
    ("rules.yaml", RULES.replace("rejects: [phòng họp]", "rejects: [phòng họp"), "rules.bad_yaml", 20, "bracket ["),
    ("rules.yaml", RULES + "\n- khác\n", "rules.bad_yaml", 22, "indentation"),
    ("rules.yaml", "- id: thung\n", "rules.not_keys", 1, "key: value"),
    (
        "sub/x.yaml",
        "fragments: {a: '{b}', b: '{a}'}\nrules:\n" + rule("x", pattern="'{a}'"),
        "rules.bad_pattern",
        5,
        "",
    ),
    ("sub/x.yaml", "rules:\n" + rule("thung"), "rules.duplicate_id", 2, "rules.yaml:2"),
    ("settings.yaml", SETTINGS.replace("plan:", "plans:"), "rules.unknown_key", 4, "plan"),
    ("settings.yaml", SETTINGS.replace("label:", "lable:"), "rules.missing_key", 6, "label"),
    ("settings.yaml", SETTINGS.replace("units:", "activites:"), "rules.unknown_key", 6, "activities"),
    (
        "settings.yaml",
        SETTINGS.replace("sum", "mean"),
        "rules.unknown_value",
        6,
        "sum, stated, parts, max, first, last",
    ),
    ("settings.yaml", SETTINGS.replace("[sẽ]", "sẽ"), "rules.wrong_type", 2, "planned"),
    ("settings.yaml", SETTINGS.replace("words:", "word:"), "rules.unknown_key", 1, "words"),
    ("settings.yaml", "fragments: {a: [b]}\n", "rules.wrong_type", 1, "a"),
    ("vocabulary/activity_types.csv", "code,name\nmeeting,Họp\n", "rules.bad_table", 1, "code,name_vi,name_en"),
    ("vocabulary/activity_types.csv", TYPES + "x,y\n", "rules.bad_table", 3, "4"),
]


@pytest.mark.parametrize(("file", "text", "code", "line", "words"), OTHER_FAULTS)
def test_faults_of_other_files(tmp_path: Path, file: str, text: str, code: str, line: int, words: str) -> None:
    fault = fault_of(written(tmp_path, {**PACK, file: text}))
    assert (fault.problem.code, fault.path, fault.line) == (code, tmp_path / file, line)
    assert f"{tmp_path / file}:{line}" in str(fault)
    assert words in str(fault)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?P<n>\\d+", "thiếu ngoặc đóng )"),
        ("(?P<n>\\d+))", "thừa ngoặc đóng )"),
        ("(?P<n>[\\d+)", "thiếu ngoặc đóng ]"),
        ("*(?P<n>\\d+)", "không có gì để lặp"),
        ("(?P<n>\\d{3,1})", "trong {…} số đầu lớn hơn"),
        ("(?<=a+)(?P<n>\\d+)", "không được có * + ?"),
        ("\\q(?P<n>\\d+)", "dấu \\ đứng trước"),
        ("(?Pn>\\d+)", "sau (? là dấu lạ"),
    ],
)
def test_why_a_pattern_does_not_compile_is_told_in_vietnamese(tmp_path: Path, pattern: str, words: str) -> None:
    rules = RULES.replace("(?P<n>\\d+) thúng", pattern)
    fault = fault_of(written(tmp_path, {**PACK, "rules.yaml": rules}))
    assert (fault.problem.code, fault.line) == ("rules.bad_pattern", 6)
    assert words in CATALOGUE["rules.bad_pattern"].message(fault.problem, "vi")


def test_an_unknown_pack_is_told_the_known_ones(tmp_path: Path) -> None:
    for name in ("khong_co", str(tmp_path)):
        fault = fault_of(name)
        assert fault.problem.code == "rules.not_found"
        assert name in str(fault) and "core, " in str(fault)


def test_an_unknown_parent_is_refused(tmp_path: Path) -> None:
    fault = fault_of(written(tmp_path, {"pack.yaml": MANIFEST + "extends: [khong_co]\n"}))
    assert (fault.path, fault.line) == (tmp_path / "pack.yaml", 5)
    assert "khong_co" in str(fault) and "core, " in str(fault)


@pytest.mark.parametrize(
    ("extends", "chain"), [({"a": "a"}, "a → a"), ({"a": "b", "b": "c", "c": "a"}, "a → b → c → a")]
)
def test_packs_that_extend_each_other(tmp_path: Path, extends: dict[str, str], chain: str) -> None:
    for name, parent in extends.items():
        written(tmp_path / name, {"pack.yaml": f"id: {name}\ntitle: x\nversion: '1'\nextends: [{parent}]\n"})
    fault = fault_of(str(tmp_path / "a"))
    assert (fault.problem.code, fault.path) == ("rules.cycle", tmp_path / "a" / "pack.yaml")
    assert dict(fault.problem.detail)["chain"] == chain


def test_an_indicator_of_an_unknown_activity_is_refused(tmp_path: Path) -> None:
    settings = SETTINGS.replace("combine: sum", "activities: [meting]")
    assert fault_of(written(tmp_path, {**PACK, "settings.yaml": settings})).problem.code == "rules.unknown_value"


def test_an_example_in_an_unknown_role_is_refused(tmp_path: Path) -> None:
    rules = RULES.replace("{text: 3 thúng,", "{text: 3 thúng, role: plans,")
    assert fault_of(written(tmp_path, {**PACK, "rules.yaml": rules})).problem.code == "rules.unknown_value"


# What a pack inherits


def manifest(name: str, *parents: str) -> str:
    return f"id: {name}\ntitle: {name}\nversion: '1'\nrecognise: [{name}]\nextends: [{', '.join(parents)}]\n"


CHILD: Files = {
    "pack.yaml": manifest("con", "thu"),
    "own.yaml": (
        "words: {planned: [mai], light_verb: [làm]}\n"
        "fragments: {ro: rổ}\n"
        "section_roles: {result: [kết quả]}\n"
        "indicators: [{code: ro, label: Số rổ, units: [rổ], examples: [{text: x}], rejects: [y]}]\n"
        "rules:\n"
        + rule("ro", pattern="'(?P<n>\\d+) {ro} {planned}'")
        + "  - {id: hop, finds: activity, activity: meeting, title: x, phrases: [gặp mặt], examples: [{text: a}],"
        " rejects: [b]}\n"
    ),
    "vocabulary/units.csv": "unit,kind,written\nrổ,thing,\n",
}


def family(folder: Path) -> Path:
    written(folder / "thu", {**PACK, "vocabulary/units.csv": "unit,kind,written\nthúng,thing,\nrổ,media,\n"})
    return Path(written(folder / "con", CHILD))


def test_rules_are_inherited(tmp_path: Path) -> None:
    pack = fresh(family(tmp_path))
    assert [r.id for r in pack.patterns] == ["thu/thung", "con/ro"]
    assert [r.id for r in pack.activities] == ["thu/hop", "con/hop"]
    assert [i.code for i in pack.indicators] == ["thung", "ro"]
    assert pack.section_roles == (("plan", ("phương hướng",)), ("result", ("kết quả",)))
    assert (pack.id, pack.extends, pack.recognise) == ("con", ("thu",), Recognition(subject=("con",)))


def test_words_are_added(tmp_path: Path) -> None:
    pack = fresh(family(tmp_path))
    assert pack.words == {"planned": ("sẽ", "mai"), "light_verb": ("làm",)}
    ro = pack.patterns[1].pattern
    assert ro.search("2 rổ mai") and ro.search("2 rổ sẽ")
    assert {key: unit.kind for key, unit in pack.vocabulary.units.items()} == {"thúng": "thing", "rổ": "thing"}
    assert fresh(tmp_path / "thu").words == {"planned": ("sẽ",)}


def test_a_pack_may_extend_a_shipped_one(tmp_path: Path) -> None:
    core = load_pack("core")
    pack = fresh(Path(written(tmp_path / "x", {"pack.yaml": manifest("x", "core")})))
    assert pack.rules() == core.rules()
    assert pack.words == core.words
    assert pack.digest != core.digest


def two_parents(folder: Path) -> Pack:
    written(folder / "goc", {**PACK, "pack.yaml": manifest("goc")})
    written(folder / "mot", {"pack.yaml": manifest("mot", "goc"), "a.yaml": "words: {planned: [mai]}\n"})
    written(folder / "hai", {"pack.yaml": manifest("hai", "goc"), "a.yaml": "words: {planned: [mốt]}\n"})
    return fresh(Path(written(folder / "chau", {"pack.yaml": manifest("chau", "mot", "hai")})))


def test_a_common_grandparent_is_inherited_once(tmp_path: Path) -> None:
    pack = two_parents(tmp_path)
    assert [r.id for r in pack.rules()] == ["goc/thung", "goc/hop"]
    assert [i.code for i in pack.indicators] == ["thung"]


def test_words_of_two_parents_are_added(tmp_path: Path) -> None:
    assert set(two_parents(tmp_path).words["planned"]) == {"sẽ", "mai", "mốt"}


@pytest.mark.parametrize(
    "file", ["thu/pack.yaml", "thu/rules.yaml", "thu/vocabulary/units.csv", "con/own.yaml", "con/vocabulary/units.csv"]
)
def test_the_digest_changes_with_any_file(tmp_path: Path, file: str) -> None:
    before = fresh(family(tmp_path)).digest
    with (tmp_path / file).open("a", encoding="utf-8") as changed:
        changed.write("sọt,thing,\n" if file.endswith(".csv") else "# sửa\n")
    assert fresh(tmp_path / "con").digest != before


def test_the_digest_changes_with_a_new_file_and_a_new_name(tmp_path: Path) -> None:
    before = fresh(family(tmp_path)).digest
    new = tmp_path / "con" / "mới.yaml"
    new.write_text("words: {planned: [y]}\n", encoding="utf-8")
    added = fresh(tmp_path / "con").digest
    renamed = new.rename(tmp_path / "con" / "khác.yaml") and fresh(tmp_path / "con").digest
    assert len({before, added, renamed}) == 3


def test_the_digest_is_of_the_rules_alone(tmp_path: Path) -> None:
    one, other = fresh(family(tmp_path / "một")), fresh(family(tmp_path / "hai"))
    (tmp_path / "hai" / "con" / "README.md").write_text("Ghi chú", encoding="utf-8")
    assert one.digest == other.digest == fresh(tmp_path / "hai" / "con").digest


@pytest.mark.parametrize(
    ("kind", "pattern", "part"),
    [
        ("count", "\\d+ hộp", "n"),
        ("date", "năm \\d+", "d, m, y, q, h"),
        ("document_number", "(?P<number>\\d+)/A", "rest"),
    ],
)
def test_a_pattern_without_the_parts_that_are_read_is_refused(
    tmp_path: Path, kind: str, pattern: str, part: str
) -> None:
    rules = "rules:\n" + rule("a", kind, pattern=f"'{pattern}'")
    fault = fault_of(written(tmp_path, {"pack.yaml": MANIFEST, "rules.yaml": rules}))
    assert (fault.problem.code, dict(fault.problem.detail)["part"]) == ("rules.missing_part", part)


def test_a_misspelt_list_of_the_structure_is_refused(tmp_path: Path) -> None:
    fault = fault_of(written(tmp_path, {"pack.yaml": MANIFEST, "a.yaml": "structure:\n  bodys: [sở]\n"}))
    assert (fault.problem.code, fault.line) == ("rules.unknown_key", 2)
    assert dict(fault.problem.detail)["known"] == "bodies"


def test_a_cycle_is_refused_whatever_its_folders_are_called(tmp_path: Path) -> None:
    """Each pack is read once, so where it is read from can't say whether it extends itself."""
    for name, other in (("core", "hai"), ("hai", "core")):
        written(tmp_path / name, {"pack.yaml": f"id: {name}\ntitle: {name}\nversion: '1'\nextends: [{other}]\n"})
    fault = fault_of(str(tmp_path / "hai"))
    assert (fault.problem.code, fault.path, fault.line) == ("rules.cycle", tmp_path / "hai" / "pack.yaml", 4)
    assert "hai → core → hai" in str(fault)
