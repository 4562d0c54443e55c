"""Taking up the tables of a folder: its rows with all that was decided, and the reports that they were made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from pipeline.batch import remote
from pipeline.cache import DocumentCache
from pipeline.decisions import Entry
from pipeline.problems import BaocaoError
from pipeline.review.inputs import Inputs
from pipeline.review.loaded import Loaded, Numbering
from pipeline.review.papers import Papers
from pipeline.review.parsing import Parsing
from pipeline.rulebook import RulesError, load_pack
from pipeline.tables.publishing import SEAL, head_of_seal

_TRIES = 3  # of reading tables that are exchanged meanwhile


class Asked(Struct, frozen=True):
    """What a review is asked for: the folder of the tables, the language, and where the reports are now."""

    out: Path
    lang: str = "vi"
    folder: Path | None = None
    cache: DocumentCache | None = None


class Opened(Struct, frozen=True):
    """The tables of one run, taken up; `stamp` tells them from those of another."""

    loaded: Loaded
    inputs: Inputs
    papers: Papers
    stamp: str


def opened(
    asked: Asked,
    entries: Callable[[], Iterable[Entry]],
    numbers: Numbering,
    activities: Mapping[str, str],
    parsing: Parsing,
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
            return Opened(loaded, inputs, Papers(inputs, asked.cache, parsing), stamp)
        except BaseException as error:
            loaded.close()
            renewed = isinstance(error, BaocaoError) and error.problem.code == "run.renewed"
            if not (renewed and left):
                raise
    raise AssertionError("the last try returns or raises")


def rules_of(out: Path) -> tuple[str, ...] | None:
    """Return the packs that the run was told to choose from, by where they are now; None where one isn't found.

    One in a folder that isn't there as it was told is looked for beside the reports and beside the tables. BaocaoError
    `review.no_tables` where there was no run.
    """
    try:
        told = head_of_seal(out / SEAL)
        rules, folder = tuple(map(str, told["arguments"]["rules"])), str(told["arguments"]["folder"])
        known = {str(pack["id"]) for pack in told["rule_packs"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BaocaoError("review.no_tables", file=SEAL, folder=str(out)) from error
    near = [] if remote.is_url(folder) else [remote.local_path(folder).absolute().parent]
    found = [_found(name, [*near, out.absolute().parent], known) for name in rules]
    return None if None in found else tuple(filter(None, found))


def _found(name: str, near: Iterable[Path], known: Collection[str]) -> str | None:
    """Return where a pack is, as it was told or beside something `near`; one of another id is another."""
    for place in (name, *(str(folder / name) for folder in near)):
        with suppress(RulesError):
            if load_pack(place).id in known:
                return place
    return None


def stamp_of(out: Path) -> str:
    """Return what changes whenever the tables in a folder are exchanged, nothing while they are."""
    try:
        found = (out / SEAL).stat()
    except OSError:
        return ""
    return f"{found.st_ino:x}-{found.st_size:x}-{found.st_mtime_ns:x}"
