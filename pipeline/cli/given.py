"""The report that a command is given by its path: read, or a word on what stands there instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.problems import BaocaoError

if TYPE_CHECKING:
    from pipeline.model import Document

_SUFFIXED = re.compile(r".*\w\.[A-Za-z]{2,5}")
_FOLDERED = re.compile(r"[^\d/\\]*/|.*\\")  # a symbol or fraction has its number before the first slash


def read_given(file: str, passwords: Sequence[str] = ()) -> Document:
    """Return the Document of the report `file`; where it has a password, one of `passwords` may open it.

    BaocaoError `run.no_file`, `run.no_such_name` where the same folder has names like it, or `run.is_folder`;
    ParseError where the file can't be read.
    """
    from pipeline.parsers import parse

    path = Path(file)
    if path.is_dir():
        raise BaocaoError("run.is_folder", folder=file)
    if not path.exists():
        near = _like(path)
        if near:
            raise BaocaoError("run.no_such_name", file=file, known=", ".join(near))
        raise BaocaoError("run.no_file", file=file)
    return parse(path, passwords)


def names_file(text: str) -> bool:
    """Tell whether `text` is meant as a path: there is one, it ends as a file does, or it is written as one.

    `12/15` and `4287/UBND-KGVX` are texts, though they hold the sign that parts folders, unless the folder is there.
    """
    from pipeline.parsers import is_report_file

    if "\n" in text:
        return False
    path, is_word = Path(text), " " not in text
    try:
        if path.exists() or is_report_file(path):
            return True
        if not is_word:
            return False
        return bool(_SUFFIXED.fullmatch(text) or _FOLDERED.match(text)) or ("/" in text and path.parent.is_dir())
    except (OSError, ValueError):  # a text too long for a name
        return False


def _like(path: Path) -> list[str]:
    """Return up to three names of reports in the folder of `path` that are written most like its own."""
    from pipeline.parsers import is_report_file

    try:
        names = [other.name for other in path.parent.iterdir() if is_report_file(other)]
    except OSError:
        names = []
    return difflib.get_close_matches(path.name, names, 3, 0.6)
