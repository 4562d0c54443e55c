"""Run `baocao run` over folders of 100, 1,000 and 10,000 reports, and tell what a report costs as a folder grows.

    python -m benchmarks load [--sizes 100,1000,10000] [--workers 2] [--pair 400] [--work FOLDER]

Of each size it measures a first run (with an empty cache), a second one over the same files, one after a change of one
pack, which bears on the reports that are read with it, and one after a change of rules that bears on all; then one
worker against several. All of it is in one go, so that the figures may be compared. It may be
stopped and called again: what has been measured with the same settings is not measured twice. Figures are in
WORK/load.json, and for README.md as a table on standard output.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.generator import Mixture, write_reports
from benchmarks.watching import ROOT, Watched, baocao, environment, watched

_CHANGES = {
    "pack": ("doi_ngoai", "version: 0.1.0", "version: 0.1.1"),
    "rules": ("cai_cach_hanh_chinh", "par index", "par index 2"),
}
"""A pack, words of it, and what takes their place, by the run that is to see it; what is found stays the same.

The second is one of the words that a report's pack is chosen by, so the rules of all reports are others then.
"""

_STEPS = ("first", "second", *_CHANGES)
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setup:
    """Where a load test works, and what it runs over; `more` are options of `baocao run`."""

    work: Path
    mixture: Mixture
    more: tuple[str, ...] = ()

    def folder(self, size: int) -> Path:
        """Return a folder of the first `size` reports, which is made where it isn't there."""
        folder, whole = self.work / f"reports-{size}", self.work / "reports"
        for path in write_reports(whole, self.mixture.drafts(size)):
            place = folder / path.relative_to(whole)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                _linked(path, place)
        return folder

    def rules(self, step: str) -> list[str]:
        """Return the options that choose a copy of the shipped packs, with what is changed for a `step`."""
        copy = self.work / "rules"
        shutil.rmtree(copy, ignore_errors=True)
        names = sorted(path.parent.name for path in (ROOT / "rules").glob("*/pack.yaml") if path.parent.name != "core")
        for name in names:
            shutil.copytree(ROOT / "rules" / name, copy / name)
        if step in _CHANGES:
            name, old, new = _CHANGES[step]
            manifest = copy / name / "pack.yaml"
            text = manifest.read_text(encoding="utf-8")
            if old not in text:
                raise ValueError(f"«{old}» is not in {name} any more")
            manifest.write_text(text.replace(old, new), encoding="utf-8")
        return [option for name in names for option in ("--rules", str(copy / name))]


def _linked(path: Path, place: Path) -> None:
    try:
        os.link(path, place)
    except OSError:  # another file system, or one without links
        shutil.copyfile(path, place)


