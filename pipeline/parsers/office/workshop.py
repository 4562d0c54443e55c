"""Where files are converted: a folder for one run, and in it what was converted ahead, by whichever process."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from msgspec import Struct

from pipeline.parsers.office.forms import FORMS, check, import_filter
from pipeline.parsers.office.soffice import Soffice, output_of
from pipeline.parsers.programs import LIBREOFFICE
from pipeline.problems import ParseError

Job = tuple[bytes, str]  # a file's bytes and its form
_open: ContextVar[Workshop | None] = ContextVar("_open", default=None)


class Workshop(Struct, frozen=True):
    """One LibreOffice with a profile of its own, and a folder with the DOCX of files that were converted.

    Several processes may share the folder: a DOCX is there whole or not at all, under the digest of its file.
    """

    soffice: Soffice
    folder: Path

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Convert many files, all of a kind in one call.

        `jobs` are taken one by one, so that not all of their bytes are held at a time.
        """
        with tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as made:
            here = Path(made)
            batches: dict[str, dict[Path, str]] = {}
            for data, form in jobs:
                digest = _digest(data, form)
                file = here / f"{digest[:24]}.{FORMS[form].suffix}"
                if _is_refused(data, form):
                    self._tried(digest).touch()
                elif not (self._tried(digest).exists() or file.exists()):
                    file.write_bytes(data)
                    batches.setdefault(import_filter(data, form), {})[file] = digest
            for filter_name, files in batches.items():
                self._convert(files, filter_name, here)

    def docx_of(self, data: bytes, form: str) -> bytes | None:
        """Return a file as DOCX, converted now if it wasn't before, or None if LibreOffice can't."""
        digest = _digest(data, form)
        if not self._tried(digest).exists():
            self.prepare([(data, form)])
        converted = self._docx(digest)
        return converted.read_bytes() if converted.is_file() else None

    def _convert(self, files: Mapping[Path, str], filter_name: str, here: Path) -> None:
        """Convert files, which have plain names whatever theirs are, and note which were tried, and what came of it."""
        self.soffice.convert(list(files), filter_name, here)
        for file, digest in files.items():
            converted = output_of(file, here)
            if converted.is_file():
                converted.replace(self._docx(digest))
            self._tried(digest).touch()

    def _docx(self, digest: str) -> Path:
        return self.folder / f"{digest}.docx"

    def _tried(self, digest: str) -> Path:
        return self.folder / f"{digest}.tried"


def _digest(data: bytes, form: str) -> str:
    return hashlib.sha256(form.encode() + b"\0" + data).hexdigest()


def _is_refused(data: bytes, form: str) -> bool:
    try:
        check(data, form)
    except ParseError:
        return True
    return False


@contextmanager
def workshop(folder: Path | None = None, batch: str = "") -> Iterator[Workshop | None]:
    """Give the workshop that conversions use while this lasts; None where there is no LibreOffice.

    The one that is open already is given again. A new one works among the machine's temporary files, and nothing
    of it is left; or in a `folder`, which the caller removes: the process keeps its profile there for the next
    time, and what it converts in the subfolder `batch`, where other processes have it as well.
    """
    found, program = _open.get(), LIBREOFFICE.find()
    if found is not None or program is None:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="baocao-", ignore_cleanup_errors=True) as made:
        home = folder or Path(made)
        here = home / batch
        here.mkdir(exist_ok=True)
        new = Workshop(Soffice(program, home / f"profile-{os.getpid()}"), here)
        token = _open.set(new)
        try:
            yield new
        finally:
            _open.reset(token)
