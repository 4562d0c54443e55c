"""`baocao rules diff`: what a change of rules did to a folder of reports, to look at before it is accepted."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option

_SHOWN = 10


def diff_command(words: Words) -> click.Command:
    """Return the command `rules diff OUT1 OUT2`."""
    limit = click.Option(
        ["--limit"],
        type=click.IntRange(min=0),
        default=_SHOWN,
        metavar=words("metavar.workers"),
        help=words("rules.diff.limit", shown=_SHOWN),
    )
    params: list[click.Parameter] = [
        click.Argument(["before"], type=click.Path(), metavar=words("metavar.before")),
        click.Argument(["after"], type=click.Path(), metavar=words("metavar.after")),
        limit,
        click.Option(["--csv"], type=click.Path(), metavar=words("metavar.file"), help=words("rules.diff.csv")),
        lang_option(words),
    ]
    command = Command(words, "diff", params, key="rules.diff")
    command.callback = lambda before, after, limit, csv: show_changes(before, after, limit, csv, words)
    return command


def show_changes(before: str, after: str, limit: int, listed: str | None, words: Words) -> int:
    """Print what changed, and write it to `listed`; return the exit status: 0 where nothing did, else 1."""
    from pipeline.cli.rules.changes import print_changes
    from pipeline.evaluation import compare, write_changes

    comparison = compare(Path(before), Path(after))
    if listed:
        write_changes(Path(listed), comparison.changes)
    print_changes(comparison, limit, listed, words)
    return 1 if comparison.changes else 0
