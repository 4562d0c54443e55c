"""Try what may arrive: mutated files, fuzzed parsers, bombs, damaged files, hostile names, many and large files.

    python -m benchmarks reliability [CLASS …] [--mutants 20000] [--executions 2000000] [--crowd 50000] [--work FOLDER]

Without a CLASS all are tried, which takes about two hours on two cores. Every class but `fuzzed` is one `baocao run`,
or several, over a folder with healthy reports beside it; a run is lost where it ends in another way than by telling, a
file where it has no row, and a neighbour where its rows are others than in a run without the rest. What was measured
is kept in `docs/reliability.json`, and the page `docs/reliability.md` is written from that, so that one class can be
tried again.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.large import large_files
from benchmarks.watching import ROOT, baocao, environment, watched

RECORD, PAGE = ROOT / "docs" / "reliability.json", ROOT / "docs" / "reliability.md"
HEALTHY = ("snv_phutho_2024h1.docx", "stc_ngansach_2023.pdf", "lhhn_haiphong_2024.docx")
UNTYPED = "file.crashed"
"""The problem of a file over which our own code failed in a way that has no name."""


@dataclass
class Tried:
    """What came of one class: inputs, how they ended, and what must not have been; memory is in bytes.

    `outcomes` are `ok`, `partial` and the codes of refusals. `untyped` and `lost` are to be 0. `targets` is what came
    of each target of fuzzing. Of the `untyped`, so many are `mended`: tried again, they have a name.
    """

    inputs: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    untyped: int = 0
    mended: int = 0
    lost: int = 0
    neighbours: int = 0
    worker: int = 0
    coordinator: int = 0
    program: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)
    targets: dict[str, Any] = field(default_factory=dict)

    def add(self, other: Tried) -> None:
        """Take in what came of another run."""
        self.inputs, self.seconds = self.inputs + other.inputs, self.seconds + other.seconds
        self.outcomes = dict(Counter(self.outcomes) + Counter(other.outcomes))
        self.untyped, self.lost = self.untyped + other.untyped, self.lost + other.lost
        self.neighbours, self.faults = self.neighbours + other.neighbours, self.faults + other.faults
        for name in ("worker", "coordinator", "program"):
            setattr(self, name, max(getattr(self, name), getattr(other, name)))


class Trials:
    """Runs over folders, with healthy reports of which the rows are known."""

    def __init__(self, work: Path, workers: int) -> None:
        self._work, self._workers = work, workers
        alone = self._fresh("healthy")
        self._put_healthy(alone)
        self._known = self._rows_of_healthy(self._run(alone)[0])

    def of(self, name: str, make: Callable[[Path], object], *options: str) -> Tried:
        """Return what came of a run over what `make` puts into a folder."""
        folder = self._fresh(name)
        make(folder)
        self._put_healthy(folder)
        out, tried = self._run(folder, *options)
        if out is None:
            tried.lost += 1
            return tried
        files = {path.relative_to(folder).as_posix() for path in _taken_up(folder)}
        rows = {row["file"]: row for row in _rows(out, "reports") if not row["file"].startswith("healthy/")}
        tried.inputs = len(rows)
        tried.lost += max(len(files) - len(HEALTHY) - len(rows), 0)
        codes: dict[str, list[str]] = {}
        for row in _rows(out, "problems"):
            if row["severity"] == "error":
                codes.setdefault(row["file"], []).append(row["code"])
        for file, row in rows.items():
            told = row["status"] if row["status"] != "failed" else codes.get(file, ["?"])[0]
            tried.outcomes[told] = tried.outcomes.get(told, 0) + 1
            if told in (UNTYPED, "?"):
                tried.untyped += 1
                tried.faults.append(f"{name}: {file!a}: {row['error'][:200]}")
        if self._rows_of_healthy(out) != self._known:
            tried.neighbours += 1
            tried.faults.append(f"{name}: the rows of the healthy reports are others")
        shutil.rmtree(folder, ignore_errors=True)
        return tried

    def _run(self, folder: Path, *options: str) -> tuple[Path | None, Tried]:
        out = self._fresh(f"out-{folder.name}")
        command = baocao("run", str(folder), "-o", str(out), "--no-cache", "--lang", "en", "-q", *options)
        took = watched([*command, "--workers", str(self._workers)], environment(self._work / "cache"), out / "said.txt")
        tried = Tried(seconds=took.seconds, worker=took.worker, coordinator=took.coordinator, program=took.program)
        if took.code not in (0, 1):
            tried.faults.append(f"{folder.name}: exit status {took.code}: {took.output[-500:]}")
            return None, tried
        return out, tried

    def _fresh(self, name: str) -> Path:
        folder = self._work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _put_healthy(self, folder: Path) -> None:
        (folder / "healthy").mkdir()
        for name in HEALTHY:
            shutil.copyfile(ROOT / "samples" / "reports" / name, folder / "healthy" / name)

    def _rows_of_healthy(self, out: Path | None) -> list[tuple[str, ...]]:
        if out is None:
            raise RuntimeError("the healthy reports alone can't be read")
        return [tuple(row.values()) for row in _rows(out, "consolidated") if row["file"].startswith("healthy/")]


def _rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _taken_up(folder: Path) -> Iterator[Path]:
    from pipeline.batch.folder import find_reports

    return (source.path for source in find_reports(folder))


def bombs(trials: Trials, asked: argparse.Namespace) -> Tried:
    """Try every bomb."""
    from tests.hostile.bombs import bombs as made

    return trials.of("bombs", lambda folder: _put(folder, made()), "--timeout", "120")


def damaged(trials: Trials, asked: argparse.Namespace) -> Tried:
    """Try damaged files of every format under every suffix."""
    from tests.hostile.damage import damaged_files

    return trials.of("damaged", lambda folder: _put(folder, damaged_files()))


def names(trials: Trials, asked: argparse.Namespace) -> Tried:
    """Try every hostile name and place."""
    from tests.hostile.names import plant_names

    return trials.of("names", lambda folder: plant_names(folder / "names"))


def mutated(trials: Trials, asked: argparse.Namespace) -> Tried:
    """Try mutants of all samples, read as a run reads its files; memory is that of address space."""
    start = time.perf_counter()
    told = _told_by("tests.fuzzing.mutator", "mutated.json", asked, "--count", str(asked.mutants))
    tried = Tried(inputs=told["files"], outcomes=told["outcomes"], lost=told["runs_lost"])
    tried.untyped, tried.faults = len(told["untyped"]), [json.dumps(each) for each in told["untyped"]]
    tried.worker, tried.seconds = told["peak_address_space_mb"] * 1_000_000, time.perf_counter() - start
    return tried


def crowd(trials: Trials, asked: argparse.Namespace) -> Tried:
    """Try very many files in one folder."""
    from tests.hostile.crowd import make_crowd

    return trials.of("crowd", lambda folder: make_crowd(folder / "crowd", asked.crowd))


def large(trials: Trials, asked: argparse.Namespace) -> Tried:
    """Try large files one after the other, each in a run of its own."""
    tried = Tried()
    for name, write in large_files().items():
        one = trials.of(f"large-{name}", lambda folder, name=name, write=write: write(folder / name))
        print(f"  {name}: {dict(one.outcomes)}, {one.seconds:.0f} s, {one.worker / 1e6:.0f} MB", flush=True)
        tried.add(one)
    return tried


def fuzzed(trials: Trials, asked: argparse.Namespace) -> Tried:
    """Fuzz every parser, extractor and reader of settings, guided by coverage; or some for longer than is known."""
    before = _known().get("fuzzed", {}) if asked.targets else {}
    known = before.get("targets", {})
    targets = asked.targets or ["all"]
    for told in _told_by("tests.fuzzing", "fuzzing.jsonl", asked, *targets, "--runs", str(asked.executions)):
        known[told["target"]] = _longer(known.get(told["target"], {}), told)
    seconds = sum(told["seconds"] for told in known.values())
    tried = Tried(mended=before.get("mended", 0), seconds=seconds, targets=known)
    for told in known.values():
        tried.inputs += told["executions"]
        tried.outcomes[told["target"]] = told["executions"]
        tried.untyped += len(told["failures"])
        tried.worker = max(tried.worker, int(told["peak_mb"] * 1_000_000))
        tried.faults += [f"{told['target']}: {json.dumps(each, ensure_ascii=False)[:300]}" for each in told["failures"]]
    return tried


def _longer(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what came of a target of fuzzing that was tried before and is now tried for longer."""
    sums = {name: round(known.get(name, 0) + told[name], 1) for name in ("executions", "seconds", "cpu_seconds")}
    refused = dict(Counter(known.get("refused", {})) + Counter(told["refused"]))
    failures = [*known.get("failures", ()), *told["failures"]]
    peak = max(known.get("peak_mb", 0), told["peak_mb"])
    return {**told, **sums, "peak_mb": peak, "refused": refused, "failed": len(failures), "failures": failures}


