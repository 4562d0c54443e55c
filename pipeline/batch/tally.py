"""Where a run stands: counted from its steps and a clock, and nothing else."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from statistics import median

from msgspec import Struct

from pipeline.batch.workers import Stage, Step

_WINDOW = 60.0  # seconds that a rate looks back, and longer where
_FEW = 100  # fewer files than this have been read in them
_MOST = 5_000  # times that are remembered
_FEWEST = 5  # files must have been read before anything is said of the time left


class Timed(Struct, frozen=True):
    """A file and the seconds that it takes or took."""

    file: str
    seconds: float


class Standing(Struct, frozen=True):
    """Where a run stands: files and pages done, how fast, and how long it will still take.

    `total` is 0 where it isn't known. Of those `done`, `kept` files needed no reading; `rate` is of files read,
    each second, lately. `left` is the seconds still needed, None where that can't be said yet. `slowest` took longest
    of all that were read, and `reading` has been in work for longest of those that are now.
    """

    stage: Stage
    done: int
    total: int
    kept: int
    failed: int
    partial: int
    pages: int
    elapsed: float
    rate: float | None
    left: float | None
    slowest: Timed | None
    reading: Timed | None


class Tally:
    """Counts the steps of a run as they come; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()
        self._stage: Stage = "reading"
        self._done = self._total = self._kept = self._failed = self._partial = self._pages = 0
        self._slowest: Timed | None = None
        self._begun: dict[str, float] = {}
        self._since: float | None = None  # when the time that the rate is about began
        self._reads: deque[float] = deque()
        self._hits: int | None = None  # since the last file that was read
        self._between: deque[int] = deque(maxlen=_FEW)

    def take(self, step: Step) -> None:
        """Count `step`."""
        now = self._clock()
        self._stage, self._total = step.stage, step.total
        if step.result is None:
            if step.file:
                self._begin(step.file, now)
            return
        self._done = step.done
        self._failed += step.result.status == "failed"
        self._partial += step.result.status == "partial"
        self._pages += step.result.pages or 0
        self._begun.pop(step.file, None)
        if step.kept:
            self._kept += 1
            if self._hits is not None:
                self._hits += 1
        else:
            self._read(step, now)

    def standing(self) -> Standing:
        """Return where the run stands now."""
        now = self._clock()
        file, since = next(iter(self._begun.items()), ("", now))
        return Standing(
            self._stage,
            self._done,
            self._total,
            self._kept,
            self._failed,
            self._partial,
            self._pages,
            now - self._start,
            self._rate(now),
            self._left(now),
            self._slowest,
            Timed(file, now - since) if file else None,
        )

    def _begin(self, file: str, now: float) -> None:
        self._begun.pop(file, None)  # of a file that is tried again the new attempt counts
        self._begun[file] = now
        if self._since is None:
            self._since = now

    def _read(self, step: Step, now: float) -> None:
        if self._since is None:
            self._since = self._start
        if self._hits is not None:
            self._between.append(self._hits)
        self._hits = 0
        self._reads.append(now)
        while len(self._reads) > _MOST or (len(self._reads) > _FEW and now - self._reads[0] > _WINDOW):
            self._since = self._reads.popleft()
        if self._slowest is None or step.seconds > self._slowest.seconds:
            self._slowest = Timed(step.file, step.seconds)

    def _rate(self, now: float) -> float | None:
        """Return how many files were read each second lately; time in which none ends counts as well."""
        if self._since is None or not self._reads or now <= self._since:
            return None
        return len(self._reads) / (now - self._since)

    def _left(self, now: float) -> float | None:
        """Return the seconds that the rest takes if as many of it are kept as usually come between two files read.

        The usual number is the median: a run that goes on begins with thousands of hits, which say nothing about
        the rest.
        """
        rate = self._rate(now)
        if self._stage != "reading" or rate is None or len(self._reads) < _FEWEST or self._total < self._done:
            return None
        usual = median(self._between) if self._between else 0
        return (self._total - self._done) / (1 + usual) / rate
