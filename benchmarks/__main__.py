"""`python -m benchmarks [BENCH] [OPTIONS]`: the comparison, or the bench of that name."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHES = {
    "comparison": "how near a run comes to the least that reading takes, and what others do in its time",
    "growth": "time a page as a report grows, time a report as the rules do",
    "lengths": "what a character costs in long texts",
    "load": "runs over many reports",
    "poison": "runs over reports of which some kill",
    "programs": "scans beside bare Tesseract, DOC files beside bare LibreOffice",
    "pumped": "every pattern against texts made from it",
    "reliability": "what may arrive",
    "review": "how long a reviewer waits for the page",
    "stages": "pages a second on the samples, stage by stage and format by format",
    "starts": "how long a command takes to begin",
}
"""The benches, each a module of this package with a `main`; without a name the first is meant."""


def main(arguments: list[str]) -> int:
    """Call a bench with its options; return the exit status."""
    name = arguments[0] if arguments and arguments[0] in BENCHES else ""
    bench = import_module(f"benchmarks.{name or next(iter(BENCHES))}")
    return int(bench.main(arguments[1:] if name else arguments) or 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
