"""Parts of tables written by processes of their own while the next ones are gathered.

The files that come out are the same, whoever writes them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager

from pipeline.batch.crew import Crew, Place
from pipeline.batch.limits import Limits
from pipeline.tables.writing import Submit, at_once

_MANY = 400  # reports whose tables are worth the seconds in which such processes begin


@contextmanager
def scribes(reports: int, workers: int, limits: Limits) -> Iterator[Submit | None]:
    """Give what has parts of the tables of so many `reports` written by `workers` processes; None for few.

    A part is written by the process that asks where none can be begun. They end with the run, as those that read do.
    """
    if workers < 2 or reports < _MANY:
        yield None
        return
    crew = Crew(workers, limits)
    at_rest = False
    try:
        yield _Scribes(crew, limits.seconds).submit
        at_rest = True
    finally:
        crew.close(at_rest)


class _Scribes:
    """The places of a crew in turns, each with one part at a time."""

    def __init__(self, crew: Crew, seconds: float) -> None:
        self._seconds = seconds
        self._turns: deque[tuple[Place, Future[None] | None]] = deque((place, None) for place in crew.places)

    def submit(self, work: Callable[..., None], *arguments: object) -> Future[None]:
        place, before = self._turns.popleft()
        if before is not None:
            wait([before])
        try:
            given: Future[None] = place.give(work, *arguments, seconds=self._seconds)
        except (OSError, RuntimeError):
            given = at_once(work, *arguments)
        self._turns.append((place, given))
        return given
