"""The sample reports saved as HTML by LibreOffice: the page is read as the DOCX is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pipeline.parsers import parse

REPORTS = sorted((Path(__file__).parent.parent / "samples" / "reports").glob("*.docx"))
SOFFICE = shutil.which("soffice")
_DELETED = re.compile(r"<w:(del|moveFrom)\b(?![^>]*/>)[^>]*>.*?</w:\1>", re.DOTALL)

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not installed")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the reports as DOCX and HTML.

    LibreOffice prints tracked deletions as text, and nothing in the page tells them: they are taken out before.
    """
    folder = tmp_path_factory.mktemp("pages")
    for path in REPORTS:
        with ZipFile(path) as old, ZipFile(folder / path.name, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "word/document.xml":
                    content = _DELETED.sub("", content.decode()).encode()
                new.writestr(name, content)
    profile = (folder / "profile").as_uri()
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "html", "--outdir"]
    command += [str(folder), *(str(folder / path.name) for path in REPORTS)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize("name", [path.stem for path in REPORTS])
def test_the_page_reads_as_the_docx(pages: Path, name: str) -> None:
    """What is found depends on the text and its blocks alone."""
    docx, page = parse(pages / f"{name}.docx"), parse(pages / f"{name}.html")
    assert page.format == "html"
    assert page.text == docx.text
    assert page.blocks == docx.blocks
