"""How far a run over a folder is, and its tidy end where it is asked to stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pipeline.cli.messages import Words

if TYPE_CHECKING:
    from pipeline.batch import Progress, Step


@contextmanager
def terminable() -> Iterator[None]:
    """Let a request to end, as `kill` and a shutdown send it, end a run as tidily as Ctrl+C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


@contextmanager
def progress_shown(words: Words) -> Iterator[Progress]:
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
