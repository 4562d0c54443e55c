"""The folders that contenders are measured over, and the contenders: what each is called and how it is begun."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2

from benchmarks.contenders.floor import docx_text
from benchmarks.generator import Draft, Mixture, write_reports
from benchmarks.load import Setup
from benchmarks.watching import baocao

MIXTURE = Mixture(seed=8, long=True)
"""The reports of the comparison: of the first 60, 25 are PDFs, of 1 to 40 pages, and 35 DOCX."""
KINDS = ("pdf", "docx")
MIXED, PRINTED, ONE = "mixed", "PDFs", "one"
"""The folders: all reports, the PDFs alone, and one PDF of one page, which tells what it takes to begin."""

_PAGE = 3000  # characters of a DOCX that count as a page
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEMPLATE = Path(__file__).parent / "contenders" / "template"


def drafts(count: int) -> Iterator[Draft]:
    """Yield the first `count` PDFs and DOCX of the mixture."""
    numbers = (MIXTURE.draft(number) for number in range(100 * count))
    return islice((draft for draft in numbers if draft.kind in KINDS), count)


@dataclass(frozen=True, slots=True)
class Holds:
    """What a folder holds: reports and pages by kind, the longest PDF's pages, and of DOCX tables and footnotes."""

    reports: Mapping[str, int]
    pages: Mapping[str, int]
    longest: int
    tables: int
    notes: int

    def told(self) -> str:
        """Return it in a sentence."""
        each = [f"{self.reports[kind]} {kind.upper()} ({self.pages[kind]} pages)" for kind in self.reports]
        return (
            f"{' and '.join(each)}; the longest PDF has {self.longest} pages; "
            f"the DOCX have {self.tables} tables and {self.notes} footnotes"
        )


def holds(folder: Path) -> Holds:
    """Return what a folder of PDFs and DOCX holds; a page of a DOCX is 3,000 characters, one at least."""
    reports, pages, longest, tables, notes = Counter[str](), Counter[str](), 0, 0, 0
    for path in sorted(folder.iterdir()):
        kind = path.suffix.removeprefix(".")
        reports[kind] += 1
        if kind == "pdf":
            count = _pages(path)
            longest = max(longest, count)
        else:
            count = max(1, round(len(docx_text(path)) / _PAGE))
            with ZipFile(path) as package:
                body = ElementTree.fromstring(package.read("word/document.xml"))
            tables += sum(1 for _ in body.iter(_W + "tbl"))
            notes += sum(1 for _ in body.iter(_W + "footnoteReference"))
        pages[kind] += count
    return Holds(reports, pages, longest, tables, notes)


def _pages(path: Path) -> int:
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return len(pdf)


def folders(work: Path, count: int) -> dict[str, Path]:
    """Return the folders, written anew below `work`."""
    shutil.rmtree(work / "in", ignore_errors=True)
    made = {name: work / "in" / name for name in (MIXED, PRINTED, ONE)}
    for folder in made.values():
        folder.mkdir(parents=True)
    for path in write_reports(work / "reports", drafts(count)):
        shutil.copyfile(path, made[MIXED] / path.name)
        if path.suffix == ".pdf":
            shutil.copyfile(path, made[PRINTED] / path.name)
    short = (draft for draft in drafts(200) if draft.kind == "pdf" and draft.length < 0.5)
    one = next(path for path in (write_reports(work / "reports", [draft])[0] for draft in short) if _pages(path) == 1)
    shutil.copyfile(one, made[ONE] / one.name)
    return made


@dataclass(frozen=True, slots=True)
class Run:
    """One run: over which folder, and where it writes; `cache` and `out` hold what the run before left, if any."""

    folder: Path
    out: Path
    cache: Path
    work: Path


@dataclass(frozen=True, slots=True)
class Contender:
    """Something that is measured over the folders called `over`; `after` tells that its files have been read before."""

    name: str
    over: tuple[str, ...]
    command: Callable[[Run], list[str]]
    after: bool = False


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.contenders.{name}", *arguments]


def _invoices(python: str, reader: str) -> Callable[[Run], list[str]]:
    def command(run: Run) -> list[str]:
        files = [str(path) for path in sorted(run.folder.glob("*.pdf"))]
        options = ["--exclude-built-in-templates", "--template-folder", str(_TEMPLATE), "--no-color"]
        told = ["--input-reader", reader, "--output-format", "csv", "--output-name", str(run.out)]
        return [python, "-m", "invoice2data", *options, *told, *files]

    return command


def _ours(workers: int, changed: bool = False) -> Callable[[Run], list[str]]:
    def command(run: Run) -> list[str]:
        rules = Setup(run.work, MIXTURE).rules("rules") if changed else []
        return baocao(
            "run", str(run.folder), "-o", str(run.out), "--workers", str(workers), "--lang", "en", "-q", *rules
        )

    return command


FLOOR, OBVIOUS, TWO = "floor: plain text alone", "obvious script", "baocao, two workers"


def contenders(invoice2data: str) -> list[Contender]:
    """Return all contenders; `invoice2data` is a Python that has it, or nothing."""
    made = [
        Contender(FLOOR, (MIXED, PRINTED, ONE), lambda run: _module("floor", str(run.folder))),
        Contender(OBVIOUS, (MIXED, PRINTED, ONE), lambda run: _module("obvious", str(run.folder), str(run.out))),
        Contender("baocao, one worker", (MIXED, PRINTED, ONE), _ours(1)),
        Contender(TWO, (MIXED, PRINTED, ONE), _ours(2)),
        Contender("baocao, second run", (MIXED, ONE), _ours(2), after=True),
        Contender("baocao, one phrase of the rules changed", (MIXED, ONE), _ours(2, changed=True), after=True),
    ]
    if invoice2data:
        for reader in ("pdfium", "pdfplumber"):
            made.insert(-4, Contender(f"invoice2data, {reader}", (PRINTED, ONE), _invoices(invoice2data, reader)))
    return made


def with_invoice2data(given: str) -> str:
    """Return the Python that has invoice2data: the one `given`, else this one, else nothing."""
    if given:
        return given
    return sys.executable if find_spec("invoice2data") else ""
