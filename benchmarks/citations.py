"""Measure what the look across all reports of a run costs: CPU milliseconds a report and peak memory, by size.

    python -m benchmarks.citations [--sizes 1000,10000,100000] [--kinds mixed,decree,…]

Digests are made up and seeded; reading reports plays no part. Each figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pipeline.batch.contradictions import contradictions
from pipeline.tables.citations import Citations
from pipeline.tables.references import Cited, Digest
from pipeline.tables.result import Place

_UNIT = 1024 if sys.platform != "darwin" else 1  # of ru_maxrss, in bytes
_PROVINCES = [f"Tỉnh {chr(65 + at // 10)}{chr(97 + at % 10)}" for at in range(63)]
_SYMBOLS = ["KH-UBND", "QĐ-UBND", "CV-SNV", "BC-SGDĐT", "STC-QLNS", "BC-SYT", "TB-VP", "QĐ-UBND-VX", "KH-BCĐ"]
_NATIONAL = [f"{at}/20{15 + at % 9}/NĐ-CP" for at in range(1, 150)] + [f"{at}-CT/TW" for at in range(1, 50)]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one measurement gave: milliseconds a report to add and to put together, rows, problems, peak in MB."""

    add: float
    put: float
    rows: int
    problems: int
    peak: float


def _day(chance: random.Random, year: int = 2024) -> str:
    return f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _digest(at: int, place: str, mentions: list[tuple[str, str, str]], own: bool = True) -> Digest:
    file = f"báo cáo của các nơi/{place}/{at:06}.docx"
    cited = [
        Cited(Place(file, f"{number} ngày {day}", 90 * nth, 90 * nth + 30, 1), number, "", office, day, place)
        for nth, (number, office, day) in enumerate(mentions)
    ]
    if own:
        first = cited[0]
        cited[0] = Cited(first.place, first.number, "Báo cáo", first.issuer, first.date, place, True)
    return Digest(file, f"{at:012x}", f"Kết quả công tác {at % 977}", tuple(cited))


def mixed(size: int, chance: random.Random) -> Iterator[Digest]:
    """Yield reports with 20 mentions each: documents of the country, of their province and of their office."""
    decrees = {number: _day(chance, 2023) for number in _NATIONAL}
    for at in range(size):
        place = chance.choice(_PROVINCES)
        office = f"UBND xã Long {chr(65 + at % 26)}{chr(97 + at // 26 % 26)} tỉnh"
        mentions = [
            (f"{chance.randint(1, 999)}/BC-{chance.choice(['UBND', 'SNV', 'SYT', 'VP'])}", office, _day(chance))
        ]
        for _ in range(8):
            number = chance.choice(_NATIONAL)
            day = decrees[number] if chance.random() < 0.98 else _day(chance, 2023)
            mentions.append((number, "", day if chance.random() < 0.6 else ""))
        for _ in range(11):
            symbol, issuer = chance.choice(_SYMBOLS), chance.choice(["", f"UBND {place}", "UBND tỉnh", "Sở Nội vụ"])
            mentions.append(
                (f"{chance.randint(1, 3000)}/{symbol}", issuer, _day(chance) if chance.random() < 0.7 else "")
            )
        yield _digest(at, place, mentions)


def decree(size: int, chance: random.Random) -> Iterator[Digest]:
    """Yield reports that all cite one decree, one in fifty with another day and one in fifty with another code."""
    for at in range(size):
        day = "2023-08-08" if chance.random() < 0.98 else _day(chance, 2023)
        number = "52/2023/NĐ-CP" if chance.random() < 0.98 else "52/2023/ND-CP"
        yield _digest(at, f"Xã {at % 9973}", [(number, "Chính phủ", day), ("52/2023/NĐ-CP", "", "")], own=False)


def offices(size: int, chance: random.Random) -> Iterator[Digest]:
    """Yield reports of one number, each of an office of its own, a tenth of which name no place."""
    for at in range(size):
        letters = "".join(chr(97 + at // 26**nth % 26) for nth in range(4))
        office = f"UBND xã Tân{letters}" if at % 10 else "UBND xã"
        number = "45/BC-UBND" if chance.random() < 0.95 else "45/BC-UBNDX"
        yield _digest(at, chance.choice(_PROVINCES), [(number, office, _day(chance))])


def long(size: int, chance: random.Random) -> Iterator[Digest]:
    """Yield reports with 2,000 mentions each, a hundredth as many of them."""
    for at in range(max(1, size // 100)):
        mentions = [
            (f"{chance.randint(1, 60)}/{chance.choice(_SYMBOLS)}", f"UBND xã L{chance.randint(1, 500)}", _day(chance))
            for _ in range(2000)
        ]
        yield _digest(at, chance.choice(_PROVINCES), mentions)


KINDS: dict[str, Callable[[int, random.Random], Iterator[Digest]]] = {
    kind.__name__: kind for kind in (mixed, decree, offices, long)
}


def measured(kind: str, size: int) -> Figures:
    """Return what the citations of `size` reports of a kind cost in CPU time, that of making them up left out."""
    adding, count = 0.0, 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder, Citations(Path(folder)) as citations:
        for digest in KINDS[kind](size, random.Random(size)):
            start = time.process_time()
            citations.add(digest)
            adding += time.process_time() - start
            count += 1
        start = time.process_time()
        problems = sum(len(found) for _, found in contradictions(citations, ()))
        rows = sum(1 for _ in citations.rows())
        putting = time.process_time() - start
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * _UNIT / 1e6
    return Figures(1000 * adding / count, 1000 * putting / count, rows, problems, peak)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--kinds", default=",".join(KINDS))
    options = parser.parse_args()
    print("| reports | kind | add, ms each | put together, ms each | rows | problems | peak, MB |")
    print("|---|---|---|---|---|---|---|")
    for kind in options.kinds.split(","):
        for size in map(int, options.sizes.split(",")):
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                found = pool.submit(measured, kind, size).result()
            print(
                f"| {size:,} | {kind} | {found.add:.2f} | {found.put:.2f} | {found.rows:,} | {found.problems:,} "
                f"| {found.peak:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
