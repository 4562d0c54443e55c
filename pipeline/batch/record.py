"""`run.json`: what made the tables that stand beside it, so that a table can be traced to its inputs and rules."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import asdict

from pipeline import __version__
from pipeline.batch.events import line_of, now_in_utc, stamp
from pipeline.cache.version import LIBRARIES
from pipeline.parsers import OFFICE_SUFFIXES
from pipeline.parsers.programs import ANTIWORD, LIBREOFFICE, TESSERACT, Program, version_of
from pipeline.rulebook import Pack
from pipeline.tables.portion import Portion
from pipeline.tables.publishing import SEAL

RECORD = SEAL
SCHEMA = Path(__file__).with_name("run.schema.json")
_LIBRARIES = sorted({*LIBRARIES, "dateparser", "pandas", "pebble", "pyarrow", "PyYAML"})
_PROGRAMS: dict[str, tuple[Program, tuple[str, ...]]] = {
    "antiword": (ANTIWORD, ()),  # tells its version when it is asked for nothing
    "libreoffice": (LIBREOFFICE, ("--version",)),
    "tesseract": (TESSERACT, ("--version",)),
}
_OF_OFFICE = frozenset({"antiword", "libreoffice"})


class Settings(Struct, frozen=True):
    """What a run was asked for, as far as it matters to what comes out or how long it takes.

    `folder` is as the user gave it, `limits` the bounds of reading one file by name. Addresses hold no secrets: see
    `told`.
    """

    folder: str
    lang: str
    rules: tuple[str, ...] = ()
    workers: int = 1
    limits: Mapping[str, float] | None = None
    cluster: str = ""
    cache: bool = True

    def told(self) -> dict[str, object]:
        """Return the settings for `run.json` and `run.started`, without the passwords of their addresses."""
        return {
            "folder": without_secrets(self.folder),
            "lang": self.lang,
            "rules": [without_secrets(name) for name in self.rules],
            "workers": self.workers,
            "limits": dict(self.limits or {}),
            "cluster": without_secrets(self.cluster) or None,
            "cache": self.cache,
        }


class Input(Struct, frozen=True):
    """One file of a run: `sha256` is empty where its bytes can't be read.

    What was `kept` needed no reading: the cache or another file of the run had it.
    """

    file: str
    size: int
    sha256: str
    status: str
    pages: int | None
    seconds: float
    kept: bool


def input_of(portion: Portion, seconds: float | None) -> Input:
    """Return the entry of the file of `portion`, which took `seconds`, or None where it needed no reading."""
    about = portion.file, portion.size, portion.content, portion.status, portion.pages
    return Input(*about, round(seconds or 0.0, 3), seconds is None)


def without_secrets(address: str) -> str:
    """Return an address without user, password, query and fragment; a path stays as it is."""
    if "://" not in address:
        return address
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def packs_told(packs: Iterable[Pack]) -> list[dict[str, str]]:
    """Return the rule packs of a run by id, title, version and the digest of their exact rules."""
    return [{"id": p.id, "title": p.title, "version": p.version, "digest": p.digest} for p in packs]


def made_with(suffixes: Collection[str]) -> dict[str, object]:
    """Return the versions of Python, of libraries and of the programs that files of these `suffixes` may need.

    Suffixes are lower case without their dot. A program is asked for its version once in a process.
    """
    unneeded = _OF_OFFICE if OFFICE_SUFFIXES.isdisjoint(suffixes) else frozenset()
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: found for name in _LIBRARIES if (found := _installed(name))},
        "programs": {name: _version_of(name) for name in _PROGRAMS if name not in unneeded},
    }


def head_of(
    settings: Settings,
    packs: Iterable[Pack],
    began: datetime,
    counts: Mapping[str, object],
    tables: Sequence[Mapping[str, object]],
    suffixes: Collection[str],
    made_from: str,
    review: Mapping[str, object],
) -> dict[str, object]:
    """Return all of `run.json` but its inputs, for a run over files of `suffixes` that ends now.

    `tables` are as `files_in` has them, `made_from` is the digest of what they were made from, and `review`
    tells of the decisions that are in them.
    """
    ended = now_in_utc()
    return {
        "baocao": __version__,
        "started": stamp(began),
        "ended": stamp(ended),
        "seconds": round((ended - began).total_seconds(), 3),
        "arguments": settings.told(),
        "rule_packs": packs_told(packs),
        "made_with": made_with(suffixes),
        "counts": dict(counts),
        "made_from": made_from,
        "review": dict(review),
        "tables": [dict(table) for table in tables],
    }


def files_in(folder: Path, place: Path, rows: Mapping[str, int] | None = None) -> list[dict[str, object]]:
    """Return `place` in `folder`, or each file in it, by its path with `/`, with size, SHA-256 and `rows` if told.

    What is named with a dot is no result.
    """
    known = rows or {}
    among = place.rglob("*") if place.is_dir() else [place]
    files = (path for path in among if path.is_file() and not path.name.startswith("."))
    paths = sorted((path.relative_to(folder).as_posix(), path) for path in files)
    return [{"file": name, **_content(path), "rows": known.get(name)} for name, path in paths]


def write_record(path: Path, head: Mapping[str, object], inputs: Iterable[Input]) -> None:
    """Write `run.json` to `path`: `head` for people to read, then one input a line as they come."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}"))
        file.write(',\n  "inputs": [')
        for at, entry in enumerate(inputs):
            file.write(",\n    " if at else "\n    ")
            file.write(line_of(asdict(entry)))
        file.write("\n  ]\n}\n")


def _content(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"size": file.tell(), "sha256": digest}


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _version_of(name: str) -> str | None:
    """Return the version of a program, empty where it doesn't tell, or None where there is no such program."""
    program, arguments = _PROGRAMS[name]
    found = program.find()
    try:
        return None if found is None else _asked(found, arguments, found.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=8)
def _asked(program: Path, arguments: tuple[str, ...], changed: int) -> str:
    return version_of(program, *arguments)
