"""Reading many files, in this process or in several: the results are the same."""

from __future__ import annotations

import multiprocessing
import signal
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeVar

from pipeline.batch.chunks import Chunk, chunks
from pipeline.batch.folder import Source
from pipeline.batch.reports import crash, prepared
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


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    seconds: float = 300.0
    memory: int = 3_000_000_000
    files: int = 500


LIMITS = Limits()
"""The limits where no others are given."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A file is being read."""

    source: Source


@dataclass(frozen=True, slots=True)
class Done(Generic[Read]):
    """A file has been read, in so many `seconds`."""

    source: Source
    read: Read
    seconds: float


@dataclass(frozen=True, slots=True)
class Step:
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


@dataclass(frozen=True, slots=True)
class Reader(Generic[Read]):
    """How each file is read, what stands for one that took its process down with it, and the cache if one is used.

    All are sent to other processes, so the first two are functions of a module, with or without arguments bound.
    """

    read: Callable[[Source], Read]
    lost: Callable[[Source, Problem], Read]
    cache: DocumentCache | None = None


def reading(
    sources: Iterable[Source], reader: Reader[Read], workers: int, limits: Limits = LIMITS
) -> Generator[Begun | Done[Read], None, None]:
    """Yield what `reader` makes of `sources` as it comes."""
    listed = {source.file: source for source in sources}
    with tempfile.TemporaryDirectory(prefix="baocao-", ignore_cleanup_errors=True) as made:
        many = min(workers, len(listed))
        every = list(listed.values())
        told_by = _in_pool(every, reader, Path(made), many) if many > 1 else _in_turn(every, reader, Path(made))
        with closing(told_by) as all_told:
            for told in all_told:
                yield Begun(told) if isinstance(told, Source) else Done(listed[told.file], told, 0.0)


def read_each(sources: Sequence[Source], reader: Reader[Read], workers: int, progress: Progress) -> list[Read]:
    """Return what `reader` makes of each of `sources`, in any order.

    What programs that convert files leave on the disk is in one folder, which is removed whatever happens. The
    cache is brought to its size at the end.
    """
    many = min(workers, len(sources))
    results: list[Read] = []
    with tempfile.TemporaryDirectory(prefix="baocao-", ignore_cleanup_errors=True) as made:
        told_by = _in_pool(sources, reader, Path(made), many) if many > 1 else _in_turn(sources, reader, Path(made))
        with closing(told_by) as all_told:
            for told in all_told:
                if isinstance(told, Source):
                    progress(Step(len(results), len(sources), told.file))
                else:
                    results.append(told)
                    progress(Step(len(results), len(sources), told.file, told))
    if reader.cache is not None:
        reader.cache.prune()
        reader.cache.close()
    return results


def _in_turn(sources: Sequence[Source], reader: Reader[Read], folder: Path) -> Generator[Source | Read, None, None]:
    """Yield each source when it is taken up and its result when it is read."""
    for chunk in chunks(sources, 1):
        yield chunk[0]
        with prepared(chunk, folder, _is_stopped, reader.cache):
            for source in chunk:
                if source is not chunk[0]:
                    yield source
                yield reader.read(source)


def _in_pool(
    sources: Sequence[Source], reader: Reader[Read], folder: Path, workers: int
) -> Generator[Source | Read, None, None]:
    """Yield the results as they come; on an exception, Ctrl+C above all, what has not begun is dropped."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(stop,))
    try:
        waiting = {pool.submit(_read_chunk, chunk, reader, folder): chunk for chunk in chunks(sources, workers)}
        for future in as_completed(waiting):
            yield from _results(future, waiting[future], reader)
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _read_chunk(chunk: Chunk, reader: Reader[Read], folder: Path) -> list[Read]:
    """Return the results of a chunk, in a worker; once the run is stopped no more files are read."""
    with prepared(chunk, folder, _is_stopped, reader.cache):
        return [reader.read(source) for source in chunk if not _is_stopped()]


def _results(future: Future[list[Read]], chunk: Chunk, reader: Reader[Read]) -> list[Read]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        return [reader.lost(source, crash(source, error)) for source in chunk]


_stop: Event | None = None


def _begin(stop: Event) -> None:
    """Set a worker up: interrupts are the parent's, which tells of them through `stop`."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_stopped() -> bool:
    return _stop is not None and _stop.is_set()
