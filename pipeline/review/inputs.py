"""The files that the tables were made from: found by name, or by content where they were moved, and never others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import Any

from msgspec import Struct

from pipeline.batch import remote
from pipeline.batch.folder import Source, each_report, stays_inside
from pipeline.problems import BaocaoError
from pipeline.review.refusals import Refused
from pipeline.tables.publishing import SEAL

_FIRST = 100  # files that are looked at to tell a folder from another
_NEAR = 3  # folders above the tables that a relative input folder is looked for in


class Input(Struct, frozen=True):
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
        """Return the folder that a run over the same inputs is to be given.

        Refused `inputs` where none of them is found as the run read it: another folder may have the name by now.
        """
        if self._is_remote:
            return self.asked
        found = next((folder for folder in self._folders if self._has_ours(folder)), None)
        if found is None:
            raise Refused("inputs", folder=str(self._folders[0]) if self._folders else self.asked)
        return self.asked if _is_same(found, Path(self.asked)) else str(found)

    def _has_ours(self, folder: Path) -> bool:
        """Tell whether one of the first inputs that are in a folder, by name or else by size, is as the run read it."""
        with self._lock:
            known = [(name, one) for name, one in self._known.items() if one.content]
            named = ((folder if folder.is_file() else folder / name, one) for name, one in known if stays_inside(name))
            there = islice(((path, one) for path, one in named if path.is_file()), _FIRST)
            if any(self._is(path, one.content) for path, one in there):
                return True
            contents = {one.content for _, one in known}
            sizes = {one.size for _, one in known}
            listed = (source.path for source in self._sources_in(folder).values() if _size(source.path) in sizes)
            return any(self._content(path) in contents for path in islice(listed, _FIRST))

    def _places(self, file: str) -> Iterator[Path]:
        """Yield where a file may be: under its name first, then wherever there is one of its size."""
        inside = stays_inside(file)
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
                self._sources |= self._sources_in(folder)
        return self._sources

    def _sources_in(self, folder: Path) -> dict[str, Source]:
        try:
            return {source.file: source for source in each_report(folder)}
        except BaocaoError:  # gone, or empty
            return {}

    def _is(self, path: Path, content: str) -> bool:
        return self._content(path) == content

    def _content(self, path: Path) -> str | None:
        """Return the SHA-256 of a file, None where there is none; one that was not touched since isn't read again."""
        try:
            if not path.is_file():
                return None
            found = path.stat()
            stamp = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
            known = self._verified.get(path)
            if known is None or known[0] != stamp:
                with path.open("rb") as opened:
                    known = stamp, hashlib.file_digest(opened, "sha256").hexdigest()
                self._verified[path] = known
        except (OSError, ValueError):
            return None
        return known[1]


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
