"""The log of a review beside its rows, which are kept in step with it little by little: who looks never waits long."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import TypeVar

from msgspec import Struct

from pipeline.decisions import Decision, Entry, Overtaken, open_log
from pipeline.review.loaded import Loaded

MANY = 500
"""Rows that changed and are told one by one."""

_AT_ONCE = 250  # rows for which all who look have to wait
_READ = 1000  # entries
_KEPT = 2000  # times that something was taken in and which are remembered
_PAUSE = 0.001  # seconds; without it who waits for the rows would not get them

One = TypeVar("One")


class _Step(Struct, frozen=True):
    """What was taken in up to entry `last`: the numbers of the rows that it bears on, None where they are many."""

    last: int
    rows: tuple[int, ...] | None


class Journal:
    """The log, and the rows that are `loaded`; safe to be used by several threads.

    Who looks at rows holds `rows`. Who writes holds the log before that, by `writing`, and others who write wait.
    """

    def __init__(self, out: Path) -> None:
        self.rows = RLock()
        self.loaded = Loaded({})
        self._writing = RLock()
        self._log = open_log(out)
        self._steps: deque[_Step] = deque(maxlen=_KEPT)
        self._first = 0  # the entry from which on it is known what it bears on

    def close(self) -> None:
        """Let go of the log and the rows."""
        with self._writing, self.rows:
            self._log.close()
            self.loaded.close()

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries of the log above number `after`, without holding it all the time."""
        while True:
            with self._writing:
                part = list(
                    islice(self._log.entries(after), _READ)
                )  # and no cursor is left open, which others wait for
            yield from part
            if len(part) < _READ:
                return
            after = part[-1].number

    def exchange(self, loaded: Loaded, done: Callable[[], None]) -> None:
        """Have other rows from here on; `done` is called when these are the ones."""
        with self._writing:
            loaded.follow(self.entries(loaded.ledger.last))
            with self.rows:
                former, self.loaded = self.loaded, loaded
                self._steps.clear()
                self._first = loaded.ledger.last
                done()
                former.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the log, with all its entries taken in."""
        with self._writing:
            self._take_in(self.entries(self.loaded.ledger.last))
            yield

    def follow(self) -> None:
        """Take in what others wrote, unless somebody is writing."""
        if self._writing.acquire(blocking=False):
            try:
                with self.writing():
                    pass
            finally:
                self._writing.release()

    def append(self, decisions: Sequence[Decision], seen: Mapping[str, int]) -> str:
        """Write decisions of a reviewer, as the log does it, and return their batch; Overtaken as there."""
        with self.writing():
            try:
                written = self._log.append(decisions, seen)
            except Overtaken:
                with self.writing():  # what came in between
                    raise
            batch = written[0].batch
            if written[0].number == self.loaded.ledger.last + 1:
                self._take_in(written)
            self._take_in(self.entries(self.loaded.ledger.last))
            return batch

    def undo(self, reviewer: str) -> list[int]:
        """Take back the last batch of a reviewer, and return the numbers of the rows that it bears on."""
        with self.writing():
            taken = self._log.undo(reviewer)
            self._take_in(self.entries(self.loaded.ledger.last))
            found: dict[int, None] = {}
            for part in slices(taken, _AT_ONCE):
                with self.rows:
                    found.update(dict.fromkeys(self.loaded.touched(part)))
                time.sleep(_PAUSE)
            return list(found)

    def since(self, after: int) -> list[int] | None:
        """Return the numbers of the rows that entries above number `after` bear on, None where they are many."""
        with self.rows:
            if after < self._first:
                return None
            found: dict[int, None] = {}
            for step in self._steps:
                if step.last > after:
                    if step.rows is None:
                        return None
                    found.update(dict.fromkeys(step.rows))
            return list(found) if len(found) <= MANY else None

    def _take_in(self, entries: Iterable[Entry]) -> None:
        for part in slices(entries, _AT_ONCE):
            with self.rows:
                changed = self.loaded.take(part)
            numbers: list[int] = []
            for some in slices(changed, _AT_ONCE):
                with self.rows:
                    numbers += self.loaded.renew(some)
                if len(changed) > _AT_ONCE or len(part) == _AT_ONCE:
                    time.sleep(_PAUSE)
            with self.rows:
                self._note(_Step(part[-1].number, tuple(numbers) if len(numbers) <= MANY else None))

    def _note(self, step: _Step) -> None:
        if len(self._steps) == _KEPT:
            self._first = self._steps[0].last
        self._steps.append(step)


def slices(many: Iterable[One], size: int) -> Iterator[list[One]]:
    """Yield `many` in parts of so many."""
    left = iter(many)
    while part := list(islice(left, size)):
        yield part