class Record:
    """What has been measured so far, on the disk after each run."""

    def __init__(self, path: Path, settings: Figures) -> None:
        self.path = path
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.figures: Figures = known if known.get("settings") == settings else {"settings": settings, "runs": {}}
        self.figures["machine"] = {
            "cores": os.cpu_count(),
            "system": platform.platform(terse=True),
            "python": platform.python_version(),
        }

    def measured(self, name: str, measure: Callable[[], Figures]) -> Figures:
        """Return the figures called `name`, measured now if they are not known."""
        if name not in self.figures["runs"]:
            print(f"… {name}", flush=True)
            self.figures["runs"][name] = measure()
            self.save()
        return self.figures["runs"][name]

    def save(self) -> None:
        """Write all figures."""
        made = self.path.with_suffix(".part")
        made.write_text(json.dumps(self.figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        made.replace(self.path)


def one_run(setup: Setup, folder: Path, out: Path, cache: Path, workers: int, rules: Sequence[str] = ()) -> Figures:
    """Return the figures of one run; RuntimeError where it failed."""
    command = baocao("run", str(folder), "-o", str(out), "--workers", str(workers), "--lang", "en", *rules, *setup.more)
    took = watched(command, environment(cache), setup.work / "run.log")
    if took.code not in (0, 1):  # 1: some file could not be read
        raise RuntimeError(f"{' '.join(command)}\n{took.output[-3000:]}")
    return figures(took, sum(path.is_file() for path in folder.rglob("*"))) | {"tables": digest(out)}


def figures(took: Watched, reports: int) -> Figures:
    """Return what was watched, with the rate and the cost of a report."""
    told = {name: value for name, value in asdict(took).items() if name not in ("output", "code")}
    told["reports"] = reports
    told["rate"] = reports / took.seconds
    told["cpu_each"] = took.cpu / reports
    return told


def digest(out: Path) -> str:
    """Return a digest of the CSV tables in `out`."""
    every = hashlib.sha256()
    for path in sorted(out.glob("*.csv")):
        every.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return every.hexdigest()


def measure_size(setup: Setup, record: Record, size: int, workers: int) -> None:
    """Measure the runs over `size` reports; a first run is done anew where one after it is wanting."""
    names = {step: f"{step} {size} {workers}" for step in _STEPS}
    if all(name in record.figures["runs"] for name in names.values()):
        return
    for name in names.values():
        record.figures["runs"].pop(name, None)
    folder = setup.folder(size)
    with tempfile.TemporaryDirectory(dir=setup.work) as temporary:
        out, cache = Path(temporary) / "out", Path(temporary) / "cache"
        for step, name in names.items():
            rules = setup.rules(step)
            record.measured(name, lambda rules=rules: one_run(setup, folder, out, cache, workers, rules))


def measure_pair(setup: Setup, record: Record, size: int, workers: int) -> None:
    """Measure first runs over `size` reports by one worker and by several."""
    folder = setup.folder(size)
    for many in (1, workers):
        with tempfile.TemporaryDirectory(dir=setup.work) as temporary:
            out, cache = Path(temporary) / "out", Path(temporary) / "cache"
            record.measured(
                f"pair {size} {many}", lambda out=out, cache=cache, many=many: one_run(setup, folder, out, cache, many)
            )


def table(record: Record, sizes: Sequence[int], pair: int, workers: int) -> str:
    """Return the figures as Markdown."""
    runs = record.figures["runs"]
    lines = [
        "| reports | run | s | reports/s | CPU ms a report | time, first run's | coordinator MB | worker MB | all MB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for size in sizes:
        first = runs[f"first {size} {workers}"]
        for step in _STEPS:
            lines.append(_row(f"{size:,}", step, runs[f"{step} {size} {workers}"], first["seconds"]))
    for many in (1, workers):
        base = runs[f"pair {pair} 1"]["seconds"]
        lines.append(_row(f"{pair:,}", f"{many} worker{'s' * (many > 1)}", runs[f"pair {pair} {many}"], base))
    return "\n".join(lines)


def _row(size: str, step: str, run: Figures, base: float) -> str:
    memory = " | ".join(f"{run[name] / 1e6:.0f}" for name in ("coordinator", "worker", "together"))
    cells = f"{run['seconds']:.1f} | {run['rate']:.2f} | {1000 * run['cpu_each']:.0f} | {run['seconds'] / base:.1%}"
    return f"| {size} | {step} | {cells} | {memory} |"


def findings(record: Record, sizes: Sequence[int], pair: int, workers: int) -> list[str]:
    """Return how a report's cost, the coordinator's memory and the rate change with size, workers and cache."""
    runs = record.figures["runs"]
    small, large = (runs[f"first {size} {workers}"] for size in (min(sizes), max(sizes)))
    one, several = (runs[f"pair {pair} {many}"]["seconds"] for many in (1, workers))
    told = [
        f"rate at {max(sizes):,} against {min(sizes):,}: {large['rate'] / small['rate']:.2f}",
        f"CPU time of a report at {max(sizes):,} against {min(sizes):,}: {large['cpu_each'] / small['cpu_each']:.2f}",
        f"coordinator's memory at {max(sizes):,}: {large['coordinator'] / 1e6:.0f} MB, "
        f"{(large['coordinator'] - small['coordinator']) / 1e6:+.0f} MB against {min(sizes):,}",
        f"{workers} workers against one: {one / several:.2f} times",
    ]
    for size in sizes:
        first, second = (runs[f"{step} {size} {workers}"]["tables"] for step in ("first", "second"))
        told.append(f"second run over {size:,}: {'the same tables' if first == second else 'OTHER TABLES'}")
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is not known yet, and print the table; the exit status is 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--pair", type=int, default=400, help="how many reports one worker and several are compared over"
    )
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "baocao-load")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scans", action="store_true")
    parser.add_argument("--duplicates", type=float, default=0.0)
    parser.add_argument("--more", default="", help="further options of `baocao run`")
    given = parser.parse_args(arguments)
    sizes = [int(size) for size in given.sizes.split(",")]
    setup = Setup(given.work.resolve(), Mixture(given.seed, given.scans, given.duplicates), tuple(given.more.split()))
    setup.work.mkdir(parents=True, exist_ok=True)
    record = Record(setup.work / "load.json", {"mixture": asdict(setup.mixture), "more": given.more})
    try:
        for size in sizes:
            measure_size(setup, record, size, given.workers)
        measure_pair(setup, record, given.pair, given.workers)
    except KeyboardInterrupt:
        print(f"\nstopped; what was measured is in {record.path}, and the same command goes on from there")
        return 130
    print(
        table(record, sizes, given.pair, given.workers),
        "",
        *findings(record, sizes, given.pair, given.workers),
        sep="\n",
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
