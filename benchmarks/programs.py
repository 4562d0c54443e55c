"""Tell what reading costs beside the bare programs that it calls: Tesseract on scans, LibreOffice on DOC files.

    python -m benchmarks programs [--rounds 5] [--scans 4] [--docs 10]

Scans: the time of `parse` over scanned reports, by one worker and by two, beside `tesseract - - -l vie --psm 4` (one
thread each) on the very pictures that we make of their pages. DOC: converted ahead as a run does it and then parsed,
beside one call of `soffice --headless --convert-to docx` for all. Both sides take turns, the one that begins too; what
is told are medians over the rounds: seconds on the clock, and of CPU in all processes. Reports are the load test's.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import pypdfium2

from benchmarks.generator import Draft, Mixture, write_reports
from benchmarks.rounds import alternating, markdown, ratio
from pipeline.parsers import converted_ahead, parse
from pipeline.parsers.programs import LIBREOFFICE, TESSERACT
from pipeline.parsers.scan.picture import page_to_picture

_RESOLUTION = 200.0  # dpi of the load test's scans


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of CPU of this process and of all that it called."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Pair:
    """What reading `count` of something took in each round, ours and the bare program's."""

    name: str
    unit: str
    count: int
    ours: Sequence[Spent]
    bare: Sequence[Spent]

    def times(self, of: str) -> float:
        """Return how many times the bare program ours takes, by `wall` or `cpu`."""
        ours, bare = ([getattr(each, of) for each in side] for side in (self.ours, self.bare))
        return ratio(ours, bare)


def spent(work: Callable[[], object]) -> Spent:
    """Return what `work` took; processes that it called have to have ended by then."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return Spent(time.perf_counter() - wall, _cpu() - cpu)


def _cpu() -> float:
    own, called = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + called.ru_utime + called.ru_stime


def in_turns(rounds: int, ours: Callable[[], object], bare: Callable[[], object]) -> tuple[list[Spent], list[Spent]]:
    """Return what both took in each round; each begins every other one."""
    took: tuple[list[Spent], list[Spent]] = ([], [])
    for _, side in alternating((0, 1), rounds):
        took[side].append(spent((ours, bare)[side]))
    return took


def scans(folder: Path, count: int, rounds: int) -> list[Pair]:
    """Return what reading scans takes beside Tesseract on the same pictures, by one worker and by two."""
    paths = write_reports(folder, _drafts("scan", count))
    pictures = [picture for path in paths for picture in _pictures(path)]
    _parse(paths[0])  # imports, and programs that are looked for once
    pairs = []
    for workers in (1, 2):

        def ours(workers: int = workers) -> None:
            if workers == 1:
                list(map(_parse, paths))
            else:
                with ProcessPoolExecutor(workers, get_context("fork")) as pool:
                    list(pool.map(_parse, paths))

        def bare(workers: int = workers) -> None:
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(_recognise, pictures))

        name = f"scans, {workers} worker{'s' if workers > 1 else ''}"
        pairs.append(Pair(name, "page", len(pictures), *in_turns(rounds, ours, bare)))
    return pairs


def docs(folder: Path, count: int, rounds: int) -> Pair:
    """Return what converting and reading DOC files takes beside one call of LibreOffice for all of them."""
    paths = write_reports(folder, _drafts("doc", count))

    def ours() -> None:
        with tempfile.TemporaryDirectory() as made, converted_ahead(paths, Path(made)):
            for path in paths:
                parse(path)

    def bare() -> None:
        with tempfile.TemporaryDirectory() as made:
            profile = f"-env:UserInstallation={(Path(made) / 'profile').as_uri()}"
            command = [str(LIBREOFFICE.find()), profile, "--headless", "--convert-to", "docx", "--outdir", made]
            subprocess.run([*command, *map(str, paths)], capture_output=True, check=True)

    ours()
    return Pair("DOC, one batch", "report", count, *in_turns(rounds, ours, bare))


def _drafts(kind: str, count: int) -> list[Draft]:
    """Return reports of the load test's that are files of `kind`."""
    alike = (draft for draft in map(Mixture(scans=True).draft, itertools.count()) if draft.kind == kind)
    return list(itertools.islice(alike, count))


def _pictures(path: Path) -> list[bytes]:
    """Return the pictures of a scan's pages as Tesseract gets them."""
    document = pypdfium2.PdfDocument(path)
    grays = [page_to_picture(page.raw, _RESOLUTION).gray for page in document]
    document.close()
    return [b"P5 %d %d 255\n" % gray.shape[::-1] + gray.tobytes() for gray in grays]


def _parse(path: Path) -> int:
    return len(parse(path).text)


def _recognise(picture: bytes) -> None:
    command = [str(TESSERACT.find()), "-", "-", "-l", "vie", "--psm", "4"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, input=picture, capture_output=True, check=True, env=environment)


def table(pairs: Sequence[Pair]) -> str:
    """Return the figures as a table in Markdown."""
    head = ["", "a minute, ours", "bare", "CPU s each, ours", "bare", "wall, ours / bare", "CPU, ours / bare"]
    rows = []
    for pair in pairs:
        cells = [f"{60 * pair.count / median(s.wall for s in side):.0f}" for side in (pair.ours, pair.bare)]
        cells += [f"{median(s.cpu for s in side) / pair.count:.2f}" for side in (pair.ours, pair.bare)]
        cells += [f"{pair.times(of):.2f}" for of in ("wall", "cpu")]
        rows.append([f"{pair.name} ({pair.count} {pair.unit}s)", *cells])
    return markdown(head, rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; what needs a program that isn't there is left out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scans", type=int, default=4, help="files, of one page or two each; 0 leaves them out")
    parser.add_argument("--docs", type=int, default=10, help="files; 0 leaves them out")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        pairs = scans(Path(made), given.scans, given.rounds) if given.scans and TESSERACT.find() else []
        pairs += [docs(Path(made), given.docs, given.rounds)] if given.docs and LIBREOFFICE.find() else []
    print(table(pairs))
    return 0
