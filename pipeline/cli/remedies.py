"""Where in a rule pack a gap is closed: the file that is there, or the one to make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.batch import Remedy
from pipeline.cli.console import shown_path
from pipeline.cli.messages import Words
from pipeline.rulebook import Pack
from pipeline.rulebook.assembly import rule_files
from pipeline.rulebook.lookup import own_rules
from pipeline.rulebook.source import read_yaml
from pipeline.rulebook.vocabulary import HEADS

_NEW_FILE = "quy_tac.yaml"  # as `rules new` calls it


def remedies(remedy: Remedy, packs: Sequence[Pack], words: Words) -> Iterator[str]:
    """Yield what to add to one of `packs`, any of it will do; without any, what a pack of the reader's own needs."""
    made = [told for pack in packs for told in _told(remedy, pack, words)]
    if not packs:
        rules = [words("gaps.rule", finds=" | ".join(remedy.finds))] if remedy.finds else []
        keys = [words("gaps.key", name=name) for name in remedy.keys]
        made = [words("gaps.where", where=", ".join((*rules, *remedy.tables, *keys)))]
    for at, told in enumerate(made):
        yield words("gaps.or", told=told) if at else told


def _told(remedy: Remedy, pack: Pack, words: Words) -> Iterator[str]:
    if remedy.finds:
        path = _file_of(pack, remedy.finds)
        key = "gaps.add_rule" if path.exists() else "gaps.make_rules"
        yield words(key, file=shown_path(path), finds=" | ".join(remedy.finds))
    for table in remedy.tables:
        path = pack.folder / table
        key = "gaps.add_row" if path.exists() else "gaps.make_table"
        yield words(key, file=shown_path(path), head=",".join(HEADS[path.name]))
    for name in remedy.keys:
        path = _file_with(pack, name)
        yield words("gaps.add_key" if path.exists() else "gaps.make_key", file=shown_path(path), name=name)


def _file_of(pack: Pack, finds: Sequence[str]) -> Path:
    """Return the file with most of the rules that find such things, else with most rules, else any, else a new one."""
    rules = own_rules(pack)
    like = [rule for rule in rules if rule.kind in finds] or rules
    if like:
        return Counter(rule.path for rule in like).most_common(1)[0][0]
    return next(iter(rule_files(pack.folder)), pack.folder / _NEW_FILE)


def _file_with(pack: Pack, key: str) -> Path:
    """Return the file that has `key` already, else one for rules."""
    having = (path for path in rule_files(pack.folder) if read_yaml(path).has(key))
    return next(having, None) or _file_of(pack, ())
