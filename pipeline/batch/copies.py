"""Reading what is in stores: copies are fetched by threads a little ahead of the reading, and removed when read."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from pipeline.batch import remote
from pipeline.batch.folder import Source
from pipeline.batch.workers import LIMITS, Begun, Done, Limits, Read, Reader, reading
from pipeline.model import Problem

_THREADS = 8  # that wait for a store; a copy each, and as many that wait to be read, are on the disk


def reading_copies(
    sources: Iterable[Source], reader: Reader[Read], workers: int, limits: Limits = LIMITS, place: str | None = None
) -> Generator[Begun | Done[Read], None, None]:
    """Yield what `reading` does of `sources` that may be in stores; those that are not are read where they are.

    One that can't be fetched is lost with `file.unreadable`, which gives the store's reason. Copies are in a folder
    inside `place`, or among the temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="baocao-", dir=place, ignore_cleanup_errors=True) as folder:
        copies = _Copies(sources, Path(folder))
        with closing(copies), closing(reading(copies, reader, workers, limits)) as events:
            for event in events:
                yield from _lost(copies, reader)
                yield copies.original(event)
            yield from _lost(copies, reader)


def _lost(copies: _Copies, reader: Reader[Read]) -> Iterator[Done[Read]]:
    while copies.failed:
        source, reason = copies.failed.popleft()
        yield Done(source, reader.lost(source, Problem("file.unreadable", (("reason", reason),))), 0.0)


class _Copies:
    """The sources with a local path each, in their order; those that could not be fetched are in `failed`."""

    def __init__(self, sources: Iterable[Source], folder: Path) -> None:
        self.failed: deque[tuple[Source, str]] = deque()
        self._sources = iter(sources)
        self._folder = folder
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="baocao-fetch")
        self._ahead: deque[tuple[Source, Future[Path] | None]] = deque()
        self._originals: dict[Path, Source] = {}
        self._count = 0

    def __iter__(self) -> Iterator[Source]:
        self._look_ahead()
        while self._ahead:
            source, fetched = self._ahead.popleft()
            if fetched is None:
                yield source
            else:
                try:
                    path = fetched.result()
                except OSError as error:
                    self.failed.append((source, error.strerror or type(error).__name__))
                else:
                    self._originals[path] = source
                    yield replace(source, path=path)
            self._look_ahead()

    def original(self, event: Begun | Done[Read]) -> Begun | Done[Read]:
        """Return `event` as one of the source in its store; the copy of one that is done is removed."""
        source = self._originals.get(event.source.path, event.source)
        if isinstance(event, Done) and self._originals.pop(event.source.path, None) is not None:
            event.source.path.unlink(missing_ok=True)
        return replace(event, source=source)

    def close(self) -> None:
        """Fetch nothing more."""
        self._threads.shutdown(cancel_futures=True)

    def _look_ahead(self) -> None:
        while len(self._ahead) < 2 * _THREADS:
            source = next(self._sources, None)
            if source is None:
                return
            self._count += 1
            copy = self._folder / f"{self._count}{source.path.suffix}"
            self._ahead.append((source, self._threads.submit(_fetched, source.url, copy) if source.url else None))


def _fetched(url: str, copy: Path) -> Path:
    remote.fetch(url, copy)
    return copy
