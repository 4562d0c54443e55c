"""One embedded store of bytes by key, which many processes use at once and which is never worth an error.

It is a folder with an SQLite database in WAL mode, made whole beside its place and then moved there, and moved away
whole where it is damaged or of another make: a process that has it open still has all of it, and no part of an old
store is ever taken for one of a new. A store that can't be read or written is done without, and `remarks` says so.

Each value is written in a transaction of its own, so that a process that is killed loses none that it has put;
when values were used last is written with the next of them.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.cache.database import (
    FAILURES,
    FORMER,
    NAME,
    ForeignError,
    identity,
    is_damage,
    make,
    move_away,
    open_in,
    primary_code,
    remove,
    shrink,
)
from pipeline.cache.info import Info, Kind, Share
from pipeline.cache.sealing import sealed, unsealed
from pipeline.model import Problem

_MOST_USED = 500  # keys whose use is not written yet
_AT_ONCE = 500  # entries dropped in one transaction
_FORGOTTEN = 30 * 86400  # seconds after which nobody uses a store of a former layout any more
_HALF_MADE = 86400  # seconds that no process takes to make or remove a store
_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
}
_SQLITE_REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}
_OLDEST = """
SELECT key FROM (SELECT key, sum(size) OVER (ORDER BY used DESC, key) AS held FROM entries WHERE kind = ?)
WHERE held > ?
"""
_ANY = "SELECT key, value FROM contents WHERE key IN ({})"
_HELD = "SELECT count(*), CAST(total(size) AS INTEGER) FROM entries WHERE kind = ?"

Result = TypeVar("Result")


class Store:
    """The store in `folder`, opened when it is first used, by this process alone, whose threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / NAME
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._open: tuple[int, int] | None = None  # which database that is
        self._readable = self._writable = True
        self.puts = 0
        self._used: dict[bytes, int] = {}
        self._asked = self._found = 0
        self._remarks: list[Problem] = []
        self._since = time.time_ns()  # notes from before are not of this use

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under `key`, or None; what isn't as it was put there is dropped."""
        found = self.first((key,))
        return None if found is None else found[1]

    def first(self, keys: Sequence[bytes]) -> tuple[bytes, bytes] | None:
        """Return the first of `keys` that something is kept under, and what, as `get` has it, in one read."""
        query = _ANY.format(",".join("?" * len(keys)))
        found: dict[bytes, bytes] = self._read(lambda c: dict(c.execute(query, keys)), {})
        for key in keys:
            if key in found:
                value = unsealed(key, found[key])
                if value is not None:
                    self.touch(key)
                    return key, value
                self.spoilt(key)
        return None

    def has(self, key: bytes) -> bool:
        """Tell whether something is kept under `key`."""
        return (
            self._read(lambda c: c.execute("SELECT 1 FROM entries WHERE key = ?", (key,)).fetchone(), None) is not None
        )

    def put(self, key: bytes, value: bytes, kind: Kind = Kind.DOCUMENT) -> None:
        """Keep `value` under `key`, if that can be done; it is there for every process when this returns."""
        data = sealed(key, value)

        def write(connection: sqlite3.Connection) -> None:
            entry = (key, kind, time.time_ns(), len(data))
            connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", entry)
            connection.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (key, data))

        self._write(write)
        self.puts += 1

    def drop(self, key: bytes) -> None:
        """Keep nothing under `key` any more."""
        self._write(lambda c: c.execute("DELETE FROM entries WHERE key = ?", (key,)))

    def spoilt(self, key: bytes) -> None:
        """Keep nothing under `key` any more, since what is there is not what was put there, and note that."""
        self.drop(key)
        self._note("cache.entry", "")

    def touch(self, key: bytes) -> None:
        """Have what is kept under `key`, if anything, used now."""
        with self._lock:
            self._used[key] = time.time_ns()
            if len(self._used) >= _MOST_USED:
                self._write(lambda c: None)

    def prune(self, limit: int) -> int:
        """Drop what was used longest ago until `limit` bytes are kept; return how many entries were dropped.

        Each kind may have half of the limit, and what the other one leaves of it.
        """
        self._write(lambda c: None)
        held = {kind: self._share(kind).size for kind in Kind}
        dropped = 0
        if sum(held.values()) > limit:
            for kind, size in held.items():
                allowed = max(limit // 2, limit - (sum(held.values()) - size))
                dropped += self._drop_oldest(kind, allowed) if size > allowed else 0
        if dropped and self._connection is not None:
            with self._lock, contextlib.suppress(sqlite3.Error):  # the space is given back the next time
                shrink(self._connection)
        self._remove_left()
        return dropped

    def info(self) -> Info:
        """Return how much is kept; a store that isn't there is not made for this."""
        if not self.place.exists():
            return Info(self.place, Share(), Share())
        run = self._read(lambda c: c.execute("SELECT asked, found FROM last_run").fetchone(), None) or (0, 0)
        return Info(self.place, self._share(Kind.DOCUMENT), self._share(Kind.RESULT), *run)

    def size(self) -> int:
        """Return how many bytes are kept."""
        return sum(self._share(kind).size for kind in Kind)

    def count(self, found: bool) -> None:
        """Count a result that was asked for; `info` has how many were in the last run, which ends with `close`."""
        self._asked += 1
        self._found += found

    def remarks(self) -> tuple[Problem, ...]:
        """Return what was wrong with the store since this was last asked, also where other processes noticed it."""
        query = "SELECT time, code, reason FROM notes WHERE time > ? ORDER BY time"
        notes: list[tuple[int, bytes, bytes]] = []
        if self.place.exists():  # it is not made for this
            notes = self._read(lambda c: c.execute(query, (self._since,)).fetchall(), notes)
        self._since = max((note[0] for note in notes), default=self._since)
        told = [self._problem(code.decode(), reason.decode()) for _, code, reason in notes]
        told += self._remarks
        self._remarks.clear()
        return tuple(dict.fromkeys(told))

    def clear(self) -> None:
        """Remove the store, those of former layouts, and what was left of others, damaged or half made.

        OSError where another process doesn't let it go.
        """
        self.close()
        move_away(self.place)
        for name in (NAME, *FORMER):
            for left in self.place.parent.glob(f"{name}*"):
                if left.name == name or left.name.startswith(f"{name}."):
                    remove(left)

    def close(self) -> None:
        """Let go of the database; the next use opens it again, and tries anew what could not be done."""
        if self._asked:
            run = self._asked, self._found
            self._write(lambda c: c.execute("INSERT OR REPLACE INTO last_run VALUES (1, ?, ?)", run))
        elif self._used:
            self._write(lambda c: None)
        with self._lock:
            self._release()
            self._asked = self._found = 0
            self._readable = self._writable = True

    def _share(self, kind: Kind) -> Share:
        return Share(*self._read(lambda c: c.execute(_HELD, (kind,)).fetchone(), (0, 0)))

    def _drop_oldest(self, kind: Kind, allowed: int) -> int:
        keys: list[tuple[bytes]] = self._read(lambda c: c.execute(_OLDEST, (kind, allowed)).fetchall(), [])
        dropped = 0
        for at in range(0, len(keys), _AT_ONCE):
            dropped += self._write(partial(_delete, keys[at : at + _AT_ONCE])) or 0
        return dropped

    def _remove_left(self) -> None:
        """Remove stores of former layouts that no version uses any more, and what a killed process left half made."""
        left = [(self.place.with_name(name), _FORGOTTEN) for name in FORMER]
        left += [(folder, _HALF_MADE) for folder in self.place.parent.glob(f"{NAME}.*")]
        for folder, seconds in left:
            with contextlib.suppress(OSError):
                used = max(path.stat().st_mtime for path in (folder, *folder.glob("*")))
                if used < time.time() - seconds:
                    remove(folder)

    def _read(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """Return what `work` reads, or `otherwise` where the store can't be used, from then on."""
        try:
            return self._tried(work) if self._readable else otherwise
        except FAILURES as error:
            self._readable = False
            self._remarks.append(self._problem("cache.unusable", _reason(error)))
            return otherwise

    def _write(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Return what `work` writes, in one transaction, or None where nothing can be written, from then on."""

        def write(connection: sqlite3.Connection) -> Result:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                used = [(at, key) for key, at in self._used.items()]
                connection.executemany("UPDATE entries SET used = ? WHERE key = ?", used)
                done = work(connection)
            self._used.clear()
            return done

        try:
            return self._tried(write) if self._readable and self._writable else None
        except FAILURES as error:
            self._writable = False
            self._remarks.append(self._problem("cache.unwritable", _reason(error)))
            return None

    def _tried(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Return what `work` makes of the store, or of a new one where it is damaged; one of FAILURES otherwise."""
        with self._lock:
            seen = identity(self.place)
            try:
                return work(self._opened(seen))
            except (sqlite3.DatabaseError, ForeignError) as error:
                if not is_damage(error):
                    raise
                reason = "foreign" if isinstance(error, ForeignError) else "damaged"
            here = identity(self.place) == seen  # and no other process has made it anew meanwhile
            self._release()
            if here:
                move_away(self.place)
            done = work(self._opened(identity(self.place)))
        if here:
            self._note("cache.rebuilt", reason)
        return done

    def _opened(self, there: tuple[int, int] | None) -> sqlite3.Connection:
        """Return the connection to the database that is `there` now: another process may have made it anew."""
        if self._connection is not None and self._open != there:
            self._release()
        if self._connection is None:
            if not self.place.exists():
                make(self.place)
            self._connection = open_in(self.place)
            self._open = identity(self.place)
        return self._connection

    def _release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def _note(self, code: str, reason: str) -> None:
        """Note what was wrong, for every process that uses the store."""
        self._write(
            lambda c: c.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", (time.time_ns(), code, reason))
        )

    def _problem(self, code: str, reason: str) -> Problem:
        return Problem(code, (("folder", str(self.place.parent)), ("reason", reason)))


def _delete(keys: Sequence[tuple[bytes]], connection: sqlite3.Connection) -> int:
    return connection.executemany("DELETE FROM entries WHERE key = ?", keys).rowcount


def _reason(error: Exception) -> str:
    """Return why a store can't be used: one of the reasons that the problems have words for, else the system's."""
    if isinstance(error, ForeignError):
        return "foreign"
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
    return _SQLITE_REASONS.get(primary_code(error), str(error) or type(error).__name__)
