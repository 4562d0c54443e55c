"""Reading on many machines: a Dask cluster is given batches of files, and what it loses on the way it is given again.

Scheduling, machines that come and go and the way of results are Dask's. Here is what a run needs beyond: no more
batches under way than the cluster can work on, a batch that was lost given again and then file by file, so that a file
which takes machines down with it costs its own row alone, and refusing machines that would read something else.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic

from msgspec import Struct

from pipeline.batch.batches import Batch, batches
from pipeline.batch.folder import Source
from pipeline.batch.reports import crash
from pipeline.batch.tasks import Job, Machine, Refusal, Result, job_for, read_batch, sent, this_machine, unlike
from pipeline.batch.workers import LIMITS, Begun, Done, Limits, Read, Reader
from pipeline.model import Problem
from pipeline.problems import BaocaoError

if TYPE_CHECKING:
    from distributed import Client, Future

_LOCAL = re.compile(r"local:([1-9]\d{0,3})")
_REMOTE = re.compile(r"(tcp|tls|ws|wss|ucx|inproc)://\S+")
_TRIES = 2  # of a batch before it is taken apart, and of a file alone
_CONNECTIONS = 8  # one after the other without a result in between
_CONNECTING, _LOOKING = 30.0, 5.0  # seconds
_PATIENCE = 600.0  # seconds that a cluster may be without any worker before a run ends


def reading_on_cluster(
    sources: Iterable[Source], reader: Reader[Read], address: str, limits: Limits = LIMITS
) -> Generator[Begun | Done[Read], None, None]:
    """Yield what `reading` does of `sources`, which may be in stores, on the cluster at `address`, as it comes.

    `address` is that of a Dask scheduler, or `local:N` for N processes of this machine while this lasts. Where the
    reader's `read` is bound to `rules`, the packs in folders are sent along; each machine uses a cache of its own.
    BaocaoError `cluster.…` where there is no cluster, or one that would not read as this machine does.
    """
    with _scheduler(address) as (place, elsewhere):
        work = _Work(job_for(reader, limits, this_machine(), elsewhere), sources)
        failed = 0
        while True:
            before = work.done
            try:
                with _client(place) as client:
                    yield from work.events(client)
                return
            except (OSError, _closed_error()) as error:  # time-outs and broken connections are OSErrors
                failed = failed + 1 if work.done == before else 1
                if failed >= _CONNECTIONS or not work.begun:
                    raise BaocaoError("cluster.unreachable", address=place, reason=_reason(error)) from error
            work.take_back()
            time.sleep(min(2.0**failed, 30.0))


class _Turn(Struct, frozen=True):
    """A batch, and how often it was given to the cluster in vain."""

    batch: Batch
    failed: int = 0


class _Work(Generic[Read]):
    """What is to be read, what the cluster was given of it, and what came back."""

    def __init__(self, job: Job[Read], sources: Iterable[Source]) -> None:
        self.done = 0
        self.begun = False
        self._job = job
        self._lanes = 1
        self._fresh = batches(sources, lambda: self._lanes)
        self._again: deque[_Turn] = deque()
        self._away: dict[Future, _Turn] = {}

    def events(self, client: Client) -> Iterator[Begun | Done[Read]]:
        """Yield what comes of all that is left; OSError or Dask's own errors where the cluster is lost meanwhile."""
        self._job = _admitted(client, self._job)
        self.begun = True
        while True:
            self._lanes = max(sum(client.nthreads().values()), 1)
            while len(self._away) < 2 * self._lanes and (turn := self._next()) is not None:
                self._away[_given(client, self._job, turn.batch)] = turn
                if not turn.failed:
                    yield from map(Begun, turn.batch)
            if not self._away:
                return
            for future in _finished(client, list(self._away)):
                yield from self._taken(future, self._away.pop(future))

    def take_back(self) -> None:
        """Have all that the cluster was given and has not returned be given again."""
        self._again.extend(self._away.values())
        self._away.clear()

    def _next(self) -> _Turn | None:
        if self._again:
            return self._again.popleft()
        batch = next(self._fresh, None)
        return None if batch is None else _Turn(batch)

    def _taken(self, future: Future, turn: _Turn) -> Iterator[Done[Read]]:
        """Yield what came of a batch, and see to what did not come."""
        if future.status == "error":
            yield from self._failed(turn, future.exception())
            return
        try:
            returned: list[Result[Read]] | Refusal = future.result()
        except OSError:
            self._again.append(turn)
            raise
        except Exception as error:
            if not _is_cancelled(error):
                yield from self._failed(turn, error)
            else:  # a scheduler that was restarted knows nothing of it
                self._again.append(turn)
            return
        if isinstance(returned, Refusal):
            raise BaocaoError(returned.code, **returned.detail)
        for result in returned:
            self.done += 1
            yield Done(turn.batch[result.at], result.read, result.seconds)
        had = {result.at for result in returned}
        left = tuple(source for at, source in enumerate(turn.batch) if at not in had)
        if left:
            self._again.append(_Turn(left, turn.failed))

    def _failed(self, turn: _Turn, error: BaseException) -> Iterator[Done[Read]]:
        """Give a batch again that was lost, or its files one by one; yield what stands for a file lost by itself."""
        failed = turn.failed + 1
        if len(turn.batch) > 1 and (failed >= _TRIES or _killed(error)):
            self._again.extend(_Turn((source,)) for source in turn.batch)
        elif failed < _TRIES:
            self._again.append(_Turn(turn.batch, failed))
        else:
            source = turn.batch[0]
            self.done += 1
            yield Done(source, self._job.reader.lost(source, _problem(source, error)), 0.0)