def _told_by(module: str, name: str, asked: argparse.Namespace, *options: str) -> Any:
    """Return what a module tells in the file `name`, one JSON value or a list of those on its lines."""
    out = asked.work / module
    shutil.rmtree(out, ignore_errors=True)
    more = ["--seconds", str(asked.seconds)] if module == "tests.fuzzing" else []
    command = [sys.executable, "-m", module, *options, *more, "--seed", str(asked.seed), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=False)
    text = (out / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text)


CLASSES: Mapping[str, Callable[[Trials, argparse.Namespace], Tried]] = {
    each.__name__: each for each in (mutated, fuzzed, bombs, damaged, names, crowd, large)
}


def _known() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    return known


def _tried_again(name: str, work: Path) -> int:
    """Return of how many inputs that failed and were kept in `work` nothing but an error with a name comes now."""
    from pipeline.parsers import parse
    from pipeline.problems import ParseError
    from tests.fuzzing.targets import TARGETS

    mended = 0
    kept = work / "tests.fuzzing.mutator" if name == "mutated" else work / "tests.fuzzing" / "failures"
    for path in sorted(kept.glob("*")):
        if path.suffix in (".txt", ".json"):
            continue
        target = TARGETS.get(path.name.partition("-")[0])
        allowed = target.allowed if target else (ParseError,)
        with suppress(allowed):
            if target:
                target.run(path.read_bytes())
            else:
                parse(path)
        mended += 1
    return mended


