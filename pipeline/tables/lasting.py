"""Writing what outlasts a power cut, and saying in words why something could not be written."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.problems import BaocaoError

_UNSYNCED = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF}
_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "too_large",
    errno.EROFS: "read_only",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EEXIST: "a_file",
    errno.ENOTDIR: "a_file",
}


@contextmanager
def writing_to(place: Path) -> Iterator[None]:
    """Turn an OSError of what is written inside into BaocaoError `run.output`, which names `place`.

    So it does with what SQLite says where it can't write its file.
    """
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise BaocaoError("run.output", folder=str(place), reason=reason) from error
    except sqlite3.OperationalError as error:
        reason = "full" if error.sqlite_errorcode == sqlite3.SQLITE_FULL else str(error)
        raise BaocaoError("run.output", folder=str(place), reason=reason) from error


@contextmanager
def synced(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open `path` for writing; when done, its bytes are on the disk."""
    with path.open("w", encoding=encoding, newline="") as file:
        yield file
        file.flush()
        _flush(file.fileno())


def replace(path: Path, place: Path) -> None:
    """Put a file in place of what stands at `place`: all of it, or what stood there, also after a power cut."""
    sync(path)
    path.replace(place)
    sync_folder(place.parent)


def sync(path: Path) -> None:
    """Make a file, or a folder with all that is in it, outlast a power cut."""
    if path.is_dir():
        for inside in path.iterdir():
            sync(inside)
        sync_folder(path)
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)  # Windows syncs what is open for writing
    try:
        _flush(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` outlast a power cut, where the system can sync a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSYNCED:
            raise
    finally:
        os.close(handle)


def _flush(handle: int) -> None:
    """Write an open file to the disk itself; macOS leaves it in the disk's own memory unless asked for more."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        except OSError:  # not every file system there can
            os.fsync(handle)
    else:
        os.fsync(handle)
