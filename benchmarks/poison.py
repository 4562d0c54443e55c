"""Run `baocao run` over reports of which some crash, hang or eat memory, and check that they cost nobody else anything.

    python -m benchmarks poison [--files 1000] [--poison 20] [--timeout 20] [--workers 2] [--work FOLDER]

The poison is what an archive may hold: a ZIP bomb, files cut off in mid-copy, and text over which a process dies by
a signal, never ends, or takes all memory. The last three are done by the hook of a rule pack, which is put on the path
of the runs like an installed one: nothing in baocao knows of it, and it acts in whatever process reads the file. The
reports themselves are compared row by row with a run over them alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.flow import zipped
from benchmarks.generator import Draft, Mixture, report, write_reports
from benchmarks.load import figures
from benchmarks.watching import Watched, baocao, environment, strays, watched

PACK = "hat_doc"
_WORDS = {"segfault": 1, "hang": 2, "memory": 3}
"""What the hook does at «hạt độc», by the number before it."""
_CAUSES = {
    "segfault": {"file.crashed"},
    "hang": {"file.timeout"},
    "memory": {"file.memory"},
    "bomb": {"file.limit"},
    "cut docx": {"file.damaged"},
    "cut pdf": {"file.damaged"},
}
"""The problem that each kind of poison must be told with."""
_MANIFEST = f"""\
id: {PACK}
title: Hạt độc
version: 0.1.0
extends: [core]
"""
_RULES = r"""rules:
  - id: hat
    finds: count
    title: Số hạt độc
    pattern: '(?P<n>\d+) hạt độc'
    unit: none
    priority: 9
    hook: baocao_hat_doc.hooks:act
    examples: [{text: Có 9 hạt độc.}]
    rejects: [Có 9 hạt.]
"""
_HOOKS = """\
import ctypes

hoard = []


def act(found):
    what = found.parts["n"]
    if what == "1":
        ctypes.string_at(0)
    elif what == "2":
        while True:
            pass
    elif what == "3":
        piece = 1 << 26
        while piece:
            try:
                hoard.append(bytearray(b"x" * piece))
            except MemoryError:
                piece //= 2
        raise MemoryError
    return {}
"""


@dataclass(frozen=True, slots=True)
class Poison:
    """A file that can't be read: its name in the folder and of which kind it is."""

    file: str
    kind: str


