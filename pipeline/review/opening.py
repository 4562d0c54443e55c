"""Taking up the tables of a folder: its rows with all that was decided, and the reports that they were made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache import DocumentCache
from pipeline.decisions import Entry
from pipeline.problems import BaocaoError
from pipeline.review.inputs import Inputs
from pipeline.review.loaded import Loaded, Numbering
from pipeline.review.papers import Papers
from pipeline.tables.publishing import SEAL, head_of_seal

_TRIES = 3  # of reading tables that are exchanged meanwhile


@dataclass(frozen=True, slots=True)
class Asked:
    """What a review is asked for: the folder of the tables, the language, and where the reports are now."""

    out: Path
    lang: str = "vi"
    folder: Path | None = None
    cache: DocumentCache | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of one run, taken up; `stamp` tells them from those of another."""

    loaded: Loaded
    inputs: Inputs
    papers: Papers
    stamp: str


def opened(
    asked: Asked, entries: Callable[[], Iterable[Entry]], numbers: Numbering, activities: Mapping[str, str]
) -> Opened:
    """Return the tables in a folder with the `entries` of their log.

    BaocaoError `review.no_tables` where there are none, `run.half` or `run.renewed` where they are being exchanged.
    """
    for left in reversed(range(_TRIES)):
        stamp = stamp_of(asked.out)
        loaded = Loaded(activities)
        try:
            loaded.fill(asked.out, entries(), numbers)
            inputs = Inputs(asked.out, asked.folder)
            return Opened(loaded, inputs, Papers(inputs, asked.cache), stamp)
        except BaseException as error:
            loaded.close()
            renewed = isinstance(error, BaocaoError) and error.problem.code == "run.renewed"
            if not (renewed and left):
                raise
    raise AssertionError("the last try returns or raises")


def rules_of(out: Path) -> tuple[str, ...]:
    """Return the packs that the run was told to choose from; BaocaoError `review.no_tables` where there was no run."""
    try:
        return tuple(map(str, head_of_seal(out / SEAL)["arguments"]["rules"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BaocaoError("review.no_tables", file=SEAL, folder=str(out)) from error


def stamp_of(out: Path) -> str:
    """Return what changes whenever the tables in a folder are exchanged, nothing while they are."""
    try:
        found = (out / SEAL).stat()
    except OSError:
        return ""
    return f"{found.st_ino:x}-{found.st_size:x}-{found.st_mtime_ns:x}"
