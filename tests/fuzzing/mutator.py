"""`python -m tests.fuzzing.mutator`: sample files damaged at the level of bytes, each read as a run reads its files.

Every file follows from the seed and its number. What comes of it is counted by class: read, read in part, refused by
which code, or a failure that is none of ours to expect (`file.crashed`, `file.timeout`, `file.memory`).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from pipeline.batch.folder import Source
from pipeline.batch.limits import Limits, peak_memory
from pipeline.batch.reports import read_report
from pipeline.batch.workers import Done, Reader, reading
from pipeline.cache import fingerprint
from pipeline.model import Problem
from pipeline.parsers import SUFFIXES
from pipeline.tables.portion import portion_of
from tests.fuzzing.mutations import bytes_mutated, spliced
from tests.fuzzing.seeds import SAMPLES, docx_pieces, ods_books, odt_pieces, pdf_pages, texts, xls_books, xlsx_books

UNTYPED = frozenset({"file.crashed", "file.timeout", "file.memory"})
_PIECES = 3  # of so many damaged files one is a whole sample, the others are pieces of samples, which are read sooner
_BATCH = 400
_SCANS = ("cat_pccc_2024", "ubnd_xa_ngoclinh_2025", "stc_ngansach_2023")
_CHANGES = ("changed", "cut", "spliced", "suffix", "random", "overwritten")


@dataclass(frozen=True, slots=True)
class Original:
    """A file to damage: its name, its suffix, its bytes."""

    name: str
    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mutant:
    """What came of one damaged file, as the reading of a run tells it; `code` is why nothing was read, if so."""

    file: str
    status: str
    error: str
    pages: int | None
    code: str = ""
    peak: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Tally:
    """What came of all: by format and change, by outcome; the untyped failures by name; runs that were lost."""

    tried: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    by_format: dict[str, Counter[str]] = field(default_factory=dict)
    untyped: list[dict[str, str]] = field(default_factory=list)
    runs: int = 0
    lost: int = 0
    peak: int = 0
    seconds: float = 0.0

    def add(self, mutant: Mutant, kind: str) -> None:
        """Count one file."""
        told = mutant.code if mutant.status == "failed" else mutant.status
        self.tried[kind] += 1
        self.outcomes[told] += 1
        self.by_format.setdefault(kind, Counter())[told] += 1
        self.peak = max(self.peak, mutant.peak)
        self.seconds += mutant.seconds


def originals() -> tuple[list[Original], list[Original]]:
    """Return the sample files whole, and pieces of them with files made for formats that no sample has."""
    paths = [path for folder in ("reports", "twins") for path in sorted((SAMPLES / folder).iterdir())]
    whole = [Original(path.stem, path.suffix[1:], path.read_bytes()) for path in paths]
    made: dict[str, Sequence[bytes]] = {
        "docx": docx_pieces(), "odt": odt_pieces(), "pdf": pdf_pages(), "xlsx": xlsx_books(), "xls": xls_books(),
        "ods": ods_books(), **{name: texts(name) for name in ("txt", "md", "html", "rtf")},
    }  # fmt: skip
    pieces = [Original(f"{name}{at}", name, data) for name, many in made.items() for at, data in enumerate(many)]
    return whole, pieces


def mutant_of(number: int, seed: str, whole: Sequence[Original], pieces: Sequence[Original]) -> tuple[str, bytes, str]:
    """Return the suffix, the bytes and the kind of change of damaged file `number`."""
    random = Random(f"{seed} {number}")
    among = pieces if random.randrange(_PIECES) else whole
    one, change = random.choice(among), random.choice(_CHANGES)
    data, suffix = one.data, one.suffix
    if change == "cut":
        data = data[: random.randrange(len(data) + 1)]
    elif change == "spliced":
        data = spliced(data, random.choice(among).data, random)
    elif change == "suffix":
        suffix = random.choice(sorted(SUFFIXES))
        data = bytes_mutated(data, random) if random.randrange(2) else data
    elif change == "random":
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.randbytes(random.choice((16, 512, 8192))) + data[at:]
    elif change == "overwritten":
        at, length = random.randrange(len(data) + 1), random.choice((1, 4, 64, 1024, 16384))
        data = (
            data[:at] + random.choice((bytes(length), b"\xff" * length, random.randbytes(length))) + data[at + length :]
        )
    else:
        for _ in range(random.choice((1, 4, 16))):
            data = bytes_mutated(data, random)
    return suffix, data, change


def read_mutant(source: Source) -> Mutant:
    """Read one damaged file, its rows of the tables included."""
    begun = time.process_time()
    result = read_report(source)
    portion_of(result, *fingerprint(source.path))
    code = result.problems[0].code if result.status == "failed" else ""
    seconds = time.process_time() - begun
    return Mutant(source.file, result.status, result.error, result.pages, code, peak_memory() or 0, seconds)


def lost_mutant(source: Source, problem: Problem) -> Mutant:
    """Return what stands for a file that took its process down with it."""
    told = f"{problem.code} {dict(problem.detail).get('reason', '')}".strip()
    return Mutant(source.file, "failed", told, None, problem.code)


def main() -> int:
    """Damage and read as many files as were asked for; 1 where a failure was not typed or a run was lost."""
    asked = _asked()
    asked.out.mkdir(parents=True, exist_ok=True)
    tally, begun = Tally(), time.monotonic()
    whole, pieces = originals()
    office = [one for one in whole if one.suffix in ("doc", "odt", "rtf")]
    scans = [one for one in whole if one.name in _SCANS]
    light = [one for one in whole if one.name not in _SCANS]
    rounds = (
        ("light", asked.count - asked.office - asked.scans, light, pieces, ("BAOCAO_SOFFICE", "BAOCAO_TESSERACT")),
        ("office", asked.office, office, office, ("BAOCAO_TESSERACT",)),
        ("scans", asked.scans, scans, scans, ("BAOCAO_SOFFICE",)),
    )
    for name, count, some, others, without in rounds:
        for first in range(0, count, _BATCH):
            numbers = range(first, min(first + _BATCH, count))
            with _without(without):
                _batch(name, numbers, some, others, tally, asked)
            print(f"{name} {numbers.stop}/{count} {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    told = _told(tally, time.monotonic() - begun)
    (asked.out / "mutated.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    print(json.dumps(told, ensure_ascii=False))
    return int(bool(tally.untyped) or bool(tally.lost))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing.mutator", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="files in all")
    parser.add_argument("--office", type=int, default=300, help="of these, files for LibreOffice")
    parser.add_argument("--scans", type=int, default=60, help="of these, files for Tesseract")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=120.0, help="the most that one file may take")
    parser.add_argument(
        "--out", type=Path, default=Path(tempfile.gettempdir()) / "baocao-fuzzing", help="failures go here"
    )
    return parser.parse_args()


@contextmanager
def _without(programs: Sequence[str]) -> Iterator[None]:
    """Have no program found that one of these variables names, as long as this lasts."""
    before = {name: os.environ.get(name) for name in programs}
    os.environ.update(dict.fromkeys(programs, "none"))
    try:
        yield
    finally:
        for name, told in before.items():
            os.environ.pop(name) if told is None else os.environ.update({name: told})


def _batch(
    name: str, numbers: range, whole: Sequence[Original], pieces: Sequence[Original], tally: Tally, asked: Any
) -> None:
    """Write some damaged files, read them as a run does, and count what came of each."""
    with tempfile.TemporaryDirectory(prefix="baocao-mutated-") as made:
        changes: dict[str, str] = {}
        sources: list[Source] = []
        for number in numbers:
            suffix, data, change = mutant_of(number, f"{name} {asked.seed}", whole, pieces)
            path = Path(made, f"{name}-{number}.{suffix}")
            path.write_bytes(data)
            sources.append(Source(path.name, path))
            changes[path.name] = change
        tally.runs += 1
        try:
            for mutant in _read(sources, asked):
                tally.add(mutant, Path(mutant.file).suffix[1:])
                if mutant.code in UNTYPED:
                    tally.untyped.append({"file": mutant.file, "change": changes[mutant.file], "told": mutant.error})
                    shutil.copy(Path(made, mutant.file), asked.out)
                del changes[mutant.file]
        except Exception as error:  # no file may cost a run
            tally.untyped.append({"file": "", "change": "", "told": f"run lost: {type(error).__name__}: {error}"})
        tally.lost += bool(changes)


def _read(sources: Sequence[Source], asked: Any) -> Iterator[Mutant]:
    limits = Limits(seconds=asked.seconds)
    with closing(reading(iter(sources), Reader(read_mutant, lost_mutant), asked.workers, limits)) as events:
        for event in events:
            if isinstance(event, Done):
                yield event.read


def _told(tally: Tally, seconds: float) -> dict[str, Any]:
    return {
        "files": tally.tried.total(),
        "seconds": round(seconds),
        "cpu_seconds_of_reading": round(tally.seconds),
        "runs": tally.runs,
        "runs_lost": tally.lost,
        "untyped": tally.untyped,
        "peak_address_space_mb": tally.peak // 1_000_000,
        "outcomes": dict(tally.outcomes.most_common()),
        "by_suffix": {name: dict(told.most_common()) for name, told in sorted(tally.by_format.items())},
    }


if __name__ == "__main__":
    from tests.fuzzing.mutator import main as of_the_module  # workers know the functions of a module, not of a program

    sys.exit(of_the_module())
