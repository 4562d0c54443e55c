"""The published JSON Schema: up to date, true of every shipped file, and of one mind with the strict reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from pipeline.rulebook import RulesError, load_pack, shipped_folder
from pipeline.rulebook.pack import forget_packs
from pipeline.rulebook.publish import FOLDER, modeline
from pipeline.rulebook.rules import KINDS
from pipeline.rulebook.schema import PACK_SCHEMA, RULES_SCHEMA, schemas
from pipeline.rulebook.shapes import key_words
from pipeline.rulebook.source import Section

SHIPPED = shipped_folder()
SCHEMAS: dict[str, dict[str, Any]] = {name: json.loads(text) for name, text in schemas().items()}


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `yes` is text, 1.250 a number, 12:30 text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_TYPES = (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
)
for _name, _form, _first in _TYPES:
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(_form), list(_first))


def faults(name: str, text: str) -> list[str]:
    """Return where, and how, an editor marks `text` by the schema `name`."""
    told = yaml.load(text, Loader=Editor)
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft7Validator(SCHEMAS[name]).iter_errors(told)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_up_to_date(name: str) -> None:
    published = (SHIPPED / FOLDER / name).read_text(encoding="utf-8")
    assert published == schemas()[name], "run python -m pipeline.rulebook.publish"


FILES = pytest.mark.parametrize(
    "path", sorted(SHIPPED.rglob("*.yaml")), ids=lambda path: path.relative_to(SHIPPED).as_posix()
)


@FILES
def test_every_shipped_file_names_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == modeline(path, SHIPPED / FOLDER), "run python -m pipeline.rulebook.publish"
    assert (path.parent / first.partition("=")[2]).is_file()


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_valid(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


@FILES
def test_every_shipped_file_fits_the_schema(path: Path) -> None:
    name = PACK_SCHEMA if path.name == "pack.yaml" else RULES_SCHEMA
    assert faults(name, path.read_text(encoding="utf-8")) == []


def described(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each key of `schema` with its own schema."""
    if isinstance(schema, dict):
        if "$ref" not in schema and schema.get("additionalProperties") is False:
            yield from ((f"{path}/{key}", told) for key, told in schema["properties"].items())
        for key, told in schema.items():
            yield from described(told, f"{path}/{key}")
    elif isinstance(schema, list):
        for at, told in enumerate(schema):
            yield from described(told, f"{path}/{at}")


KEYS = [pytest.param(told, id=f"{n}{path}") for n, schema in SCHEMAS.items() for path, told in described(schema)]


@pytest.mark.parametrize("told", KEYS)
def test_every_key_is_described(told: dict[str, Any]) -> None:
    assert told.get("title") or told.get("description")


WORDS = [
    pytest.param(part, id=f"{scope}.{key}")
    for scope, keys in key_words().items()
    for key, said in keys.items()
    for part in (said.values() if isinstance(said, dict) else [said])
]
TITLED = {(told.get("title"), told.get("description")) for schema in SCHEMAS.values() for _, told in described(schema)}


@pytest.mark.parametrize("said", WORDS)
def test_no_words_are_left_over(said: str | list[str]) -> None:
    if isinstance(said, list):
        title, about, example = said
        assert (title, f"{about or title}\n\nVí dụ:\n{example}") in TITLED
    else:
        assert json.dumps(said, ensure_ascii=False)[1:-1] in json.dumps(SCHEMAS, ensure_ascii=False)


# Reader and schema must take the same keys

COMMON = "    id: mot\n    title: Một\n    examples:\n      - {text: 3 hộp}\n    rejects: [hộp]\n"
MINIMAL = {
    "document_number": "    pattern: '(?P<number>\\d+)(?P<rest>/[a-z]+)'\n",
    "date": "    pattern: 'năm (?P<y>\\d+)'\n",
    "count": "    pattern: '(?P<n>\\d+) hộp'\n",
    "no_item": "    pattern: 'thứ \\d'\n",
    "activity": "    activity: meeting\n    phrases: [họp]\n",
}
MANIFEST = "id: thu\ntitle: Gói thử\nversion: 0.1.0\n"
INDICATOR = (
    "indicators:\n  - code: hop\n    label: Số hộp\n"
    "    examples:\n      - {text: 3 hộp, value: 3}\n    rejects: [hộp]\n"
)


def rule(kind: str, more: str = "") -> str:
    return f"rules:\n  - finds: {kind}\n{COMMON}{MINIMAL[kind]}{more}"


