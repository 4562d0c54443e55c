"""`baocao run`: a folder of reports into tables, with progress on the way and a summary at the end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option, rules_option

if TYPE_CHECKING:
    from pipeline.batch import Progress, Step


def run_command(words: Words) -> click.Command:
    """Return the command `run FOLDER -o OUT`."""
    out = click.Option(
        ["-o", "--out"],
        type=click.Path(),
        required=True,
        metavar=words("metavar.folder"),
        help=words("run.out"),
    )
    workers = click.Option(
        ["--workers"],
        type=click.IntRange(min=1),
        default=1,
        metavar=words("metavar.workers"),
        help=words("run.workers"),
    )
    folder = click.Argument(["folder"], type=click.Path(), metavar=words("metavar.folder"))
    command = Command(words, "run", [folder, out, rules_option(words), workers, lang_option(words)])
    command.callback = lambda folder, out, rules, workers: run_folder(folder, out, rules, workers, words)
    return command


def run_folder(folder: str, out: str, rules: str | None, workers: int, words: Words) -> int:
    """Run over `folder` with progress and summary; return the exit status."""
    from pipeline.batch import run
    from pipeline.cli.summary import print_summary

    with _terminable(), _progress(words) as progress:
        summary = run(folder, out, rules, workers, progress, words.lang)
    print_summary(summary, words)
    return 1 if summary.files["failed"] else 0


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a request to end, as `kill` and a shutdown send it, end a run as tidily as Ctrl+C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


@contextmanager
def _progress(words: Words) -> Iterator[Progress]:
    """Give what shows how far a run is: a bar on a terminal, else one line a file."""
    from pipeline.cli.console import console

    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda step: _print_step(step) if step.result else None
        return

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    columns = (
        TextColumn(words("run.progress")),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False, table_column=Column(ratio=1, no_wrap=True)),
    )
    with Progress(*columns, console=screen, transient=True, expand=True) as bar:
        task = bar.add_task("", total=None, file="")
        yield lambda step: bar.update(task, completed=step.done, total=step.total, file=step.file)


def _print_step(step: Step) -> None:
    error = step.result.error if step.result else ""
    click.echo(f"{step.done}/{step.total} {step.file}" + (f": {error}" if error else ""), err=True)
