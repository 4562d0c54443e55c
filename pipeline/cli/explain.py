"""`baocao explain`: why each sentence of a report gave what it gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.given import read_given
from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import asked_passwords, file_argument, lang_option, passwords_option, rules_option
from pipeline.cli.saying import echo
from pipeline.problems import CATALOGUE

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.cli.account import SentenceAccount
    from pipeline.extract import Extraction
    from pipeline.rulebook import Pack

_STYLES = {
    "document_number": "cyan",
    "date": "magenta",
    "count": "green",
    "activity": "blue",
    "problem": "bold red",
}
_DIM = "dim"


def explain_command(words: Words) -> click.Command:
    """Return the command `explain FILE`."""
    at = click.Option(["--at"], metavar=words("metavar.text"), help=words("explain.at"))
    lost = click.Option(["--lost"], is_flag=True, help=words("explain.with_lost"))
    command = Command(
        words,
        "explain",
        [file_argument(words), at, lost, rules_option(words), passwords_option(words), lang_option(words)],
    )
    command.callback = lambda file, at, lost, rules, passwords: explain(
        file, at, lost, rules, words, asked_passwords(passwords)
    )
    return command


def explain(
    file: str, at: str | None, lost: bool, rules: Sequence[str], words: Words, passwords: Sequence[str] = ()
) -> int:
    """Print the account of `file`, or of its sentences that hold `at`; return the exit status.

    What rules wanted and lost to others is only counted, unless `lost` asks for it.
    """
    from pipeline.batch import load_rules
    from pipeline.cli.account import account, holding
    from pipeline.cli.console import console
    from pipeline.extract import extract

    extraction = extract(read_given(file, passwords), *load_rules(rules))
    accounts = account(extraction, extraction.pack, words)
    told = accounts if at is None else holding(accounts, at)
    if at is not None and not told:
        echo(words("explain.not_found", file=file, text=at), err=True)
        return 1
    screen = console()
    _print_head(screen, file, extraction.pack, extraction, words)
    _print_accounts(screen, told if lost else [account.without("lost") for account in told], words)
    hidden = 0 if lost else sum(finding.kind == "lost" for account in told for finding in account.findings)
    if hidden:
        screen.print()
        screen.print(words("explain.hidden", count=hidden), style=_DIM, soft_wrap=True)
    return 0


def _print_head(screen: Console, file: str, pack: Pack, extraction: Extraction, words: Words) -> None:
    """Print what was read, and what is wrong with the whole file."""
    items, sentences = len(extraction.items), len(extraction.structure.sentences)
    head = words("explain.head", file=file, pack=pack.id, title=pack.title, items=items, sentences=sentences)
    screen.print(head, style="bold", soft_wrap=True)
    for problem in extraction.problems:
        if problem.start is None:
            screen.print(CATALOGUE[problem.code].message(problem, words.lang), style=_STYLES["problem"])


def _print_accounts(screen: Console, accounts: Sequence[SentenceAccount], words: Words) -> None:
    """Print `accounts`, each under its place, which is printed once for neighbours."""
    before = ""
    for account in accounts:
        page = words("explain.page", page=account.page) if account.page else ""
        place = " · ".join(part for part in (page, " > ".join(account.section)) if part)
        if place != before:
            screen.print()
            screen.rule(place, align="left", style=_DIM, characters="─")
            before = place
        _print_account(screen, account, words)


def _print_account(screen: Console, account: SentenceAccount, words: Words) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    sentence = Text(account.text)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for finding in account.findings:
        style = _STYLES.get(finding.kind, _DIM)
        if finding.kind in _STYLES:
            sentence.stylize(style, finding.start - account.start, max(0, finding.end - account.start))
        said = Text.assemble((finding.text, "bold" if style != _DIM else ""), " → ", finding.reading)
        table.add_row(Text(words(f"label.{finding.kind}"), style), said.append(f"  {finding.reason}", _DIM))
    screen.print()
    screen.print(sentence, soft_wrap=not screen.is_terminal)
    screen.print(Padding(table, (0, 0, 0, 4), expand=False))
