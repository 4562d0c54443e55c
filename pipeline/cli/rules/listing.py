"""`baocao rules list`: the rule packs that are there, or what is written in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option, rules_option

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pipeline.rulebook import Indicator, Pack, Rule

_TITLE = 24  # columns that a title has at least, before other columns are left out


def list_command(words: Words) -> click.Command:
    """Return the command `rules list [PACK…]`."""
    params: list[click.Parameter] = [
        click.Argument(["packs"], nargs=-1, type=click.Path(), metavar=f"[{words('metavar.packs')}]"),
        rules_option(words),
        lang_option(words),
    ]
    command = Command(words, "list", params, key="rules.list")
    command.callback = lambda packs, rules: list_packs((*packs, *rules), words)
    return command


def list_packs(names: Sequence[str], words: Words) -> int:
    """Print all packs, or the rules of those named; return the exit status: 1 where a pack can't be read."""
    from pipeline.cli.console import console
    from pipeline.rulebook import load_pack

    screen = console()
    if not names:
        return _print_packs(screen, words)
    for at, pack in enumerate(dict.fromkeys(load_pack(name) for name in names)):
        if at:
            screen.print()
        _print_rules(screen, pack, words)
    return 0


def _print_packs(screen: Console, words: Words) -> int:
    """Print a row for each pack: with its rules by kind, or where that is too wide, how many."""
    from pipeline.cli.console import said
    from pipeline.cli.room import room
    from pipeline.rulebook import RulesError, default_packs, load_pack

    packs, faults = {}, []
    for name in default_packs():
        try:
            packs[name] = load_pack(name)
        except RulesError as error:
            faults.append(said(error, words.lang))
    table = _packs_by_kind(packs, words)
    table.columns[1].max_width = _TITLE
    if room(screen, table) < 0:
        table = _packs_in_short(packs, words)
    table.columns[1].max_width = None
    screen.print(table)
    for fault in faults:
        screen.print(fault, style="red", soft_wrap=True)
    return 1 if faults else 0


def _packs_by_kind(packs: Mapping[str, Pack], words: Words) -> Table:
    from rich.text import Text

    from pipeline.rulebook import shipped_packs
    from pipeline.rulebook.lookup import own_indicators, own_rules
    from pipeline.rulebook.rules import KINDS

    heads = [words(f"rules.list.{key}") for key in ("pack", "title", "version", "extends")]
    kinds = [words(f"label.{kind}") for kind in KINDS]
    table = _table(heads, heads[1], [*kinds, words("rules.list.indicators")], [""])
    for name, pack in packs.items():
        own = [rule.kind for rule in own_rules(pack)]
        counts = [*(own.count(kind) for kind in KINDS), len(own_indicators(pack))]
        origin = words("rules.list.shipped" if name in shipped_packs() else "rules.list.installed")
        told = (Text(pack.id, "bold"), pack.title, pack.version, ", ".join(pack.extends) or "–")
        table.add_row(*told, *(str(count) if count else "–" for count in counts), Text(origin, "dim"))
    return table


def _packs_in_short(packs: Mapping[str, Pack], words: Words) -> Table:
    from rich.text import Text

    from pipeline.rulebook.lookup import own_indicators, own_rules

    heads = [words(f"rules.list.{key}") for key in ("pack", "title", "extends")]
    table = _table(heads, heads[1], [words("rules.list.rules"), words("rules.list.indicators")])
    for pack in packs.values():
        counts = (len(own_rules(pack)), len(own_indicators(pack)))
        told = (Text(pack.id, "bold"), pack.title, ", ".join(pack.extends) or "–")
        table.add_row(*told, *(str(count) if count else "–" for count in counts))
    return table


def _print_rules(screen: Console, pack: Pack, words: Words) -> None:
    from rich.text import Text

    from pipeline.rulebook.lookup import own_indicators, own_rules
    from pipeline.rulebook.rules import KINDS

    rules, indicators = own_rules(pack), own_indicators(pack)
    head = words(
        "rules.list.head",
        id=pack.id, version=pack.version, title=pack.title, rules=len(rules), indicators=len(indicators),
        extends=", ".join(pack.extends) or "–",
    )  # fmt: skip
    screen.print(Text(head, "bold"), soft_wrap=True)
    ordered = sorted(rules, key=lambda rule: (KINDS.index(rule.kind), rule.path, rule.line))
    rows = [(rule.id, words(f"label.{rule.kind}"), rule.title, _place(rule, pack)) for rule in ordered]
    placed = _print_rows(screen, ("rule", "kind", "title", "place"), rows, words)
    rows = [(told.code, told.unit or "–", told.label, _place(told, pack)) for told in indicators]
    placed &= _print_rows(screen, ("indicator", "unit", "title", "place"), rows, words)
    if not placed:
        screen.print(words("rules.list.unplaced"), style="dim", soft_wrap=True)


def _place(told: Rule | Indicator, pack: Pack) -> str:
    return f"{told.path.relative_to(pack.folder).as_posix()}:{told.line}"


def _print_rows(screen: Console, keys: Sequence[str], rows: Sequence[Sequence[str]], words: Words) -> bool:
    """Print a table of names, with two texts and a place each; return False where there is no room for places."""
    from rich.text import Text

    from pipeline.cli.room import room

    def table(keys: Sequence[str]) -> Table:
        made = _table([words(f"rules.list.{key}") for key in keys], words("rules.list.title"))
        for row in rows:
            made.add_row(Text(row[0], "cyan"), *row[1:3], *(Text(place, "dim") for place in row[3 : len(keys)]))
        made.columns[2].max_width = _TITLE
        return made

    shown = table(keys)
    fits = room(screen, shown) >= 0
    if not fits:
        shown = table(keys[:3])
    shown.columns[2].max_width = None
    if rows:
        screen.print(shown)
    return fits


def _table(heads: Iterable[str], title: str, figures: Iterable[str] = (), last: Iterable[str] = ()) -> Table:
    """Return an empty table: texts, then figures to the right, then texts again; only under `title` lines are folded.

    A name that goes over two lines can't be copied.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head != title)
    for head in figures:
        table.add_column(head, justify="right", no_wrap=True)
    for head in last:
        table.add_column(head, no_wrap=True)
    return table
