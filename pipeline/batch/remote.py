"""Stores that fsspec reaches (`s3://`, `gs://`, `sftp://` and more): what is in a folder there, to and from the disk.

Credentials and addresses of services come from the environment, as fsspec and the store's own library have them; none
is ever part of what is told or written.
"""

from __future__ import annotations

import errno
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct

from pipeline.problems import BaocaoError

_URL = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)  # two letters or more: `C:` is a disk of Windows
_SECRET = re.compile(r"(?<=://)[^/@]*@|\?.*", re.DOTALL)
_ROOT = re.compile(r"[^:]+://[^/]*")
_TRIES, _PAUSE = 3, 0.5  # of a file that could not be fetched, and seconds before the second try, then twice as many
_FINAL = (FileNotFoundError, PermissionError, IsADirectoryError)

Result = TypeVar("Result")


class Entry(Struct, frozen=True):
    """A file in a folder of a store: its path in that folder, its URL, and its bytes, or None for a folder's fault.

    The latter stands for a subfolder that can't be listed.
    """

    name: str
    url: str
    size: int | None


def is_url(place: str | Path) -> bool:
    """Tell whether `place` is in a store and no path of this machine; `file://` is one."""
    found = _URL.match(str(place))
    return found is not None and found[1].lower() != "file"


def local_path(place: str | Path) -> Path:
    """Return the path of a place of this machine, which may be written as a `file://` URL."""
    if isinstance(place, str) and place.lower().startswith("file://"):
        from urllib.request import url2pathname  # with all of HTTP

        parts = urlsplit(place)
        return Path(url2pathname(parts.path if not parts.netloc else f"//{parts.netloc}{parts.path}"))
    return Path(place)


def shown(url: str) -> str:
    """Return `url` without user, password and query."""
    return _SECRET.sub("", url)


def join(url: str, name: str) -> str:
    """Return the URL of what is called `name` in the folder `url`."""
    return f"{url.rstrip('/')}/{name}"


def entries(url: str, apart: str | None = None) -> Iterator[Entry]:
    """Yield the files in the folder `url` and below, one subfolder at a time, each sorted; `apart` is left out.

    A `url` that is a file is that file alone. Names that begin with a dot are passed over. OSError if the folder
    itself can't be listed; BaocaoError `store.unknown` where no library for such URLs is installed.
    """
    with told_plainly(url):
        system, top = _opened(url)
        system.invalidate_cache()
        info = system.info(top)
    if info["type"] == "file":
        yield Entry(last_part(url), url, info.get("size") or 0)
        return
    waiting = [""]
    aside = None if apart is None else _opened(apart)[1].rstrip("/")
    while waiting:
        folder = waiting.pop()
        try:
            with told_plainly(url):
                listed = sorted(_listed(system, top, folder))
        except OSError:
            if not folder:
                raise
            yield Entry(folder, join(url, folder), None)
            continue
        for name, kind, size in listed:
            if kind == "file":
                yield Entry(name, join(url, name), size)
        below = [name for name, kind, _ in listed if kind == "directory" and f"{top.rstrip('/')}/{name}" != aside]
        waiting.extend(reversed(below))
    system.invalidate_cache()  # a listing of a million files is not to be held on to


def last_part(url: str) -> str:
    """Return the last part of the path in `url`."""
    return shown(url).rstrip("/").rpartition("/")[2]


def _listed(system: Any, top: str, folder: str) -> Iterator[tuple[str, str, int]]:
    """Yield path, kind and bytes of what is in `folder` of `top`; stores list the folder itself too."""
    place = f"{top.rstrip('/')}/{folder}".rstrip("/") or "/"
    for info in system.ls(place, detail=True):
        last = info["name"].rstrip("/").rpartition("/")[2]
        if info["name"].rstrip("/") != place and last and not last.startswith("."):
            yield (f"{folder}/{last}" if folder else last), info["type"], info.get("size") or 0


def fetch(url: str, path: Path) -> None:
    """Copy the file `url` to `path`; OSError with a plain reason where that can't be done after some tries."""
    system, place = _opened(url)
    with told_plainly(url):
        _tried(lambda: system.get_file(place, str(path)))


def put(path: Path, url: str) -> None:
    """Copy the file `path` to `url`; OSError with a plain reason where that can't be done after some tries."""
    system, place = _opened(url)
    with told_plainly(url):
        with suppress(FileExistsError, NotImplementedError):
            system.makedirs(place.rpartition("/")[0], exist_ok=True)
        _tried(lambda: system.put_file(str(path), place))


def read(url: str) -> bytes | None:
    """Return what the file `url` holds, or None where there is none; OSError otherwise."""
    system, place = _opened(url)
    with told_plainly(url):
        system.invalidate_cache()
        try:
            data: bytes = system.cat_file(place)
        except FileNotFoundError:
            return None
        return data


def write(url: str, data: bytes, new: bool = False) -> None:
    """Write `data` to the file `url`; FileExistsError if it must be `new` and is not, where the store can tell."""
    system, place = _opened(url)
    with told_plainly(url):
        with suppress(FileExistsError, NotImplementedError):
            system.makedirs(place.rpartition("/")[0], exist_ok=True)
        system.pipe_file(place, data, mode="create" if new else "overwrite")


def remove(url: str) -> None:
    """Remove the file `url`, if there is one."""
    system, place = _opened(url)
    with told_plainly(url), suppress(FileNotFoundError):
        system.rm_file(place)


@contextmanager
def told_plainly(url: str) -> Iterator[None]:
    """Turn whatever a store's library raises inside into an OSError whose reason has no secret of `url` in it."""
    try:
        yield
    except (OSError, BaocaoError) as error:
        if isinstance(error, OSError) and not error.strerror and str(error):
            raise type(error)(errno.EIO, _plain(error, url)) from error
        raise
    except Exception as error:
        raise OSError(errno.EIO, _plain(error, url)) from error


def _plain(error: Exception, url: str) -> str:
    lines = str(error).replace(url, shown(url)).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}".rstrip(": ")


def _tried(work: Callable[[], Result]) -> Result:
    """Return what `work` returns, tried again where what went wrong may pass."""
    for wait in (_PAUSE * 2**number for number in range(_TRIES - 1)):
        try:
            return work()
        except _FINAL:
            raise
        except Exception:
            time.sleep(wait)
    return work()


def _opened(url: str) -> tuple[Any, str]:
    """Return the file system of `url`, one a process, and the path there; BaocaoError `store.unknown`."""
    root = _ROOT.match(url)
    system = _system(root[0] if root else url)
    return system, str(system._strip_protocol(url))


@lru_cache(maxsize=16)
def _system(root: str) -> Any:
    try:
        from fsspec.core import url_to_fs

        return url_to_fs(root)[0]
    except (ImportError, ValueError) as error:
        raise BaocaoError("store.unknown", url=shown(root), reason=_plain(error, root)) from error
