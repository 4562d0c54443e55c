"""Measure pages per second and time per report on the samples, stage by stage, and name the slowest stage.

    python -m benchmarks stages [--rounds 5] [FOLDER …]

Every stage is timed by CPU seconds of this process, without the programs that it calls (LibreOffice, Tesseract); each
figure is the median of the rounds. A report without pages counts one page per 3,000 characters, about what a printed
page holds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from pipeline.extract import View, extract_view, structure_words
from pipeline.extract.structure import read_structure
from pipeline.parsers import is_report_file, parse
from pipeline.rulebook import load_pack

SAMPLES = [Path(__file__).parent.parent / "samples" / name for name in ("reports", "twins")]
STAGES = ("parse", "structure", "tokenise", "extract")
_Result = TypeVar("_Result")


def timed(spent: dict[str, float], stage: str, work: Callable[[], _Result]) -> _Result:
    """Run `work`, add its CPU seconds to `spent[stage]` and return its result."""
    start = time.process_time()
    result = work()
    spent[stage] += time.process_time() - start
    return result


def one_report(path: Path) -> tuple[dict[str, float], int, str]:
    """Return the CPU seconds of each stage, the pages and the format of one report."""
    pack = load_pack("doi_ngoai")
    spent: dict[str, float] = defaultdict(float)
    document = timed(spent, "parse", lambda: parse(path))
    structure = timed(spent, "structure", lambda: read_structure(document, structure_words(pack)))
    view = timed(spent, "tokenise", lambda: View(structure, pack))
    timed(spent, "extract", lambda: extract_view(view))
    kind = document.format if document.text_source == "text" else "scan"
    return spent, len(document.pages) or max(1, round(len(document.text) / 3000)), kind


def whole_run(folders: list[Path]) -> float:
    """Return the wall seconds of a whole `run` with one worker over all folders, tables written."""
    from pipeline.batch import run

    start = time.perf_counter()
    for folder in folders:
        with tempfile.TemporaryDirectory() as out:
            run(folder, Path(out) / "out")
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of stages and formats, and the slowest stage; the exit status is 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks stages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    folders = given.folders or SAMPLES
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and is_report_file(path))
    one_report(files[0])  # imports and compiled patterns
    stages: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    pages: dict[str, int] = defaultdict(int)
    for round_ in range(given.rounds):
        totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for path in files:
            spent, count, kind = one_report(path)
            pages[kind] += count if round_ == 0 else 0
            for stage, seconds in spent.items():
                totals[kind][stage] += seconds
        for kind, each in totals.items():
            for stage in STAGES:
                stages[kind][stage].append(each[stage])
    report(stages, pages, files)
    print(f"\nwhole run, one worker, tables written: {whole_run(folders):.2f} s wall for {len(files)} reports")
    return 0


def report(stages: dict[str, dict[str, list[float]]], pages: dict[str, int], files: list[Path]) -> None:
    """Print medians in milliseconds per page for each format and stage, and the slowest stage of all."""
    print(f"{'format':8}{'pages':>7}" + "".join(f"{s:>12}" for s in STAGES) + f"{'ms/page':>10}{'pages/s':>9}")
    whole: dict[str, float] = defaultdict(float)
    for kind in sorted(stages):
        each = {stage: median(stages[kind][stage]) for stage in STAGES}
        for stage, seconds in each.items():
            whole[stage] += seconds
        total = sum(each.values())
        cells = "".join(f"{1000 * each[s] / pages[kind]:12.2f}" for s in STAGES)
        print(f"{kind:8}{pages[kind]:7d}{cells}{1000 * total / pages[kind]:10.2f}{pages[kind] / total:9.1f}")
    total, count = sum(whole.values()), sum(pages.values())
    each = 1000 * total / len(files)
    print(f"\n{len(files)} reports, {count} pages: {each:.1f} ms a report, {count / total:.1f} pages/s")
    slowest = max(whole, key=lambda stage: whole[stage])
    print(f"slowest stage: {slowest} ({100 * whole[slowest] / total:.0f} % of the time)")
