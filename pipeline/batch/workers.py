"""Reading many files, in this process or in several: the results are the same."""

from __future__ import annotations

import multiprocessing
import signal
import tempfile
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from pipeline.batch.chunks import Chunk, chunks
from pipeline.batch.folder import Source
from pipeline.batch.reports import crash, failed, prepared, read_report
from pipeline.tables import ReportResult


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: `done` of `total`; `file` is being read or, where there is a `result`, has been."""

    done: int
    total: int
    file: str
    result: ReportResult | None = None


Progress = Callable[[Step], None]


def read_all(
    sources: Sequence[Source], rules: str | None, lang: str, workers: int, progress: Progress
) -> list[ReportResult]:
    """Return the results of all `sources`, read by as many processes as `workers` says, in any order.

    What programs that convert files leave on the disk is in one folder, which is removed whatever happens.
    """
    many = min(workers, len(sources))
    results: list[ReportResult] = []
    with tempfile.TemporaryDirectory(prefix="baocao-", ignore_cleanup_errors=True) as made:
        reading = _Reading(rules, lang, Path(made))
        with closing(_in_pool(sources, reading, many) if many > 1 else _in_turn(sources, reading)) as all_told:
            for told in all_told:
                if isinstance(told, ReportResult):
                    results.append(told)
                    progress(Step(len(results), len(sources), told.file, told))
                else:
                    progress(Step(len(results), len(sources), told.file))
    return results


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a run reads with: its rules, its language, and the folder that conversions may use."""

    rules: str | None
    lang: str
    folder: Path


def _in_turn(sources: Sequence[Source], reading: _Reading) -> Generator[Source | ReportResult, None, None]:
    """Yield each source when it is taken up and its result when it is read."""
    for chunk in chunks(sources, 1):
        yield chunk[0]
        with prepared(chunk, reading.folder, _is_stopped):
            for source in chunk:
                if source is not chunk[0]:
                    yield source
                yield read_report(source, reading.rules, reading.lang)


def _in_pool(sources: Sequence[Source], reading: _Reading, workers: int) -> Generator[ReportResult, None, None]:
    """Yield the results as they come; on an exception, Ctrl+C above all, what has not begun is dropped."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(stop,))
    try:
        waiting = {pool.submit(_read_chunk, chunk, reading): chunk for chunk in chunks(sources, workers)}
        for future in as_completed(waiting):
            yield from _results(future, waiting[future], reading.lang)
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _read_chunk(chunk: Chunk, reading: _Reading) -> list[ReportResult]:
    """Return the results of a chunk, in a worker; once the run is stopped no more files are read."""
    with prepared(chunk, reading.folder, _is_stopped):
        return [read_report(source, reading.rules, reading.lang) for source in chunk if not _is_stopped()]


def _results(future: Future[list[ReportResult]], chunk: Chunk, lang: str) -> list[ReportResult]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        return [failed(source, crash(source, error), lang) for source in chunk]


_stop: Event | None = None


def _begin(stop: Event) -> None:
    """Set a worker up: interrupts are the parent's, which tells of them through `stop`."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_stopped() -> bool:
    return _stop is not None and _stop.is_set()
