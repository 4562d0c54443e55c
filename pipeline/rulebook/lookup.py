"""Rules and indicators by their names, among all packs that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.problems import BaocaoError
from pipeline.rulebook.manifest import MANIFEST
from pipeline.rulebook.pack import Pack, load_pack
from pipeline.rulebook.rules import Indicator, Rule
from pipeline.rulebook.source import nearest


class Entry(Struct, frozen=True):
    """A rule or an indicator, the pack that it is written in, and its id in all packs (`pack/name`)."""

    id: str
    pack: Pack
    told: Rule | Indicator

    @property
    def name(self) -> str:
        """The name within its pack."""
        return self.id.partition("/")[2]

    @property
    def place(self) -> str:
        """The file, from the pack's folder, and the line."""
        return f"{self.told.path.relative_to(self.pack.folder).as_posix()}:{self.told.line}"


def own_rules(pack: Pack) -> tuple[Rule, ...]:
    """Return the rules that are written in `pack` itself."""
    return tuple(rule for rule in pack.rules() if rule.path.is_relative_to(pack.folder))


def own_indicators(pack: Pack) -> tuple[Indicator, ...]:
    """Return the indicators that are written in `pack` itself."""
    return tuple(indicator for indicator in pack.indicators if indicator.path.is_relative_to(pack.folder))


def entries(packs: Iterable[Pack]) -> tuple[Entry, ...]:
    """Return all rules, and then all indicators, that hold in any of `packs`, each once."""
    known = {pack.folder: pack for pack in packs}
    rules = dict.fromkeys(rule for pack in known.values() for rule in pack.rules())
    indicators = dict.fromkeys(indicator for pack in known.values() for indicator in pack.indicators)
    return (
        *(Entry(rule.id, _home(rule, known), rule) for rule in rules),
        *(Entry(f"{home.id}/{told.code}", home, told) for told in indicators for home in [_home(told, known)]),
    )


def find_entries(name: str, packs: Sequence[Pack]) -> tuple[Entry, ...]:
    """Return the rules and indicators called `name`, with its pack (`core/hop`) or without (`hop`).

    BaocaoError `rules.no_rule`, with the nearest names, where there is none.
    """
    known = entries(packs)
    found = tuple(entry for entry in known if name in (entry.id, entry.name))
    if not found:
        names = [entry.id if "/" in name else entry.name for entry in known]
        raise BaocaoError("rules.no_rule", name=name, known=nearest(name, dict.fromkeys(names)))
    return found


def _home(told: Rule | Indicator, known: Mapping[Path, Pack]) -> Pack:
    """Return the pack that a rule or an indicator is written in: one of those `known` by folder, or one below them."""
    folder = next(folder for folder in told.path.parents if folder in known or (folder / MANIFEST).is_file())
    return known[folder] if folder in known else load_pack(str(folder))
