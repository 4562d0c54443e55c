"""Documents by what they were parsed from: the bytes of the file, and all that its parsing depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.cache.codec import pack, unpack
from pipeline.cache.store import Info, Store
from pipeline.cache.version import parser_version, programs
from pipeline.model import Document

LIMIT = 2_000_000_000
"""The size of a cache in bytes, unless another one is asked for."""

PASSING = frozenset({"file.lighter", "file.not_converted", "file.incomplete", "page.no_text", "ocr.failed"})
"""Problems that may be gone the next time, a program having been installed or having had more time."""


@dataclass(frozen=True, slots=True)
class DocumentCache:
    """The cache in `folder`, which may be sent to other processes; whatever is wrong with it, files are parsed."""

    folder: Path
    limit: int = LIMIT

    def document(self, path: Path, parse: Callable[[Path], Document]) -> Document:
        """Return the Document of a file, from the cache or by `parse`, whose errors are raised and not kept."""
        key = _key(path)
        if key is None:
            return parse(path)
        store = _store(self.folder)
        kept = store.get(key)
        document = None if kept is None else unpack(kept)
        if document is not None:
            return document
        if kept is not None:
            store.drop(key)
        document = parse(path)
        if not any(problem.code in PASSING for problem in document.problems) and _key(path) == key:
            packed = pack(document)
            if packed is not None:
                store.put(key, packed)
        return document

    def has(self, path: Path) -> bool:
        """Tell whether the Document of a file is kept."""
        key = _key(path)
        return key is not None and _store(self.folder).has(key)

    def info(self) -> Info:
        """Return how much is kept."""
        return _store(self.folder).info()

    def clear(self) -> None:
        """Remove everything that is kept."""
        _store(self.folder).clear()

    def prune(self, limit: int | None = None) -> int:
        """Drop what was used longest ago until no more than `limit` bytes are kept; return how many were dropped."""
        return _store(self.folder).prune(self.limit if limit is None else limit)

    def close(self) -> None:
        """Let go of the files of the cache in this process; the next use opens them again."""
        _store(self.folder).close()


@lru_cache(maxsize=8)
def _store(folder: Path) -> Store:
    return Store(folder)


def _key(path: Path) -> bytes | None:
    """Return what the Document of a file is kept under, or None for what is no file that can be read."""
    version = parser_version()
    try:
        if version is None or not path.is_file():
            return None
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    parts = ("document", content, path.suffix.lower(), version, programs())
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).digest()
