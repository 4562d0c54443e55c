"""What is read at a time: files that need a conversion together, since starting a converter is dear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.batch.folder import Source
from pipeline.parsers import OFFICE_SUFFIXES

Chunk = tuple[Source, ...]
_MOST_FILES, _MOST_BYTES = 20, 100_000_000  # what a chunk takes up on the disk is bounded


def chunks(sources: Sequence[Source], workers: int) -> list[Chunk]:
    """Return `sources` in chunks, those that take longest first; all but files to convert are alone in theirs."""
    office = [source for source in sources if source.path.suffix.lower().removeprefix(".") in OFFICE_SUFFIXES]
    together = set(office)
    share = -(-len(office) // workers)
    alone = [(source,) for source in sources if source not in together]
    return [*_filled(office, min(max(share, 1), _MOST_FILES)), *alone]


def _filled(sources: Sequence[Source], most: int) -> Iterator[Chunk]:
    """Yield chunks of at most `most` files, and of no more bytes than may be unless one file has them."""
    chunk: list[Source] = []
    held = 0
    for source in sources:
        size = _size(source)
        if chunk and (len(chunk) == most or held + size > _MOST_BYTES):
            yield tuple(chunk)
            chunk, held = [], 0
        chunk.append(source)
        held += size
    if chunk:
        yield tuple(chunk)


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