@contextmanager
def _scheduler(address: str) -> Iterator[tuple[str, bool]]:
    """Give the address of a scheduler, and whether its workers are elsewhere; one of this machine ends with it."""
    local = _LOCAL.fullmatch(address)
    if local is None and not _REMOTE.fullmatch(address):
        raise BaocaoError("cluster.address", text=address)
    try:
        import dask
        from distributed import LocalCluster
    except ImportError as error:
        raise BaocaoError("cluster.missing", reason=str(error)) from error
    if local is None:
        yield address, True
        return
    with dask.config.set({"distributed.worker.daemon": False}):  # also while workers are begun again
        cluster = LocalCluster(  # a process that hands out, and as many as are asked for that read: see `tasks`
            n_workers=1, threads_per_worker=int(local[1]), memory_limit=0, dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )  # fmt: skip
        with cluster:
            yield cluster.scheduler_address, False


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """Give a client of the scheduler at `address`, which takes back what it asked for at the end; OSError for none."""
    from distributed import Client

    client = Client(address, timeout=_CONNECTING, set_as_default=False)
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=_LOOKING)


def _admitted(client: Client, job: Job[Read]) -> Job[Read]:
    """Return `job` for machines like those that are there; BaocaoError where they aren't of a kind, or not like this.

    Machines that come later are looked at by the tasks that they are given.
    """
    _await_workers(client)
    machines: dict[str, Any] = client.run(this_machine, on_error="return")
    ours = job.machine
    for worker, machine in sorted(machines.items()):
        if not isinstance(machine, Machine):
            raise BaocaoError("cluster.version", worker=worker)
        if machine.version == ours.version and not machine.daemonic:
            ours = Machine(ours.version, machine.programs, daemonic=False)
            break
    for worker, machine in sorted(machines.items()):
        refusal = unlike(machine, ours, worker) if isinstance(machine, Machine) else None
        if refusal is not None:
            raise BaocaoError(refusal.code, **refusal.detail)
    return Job(job.reader, job.limits, ours, job.luggage, job.caching)


def _await_workers(client: Client) -> None:
    """Return when there is a worker; BaocaoError `cluster.no_workers` if there is none in good time."""
    try:
        client.wait_for_workers(1, timeout=_CONNECTING)
    except TimeoutError as error:
        raise BaocaoError("cluster.no_workers", seconds=f"{_CONNECTING:.0f}") from error


def _given(client: Client, job: Job[Read], batch: Batch) -> Future:
    name = f"baocao-{uuid.uuid4().hex}"
    return client.submit(read_batch, job, sent(batch), name, key=name, pure=False)


def _finished(client: Client, futures: list[Future]) -> list[Future]:
    """Return those of `futures` that have come to an end, at least one; BaocaoError `cluster.no_workers`."""
    from distributed import wait

    alone = time.monotonic()
    while True:
        with suppress(TimeoutError):
            try:
                with client.as_current():
                    wait(futures, timeout=_LOOKING, return_when="FIRST_COMPLETED")
            except Exception as error:
                if not _is_cancelled(error):
                    raise
        done = [future for future in futures if future.status != "pending"]
        if done:
            return done
        if client.nthreads():
            alone = time.monotonic()
        elif time.monotonic() - alone > _PATIENCE:
            raise BaocaoError("cluster.no_workers", seconds=f"{_PATIENCE:.0f}")


def _problem(source: Source, error: BaseException) -> Problem:
    if _killed(error):
        return Problem("file.crashed", (("file", source.file), ("reason", "KilledWorker")))
    return crash(source, error)


def _killed(error: BaseException) -> bool:
    """Tell whether a batch was with workers that died, more of them than chance explains."""
    from distributed import KilledWorker

    return isinstance(error, KilledWorker)


def _is_cancelled(error: BaseException) -> bool:
    from concurrent.futures import CancelledError

    return isinstance(error, CancelledError)


def _closed_error() -> type[Exception]:
    from distributed.client import ClosedClientError

    closed: type[Exception] = ClosedClientError
    return closed


def _reason(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
