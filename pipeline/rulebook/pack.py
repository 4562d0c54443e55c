"""A rule pack: a folder with `pack.yaml`, rule files and vocabularies, and the packs it extends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pipeline.rulebook.patterns import alternatives
from pipeline.rulebook.reading import read_indicators, read_rule
from pipeline.rulebook.rules import KINDS, ROLES, STRUCTURE_LISTS, ActivityRule, Indicator, PatternRule, Rule
from pipeline.rulebook.source import RulesError, Section, read_yaml
from pipeline.rulebook.vocabulary import Vocabulary, load_vocabulary

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """Everything that extraction needs of a rule pack, with what it inherits; `digest` names the exact rules."""

    id: str
    title: str
    version: str
    recognise: tuple[str, ...]
    extends: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    structure: Mapping[str, tuple[str, ...]]
    fragments: Mapping[str, str]
    patterns: tuple[PatternRule, ...]
    activities: tuple[ActivityRule, ...]
    indicators: tuple[Indicator, ...]
    section_roles: tuple[tuple[str, tuple[str, ...]], ...]
    vocabulary: Vocabulary
    digest: str

    def rules(self) -> tuple[Rule, ...]:
        """Return all rules, inherited ones first."""
        return (*self.patterns, *self.activities)


def _shipped_folder() -> Path:
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


def shipped_packs() -> tuple[str, ...]:
    """Return the ids of the packs that come with baocao."""
    return tuple(sorted(p.parent.name for p in _shipped_folder().glob("*/pack.yaml")))


def _folder_of(name: str) -> Path:
    for folder in (Path(name), _shipped_folder() / name):
        if (folder / "pack.yaml").is_file():
            return folder
    raise RulesError("rules.not_found", Path(name), 0, name=name, known=", ".join(shipped_packs()))


@lru_cache(maxsize=16)
def load_pack(name: str) -> Pack:
    """Return the pack called `name` (a shipped one) or standing in the folder `name`.

    Raises `RulesError`, with file and line, for the first fault of any of its files.
    """
    return _load(_folder_of(name), ())


def _load(folder: Path, chain: tuple[str, ...]) -> Pack:
    manifest = read_yaml(folder / "pack.yaml")
    pack_id = manifest.text("id")
    if pack_id in chain:
        raise manifest.fault("rules.cycle", chain=" → ".join((*chain, pack_id)))
    head = (manifest.text("title"), manifest.text("version"), manifest.texts("recognise"))
    extends = manifest.texts("extends")
    manifest.close()
    parents = [_load(_parent_folder(manifest, name), (*chain, pack_id)) for name in extends]
    files = [read_yaml(path) for path in sorted(folder.rglob("*.yaml")) if path.name != "pack.yaml"]
    return _Assembly(pack_id, folder, parents, files).pack(*head, extends)


def _parent_folder(manifest: Section, name: str) -> Path:
    beside = manifest.path.parents[1] / name
    try:
        return beside if (beside / "pack.yaml").is_file() else _folder_of(name)
    except RulesError as error:
        known = ", ".join(shipped_packs())
        raise manifest.fault("rules.not_found", manifest.line_of("extends"), name=name, known=known) from error


def _once(values: Iterable[_Value]) -> tuple[_Value, ...]:
    """Return `values` without repetitions, in order: what two parents share comes once."""
    return tuple(dict.fromkeys(values))


class _Assembly:
    """The parts of one pack while its files are read, on top of what its parents give."""

    def __init__(self, pack_id: str, folder: Path, parents: list[Pack], files: list[Section]) -> None:
        self.id, self.folder, self.parents, self.files = pack_id, folder, parents, files
        self.words: dict[str, tuple[str, ...]] = {}
        self.structure: dict[str, tuple[str, ...]] = {}
        self.fragments: dict[str, str] = {}
        self.vocabulary = Vocabulary()
        for parent in parents:
            for mine, theirs in ((self.words, parent.words), (self.structure, parent.structure)):
                mine.update({key: _once((*mine.get(key, ()), *words)) for key, words in theirs.items()})
            self.fragments.update(parent.fragments)
            self.vocabulary = self.vocabulary.extended(parent.vocabulary)
        self.seen: dict[str, str] = {}

    def pack(self, title: str, version: str, recognise: tuple[str, ...], extends: tuple[str, ...]) -> Pack:
        self.vocabulary = self.vocabulary.extended(load_vocabulary(self.folder / "vocabulary"))
        for file in self.files:
            self._read_words(file)
        usable = {**{k: alternatives(v) for k, v in self.words.items() if v}, **self.fragments}
        rules = [rule for file in self.files for rule in self._rules(file, usable)]
        roles = tuple(r for file in self.files for r in self._roles(file))
        indicators = tuple(i for file in self.files for i in read_indicators(file, self.vocabulary))
        for file in self.files:
            file.close()
        inherited = _once(rule for parent in self.parents for rule in parent.rules())
        ours = sorted((*inherited, *rules), key=lambda r: (KINDS.index(r.kind), -r.priority))
        above = _once(i for parent in self.parents for i in parent.indicators)
        return Pack(
            self.id, title, version, recognise, extends, self.words, self.structure, self.fragments,
            tuple(r for r in ours if isinstance(r, PatternRule)),
            tuple(r for r in (*inherited, *rules) if isinstance(r, ActivityRule)),
            (*above, *indicators),
            _once((*(r for parent in self.parents for r in parent.section_roles), *roles)),
            self.vocabulary, self._digest(),
        )  # fmt: skip

    def _digest(self) -> str:
        parts = [parent.digest.encode() for parent in self.parents]
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in (".yaml", ".csv"):
                parts.append(path.relative_to(self.folder).as_posix().encode() + b"\0" + path.read_bytes())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]

    def _read_words(self, file: Section) -> None:
        for name, lists in (("words", self.words), ("structure", self.structure)):
            section = file.section(name)
            if section and name == "structure":
                section.only(STRUCTURE_LISTS)
            for key in section.keys() if section else ():
                lists[key] = _once((*lists.get(key, ()), *(section.texts(key) if section else ())))
        fragments = file.section("fragments")
        if fragments:
            for key in fragments.keys():  # noqa: SIM118
                self.fragments[key] = fragments.text(key)

    def _roles(self, file: Section) -> list[tuple[str, tuple[str, ...]]]:
        lists = file.section("section_roles")
        if not lists:
            return []
        for key in lists.keys():  # noqa: SIM118
            if key not in ROLES:
                raise lists.fault("rules.unknown_value", key="section_roles", value=key, known=", ".join(ROLES))
        return [(key, lists.texts(key)) for key in lists.keys()]  # noqa: SIM118

    def _rules(self, file: Section, fragments: Mapping[str, str]) -> list[Rule]:
        rules = []
        for section in file.sections("rules"):
            rule = read_rule(section, self.id, fragments, self.vocabulary)
            place = f"{rule.path}:{rule.line}"
            if rule.id in self.seen:
                raise section.fault("rules.duplicate_id", rule=rule.id, other=self.seen[rule.id])
            self.seen[rule.id] = place
            rules.append(rule)
        return rules