def installed(folder: Path) -> Path:
    """Write the pack with the hook as pip would have installed it, and return the folder to put on the path."""
    package, info = folder / "baocao_hat_doc", folder / "baocao_hat_doc-0.1.0.dist-info"
    for place in (package, info):
        place.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "hooks.py").write_text(_HOOKS, encoding="utf-8")
    (package / "pack.yaml").write_text(_MANIFEST, encoding="utf-8")
    (package / "rules.yaml").write_text(_RULES, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: baocao-hat-doc\nVersion: 0.1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[baocao.rules]\n{PACK} = baocao_hat_doc\n", encoding="utf-8")
    return folder


def kinds(count: int) -> Iterator[str]:
    """Yield as many kinds of poison, evenly."""
    every = ("segfault", "hang", "memory", "bomb", "segfault", "hang", "memory", "cut docx", "bomb", "cut pdf")
    return (every[n % len(every)] for n in range(count))


def poisoned(kind: str, draft: Draft) -> bytes:
    """Return a file of poison made out of a report."""
    if kind in _WORDS:
        return report(replace(draft, kind="txt")) + f"\nGhi chú: trong kho còn {_WORDS[kind]} hạt độc.\n".encode()
    if kind == "bomb":
        return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(100_000_000)})
    suffix = kind.removeprefix("cut ")
    whole = report(replace(draft, kind=suffix))
    return whole[: len(whole) // 2]


def plant(folder: Path, mixture: Mixture, healthy: int, count: int) -> list[Poison]:
    """Write `count` files of poison among `healthy` reports, spread over the folder's order, and return them."""
    planted = []
    for n, kind in enumerate(kinds(count)):
        draft = replace(mixture.draft(healthy + n), length=0.5)
        if draft.kind in ("doc", "xlsx", "scan"):
            draft = replace(draft, base="snv_phutho_2024h1")
        suffix = {"bomb": "docx", "cut docx": "docx", "cut pdf": "pdf"}.get(kind, "txt")
        beside = mixture.draft((n * healthy) // count).file
        path = folder / Path(beside).parent / f"{Path(beside).stem}-{kind.replace(' ', '-')}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(poisoned(kind, draft))
        planted.append(Poison(path.relative_to(folder).as_posix(), kind))
    return planted


def rows(out: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def faults(clean: Path, out: Path, planted: Sequence[Poison]) -> list[str]:
    """Return what is wrong in the tables of the run with poison, when those of the run without are right."""
    files = {poison.file for poison in planted}
    told = []
    for table in ("reports", "consolidated", "problems"):
        right, found = rows(clean, table), [row for row in rows(out, table) if row["file"] not in files]
        if right != found:
            told.append(
                f"{table}.csv: {len(found)} rows of healthy reports, {len(right)} without the poison; not the same"
            )
    states = {row["file"]: row for row in rows(out, "reports")}
    codes = {file: {row["code"] for row in rows(out, "problems") if row["file"] == file} for file in files}
    for poison in planted:
        row = states.get(poison.file)
        if row is None or row["status"] != "failed":
            told.append(f"{poison.file}: {row['status'] if row else 'no row'}, not failed")
        if not codes[poison.file] & _CAUSES[poison.kind]:
            told.append(
                f"{poison.file}: {', '.join(sorted(codes[poison.file])) or 'no problem'}, not {_CAUSES[poison.kind]}"
            )
    return told


def waited(planted: Sequence[Poison], timeout: float, workers: int) -> float:
    """Return the seconds that time-outs alone cost: once beside other workers, once alone."""
    hanging = sum(poison.kind == "hang" for poison in planted)
    return hanging * timeout * (1 + 1 / workers)


def run_over(folder: Path, out: Path, work: Path, given: argparse.Namespace) -> Watched:
    """Run over a folder with the pack that has the hook; RuntimeError where there are no tables after it."""
    options = [
        "--rules",
        PACK,
        "--workers",
        str(given.workers),
        "--timeout",
        str(given.timeout),
        "--memory",
        given.memory,
    ]
    command = baocao("run", str(folder), "-o", str(out), "--no-cache", "--lang", "en", *options)
    took = watched(command, environment(work / "cache", installed(work / "path")), work / "run.log")
    if took.code not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}\n{took.output[-3000:]}")
    return took


def main(arguments: Sequence[str] | None = None) -> int:
    """Run over a clean and a poisoned folder, print what came of it; the exit status is 1 where a row is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks poison", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000, help="how many there are with the poison")
    parser.add_argument("--poison", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=20.0)
    parser.add_argument("--memory", default="3GB")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "baocao-poison")
    given = parser.parse_args(arguments)
    work, mixture, healthy = given.work.resolve(), Mixture(given.seed), given.files - given.poison
    for name in ("clean", "poisoned", "out-clean", "out-poisoned"):
        shutil.rmtree(work / name, ignore_errors=True)
    write_reports(work / "clean", mixture.drafts(healthy))
    shutil.copytree(work / "clean", work / "poisoned")
    planted = plant(work / "poisoned", mixture, healthy, given.poison)
    clean = run_over(work / "clean", work / "out-clean", work, given)
    took = run_over(work / "poisoned", work / "out-poisoned", work, given)
    wrong = faults(work / "out-clean", work / "out-poisoned", planted)
    wrong += [f"process {pid} outlived the runs" for pid in strays([str(work)])]
    net = took.seconds - waited(planted, given.timeout, given.workers)
    ratio = (net / given.files) / (clean.seconds / healthy)
    print(f"{healthy} reports: {clean.seconds:.1f} s, {1000 * clean.cpu / healthy:.0f} ms CPU each")
    print(
        f"with {dict(Counter(poison.kind for poison in planted))}: {took.seconds:.1f} s, "
        f"{net:.1f} s without the time-outs"
    )
    print(f"time of a file against the clean folder's, time-outs subtracted: {ratio:.2f}")
    print(*(wrong or ["all rows right, each failure with its cause"]), sep="\n")
    told = {
        "clean": figures(clean, healthy),
        "poisoned": figures(took, given.files),
        "net": net,
        "ratio": ratio,
        "wrong": wrong,
    }
    (work / "poison.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
