"""Reading many files, in this process or in several: the results are the same."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from pipeline.batch.folder import Source
from pipeline.batch.reports import crash, failed, read_report
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
    """Return the results of all `sources`, read by as many processes as `workers` says, in any order."""
    many = min(workers, len(sources))
    results: list[ReportResult] = []
    for told in _in_pool(sources, rules, lang, many) if many > 1 else _in_turn(sources, rules, lang):
        if isinstance(told, ReportResult):
            results.append(told)
            progress(Step(len(results), len(sources), told.file, told))
        else:
            progress(Step(len(results), len(sources), told.file))
    return results


def _in_turn(sources: Sequence[Source], rules: str | None, lang: str) -> Iterator[Source | ReportResult]:
    """Yield each source when it is taken up and its result when it is read."""
    for source in sources:
        yield source
        yield read_report(source, rules, lang)


def _in_pool(sources: Sequence[Source], rules: str | None, lang: str, workers: int) -> Iterator[ReportResult]:
    """Yield the results as they come; on an exception, Ctrl+C above all, what has not begun is dropped."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_leave_interrupts_to_parent)
    try:
        waiting = {pool.submit(read_report, source, rules, lang): source for source in sources}
        for future in as_completed(waiting):
            yield _result(future, waiting[future], lang)
    finally:
        pool.shutdown(cancel_futures=True)


def _result(future: Future[ReportResult], source: Source, lang: str) -> ReportResult:
    try:
        return future.result()
    except BrokenProcessPool as error:
        return failed(source, crash(source, error), lang)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
