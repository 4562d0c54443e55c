"""How examples and rejects are written in a rule file, and how the lists of a rule stand in its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import yaml
from msgspec import Struct

from pipeline.rulebook import Example, Rule
from pipeline.rulebook.source import LOADER

_PLAIN = re.compile(r"[^\W\d_](?:[\w/.% -]*[\w/.%])?")
_KEYS = ("examples", "rejects")
_USUAL = (4, 6)  # columns at which keys of a rule and entries of its lists stand in the packs of baocao


class Layout(Struct, frozen=True):
    """Where a rule's keys stand, and the entries of its lists; `bracketed` are the lists written in `[…]`."""

    keys: int = _USUAL[0]
    entries: int = _USUAL[1]
    bracketed: frozenset[str] = frozenset()


def layout_of(rule: Rule) -> Layout:
    """Return how `rule` is written in its file; the usual layout where that can't be told."""
    try:
        node = yaml.compose(rule.path.read_text(encoding="utf-8"), Loader=LOADER)
    except (OSError, ValueError, yaml.YAMLError):
        return Layout()
    for found in _mappings(node):
        if found.start_mark.line + 1 == rule.line and not found.flow_style:
            lists = {str(key.value): value for key, value in found.value if str(key.value) in _KEYS}
            keys = found.start_mark.column
            blocks = [one.start_mark.column for one in lists.values() if not one.flow_style]
            bracketed = frozenset(name for name, one in lists.items() if one.flow_style)
            return Layout(keys, blocks[0] if blocks else keys + 2, bracketed)
    return Layout()


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    """Yield the rules in the `rules` of a file."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "rules" and isinstance(value, yaml.SequenceNode):
                yield from (one for one in value.value if isinstance(one, yaml.MappingNode))


def entry_of(example: Example, is_reject: bool) -> str:
    """Return an example or a reject as an entry of its list, on one line."""
    if is_reject and not example.role and not example.table:
        return f"- {quoted(example.text)}"
    told = [f"text: {quoted(example.text)}"] if example.text else []
    told += [f"table: {json.dumps(example.table, ensure_ascii=False)}"] if example.table else []
    told += [f"role: {example.role}"] if example.role else []
    return "- {" + ", ".join([*told, *([columns(dict(example.expected))] if example.expected else [])]) + "}"


def columns(told: Mapping[str, str]) -> str:
    """Return columns as an example gives them: `value: '35', unit: hộ`."""
    return ", ".join(f"{name}: {cell if _PLAIN.fullmatch(cell) else quoted(cell)}" for name, cell in told.items())


def quoted(text: str) -> str:
    """Return `text`, which is on one line, as YAML has it between quotes."""
    return "'" + text.replace("'", "''") + "'"
