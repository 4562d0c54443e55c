"""`baocao summary`: one page with plots and tables that sums up a run, for whoever needs its figures."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option
from pipeline.cli.saying import echo


def summary_command(words: Words) -> click.Command:
    """Return the command `summary OUT`."""
    params: list[click.Parameter] = [
        click.Argument(["out"], type=click.Path(), metavar=words("metavar.results")),
        click.Option(
            ["-o", "--out", "page"], type=click.Path(), metavar=words("metavar.file"), help=words("summary.out")
        ),
        lang_option(words),
    ]
    command = Command(words, "summary", params)
    command.callback = lambda out, page: write_page(out, page, words)
    return command


def write_page(out: str, page: str | None, words: Words) -> int:
    """Write the summary of the tables in `out` and say where it is; return the exit status."""
    from pipeline.summary import write_summary

    written, plots = write_summary(Path(out), Path(page) if page else None, words.lang)
    echo(words("summary.written", page=written.resolve()))
    echo(words("summary.plots", folder=plots.resolve()))
    return 0
