"""`baocao run`: a folder of reports into tables, with progress on the way and a summary at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

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
from pipeline.cli.progress import json_lines, progress_shown, terminable


def run_command(words: Words) -> click.Command:
    """Return the command `run FOLDER -o OUT`."""
    out = click.Option(
        ["-o", "--out"],
        type=click.Path(),
        required=True,
        metavar=words("metavar.folder"),
        help=words("run.out"),
    )
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=words("run.json"))
    quiet = click.Option(["-q", "--quiet"], is_flag=True, help=words("run.quiet"))
    shared = [rules_option(words), workers_option(words), no_cache_option(words), lang_option(words)]
    command = Command(words, "run", [folder_argument(words), out, *shared, as_json, quiet])
    command.callback = lambda folder, out, rules, workers, no_cache, as_json, quiet: run_folder(
        folder, out, rules, workers, no_cache, words, as_json, quiet
    )
    return command


def run_folder(
    folder: str,
    out: str,
    rules: Sequence[str],
    workers: int,
    no_cache: bool,
    words: Words,
    as_json: bool = False,
    quiet: bool = False,
) -> int:
    """Run over `folder` with progress and summary, or events in their place; return the exit status."""
    from pipeline.batch import run
    from pipeline.batch.events import untold
    from pipeline.batch.workers import silent
    from pipeline.cli.rules.check import told_at_sight
    from pipeline.cli.summary import print_summary

    with terminable(), asked_cache(no_cache, words) as cache, ExitStack() as stack:
        progress = silent if as_json else stack.enter_context(progress_shown(words, quiet))
        tell = json_lines() if as_json else untold
        summary = run(folder, out, rules, workers, progress, words.lang, cache, tell=tell)
    if not as_json and not quiet:
        print_summary(summary, words)
        told_at_sight(rules, words)
    return 1 if summary.files["failed"] else 0
