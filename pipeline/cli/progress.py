"""How far a run over a folder is, and its tidy end where it is asked to stop."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from pipeline.cli.messages import Words
from pipeline.cli.saying import echo, echo_json

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.batch import Progress, Step
    from pipeline.batch.events import Telling

_MOST_LINES = 100  # files of which each has a line of its own where there is no terminal
_EVERY = 5.0  # seconds between two lines of a larger run


@contextmanager
def terminable() -> Iterator[None]:
    """Let a request to end, as `kill` and a shutdown send it, end a run as tidily as Ctrl+C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


@contextmanager
def progress_shown(words: Words, quiet: bool = False) -> Iterator[Progress]:
    """Give what shows how far a run is: lines that renew themselves on a terminal, else plain ones.

    If `quiet`, only files that can't be read have a line.
    """
    from pipeline.cli.console import console

    screen = console(stderr=True)
    if quiet:
        yield _tell_failures
    elif screen.is_terminal:
        with live_progress(screen, words) as shown:
            yield shown
    else:
        yield plain_progress(words)


@contextmanager
def live_progress(screen: Console, words: Words, clock: Callable[[], float] = time.monotonic) -> Iterator[Progress]:
    """Give what keeps three lines of `screen` up to date, also while nothing ends; they are gone afterwards."""
    from rich.live import Live

    from pipeline.batch.tally import Tally
    from pipeline.cli.standing import Standings

    tally, lock = Tally(clock), Lock()

    def take(step: Step) -> None:
        with lock:
            tally.take(step)

    def standing() -> Standings:
        with lock:
            return Standings(tally.standing(), words)

    with Live(get_renderable=standing, console=screen, transient=True):
        yield take


def plain_progress(words: Words, clock: Callable[[], float] = time.monotonic) -> Progress:
    """Return what prints a line for each file that is done, or of many files one every few seconds.

    Files that can't be read have their own line in any case.
    """
    from pipeline.batch.tally import Tally
    from pipeline.cli.standing import plain_line

    tally = Tally(clock)
    told_at, told_stage = clock(), "reading"

    def take(step: Step) -> None:
        nonlocal told_at, told_stage
        tally.take(step)
        few = 0 < step.total <= _MOST_LINES
        if step.result is not None and (few or step.result.status == "failed"):
            _tell_file(step)
        if few:
            return
        last = step.result is not None and step.done == step.total
        if last or step.stage != told_stage or clock() - told_at >= _EVERY:
            told_at, told_stage = clock(), step.stage
            echo(plain_line(tally.standing(), words), err=True)

    return take


def json_lines() -> Telling:
    """Return what prints events to standard output; if nobody reads them any more, the run goes on all the same."""
    from pipeline.batch.events import Event, line_of

    gone = False

    def tell(event: Event) -> None:
        nonlocal gone
        if not gone:
            try:
                echo_json(line_of(event))
            except OSError:
                gone = True
                _discard_output()

    return tell


def _discard_output() -> None:
    """Send standard output nowhere, or Python complains at its end of what it couldn't write."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_failures(step: Step) -> None:
    if step.result is not None and step.result.status == "failed":
        _tell_file(step)


def _tell_file(step: Step) -> None:
    error = step.result.error if step.result else ""
    of = f"{step.done}/{step.total}" if step.total else str(step.done)
    echo(f"{of} {step.file}" + (f": {error}" if error else ""), err=True)
