"""One embedded store of bytes by key, which many processes use at once and which is never worth an error.

It is a folder with an SQLite database in WAL mode, made whole beside its place and then moved there, and moved away
whole where it is damaged or of another make: a process that has it open still has all of it, and no part of an old
store is ever taken for one of a new. A store that can't be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

NAME = "documents-1"
"""The folder's name; the number is that of the layout, so that two versions don't take each other's store away."""

DATABASE = "cache.sqlite"
_APPLICATION, _LAYOUT = 0x62616F63, 1
_PATIENCE = 10.0  # seconds to wait for another process that writes
_CHECK = 16  # bytes of the checksum
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
_SCHEMA = f"""
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_LAYOUT};
CREATE TABLE entries (key BLOB PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE contents (key BLOB PRIMARY KEY REFERENCES entries ON DELETE CASCADE, value BLOB NOT NULL);
"""
_PRUNE = """
DELETE FROM entries WHERE key IN (
  SELECT key FROM (SELECT key, sum(size) OVER (ORDER BY used DESC, key) AS held FROM entries) WHERE held > ?
)
"""

Result = TypeVar("Result")


class _ForeignError(Exception):
    """What stands in the place of the store is none that this layout has made."""


_FAILURES = (sqlite3.Error, OSError, _ForeignError)


@dataclass(frozen=True, slots=True)
class Info:
    """How much is kept: `entries` of `size` bytes together, in `folder`."""

    folder: Path
    entries: int
    size: int


class Store:
    """The store in `folder`, opened when it is first used, by this process alone."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / NAME
        self._connection: sqlite3.Connection | None = None
        self._readable = self._writable = True

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under `key`, or None; what isn't as it was put there is dropped."""
        found = self._read(lambda c: c.execute("SELECT value FROM contents WHERE key = ?", (key,)).fetchone(), None)
        if found is None:
            return None
        value = _unsealed(key, found[0])
        if value is None:
            self.drop(key)
        else:
            used = time.time_ns()
            self._write(lambda c: c.execute("UPDATE entries SET used = ? WHERE key = ?", (used, key)))
        return value

    def has(self, key: bytes) -> bool:
        """Tell whether something is kept under `key`."""
        return (
            self._read(lambda c: c.execute("SELECT 1 FROM entries WHERE key = ?", (key,)).fetchone(), None) is not None
        )

    def put(self, key: bytes, value: bytes) -> None:
        """Keep `value` under `key`, if that can be done."""
        sealed = _seal(key, value) + value

        def write(connection: sqlite3.Connection) -> None:
            entry = (key, time.time_ns(), len(sealed))
            connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", entry)
            connection.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (key, sealed))

        self._write(write)

    def drop(self, key: bytes) -> None:
        """Keep nothing under `key` any more."""
        self._write(lambda c: c.execute("DELETE FROM entries WHERE key = ?", (key,)))

    def prune(self, limit: int) -> int:
        """Drop what was used longest ago until `limit` bytes are kept; return how many entries were dropped."""
        if self.info().size <= limit:
            return 0
        dropped = self._write(lambda c: c.execute(_PRUNE, (limit,)).rowcount) or 0
        if dropped and self._connection is not None:
            with contextlib.suppress(sqlite3.Error):  # the space is given back the next time
                self._connection.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")
        return dropped

    def info(self) -> Info:
        """Return how much is kept."""
        counted = self._read(lambda c: c.execute("SELECT count(*), total(size) FROM entries").fetchone(), (0, 0))
        return Info(self.place, counted[0], int(counted[1]))

    def clear(self) -> None:
        """Remove the store and what was left of others, damaged or half made."""
        self.close()
        _move_away(self.place)
        for left in self.place.parent.glob(f"{NAME}.*"):
            _remove(left)

    def close(self) -> None:
        """Let go of the database; the next use opens it again, and tries anew what could not be done."""
        self._release()
        self._readable = self._writable = True

    def _read(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """Return what `work` reads, or `otherwise` where the store can't be used, from then on."""
        try:
            return self._tried(work) if self._readable else otherwise
        except _FAILURES:
            self._readable = False
            return otherwise

    def _write(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Return what `work` writes, in one transaction, or None where nothing can be written, from then on."""

        def write(connection: sqlite3.Connection) -> Result:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                return work(connection)

        try:
            return self._tried(write) if self._readable and self._writable else None
        except _FAILURES:
            self._writable = False
            return None

    def _tried(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Return what `work` makes of the store, or of a new one where it is damaged; one of _FAILURES otherwise."""
        try:
            return work(self._opened())
        except (sqlite3.DatabaseError, _ForeignError) as error:
            if not _is_damage(error):
                raise
        self._release()
        _move_away(self.place)
        return work(self._opened())

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            if not self.place.exists():
                _make(self.place)
            self._connection = _open(self.place / DATABASE)
        return self._connection

    def _release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()


def _is_damage(error: Exception) -> bool:
    return isinstance(error, _ForeignError) or getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _make(place: Path) -> None:
    """Make an empty store in `place`, for the user's eyes alone; another process may do so first."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = Path(tempfile.mkdtemp(prefix=f"{NAME}.new-", dir=place.parent))
    try:
        os.close(os.open(new / DATABASE, os.O_CREAT | os.O_WRONLY, 0o600))
        with contextlib.closing(_connect(new / DATABASE)) as connection:
            connection.executescript(_SCHEMA)
        with contextlib.suppress(OSError):
            new.rename(place)
    finally:
        _remove(new)


def _open(database: Path) -> sqlite3.Connection:
    """Return a connection to a store that is there; _ForeignError for one that isn't ours."""
    if not database.is_file():
        raise _ForeignError
    connection = _connect(database)
    try:
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks != [_APPLICATION, _LAYOUT]:
            raise _ForeignError
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", _PATIENCE, isolation_level=None, uri=True)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _move_away(place: Path) -> None:
    """Take a store out of its place at once, and remove it; OSError where other processes don't let it go."""
    aside = place.with_name(f"{NAME}.old-{os.urandom(6).hex()}")
    with contextlib.suppress(FileNotFoundError):
        place.rename(aside)
        _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _seal(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_CHECK, key=key[:64]).digest()


def _unsealed(key: bytes, sealed: object) -> bytes | None:
    """Return the value whose checksum stands before it, or None where it was put under another key or is damaged."""
    if not isinstance(sealed, bytes) or _seal(key, sealed[_CHECK:]) != sealed[:_CHECK]:
        return None
    return sealed[_CHECK:]
