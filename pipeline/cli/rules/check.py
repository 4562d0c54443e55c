"""`baocao rules check`: everything that is wrong with a rule pack, by file and line, each with its remedy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option

if TYPE_CHECKING:
    from pipeline.rulebook import Pack, RulesError


def check_command(words: Words) -> click.Command:
    """Return the command `rules check [PACK…]`."""
    packs = click.Argument(["packs"], nargs=-1, type=click.Path(), metavar=words("metavar.packs"))
    below = click.Option(["--inherited"], is_flag=True, help=words("rules.check.inherited"))
    command = Command(words, "check", [packs, below, lang_option(words)], key="rules.check")
    command.callback = lambda packs, inherited: check_packs(packs, inherited, words)
    return command


def check_packs(names: tuple[str, ...], inherited: bool, words: Words) -> int:
    """Print the faults of each pack; return 1 where one has an error, else 0.

    Without names it is the pack, or the packs, of the current folder; where none is there, all shipped ones.
    """
    from pipeline.extract.lint import is_error, lint

    failed = 0
    for name in _asked(names):
        found = lint(name, inherited)
        for fault in found.faults:
            _print_fault(fault, words)
        errors = sum(map(is_error, found.faults))
        failed += bool(errors)
        if found.pack is None or found.faults:
            advice = len(found.faults) - errors
            _print(words("rules.check.faults", pack=name, errors=errors, advice=advice), "bold")
        else:
            _print(_verdict(name, found.pack, inherited, words), "green")
        if found.unproven:
            _print(words("rules.check.unproven"), "dim")
    return 1 if failed else 0


def _asked(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the packs to check: those named, or this folder, or else the shipped ones; of a folder of packs each."""
    from pipeline.rulebook import packs_in, shipped_packs
    from pipeline.rulebook.manifest import MANIFEST

    if names:
        return tuple(pack for name in names for pack in packs_in(name) or (name,))
    return (".",) if Path(MANIFEST).is_file() else packs_in(".") or shipped_packs()


def told_at_sight(names: Sequence[str], words: Words) -> None:
    """Print one line for each pack named in a run that has findings, with the command that tells them.

    Shipped packs are checked before they are shipped; a pack that can't be loaded has stopped the run already.
    """
    from pipeline.rulebook import load_pack, shipped_packs

    for name in dict.fromkeys(names):
        if name not in shipped_packs():
            from pipeline.cli.console import console
            from pipeline.extract.lint import findings_at_sight

            found = findings_at_sight(load_pack(name), chosen=len(names) > 1)
            if found:
                said = words("rules.check.sight", count=len(found), pack=name)
                console(stderr=True).print(said, style="yellow", soft_wrap=True)


def _print_fault(fault: RulesError, words: Words) -> None:
    from rich.text import Text

    from pipeline.cli.console import console, said, shown_path
    from pipeline.extract.lint import is_error

    place = shown_path(fault.path, fault.line)
    message = said(fault, words.lang).removeprefix(f"{place}: ")
    code = (f"[{fault.problem.code}]", "red" if is_error(fault) else "yellow")
    console().print(Text.assemble((place, "bold"), "  ", code, "  ", message), soft_wrap=True)


def _verdict(name: str, pack: Pack, inherited: bool, words: Words) -> str:
    from pipeline.rulebook.lookup import own_indicators, own_rules

    rules = pack.rules() if inherited else own_rules(pack)
    indicators = pack.indicators if inherited else own_indicators(pack)
    examples = sum(len(rule.examples) + len(rule.rejects) for rule in rules)
    examples += sum(len(indicator.examples) + len(indicator.rejects) for indicator in indicators)
    counts = {"rules": len(rules), "indicators": len(indicators), "examples": examples}
    return words("rules.check.fine", pack=name, **counts)


def _print(said: str, style: str) -> None:
    from rich.text import Text

    from pipeline.cli.console import console

    console().print(Text(said, style), soft_wrap=True)
