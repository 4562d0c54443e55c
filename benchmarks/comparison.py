"""Measure how near a run comes to the least that reading takes, and what others do in its time, all in one go.

    python -m benchmarks [--rounds 5] [--reports 60] [--invoice2data PYTHON] [--work FOLDER] [--small]

Over one folder of reports by `benchmarks.generator` (of 60: 25 PDFs of 1 to 40 pages, 121 in all; 35 DOCX of some 118
pages with 133 tables and 82 footnotes), and over its PDFs alone: the floor, the obvious script, invoice2data (PDFs
alone), and baocao with one and two workers and nothing in its cache, then a second time over the same files, and after
a change of one phrase of the rules that bears on all reports.

Each is a process of its own, imports and all; none has read the files before but where that is said. They are measured
in alternation (`rounds`): figures are medians, ratios medians of the ratios of each round. CPU time is that of all
processes, user and system, as the kernel counts it. What it takes to begin is told apart by a run over one PDF of a
page: `each further` is what a report adds to that.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks import phases, starts
from benchmarks.counting import Counted, counted
from benchmarks.rounds import alternating, markdown, ratio, slopes, told
from benchmarks.scene import (
    FLOOR,
    MIXED,
    OBVIOUS,
    ONE,
    PRINTED,
    TWO,
    Contender,
    Holds,
    Run,
    contenders,
    folders,
    holds,
    with_invoice2data,
)
from benchmarks.watching import environment

Measured = dict[tuple[str, str], list[Counted]]
"""What the runs of each contender over each folder took, round by round."""

_GOOD = (0,)
_PACKAGES = ("pypdfium2", "pdfplumber", "lxml", "python-docx", "spacy", "dateparser", "pandas")
_WANTING = (
    "invoice2data is left out: give a Python that has it as `--invoice2data PYTHON` "
    "(`pip install 'invoice2data[pdfium,pdfplumber]'` in a virtual environment of its own)"
)


class Stage:
    """Where the runs of one comparison take place, below `work`."""

    def __init__(self, work: Path, reports: int) -> None:
        self.work = work
        self.folders = folders(work, reports)
        self.holds = {name: holds(folder) for name, folder in self.folders.items()}
        self._before: dict[str, tuple[Path, Path]] = {}

    def run(self, contender: Contender, name: str) -> Counted:
        """Return what one run took; what it wrote is gone afterwards."""
        with tempfile.TemporaryDirectory(dir=self.work) as temporary:
            place = Path(temporary)
            run = Run(self.folders[name], place / "out", place / "cache", place)
            if contender.after:
                out, cache = self._read_before(name)
                shutil.copytree(out, run.out)
                shutil.copytree(cache, run.cache)
            return self._counted(contender, run)

    def _read_before(self, name: str) -> tuple[Path, Path]:
        """Return the output and the cache of a run over a folder, which is made once."""
        if name not in self._before:
            place = self.work / f"before-{name}"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            run = Run(self.folders[name], place / "out", place / "cache", place)
            self._counted(next(one for one in contenders("") if one.name == TWO), run)
            self._before[name] = run.out, run.cache
        return self._before[name]

    def _counted(self, contender: Contender, run: Run) -> Counted:
        return counted(contender.command(run), environment(run.cache), self.work / "run.log", _GOOD)


def measure(stage: Stage, them: Sequence[Contender], rounds: int) -> Measured:
    """Return what each contender took in each round, over each folder that it reads."""
    pairs = [(one, name) for name in stage.folders for one in them if name in one.over]
    measured: Measured = {(one.name, name): [] for one, name in pairs}
    for number, (one, name) in alternating(pairs, rounds):
        took = stage.run(one, name)
        print(f"… {number + 1}/{rounds} {one.name}, {name}: {took.seconds:.1f} s, CPU {took.cpu:.1f} s", flush=True)
        measured[one.name, name].append(took)
    return measured


def table(measured: Measured, name: str, them: Sequence[Contender], content: Holds) -> str:
    """Return the figures over one folder, a row for each contender."""
    reports, pages = sum(content.reports.values()), sum(content.pages.values())
    head = [
        name, "s", "CPU s", "to begin: s", "to begin: CPU s", "CPU ms a report", "a page", "CPU, times the floor's",
        "obvious script's CPU, times this", "its s, times this", "largest process, MB", "all, MB",
    ]  # fmt: skip
    floor, obvious = (measured[one, name] for one in (FLOOR, OBVIOUS))
    rows = []
    for one in them:
        if name not in one.over:
            continue
        whole, begun = measured[one.name, name], measured[one.name, ONE]
        cpu, begun_cpu = _cpu(whole), _cpu(begun)
        rows.append([
            one.name,
            told(median(_seconds(whole))),
            told(median(cpu)),
            told(median(_seconds(begun))),
            told(median(begun_cpu)),
            told(1000 * median(cpu) / reports),
            told(1000 * median(cpu) / pages),
            told(ratio(cpu, _cpu(floor))),
            told(ratio(_cpu(obvious), cpu)),
            told(ratio(_seconds(obvious), _seconds(whole))),
            f"{max(each.largest for each in whole) / 1e6:.0f}",
            f"{max(each.together for each in whole) / 1e6:.0f}",
        ])  # fmt: skip
    return markdown(head, rows)


def _cpu(runs: Sequence[Counted]) -> list[float]:
    return [run.cpu for run in runs]


def _seconds(runs: Sequence[Counted]) -> list[float]:
    return [run.seconds for run in runs]


def further(measured: Measured, name: str, them: Sequence[Contender], reports: int) -> str:
    """Return how many times the floor's a further report takes, and the obvious script's how many times as long."""

    cpu = {
        one.name: slopes(_cpu(measured[one.name, name]), _cpu(measured[one.name, ONE]), reports - 1)
        for one in them
        if name in one.over
    }
    rows = [
        [one, told(1000 * median(each)), told(ratio(each, cpu[FLOOR])), told(ratio(cpu[OBVIOUS], each))]
        for one, each in cpu.items()
    ]
    return markdown(
        [f"each further report, {name}", "CPU ms", "times the floor's", "obvious script's, times this"], rows
    )


def said(measured: Measured) -> str:
    """Return how two workers compare with invoice2data on PDFs, if that was measured."""
    ours = measured[TWO, PRINTED]
    parts = []
    for reader in ("pdfium", "pdfplumber"):
        theirs = measured.get((f"invoice2data, {reader}", PRINTED))
        if theirs:
            parts.append(f"{told(ratio(_seconds(ours), _seconds(theirs)))} times that of invoice2data with {reader}")
    return f"PDFs alone, two workers: wall time {', '.join(parts)}" if parts else _WANTING


def machine(python: str) -> str:
    """Return the day, the machine and the versions, in a line; `python` is the one that has invoice2data, if any."""
    asked = "import importlib.metadata as m; print(m.version('invoice2data'))"
    found = [f"{name} {version(name)}" for name in _PACKAGES]
    if python:
        answer = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True)
        found.append(f"invoice2data {answer.stdout.strip()}")
    system = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}; {system}; {', '.join(found)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print all tables as they stand in README.md; the exit status is 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--invoice2data", default="", metavar="PYTHON", help="a Python that has invoice2data")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "baocao-comparison")
    parser.add_argument("--small", action="store_true", help="a trial: 8 reports, one round")
    given = parser.parse_args(arguments)
    rounds, reports = (1, 8) if given.small else (given.rounds, given.reports)
    python = with_invoice2data(given.invoice2data)
    them = contenders(python)
    given.work.mkdir(parents=True, exist_ok=True)
    stage = Stage(given.work.resolve(), reports)
    measured = measure(stage, them, rounds)
    kept = {" | ".join(key): [asdict(run) for run in runs] for key, runs in measured.items()}
    (given.work / "comparison.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"\n{machine(python)}; {rounds} rounds  \n{stage.holds[MIXED].told()}")
    for name in (MIXED, PRINTED):
        content = stage.holds[name]
        print(f"\n{table(measured, name, them, content)}")
        print(f"\n{further(measured, name, them, sum(content.reports.values()))}")
    print(f"\n{said(measured)}")
    spent = phases.measured(stage.folders[MIXED], rounds)
    print(f"\n{phases.table(spent, _by_kind(stage.holds[MIXED].reports))}")
    print(f"\n{starts.measured(stage.folders[ONE], given.work, 2 if given.small else 4 * rounds)}")
    return 0


def _by_kind(reports: Mapping[str, int]) -> dict[str, int]:
    return {kind: reports[kind] for kind in sorted(reports, reverse=True)}
