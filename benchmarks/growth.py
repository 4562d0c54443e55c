"""Measure what a page costs as a report grows, and what a report costs as the rules do; table and plots.

    python -m benchmarks growth [--pages 1,2,5,…] [--rules 10,20,50,…] [--rounds 3] [--plots docs] [--work FOLDER]

CPU time, in a process of its own for each size, in which all code and rules are loaded before: reading a report and
finding what is in it, by all packs. PDFs and DOCX of 1 to 2,000 pages are made of generated reports (`longer`); limits
that so long ones would meet are raised. Rules are 10 to 2,000 (`ruleset`): some of the shipped ones, all, and then
variants of them; the same reports, read before, are searched by each. Loading rules and preparing patterns is told
apart. Sizes are measured in turns, and each figure is the median of the rounds. `--plots` names a folder in which
growth_pages.svg and growth_rules.svg are written.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from benchmarks.curves import draw_pages, draw_rules
from benchmarks.generator import Mixture, write_reports
from benchmarks.longer import write_long
from benchmarks.rounds import alternating, markdown, told
from benchmarks.ruleset import real_rules, write_pack
from pipeline.extract import extract
from pipeline.model import Document
from pipeline.parsers import parse
from pipeline.parsers.limits import FileLimits, changed, hold_to_limits
from pipeline.rulebook import candidate_packs, load_pack

PAGES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
RULES = (10, 20, 50, 100, 200, 500, 1000, 2000)
KINDS = ("pdf", "docx")
_RAISED = ("characters=100M", "cells=20M", "pages=100000", "pdf_objects=100M", "xml_size=1GB", "unpacked_ratio=100000")
_ENOUGH, _MOST = 0.5, 10
"""Seconds and times that reading a short report is repeated for."""
_REPORTS = 8

Figures = list[float]


def cost(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that `work` takes; what is soon done is repeated, and the median counts."""
    taken: Figures = []
    while not taken or (sum(taken) < _ENOUGH and len(taken) < _MOST):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken)


def of_report(path: Path) -> Figures:
    """Return seconds of CPU for reading a report and for finding what is in it, and the peak of memory in MB."""
    packs = candidate_packs(())
    document = parse(path)
    extracted = cost(lambda: extract(document, *packs))
    return [cost(lambda: parse(path)), extracted, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]


def of_rules(pack: Path, documents: Sequence[Document]) -> Figures:
    """Return seconds of CPU for loading a pack, for what its first search prepares, and for a search of each report."""
    start = time.process_time()
    loaded = load_pack(str(pack))
    loading = time.process_time() - start
    start = time.process_time()
    for document in documents:
        extract(document, loaded)
    first = time.process_time() - start
    each = cost(lambda: [extract(document, loaded) for document in documents])
    return [loading, max(0.0, first - each), each / len(documents)]


def alone(work: Callable[[], Figures]) -> Figures:
    """Return what `work` returns in a process of its own; RuntimeError where that ends without an answer."""
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(work, there))
    child.start()
    there.close()
    try:
        return list(here.recv())
    except EOFError as error:
        raise RuntimeError("a process that measured has ended") from error
    finally:
        child.join()


def _send(work: Callable[[], Figures], to: Connection) -> None:
    to.send(work())


def medians(work: dict[tuple[str, int], Callable[[], Figures]], rounds: int) -> dict[tuple[str, int], Figures]:
    """Return the medians of what each of `work` measured, all of them in turns."""
    found: dict[tuple[str, int], list[Figures]] = {name: [] for name in work}
    for _, name in alternating(list(work), rounds):
        found[name].append(alone(work[name]))
        print(f"… {name[1]} {name[0]}", flush=True)
    return {name: [median(each) for each in zip(*runs, strict=True)] for name, runs in found.items()}


def pages_measured(sizes: Sequence[int], rounds: int, work: Path) -> dict[tuple[str, int], Figures]:
    """Return the figures of reports by format and number of pages, first ones read to have all loaded."""
    hold_to_limits(changed(FileLimits(), _RAISED))
    paths = {(kind, size): write_long(work / "long", kind, size) for size in sizes for kind in KINDS}
    for kind in KINDS:
        extract(parse(paths[kind, min(sizes)]), *candidate_packs(()))
    gc.collect()
    gc.freeze()  # as in the processes that a run reads files in
    return medians({name: lambda path=path: of_report(path) for name, path in paths.items()}, rounds)


def rules_measured(sizes: Sequence[int], rounds: int, work: Path) -> dict[tuple[str, int], Figures]:
    """Return the figures of packs by number of rules."""
    drafts = [draft for draft in Mixture().drafts(100) if draft.kind in KINDS and draft.length <= 1][:_REPORTS]
    documents = [parse(path) for path in write_reports(work / "reports", drafts)]
    for size in sizes:
        write_pack(work / "packs" / str(size), size)
    extract(documents[0], load_pack(str(work / "packs" / str(min(sizes)))))  # imports
    gc.collect()
    gc.freeze()
    packs = {("rules", size): work / "packs" / str(size) for size in sizes}
    return medians({name: lambda path=path: of_rules(path, documents) for name, path in packs.items()}, rounds)


def pages_table(found: dict[tuple[str, int], Figures]) -> str:
    """Return milliseconds of CPU a page, by number of pages."""
    head = ["pages", *(f"{kind.upper()}: {part}" for kind in KINDS for part in ("read", "find", "ms a page", "MB"))]
    rows = []
    for size in sorted({size for _, size in found}):
        row = [f"{size:,}"]
        for kind in KINDS:
            reading, finding, peak = found[kind, size]
            row += [told(1000 * each / size) for each in (reading, finding, reading + finding)] + [f"{peak:.0f}"]
        rows.append(row)
    return markdown(head, rows)


def rules_table(found: dict[tuple[str, int], Figures]) -> str:
    """Return milliseconds of CPU a report, by number of rules."""
    rows = [
        [f"{size:,}", f"{min(size, len(real_rules())):,}", told(load), told(first), told(1000 * each)]
        for (_, size), (load, first, each) in sorted(found.items())
    ]
    return markdown(["rules", "of them shipped", "to load, s", "to prepare, s", "ms a report"], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and draw the plots; the exit status is 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", default=",".join(map(str, PAGES)))
    parser.add_argument("--rules", default=",".join(map(str, RULES)))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plots", type=Path)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "baocao-growth")
    given = parser.parse_args(arguments)
    pages, rules = ([int(size) for size in each.split(",") if size] for each in (given.pages, given.rules))
    kept = {}
    if pages:
        found = pages_measured(pages, given.rounds, given.work)
        kept["pages"] = [[*name, *figures] for name, figures in found.items()]
        print(f"\nCPU ms a page\n\n{pages_table(found)}\n", flush=True)
        if given.plots:
            draw_pages(given.plots / "growth_pages.svg", found)
    if rules:
        of = rules_measured(rules, given.rounds, given.work)
        kept["rules"] = [[*name, *figures] for name, figures in of.items()]
        print(f"\n{rules_table(of)}\n")
        if given.plots:
            draw_rules(given.plots / "growth_rules.svg", of, len(real_rules()))
    (given.work / "growth.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0
