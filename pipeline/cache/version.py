"""What a parsed Document depends on beside its file: our code, the libraries, and the programs of the machine."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.parsers.programs import LIBREOFFICE, TESSERACT

LIBRARIES = (
    "asn1crypto",
    "lxml",
    "msgspec",
    "numpy",
    "odfpy",
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

_ROOT = Path(__file__).parents[1]
_SOURCES = ("model.py", "parsers", "text", "cache/codec.py")
_PROGRAMS = (LIBREOFFICE, TESSERACT)  # what other programs read in their stead is not kept
_SETTINGS = ("TESSDATA_PREFIX",)


@lru_cache(maxsize=1)
def parser_version() -> str | None:
    """Return a digest of all code that parses; None where its sources are not there to be read."""
    try:
        return digest_of(_ROOT)
    except OSError:
        return None


def digest_of(root: Path) -> str:
    """Return the digest of the sources in `root`, the libraries and Python; OSError for a source that is missing."""
    digest = hashlib.sha256()
    for path in _files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    python = platform.python_version(), unicodedata.unidata_version, sys.byteorder
    digest.update(repr((python, [(name, _version(name)) for name in LIBRARIES])).encode())
    return digest.hexdigest()


def programs() -> str:
    """Return which programs there are now, and of what size and time; a new one may read a file otherwise."""
    told = [os.environ.get(name, "") for name in _SETTINGS]
    for program in _PROGRAMS:
        found = program.find()
        try:
            file = None if found is None else found.resolve().stat()
        except OSError:
            file = None
        told.append(f"{found} {file.st_size} {file.st_mtime_ns}" if file else "")
    return "\n".join(told)


def _files(root: Path) -> Iterator[Path]:
    for source in (root / name for name in _SOURCES):
        if source.is_dir():
            yield from sorted(path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc")
        else:
            yield source


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
