"""How large a cluster should be, computed from what a report costs: `python -m benchmarks.sizes [--seconds S] …`.

The costs are measured elsewhere (`python -m benchmarks load`): CPU seconds a report, and the coordinator's share, which
no other machine can take. Sizes are those of the load test's reports.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Costs:
    """What one report costs: CPU seconds to read, and of the coordinator; bytes of its file, rows, cached text."""

    seconds: float = 0.43
    coordinator: float = 0.025
    file: float = 30e3
    tables: float = 98e3
    cache: float = 33e3
    scan: float = 12.0


SHARES = (0.0, 0.02, 0.2)
"""Shares of scans among the reports: Tesseract costs seconds a page, and decides everything."""


def hours(reports: int, cores: int, costs: Costs, scans: float) -> float:
    """Return the hours that `reports` take on `cores`, the share `scans` being scans; tables come at the end."""
    reading = reports * ((1 - scans) * costs.seconds + scans * costs.scan) / cores
    return (reading + reports * costs.coordinator) / 3600


def main() -> None:
    """Print a table of reports, cores and hours, and what has to be stored and moved."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = Costs()
    for name in ("seconds", "coordinator", "scan"):
        parser.add_argument(f"--{name}", type=float, default=getattr(usual, name))
    given = parser.parse_args()
    costs = Costs(given.seconds, given.coordinator, scan=given.scan)
    print("| reports | cores | hours, no scans | 2 % scans | 20 % scans | files | tables | network, MB/s |")
    print("|---|---|---|---|---|---|---|---|")
    for reports in (10_000, 100_000, 1_000_000):
        for cores in (2, 16, 64, 256):
            taken = [hours(reports, cores, costs, scans) for scans in SHARES]
            moved = reports * (costs.file + costs.cache) / (taken[0] * 3600) / 1e6
            sizes = [f"{reports * size / 1e9:.1f} GB" for size in (costs.file, costs.tables)]
            cells = [f"{reports:,}", str(cores), *(f"{time:.1f}" for time in taken), *sizes, f"{moved:.1f}"]
            print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
