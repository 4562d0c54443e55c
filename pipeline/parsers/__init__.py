"""Parsers: a report file of any format into a Document. Each reader is imported when it is needed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec.structs import replace

from pipeline.model import Document, Problem
from pipeline.parsers.limits import limits, require
from pipeline.parsers.sniff import PRINTED, sniff
from pipeline.parsers.spacing import single_spaced
from pipeline.problems import ParseError

SUFFIXES = frozenset(
    {"docx", "docm", "dotx", "dotm", "doc", "dot", "odt", "ott", "fodt", "rtf", "pdf", "txt", "md", "markdown"}
    | {"html", "htm", "xhtml", "mht", "mhtml", "xlsx", "xlsm", "xls", "ods"}
)
"""The suffixes of the files that are read."""

_REFUSED = frozenset({"pptx", "ppt", "xlsb", "jpg", "jpeg", "png", "tif", "tiff", "heic", "zip", "rar", "7z"})
"""The suffixes of files that may well hold a report, and have a row that says what to do with them."""

_SAME_FORMAT = {"markdown": "md", "docm": "docx", "dotx": "docx", "dotm": "docx", "dot": "doc", "ott": "odt"}
_SAME_FORMAT |= {"htm": "html", "xhtml": "html", "mhtml": "mht", "xlsm": "xlsx"}
OFFICE_SUFFIXES = frozenset({"doc", "dot", "odt", "ott", "fodt", "rtf"})
"""The suffixes of files that are likely to need a conversion, which is cheaper for many at a time."""

_TAKEN_UP = SUFFIXES | _REFUSED
_NO_REPORT = (".", "~$")


def is_report_file(path: Path) -> bool:
    """Tell whether a run over a folder takes `path` for a report, by its name alone.

    Taken up is every file that may hold a report, readable or not, so that none is lost without a word.
    Silently left out: hidden files (`.DS_Store`, the `._name` twins that macOS writes), the `~$name` that
    Word writes while a file is open, and what has another suffix (`Thumbs.db`, `desktop.ini`).
    """
    return is_report_name(path.name)


def is_report_name(name: str) -> bool:
    """Tell the same of a file by the name it has in its folder, which many can be asked for in little time."""
    stem, _, suffix = name.rpartition(".")
    return bool(stem) and suffix.lower() in _TAKEN_UP and not name.startswith(_NO_REPORT)


def parse(path: Path, passwords: Sequence[str] = ()) -> Document:
    """Return the Document of a report file; raise ParseError if it can't be read.

    The content decides what it is read as. Where the suffix says otherwise, the Document says so in a
    problem `file.suffix`. A file with a password is read if one of `passwords` opens it. What a file may hold is
    limited, as `pipeline.parsers.limits` has it.
    """
    data = _bytes_of(path)
    if not data:
        raise ParseError("file.empty")
    suffix = _suffix(path)
    found = sniff(data, suffix)
    try:
        document = _read(data, found, suffix)
    except ParseError as error:
        if error.problem.code != "file.encrypted" or not passwords:
            raise
        data = _unlocked(data, passwords, error)
        found = sniff(data, suffix)
        document = _read(data, found, suffix)
    require("characters", len(document.text))
    if suffix not in SUFFIXES or _SAME_FORMAT.get(suffix, suffix) == found:
        return document
    problem = Problem("file.suffix", (("suffix", suffix), ("format", PRINTED[found])))
    return replace(document, problems=(*document.problems, problem))


@contextmanager
def converted_ahead(paths: Sequence[Path], folder: Path, batch: str = "ahead") -> Iterator[None]:
    """Convert those of `paths` that need it in a few calls; while this lasts `parse` has all of the same `batch`.

    Each file comes out as if it were converted alone. What was converted stays in the subfolder `batch` of `folder`,
    for other processes too, until the caller removes it.
    """
    from pipeline.parsers.office.forms import FORMS
    from pipeline.parsers.office.workshop import workshop

    def jobs() -> Iterator[tuple[bytes, str]]:
        for path in paths:
            with suppress(ParseError):  # reading it for itself will say why
                data = _bytes_of(path)
                found = sniff(data, _suffix(path))
                if found in FORMS:
                    yield data, found

    with workshop(folder, batch) as shop:
        if shop is not None and paths:
            shop.prepare(jobs())
        yield


def _bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, no more of it than its limit; ParseError for what can't be read or is no file."""
    most = limits().file_size
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # reading a pipe would wait for ever
            raise ParseError("file.special")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            require("file_size", size)
            data = file.read(size + 1)  # room is made for as much as is asked for
            if len(data) > size:
                data += file.read(most + 1 - len(data))
    except OSError as error:
        raise ParseError("file.unreadable", reason=error.strerror or type(error).__name__) from error
    require("file_size", len(data))  # it may have grown
    return data


