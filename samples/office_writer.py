"""DOCX to PDF, DOC, ODT, RTF or HTML by LibreOffice, all files of a kind in one call, with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 300
_FILTERS = {
    "pdf": "pdf",
    "doc": "doc:MS Word 97",
    "odt": "odt",
    "rtf": "rtf:Rich Text Format",
    "html": "html:HTML (StarWriter)",
}


class OfficeError(RuntimeError):
    """LibreOffice is missing, failed, or did not make a file."""


def docx_to(kind: str, papers: dict[str, bytes]) -> dict[str, bytes]:
    """Return, for each name of `papers`, its DOCX as `kind`; OfficeError says which were not made."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise OfficeError("LibreOffice (soffice) is not installed; it makes the samples that are no DOCX")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = {paper: folder / f"{n}.docx" for n, paper in enumerate(papers)}
        for paper, path in given.items():
            path.write_bytes(papers[paper])
        _convert(program, folder, kind, list(given.values()))
        made = {paper: path.with_suffix(f".{kind}") for paper, path in given.items()}
        missing = [paper for paper, path in made.items() if not path.exists()]
        if missing:
            raise OfficeError(f"LibreOffice made no {kind.upper()} of {', '.join(missing)}")
        return {paper: path.read_bytes() for paper, path in made.items()}


def _convert(program: str, folder: Path, kind: str, files: list[Path]) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", _FILTERS[kind], "--outdir", str(folder)]
    try:
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise OfficeError(f"LibreOffice failed: {error}") from error
