"""Reading many files in worker processes: no file costs another, and any number of workers reads the same.

A file that takes its process down with it, or too much time or memory, is read once more when all others are done.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from typing import Generic, Literal, Protocol, TypeVar

from msgspec import Struct

from pipeline.batch.chunks import chunks
from pipeline.batch.crew import Crew
from pipeline.batch.folder import Source
from pipeline.batch.limits import LIMITS as LIMITS
from pipeline.batch.limits import Limits as Limits
from pipeline.batch.shift import Ended, Shift
from pipeline.cache import DocumentCache
from pipeline.model import Problem


class Outcome(Protocol):
    """What came of a file: its name in the tables, and in plain words what kept it from being read, if anything.

    `status` is `ok`, `partial` or `failed`; `pages` is None where the format has none.
    """

    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def error(self) -> str: ...  # noqa: D102
    @property
    def pages(self) -> int | None: ...  # noqa: D102


Read = TypeVar("Read", bound=Outcome)
Stage = Literal["reading", "writing"]


class Begun(Struct, frozen=True):
    """A file is being read; one that was lost with its process is, a second time."""

    source: Source


class Done(Struct, Generic[Read], frozen=True):
    """A file has been read, or was lost for good, in so many `seconds`, its share of a joint conversion included."""

    source: Source
    read: Read
    seconds: float


class Step(Struct, frozen=True):
    """How far a run is: `done` of `total`; `file` is being read or, where there is a `result`, has been.

    `total` is 0 where it isn't known. Reading took `seconds`; what was `kept` needed none: the cache or another file
    had it. While the tables are written, `stage` says so and `file` is empty.
    """

    done: int
    total: int
    file: str
    result: Outcome | None = None
    seconds: float = 0.0
    kept: bool = False
    stage: Stage = "reading"


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Show no progress."""


class Reader(Struct, Generic[Read], frozen=True):
    """How each file is read, what stands for one that took its process down with it, and the cache if one is used.

    All but `lost` are sent to other processes, so `read` is a function of a module that can be imported, with or
    without arguments bound. What it returns is pickled.
    """

    read: Callable[[Source], Read]
    lost: Callable[[Source, Problem], Read]
    cache: DocumentCache | None = None


def reading(
    sources: Iterable[Source], reader: Reader[Read], workers: int, limits: Limits = LIMITS
) -> Generator[Begun | Done[Read], None, None]:
    """Yield that a file of `sources` is being read, and what `reader` made of it, as it comes and in any order.

    Each is read in a process that may die, or is ended where a file takes more than `limits` allow. What was lost so
    is begun once more when all else is done, with nothing beside it, and only then lost for good. `sources` are taken
    when there is somebody to read them. Closing the generator ends every process. BaocaoError `run.no_workers` where
    none can be begun.
    """
    crew = Crew(workers, limits)
    shift = Shift(crew, chunks(sources, workers), reader.read, reader.cache, limits)
    try:
        for event in shift.events():
            if isinstance(event, Source):
                yield Begun(event)
            else:
                yield _done(event, reader)
    finally:
        crew.close(shift.at_rest)


def _done(ended: Ended[Read], reader: Reader[Read]) -> Done[Read]:
    read = ended.value
    if read is None:
        assert ended.problem is not None
        read = reader.lost(ended.source, ended.problem)
    return Done(ended.source, read, ended.seconds)


def read_each(
    sources: Sequence[Source], reader: Reader[Read], workers: int, progress: Progress, limits: Limits = LIMITS
) -> list[Read]:
    """Return what `reader` makes of each of `sources`, in any order; the cache is brought to its size at the end."""
    results: list[Read] = []
    with closing(reading(sources, reader, min(workers, len(sources)), limits)) as events:
        for event in events:
            if isinstance(event, Begun):
                progress(Step(len(results), len(sources), event.source.file))
            else:
                results.append(event.read)
                progress(Step(len(results), len(sources), event.source.file, event.read, event.seconds))
    if reader.cache is not None:
        reader.cache.prune()
        reader.cache.close()
    return results
