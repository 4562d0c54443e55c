"""`baocao rules check`: everything that is wrong with a rule pack, by file and line, each with its remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option

if TYPE_CHECKING:
    from pipeline.rulebook import RulesError


def check_command(words: Words) -> click.Command:
    """Return the command `rules check [PACK…]`."""
    packs = click.Argument(["packs"], nargs=-1, type=click.Path(), metavar=words("metavar.packs"))
    below = click.Option(["--inherited"], is_flag=True, help=words("rules.check.inherited"))
    command = Command(words, "check", [packs, below, lang_option(words)], key="rules.check")
    command.callback = lambda packs, inherited: check_packs(packs, inherited, words)
    return command


def check_packs(names: tuple[str, ...], inherited: bool, words: Words) -> int:
    """Print the faults of each pack, all shipped ones by default; return 1 where one has an error, else 0."""
    from pipeline.extract.lint import is_error, lint
    from pipeline.rulebook import shipped_packs

    failed = 0
    for name in names or shipped_packs():
        faults = lint(name, inherited)
        for fault in faults:
            _print_fault(fault, words)
        errors = sum(map(is_error, faults))
        failed += bool(errors)
        if faults:
            _print(words("rules.check.faults", pack=name, errors=errors, advice=len(faults) - errors), "bold")
        else:
            _print(_verdict(name, inherited, words), "green")
    return 1 if failed else 0


def _print_fault(fault: RulesError, words: Words) -> None:
    from rich.text import Text

    from pipeline.cli.console import console, shown_path
    from pipeline.extract.lint import is_error
    from pipeline.problems import CATALOGUE

    place = f"{shown_path(fault.path)}:{fault.line}"
    message = (
        CATALOGUE[fault.problem.code].message(fault.problem, words.lang).removeprefix(f"{fault.path}:{fault.line}: ")
    )
    style = "red" if is_error(fault) else "yellow"
    console().print(
        Text.assemble((place, "bold"), "  ", (f"[{fault.problem.code}]", style), "  ", message), soft_wrap=True
    )


def _verdict(name: str, inherited: bool, words: Words) -> str:
    from pipeline.rulebook import load_pack
    from pipeline.rulebook.lookup import own_indicators, own_rules

    pack = load_pack(name)
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
