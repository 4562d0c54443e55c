"""The files of a run: every report under a folder once, whatever order the file system gives them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.parsers import SUFFIXES, is_report_file
from pipeline.problems import BaocaoError

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One input file: `file` is its path as the tables show it, NFC with `/`, and `path` is where it is."""

    file: str
    path: Path


def find_reports(folder: Path, out: Path | None = None) -> list[Source]:
    """Return the reports under `folder`, sorted, `out` left aside; a `folder` that is a file is one report.

    Links to folders are followed, but no folder is read twice. A subfolder that can't be opened is given as
    if it were a report, so that reading it says why. BaocaoError `run.no_folder` or `run.no_reports` if there
    is nothing to read.
    """
    if folder.is_file():
        return [Source(shown_name(folder.name), folder)]
    try:
        paths = list(_Walk(folder, out).paths())
    except OSError as error:
        raise BaocaoError("run.no_folder", folder=str(folder), reason=_reason(error)) from error
    if not paths:
        raise no_reports(folder)
    return sorted(Source(shown_name(path.relative_to(folder).as_posix()), path) for path in paths)


def no_reports(folder: Path) -> BaocaoError:
    """Return the error of a folder without reports."""
    suffixes = ", ".join(f".{suffix}" for suffix in sorted(SUFFIXES))
    return BaocaoError("run.no_reports", folder=str(folder), suffixes=suffixes)


class _Walk:
    """One walk through a folder; it remembers where it was, by real path."""

    def __init__(self, folder: Path, out: Path | None) -> None:
        self.folder = folder
        self.seen: set[Path] = set()
        if out is not None and out.resolve() != folder.resolve():
            self.seen.add(out.resolve())

    def paths(self) -> Iterator[Path]:
        """Yield the reports in the folder and below; OSError if the folder itself can't be listed."""
        linked: list[Path] = []
        yield from self._under(self.folder, linked)
        for link in linked:  # grows while links lead to links
            yield from self._inside(link, linked)

    def _inside(self, folder: Path, linked: list[Path]) -> Iterator[Path]:
        try:
            yield from self._under(folder, linked)
        except OSError:
            yield folder

    def _under(self, folder: Path, linked: list[Path]) -> Iterator[Path]:
        """Yield the reports under `folder`, its real subfolders first of all, and leave links for later."""
        real = folder.resolve()
        if real in self.seen:
            return
        self.seen.add(real)
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            if not path.is_dir():
                if is_report_file(path):
                    yield path
            elif path.is_symlink():
                linked.append(path)
            else:
                yield from self._inside(path, linked)


def shown_name(path: str) -> str:
    """Return `path` in NFC; what can't be printed, such as a name in another encoding, becomes U+FFFD."""
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("\ufffd", path))


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