def _unlocked(data: bytes, passwords: Sequence[str], error: ParseError) -> bytes:
    from pipeline.parsers.locks import unlocked

    opened = unlocked(data, passwords)
    if opened is None:
        detail = {**dict(error.problem.detail), "count": str(len(passwords))}
        raise ParseError("file.password", **detail) from error
    require("file_size", len(opened))
    return opened


def _read(data: bytes, found: str, suffix: str) -> Document:
    """Return the Document of `data` in the format `found`; bytes of no format are a damaged `suffix` file."""
    if found == "docx-encrypted":
        raise ParseError("file.encrypted", format=suffix.upper() if suffix in _SHEET_SUFFIXES else "DOCX")
    if found not in READERS:
        raise ParseError("file.format", found=PRINTED[found])
    try:
        return single_spaced(READERS[found](data))
    except ParseError as error:
        if error.problem.code != "file.damaged" or found not in _TEXT or suffix in _TEXT_SUFFIXES:
            raise
        detail = {**dict(error.problem.detail), "format": suffix.upper()}
        raise ParseError("file.damaged", **detail) from error


def _suffix(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _read_docx(data: bytes) -> Document:
    from pipeline.parsers.docx import read_docx

    return read_docx(data)


def _read_pdf(data: bytes) -> Document:
    from pipeline.parsers.pdf import read_pdf

    return read_pdf(data)


def _read_txt(data: bytes) -> Document:
    from pipeline.parsers.plain import read_text

    return read_text(data, markdown=False)


def _read_md(data: bytes) -> Document:
    from pipeline.parsers.plain import read_text

    return read_text(data, markdown=True)


def _read_office(form: str) -> Callable[[bytes], Document]:
    def read(data: bytes) -> Document:
        from pipeline.parsers.office.reading import read_office

        return read_office(data, form)

    return read


def _read_html(data: bytes) -> Document:
    from pipeline.parsers.html import read_html

    return read_html(data)


def _read_mht(data: bytes) -> Document:
    from pipeline.parsers.html import read_mht

    return read_mht(data)


def _read_xlsx(data: bytes) -> Document:
    from pipeline.parsers.xlsx import read_xlsx

    return read_xlsx(data)


def _read_delimited(data: bytes) -> Document:
    from pipeline.parsers.xlsx import read_delimited

    return read_delimited(data)


READERS: dict[str, Callable[[bytes], Document]] = {
    "docx": _read_docx,
    "pdf": _read_pdf,
    "txt": _read_txt,
    "md": _read_md,
    **{form: _read_office(form) for form in ("doc", "odt", "fodt", "rtf")},
    "html": _read_html,
    "mht": _read_mht,
    "xlsx": _read_xlsx,
    "xls": _read_xlsx,
    "ods": _read_xlsx,
    "csv": _read_delimited,
}
"""The reader of each format that can be read; one more format is one more line."""

_SHEET_SUFFIXES = ("xlsx", "xlsm", "xls")
_TEXT = ("txt", "md")
_TEXT_SUFFIXES = (*_TEXT, "markdown", "")
