"""DOCX to PDF by LibreOffice, all files in one call, with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 300


class PdfError(RuntimeError):
    """LibreOffice is missing, failed, or made no PDF."""


def docx_to_pdf(papers: dict[Path, bytes]) -> None:
    """Write each PDF path of `papers` from the bytes of its DOCX; PdfError says which were not made."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise PdfError("LibreOffice (soffice) is not installed; it makes the PDF samples")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {path: folder / f"{n}_{path.stem}.docx" for n, path in enumerate(papers)}
        for path, docx in made.items():
            docx.write_bytes(papers[path])
        _convert(program, folder, list(made.values()))
        missing = [path.name for path, docx in made.items() if not docx.with_suffix(".pdf").exists()]
        if missing:
            raise PdfError(f"LibreOffice made no PDF of {', '.join(missing)}")
        for path, docx in made.items():
            path.parent.mkdir(exist_ok=True)
            shutil.copyfile(docx.with_suffix(".pdf"), path)


def _convert(program: str, folder: Path, files: list[Path]) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    try:
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise PdfError(f"LibreOffice failed: {error}") from error
