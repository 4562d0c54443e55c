"""The work of a crew on some files: who reads what, what is done together, and what is tried once more."""

from __future__ import annotations

import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from itertools import count
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Generic, TypeVar

from msgspec import Struct

from pipeline.batch.causes import cause, short_of_memory
from pipeline.batch.chunks import Chunk
from pipeline.batch.crew import Crew, Place
from pipeline.batch.folder import Source
from pipeline.batch.inside import Answer, convert, read_one
from pipeline.batch.limits import Limits
from pipeline.cache import DocumentCache
from pipeline.model import Problem
from pipeline.problems import BaocaoError

_LOOK = 0.1  # seconds between two looks at the workers
_GONE = 5  # looks at which a worker is not there, before it is given up
_TRIES = 3  # workers that could not be begun, one after the other, before the run ends

Value = TypeVar("Value")


class Ended(Struct, Generic[Value], frozen=True):
    """A file whose reading has ended: with a `value`, or with the `problem` that it was lost by."""

    source: Source
    value: Value | None
    problem: Problem | None
    seconds: float


class _Task(Struct, eq=False):
    """A file to read, in `batch` if it was converted ahead; it has taken `spent` seconds so far."""

    source: Source
    batch: str = ""
    spent: float = 0.0
    last: bool = False


class _Conversion(Struct, frozen=True, eq=False):
    """Files to convert ahead."""

    sources: Chunk
    batch: str


class _Work(Struct, eq=False):
    """What a place is at, since when, and at how many looks in a row its process was not there."""

    place: Place
    task: _Task | _Conversion
    since: float
    gone: int = 0


class Shift(Generic[Value]):
    """The reading of files, `given` in chunks, by a crew; each is given to `read` in a worker."""

    def __init__(
        self,
        crew: Crew,
        given: Iterator[Chunk],
        read: Callable[[Source], Value],
        cache: DocumentCache | None,
        limits: Limits,
    ) -> None:
        self._crew, self._given, self._read, self._cache, self._limits = crew, given, read, cache, limits
        self._idle = list(crew.places)
        self._busy: dict[Future[Any], _Work] = {}
        self._ended: SimpleQueue[Future[Any]] = SimpleQueue()
        self._ready: deque[_Task] = deque()
        self._again: list[_Task] = []
        self._batches = map(str, count(1))
        self._unread: Counter[str] = Counter()  # files of a batch
        self._looked = 0.0
        self._not_begun = 0

    @property
    def at_rest(self) -> bool:
        """Whether no worker is at anything."""
        return not self._busy

    def events(self) -> Iterator[Source | Ended[Value]]:
        """Yield each file when it is begun and when it has ended.

        Files that were lost are begun once more at the end, each alone in a new process.
        """
        yield from self._work()
        del self._idle[1:]
        for task in self._again:
            self._idle[0].renew()
            task.last = True
            self._ready.append(task)
            yield from self._work()

    def _work(self) -> Iterator[Source | Ended[Value]]:
        """Work until nothing is left; a worker has its next file before what came of the last is told."""
        yield from self._share_out()
        while self._busy:
            ended = self._wait()
            if ended is not None:
                told = self._settle(ended, self._busy.pop(ended))
                begun = self._share_out()
                yield from told
                yield from begun

    def _share_out(self) -> list[Source]:
        """Give each idle worker something to do; return which files are being read by that."""
        begun = []
        while self._idle and (task := self._next_task()) is not None:
            if self._give(self._idle.pop(), task) and isinstance(task, _Task):
                begun.append(task.source)
        return begun

    def _next_task(self) -> _Task | _Conversion | None:
        if self._ready:
            return self._ready.popleft()
        chunk = next(self._given, None)
        if chunk is None:
            return None
        return _Task(chunk[0]) if len(chunk) == 1 else _Conversion(chunk, next(self._batches))

    def _give(self, place: Place, task: _Task | _Conversion) -> bool:
        """Have a worker begin something; return whether it could."""
        folder, seconds = self._crew.folder, self._limits.seconds
        try:
            if isinstance(task, _Task):
                future = place.give(read_one, self._read, task.source, folder, task.batch, seconds=seconds)
            else:
                seconds *= 1 + len(task.sources) / 10
                future = place.give(convert, task.sources, folder, task.batch, self._cache, seconds=seconds)
        except (OSError, RuntimeError) as error:
            self._give_back(place, task, error)
            return False
        self._busy[future] = _Work(place, task, monotonic())
        future.add_done_callback(self._ended.put)
        return True

    def _give_back(self, place: Place, task: _Task | _Conversion, error: BaseException) -> None:
        """Take something back from a worker that could not be begun; BaocaoError where that happens again and again."""
        self._not_begun += 1
        if self._not_begun == _TRIES:
            raise BaocaoError("run.no_workers", reason=str(error) or type(error).__name__) from error
        place.renew()
        self._idle.append(place)
        files = [task] if isinstance(task, _Task) else [_Task(source) for source in task.sources]
        self._ready.extendleft(reversed(files))

    def _wait(self) -> Future[Any] | None:
        """Return what has ended, or None where that takes longer; look at the workers now and then."""
        if monotonic() - self._looked > _LOOK:
            self._looked = monotonic()
            for future, work in self._busy.items():
                self._look(future, work)
        try:
            ended = self._ended.get(timeout=_LOOK)
        except Empty:
            return None
        return ended if ended in self._busy else None

    def _look(self, future: Future[Any], work: _Work) -> None:
        """Note how much memory a worker has, and whether it has gone without a word."""
        if work.place.look() or not future.running():
            work.gone = 0
            return
        work.gone += 1
        if work.gone == _GONE:
            self._ended.put(future)

    def _settle(self, future: Future[Any], work: _Work) -> list[Ended[Value]]:
        """Return what came of a file whose reading has ended; nothing where it is to be read again."""
        place, task, spent = work.place, work.task, monotonic() - work.since
        error = future.exception() if future.done() else None
        if error is not None and not place.has_begun():
            self._give_back(place, task, error)
            return []
        self._not_begun = 0
        answer: Answer[Value] | None = future.result() if future.done() and error is None else None
        if isinstance(task, _Conversion):
            share = spent / len(task.sources)
            self._ready.extend(_Task(source, task.batch, share) for source in task.sources)
            self._unread[task.batch] = len(task.sources)
            strained, told = error is not None or not future.done(), []
        else:
            task.spent += spent
            strained = answer is None or answer.strained
            told = self._told(task, *self._outcome(answer, error, place, task))
        if strained:
            place.renew()
        self._idle.append(place)
        return told

    def _outcome(
        self, answer: Answer[Value] | None, error: BaseException | None, place: Place, task: _Task
    ) -> tuple[Value | None, Problem | None]:
        """Return what was read of a file, or by what it was lost."""
        if answer is None:
            return None, cause(error, place, task.source, self._limits)
        return answer.value, short_of_memory(self._limits) if answer.short else answer.problem

    def _told(self, task: _Task, value: Value | None, problem: Problem | None) -> list[Ended[Value]]:
        """Return what is told of a file now; nothing where it is lost for the first time."""
        if problem is not None and not task.last:
            self._again.append(task)
            return []
        if task.batch:
            self._unread[task.batch] -= 1
            if not self._unread[task.batch]:
                shutil.rmtree(self._crew.folder / task.batch, ignore_errors=True)
        return [Ended(task.source, value, problem, task.spent)]
