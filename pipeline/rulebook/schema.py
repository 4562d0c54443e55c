"""The JSON Schema of rule packs, by which editors complete keys and mark faults while a pack is written.

It is made of the constants that the strict reader uses and of the words in `keys.yaml`. Draft-07, since the YAML
language server of VS Code and most other editors reads no later one; YAML 1.2, where `yes` is text, as the reader has
it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipeline.model import Activity, Count, DateMention, DocumentNumber
from pipeline.rulebook.columns import CHOICES, HOOK
from pipeline.rulebook.manifest import ID
from pipeline.rulebook.places import CORE, shipped_folder
from pipeline.rulebook.reading import needed_parts
from pipeline.rulebook.rules import (
    ASKED_LISTS,
    CASES,
    COMBINES,
    GIVEN,
    INDICATED,
    KINDS,
    NUMERIC,
    PERIODS,
    READS,
    ROLES,
    SCOPES,
    STRUCTURE_LISTS,
    TABLE_LISTS,
    TAKES,
    UNITS,
    WORD_LISTS,
)
from pipeline.rulebook.shapes import (
    FLAG,
    LIST,
    NUMBER,
    OPTIONAL,
    REJECTS,
    SCALAR,
    TABLE,
    TEXT,
    Schema,
    described,
    key_words,
    mapping,
    one_of,
    some_of,
)
from pipeline.rulebook.tokens import OPERATORS, PART_NAME
from pipeline.rulebook.vocabulary import load_vocabulary
from pipeline.text.tokens import FLAGS, TEXTS

PACK_SCHEMA, RULES_SCHEMA = "pack.schema.json", "rules.schema.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_UNSHOWN = ("start", "end", "sentence", "rule", "part_of")  # of an item, and nothing that an example could say
_RENAMED = {"first_day": "date_start", "last_day": "date_end"}
_ITEMS = {"document_number": DocumentNumber, "date": DateMention, "count": Count, "activity": Activity}


def schemas() -> dict[str, str]:
    """Return the text of each schema by its file's name."""
    made = {PACK_SCHEMA: _manifest(), RULES_SCHEMA: _rules()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in made.items()}


def _activity_code() -> Schema:
    """Return the schema of an activity's code: those of `core` are completed, and a pack may have more."""
    known = load_vocabulary(shipped_folder() / CORE / "vocabulary").activity_types
    names = [activity.name_vi for activity in known.values()]
    return {"anyOf": [{"enum": list(known), "enumDescriptions": names}, TEXT]}


def _manifest() -> Schema:
    phrases = dict.fromkeys(("subject", "issuer", "headings", "unless"), LIST)
    disabled = dict.fromkeys(("rules", "indicators", "units"), LIST)
    words: Schema = {"type": "object", "additionalProperties": LIST}
    properties: dict[str, Schema] = {
        "id": {"type": "string", "pattern": f"^(?:{ID.pattern})$"},
        "title": TEXT,
        "version": TEXT,
        "about": OPTIONAL,
        "extends": LIST,
        "recognise": {"anyOf": [LIST, mapping("recognise", phrases)]},
        "disable": mapping("disable", {**disabled, "words": words}),
        "columns": LIST,
    }
    return {
        "$schema": _DRAFT,
        "title": "baocao: pack.yaml",
        **mapping("manifest", properties, ("id", "title", "version")),
    }


def _rules() -> Schema:
    lists = dict.fromkeys((*WORD_LISTS, *ASKED_LISTS, *TABLE_LISTS), LIST)
    properties: dict[str, Schema] = {
        "rules": {"type": "array", "items": {"$ref": "#/definitions/rule"}},
        "indicators": {"type": "array", "items": {"$ref": "#/definitions/indicator"}},
        "words": {"type": "object", "properties": _listed("words", lists), "additionalProperties": LIST},
        "structure": {
            "type": "object",
            "properties": _listed("structure", dict.fromkeys(STRUCTURE_LISTS, LIST)),
            "additionalProperties": False,
        },
        "fragments": {"type": "object", "additionalProperties": TEXT},
        "section_roles": {
            "type": "object",
            "properties": {role: {"title": key_words()["values"]["role"][role], **LIST} for role in ROLES},
            "additionalProperties": False,
        },
    }
    return {
        "$schema": _DRAFT,
        "title": "baocao: tệp quy tắc",
        **mapping("file", properties),
        "definitions": {
            "rule": _rule(),
            **{f"rule_{kind}": _rule_of(kind) for kind in KINDS},
            **{f"example_{kind}": _example(kind) for kind in KINDS},
            "reject": _example_of({}),
            "where": _where(),
            "token": _token(),
            "tokens": {
                "type": "array",
                "items": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"anyOf": [{"type": SCALAR}, {"$ref": "#/definitions/token"}]},
                },
            },
            "activity": _activity_code(),
            "indicator": _indicator(),
        },
    }


