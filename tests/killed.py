"""Runs that are killed: `python -m tests.killed [--times 20] [--moves 5] [--seed 1] FOLDER [options of baocao run]`.

A run over FOLDER is killed (SIGKILL) at as many random moments as `--times` says, and at as many steps of the exchange
of its tables as `--moves` says, each time with an empty cache, and in turns into a new folder and into one with the
tables of an earlier run. What must be so: no reader finds tables of two runs side by side, or a seal without all
tables; no process outlives the run; and the run that goes on writes the bytes of one that was left alone. A table in
Markdown is printed, or an AssertionError says what was wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from pipeline.tables.publishing import SEAL, settle

ROOT = Path(__file__).parents[1]
LEFT_ALONE = "left alone"
TOLD_APART = (SEAL, "run.log.jsonl", "run.log.1.jsonl")
"""What tells of the run itself, its times above all, and so is never the same twice."""

_AT_MOVE = """
import os, signal, sys
left, out = int(sys.argv[1]), sys.argv[2]
def parents(arguments):
    return [os.path.dirname(os.fspath(one)) for one in arguments if isinstance(one, (str, os.PathLike))]
def hook(event, arguments):
    global left
    if event == "os.rename" and out in parents(arguments):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from pipeline.cli import main
sys.exit(main(sys.argv[3:]))
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """When a run is killed: so many seconds after its start, or before so manieth name moves into or out of OUT."""

    seconds: float = 0.0
    move: int = 0

    def __str__(self) -> str:
        return f"move {self.move}" if self.move else f"{self.seconds:.2f} s"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one kill: what OUT held before, then, and when settled; and how long going on took."""

    kill: Kill
    before: str
    found: str
    settled: str
    processes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Bench:
    """Where trials are made: the reports, options for `baocao run`, and a folder for all that is written."""

    reports: Path
    base: Path
    options: Sequence[str] = ()

    def command(self, out: Path, kill: Kill = Kill()) -> list[str]:
        """Return the command that runs over the reports into `out`."""
        start = ["-c", _AT_MOVE, str(kill.move), str(out)] if kill.move else ["-m", "pipeline.cli"]
        return [sys.executable, *start, "run", str(self.reports), "-o", str(out), *self.options]

    def environment(self, cache: str) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT), "BAOCAO_CACHE": str(self.base / cache)}

    def run(self, out: Path, cache: str = LEFT_ALONE) -> None:
        """Run and end; files that can't be read are no matter."""
        done = subprocess.run(
            self.command(out), env=self.environment(cache), capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode in (0, 1) and tables_in(out), done.stderr


Tables = dict[str, bytes]
Run = Callable[[Path, str], None]


def tables_in(out: Path) -> Tables:
    """Return the files that a reader sees in `out`, without those that tell of the run itself."""
    paths = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    seen = {name: path for name, path in paths.items() if not name.startswith(".") and name not in TOLD_APART}
    return {name: path.read_bytes() for name, path in seen.items()}


def state(out: Path, runs: dict[str, Tables], *, sealed: bool) -> str:
    """Return whose tables `out` holds: `none`, the name of one of `runs`, or `part of` it; never a mixture."""
    found = tables_in(out)
    if not found:
        assert not (out / SEAL).exists(), "a seal without tables"
        return "none"
    of = [name for name, tables in runs.items() if found.items() <= tables.items()]
    assert of, f"tables of two runs in {out}: {sorted(found)}"
    whole = [name for name in of if found == runs[name] and sealed == (out / SEAL).exists()]
    assert whole or not (out / SEAL).exists(), f"a seal without all tables in {out}: {sorted(found)}"
    return whole[0] if whole else f"part of {of[0]}"


@contextmanager
def killed(bench: Bench, out: Path, cache: str, kill: Kill) -> Iterator[list[psutil.Process]]:
    """Start a run and kill it; give the processes that were its own, which are to be gone in the end."""
    process = subprocess.Popen(
        bench.command(out, kill), env=bench.environment(cache), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + (600 if kill.move else kill.seconds)
    below: dict[int, psutil.Process] = {}
    while process.poll() is None and time.monotonic() < until:
        below.update(_below(process.pid))
        time.sleep(min(0.05, max(0.0, until - time.monotonic())))
    below.update(_below(process.pid))
    process.kill()
    process.wait()
    own = list(below.values())
    try:
        yield own
    finally:
        _, alive = psutil.wait_procs(own, timeout=15)
        for one in alive:
            one.kill()
    assert not alive, f"outlived the run: {alive}"


def _below(process: int) -> dict[int, psutil.Process]:
    try:
        return {one.pid: one for one in psutil.Process(process).children(recursive=True)}
    except psutil.NoSuchProcess:
        return {}


def trial(bench: Bench, kill: Kill, runs: dict[str, Tables], before: Path | None, go_on: Run, *, sealed: bool) -> Trial:
    """Kill one run, look at what is there, go on, and compare with the last of `runs`, which nobody disturbed."""
    *_, wanted = runs.values()
    cache = f"cache of {kill}"
    out = bench.base / f"out of {kill}"
    if before is not None:
        shutil.copytree(before, out)
    with killed(bench, out, cache, kill) as own:
        found = state(out, runs, sealed=sealed) if out.exists() else "none"
    settle(out)
    settled = state(out, runs, sealed=sealed) if out.exists() else "none"
    assert not settled.startswith("part"), f"not all tables of a run in {out}, though settled"
    began = time.monotonic()
    go_on(out, cache)
    seconds = time.monotonic() - began
    assert tables_in(out) == wanted, f"other bytes than undisturbed in {out}"
    assert sealed == (out / SEAL).exists()
    assert not [path.name for path in out.iterdir() if path.name.startswith(".")]
    for folder in (out, bench.base / cache):
        shutil.rmtree(folder, ignore_errors=True)
    return Trial(kill, "none" if before is None else next(iter(runs)), found, settled, len(own), seconds)


def trials(bench: Bench, kills: Iterable[Kill], earlier: Path, alone: Path, go_on: Run) -> Iterator[Trial]:
    """Yield what comes of each kill, in turns over the tables in `earlier` and over none; `alone` is undisturbed."""
    runs = {"earlier": tables_in(earlier), LEFT_ALONE: tables_in(alone)}
    assert runs["earlier"].items() != runs[LEFT_ALONE].items()
    sealed = (alone / SEAL).exists()
    for number, kill in enumerate(kills):
        yield trial(bench, kill, runs, None if number % 2 else earlier, go_on, sealed=sealed)


def drawn(seed: int, times: int, moves: int, seconds: float, names: int) -> list[Kill]:
    """Return `times` moments of a run of `seconds`, then `moves` of the moves that exchange `names` names."""
    draw = random.Random(seed)
    steps = draw.sample(range(1, names * 2 + 1), min(moves, names * 2))
    return [*(Kill(draw.uniform(0, seconds)) for _ in range(times)), *(Kill(move=step) for step in steps)]


def main() -> None:
    """Run the trials that the command line asks for, and print what came of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.killed", description="Kill runs, and see what is left.")
    parser.add_argument("--times", type=int, default=20, help="random moments (20)")
    parser.add_argument("--moves", type=int, default=5, help="steps of the exchange of tables (5)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=Path, help="the reports")
    asked, options = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="baocao-killed-") as made:
        base = Path(made)
        bench = Bench(asked.folder.resolve(), base, options)
        began = time.monotonic()
        bench.run(base / "alone")
        seconds = time.monotonic() - began
        one = next(path for path in sorted(bench.reports.rglob("*")) if path.is_file())
        Bench(one, base, options).run(base / "earlier")
        names = len([path for path in (base / "alone").iterdir() if not path.name.startswith("run.log")])
        print(f"Undisturbed: {seconds:.1f} s\n")
        print("| killed at | tables before | found | settled | its processes | going on |\n|---|---|---|---|---|---|")
        kills = drawn(asked.seed, asked.times, asked.moves, seconds, names)
        for one in trials(bench, kills, base / "earlier", base / "alone", bench.run):
            print(
                f"| {one.kill} | {one.before} | {one.found} | {one.settled} | {one.processes} | {one.seconds:.1f} s |",
                flush=True,
            )


if __name__ == "__main__":
    main()