def _put(folder: Path, files: Iterator[tuple[str, bytes]]) -> None:
    for name, data in files:
        (folder / name).write_bytes(data)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the classes asked for and write the page; the exit status is 1 where anything was lost or has no name."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks reliability",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("classes", nargs="*", metavar="CLASS", help=", ".join(CLASSES))
    parser.add_argument("--again", action="store_true", help="try only what failed and was kept under --work")
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--executions", type=int, default=2_000_000, help="of fuzzing, in all")
    parser.add_argument("--targets", nargs="*", help="of fuzzing, if not all")
    parser.add_argument("--seconds", type=int, default=1200, help="the most that one target of fuzzing may take")
    parser.add_argument("--crowd", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "baocao-reliability")
    asked = parser.parse_args(arguments)
    asked.work.mkdir(parents=True, exist_ok=True)
    record = _known()
    if asked.again:
        for name in asked.classes:
            record[name]["mended"] = record[name].get("mended", 0) + _tried_again(name, asked.work)
        _write(record)
        return 0
    trials, clean = Trials(asked.work, asked.workers), True
    for name in asked.classes or CLASSES:
        print(f"… {name}", flush=True)
        tried = CLASSES[name](trials, asked)
        clean = clean and not (tried.untyped or tried.lost or tried.neighbours)
        record[name] = asdict(tried) | {"tried_at": datetime.now(UTC).date().isoformat()}
        _write(record)
        print(f"  {tried.inputs} inputs: {tried.untyped} untyped, {tried.lost} lost", *tried.faults[:20], sep="\n  ")
    return 0 if clean else 1


def _write(record: dict[str, Any]) -> None:
    from benchmarks.reliability_page import page

    RECORD.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(record), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
