"""Packs of any number of rules: the shipped ones, or some of them, or more of their like.

More are made of real rules by putting other words in the place of theirs, one word for each, drawn from the words of
all rules: so a made rule is as long as a real one, of the same form, and its words occur in reports as often, but what
it looks for hardly ever does.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.watching import ROOT
from pipeline.rulebook.rules import ASKED_LISTS, TABLE_LISTS, WORD_LISTS

RULES = ROOT / "rules"
_WORD = re.compile(
    r"\\.|\(\?P?[<=!:]*(?:\w+[>)])?|\{[^{}]*\}|\[(?:\\.|[^\]])*\]|(?P<word>[^\W\d_]{2,})"
)  # what stands before `word` is of the language of patterns and stays
_PUT_IN = re.compile(r"\{(\w+)\}")
_VARIED = ("pattern", "phrases", "verb_objects")
_LEAST = 4  # words that must be another's before a rule is another
_NO_WORD = {"no", "on", "yes", "off", "null", "true", "false", "any", "verb", "object", "within"}  # of YAML, of rules


@dataclass(frozen=True, slots=True)
class Written:
    """A rule as a file has it, and the parts of that text that its words stand in, by start and end."""

    text: str
    parts: tuple[tuple[int, int], ...]

    @property
    def id(self) -> str:
        """Return its name in its pack."""
        found = re.match(r"id: (\S+)", self.text)
        assert found is not None
        return found[1]


@cache
def real_rules() -> tuple[Written, ...]:
    """Return all shipped rules, pack by pack, those of `core` first."""
    return tuple(rule for path in _files() for rule in _rules_of(path))


def _files() -> list[Path]:
    return sorted(RULES.glob("*/**/*.yaml"), key=lambda path: (path.relative_to(RULES).parts[0] != "core", path))


@cache
def _composed(path: Path) -> tuple[str, yaml.Node | None]:
    text = path.read_text(encoding="utf-8")
    return text, yaml.compose(text, yaml.CSafeLoader)


def _rules_of(path: Path) -> Iterator[Written]:
    text, node = _composed(path)
    for rule in _item(node, "rules"):
        start, end = rule.start_mark.index, rule.end_mark.index
        parts = [
            (node.start_mark.index - start, node.end_mark.index - start)
            for key, value in rule.value
            if key.value in _VARIED
            for node in _scalars(value)
        ]
        yield Written(text[start:end].rstrip(), tuple(parts))


def _item(node: yaml.Node | None, name: str) -> Sequence[Any]:
    """Return the nodes of what stands under a key at the top of a file: items of a list, or pairs."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value.value for key, value in pairs if key.value == name), [])


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)
    else:
        for each in node.value:
            yield from _scalars(each)


def _words(rule: Written) -> list[str]:
    texts = (rule.text[start:end] for start, end in rule.parts)
    return [found["word"] for text in texts for found in _WORD.finditer(text) if found["word"]]


@cache
def _vocabulary() -> tuple[str, ...]:
    words = {word for rule in real_rules() for word in _words(rule) if word.islower()}
    return tuple(sorted(words - _NO_WORD))


def varied(rule: Written, number: int) -> str:
    """Return variant `number` of a rule: other words for its own, the same for the same, and a name of its own."""
    there = _vocabulary()
    others = dict(zip(there, random.Random(number).sample(there, len(there)), strict=True))
    made, at = [], 0
    for start, end in sorted(rule.parts):
        made += [rule.text[at:start], _replaced(rule.text[start:end], others)]
        at = end
    made.append(rule.text[at:])
    return "".join(made).replace(f"id: {rule.id}", f"id: {rule.id}_{number}", 1)


def _replaced(text: str, others: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: others.get(found["word"], found[0]) if found["word"] else found[0], text)


def rules(count: int) -> list[str]:
    """Return `count` rules as text: as many real ones as there are, spread over all of them, then variants."""
    real = real_rules()
    if count <= len(real):
        return [real[number * len(real) // count].text for number in range(count)]
    bases = [rule for rule in real if len(set(_words(rule)) & set(_vocabulary())) >= _LEAST]
    more = (varied(bases[number % len(bases)], 1 + number // len(bases)) for number in range(count - len(real)))
    return [*(rule.text for rule in real), *more]


def write_pack(folder: Path, count: int) -> None:
    """Write a pack of `count` rules into `folder`, with all words, fragments and vocabularies of the shipped packs."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(f"id: growth\ntitle: {count} rules\nversion: 0.1.0\n", encoding="utf-8")
    shutil.copytree(RULES / "core" / "vocabulary", folder / "vocabulary")
    text = "\n\n".join(f"  - {rule}" for rule in rules(count))
    (folder / "rules.yaml").write_text(f"rules:\n{text}\n", encoding="utf-8")
    asked = _asked(text)
    for number, path in enumerate(_files()):
        kept = _without_rules(path, asked)
        if kept:
            (folder / f"{number:03}_{path.name}").write_text(kept, encoding="utf-8")


def _asked(text: str) -> set[str]:
    """Return the names of the word lists that baocao knows or that patterns in `text` put in, through fragments too."""
    fragments = {key.value: value.value for path in _files() for key, value in _item(_composed(path)[1], "fragments")}
    found: set[str] = set()
    new = set(_PUT_IN.findall(text))
    while new:
        found |= new
        new = {name for each in new for name in _PUT_IN.findall(fragments.get(each, ""))} - found
    return {*WORD_LISTS, *ASKED_LISTS, *TABLE_LISTS, *found}


def _without_rules(path: Path, asked: Container[str]) -> str:
    """Return what a file has but its rules, its indicators, and word lists that aren't `asked` for."""
    text, node = _composed(path)
    if path.name == "pack.yaml" or not isinstance(node, yaml.MappingNode):
        return ""
    made = []
    for key, value in node.value:
        if key.value == "words":
            lists = ["  " + _slice(text, *each) for each in value.value if each[0].value in asked]
            made += ["words:", *lists] if lists else []
        elif key.value not in ("rules", "indicators"):
            made.append(_slice(text, key, value))
    return "\n".join([*made, ""]) if made else ""


def _slice(text: str, key: yaml.Node, value: yaml.Node) -> str:
    return text[key.start_mark.index : value.end_mark.index].rstrip()
