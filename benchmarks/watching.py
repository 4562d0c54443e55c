"""A command run and watched: how long it took, and the memory and CPU time of it and of all processes that it began."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_EVERY = 0.1  # seconds between looks
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command took: seconds, CPU seconds of all its processes, and peaks of memory in bytes.

    `coordinator` is the peak of the process itself, `worker` that of the largest Python process below it, `program`
    that of the largest other one (LibreOffice, Tesseract), `together` the peak of all at one time, where pages that
    processes share are counted in each. `processes` is how many were seen.
    """

    code: int
    seconds: float
    cpu: float
    coordinator: int
    worker: int
    program: int
    together: int
    processes: int
    output: str


class _Watch:
    """Looks at a tree of processes again and again; what was seen of one that has ended still counts."""

    def __init__(self, pid: int) -> None:
        self.top = psutil.Process(pid)
        self.cpu: dict[tuple[int, float], float] = {}
        self.peaks = {"coordinator": 0, "worker": 0, "program": 0, "together": 0}
        self.known: dict[tuple[int, float], psutil.Process] = {}

    def look(self) -> None:
        """Take the figures of this moment."""
        try:
            below = self.top.children(recursive=True)
        except psutil.Error:
            return
        together = 0
        for process in (self.top, *below):
            try:
                with process.oneshot():
                    key, memory, times = (
                        (process.pid, process.create_time()),
                        process.memory_info().rss,
                        process.cpu_times(),
                    )
                    python = process == self.top or "python" in process.name().lower()
            except psutil.Error:
                continue
            self.known.setdefault(key, process)
            self.cpu[key] = times.user + times.system
            together += memory
            kind = "coordinator" if process == self.top else "worker" if python else "program"
            self.peaks[kind] = max(self.peaks[kind], memory)
        self.peaks["together"] = max(self.peaks["together"], together)


def watched(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Watched:
    """Run a command to its end, what it says written to `log`; an interrupt ends it and all that it began."""
    with log.open("w+", encoding="utf-8") as told:
        start = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=told, stderr=subprocess.STDOUT)
        watch, ended = _Watch(process.pid), threading.Event()
        looking = threading.Thread(target=_look, args=(watch, ended))
        looking.start()
        try:
            code = process.wait()
        except BaseException:
            _end(process, watch)
            raise
        finally:
            seconds = time.perf_counter() - start
            ended.set()
            looking.join()
        told.seek(0)
        output = told.read()
    return Watched(code, seconds, _cpu(watch), **watch.peaks, processes=len(watch.known), output=output)


def _look(watch: _Watch, ended: threading.Event) -> None:
    watch.look()
    while not ended.wait(_EVERY):
        watch.look()


def _cpu(watch: _Watch) -> float:
    return sum(watch.cpu.values())


def _end(process: subprocess.Popen[bytes], watch: _Watch) -> None:
    """Ask a command to end, wait for it a little, and end what is left of its processes."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
    for one in watch.known.values():
        if one.is_running():
            one.kill()


def strays(watch_names: Sequence[str]) -> list[int]:
    """Return the processes whose command line has one of `watch_names` in it, such as a folder of a run."""
    found = []
    for process in psutil.process_iter():
        try:
            line = " ".join(process.cmdline())
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(name in line for name in watch_names):
            found.append(process.pid)
    return found


def baocao(*arguments: str) -> list[str]:
    """Return the command line of `baocao` from this working copy."""
    return [sys.executable, "-m", "pipeline.cli", *arguments]


def environment(cache: Path, *more: Path) -> dict[str, str]:
    """Return the environment of a run: this working copy's packages and those in `more`, and a cache of its own.

    Compiled modules are kept, as they are for everybody: else each process would compile all of them anew.
    """
    return {
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, *more))),
        "BAOCAO_CACHE": str(cache),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "",
    }
