"""`baocao rules stats`: what each rule of a pack finds, how that was judged, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import (
    asked_cache,
    asked_limits,
    folder_argument,
    lang_option,
    limits_options,
    no_cache_option,
    rules_option,
    workers_option,
)
from pipeline.cli.progress import progress_shown, terminable

if TYPE_CHECKING:
    from pipeline.batch.limits import Limits

_ORDERS = ("hits", "rejected")


def stats_command(words: Words) -> click.Command:
    """Return the command `rules stats FOLDER`."""
    params: list[click.Parameter] = [
        folder_argument(words),
        click.Option(
            ["--reports"], type=click.Path(), metavar=words("metavar.folder"), help=words("rules.stats.reports")
        ),
        rules_option(words),
        workers_option(words),
        *limits_options(words),
        click.Option(["--sort"], type=click.Choice(_ORDERS), default=_ORDERS[0], help=words("rules.stats.sort")),
        click.Option(["--csv"], type=click.Path(), metavar=words("metavar.file"), help=words("rules.stats.csv")),
        no_cache_option(words),
        lang_option(words),
    ]
    command = Command(words, "stats", params, key="rules.stats")
    command.callback = lambda folder, reports, rules, workers, sort, csv, no_cache, timeout, memory, limit: show_usage(
        folder, reports, rules, workers, sort, csv, no_cache, words, asked_limits(timeout, memory, limit)
    )
    return command


def show_usage(
    folder: str,
    reports: str | None,
    rules: str | Sequence[str],
    workers: int,
    order: str,
    listed: str | None,
    no_cache: bool,
    words: Words,
    limits: Limits,
) -> int:
    """Print how the rules do, and write it to `listed`; return the exit status: 1 if a report wasn't read.

    `order` is what rules come first: those that find most (`hits`), or of which most was `rejected`.
    """
    from pipeline.batch import gather_usage
    from pipeline.cli.rules.usage import print_usage
    from pipeline.evaluation import is_output, usage_of_output, usage_of_reports, write_usage
    from pipeline.evaluation.usage import most_rejected

    is_run = is_output(Path(folder)) or reports is not None
    measured = reports if is_run else folder
    uses = []
    if measured is not None:
        with terminable(), asked_cache(no_cache, words) as cache, progress_shown(words) as progress:
            uses = gather_usage(measured, rules, workers, progress, words.lang, cache, limits)
    usage = usage_of_output(Path(folder), rules, uses) if is_run else usage_of_reports(uses, rules)
    usage = most_rejected(usage) if order == "rejected" else usage
    if listed:
        write_usage(Path(listed), usage)
    print_usage(usage, listed, words)
    return 1 if usage.unread else 0
