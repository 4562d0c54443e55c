"""Finding the programs that some formats need: by a variable, on the path, in the usual folders."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from msgspec import Struct

_PROBING = 20.0  # seconds
_VERSION = re.compile(r"\d+(?:\.\d+)+")


class Program(Struct, frozen=True):
    """A program by the names it goes by; `variable` of the environment tells where it is and is final."""

    variable: str
    names: tuple[str, ...]
    folders: tuple[str, ...] = ()

    def find(self) -> Path | None:
        """Return where the program is, or None; a variable that names no file means that there is none."""
        told = os.environ.get(self.variable, "")
        if told:
            return Path(told) if Path(told).is_file() else None
        on_path = (shutil.which(name) for name in self.names)
        usual = (shutil.which(name, path=folder) for folder in self._expanded() for name in self.names)
        found = next(filter(None, (*on_path, *usual)), None)
        return None if found is None else Path(found)

    def _expanded(self) -> tuple[str, ...]:
        return tuple(os.path.expandvars(folder) for folder in self.folders)


LIBREOFFICE = Program(
    "BAOCAO_SOFFICE",
    ("soffice", "libreoffice"),
    (
        r"%ProgramFiles%\LibreOffice\program",
        r"%ProgramFiles(x86)%\LibreOffice\program",
        "/Applications/LibreOffice.app/Contents/MacOS",
        "/opt/libreoffice/program",
        "/usr/lib/libreoffice/program",
    ),
)
ANTIWORD = Program("BAOCAO_ANTIWORD", ("antiword",), (r"C:\antiword",))
TESSERACT = Program(
    "BAOCAO_TESSERACT",
    ("tesseract",),
    (
        r"%ProgramFiles%\Tesseract-OCR",
        r"%ProgramFiles(x86)%\Tesseract-OCR",
        r"%LOCALAPPDATA%\Tesseract-OCR",
        r"%LOCALAPPDATA%\Programs\Tesseract-OCR",
    ),
)


def output_of(program: Path, *arguments: str) -> str:
    """Return what `program` prints, errors included; nothing where it can't be run or doesn't answer."""
    try:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PROBING,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace")


def version_of(program: Path, *arguments: str) -> str:
    """Return the version that `program` prints when it is called with `arguments`; nothing where it prints none."""
    told = _VERSION.search(output_of(program, *arguments))
    return told[0] if told else ""
