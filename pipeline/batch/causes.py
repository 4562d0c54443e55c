"""Why a file was lost with the process that read it."""

from __future__ import annotations

import signal

from pipeline.batch.crew import Place
from pipeline.batch.folder import Source
from pipeline.batch.limits import Limits
from pipeline.model import Problem

_NEAR = 0.7  # of the memory allowed: a process that dies has taken more since it was last looked at
_SHORT = (b"MemoryError", b"bad_alloc", b"out of memory", b"Out of memory", b"Cannot allocate memory")


def cause(error: BaseException | None, place: Place, source: Source, limits: Limits) -> Problem:
    """Return the problem that ended the reading of `source` in `place`; no `error` is a process that went silently."""
    from pebble import ProcessExpired

    if isinstance(error, TimeoutError):
        return Problem("file.timeout", (("seconds", f"{limits.seconds:g}"),))
    status = error.exitcode if isinstance(error, ProcessExpired) else 0
    killed = -status == getattr(signal, "SIGKILL", 0)  # not by us: the system does so where all memory is gone
    near = 0 < _NEAR * limits.memory <= place.peak
    if killed or near or any(word in place.said() for word in _SHORT):
        return short_of_memory(limits)
    reason = type(error).__name__ if error and not isinstance(error, ProcessExpired) else _end(status)
    return Problem("file.crashed", (("file", source.file), ("reason", reason)))


def short_of_memory(limits: Limits) -> Problem:
    """Return the problem of a file that needs more memory than it may have."""
    return Problem("file.memory", (("limit", _gigabytes(limits.memory)),))


def _gigabytes(memory: int) -> str:
    if not memory:
        import psutil

        memory = psutil.virtual_memory().total
    return f"{memory / 1e9:.3g} GB"


def _end(status: int) -> str:
    """Return how a process ended, by its exit status, negative for a signal."""
    if status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit status {status}"
