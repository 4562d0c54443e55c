"""A rule pack: a folder with `pack.yaml`, rule files and vocabularies, and the packs it extends."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from pipeline.rulebook.assembly import Assembly, rule_files
from pipeline.rulebook.faults import Faults, first_causes
from pipeline.rulebook.manifest import Manifest, Recognition, read_manifest
from pipeline.rulebook.patterns import insertable
from pipeline.rulebook.places import CORE, Home, home_of, installed_packs, shipped_packs
from pipeline.rulebook.rules import ActivityRule, Indicator, PatternRule, Rule
from pipeline.rulebook.source import RulesError, read_yaml
from pipeline.rulebook.vocabulary import Vocabulary, load_vocabulary


class Pack(Struct, frozen=True, eq=False):
    """Everything that extraction needs of a rule pack, with what it inherits; `digest` names the exact rules.

    `lineage` are the ids of all packs that it builds on. `about` tells people what it is for. `columns` orders its
    indicators for them. Two packs are one only if they are the same object.
    """

    id: str
    title: str
    version: str
    about: str
    folder: Path
    recognise: Recognition
    extends: tuple[str, ...]
    lineage: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    structure: Mapping[str, tuple[str, ...]]
    fragments: Mapping[str, str]
    patterns: tuple[PatternRule, ...]
    activities: tuple[ActivityRule, ...]
    indicators: tuple[Indicator, ...]
    columns: tuple[str, ...]
    section_roles: tuple[tuple[str, tuple[str, ...]], ...]
    vocabulary: Vocabulary
    digest: str

    def rules(self) -> tuple[Rule, ...]:
        """Return all rules, inherited ones first."""
        return (*self.patterns, *self.activities)

    def fragments_in_patterns(self) -> dict[str, str]:
        """Return what a pattern may put in by `{name}`: fragments, and word lists as alternatives."""
        return insertable(self.words, self.fragments)


def load_pack(name: str) -> Pack:
    """Return the pack called `name` (shipped or installed) or standing in the folder `name`.

    Raises `RulesError`, with file and line, for the first fault of any of its files.
    """
    return _loaded(home_of(name))


def read_pack(name: str) -> tuple[Pack | None, list[RulesError]]:
    """Return the pack `name` as far as it can be read, and the faults that reading its files shows.

    The pack is None where nothing can be made of it: no manifest, or a pack below it that is wrong itself; of its other
    files the grammar is still told. What another fault may have caused is not told.
    """
    faults = Faults(collecting=True)
    pack = None
    with faults.caught():
        home = home_of(name)
        with faults.caught():
            pack = _read(home, faults)
        if pack is None:
            _read_grammar(home, faults)
    return pack, first_causes(faults.found)


def default_packs() -> tuple[str, ...]:
    """Return the packs that reports choose from where nobody names any: `core`, the other shipped, the installed."""
    return (*shipped_packs(), *installed_packs())


def candidate_packs(names: tuple[str, ...]) -> tuple[Pack, ...]:
    """Return the packs that each report chooses from, the one for reports that none claims first.

    One name is a decision: that pack for every report. Several are a choice among them, with `core` for the rest;
    none at all is a choice among `default_packs`.
    """
    if len(names) == 1:
        return (load_pack(names[0]),)
    return tuple(dict.fromkeys(load_pack(name) for name in ((CORE, *names) if names else default_packs())))


@lru_cache(maxsize=64)
def _loaded(home: Home) -> Pack:
    return _read(home, Faults())


def forget_packs() -> None:
    """Let every pack be read from its files again at the next call: they may have changed since."""
    _loaded.cache_clear()


def _read(home: Home, faults: Faults) -> Pack:
    manifest = read_manifest(home.folder)
    _refuse_cycle(home, manifest, ())
    parents = [_loaded(_parent(home, manifest, name)) for name in manifest.extends]
    return _assembled(Assembly(manifest, home, parents, faults), manifest, home, parents)


def _read_grammar(home: Home, faults: Faults) -> None:
    """Tell which files of a pack are no YAML and no tables."""
    for path in rule_files(home.folder):
        with faults.caught():
            read_yaml(path)
    load_vocabulary(home.folder / "vocabulary", faults)


def _refuse_cycle(home: Home, manifest: Manifest, above: tuple[str, ...]) -> None:
    """Raise RulesError where a pack extends itself, directly or by others; manifests alone are read for this."""
    chain = (*above, manifest.id)
    if manifest.id in above:
        line = manifest.section.line_of("extends")
        raise manifest.section.fault("rules.cycle", line, chain=" → ".join(chain))
    for name in manifest.extends:
        parent = _parent(home, manifest, name)
        _refuse_cycle(parent, read_manifest(parent.folder), chain)


def _parent(home: Home, manifest: Manifest, name: str) -> Home:
    try:
        return home_of(name, beside=home.folder.parent)
    except RulesError as error:
        detail = dict(error.problem.detail)
        line = manifest.section.line_of("extends")
        raise manifest.section.fault("rules.not_found", line, name=name, known=detail["known"]) from error


def _assembled(parts: Assembly, manifest: Manifest, home: Home, parents: list[Pack]) -> Pack:
    rules = parts.rules()
    indicators = parts.indicators()
    roles = parts.section_roles()
    parts.close()
    lineage = dict.fromkeys(name for parent in parents for name in (parent.id, *parent.lineage))
    return Pack(
        manifest.id, manifest.title, manifest.version, manifest.about, home.folder, manifest.recognise,
        manifest.extends, tuple(lineage), parts.words, parts.structure, parts.fragments,
        tuple(r for r in rules if isinstance(r, PatternRule)),
        tuple(r for r in rules if isinstance(r, ActivityRule)),
        indicators, parts.columns(indicators), roles, parts.vocabulary,
        _digest(home.folder, parents),
    )  # fmt: skip


def _digest(folder: Path, parents: list[Pack]) -> str:
    parts = [parent.digest.encode() for parent in parents]
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".csv", ".py"):
            parts.append(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
