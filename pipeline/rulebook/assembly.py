"""The parts of one pack: its own files on top of what the packs below give, less what it disables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from pipeline.rulebook.faults import Faults
from pipeline.rulebook.indicators import read_indicator
from pipeline.rulebook.manifest import MANIFEST, Manifest
from pipeline.rulebook.patterns import FRAGMENT, insertable
from pipeline.rulebook.places import Home
from pipeline.rulebook.reading import Reading, read_rule
from pipeline.rulebook.rules import (
    ASKED_LISTS,
    KINDS,
    ROLES,
    STRUCTURE_LISTS,
    TABLE_LISTS,
    WORD_LISTS,
    Indicator,
    Rule,
)
from pipeline.rulebook.source import RulesError, Section, nearest, read_yaml
from pipeline.rulebook.vocabulary import Vocabulary, load_vocabulary
from pipeline.text.fold import fold

_Value = TypeVar("_Value")
Roles = tuple[tuple[str, tuple[str, ...]], ...]


class Below(Protocol):
    """What a pack is built on: a finished pack."""

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]: ...  # noqa: D102
    @property
    def structure(self) -> Mapping[str, tuple[str, ...]]: ...  # noqa: D102
    @property
    def fragments(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def indicators(self) -> tuple[Indicator, ...]: ...  # noqa: D102
    @property
    def columns(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def section_roles(self) -> Roles: ...  # noqa: D102
    @property
    def vocabulary(self) -> Vocabulary: ...  # noqa: D102
    def rules(self) -> tuple[Rule, ...]: ...  # noqa: D102


def once(values: Iterable[_Value]) -> tuple[_Value, ...]:
    """Return `values` without repetitions, in order: what two packs below share comes once."""
    return tuple(dict.fromkeys(values))


def rule_files(folder: Path) -> list[Path]:
    """Return the YAML files of a pack besides its manifest, in the order in which they are read."""
    return [path for path in sorted(folder.rglob("*.yaml")) if path.name != MANIFEST]


class Assembly:
    """The parts of one pack, read from its files; faults go to `faults`."""

    def __init__(self, manifest: Manifest, home: Home, below: Sequence[Below], faults: Faults) -> None:
        self.manifest, self.home, self.below, self.faults = manifest, home, below, faults
        self.words: dict[str, tuple[str, ...]] = {}
        self.structure: dict[str, tuple[str, ...]] = {}
        self.fragments: dict[str, str] = {}
        self.vocabulary = Vocabulary()
        self.files: list[Section] = []
        self.listed: list[Section] = []
        self.written: set[str] = set()
        for path in rule_files(home.folder):
            with faults.caught():
                self.files.append(read_yaml(path))
        self._inherit()
        self.vocabulary = self.vocabulary.extended(load_vocabulary(home.folder / "vocabulary", faults))
        for file in self.files:
            with faults.caught():
                self._read_words(file)
            with faults.caught():
                self._read_fragments(file)

    def _inherit(self) -> None:
        for one in self.below:
            for mine, theirs in ((self.words, one.words), (self.structure, one.structure)):
                mine.update({key: once((*mine.get(key, ()), *words)) for key, words in theirs.items()})
            self.fragments.update(one.fragments)
            self.vocabulary = self.vocabulary.extended(one.vocabulary)
        disable = self.manifest.disable
        self._must_be_there("disable", map(fold, disable.units), self.vocabulary.units)
        self.vocabulary = self.vocabulary.without_units(disable.units)
        for name, words in disable.words:
            there = {fold(word): word for word in self.words.get(name, ())}
            self._must_be_there("disable", map(fold, words), there)
            left = set(map(fold, words))
            self.words[name] = tuple(word for word in self.words.get(name, ()) if fold(word) not in left)

    def _must_be_there(
        self, key: str, names: Iterable[str], known: Iterable[str], code: str = "rules.unknown_rule"
    ) -> None:
        """Tell of each of `names` in the manifest that is not among what is `known`."""
        there, section = list(known), self.manifest.section
        for name in names:
            if name not in there:
                near = nearest(name, there)
                self.faults.add(section.fault(code, section.line_of(key), name=name, known=near))

    def _read_words(self, file: Section) -> None:
        for name, lists in (("words", self.words), ("structure", self.structure)):
            section = file.section(name)
            if section is None:
                continue
            if name == "structure":
                section.only(STRUCTURE_LISTS)
            else:
                self.listed.append(section)
            for key in section.keys():  # noqa: SIM118
                lists[key] = once((*lists.get(key, ()), *section.texts(key)))

    def _read_fragments(self, file: Section) -> None:
        fragments = file.section("fragments")
        if fragments is not None:
            self.fragments |= {key: fragments.text(key) for key in fragments.keys()}  # noqa: SIM118

    def section_roles(self) -> Roles:
        """Return the phrases of headings by role, in the order in which they are asked."""
        roles: list[tuple[str, tuple[str, ...]]] = []
        for file in self.files:
            with self.faults.caught():
                lists = file.section("section_roles")
                if lists is not None:
                    lists.only(ROLES)
                    roles += [(key, lists.texts(key)) for key in lists.keys()]  # noqa: SIM118
        return once((*(r for one in self.below for r in one.section_roles), *roles))

    def rules(self) -> tuple[Rule, ...]:
        """Return all rules, pattern rules in the order in which they are tried; each id is there once."""
        own = self._own_rules()
        inherited = once(rule for one in self.below for rule in one.rules())
        known = [rule.id for rule in inherited]
        self._must_be_there("disable", self.manifest.disable.rules, known)
        for rule in own:
            if rule.overrides and rule.overrides not in known:
                detail = {"name": rule.overrides, "known": nearest(rule.overrides, known)}
                self.faults.add(RulesError("rules.unknown_rule", rule.path, rule.line, **detail))
        gone = {rule.overrides for rule in own} | set(self.manifest.disable.rules)
        kept = (*(rule for rule in inherited if rule.id not in gone), *own)
        return tuple(sorted(kept, key=lambda r: (KINDS.index(r.kind), -r.priority)))

    def _own_rules(self) -> list[Rule]:
        usable = _Asked(insertable(self.words, self.fragments))
        reading = Reading(self.manifest.id, self.home.package, usable, self.vocabulary)
        rules: dict[str, Rule] = {}
        for section in self._sections("rules"):
            with self.faults.caught():
                rule = read_rule(section, reading)
                self._once(rule.id, section.line, section, rules.get(rule.id))
                rules[rule.id] = rule
        self._check_lists(usable.names | set(FRAGMENT.findall(" ".join(self.fragments.values()))))
        return list(rules.values())

    def _sections(self, key: str) -> Iterator[Section]:
        for file in self.files:
            with self.faults.caught():
                yield from list(file.sections(key))

    def _once(self, name: str, line: int, section: Section, other: Rule | Indicator | None) -> None:
        if other is not None:
            raise section.fault("rules.duplicate_id", line, rule=name, other=f"{other.path}:{other.line}")

    def _check_lists(self, used: set[str]) -> None:
        """Tell of word lists that nobody reads: a name misspelt, or a list that no pattern puts in."""
        known = {*WORD_LISTS, *ASKED_LISTS, *TABLE_LISTS, *(name for one in self.below for name in one.words)}
        for lists in self.listed:
            for name in lists.keys():  # noqa: SIM118
                if name not in known | used:
                    near = nearest(name, known)
                    self.faults.add(lists.fault("rules.unknown_list", lists.line_of(name), name=name, known=near))

    def indicators(self) -> tuple[Indicator, ...]:
        """Return all indicators: of a code that a pack below has too, this pack's own takes its place."""
        own: dict[str, Indicator] = {}
        for section in self._sections("indicators"):
            self.written.add(section.text("code", ""))  # also of one that is wrong
            with self.faults.caught():
                indicator = read_indicator(section, self.vocabulary)
                self._once(indicator.code, section.line, section, own.get(indicator.code))
                own[indicator.code] = indicator
        inherited = {i.code: i for one in self.below for i in one.indicators}
        gone = self.manifest.disable.indicators
        self._must_be_there("disable", gone, inherited)
        return tuple(({code: i for code, i in inherited.items() if code not in gone} | own).values())

    def columns(self, indicators: Sequence[Indicator]) -> tuple[str, ...]:
        """Return the codes that people want to see, in order: those of the manifest, else own ones, then inherited."""
        codes = [i.code for i in indicators]
        self._must_be_there("columns", self.manifest.columns, {*codes, *self.written}, "rules.unknown_column")
        if self.manifest.columns:
            return once(code for code in self.manifest.columns if code in codes)
        inherited = [code for one in self.below for code in one.columns]
        own = [i.code for i in indicators if i.path.is_relative_to(self.home.folder)]
        return once(code for code in (*own, *inherited) if code in codes)

    def close(self) -> None:
        """Tell of keys in the files that nobody asked for."""
        for file in self.files:
            with self.faults.caught():
                file.close()


class _Asked(dict[str, str]):
    """What patterns may put in by name, with the names that any of them did."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return super().__getitem__(name)
