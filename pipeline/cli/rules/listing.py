"""`baocao rules list`: the rule packs that are there, or what is written in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option, rules_option

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pipeline.rulebook import Pack


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
    from rich.text import Text

    from pipeline.cli.console import said
    from pipeline.rulebook import RulesError, default_packs, load_pack, shipped_packs
    from pipeline.rulebook.lookup import own_indicators, own_rules
    from pipeline.rulebook.rules import KINDS

    kinds = [words(f"label.{kind}") for kind in KINDS]
    table = _table(
        [words("rules.list.pack"), words("rules.list.title"), words("rules.list.version"), words("rules.list.extends")],
        [*kinds, words("rules.list.indicators")],
        [""],
    )
    faults = []
    for name in default_packs():
        try:
            pack = load_pack(name)
        except RulesError as error:
            faults.append(said(error, words.lang))
            continue
        own = [rule.kind for rule in own_rules(pack)]
        counts = [*(own.count(kind) for kind in KINDS), len(own_indicators(pack))]
        origin = words("rules.list.shipped" if name in shipped_packs() else "rules.list.installed")
        told = (Text(pack.id, "bold"), pack.title, pack.version, ", ".join(pack.extends) or "–")
        table.add_row(*told, *(str(count) if count else "–" for count in counts), Text(origin, "dim"))
    screen.print(table)
    for fault in faults:
        screen.print(fault, style="red", soft_wrap=True)
    return 1 if faults else 0


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
    keys = ("rule", "kind", "title", "place")
    table = _table([words(f"rules.list.{key}") for key in keys])
    for rule in sorted(rules, key=lambda rule: (KINDS.index(rule.kind), rule.path, rule.line)):
        place = f"{rule.path.relative_to(pack.folder).as_posix()}:{rule.line}"
        table.add_row(Text(rule.id, "cyan"), words(f"label.{rule.kind}"), rule.title, Text(place, "dim"))
    if rules:
        screen.print(table)
    keys = ("indicator", "unit", "title", "place")
    table = _table([words(f"rules.list.{key}") for key in keys])
    for told in indicators:
        place = f"{told.path.relative_to(pack.folder).as_posix()}:{told.line}"
        table.add_row(Text(told.code, "cyan"), told.unit or "–", told.label, Text(place, "dim"))
    if indicators:
        screen.print(table)


def _table(heads: Iterable[str], figures: Iterable[str] = (), last: Iterable[str] = ()) -> Table:
    """Return an empty table: texts, then figures to the right, then texts again."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for head in figures:
        table.add_column(head, justify="right")
    for head in last:
        table.add_column(head, no_wrap=True)
    return table
