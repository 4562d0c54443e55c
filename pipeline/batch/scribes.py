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
from pipeline.problems import BaocaoError
from pipeline.tables.writing import Submit

_MANY = 400  # reports whose tables are worth the seconds in which such processes begin


@contextmanager
def scribes(reports: int, workers: int, limits: Limits) -> Iterator[Submit | None]:
    """Give what has parts of the tables of so many `reports` written by `workers` processes; None for few.

    BaocaoError `run.no_workers` where none can be begun. They end with the run, as those that read do.
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
        except (OSError, RuntimeError) as error:
            raise BaocaoError("run.no_workers", reason=str(error) or type(error).__name__) from error
        self._turns.append((place, given))
        return given
