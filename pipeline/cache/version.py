"""What parsed documents and results depend on beside a file: code, libraries, programs of the machine, and rules."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path

from pipeline.parsers.programs import LIBREOFFICE, TESSERACT, Program
from pipeline.rulebook import Pack

PARSING = ("model.py", "parsers", "text", "cache/codec.py")
"""The sources that documents depend on."""

READING = (*PARSING, "extract", "rulebook", "tables", "problems", "batch/reports.py")
"""The sources that results depend on."""

RUNNING = (*READING, "decisions", "batch")
"""The sources that tables depend on."""

LIBRARIES = (
    "asn1crypto",
    "lxml",
    "msgspec",
    "msoffcrypto-tool",
    "numpy",
    "pdfminer.six",
    "pdfplumber",
    "pillow",
    "pypdfium2",
    "python-calamine",
    "python-docx",
    "spacy",
    "striprtf",
)
"""Everything installed that parsers, texts or the form of what is kept are made with."""

READING_LIBRARIES = (
    *LIBRARIES,
    *("dateparser", "pandas", "pyarrow", "python-dateutil", "pytz", "pyyaml", "regex", "tzlocal"),
)
"""Everything installed that results are made with."""

_ROOT = Path(__file__).parents[1]
_PROGRAMS = (LIBREOFFICE, TESSERACT)  # what other programs read in their stead is not kept
_SETTINGS = ("TESSDATA_PREFIX",)
_LOOKING = 1.0  # seconds between two looks at the search path for a program


@lru_cache(maxsize=1)
def parser_version() -> str | None:
    """Return a digest of all code that parses; None where its sources are not there to be read."""
    return _version_of(PARSING, LIBRARIES)


@lru_cache(maxsize=1)
def result_version() -> str | None:
    """Return a digest of all code that makes a result of a file; None where its sources are not there to be read."""
    return _version_of(READING, READING_LIBRARIES)


@lru_cache(maxsize=1)
def code_of_runs() -> str | None:
    """Return a digest of all code that makes tables of results; None where its sources are not there to be read."""
    return _version_of(RUNNING, (*READING_LIBRARIES, "duckdb"))


def rules_versions(packs: Sequence[Pack]) -> tuple[str, ...] | None:
    """Return a digest of each of `packs` and all that it builds on; None where code of a hook isn't there to be read.

    Of a hook all files of its package count, and what is installed, since it may use any of that.
    """
    packages = [_packages(pack) for pack in packs]
    try:
        code = {name: _package_digest(name) for name in sorted(set().union(*packages))}
    except OSError:
        return None
    installed = sorted(f"{found.name} {found.version}" for found in distributions()) if code else []
    told = [
        [pack.digest, *(code[name] for name in sorted(names)), *(installed if names else ())]
        for pack, names in zip(packs, packages, strict=True)
    ]
    return tuple(hashlib.sha256("\0".join(parts).encode()).hexdigest() for parts in told)


def digest_of(root: Path, sources: Sequence[str] = PARSING, libraries: Sequence[str] = LIBRARIES) -> str:
    """Return the digest of `sources` in `root`, `libraries` and Python; OSError for a source that is missing."""
    digest = hashlib.sha256(_digest_of_files(root, _files(root, sources)))
    python = platform.python_version(), unicodedata.unidata_version, sys.byteorder
    digest.update(repr((python, [(name, _version(name)) for name in libraries])).encode())
    return digest.hexdigest()


def programs() -> str:
    """Return which programs there are now, and of what size and time; a new one may read a file otherwise."""
    told = [os.environ.get(name, "") for name in _SETTINGS]
    now = int(time.monotonic() / _LOOKING)
    for program in _PROGRAMS:
        found = _found(program, os.environ.get(program.variable, ""), os.environ.get("PATH", ""), now)
        try:
            file = None if found is None else found.stat()
        except OSError:
            file = None
        told.append(f"{found} {file.st_size} {file.st_mtime_ns}" if file else "")
    return "\n".join(told)


@lru_cache(maxsize=16)
def _found(program: Program, told: str, path: str, now: int) -> Path | None:
    """Return where a program is; a look costs more than all else of a key, so there is one a second."""
    return program.find()


def _version_of(sources: Sequence[str], libraries: Sequence[str]) -> str | None:
    try:
        return digest_of(_ROOT, sources, libraries)
    except OSError:
        return None


def _packages(pack: Pack) -> set[str]:
    """Return the packages and modules that the hooks of a pack's rules are in, inherited ones too."""
    return {rule.hook.partition(".")[0].partition(":")[0] for rule in pack.rules() if rule.hook}


def _package_digest(name: str) -> str:
    """Return the digest of the files of an installed package or module, which is not imported; OSError without any."""
    found = importlib.util.find_spec(name)
    if found is None:
        raise FileNotFoundError(name)
    folders = [Path(folder) for folder in found.submodule_search_locations or ()]
    if not folders and found.origin is None:
        raise FileNotFoundError(name)
    files = [(folder, _files_in(folder)) for folder in folders]
    if not folders:
        files = [(Path(str(found.origin)).parent, [Path(str(found.origin))])]
    digest = hashlib.sha256(name.encode())
    for folder, some in files:
        digest.update(_digest_of_files(folder, some))
    return digest.hexdigest()


def _digest_of_files(root: Path, files: Iterable[Path]) -> bytes:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.digest()


def _files(root: Path, sources: Sequence[str]) -> Iterator[Path]:
    for source in (root / name for name in sources):
        if source.is_dir():
            yield from _files_in(source)
        else:
            yield source


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


@lru_cache(maxsize=64)
def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
