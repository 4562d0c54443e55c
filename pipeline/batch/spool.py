"""The portions of a run on the disk, as they come in; read back in the order of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from errno import EIO
from os import SEEK_END
from pathlib import Path
from typing import Self

from pipeline.tables.portion import Portion, decode, encode


class Spool:
    """A file that portions are appended to, of which only the places are held in memory; it goes with its folder."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "spool").open("w+b")
        self._size = 0
        self._places: list[tuple[str, int, int]] = []
        self._digests: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: int) -> Portion:
        """Return the portion that was added as the one with the number `at`, from 0."""
        _, place, size = self._places[at]
        self._file.flush()
        portion = self._read(place, size)
        self._file.seek(0, SEEK_END)
        return portion

    def add(self, portion: Portion) -> None:
        """Keep `portion`; OSError where the disk is full."""
        data = encode(portion)
        self._places.append((portion.file, self._size, len(data)))
        self._digests.append(hashlib.sha256(data).digest())
        self._file.write(data)
        self._size += len(data)

    def digest(self) -> bytes:
        """Return a digest of all portions, whatever order they came in."""
        return hashlib.sha256(b"".join(sorted(self._digests))).digest()

    def __iter__(self) -> Iterator[Portion]:
        """Yield every portion, by file; nothing may be added meanwhile."""
        self._file.flush()
        for _, at, size in sorted(self._places):
            yield self._read(at, size)
        self._file.seek(0, SEEK_END)

    def _read(self, at: int, size: int) -> Portion:
        self._file.seek(at)
        portion = decode(self._file.read(size))
        if portion is None:
            raise OSError(EIO, f"the spool is damaged at byte {at}")
        return portion
