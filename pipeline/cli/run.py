"""`baocao run`: a folder of reports into tables, with progress on the way and a summary at the end."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import (
    asked_cache,
    asked_limits,
    asked_passwords,
    folder_argument,
    lang_option,
    limits_options,
    no_cache_option,
    passwords_option,
    rules_option,
    workers_option,
)
from pipeline.cli.progress import json_lines, progress_shown, terminable

_LOOKED_AT = 100  # files that tell which formats there are

if TYPE_CHECKING:
    from pipeline.batch.workers import Limits


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
    cluster = click.Option(["--cluster"], default="", metavar=words("metavar.cluster"), help=words("run.cluster"))
    shared = [rules_option(words), workers_option(words), cluster, *limits_options(words), passwords_option(words)]
    command = Command(
        words, "run", [folder_argument(words), out, *shared, no_cache_option(words), as_json, quiet, lang_option(words)]
    )
    command.callback = lambda timeout, memory, limit, passwords, **asked: run_folder(
        Asked(limits=asked_limits(timeout, memory, limit), passwords=asked_passwords(passwords), **asked), words
    )
    return command


class Asked(Struct, frozen=True):
    """What `run` is asked for on the command line, by the names of its options."""

    folder: str
    out: str
    rules: tuple[str, ...]
    workers: int
    cluster: str
    limits: Limits
    passwords: tuple[str, ...]
    no_cache: bool
    as_json: bool
    quiet: bool


def run_folder(asked: Asked, words: Words) -> int:
    """Run over a folder with progress and summary, or events in their place; return the exit status."""
    if not asked.cluster:
        _prepare(Path(asked.folder), Path(asked.out))
    from pipeline.batch import run
    from pipeline.batch.events import untold
    from pipeline.batch.workers import silent
    from pipeline.cli.rules.check import told_at_sight
    from pipeline.cli.summary import print_summary

    with terminable(), asked_cache(asked.no_cache, words) as cache, ExitStack() as stack:
        progress = silent if asked.as_json else stack.enter_context(progress_shown(words, asked.quiet))
        tell = json_lines() if asked.as_json else untold
        summary = run(
            asked.folder,
            asked.out,
            asked.rules,
            asked.workers,
            progress,
            words.lang,
            cache,
            asked.limits,
            tell,
            cluster=asked.cluster,
            passwords=asked.passwords,
        )
    if not asked.as_json and not asked.quiet:
        print_summary(summary, words)
        told_at_sight(asked.rules, words)
    return 1 if summary.files["failed"] else 0


def _prepare(folder: Path, out: Path) -> None:
    """Have another process load what reading needs while this one loads the rest, where it looks like a first run.

    Where there are tables already most reports have been read, and only a look at the rules tells whether any hasn't.
    """
    from pipeline.batch.starting import start_server

    if folder.is_dir() and not (out / "run.json").exists():
        files = islice((path for path in folder.rglob("*") if path.is_file()), _LOOKED_AT)
        with suppress(OSError):  # the run tells what is wrong
            start_server([path.suffix.lower().removeprefix(".") for path in files])
