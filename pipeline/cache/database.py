"""The database of a store: made whole beside its place, opened where it is ours, taken out of its place at once."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

NAME = "store-2"
"""The folder's name; the number is that of the layout, so that two versions don't take each other's store away."""

FORMER = ("documents-1",)
"""The names of former layouts."""

DATABASE = "cache.sqlite"
_APPLICATION, _LAYOUT = 0x62616F63, 2
_PATIENCE = 10.0  # seconds to wait for another process that writes
_STEP = 2000  # pages given back to the disk at a time
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
_SCHEMA = f"""
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_LAYOUT};
CREATE TABLE entries (
  key BLOB PRIMARY KEY, kind INTEGER NOT NULL, used INTEGER NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE contents (key BLOB PRIMARY KEY REFERENCES entries ON DELETE CASCADE, value BLOB NOT NULL);
CREATE TABLE notes (time INTEGER NOT NULL, code TEXT, reason TEXT, PRIMARY KEY (code, reason));
CREATE TABLE last_run (one INTEGER PRIMARY KEY CHECK (one = 1), asked INTEGER NOT NULL, found INTEGER NOT NULL);
"""


class ForeignError(Exception):
    """What stands in the place of the store is none that this layout has made."""


FAILURES = (sqlite3.Error, OSError, ForeignError)


def is_damage(error: Exception) -> bool:
    """Tell whether one of FAILURES means that the store itself is wrong, and not the disk or another process."""
    return isinstance(error, ForeignError) or primary_code(error) in _DAMAGED


def primary_code(error: Exception) -> int:
    """Return SQLite's primary result code of an error, 0 for one that isn't SQLite's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def make(place: Path) -> None:
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
        remove(new)


def open_in(place: Path) -> sqlite3.Connection:
    """Return a connection to the store in `place`, for any thread; ForeignError for one that isn't ours."""
    if not (place / DATABASE).is_file():
        raise ForeignError
    connection = _connect(place / DATABASE)
    try:
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks != [_APPLICATION, _LAYOUT]:
            raise ForeignError
    except BaseException:
        connection.close()
        raise
    return connection


def identity(place: Path) -> tuple[int, int] | None:
    """Return what tells the database in `place` from one that takes its place; None where there is none."""
    try:
        file = (place / DATABASE).stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino


def move_away(place: Path) -> None:
    """Take a store out of its place at once, and remove it; OSError where other processes don't let it go."""
    aside = place.with_name(f"{NAME}.old-{os.urandom(6).hex()}")
    with contextlib.suppress(FileNotFoundError):
        place.rename(aside)
        remove(aside)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, as far as the system lets it go."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def shrink(connection: sqlite3.Connection) -> None:
    """Give freed space back to the disk, a few megabytes at a time so that nobody who writes waits for long."""
    pages = connection.execute("PRAGMA freelist_count").fetchone()[0]
    for _ in range(0, pages, _STEP):
        connection.executescript(f"PRAGMA incremental_vacuum({_STEP});")  # steps on where `execute` takes one
    connection.execute("PRAGMA busy_timeout = 100")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")


def _connect(database: Path) -> sqlite3.Connection:
    uri = f"{database.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, _PATIENCE, isolation_level=None, uri=True, check_same_thread=False)
    connection.text_factory = bytes  # what damage makes a text of bytes must not be an error of decoding
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
