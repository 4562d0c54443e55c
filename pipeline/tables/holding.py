"""A file that one process holds at a time, by a lock of the operating system.

The system lets go of it when the process ends, in whatever way. Processes that this one starts do not inherit it.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

_FAR = 1 << 30  # on Windows locked bytes can't be read by others, so one is locked where there is no text
_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK, 36}  # 36: EDEADLOCK of Windows
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class Held(Struct, frozen=True):
    """A file held open; `sure` is False on a file system without locks, where another process may hold it too."""

    path: Path
    handle: int
    sure: bool

    def let_go(self) -> None:
        """Let go of the file, which stays."""
        os.close(self.handle)

    def remove(self) -> None:
        """Let go of the file and remove it."""
        if os.name == "nt":  # open files can't be removed there; where another process has it, it is that one's
            self.let_go()
            _unlink(self.path)
        else:  # removed first: who has opened it since sees that it is gone, and makes another
            try:
                _unlink(self.path)
            finally:
                self.let_go()


def hold(path: Path) -> Held | None:
    """Hold the file `path`, made where it is missing; None where another process, or this one already, holds it.

    OSError where it can't be made or opened.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            sure = _lock(handle)
            current = _is_at(handle, path)  # not, where the one before removed it as we opened it
        except BaseException:
            os.close(handle)
            raise
        if sure is not None and current:
            return Held(path, handle, sure)
        os.close(handle)
        if sure is None:
            return None


def _lock(handle: int) -> bool | None:
    """Lock an open file: True; None where another has locked it, False where files can't be locked."""
    try:
        _system_lock()(handle)
    except OSError as error:
        if error.errno in _TAKEN:
            return None
        if error.errno in _NO_LOCKS:
            return False
        raise
    return True


def _system_lock() -> Callable[[int], None]:
    if sys.platform == "win32":
        import msvcrt

        def lock(handle: int) -> None:
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        def lock(handle: int) -> None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    return lock


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        if os.name != "nt":
            raise