def _listed(scope: str, lists: Mapping[str, Schema]) -> Schema:
    """Return the schemas of word lists, each with what its words say."""
    return {name: {"description": key_words()[scope][name], **schema} for name, schema in lists.items()}


def _rule() -> Schema:
    """Return the schema of any rule: what it finds decides which keys it may have."""
    finds = described("rule", {"finds": one_of("finds", KINDS)})
    return {
        "type": "object",
        "properties": finds,
        "required": ["finds"],
        "allOf": [
            {
                "if": {"properties": {"finds": {"const": kind}}, "required": ["finds"]},
                "then": {"$ref": f"#/definitions/rule_{kind}"},
            }
            for kind in KINDS
        ],
    }


def _rule_of(kind: str) -> Schema:
    properties: dict[str, Schema] = {
        "id": TEXT,
        "finds": one_of("finds", (kind,)),
        "title": TEXT,
        "why": OPTIONAL,
        "priority": NUMBER,
        "examples": {"type": "array", "minItems": 1, "items": {"$ref": f"#/definitions/example_{kind}"}},
        "rejects": REJECTS,
        "where": {"$ref": "#/definitions/where"},
        "gives": _gives(kind),
        "hook": {"type": "string", "pattern": f"^(?:{HOOK.pattern})?$"},
        "overrides": OPTIONAL,
    }
    own, more = _activity_keys() if kind == "activity" else _pattern_keys(kind)
    required = ["id", "finds", "title", "examples", "rejects", *(("activity",) if kind == "activity" else ())]
    told = mapping("rule", properties, required)
    told["properties"] |= described("activity_rule" if kind == "activity" else "pattern_rule", own)
    return {**told, **more}


def _activity_keys() -> tuple[dict[str, Schema], Schema]:
    """Return the keys of a rule for activities, and what must hold among them."""
    pair = mapping("verb_object", {"verb": LIST, "object": LIST, "within": NUMBER}, ("verb", "object"))
    keys: dict[str, Schema] = {
        "activity": {"$ref": "#/definitions/activity"},
        "phrases": LIST,
        "tokens": {"$ref": "#/definitions/tokens"},
        "verb_objects": {"type": "array", "items": pair},
        "not_after": LIST,
        "not_before": LIST,
        "attributive": FLAG,
        "noun": FLAG,
        "units": LIST,
    }
    return keys, {"anyOf": [{"required": [key]} for key in ("phrases", "tokens", "verb_objects")]}


def _pattern_keys(kind: str) -> tuple[dict[str, Schema], Schema]:
    """Return the keys of a rule that finds by patterns, and what must hold among them."""
    keys: dict[str, Schema] = {
        "pattern": TEXT,
        "phrases": LIST,
        "tokens": {"$ref": "#/definitions/tokens"},
        "case": one_of("case", CASES),
        "reads": one_of("reads", READS[kind]),
        "unit": one_of("unit", UNITS[kind == "count"]),
        "unit_required": FLAG,
    }
    ways = [{"required": [key]} for key in ("pattern", "phrases", "tokens")]
    case: Schema = {"if": {"required": ["case"]}, "then": {"required": ["pattern"]}}
    return keys, {"oneOf": ways, "allOf": [case, *(_reading(kind, reads) for reads in READS[kind])]}


