"""One run at a time in an output folder; what a run that was killed left there is settled by the next.

The file `.baocao-lock` is held by a lock of the operating system, which goes with the process however it ends. Its text
names the holder, for whoever is refused. Some network shares don't pass locks on to other machines. There the holder's
heartbeat stands in: it touches the file every few seconds, and who finds the file of another machine unlocked waits
to see whether it is touched. Two runs that begin within a second of each other on such a share may both go on; what
stands in the folder is then still the tables of one of them.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from pipeline.problems import BaocaoError
from pipeline.tables.holding import Held, hold
from pipeline.tables.lasting import writing_to
from pipeline.tables.publishing import settle

NAME = ".baocao-lock"
WATCH_NAME = ".baocao-watch"

BEAT = 5.0
"""Seconds between two touches of the file."""

WATCH = 30.0
"""Seconds in which a holder on another machine, if it lives, has touched the file, also as a share delays it."""

_LONG_AGO = 3600.0  # seconds without a touch that no difference of clocks explains
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Holder(Struct, frozen=True):
    """Who holds a folder: process id, host name, when it began there, and what tells its machine from others."""

    process: str
    host: str
    since: str
    machine: str


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the folder `out`, made where it is missing, while the work inside is done.

    BaocaoError `run.busy` where another run holds it, `run.output` where nothing can be written there.
    """
    with _alone(out, NAME, "run.busy"):
        with writing_to(out):
            settle(out)
        yield


@contextmanager
def watched(out: Path) -> Iterator[None]:
    """Be the one watch that renews the tables in `out`, whose runs hold it only while they last.

    BaocaoError `watch.busy` where another watch does, `run.output` where nothing can be written there.
    """
    with _alone(out, WATCH_NAME, "watch.busy"):
        yield


@contextmanager
def _alone(out: Path, name: str, busy: str) -> Iterator[None]:
    """Hold the file `name` in the folder `out`; BaocaoError `busy` where another process does."""
    with writing_to(out):
        out.mkdir(parents=True, exist_ok=True)
        held = hold(out / name)
        if held is None:
            raise _taken(out, _await_holder(out / name), busy)
    try:
        with writing_to(out):
            _refuse_living(out, held, busy)
    except BaseException:
        held.let_go()  # the file is the other's
        raise
    try:
        with writing_to(out):
            _write(held)
        with _beating(held):
            yield
    finally:
        with suppress(OSError):
            held.remove()


def _taken(out: Path, holder: Holder | None, code: str) -> BaocaoError:
    known = holder or Holder("?", "?", "?", "")
    return BaocaoError(code, folder=str(out), process=known.process, host=known.host, since=known.since)


def _refuse_living(out: Path, held: Held, busy: str) -> None:
    """Raise BaocaoError `busy` if the file was left by a holder that no lock vouches for, and that still touches it."""
    left = _holder(held.path)
    if left is None or (held.sure and left.machine == _machine()):
        return
    touched = held.path.stat().st_mtime_ns
    if time.time() - touched / 1e9 > _LONG_AGO:
        return
    until = time.monotonic() + WATCH
    while time.monotonic() < until:
        time.sleep(BEAT / 5)
        if _touched(held.path) != touched:
            raise _taken(out, left, busy)


def _touched(path: Path) -> int:
    """Return when `path` was touched, in nanoseconds; opened first, since shares ask the server only then."""
    with path.open("rb") as file:
        return os.fstat(file.fileno()).st_mtime_ns


def _write(held: Held) -> None:
    """Write who holds the file over what it says, which needs no room on a disk that is full."""
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    text = json.dumps(asdict(Holder(str(os.getpid()), socket.gethostname(), now, _machine()))).encode()
    os.lseek(held.handle, 0, os.SEEK_SET)
    os.write(held.handle, text)
    os.truncate(held.handle, len(text))


def _await_holder(path: Path) -> Holder | None:
    """Return who holds `path`; it may have begun this very moment."""
    for _ in range(20):
        holder = _holder(path)
        if holder is not None:
            return holder
        time.sleep(0.05)
    return None


def _holder(path: Path) -> Holder | None:
    try:
        told = json.loads(path.read_bytes())
        return Holder(*(str(told[name]) for name in Holder.__struct_fields__))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _machine() -> str:
    """Return what tells this system from others since it started: containers of one host hold each other's locks."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return socket.gethostname()


@contextmanager
def _beating(held: Held) -> Iterator[None]:
    """Touch the file every few seconds, in a thread of its own, until the end."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            with suppress(OSError):  # a share may be away for a while
                os.utime(held.path)

    thread = threading.Thread(target=beat, name="baocao-lock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
