"""`baocao gaps`: what the rules did not understand of a folder of reports, as a work-list for who writes rules."""

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


def gaps_command(words: Words) -> click.Command:
    """Return the command `gaps FOLDER`."""
    out = click.Option(["-o", "--out"], type=click.Path(), metavar=words("metavar.file"), help=words("gaps.out"))
    limits = limits_options(words)
    shared = [rules_option(words), workers_option(words), *limits, no_cache_option(words), lang_option(words)]
    command = Command(words, "gaps", [folder_argument(words), out, *shared])
    command.callback = lambda folder, out, rules, workers, no_cache, timeout, memory, limit: show_gaps(
        folder, out, rules, workers, no_cache, words, asked_limits(timeout, memory, limit)
    )
    return command


def show_gaps(
    folder: str,
    out: str | None,
    rules: Sequence[str],
    workers: int,
    no_cache: bool,
    words: Words,
    limits: Limits,
) -> int:
    """Print the gaps of `folder`, and write all of them to `out`; return the exit status: 1 if a file wasn't read."""
    from pipeline.batch import gather_gaps, write_gaps
    from pipeline.cli.worklist import print_gaps
    from pipeline.rulebook import default_packs, load_pack

    with terminable(), asked_cache(no_cache, words) as cache, progress_shown(words) as progress:
        gaps = gather_gaps(folder, rules, workers, progress, words.lang, cache, limits)
    if out:
        write_gaps(Path(out), gaps)
    own = dict.fromkeys(load_pack(name) for name in rules if name not in default_packs())
    print_gaps(gaps, out, tuple(own), words)
    return 1 if gaps.unread else 0
