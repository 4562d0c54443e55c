"""Reading reports that nobody has read before: each in a process of its own, which may take too long, or die."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread
from typing import Protocol

from msgspec import Struct

from pipeline.batch.folder import Source
from pipeline.batch.limits import LIMITS, Limits
from pipeline.batch.reports import parsed
from pipeline.batch.workers import Begun, Reader, reading
from pipeline.cache import DocumentCache
from pipeline.model import Document, Problem
from pipeline.problems import ParseError
from pipeline.review.refusals import Refused

_AT_ONCE = 2  # files


class Reading(Struct, frozen=True):
    """What came of reading a file: its Document, None where it can't be read."""

    file: str
    document: Document | None = None
    error: str = ""
    pages: int | None = None

    @property
    def status(self) -> str:
        """Whether it was read."""
        return "failed" if self.document is None else "ok"


class Read(Protocol):
    """Reads one file, in another process."""

    def __call__(self, source: Source, cache: DocumentCache | None) -> Reading: ...  # noqa: D102


def read_document(source: Source, cache: DocumentCache | None) -> Reading:
    """Return the Document of a file, which is kept in the cache."""
    try:
        return Reading(source.file, parsed(source.path, cache))
    except ParseError:
        return Reading(source.file)


class Parsing:
    """Files that are being read, or could not be; safe to be used by several threads.

    Each is read once, within `limits`. Who asks waits for no more than `patience` seconds; reading goes on.
    """

    def __init__(
        self,
        cache: DocumentCache | None,
        patience: float = 20.0,
        limits: Limits = LIMITS,
        read: Read = read_document,
    ) -> None:
        self._cache, self._patience, self._limits, self._read = cache, patience, limits, read
        self._asked: dict[str, Future[Document | None]] = {}
        self._lock = Lock()
        self._places = BoundedSemaphore(_AT_ONCE)

    def document(self, path: Path, content: str) -> Document | None:
        """Return the Document of a file, whose SHA-256 is `content`; None where it can't be read, which is remembered.

        Refused `reading` where that takes long: it can be asked for again. Who has put the Document away says so by
        `done`.
        """
        with self._lock:
            asked = self._asked.get(content)
            if asked is None:
                asked = self._asked[content] = Future()
                Thread(target=self._run, args=(asked, path), name="baocao-parsing", daemon=True).start()
        try:
            return asked.result(self._patience)
        except TimeoutError as error:
            raise Refused("reading") from error
        except BaseException:
            self.done(content)
            raise

    def done(self, content: str) -> None:
        """Forget what came of a file."""
        with self._lock:
            self._asked.pop(content, None)

    def _run(self, asked: Future[Document | None], path: Path) -> None:
        try:
            with self._places:
                asked.set_result(self._outcome(Source(path.name, path)))
        except BaseException as error:  # of ours, told to all who asked
            asked.set_exception(error)

    def _outcome(self, source: Source) -> Document | None:
        """Return what came of a file; one that was lost with its process is not begun again."""
        reader = Reader(partial(self._read, cache=self._cache), _lost, self._cache)
        begun = False
        with closing(reading([source], reader, 1, self._limits)) as events:
            for event in events:
                if not isinstance(event, Begun):
                    return event.read.document
                if begun:
                    break
                begun = True
        return None


def _lost(source: Source, problem: Problem) -> Reading:
    return Reading(source.file)
