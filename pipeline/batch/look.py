"""One look at a folder of reports: what is there and how large, told without opening a file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from pipeline.parsers import is_report_name
from pipeline.problems import BaocaoError

_NOTHING = -1  # the size of what can't be looked at: a link to nowhere, a folder that can't be listed


class Mark(NamedTuple):
    """What tells one state of a file from another: its size in bytes and when it was written, in nanoseconds.

    The number of a file (inode) is no part of it: on some shares it is another one each time.
    """

    size: int
    written: int


class Look(Struct, frozen=True):
    """The reports under a folder by their path below it, with `/`, as `find_reports` takes them up.

    Folders in `unlisted` are among them, because reading them says why they can't be listed. `device` is the disk or
    share that the folder itself is on.
    """

    files: dict[str, Mark]
    unlisted: tuple[str, ...] = ()
    device: int = 0


def look_at(folder: Path, out: Path) -> Look:
    """Return what is under `folder`, with `out` left aside; BaocaoError `run.no_folder` where it can't be listed."""
    with _opening(folder):
        walk = _Walk(os.path.realpath(folder), os.path.realpath(out))
        return Look(dict(walk.under(str(folder))), tuple(walk.unlisted), folder.stat().st_dev)


def require(folder: Path, device: int, file: Path) -> None:
    """Raise BaocaoError unless what could not be read is still there: the same folder, and in it the `file`.

    `run.no_folder` if the folder can't be listed or is on another `device` than before, `watch.moved` without the file.
    """
    with _opening(folder):
        os.scandir(folder).close()
        if folder.stat().st_dev != device:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    if not os.path.lexists(file):
        raise BaocaoError("watch.moved", file=str(file))


@contextmanager
def _opening(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BaocaoError("run.no_folder", folder=str(folder), reason=reason) from error


def is_open_to_read(path: Path, mark: Mark) -> bool:
    """Tell whether a file can be opened, and is of the size that its folder tells.

    On Windows it can't be while it is copied, and folders tell late how large an open file has become. What is no
    ordinary file is not opened: there is nothing to wait for.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return True
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size == mark.size
    except OSError:
        return mark.size == _NOTHING


class _Walk:
    """A walk through a folder as `find_reports` makes it, by the entries alone, which is some ten times as fast."""

    def __init__(self, folder: str, out: str) -> None:
        self.unlisted: list[str] = []
        self._seen = set() if out == folder else {out}
        self._links: list[tuple[str, str]] = []

    def under(self, folder: str) -> Iterator[tuple[str, Mark]]:
        """Yield the files under `folder`; those that links lead to after all others."""
        yield from self._files(folder, "")
        for place, name in self._links:  # grows while links lead to links
            yield from self._inside(place, name)

    def _inside(self, place: str, name: str) -> Iterator[tuple[str, Mark]]:
        try:
            yield from self._files(place, f"{name}/")
        except FileNotFoundError:  # removed at this moment
            return
        except OSError:
            self.unlisted.append(name)
            yield name, Mark(_NOTHING, 0)

    def _files(self, folder: str, prefix: str) -> Iterator[tuple[str, Mark]]:
        real = os.path.realpath(folder)
        if real in self._seen:
            return
        self._seen.add(real)
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            name = prefix + entry.name
            if not _is_folder(entry):
                if is_report_name(entry.name) and (mark := _mark(entry)) is not None:
                    yield name, mark
            elif entry.is_symlink():
                self._links.append((entry.path, name))
            else:
                yield from self._inside(entry.path, name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _mark(entry: os.DirEntry[str]) -> Mark | None:
    """Return the mark of a file; None for one that was removed at this moment."""
    try:
        told = entry.stat()
    except FileNotFoundError:
        return Mark(_NOTHING, 0) if entry.is_symlink() else None
    except OSError:
        return Mark(_NOTHING, 0)
    return Mark(told.st_size, told.st_mtime_ns)
