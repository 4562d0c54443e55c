"""The files that the tables were made from: found by name, or by content where they were moved, and never others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

from pipeline.batch import remote
from pipeline.batch.folder import Source, each_report
from pipeline.problems import BaocaoError
from pipeline.tables.publishing import SEAL

_NEAR = 3  # folders above the tables that a relative input folder is looked for in


@dataclass(frozen=True, slots=True)
class Input:
    """One file of the run: its SHA-256 and its bytes."""

    content: str
    size: int


class Inputs:
    """The inputs of the run whose tables are in `out`; `folder` is where they are now, if not where they were.

    A file is given away only if its bytes are those that the run read. What `run.json` doesn't list isn't opened.
    """

    def __init__(self, out: Path, folder: Path | None = None) -> None:
        told = json.loads((out / SEAL).read_text(encoding="utf-8"))
        self.asked = str(told["arguments"]["folder"])
        self._known = _inputs(told.get("inputs", []))
        self._folders = [folder] if folder is not None else list(_candidates(out, self.asked))
        self._is_remote = folder is None and remote.is_url(self.asked)
        self._sources: dict[str, Source] | None = None
        self._verified: dict[Path, tuple[tuple[int, ...], str]] = {}
        self._lock = RLock()

    def data(self, file: str) -> tuple[Path, bytes]:
        """Return where an input is, and its bytes, which are those of the run; BaocaoError `review.input` otherwise."""
        path = self.path(file)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BaocaoError("review.input", file=file) from error
        if hashlib.sha256(data).hexdigest() != self._known[file].content:  # changed a moment ago
            raise BaocaoError("review.input", file=file)
        return path, data

    def content(self, file: str) -> str:
        """Return the SHA-256 of an input, as the run read it; BaocaoError `review.input` for what is none."""
        known = self._known.get(file)
        if known is None or not known.content:
            raise BaocaoError("review.input", file=file)
        return known.content

    def path(self, file: str) -> Path:
        """Return where an input is.

        BaocaoError `review.remote` for one in a store, `review.input` where it isn't there as it was.
        """
        content = self.content(file)
        if self._is_remote:
            raise BaocaoError("review.remote", file=file)
        with self._lock:
            found = next((path for path in self._places(file) if self._is(path, content)), None)
        if found is None:
            raise BaocaoError("review.input", file=file)
        return found

    def folder(self) -> str:
        """Return the folder that a run over the same inputs is to be given."""
        if self._is_remote:
            return self.asked
        if self._folders and not _is_same(self._folders[0], Path(self.asked)):
            return str(self._folders[0])
        return self.asked

    def _places(self, file: str) -> Iterator[Path]:
        """Yield where a file may be: under its name first, then wherever there is one of its size."""
        inside = not Path(file).is_absolute() and ".." not in Path(file).parts
        for folder in self._folders:
            if folder.is_file():
                yield folder
            elif inside:
                yield folder / file
        sources = self._listed()
        if file in sources:
            yield sources[file].path
        size = self._known[file].size
        for source in sources.values():
            if _size(source.path) == size:
                yield source.path

    def _listed(self) -> Mapping[str, Source]:
        if self._sources is None:
            self._sources = {}
            for folder in self._folders:
                try:
                    self._sources |= {source.file: source for source in each_report(folder)}
                except BaocaoError:  # gone, or empty
                    continue
        return self._sources

    def _is(self, path: Path, content: str) -> bool:
        """Tell whether a file has this content; one that was not touched since isn't read again."""
        try:
            if not path.is_file():
                return False
            found = path.stat()
            stamp = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
            known = self._verified.get(path)
            if known is None or known[0] != stamp:
                with path.open("rb") as opened:
                    known = stamp, hashlib.file_digest(opened, "sha256").hexdigest()
                self._verified[path] = known
        except (OSError, ValueError):
            return False
        return known[1] == content


def _inputs(told: list[dict[str, Any]]) -> dict[str, Input]:
    return {str(one["file"]): Input(str(one.get("sha256") or ""), int(one.get("size") or 0)) for one in told}


def _candidates(out: Path, asked: str) -> Iterator[Path]:
    """Yield the folders that the run may have had its reports from, those that are there."""
    if remote.is_url(asked):
        return
    told = remote.local_path(asked)
    above = [] if told.is_absolute() else list(out.absolute().parents)[:_NEAR]
    for folder in (told, *(parent / told for parent in above)):
        if folder.exists():
            yield folder.absolute()


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
