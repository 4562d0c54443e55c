"""Running a program that may hang, crash or start others: it and all that it started end with the call."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.parsers.limits import limits

_SOONEST, _LATEST = 0.02, 0.2  # seconds between two looks at a running program
_ROOM = 1_500_000_000  # bytes of address space; LibreOffice takes 0.5 GB for a report


def run(
    command: Sequence[str | Path], ends: Callable[[], bool], env: dict[str, str], output: Path | None
) -> int | None:
    """Run `command` until it ends by itself and return its exit status, or None if `ends()` had it killed.

    It runs in a process group of its own, which is killed whole in any case: what it leaves behind, and
    also where an exception, Ctrl+C above all, ends the waiting. What it prints goes to `output`. It is held to
    the memory that this process is held to, if that is enough to start, and on Linux no file that it writes grows
    beyond the limit `unpacked_size`. OSError where it can't be started.
    """
    with open(os.devnull if output is None else output, "wb") as printed:  # noqa: PTH123
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.DEVNULL,
            env=env,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    try:
        _give_room(process.pid)
        return _wait(process, ends)
    finally:
        _kill_group(process)


def _give_room(pid: int) -> None:
    """Let a program have what any needs, where this process is held to less memory, and no room to fill the disk."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):  # it has ended
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (limits().unpacked_size, limits().unpacked_size))
        least, most = resource.getrlimit(resource.RLIMIT_AS)
        if least != resource.RLIM_INFINITY and least < _ROOM:
            with suppress(OSError, ValueError):  # it has ended, or this process may not
                resource.prlimit(pid, resource.RLIMIT_AS, (_ROOM, most))


def _wait(process: subprocess.Popen[bytes], ends: Callable[[], bool]) -> int | None:
    pause = _SOONEST
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(pause)
        if ends():
            return None
        pause = min(pause * 1.5, _LATEST)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all that it started, and wait until it is gone."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)


def deadline(seconds: float) -> Callable[[], bool]:
    """Return what tells whether `seconds` from now are over."""
    last = time.monotonic() + seconds
    return lambda: time.monotonic() > last