def refusal(folder: Path, manifest: str = MANIFEST, rules: str = "words: {}\n") -> str:
    """Return the code and line of what the strict reader says of a pack, or an empty string."""
    (folder / "vocabulary").mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(manifest, encoding="utf-8")
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    (folder / "vocabulary" / "units.csv").write_text("unit,kind,written\nhộp,thing,\n", encoding="utf-8")
    (folder / "vocabulary" / "activity_types.csv").write_text(
        "code,name_vi,name_en,counts_when\nmeeting,Họp,meeting,\n", encoding="utf-8"
    )
    forget_packs()
    try:
        load_pack(str(folder))
    except RulesError as error:
        return error.problem.code
    return ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_least_rule_of_a_kind_is_taken_by_both(kind: str, tmp_path: Path) -> None:
    assert (refusal(tmp_path, rules=rule(kind)), faults(RULES_SCHEMA, rule(kind))) == ("", [])


def asked(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, manifest: str = MANIFEST) -> list[set[str]]:
    """Return the keys that the reader asks each mapping of a pack for."""
    seen: list[set[str]] = []
    close = Section.close

    def told(self: Section) -> None:
        seen.append(set(self._asked))
        close(self)

    monkeypatch.setattr(Section, "close", told)
    assert refusal(folder, manifest, text) == ""
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_has_the_keys_that_the_reader_asks_a_rule_for(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "    where: {role: [result]}\n"
    seen = asked(rule(kind, where), tmp_path, monkeypatch)
    ways = {"pattern", "phrases", "tokens", "case"} if kind != "activity" else set()
    definitions = SCHEMAS[RULES_SCHEMA]["definitions"]
    assert set(definitions[f"rule_{kind}"]["properties"]) in [keys | ways for keys in seen if "finds" in keys]
    assert set(definitions["where"]["properties"]) in seen


def test_the_schema_has_the_keys_that_the_reader_asks_the_rest_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = f"{MANIFEST}recognise: {{subject: [hộp]}}\ndisable: {{rules: []}}\n"
    pairs = "    verb_objects:\n      - {verb: [mở], object: [họp]}\n"
    seen = asked(rule("activity", pairs) + INDICATOR, tmp_path, monkeypatch, manifest)
    pack, rules = SCHEMAS[PACK_SCHEMA]["properties"], SCHEMAS[RULES_SCHEMA]["definitions"]
    for schema in (
        SCHEMAS[PACK_SCHEMA],
        pack["recognise"]["anyOf"][1],
        pack["disable"],
        SCHEMAS[RULES_SCHEMA],
        rules["indicator"],
        rules["rule_activity"]["properties"]["verb_objects"]["items"],
    ):
        assert set(schema["properties"]) in seen


# Planted faults, refused by both

RULE_FAULTS = [
    ("count", "    tilte: x\n", "an unknown key"),
    ("count", "    activity: meeting\n", "a key of another kind"),
    ("activity", "    reads: number\n", "a key of another kind"),
    ("no_item", "    gives: {value: 3}\n", "a column that the kind has not"),
    ("count", "    reads: numbers\n", "an unknown way to read"),
    ("date", "    reads: range\n", "a way to read of another kind"),
    ("count", "    unit: behind\n", "an unknown place of the unit"),
    ("date", "    unit: after\n", "a place of the unit of another kind"),
    ("count", "    unit_required: maybe\n", "neither yes nor no"),
    ("activity", "    noun: true\n", "true for yes"),
    ("count", "    priority: high\n", "a word for a number"),
    ("count", "    priority: 1.5\n", "a fraction"),
    ("count", "    phrases: ['hộp: #']\n", "two ways to find"),
    ("count", "    case: lower\n", "an unknown case"),
    ("count", "    reads: range\n", "a part that is lacking"),
    ("count", "    where: {roles: [plan]}\n", "an unknown key of a mapping"),
    ("count", "    where: {role: [plans]}\n", "an unknown role"),
    ("count", "    where: {role: plan}\n", "a text for a list"),
    ("count", "    where: {within: near}\n", "a word for a number"),
    ("count", "    gives: {size: '3'}\n", "an unknown column"),
    ("count", "    gives: {qualifier: nearly}\n", "an unknown qualifier"),
    ("activity", "    verb_objects: [{verb: [mở]}]\n", "a verb without objects"),
    ("activity", "    verb_objects: {verb: [mở], object: [họp]}\n", "a mapping for a list"),
    ("activity", "    tokens: [họp]\n", "a list of texts for a list of lists"),
    ("activity", "    tokens: [[{NORMS: họp}]]\n", "an unknown attribute"),
    ("activity", "    tokens: [[{NORM: họp, OP: twice}]]\n", "an unknown operator"),
    ("activity", "    tokens: [[{NORM: {AMONG: [họp]}}]]\n", "an unknown comparison"),
    ("activity", "    units: hộp\n", "a text for a list"),
]


@pytest.mark.parametrize(("kind", "more", "what"), RULE_FAULTS, ids=lambda value: value.strip())
def test_a_fault_of_a_rule_is_refused_by_both(kind: str, more: str, what: str, tmp_path: Path) -> None:
    text = rule(kind, more)
    assert refusal(tmp_path, rules=text), what
    assert faults(RULES_SCHEMA, text), what


FILE_FAULTS = [
    "rule: []\n",
    "rules: {id: mot}\n",
    "structure: {body: [sở]}\n",
    "section_roles: {plans: [phương hướng]}\n",
    "section_roles: {plan: phương hướng}\n",
    "words: {planned: sẽ}\n",
    "words: [sẽ]\n",
    rule("count").replace("finds: count", "finds: counts"),
    rule("count").replace("    title: Một\n", ""),
    rule("count").replace("    title: Một\n", "    title:\n"),
    rule("count").replace("    rejects: [hộp]\n", ""),
    rule("count").replace("{text: 3 hộp}", "{txt: 3 hộp}"),
    rule("count").replace("{text: 3 hộp}", "{text: 3 hộp, role: plans}"),
    rule("count").replace(MINIMAL["count"], ""),
    rule("activity").replace("    activity: meeting\n", ""),
    INDICATOR.replace("label", "lable"),
    INDICATOR + "    takes: half\n",
    INDICATOR + "    combine: mean\n",
    INDICATOR + "    period: year\n",
    INDICATOR + "    status: [none]\n",
    INDICATOR + "    about: hộp\n",
    INDICATOR.replace("    rejects: [hộp]\n", ""),
]


@pytest.mark.parametrize("text", FILE_FAULTS, ids=range(len(FILE_FAULTS)))
def test_a_fault_of_a_file_is_refused_by_both(text: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, rules=text)
    assert faults(RULES_SCHEMA, text)


PACK_FAULTS = [
    MANIFEST.replace("id: thu", "id: Gói thử"),
    MANIFEST.replace("id: thu\n", ""),
    MANIFEST + "extend: [core]\n",
    MANIFEST + "extends: core\n",
    MANIFEST + "recognise: thẻ\n",
    MANIFEST + "recognise: {subjects: [thẻ]}\n",
    MANIFEST + "disable: {rule: [core/x]}\n",
    MANIFEST + "disable: [core/x]\n",
    MANIFEST + "columns: hop\n",
]


@pytest.mark.parametrize("text", PACK_FAULTS, ids=range(len(PACK_FAULTS)))
def test_a_fault_of_a_manifest_is_refused_by_both(text: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, manifest=text)
    assert faults(PACK_SCHEMA, text)


GOOD = [
    ("count", "    unit_required: yes\n"),
    ("count", "    priority: -3\n    gives: {value: n * 12, unit: hộp}\n"),
    ("count", "    why:\n"),
    ("activity", "    tokens:\n      - [mở, {NORM: '#', OP: '?'}, {LOWER: {IN: [hộp, 12]}}, {IS_PUNCT: no}]\n"),
    ("date", "    case: kept\n    where: {scope: [cell], within: 2, after: [từ]}\n"),
]


@pytest.mark.parametrize(("kind", "more"), GOOD, ids=range(len(GOOD)))
def test_what_the_reader_takes_the_schema_takes(kind: str, more: str, tmp_path: Path) -> None:
    text = rule(kind, more)
    assert (refusal(tmp_path, rules=text), faults(RULES_SCHEMA, text)) == ("", [])


SCALARS = ["1.250", "12:30", "yes", "2024-05-01", "true", "'35'", "-5", "1e3"]


@pytest.mark.parametrize("value", SCALARS)
def test_unquoted_scalars_of_examples_are_text_to_both(value: str, tmp_path: Path) -> None:
    text = rule("count").replace("{text: 3 hộp}", f"{{text: 3 hộp, value: {value}}}")
    assert (refusal(tmp_path, rules=text), faults(RULES_SCHEMA, text)) == ("", [])
