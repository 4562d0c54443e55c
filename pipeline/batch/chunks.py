"""What is done at a time: files that need a conversion together, since starting a converter is dear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.batch.folder import Source
from pipeline.parsers import OFFICE_SUFFIXES

Chunk = tuple[Source, ...]
_MOST_FILES, _MOST_BYTES = 20, 100_000_000  # what a chunk takes up on the disk is bounded


def chunks(sources: Iterable[Source], workers: int) -> Iterator[Chunk]:
    """Yield `sources` in chunks, taking no more of them than it must; all but files to convert are alone in theirs.

    Files to convert wait for each other until they fill a chunk; at the end those left are shared out to the workers.
    """
    held: list[Source] = []
    size = 0
    for source in sources:
        if source.path.suffix.lower().removeprefix(".") not in OFFICE_SUFFIXES:
            yield (source,)
            continue
        own = _size(source)
        if held and (len(held) == _MOST_FILES or size + own > _MOST_BYTES):
            yield tuple(held)
            held, size = [], 0
        held.append(source)
        size += own
    share = -(-len(held) // workers)
    yield from (tuple(held[at : at + share]) for at in range(0, len(held), share or 1))


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
