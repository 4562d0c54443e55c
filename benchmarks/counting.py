"""A command run and counted: wall and CPU seconds of it and of all that it began, and the memory that they had."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.watching import watched

_SCRIPT = Path(__file__).with_name("reaping.py")
_EVERY = 0.25  # seconds between looks at the memory


@dataclass(frozen=True, slots=True)
class Counted:
    """What a command took: seconds, CPU seconds of all its processes, and bytes of memory.

    `largest` is the peak of the largest process, `together` that of all at one time, where pages that processes share
    are counted in each.
    """

    seconds: float
    cpu: float
    largest: int
    together: int


def counted(command: Sequence[str], environment: Mapping[str, str], log: Path, good: Sequence[int] = (0,)) -> Counted:
    """Run a command to its end, what it says written to `log`; RuntimeError where its status is not `good`.

    On Linux the kernel counts the CPU time, elsewhere the processes are looked at ten times a second.
    """
    if sys.platform != "linux":
        seen = watched(command, environment, log)
        _require(seen.code, good, command, log)
        return Counted(seen.seconds, seen.cpu, max(seen.coordinator, seen.worker, seen.program), seen.together)
    with tempfile.TemporaryDirectory() as folder, log.open("w", encoding="utf-8") as told:
        place = Path(folder) / "figures.json"
        process = subprocess.Popen(
            [sys.executable, "-I", str(_SCRIPT), str(place), *command],
            env={**os.environ, **environment},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        try:
            together = _peak(process)
        except BaseException:
            _end(process)
            raise
        figures = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {"code": process.returncode}
    _require(figures["code"], good, command, log)
    return Counted(figures["seconds"], figures["cpu"], figures["largest"], max(together, figures["largest"]))


def _require(code: int, good: Sequence[int], command: Sequence[str], log: Path) -> None:
    if code not in good:
        said = log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise RuntimeError(f"status {code}: {' '.join(command)}\n{said}")


def _peak(process: subprocess.Popen[bytes]) -> int:
    """Return the most memory that all processes below one had at a time, when it has ended."""
    top, most = psutil.Process(process.pid), 0
    looked = 0.0
    while process.poll() is None:
        if time.monotonic() - looked > _EVERY:
            looked = time.monotonic()
            most = max(most, _memory(top))
        time.sleep(0.02)
    return most


def _memory(top: psutil.Process) -> int:
    together = 0
    try:
        for process in top.children(recursive=True):
            together += process.memory_info().rss
    except psutil.Error:  # one has just ended: the next look will do
        return 0
    return together


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and all that it began."""
    try:
        below = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        below = []
    for one in below:
        if one.is_running():
            one.terminate()
    process.kill()
    process.wait()
