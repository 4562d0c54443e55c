"""`baocao run`: a folder of reports into tables, with progress on the way and a summary at the end."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import (
    asked_cache,
    folder_argument,
    lang_option,
    no_cache_option,
    rules_option,
    workers_option,
)
from pipeline.cli.progress import progress_shown, terminable


def run_command(words: Words) -> click.Command:
    """Return the command `run FOLDER -o OUT`."""
    out = click.Option(
        ["-o", "--out"],
        type=click.Path(),
        required=True,
        metavar=words("metavar.folder"),
        help=words("run.out"),
    )
    shared = [rules_option(words), workers_option(words), no_cache_option(words), lang_option(words)]
    command = Command(words, "run", [folder_argument(words), out, *shared])
    command.callback = lambda folder, out, rules, workers, no_cache: run_folder(
        folder, out, rules, workers, no_cache, words
    )
    return command


def run_folder(folder: str, out: str, rules: Sequence[str], workers: int, no_cache: bool, words: Words) -> int:
    """Run over `folder` with progress and summary; return the exit status."""
    from pipeline.batch import run
    from pipeline.cli.rules.check import told_at_sight
    from pipeline.cli.summary import print_summary

    with terminable(), progress_shown(words) as progress:
        summary = run(folder, out, rules, workers, progress, words.lang, asked_cache(no_cache))
    print_summary(summary, words)
    told_at_sight(rules, words)
    return 1 if summary.files["failed"] else 0
