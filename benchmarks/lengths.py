"""Measure what one character of a text costs at 10 kB, 100 kB and 1 MB, whatever it says, and the memory it takes.

    python -m benchmarks lengths [FORM …] [--sizes 10000,100000,1000000] [--limit SECONDS]

Reading is linear in the length of a text if a character of a long one costs no more than twice as much as one of a
short one. Forms are reports, and texts made to choke some pattern or loop (`forms`). Each is read in a process of its
own, by its CPU seconds, which is stopped after `--limit` of them. A short text is read repeatedly.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median

from benchmarks.forms import DOCUMENTS, TEXTS
from pipeline.extract import extract
from pipeline.model import Document
from pipeline.parsers.plain import read_text
from pipeline.problems import ParseError
from pipeline.rulebook import load_pack

PACKS = ("core", "doi_ngoai", "cai_cach_hanh_chinh", "y_te", "an_toan_giao_thong")
TWICE = 2.0
"""What a character of a long text may cost of one of a short text."""
_ENOUGH, _MOST = 0.5, 20
"""Seconds and times that reading a short text is repeated for."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of CPU a character for the parser and for the extractor, and the peak of memory in MB."""

    parse: float
    extract: float
    peak: float


def measured(form: str, size: int) -> Cost:
    """Return what a text of a form costs; a text that the parser refuses costs the extractor nothing."""
    packs = [load_pack(name) for name in PACKS]
    if form in DOCUMENTS:
        made = DOCUMENTS[form](size)
        return Cost(0.0, _cost(lambda: extract(made, *packs)) / size, _peak())
    data = TEXTS[form](size).encode()
    parsing = _cost(lambda: _parsed(data)) / size
    document = _parsed(data)
    return Cost(parsing, _cost(lambda: extract(document, *packs)) / size if document else 0.0, _peak())


def _parsed(data: bytes) -> Document | None:
    try:
        return read_text(data, markdown=False)
    except ParseError:
        return None


def _cost(work: Callable[[], object]) -> float:
    """Return the microseconds of CPU that `work` takes; what is soon done is repeated, and the median counts."""
    taken: list[float] = []
    while not taken or (sum(taken) < _ENOUGH and len(taken) < _MOST):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return 1e6 * median(taken)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _send(form: str, size: int, limit: int, to: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    to.send(measured(form, size))


def alone(form: str, size: int, limit: int) -> Cost | None:
    """Return what a form costs in a process of its own, or None where it takes over `limit` seconds of CPU."""
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(form, size, limit, there))
    child.start()
    there.close()
    try:
        return here.recv()  # type: ignore[no-any-return]
    except EOFError:
        return None
    finally:
        child.join()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of forms, the worst of them, and the memory; return 1 where a form is not linear."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forms", nargs="*")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--limit", type=int, default=600)
    given = parser.parse_args(arguments)
    sizes = [int(size) for size in given.sizes.split(",")]
    for name in PACKS:
        load_pack(name)
    measured("report", sizes[0])  # imports and compiled patterns
    gc.collect()
    gc.freeze()  # as in the processes that a run reads files in
    print(f"µs of CPU a character, parser + extractor, at {', '.join(f'{size:,}' for size in sizes)} characters\n")
    print(f"{'form':36}" + "".join(f"{size:>20,}" for size in sizes) + f"{'ratio':>8}{'MB':>7}")
    ratios: dict[str, float] = {}
    for form in given.forms or [*TEXTS, *DOCUMENTS]:
        costs = [alone(form, size, given.limit) for size in sizes]
        ratios[form] = _ratio(costs)
        cells = "".join(f"{cost.parse:9.2f} +{cost.extract:9.2f}" if cost else f"{'over':>20}" for cost in costs)
        peak = f"{costs[-1].peak:7.0f}" if costs[-1] else ""
        print(f"{form:36}{cells}{ratios[form]:8.2f}{peak}", flush=True)
    worst = max(ratios, key=lambda form: ratios[form])
    print(f"\nworst: {worst}, {ratios[worst]:.2f}")
    return 1 if ratios[worst] > TWICE else 0


def _ratio(costs: Sequence[Cost | None]) -> float:
    """Return the larger of the ratios, longest to shortest, of parser and extractor."""
    first, last = costs[0], costs[-1]
    if first is None or last is None:
        return float("inf")
    pairs = (first.parse, last.parse), (first.extract, last.extract)
    return max((long / short for short, long in pairs if short), default=0.0)


if __name__ == "__main__":
    raise SystemExit(main())
