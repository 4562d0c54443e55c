"""Tables exchanged with a fault at each of its steps in turn: `python -m tests.tables.cut_off MODE FOLDER`.

Each attempt is a process of its own. A step is whatever Python is about to do to a file under the folder (its audit
events tell: opening, renaming, removing, making and listing folders), so each fault strikes between two of them. The
number of steps that were tried is printed; an AssertionError says what came out wrong.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.tables.publishing import SEAL, publish, settle, staging

OTHERS = {"ghi chú.txt": "của người khác", "ảnh/bìa.txt": "của người khác"}
OLD = {
    "a.csv": "cũ", "b.csv": "cũ", "former.csv": "cũ", "set.parquet/part-0.parquet": "cũ",
    "set.parquet/part-1.parquet": "cũ", "former.parquet/part-0.parquet": "cũ",
}  # fmt: skip
NEW = {"a.csv": "mới", "b.csv": "mới", "c.csv": "mới", "set.parquet/part-0.parquet": "mới"}
DONE = 0
STRIDE = 3


def sealed(tables: dict[str, str]) -> dict[str, str]:
    """Return the files of a run: its tables and the seal that tells of them."""
    head = json.dumps({"tables": [{"file": name} for name in tables], "of": sorted(tables.values())}, indent=2)
    return {**tables, SEAL: head.removesuffix("\n}") + ',\n  "inputs": [\n    {"file": "a"}\n  ]\n}\n'}


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def seen(folder: Path) -> dict[str, str]:
    """Return what a reader sees in `folder`: the files not hidden, without those that are other people's."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    found = {name: path.read_text(encoding="utf-8") for name, path in named.items() if not name.startswith(".")}
    return {name: text for name, text in found.items() if name not in OTHERS}


def exchange(folder: Path) -> None:
    with staging(folder) as staged:
        fill(staged, sealed(NEW))
        (staged / ".scratch").write_text("", encoding="utf-8")
        publish(staged, folder)


def check_unmixed(folder: Path) -> None:
    """Hold what must be so at any moment: tables of one run, all of them where the seal stands."""
    found = seen(folder)
    assert any(found.items() <= sealed(files).items() for files in (OLD, NEW)), found
    assert SEAL not in found or found in (sealed(OLD), sealed(NEW)), found
    check_others(folder)


def check_others(folder: Path) -> None:
    for name, text in OTHERS.items():
        assert (folder / name).read_text(encoding="utf-8") == text


def check_settled(folder: Path, *wanted: dict[str, str]) -> None:
    """Hold what must be so once settled: all tables of one run, and nothing else but other people's files."""
    assert seen(folder) in [sealed(files) for files in wanted], seen(folder)
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    check_others(folder)


def fault_at(step: int, folder: Path, strike: Callable[[str, int], None]) -> None:
    """Have `strike(event, steps beyond)` called from the given step on, counted from 1, in this process for good."""
    counted = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal counted
        if event != "open" and not event.startswith(("os.", "shutil.")):
            return
        if not any(isinstance(one, (str, Path)) and str(folder) in str(one) for one in arguments):
            return
        counted += 1
        if counted >= step:
            strike(event, counted - step)

    sys.addaudithook(hook)


def in_child(work: Callable[[], None]) -> int:
    """Return how a child that does `work` ended: its exit status, negative for the signal that killed it."""
    child = os.fork()
    if not child:
        status = 3
        try:
            work()
            status = DONE
        except (OSError, KeyboardInterrupt):
            status = 1
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def folders(base: Path, stride: int = 1) -> Iterator[tuple[int, Path]]:
    """Yield each step of an exchange and a folder with the old tables and others' files, removed when done with."""
    folder, steps = base / "out", 1
    count = base / "count"
    for step in range(0, 1000, stride):
        if step > steps:
            return
        fill(folder, {**sealed(OLD), **OTHERS})
        if step:
            yield step, folder
        else:
            assert in_child(lambda: count.write_text(str(steps_of(folder)), encoding="ascii")) == DONE
            steps = int(count.read_text(encoding="ascii"))
        shutil.rmtree(folder, ignore_errors=True)


def steps_of(folder: Path) -> int:
    """Exchange the tables, and return how many steps that takes."""
    taken: list[str] = []
    fault_at(1, folder, lambda event, beyond: taken.append(event))
    exchange(folder)
    return len(taken)


def kill(event: str, beyond: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def cut(folder: Path, step: int, strike: Callable[[str, int], None], work: Callable[[Path], None]) -> int:
    """Return how a child ended that does `work` on `folder` until the fault strikes at `step`."""

    def attempt() -> None:
        fault_at(step, folder, strike)
        work(folder)

    return in_child(attempt)


def killed(base: Path) -> int:
    """Kill the exchange at each step, then settle."""
    tried = 0
    for step, folder in folders(base):
        assert cut(folder, step, kill, exchange) == -signal.SIGKILL
        check_unmixed(folder)
        settle(folder)
        check_settled(folder, OLD, NEW)
        tried += 1
    return tried


def killed_twice(base: Path) -> int:
    """Kill the exchange at steps and the settling at steps, then settle again; every third of each, for brevity."""
    tried = 0
    for step, folder in folders(base, STRIDE):
        cut(folder, step, kill, exchange)
        left = folder.with_name("left")
        folder.replace(left)
        for second in range(1, 1000, STRIDE):
            shutil.copytree(left, folder)
            ended = cut(folder, second, kill, settle)
            check_unmixed(folder)
            settle(folder)
            check_settled(folder, OLD, NEW)
            shutil.rmtree(folder)
            tried += 1
            if ended == DONE:
                break
        shutil.rmtree(left)
    return tried


def failing(base: Path, strike: Callable[[str, int], None], *, undone: bool = True) -> int:
    """Let each step fail: all tables are as before, or where nothing can be `undone` the next run settles them."""
    tried = 0
    for step, folder in folders(base):
        ended = cut(folder, step, strike, exchange)
        check_unmixed(folder)
        if undone:
            assert seen(folder) in (sealed(OLD), sealed(NEW)), seen(folder)
        settle(folder)
        check_settled(folder, *([NEW] if ended == DONE else [OLD, NEW]))
        tried += 1
    return tried


def full_once(event: str, beyond: int) -> None:
    if not beyond:
        raise OSError(errno.ENOSPC, "No space left on device")


def full(event: str, beyond: int) -> None:
    if event in ("open", "os.mkdir"):
        raise OSError(errno.ENOSPC, "No space left on device")


def held_open_once(event: str, beyond: int) -> None:
    if not beyond and event == "os.rename":
        raise PermissionError(errno.EACCES, "another program holds it open")


def held_open(event: str, beyond: int) -> None:
    if event == "os.rename":
        raise PermissionError(errno.EACCES, "another program holds it open")


def interrupted(event: str, beyond: int) -> None:
    if not beyond:
        raise KeyboardInterrupt


MODES: dict[str, Callable[[Path], int]] = {
    "killed": killed,
    "killed-twice": killed_twice,
    "full-once": lambda base: failing(base, full_once),
    "full": lambda base: failing(base, full),
    "held-open-once": lambda base: failing(base, held_open_once),
    "held-open": lambda base: failing(base, held_open, undone=False),
    "interrupted": lambda base: failing(base, interrupted),
}

if __name__ == "__main__":
    print(MODES[sys.argv[1]](Path(sys.argv[2])))
