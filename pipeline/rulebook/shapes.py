"""What JSON Schemas of rule packs are made of: shapes of values, and the Vietnamese words of keys in `keys.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

Schema = dict[str, Any]

SCALAR = ["string", "number", "boolean"]
TEXT: Schema = {"type": SCALAR, "pattern": r"\S"}
OPTIONAL: Schema = {"type": [*SCALAR, "null"]}
TABLE: Schema = {"type": "string", "pattern": r"^\s*\|[^\n]*\|\s*\n\s*\|"}
LIST: Schema = {"type": "array", "items": {"type": SCALAR}}
REJECTS: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {"anyOf": [{"type": SCALAR}, {"$ref": "#/definitions/reject"}]},
}
NUMBER: Schema = {"type": ["integer", "string"], "pattern": "^-?[0-9]+$"}
FLAG: Schema = {"enum": ["yes", "no"]}


@lru_cache(maxsize=1)
def key_words() -> Mapping[str, Mapping[str, Any]]:
    """Return the Vietnamese words of keys by where they stand: `[title, description, example]` each."""
    text = Path(__file__).with_name("keys.yaml").read_text(encoding="utf-8")
    told: Mapping[str, Mapping[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)
    return told


def described(scope: str, properties: Mapping[str, Schema]) -> Schema:
    """Return `properties` with the title, description and example of each."""
    words = key_words()[scope]
    told: Schema = {}
    for key, schema in properties.items():
        title, about, example = words[key]
        told[key] = {"title": title, "description": f"{about or title}\n\nVí dụ:\n{example}", **schema}
    return told


def mapping(scope: str, properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """Return the schema of a mapping that has `properties` and no others."""
    return {
        "type": "object",
        "properties": described(scope, properties),
        "required": list(required),
        "additionalProperties": False,
    }


def one_of(key: str, values: Iterable[str]) -> Schema:
    """Return the schema of a text that is one of `values`, each with its words."""
    told = key_words()["values"][key]
    allowed = list(values)
    return {"enum": allowed, "enumDescriptions": [told[value] for value in allowed]}


def some_of(key: str, values: Iterable[str]) -> Schema:
    """Return the schema of a list of texts that each are one of `values`."""
    return {"type": "array", "items": one_of(key, values)}
