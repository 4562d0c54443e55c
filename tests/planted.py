"""Readers that do what files can make a process do: it crashes, hangs, takes all memory, or says nothing more."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from pipeline.batch.folder import Source
from pipeline.model import Problem
from pipeline.parsers.office.process import deadline, run
from pipeline.rulebook.pack import _loaded


@dataclass(frozen=True)
class Told:
    """What came of a file, as `Outcome` has it."""

    file: str
    value: str = ""
    status: str = "ok"
    error: str = ""
    pages: int | None = None


def lost(source: Source, problem: Problem) -> Told:
    return Told(source.file, problem.code, "failed", "; ".join(text for _, text in problem.detail))


def act(source: Source) -> Told:
    """Do what the file's name says."""
    order = source.file.partition(".")[2]
    if order == "once" and not source.path.exists():
        source.path.touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    return Told(source.file, str(_ACTS[order]() if order in _ACTS else source.file))


def at_the_brink(source: Source) -> Told:
    """Take nearly all memory and give it back, then fail if the file's name says so."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if (left := int(0.95 * most) - psutil.Process().memory_info().vms) > 0:
        held = bytearray(left)
        del held
    return Told(source.file, "read", source.file, "not read" if source.file == "failed" else "")


def surroundings(source: Source) -> Told:
    """Tell where a worker is, and how many packs it has loaded."""
    return Told(source.file, f"{os.environ.get('PLANTED')} {Path.cwd().name} {_loaded.cache_info().currsize}")


def process(source: Source) -> Told:
    """Tell which process a worker is."""
    return Told(source.file, str(os.getpid()))


def never(*arguments: object) -> None:
    """Stand for the beginning of a worker that can't be begun."""
    raise OSError(11, "Resource temporarily unavailable")


def _take_all() -> None:
    held = []
    while True:
        held.append(bytearray(50_000_000))


def _abort_for_memory() -> None:
    os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n")
    os.abort()


def _hang() -> None:
    while True:
        pass


def _start_a_program() -> None:
    """Wait for a program that hangs, and one that it has started; their numbers are noted."""
    script = (
        "import os, sys, time; from subprocess import Popen\n"
        "p = Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open(os.environ['PLANTED'], 'a').write(f'{os.getpid()} {p.pid} '); time.sleep(600)"
    )
    run([sys.executable, "-c", script], deadline(600), dict(os.environ), None)


_ACTS = {
    "segfault": lambda: ctypes.string_at(0),
    "abort": os.abort,
    "leave": lambda: os._exit(0),
    "exit": lambda: sys.exit("told to"),
    "hang": _hang,
    "search": lambda: re.search("(a|a)*b", "a" * 60),  # holds on to the interpreter
    "memory": _take_all,
    "bad_alloc": _abort_for_memory,
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "program": _start_a_program,
    "slow": lambda: time.sleep(0.3),
}
