"""LibreOffice called for many files at once, and again for those that it left out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from zipfile import is_zipfile

from msgspec import Struct, field

from pipeline.parsers.office.process import run
from pipeline.parsers.office.profile import make_profile
from pipeline.parsers.office.seclusion import refuses_seclusion, secluded

_OUTPUT = "docx:MS Word 2007 XML"
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard")
_START, _PER_FILE, _PER_MEGABYTE = 60.0, 3.0, 20.0  # seconds; a usual file takes a tenth of one
_PATIENCE = 5  # calls in a row that were killed for their time, after which LibreOffice isn't called again


class Soffice(Struct):
    """LibreOffice with a `profile` of its own.

    Files are told apart by their stems. `given_up` where it hung again and again.
    """

    program: Path
    profile: Path
    seconds: float = _START
    _hung: int = field(default=0)

    @property
    def given_up(self) -> bool:
        """Whether LibreOffice has hung so often that no file is given to it any more."""
        return self._hung >= _PATIENCE

    def convert(self, files: Sequence[Path], filter_name: str, out: Path) -> None:
        """Turn `files` into DOCX in `out`; what can't be turned is simply not there afterwards.

        All go in one call. Where that ends well, those it left out are tried once more, each alone. Where it
        crashes or hangs, the first left out is to blame and is tried alone, the rest go together again.
        """
        waiting = list(files)
        while waiting and not self.given_up:
            ended_well = self._call(waiting, filter_name, out)
            left = [file for file in waiting if not output_of(file, out).is_file()]
            alone = left if ended_well else left[:1]
            if len(waiting) > 1:
                for file in alone:
                    self._call([file], filter_name, out)
            waiting = left[len(alone) :]

    def _call(self, files: Sequence[Path], filter_name: str, out: Path) -> bool:
        """Call LibreOffice once; return whether it came to its end. What it was at when killed is removed."""
        if self.given_up:
            return False
        if not self.profile.is_dir():
            make_profile(self.profile)
        user = f"-env:UserInstallation={self.profile.resolve().as_uri()}"
        command: list[str | Path] = [
            *secluded(self.program),
            self.program,
            user,
            *_OPTIONS,
            f"--infilter={filter_name}",
            "--convert-to",
            _OUTPUT,
        ]
        watch = _Watch(files, out, self.seconds)
        status = run([*command, "--outdir", out, *files], watch.ends, _environment(), None)
        if status == 0:
            self._hung = 0
            return True
        shutil.rmtree(self.profile, ignore_errors=True)  # it may be left locked or half written
        watch.drop_unfinished()
        if not watch.made and refuses_seclusion(self.program):
            return self._call(files, filter_name, out)
        self._hung = self._hung + 1 if status is None and not watch.seen else 0
        return False


class _Watch(Struct):
    """How a call gets on: LibreOffice works file by file, so each new output gives it time for the next."""

    files: Sequence[Path]
    out: Path
    start: float
    seen: int = 0
    since: float = field(default_factory=monotonic)

    def ends(self) -> bool:
        """Tell whether the call has to be ended: one file has taken too long."""
        made = self.made
        if made > self.seen:
            self.seen, self.since = made, monotonic()
        return monotonic() - self.since > self._allowed()

    def _allowed(self) -> float:
        """Return the seconds until the next output: the more files are left, the more may leave none."""
        left = [file for file in self.files if not output_of(file, self.out).is_file()]
        megabytes = sum(file.stat().st_size for file in left) / 1e6
        return self.start + (_PER_FILE * len(left) + _PER_MEGABYTE * megabytes) * self.start / _START

    @property
    def made(self) -> int:
        """How many outputs are there."""
        return sum(output_of(file, self.out).is_file() for file in self.files)

    def drop_unfinished(self) -> None:
        """Remove an output that is half written: a ZIP has its directory at its end."""
        for path in (output_of(file, self.out) for file in self.files):
            if path.is_file() and not is_zipfile(path):
                path.unlink()


def output_of(file: Path, out: Path) -> Path:
    """Return where the DOCX of `file` is written."""
    return out / f"{file.stem}.docx"


def _environment() -> dict[str, str]:
    """Return the environment for LibreOffice: no display, and nothing of what a user's desktop asks for."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**kept, "SAL_USE_VCLPLUGIN": "svp"}
