"""`baocao rules show`: one rule or indicator, as it is written and as it works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option, rules_option

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.rulebook import Indicator, Pack, Rule
    from pipeline.rulebook.lookup import Entry


def show_command(words: Words) -> click.Command:
    """Return the command `rules show NAME`."""
    params: list[click.Parameter] = [
        click.Argument(["name"], metavar=words("metavar.name")),
        rules_option(words),
        lang_option(words),
    ]
    command = Command(words, "show", params, key="rules.show")
    command.callback = lambda name, rules: show_rule(name, rules, words)
    return command


def show_rule(name: str, rules: Sequence[str], words: Words) -> int:
    """Print every rule and indicator called `name` in the packs that are there and those in `rules`."""
    from pipeline.cli.console import console
    from pipeline.rulebook import default_packs, load_pack
    from pipeline.rulebook.lookup import find_entries

    packs = tuple(dict.fromkeys(load_pack(pack) for pack in (*rules, *default_packs())))
    screen = console()
    for at, entry in enumerate(find_entries(name, packs)):
        if at:
            screen.print()
        _print_entry(screen, entry, packs, words)
    return 0


def _print_entry(screen: Console, entry: Entry, packs: Sequence[Pack], words: Words) -> None:
    from rich.text import Text

    from pipeline.rulebook import Indicator
    from pipeline.rulebook.written import written

    told = entry.told
    if isinstance(told, Indicator):
        kind, title = words("rules.show.indicator"), told.label
    else:
        kind, title = words(f"label.{told.kind}"), told.title
    screen.print(Text.assemble((entry.id, "bold cyan"), (f" · {kind} · ", "dim"), (title, "bold")), soft_wrap=True)
    screen.print(Text(_place(told), "dim"), soft_wrap=True)
    for line in _relations(entry, packs, words):
        screen.print(Text(line, "yellow"), soft_wrap=True)
    screen.print()
    _print_yaml(screen, written(told.path, told.line))
    _print_pattern(screen, entry, words)
    _print_proofs(screen, entry, words)


def _place(told: Rule | Indicator) -> str:
    """Return the file and line of a rule, from where the user stands if it is below."""
    from pipeline.cli.console import shown_path

    return shown_path(told.path, told.line)


def _relations(entry: Entry, packs: Sequence[Pack], words: Words) -> Iterator[str]:
    """Yield what a rule or indicator stands for, and where it holds or does not."""
    from pipeline.rulebook import Indicator
    from pipeline.rulebook.lookup import entries

    known = entries(packs)
    if isinstance(entry.told, Indicator):
        same = [other for other in known if isinstance(other.told, Indicator) and other.name == entry.name]
        below = [other for other in same if other.pack.id in entry.pack.lineage]
        above = [other for other in same if entry.pack.id in other.pack.lineage]
    else:
        rules = [(other, other.told) for other in known if not isinstance(other.told, Indicator)]
        below = [other for other, _ in rules if other.id == entry.told.overrides]
        above = [other for other, rule in rules if rule.overrides == entry.id]
    for other in below:
        yield words("rules.show.overrides", name=other.id, place=_place(other.told))
    for other in above:
        yield words("rules.show.overridden", pack=other.pack.id, name=other.id, place=_place(other.told))
    replaced = {other.pack.id for other in above}
    heirs = [pack for pack in packs if entry.pack.id in pack.lineage and not replaced & {pack.id, *pack.lineage}]
    holding = [pack.id for pack in heirs if entry.told in (*pack.rules(), *pack.indicators)]
    for pack in heirs:
        if pack.id not in holding:
            yield words("rules.show.disabled", pack=pack.id)
    yield words("rules.show.inherited", packs=", ".join([entry.pack.id, *holding]))


def _print_yaml(screen: Console, text: str) -> None:
    """Print YAML with its keys and comments set off."""
    from rich.text import Text

    shown = Text(text)
    shown.highlight_regex(r"(?m)^[ -]*\w+(?=:)", "blue")
    shown.highlight_regex(r"(?m)^ *#.*$", "dim")
    screen.print(shown, soft_wrap=not screen.is_terminal)


def _print_pattern(screen: Console, entry: Entry, words: Words) -> None:
    """Print a pattern with what it puts in by name, where it does so."""
    from pipeline.rulebook import PatternRule
    from pipeline.rulebook.patterns import expand

    if isinstance(entry.told, PatternRule) and entry.told.pattern is not None:
        whole = expand(entry.told.source, entry.pack.fragments_in_patterns())
        if whole != entry.told.source:
            screen.print()
            screen.print(words("rules.show.expanded"), style="bold")
            screen.print(whole, soft_wrap=not screen.is_terminal)


def _print_proofs(screen: Console, entry: Entry, words: Words) -> None:
    """Print what each example gives, and the rejects."""
    from rich.padding import Padding
    from rich.text import Text

    from pipeline.extract.outcomes import outcomes

    screen.print()
    screen.print(words("rules.show.examples"), style="bold")
    for one in outcomes(entry.told, entry.pack):
        columns = [Text.assemble((f"{column} ", "dim"), (value, "green")) for column, value in one.columns]
        given = Text(" · ", "dim").join(columns) if columns else Text(words("rules.show.nothing"), "red")
        screen.print(Padding(Text.assemble(f"«{one.example.told}» → ", given), (0, 0, 0, 2), expand=False))
    screen.print(words("rules.show.rejects"), style="bold")
    for reject in entry.told.rejects:
        screen.print(Padding(Text(f"«{reject.told}»"), (0, 0, 0, 2), expand=False))
