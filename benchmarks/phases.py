"""What a run does with a report, phase by phase: CPU of each in one process, by wrapping a few functions with timers.

`read`: words and boxes out of the file (of a PDF its drawing, of a DOCX the package and its XML). `rebuild`: lines,
paragraphs, tables and blocks. `structure`: letterhead, sections, signature, and which pack is chosen. `extract`: items,
fields, indicators, checks. `write`: rows, tables, data set, what the run tells of itself.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from benchmarks.rounds import markdown, told

PHASES = ("read", "rebuild", "structure", "extract", "write")
TIMED = {
    "pipeline.batch.reports:parse": "rebuild",
    "pypdfium2:PdfDocument.__init__": "read",
    "pypdfium2:PdfDocument.__getitem__": "read",
    "pipeline.parsers.pdf.reading:check_streams": "read",
    "pipeline.parsers.pdf.sheets:read_drawing": "read",
    "pipeline.parsers.docx.reading:open_parts": "read",
    "pipeline.extract:read_structure": "structure",
    "pipeline.extract:choose": "structure",
    "pipeline.extract:extract": "extract",
}
"""The functions that a phase begins with, by the modules that call them; a phase within another takes from it."""

_READING = "pipeline.batch.runs:_reading"
_ALL = "all"
Spent = dict[tuple[str, str], float]


class Clock:
    """CPU seconds by kind of file and phase: time counts for the phase begun last that has not ended."""

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self.spent: Spent = defaultdict(float)
        self.kind = _ALL
        self._now = now
        self._open: list[str] = []
        self._since = now()

    def _turn(self) -> None:
        now = self._now()
        if self._open:
            self.spent[self.kind, self._open[-1]] += now - self._since
        self._since = now

    @contextmanager
    def phase(self, name: str, kind: str = "") -> Iterator[None]:
        """Count what is done inside as `name`, of a file of `kind` if that is given."""
        self._turn()
        before = self.kind
        self.kind = kind or before
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()
            self.kind = before

    def timed(self, work: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Return `work`, which counts as `name`."""

        @wraps(work)
        def counted(*arguments: Any, **named: Any) -> Any:
            with self.phase(name):
                return work(*arguments, **named)

        return counted


def found(place: str) -> tuple[Any, str, Any]:
    """Return what a `module:name` stands in, the name, and what it is."""
    module, _, path = place.partition(":")
    *within, name = path.split(".")
    holder: Any = importlib.import_module(module)
    for each in within:
        holder = getattr(holder, each)
    return holder, name, getattr(holder, name)


def one_run(folder: Path, clock: Clock) -> None:
    """Run over `folder` in this process, without a cache, by `clock`."""
    from pipeline.batch.runs import run
    from pipeline.batch.workers import Begun, Done

    def in_this_process(first: Any, others: Any, reader: Any, order: Any) -> Iterator[Any]:
        for source in chain([first], others):
            yield Begun(source)
            with clock.phase("write", source.path.suffix.lower().removeprefix(".")):
                read = reader.read(source)
            yield Done(source, read, 0.0)

    with ExitStack() as stack, tempfile.TemporaryDirectory() as out:
        for place, phase in TIMED.items():
            holder, name, work = found(place)
            stack.enter_context(mock.patch.object(holder, name, clock.timed(work, phase)))
        holder, name, _ = found(_READING)
        stack.enter_context(mock.patch.object(holder, name, in_this_process))
        with clock.phase("write"):
            run(folder, Path(out) / "out")


def measured(folder: Path, rounds: int) -> list[Spent]:
    """Return what each of `rounds` runs spent, after one that loads and compiles."""
    one_run(folder, Clock())
    spent = []
    for _ in range(rounds):
        clock = Clock()
        one_run(folder, clock)
        spent.append(clock.spent)
    return spent


def table(spent: Sequence[Spent], reports: dict[str, int]) -> str:
    """Return milliseconds of CPU a report, by kind of file and phase; `reports` counts them by kind."""
    head = ["CPU ms a report", "reports", *PHASES, "together"]
    every = sum(reports.values())
    rows = []
    for kind, count in reports.items():
        rows.append(_row(kind.upper(), count, [_mean(spent, kind, phase, count) for phase in PHASES]))
    whole = [
        sum(_mean(spent, kind, phase, every) for kind in (*reports, _ALL)) for phase in PHASES
    ]  # the tables are written for all together
    rows.append(_row("all, with the tables", every, whole))
    return markdown(head, rows)


def _mean(spent: Sequence[Spent], kind: str, phase: str, count: int) -> float:
    return 1000 * median(each.get((kind, phase), 0.0) for each in spent) / count


def _row(name: str, count: int, figures: Sequence[float]) -> list[str]:
    return [name, str(count), *map(told, figures), told(sum(figures))]
