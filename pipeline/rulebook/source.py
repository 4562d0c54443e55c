"""Strict reading of YAML: every scalar is text, every key is known and given once, every fault has a line.

Plain YAML loads `1.250` as 1.25, `no` as False, `12:30` as 750, and lets the later of two equal keys win in
silence. Nothing of that may happen to a rule, so files are read as nodes and each value is asked for by type.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import yaml

from pipeline.problems import BaocaoError
from pipeline.rulebook.grammar import slip_in

_UNSPACED = re.compile(r"[a-z_]+:\S")
_START = yaml.Mark("", 0, 0, 0, None, 0)


class LOADER(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml is ten times as fast
    """What reads YAML into nodes; of which of YAML's types a scalar is, is not asked, since all are text."""

    yaml_implicit_resolvers: ClassVar[dict[str, object]] = {}


class RulesError(BaocaoError):
    """A fault in a rule pack, with the file and line it stands at (0: no line of it) and what to do."""

    def __init__(self, code: str, path: Path, line: int, **detail: str) -> None:
        super().__init__(code, place=f"{path}:{line}" if line else str(path), **detail)
        self.path, self.line = path, line


class Section:
    """One mapping of a rule file: values are asked for by key and type, and `close` refuses what nobody asked for."""

    def __init__(self, node: yaml.Node, path: Path) -> None:
        self.path, self.line = path, node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise self.fault("rules.not_keys")
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if _UNSPACED.match(name) and not key.style:  # `{text:'…'}` is YAML, and nobody's wish
                raise RulesError("rules.bad_yaml", path, line, reason="space")
            if name in self._nodes:
                raise RulesError("rules.repeated_key", path, line, key=name)
            self._nodes[name], self._lines[name] = value, line

    def fault(self, code: str, line: int | None = None, **detail: str) -> RulesError:
        """Return an error that names this section's file and `line` (its own first line by default)."""
        return RulesError(code, self.path, line or self.line, **detail)

    def line_of(self, key: str) -> int:
        """Return the line that the value of `key` starts at."""
        return self._nodes[key].start_mark.line + 1 if key in self._nodes else self.line

    def lines_in(self, key: str) -> tuple[int, ...]:
        """Return the line of each entry of the list at `key`."""
        node = self._nodes.get(key)
        return tuple(n.start_mark.line + 1 for n in node.value) if isinstance(node, yaml.SequenceNode) else ()

    def line_in_text(self, key: str, at: int) -> int:
        """Return the line of the file where line `at`, from 0, of the text at `key` stands."""
        node = self._nodes[key]
        is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return node.start_mark.line + 1 + (at + 1 if is_block else 0)

    def _ask(self, key: str, required: bool) -> yaml.Node | None:
        self._asked.add(key)
        if required and key not in self._nodes:
            near = next(iter(difflib.get_close_matches(key, self._nodes, 1, 0.7)), "")
            raise self.fault("rules.missing_key", self._lines.get(near), key=key, near=maybe(near))
        return self._nodes.get(key)

    def _wrong(self, key: str, wanted: str) -> RulesError:
        return self.fault("rules.wrong_type", self.line_of(key), key=key, wanted=wanted)

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text at `key`, or `default`; without a default the key is required."""
        node = self._ask(key, default is None)
        if node is None:
            return default or ""
        if not isinstance(node, yaml.ScalarNode) or (default is None and not node.value.strip()):
            raise self._wrong(key, "text")
        return str(node.value)

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Return the text at `key`, which must be one of `allowed`."""
        value = self.text(key, default)
        if value not in allowed and value != default:
            raise self.fault("rules.unknown_value", self.line_of(key), key=key, value=value, known=", ".join(allowed))
        return value

    def choices(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Return the list of texts at `key`, each of which must be one of `allowed`."""
        values = self.texts(key)
        for value, line in zip(values, self.lines_in(key), strict=True):
            if value not in allowed:
                raise self.fault("rules.unknown_value", line, key=key, value=value, known=", ".join(allowed))
        return values

    def number(self, key: str, default: int) -> int:
        """Return the whole number at `key`, or `default`."""
        value = self.text(key, str(default))
        if not re.fullmatch(r"-?[0-9]+", value):
            raise self._wrong(key, "number")
        return int(value)

    def flag(self, key: str) -> bool:
        """Return whether `key` says `yes`; a missing key says no."""
        return self.choice(key, ("yes", "no"), "no") == "yes"

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """Return the list of texts at `key`."""
        node = self._ask(key, required)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(key, "texts")
        for entry in node.value:
            if not isinstance(entry, yaml.ScalarNode):
                wanted = "quoted" if isinstance(entry, yaml.MappingNode) and not entry.flow_style else "texts"
                raise self.fault("rules.wrong_type", entry.start_mark.line + 1, key=key, wanted=wanted)
        return tuple(str(n.value) for n in node.value)

    def sections(self, key: str, required: bool = False) -> Iterator[Section]:
        """Yield each mapping of the list at `key`."""
        node = self._ask(key, required)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(key, "list")
        for entry in node.value:
            yield Section(entry, self.path)

    def entries(self, key: str) -> Iterator[tuple[str | Section, int]]:
        """Yield each entry of the list at `key`, a text or a mapping, with its line."""
        node = self._ask(key, False)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode) or any(isinstance(n, yaml.SequenceNode) for n in node.value):
            raise self._wrong(key, "entries")
        for n in node.value:
            line = n.start_mark.line + 1
            yield str(n.value) if isinstance(n, yaml.ScalarNode) else Section(n, self.path), line

    def lists(self, key: str) -> Iterator[list[str | Section]]:
        """Yield each list of the list at `key`; its entries are texts or mappings."""
        node = self._ask(key, False)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(key, "list")
        for entry in node.value:
            if not isinstance(entry, yaml.SequenceNode) or not entry.value:
                raise self.fault("rules.wrong_type", entry.start_mark.line + 1, key=key, wanted="lists")
            yield [str(n.value) if isinstance(n, yaml.ScalarNode) else Section(n, self.path) for n in entry.value]

    def has(self, key: str) -> bool:
        """Tell whether `key` is given."""
        return key in self._nodes

    def is_mapping(self, key: str) -> bool:
        """Tell whether the value at `key` is a mapping."""
        return isinstance(self._nodes.get(key), yaml.MappingNode)

    def section(self, key: str) -> Section | None:
        """Return the mapping at `key`, or None."""
        node = self._ask(key, False)
        return None if node is None else Section(node, self.path)

    def keys(self) -> tuple[str, ...]:
        """Return all keys, in order."""
        return tuple(self._nodes)

    def only(self, known: Iterable[str]) -> None:
        """Refuse keys that are not among `known`, naming the nearest."""
        asked, self._asked = self._asked, set(known)
        self.close()
        self._asked = asked

    def close(self) -> None:
        """Refuse keys that were never asked for, naming the nearest known one."""
        for key, line in self._lines.items():
            if key not in self._asked:
                near = difflib.get_close_matches(key, sorted(self._asked), 1, 0.5)
                remedy = near[0] if near else ", ".join(sorted(self._asked))
                raise self.fault("rules.unknown_key", line, key=key, known=remedy)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return up to three of `known` that are written most like `name`, or «…»."""
    return ", ".join(difflib.get_close_matches(name, list(known), 3, 0.4)) or "…"


def maybe(near: str) -> str:
    """Return the words that offer the name `near` behind one that is not known, nothing for an empty one."""
    return f" («{near}»?)" if near else ""


def read_yaml(path: Path) -> Section:
    """Return the mapping that the YAML file at `path` holds, empty where it has comments alone.

    Faults carry file and line.
    """
    text = read_text(path, "rules.bad_yaml", "utf-8")
    try:
        node = yaml.compose(text, Loader=LOADER) or yaml.MappingNode("tag:yaml.org,2002:map", [], _START, _START)
    except yaml.YAMLError as error:
        slip = slip_in(text, error)
        detail = {"reason": slip.reason, "column": str(slip.column), "sign": slip.sign}
        raise RulesError("rules.bad_yaml", path, slip.line, **detail) from error
    return Section(node, path)


def read_text(path: Path, code: str, encoding: str) -> str:
    """Return the text of a file of a pack; RulesError `code`, with the line, where it is not in `encoding`."""
    try:
        return path.read_text(encoding=encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise RulesError(code, path, line, reason="encoding") from error
    except OSError as error:
        raise RulesError(code, path, 1, reason="unreadable", detail=str(error.strerror)) from error
