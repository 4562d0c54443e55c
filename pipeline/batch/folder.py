"""The files of a run: every report under a folder once, whatever order the file system gives them in."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct

from pipeline.batch import remote
from pipeline.parsers import SUFFIXES, is_report_file
from pipeline.problems import BaocaoError

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Source(Struct, frozen=True, order=True):
    """One input file: `file` is its path as the tables show it, NFC with `/`, and `path` is where it is.

    One in a store has its `url` and its `size` in bytes, as the store tells it; nothing is at its `path` before
    a copy has been fetched there.
    """

    file: str
    path: Path
    url: str = ""
    size: int = 0


def find_reports(folder: Path | str, out: Path | str | None = None) -> list[Source]:
    """Return the reports under `folder`, sorted, as `each_report` yields them."""
    return sorted(each_report(folder, out))


def each_report(folder: Path | str, out: Path | str | None = None) -> Iterator[Source]:
    """Yield the reports under `folder` as they are found, `out` left aside; a `folder` that is a file is one report.

    Both may be URLs; those of `file://` are paths. Links to folders are followed, but no folder is read twice. A
    subfolder that can't be opened is given as if it were a report, so that reading it says why. BaocaoError
    `run.no_folder` or `run.no_reports` if there is nothing to read, `store.unknown` where no library for such URLs
    is installed.
    """
    name = remote.shown(str(folder))
    found = _in_store(str(folder), out) if remote.is_url(folder) else _on_disk(remote.local_path(folder), out)
    try:
        first = next(found, None)
        if first is None:
            raise no_reports(folder)
        yield from chain([first], found)
    except OSError as error:
        raise BaocaoError("run.no_folder", folder=name, reason=_reason(error)) from error


def _on_disk(folder: Path, out: Path | str | None) -> Iterator[Source]:
    if folder.is_file():
        yield Source(shown_name(folder.name), folder)
        return
    names = _Names()
    for path in _Walk(folder, None if out is None or remote.is_url(out) else remote.local_path(out)).paths():
        yield Source(names.of(path.relative_to(folder).as_posix()), path)


def _in_store(url: str, out: Path | str | None) -> Iterator[Source]:
    names = _Names()
    for entry in remote.entries(url, str(out) if out is not None and remote.is_url(out) else None):
        if entry.size is None or is_report_file(Path(entry.name)):
            yield Source(names.of(entry.name), Path(entry.url), entry.url, entry.size or 0)


def no_reports(folder: Path | str) -> BaocaoError:
    """Return the error of a folder without reports."""
    suffixes = ", ".join(f".{suffix}" for suffix in sorted(SUFFIXES))
    return BaocaoError("run.no_reports", folder=remote.shown(str(folder)), suffixes=suffixes)


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


class _Names:
    """The names that files have in the tables: two files that would have one, as «é» in two codings, are told apart."""

    def __init__(self) -> None:
        self._taken: set[bytes] = set()

    def of(self, path: str) -> str:
        """Return the name of the next file."""
        name = shown = shown_name(path)
        number = 1
        while (key := hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).digest()) in self._taken:
            number += 1
            parts = PurePosixPath(shown)
            name = parts.with_name(f"{parts.stem} ({number}){parts.suffix}").as_posix()
        self._taken.add(key)
        return name


def shown_name(path: str) -> str:
    """Return `path` in NFC; what can't be printed, such as a name in another encoding, becomes U+FFFD."""
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("\ufffd", path))


def stays_inside(file: str) -> bool:
    """Tell whether `file`, as a table has it, is below the folder that it is joined to, by the rules of any system.

    Tables are inputs too: a name that is a path of another machine must not even be looked up.
    """
    paths = (PurePosixPath(file), PureWindowsPath(file))
    return not any(path.anchor or ".." in path.parts for path in paths)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
