"""Run a command, and write what it and all that it began took: a script that is the parent of them all.

    python benchmarks/reaping.py FIGURES.json COMMAND …

A process whose parent ends before it becomes a child of this one (PR_SET_CHILD_SUBREAPER, Linux), so that the kernel
counts the CPU time of every one, without looking at them while they run. It imports little: what a child's memory is
counted from is the memory of this script.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time

_SUBREAPER = 36  # <linux/prctl.h>
_PATIENCE = 30.0  # seconds that processes which outlive the command have to end


def main(place: str, command: list[str]) -> int:
    """Write wall seconds, CPU seconds and the memory of the largest process, in bytes; return the command's status."""
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    start = time.perf_counter()
    code = subprocess.Popen(command).wait()
    seconds = time.perf_counter() - start
    _reap(time.monotonic() + _PATIENCE)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {"code": code, "seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "largest": used.ru_maxrss * 1024}
    with open(place, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(figures, file)
    return code


def _reap(until: float) -> None:
    """Wait for all processes that are left."""
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            if time.monotonic() > until:
                raise TimeoutError("a process that the command began does not end")
            time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
