"""A run as it happens: its steps become events, which go to whoever follows it and into a log beside its tables."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pipeline import __version__
from pipeline.batch.events import Event, Telling, event_of, line_of, now_in_utc, untold
from pipeline.batch.record import RECORD, Settings, packs_told, without_secrets
from pipeline.batch.tally import Standing, Tally
from pipeline.batch.workers import Outcome, Progress, Step, silent
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.rulebook import Pack

LOG, LOG_BEFORE = "run.log.jsonl", "run.log.1.jsonl"
_EVERY = 2.0  # seconds between two events of progress


class Recording:
    """The events of one run, told to `tell` and written into the log; it is the `Progress` of the run as well.

    `progress` gets each step too. As a context it tells `run.failed` of whatever ends the run before `finished`, with
    words in `lang`.
    """

    def __init__(
        self,
        progress: Progress = silent,
        tell: Telling = untold,
        lang: str = "vi",
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = now_in_utc,
    ) -> None:
        self.began = now()
        self._progress, self._tell, self._lang, self._clock, self._now = progress, tell, lang, clock, now
        self._tally = Tally(clock)
        self._told_at = clock()
        self._told_stage = "reading"
        self._log: Log | None = None
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is not None and not self._over:
                code, message = _cause(error, self._lang)
                self._happened("run.failed", code=code, message=message, done=self.standing.done)
        finally:
            if self._log is not None:
                self._log.close()

    @property
    def standing(self) -> Standing:
        """Where the run stands now."""
        return self._tally.standing()

    def log_in(self, folder: Path) -> None:
        """Write what happens from now on into the log in `folder`, which must be this run's alone."""
        self._log = Log(folder)

    def started(self, settings: Settings, packs: Iterable[Pack], total: int = 0) -> None:
        """Tell that the run begins; `total` is the number of its files, 0 where it isn't known yet."""
        self._happened(
            "run.started",
            baocao=__version__,
            process=os.getpid(),
            **settings.told(),
            rule_packs=packs_told(packs),
            total=total or None,
        )

    def __call__(self, step: Step) -> None:
        """Take a step of the run."""
        self._tally.take(step)
        self._progress(step)
        if step.result is not None:
            self._happened("file.done", **_told(step, step.result))
        elif step.file:
            self._happened("file.begun", file=step.file)
        last = step.result is not None and step.done == step.total
        if last or step.stage != self._told_stage or self._clock() - self._told_at >= _EVERY:
            self._told_at, self._told_stage = self._clock(), step.stage
            self._happened("progress", **_standing(self._tally.standing()))

    def finished(
        self, out: Path | str, files: Event, items: Event, problems: Event, *, unchanged: bool = False
    ) -> None:
        """Tell that the tables are in `out`, with how many files by status, items by kind and problems by code.

        Tables that are `unchanged` were those of the run before.
        """
        standing = self._tally.standing()
        self._over = True
        self._happened(
            "run.finished",
            out=without_secrets(str(out)),
            files=files,
            items=items,
            problems=problems,
            unchanged=unchanged,
            pages=standing.pages,
            kept=standing.kept,
            seconds=_rounded(standing.elapsed),
            record=RECORD,
            log=LOG if self._log is not None and self._log.open else None,
        )

    def _happened(self, kind: str, **told: object) -> None:
        event = event_of(kind, self._now(), **told)
        if self._log is not None:
            self._log.write(line_of(event))
        self._tell(event)


class Log:
    """The log of a run: `run.log.jsonl` in a folder, where that of the run before becomes `run.log.1.jsonl`.

    A log is never in the way: once it can't be written it is left alone, and `open` says so.
    """

    def __init__(self, folder: Path) -> None:
        self._file: IO[str] | None = None
        path = folder / LOG
        with suppress(OSError):
            if path.exists():
                path.replace(folder / LOG_BEFORE)
        with suppress(OSError):
            self._file = path.open("w", encoding="utf-8", newline="\n", buffering=1)

    @property
    def open(self) -> bool:
        """Whether all lines until now have been written."""
        return self._file is not None

    def write(self, line: str) -> None:
        """Write one line, and let no buffer keep it."""
        if self._file is not None:
            try:
                self._file.write(line + "\n")
            except OSError:
                self.close()

    def close(self) -> None:
        """Close the log."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()


def _told(step: Step, result: Outcome) -> Event:
    return {
        "file": step.file,
        "status": result.status,
        "error": result.error,
        "pages": result.pages,
        "seconds": _rounded(step.seconds),
        "kept": step.kept,
        "done": step.done,
        "total": step.total or None,
    }


def _standing(standing: Standing) -> Event:
    slowest = standing.slowest
    return {
        "stage": standing.stage,
        "done": standing.done,
        "total": standing.total or None,
        "kept": standing.kept,
        "failed": standing.failed,
        "partial": standing.partial,
        "pages": standing.pages,
        "elapsed": _rounded(standing.elapsed),
        "rate": None if standing.rate is None else _rounded(standing.rate),
        "left": None if standing.left is None else round(standing.left),
        "slowest": None if slowest is None else {"file": slowest.file, "seconds": _rounded(slowest.seconds)},
    }


def _cause(error: BaseException, lang: str) -> tuple[str, str]:
    """Return the code and the words of what ended a run; of a fault of ours its type alone."""
    if isinstance(error, BaocaoError):
        return error.problem.code, CATALOGUE[error.problem.code].message(error.problem, lang)
    if isinstance(error, KeyboardInterrupt):
        return "interrupted", ""
    return "error", type(error).__name__


def _rounded(figure: float) -> float:
    return round(figure, 3)
