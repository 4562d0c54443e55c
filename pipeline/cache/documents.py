"""What is kept between runs: documents by what they were parsed from, results by what they were read from besides."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from pipeline.cache.codec import pack, unpack
from pipeline.cache.info import Info, Kind
from pipeline.cache.keys import ResultKey, document_key
from pipeline.cache.store import Store
from pipeline.model import Document, Problem
from pipeline.tables.portion import Portion, decode, encode

LIMIT = 5_000_000_000
"""The size of a cache in bytes, unless another one is asked for: some 200,000 reports and their documents."""

PASSING = frozenset(
    {"file.lighter", "file.not_converted", "file.incomplete", "page.no_text", "ocr.failed"}
    | {"page.limit", "sheet.cut"}
)
"""Problems that may be gone the next time: a program was installed or had more time, or limits are other ones."""

_LOOK = 500  # results between two looks at the size of the cache while a run goes on


class DocumentCache(Struct, frozen=True):
    """The cache in `folder`, which may be sent to other processes; whatever is wrong with it, files are read."""

    folder: Path
    limit: int = LIMIT

    def document(self, path: Path, parse: Callable[[Path], Document], content: str | None = None) -> Document:
        """Return the Document of a file, from the cache or by `parse`, whose errors are raised and not kept.

        `content` is the SHA-256 of the file's bytes where it is known.
        """
        key = _key(path) if content is None else document_key(content, path.suffix)
        if key is None:
            return parse(path)
        store = self._store
        kept = store.get(key)
        document = None if kept is None else unpack(kept)
        if document is not None:
            return document
        if kept is not None:
            store.spoilt(key)
        document = parse(path)
        if not any(problem.code in PASSING for problem in document.problems) and _key(path) == key:
            packed = pack(document)
            if packed is not None:
                store.put(key, packed)
        return document

    def has(self, path: Path) -> bool:
        """Tell whether the Document of a file is kept."""
        key = _key(path)
        return key is not None and self._store.has(key)

    def result(self, key: ResultKey | None) -> Portion | None:
        """Return the portion that is kept under `key`, of no file's name, or None; its document is used as well."""
        if key is None:
            return None
        store = self._store
        portion = None
        if (found := store.first(tuple(key.results.values()))) is not None:
            under, kept = found
            portion = decode(kept)
            if portion is not None and portion.content == key.content and key.results.get(portion.rule_pack) == under:
                store.touch(key.document)
            else:
                store.spoilt(under)
                portion = None
        store.count(portion is not None)
        return portion

    def keep(self, key: ResultKey | None, portion: Portion) -> None:
        """Keep `portion` under `key`, unless it would be read otherwise another time or is that of other bytes."""
        if key is None or not portion.lasting or portion.content != key.content:
            return
        under = key.results.get(portion.rule_pack)
        if under is None:
            return
        store = self._store
        store.put(under, encode(portion.named("")), Kind.RESULT)
        if store.puts % _LOOK == 0 and store.size() > self.limit * 3 // 2:
            store.prune(self.limit)

    def info(self) -> Info:
        """Return how much is kept."""
        return self._store.info()

    def remarks(self) -> tuple[Problem, ...]:
        """Return what was wrong with the cache since this was last asked, whichever process noticed it."""
        return self._store.remarks()

    def clear(self) -> None:
        """Remove everything that is kept; OSError where another process doesn't let it go."""
        self._store.clear()

    def prune(self, limit: int | None = None) -> int:
        """Drop what was used longest ago until no more than `limit` bytes are kept; return how many were dropped.

        Documents and results may each have half of it, and what the other leaves: many large documents don't cost
        the results, which are small and save most, nor many results the documents, which a change of rules needs.
        """
        return self._store.prune(self.limit if limit is None else limit)

    def close(self) -> None:
        """Let go of the files of the cache in this process; the next use opens them again."""
        self._store.close()

    @property
    def _store(self) -> Store:
        return _store_of(self.folder, os.getpid())


@lru_cache(maxsize=8)
def _store_of(folder: Path, process: int) -> Store:
    """Return the store of a process: one that was forked must not use the connection of the other."""
    return Store(folder)


def _key(path: Path) -> bytes | None:
    """Return what the Document of a file is kept under, or None for what is no file that can be read."""
    return document_key(fingerprint(path)[0], path.suffix)


def fingerprint(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file's bytes and how many there are; nothing of what can't be read."""
    try:
        if not path.is_file():
            return "", 0
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
            return content, file.tell()
    except OSError:
        return "", 0
