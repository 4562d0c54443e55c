"""Measure how long a command takes to begin, beside Python itself and beside the imports that its work needs.

    python -m benchmarks starts [--rounds 20] [--work FOLDER]

`baocao --help` stands beside `python -c pass`; a run over one small report with an empty cache beside two processes
that do nothing but import the modules which such a run has loaded in the end: the coordinator, and one that reads.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.counting import Counted, counted
from benchmarks.generator import Mixture, write_reports
from benchmarks.rounds import alternating, markdown, ratio, told
from benchmarks.watching import baocao, environment

PYTHON, HELP, REPORT = "python -c pass", "baocao --help", "one small report, empty cache"
COORDINATOR, READER = "imports of the coordinator", "imports of a process that reads"

_LOADED = """
import sys
{work}
for name, module in sorted(sys.modules.items()):
    top = name.partition(".")[0]
    if top not in sys.stdlib_module_names and module is not None and getattr(module, "__spec__", None):
        print("\\x01" + name)
"""
_COORDINATOR = """
from pipeline.cli import main
main(["run", sys.argv[1], "-o", sys.argv[2], "-q"])
"""
_READER = """
import pipeline.batch.inside
from pathlib import Path
from pipeline.batch.folder import find_reports
from pipeline.batch.reports import read_portion
for source in find_reports(Path(sys.argv[1]), Path(sys.argv[2])):
    read_portion(source)
"""
_IMPORTING = """
import importlib
for name in {names!r}:
    try:
        importlib.import_module(name)
    except ImportError:  # a name that a library made up
        pass
"""


def loaded(work: str, folder: Path, scratch: Path) -> list[str]:
    """Return the modules, those of Python itself left out, that are loaded after `work` over `folder`."""
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        told_ = {**os.environ, **environment(Path(place) / "cache")}
        command = [sys.executable, "-c", _LOADED.format(work=work), str(folder), str(Path(place) / "out")]
        said = subprocess.run(command, env=told_, capture_output=True, text=True, check=True).stdout
    return [line[1:] for line in said.splitlines() if line.startswith("\x01")]


def commands(folder: Path, scratch: Path) -> dict[str, list[str]]:
    """Return what is measured, by name; the run's output goes to `scratch`/out, which must not be there."""
    needed = {COORDINATOR: loaded(_COORDINATOR, folder, scratch), READER: loaded(_READER, folder, scratch)}
    importing = {name: [sys.executable, "-c", _IMPORTING.format(names=names)] for name, names in needed.items()}
    return {
        PYTHON: [sys.executable, "-c", "pass"],
        HELP: baocao("--help"),
        **importing,
        REPORT: baocao("run", str(folder), "-o", str(scratch / "out"), "--workers", "1", "-q"),
    }


def measured(folder: Path, work: Path, rounds: int) -> str:
    """Return the table: each command's wall and CPU time, and what they are of each other."""
    with tempfile.TemporaryDirectory(dir=work) as made:
        asked = commands(folder, Path(made))
    took: dict[str, list[Counted]] = {name: [] for name in asked}
    for _, name in alternating(list(asked), rounds):
        with tempfile.TemporaryDirectory(dir=work) as place:
            command = [part.replace(made, place) for part in asked[name]]
            took[name].append(counted(command, environment(Path(place) / "cache"), Path(place) / "log"))
    return _table(took, rounds)


def _table(took: dict[str, list[Counted]], rounds: int) -> str:
    wall = {name: [run.seconds for run in runs] for name, runs in took.items()}
    cpu = {name: [run.cpu for run in runs] for name, runs in took.items()}
    both = [one + other for one, other in zip(cpu[COORDINATOR], cpu[READER], strict=True)]
    longest = [max(one, other) for one, other in zip(wall[COORDINATOR], wall[READER], strict=True)]
    rows = [[name, told(1000 * median(wall[name])), told(1000 * median(cpu[name]))] for name in took]
    lines = [
        markdown([f"to begin, {rounds} rounds", "ms", "CPU ms"], rows),
        "",
        f"`baocao --help` takes {told(ratio(wall[HELP], wall[PYTHON]))} times as long as `python -c pass` "
        f"({told(ratio(cpu[HELP], cpu[PYTHON]))} times its CPU).  ",
        f"One small report takes {told(ratio(cpu[REPORT], both))} times the CPU of the imports of both processes, "
        f"and {told(ratio(wall[REPORT], longest))} times as long as the longer of them.",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table; the exit status is 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks starts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "baocao-starts")
    given = parser.parse_args(arguments)
    folder = given.work / "in"
    first = next(d for d in Mixture().drafts(100) if d.kind == "docx" and d.length < 1)
    write_reports(folder, [first])
    print(measured(folder.resolve(), given.work.resolve(), given.rounds))
    return 0
