"""What `baocao doctor` finds on a machine, and the tables that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from msgspec import Struct
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from pipeline.cli.messages import Words
from pipeline.parsers.programs import ANTIWORD, LIBREOFFICE, TESSERACT, Program, output_of, version_of

_SYSTEMS = ("Debian, Ubuntu", "Windows", "macOS")
_INSTALL = {
    "libreoffice": (
        "sudo apt install libreoffice-writer",
        "winget install TheDocumentFoundation.LibreOffice",
        "brew install --cask libreoffice",
    ),
    "antiword": ("sudo apt install antiword", "", ""),
    "tesseract": (
        "sudo apt install tesseract-ocr",
        "winget install UB-Mannheim.TesseractOCR",
        "brew install tesseract",
    ),
    "vie": ("sudo apt install tesseract-ocr-vie", "", "brew install tesseract-lang"),
}
NAMES = {
    "libreoffice": "LibreOffice",
    "antiword": "antiword",
    "tesseract": "Tesseract",
    "vie": "Tesseract: vie",
}
_OTHERWISE = {"antiword": "doctor.antiword.other", "vie": "doctor.vie.windows"}
_PACKAGES = (
    *("python-docx", "lxml", "pypdfium2", "pdfplumber", "spacy", "dateparser", "pandas"),
    *("striprtf", "python-calamine", "pillow", "asn1crypto"),
)
STYLES = {"there": "green", "spare": "dim", "missing": "bold red", "broken": "bold red"}
_MARKS = {"there": "✓", "spare": "–", "missing": "✗", "broken": "✗"}


class Finding(Struct, frozen=True):
    """What came of looking for one program: its key, its state, a key of `STYLES`, and its version if known."""

    key: str
    state: str
    version: str = ""

    @property
    def lacking(self) -> bool:
        """Whether something can't be read because of it."""
        return self.state in ("missing", "broken")


def find_programs() -> list[Finding]:
    """Return what is found of each helping program, each asked for its version."""
    office, antiword = _found("libreoffice", LIBREOFFICE, "--version"), _found("antiword", ANTIWORD)
    if antiword.lacking and not office.lacking:
        antiword = Finding(antiword.key, "spare")
    tesseract = _found("tesseract", TESSERACT, "--version")
    path = None if tesseract.lacking else TESSERACT.find()
    languages = output_of(path, "--list-langs").split() if path else []
    return [office, antiword, tesseract, Finding("vie", "there" if "vie" in languages else "missing")]


def _found(key: str, program: Program, *arguments: str) -> Finding:
    path = program.find()
    if path is None:
        return Finding(key, "missing")
    told = version_of(path, *arguments)
    return Finding(key, "there", told) if told else Finding(key, "broken")


def find_packages() -> dict[str, str]:
    """Return the version of each Python package that matters, empty where it is not installed."""
    return {name: _installed(name) for name in _PACKAGES}


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def programs_table(findings: Sequence[Finding], words: Words) -> Table:
    """Return which programs are there, in which version, and what is lost without each."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column(words("doctor.program"), no_wrap=True)
    table.add_column(words("doctor.version"), no_wrap=True)
    table.add_column(words("doctor.lost"))
    for finding in findings:
        style = STYLES[finding.state]
        told = finding.version or words(f"doctor.{finding.state}")
        lost = Text(words(f"doctor.{finding.key}"), "" if finding.lacking else "dim")
        table.add_row(Text(_MARKS[finding.state], style), NAMES[finding.key], Text(told, style), lost)
    return table


def install_table(findings: Sequence[Finding], words: Words) -> Table:
    """Return how to install each program on each system; what is there already is dimmed."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        style = "" if finding.lacking else "dim"
        for at, (system, how) in enumerate(zip(_SYSTEMS, _INSTALL[finding.key], strict=True)):
            name = NAMES[finding.key] if at == 0 else ""
            table.add_row(Text(name, style), Text(system, style), Text(how or words(_OTHERWISE[finding.key]), style))
    return table
