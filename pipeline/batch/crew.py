"""The worker processes of a run: each in a place of its own, so that one which dies is told with what it was at.

A place is a pool of one process (pebble), which is given one thing to do at a time. Where that ends badly the place
gets a new process, and what the old one started is ended. None outlives the crew: at its end, or when the process that
has it is gone in whatever way, which a warden of its own waits for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.batch import warden
from pipeline.batch.inside import SAID, Setting, begin
from pipeline.batch.limits import Limits, peak_memory
from pipeline.batch.starting import context

if TYPE_CHECKING:
    from pebble import ProcessPool

_PATIENCE = 1.0  # seconds that a process has to end by itself before it is killed
_PULSE = 0.02  # seconds between two looks of a pool at its process; it ends at one of them


class Place:
    """One worker process at a time; `peak` is the most memory that the present one was seen to have."""

    def __init__(self, crew: Crew, name: str, files: int) -> None:
        self.peak = 0
        self._files = files
        self._given = 0
        self._crew = crew
        self._name = name
        self._pool: ProcessPool | None = None
        self._times = 0

    @property
    def marker(self) -> str:
        """What the present worker is called."""
        return f"{self._name}.{self._times}."

    def give(self, work: Callable[..., Any], *arguments: object, seconds: float) -> Future[Any]:
        """Have the worker do something, in so many `seconds`; OSError or RuntimeError where none can be begun."""
        if self._given == self._files:
            self.renew()
        if self._pool is None:
            self._times += 1
            self.peak = self._given = 0
            self._pool = self._crew.pool(self.marker)
        self._given += 1
        return self._pool.schedule(work, args=arguments, timeout=seconds)

    def look(self) -> int | None:
        """Return the number of the worker's process if it is there, and note its memory."""
        pid = self._crew.process_of(self.marker)
        peak = peak_memory(pid) if pid is not None else None
        if pid is None or (peak is None and sys.platform == "linux"):
            return None
        self.peak = max(self.peak, peak or 0)
        return pid

    def has_begun(self) -> bool:
        """Tell whether the present worker came as far as being set up."""
        return self._crew.process_of(self.marker) is not None

    def said(self) -> bytes:
        """Return what the present worker, or a library in it, printed."""
        return self._crew.said(self.marker)

    def renew(self) -> None:
        """End the worker, and what it started; the next thing to do is given to a new one."""
        pool, self._pool = self._pool, None
        if pool is not None:
            self._crew.dismiss(pool, self.marker)

    def close(self) -> None:
        """End the worker."""
        if self._pool is not None:
            _end(self._pool)


class Crew:
    """The places of a run, made when they are first needed, and the folder that all they make is in."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="baocao-"))
        self._limits = limits
        self._context = context()
        self._marker = uuid.uuid4().hex
        self._environment = dict(os.environ)
        for name in (warden.WORKERS, SAID):
            (self.folder / name).mkdir()
        self.places = [Place(self, f"{self._marker}.{number}", limits.files) for number in range(workers)]
        self._dismissed = ThreadPoolExecutor(1, "baocao-dismissed")
        self._warden = _begin_warden(self._marker, self.folder)

    def pool(self, marker: str) -> ProcessPool:
        """Return a new pool of one process called `marker`."""
        from pebble import CONSTS, ProcessPool

        CONSTS.term_timeout, CONSTS.sleep_unit = _PATIENCE, _PULSE
        setting = Setting(marker, self.folder, self._environment, self._limits.memory, self._limits.content)
        return ProcessPool(1, initializer=begin, initargs=(setting,), context=self._context)

    def process_of(self, marker: str) -> int | None:
        """Return the number that the worker `marker` had when it began."""
        with suppress(OSError, ValueError):
            return int((self.folder / warden.WORKERS / marker).read_text(encoding="ascii").split()[0])
        return None

    def said(self, marker: str) -> bytes:
        """Return the end of what the worker `marker` printed."""
        with suppress(OSError):
            return (self.folder / SAID / marker).read_bytes()[-10_000:]
        return b""

    def dismiss(self, pool: ProcessPool, marker: str) -> None:
        """End a worker, while others go on."""

        def end() -> None:
            _end(pool)
            warden.end_programs(marker)
            for name in (warden.WORKERS, SAID):
                (self.folder / name / marker).unlink(missing_ok=True)

        self._dismissed.submit(end)

    def close(self, at_rest: bool) -> None:
        """End all workers, by force unless they are `at_rest`, with the programs that they started."""
        try:
            if not at_rest:
                warden.end_workers(self.folder)
            for place in self.places:
                place.close()
            self._dismissed.shutdown()
            if not at_rest:
                warden.end_programs(self._marker)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        _end_warden(self._warden)


def _end(pool: ProcessPool) -> None:
    with suppress(RuntimeError, OSError):  # it could not even be begun
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _begin_warden(marker: str, folder: Path) -> subprocess.Popen[bytes]:
    """Begin the process that ends what this one leaves if it is killed; an interrupt of this one is none of its own."""
    made = [folder]
    if parent_process() is None:  # else the folder of multiprocessing is that of the process which began this one
        made.append(Path(get_temp_dir()))
    return subprocess.Popen(
        [sys.executable, "-I", warden.__file__, marker, *made],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _end_warden(process: subprocess.Popen[bytes]) -> None:
    """Tell the warden that there is nothing left to end."""
    with suppress(OSError):
        process.communicate(b".", timeout=10)
