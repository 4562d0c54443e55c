"""Tables on their way into a store: made on this machine, then put there file by file, `run.json` last.

A store has no exchange of many files at once. So `run.json` is taken away before anything else is touched and put back
when all is there: where it stands, so do the tables that it tells of. One run at a time is held by a file of the store
that only one can make, where the store knows such a thing; it is best effort, and told so.
"""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pipeline.batch import remote
from pipeline.decisions.log import NAME as DECISIONS
from pipeline.problems import BaocaoError
from pipeline.tables.publishing import SEAL

LOCK = ".baocao-lock"


@contextmanager
def delivered(out: Path | str) -> Iterator[Path]:
    """Give a folder of this machine for what goes to `out`, and take it there at the end if that is a store.

    BaocaoError `run.busy` where another run holds the store's folder, `store.output` where it can't be written.
    """
    if not remote.is_url(out):
        yield remote.local_path(out)
        return
    url = str(out)
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder, _held(url):
        with _telling(url):
            _fetch_decisions(Path(folder), url)
        yield Path(folder)
        with _telling(url):
            _deliver(Path(folder), url)


def _fetch_decisions(folder: Path, url: str) -> None:
    """Bring the log of decisions here, where the store has one; it is read here and written there by nobody."""
    log = remote.read(remote.join(url, DECISIONS))
    if log is not None:
        (folder / DECISIONS).write_bytes(log)


def _deliver(folder: Path, url: str) -> None:
    """Put all files under `folder` into `url`, the seal last, and take away what the run before had besides."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    wanted = [name for name in files if not Path(name).name.startswith(".") and name not in (SEAL, DECISIONS)]
    former = _tables_of(remote.read(remote.join(url, SEAL)))
    remote.remove(remote.join(url, SEAL))
    for name in wanted:
        remote.put(folder / name, remote.join(url, name))
    for name in sorted(former - set(wanted)):
        remote.remove(remote.join(url, name))
    remote.put(folder / SEAL, remote.join(url, SEAL))


def _tables_of(seal: bytes | None) -> set[str]:
    """Return the files that a `run.json` tells of."""
    with suppress(ValueError, KeyError, TypeError):
        names = {str(table["file"]) for table in json.loads(seal or b"{}")["tables"]}
        return {name for name in names if not name.startswith(("/", ".")) and ".." not in name.split("/")}
    return set()


@contextmanager
def _held(url: str) -> Iterator[None]:
    """Hold the folder `url` while the run lasts; the file of a run that was killed has to be removed by a person."""
    place = remote.join(url, LOCK)
    me = {"process": str(os.getpid()), "host": socket.gethostname(), "since": _now()}
    with _telling(url):
        try:
            remote.write(place, json.dumps(me).encode(), new=True)
        except FileExistsError as error:
            raise _busy(url, remote.read(place)) from error
    try:
        yield
    finally:
        with suppress(OSError):
            remote.remove(place)


def _busy(url: str, told: bytes | None) -> BaocaoError:
    holder = {"process": "?", "host": "?", "since": "?"}
    with suppress(ValueError, TypeError):
        holder |= {name: str(value) for name, value in json.loads(told or b"{}").items() if name in holder}
    return BaocaoError("store.busy", folder=remote.shown(url), file=LOCK, **holder)


@contextmanager
def _telling(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BaocaoError("store.output", folder=remote.shown(url), reason=reason) from error


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
