"""Where files are converted: a folder for one run, and in it what was converted ahead for this process."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.parsers.office.forms import FORMS, check, import_filter
from pipeline.parsers.office.soffice import Soffice, output_of
from pipeline.parsers.programs import LIBREOFFICE
from pipeline.problems import ParseError

Job = tuple[bytes, str]  # a file's bytes and its form
_open: ContextVar[Workshop | None] = ContextVar("_open", default=None)


def _never() -> bool:
    return False


@dataclass(slots=True)
class Workshop:
    """One LibreOffice with a profile and a folder of its own, and the DOCX of files that it has converted."""

    soffice: Soffice
    folder: Path
    _tried: dict[str, Path] = field(default_factory=dict)  # digest of a file's form and bytes: where its DOCX would be

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Convert many files, all of a kind in one call; what was prepared before is dropped.

        `jobs` are taken one by one, so that not all of their bytes are held at a time.
        """
        self._drop()
        self._convert(jobs)

    def docx_of(self, data: bytes, form: str) -> bytes | None:
        """Return a file as DOCX, converted now if it wasn't before, or None if LibreOffice can't."""
        digest = _digest(data, form)
        if digest not in self._tried:
            self._convert([(data, form)])
        converted = self._tried[digest]
        return converted.read_bytes() if converted.is_file() else None

    def _convert(self, jobs: Iterable[Job]) -> None:
        """Lay the files down under plain names, whatever theirs are, and convert them."""
        batches: dict[str, list[Path]] = {}
        for data, form in jobs:
            digest = _digest(data, form)
            if digest in self._tried:
                continue
            file = self.folder / f"{len(self._tried) + 1:04d}.{FORMS[form].suffix}"
            self._tried[digest] = output_of(file, self.folder)
            if not _is_refused(data, form):
                file.write_bytes(data)
                batches.setdefault(import_filter(data, form), []).append(file)
        for filter_name, files in batches.items():
            self.soffice.convert(files, filter_name, self.folder)
            for file in files:
                file.unlink(missing_ok=True)

    def _drop(self) -> None:
        for converted in self._tried.values():
            converted.unlink(missing_ok=True)
        self._tried.clear()


def _digest(data: bytes, form: str) -> str:
    return f"{form}:{hashlib.sha256(data).hexdigest()}"


def _is_refused(data: bytes, form: str) -> bool:
    try:
        check(data, form)
    except ParseError:
        return True
    return False


@contextmanager
def workshop(folder: Path | None = None, stopped: Callable[[], bool] = _never) -> Iterator[Workshop | None]:
    """Give the workshop that conversions use while this lasts; None where there is no LibreOffice.

    The one that is open already is given again. A new one works in a folder made inside `folder`, or among
    the machine's temporary files, which is removed at the end. In a `folder`, which the caller removes, the
    process keeps its profile for the next time.
    """
    found, program = _open.get(), LIBREOFFICE.find()
    if found is not None or program is None:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="baocao-", dir=folder, ignore_cleanup_errors=True) as made:
        here = Path(made)
        profile = (folder or here) / f"profile-{os.getpid()}"
        new = Workshop(Soffice(program, profile, stopped), here)
        token = _open.set(new)
        try:
            yield new
        finally:
            _open.reset(token)
