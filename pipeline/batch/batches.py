"""What a machine of a cluster is given at a time: enough that giving it costs little, of bounded weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipeline.batch.folder import Source
from pipeline.parsers import OFFICE_SUFFIXES

Batch = tuple[Source, ...]
MOST_FILES, MOST_BYTES = 50, 100_000_000
_FEWEST = 4


def batches(sources: Iterable[Source], lanes: Callable[[], int]) -> Iterator[Batch]:
    """Yield `sources` in batches, taking no more of them than it must; files to convert are together in theirs.

    The first batches are small and later ones grow with what has been given out, so that a small folder is shared
    among all `lanes` too, of which each reads a batch at a time.
    """
    office, others = _Bundle(), _Bundle()
    given = 0
    for source in sources:
        bundle = office if source.path.suffix.lower().removeprefix(".") in OFFICE_SUFFIXES else others
        size = source.size or _size(source)
        if bundle.sources and bundle.size + size > MOST_BYTES:
            yield bundle.taken()
        bundle.sources.append(source)
        bundle.size += size
        if len(bundle.sources) >= min(max(given // (2 * lanes()), _FEWEST), MOST_FILES):
            given += len(bundle.sources)
            yield bundle.taken()
    for bundle in (office, others):
        if bundle.sources:
            yield bundle.taken()


class _Bundle:
    """A batch that is being filled."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.size = 0

    def taken(self) -> Batch:
        """Return what it holds, and hold nothing any more."""
        batch = tuple(self.sources)
        self.sources, self.size = [], 0
        return batch


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