def _reading(kind: str, reads: str) -> Schema:
    """Return what a pattern that is read as `reads` must hold; a part may also come with a fragment that it puts in."""
    told: Schema = {"properties": {"reads": {"const": reads}}}
    if reads != READS[kind][0]:
        told["required"] = ["reads"]
    any_of, needed = needed_parts(kind, reads)
    forms = ["|".join(rf"\(\?P<{part}>" for part in any_of)] if any_of else [rf"\(\?P<{part}>" for part in needed]
    then: Schema = {}
    if forms:
        said = key_words()["messages"]["part"] + ", ".join(f"(?P<{part}>…)" for part in (any_of or needed))
        then["pattern"] = {
            "allOf": [{"pattern": rf"{form}|\{{[a-z_]", "patternErrorMessage": said} for form in forms],
        }
        then["phrases"] = (
            {"contains": {"pattern": "#"}, "errorMessage": key_words()["messages"]["number"]}
            if needed == ("n",)
            else False
        )
    return {"if": told, "then": {"properties": then}}


def _example(kind: str) -> Schema:
    """Return the schema of an example: its text, and the columns of the item that it must give."""
    columns: list[str] = []
    if kind in _ITEMS:
        names = (name for name in _ITEMS[kind].__struct_fields__ if name not in _UNSHOWN)
        columns = [_RENAMED.get(name, name) if kind in ("date", "count") else name for name in names]
    columns = [column for column in columns if column != "role"]
    return _example_of({"problem": TEXT, **dict.fromkeys(columns, TEXT)})


def _example_of(columns: Mapping[str, Schema]) -> Schema:
    """Return the schema of an example that shows `columns`: a text, a table, or both."""
    keys: dict[str, Schema] = {"text": TEXT, "table": TABLE, "role": one_of("role", ROLES)}
    return {**mapping("example", keys | dict(columns)), "anyOf": [{"required": ["text"]}, {"required": ["table"]}]}


def _gives(kind: str) -> Schema:
    chosen = {column: one_of(column, values) for column, values in CHOICES.items()}
    chosen["activity_type"] = {"$ref": "#/definitions/activity"}
    keys = {column: TEXT if column in NUMERIC else chosen.get(column, TEXT) for column in GIVEN.get(kind, ())}
    return mapping("gives", keys)


def _where() -> Schema:
    keys: dict[str, Schema] = dict.fromkeys(key_words()["where"], LIST)
    keys |= {key: some_of("role", ROLES) for key in ("role", "not_role")}
    return mapping("where", keys | {"scope": some_of("scope", SCOPES), "within": NUMBER})


def _token() -> Schema:
    comparison = mapping("comparison", {"IN": LIST, "NOT_IN": LIST, "REGEX": TEXT})
    keys: dict[str, Schema] = {key: {"anyOf": [TEXT, comparison]} for key in TEXTS}
    keys |= dict.fromkeys(FLAGS, FLAG)
    keys["OP"] = {"type": "string", "pattern": f"^(?:{OPERATORS.pattern})$"}
    keys["PART"] = {"type": "string", "pattern": f"^(?:{PART_NAME.pattern})$"}
    return mapping("token", keys)


def _indicator() -> Schema:
    example = _example_of({"value": TEXT})
    keys: dict[str, Schema] = dict.fromkeys(key_words()["indicator"], LIST)
    keys |= {"code": TEXT, "label": TEXT, "unit": OPTIONAL, "means": OPTIONAL}
    keys |= {
        "activities": {"type": "array", "items": {"$ref": "#/definitions/activity"}},
        "role": some_of("role", ROLES),
    }
    keys |= {"status": some_of("status", INDICATED), "period": one_of("period", PERIODS)}
    keys |= {"takes": one_of("takes", TAKES), "combine": one_of("combine", COMBINES)}
    ways = {key: shape for key, shape in keys.items() if key not in ("code", "label", "unit", "means")}
    told = ("examples", "rejects", "otherwise")
    way = mapping("indicator", {key: shape for key, shape in ways.items() if key not in told})
    keys |= {"examples": {"type": "array", "minItems": 1, "items": example}, "rejects": REJECTS}
    keys["otherwise"] = {"type": "array", "items": way}
    return mapping("indicator", keys, ("code", "label", "examples", "rejects"))
