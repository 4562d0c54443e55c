"""The end of a run's processes, whatever ends the run.

A program run by itself, so that it imports nothing of baocao: `python warden.py MARKER FOLDER …`. It waits for the end
of what is written to it. A dot before the end says that the run came to its own; else the process that began it is
gone: its workers, which the first folder tells, and the programs that they started are ended, and its folders removed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

VARIABLE = "BAOCAO_WORKER"
"""Names, in the environment of the programs that a worker starts, the worker."""
WORKERS = "workers"
"""The subfolder in which each worker says what process it is: its number, and when it began."""


def say_who(folder: Path, marker: str) -> None:
    """Note in `folder` that this process is the worker `marker`."""
    import psutil

    me = psutil.Process()
    made = folder / WORKERS / f".{marker}"
    made.write_text(f"{me.pid} {me.create_time()}", encoding="ascii")
    made.replace(folder / WORKERS / marker)


def end_workers(folder: Path) -> None:
    """End the processes of all workers that are noted in `folder`."""
    import psutil

    ended = []
    for noted in (folder / WORKERS).glob("[!.]*"):
        pid, begun = noted.read_text(encoding="ascii").split()
        try:
            process = psutil.Process(int(pid))
            if process.create_time() == float(begun):  # else the number is another's by now
                process.kill()
                ended.append(process)
        except psutil.Error:
            continue
    psutil.wait_procs(ended, timeout=10)


def end_programs(marker: str) -> None:
    """End the programs that workers started, and all that those started; `marker` is how their workers' begin."""
    import psutil

    for _ in range(5):  # one may be starting another just now
        ended = [process for process in psutil.process_iter() if _is_of(process, marker)]
        for process in ended:
            try:
                process.kill()
            except psutil.Error:
                continue
        if not ended:
            return
        psutil.wait_procs(ended, timeout=2)


def _is_of(process: object, marker: str) -> bool:
    import psutil

    try:
        return bool(process.environ().get(VARIABLE, "").startswith(marker))  # type: ignore[attr-defined]
    except (psutil.Error, OSError):  # another user's, or gone
        return False


def main(marker: str, *folders: Path) -> None:
    """Wait for the end of the run, and end what it left."""
    if sys.stdin.buffer.read():
        return
    end_workers(folders[0])
    end_programs(marker)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
