"""The formats that LibreOffice opens for us, and what can be told of a file before it does."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from msgspec import Struct

from pipeline.parsers.archives import ZIP_ERRORS, check_archive, check_members
from pipeline.parsers.limits import require
from pipeline.parsers.xml import check_part
from pipeline.problems import ParseError


class Form(Struct, frozen=True):
    """A format as `sniff` names it: how its Document calls it, and the suffix and filter LibreOffice needs.

    With the filter given, LibreOffice doesn't guess: it would read a file that it can't make out as plain text.
    """

    format: str
    suffix: str
    filter: str


FORMS = {
    "doc": Form("doc", "doc", "MS Word 97"),
    "odt": Form("odt", "odt", "writer8"),
    "fodt": Form("odt", "fodt", "OpenDocument Text Flat XML"),
    "rtf": Form("rtf", "rtf", "Rich Text Format"),
}
"""Each format that is read through LibreOffice."""

_OLD_FILTER = "MS Word 95"
_ENTRY = "WordDocument\0".encode("utf-16-le")
# [MS-CFB] 2.2 and 2.6: a directory of entries of 128 bytes, the first of which is the root's; each names its
# stream's first sector and size. Streams below 4096 bytes lie in sectors of 64 bytes in the root's own stream.
_ENTRY_SIZE, _START_AT, _SIZE_AT, _SMALL, _SMALL_SHIFT = 128, 0x74, 0x78, 4096, 6
_SHIFT_AT, _DIRECTORY_AT = 30, 48
# [MS-DOC] 2.5.2: wIdent and nFib of Word 97 and later; those of Word 6 and 95 differ by language.
_WORD_97, _FIRST_OF_97, _OLDEST = 0xA5EC, 0xC1, 0x21
_ENCRYPTED = 0x0100
_BINARY = re.compile(rb"(?<!\\)\\bin(\d{1,18})")
_LENGTH_AT = 0x4C  # ccpText, [MS-DOC] 2.5.4


def check(data: bytes, form: str) -> None:
    """Raise ParseError for a file with a password, and for one that holds more than the limits allow."""
    if form == "doc":
        if word_header(data)[1]:
            raise ParseError("file.encrypted", format="DOC")
    elif form == "odt":
        _check_package(data)
    elif form == "fodt":
        _check_flat(data)
    elif form == "rtf":
        _check_rtf(data)


def import_filter(data: bytes, form: str) -> str:
    """Return the name of the filter that LibreOffice has to read `data` with."""
    version = word_header(data)[0] if form == "doc" else 0
    return _OLD_FILTER if 0 < version < _FIRST_OF_97 else FORMS[form].filter


def word_header(data: bytes) -> tuple[int, bool]:
    """Return the version (nFib) that a DOC was written in and whether it is encrypted; 0 if it can't be told."""
    head = _word_head(data)
    return _number(head, 2, 2), bool(_number(head, 10, 2) & _ENCRYPTED)


def word_length(data: bytes) -> int:
    """Return how many characters the body of a DOC of Word 97 or later has, marks included, or 0 if unknown."""
    head = _word_head(data)
    length = _number(head, _LENGTH_AT, 4) if _number(head, 2, 2) >= _FIRST_OF_97 else 0
    return length if length < len(data) else 0


def _word_head(data: bytes) -> bytes:
    """Return the first bytes of the stream that holds the text of a DOC; none where it isn't found."""
    shift = _number(data, _SHIFT_AT, 2)
    at = data.find(_ENTRY)
    while at >= 0 and shift in (9, 12):
        if at % _ENTRY_SIZE == 0:
            head = _first_bytes(data, at, shift)
            if _number(head, 0, 2) == _WORD_97 or _OLDEST <= _number(head, 2, 2) < _FIRST_OF_97:
                return head
        at = data.find(_ENTRY, at + 1)
    return b""


def _first_bytes(data: bytes, entry: int, shift: int) -> bytes:
    """Return how the stream of a directory entry begins; a small one if the root's stream is in one piece."""
    sector = _number(data, entry + _START_AT, 4)
    start = (sector + 1) << shift
    if _number(data, entry + _SIZE_AT, 4) < _SMALL:
        root = (_number(data, _DIRECTORY_AT, 4) + 1) << shift
        start = ((_number(data, root + _START_AT, 4) + 1) << shift) + (sector << _SMALL_SHIFT)
    return data[start : start + _LENGTH_AT + 4]


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def _check_package(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive(archive, data, "ODT")
            check_members(archive, deep=True)
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    except (*ZIP_ERRORS, ValueError) as error:
        raise ParseError("file.damaged", format="ODT", reason=f"ZIP: {error}"[:120]) from error
    if b"encryption-data" in manifest:
        raise ParseError("file.encrypted", format="ODT")


def _check_flat(data: bytes) -> None:
    require("xml_size", len(data))
    check_part(BytesIO(data), deep=True)


def _check_rtf(data: bytes) -> None:
    """Refuse bytes that are announced and missing: LibreOffice would look for them without end."""
    for found in _BINARY.finditer(data):
        if int(found[1]) > len(data) - found.end():
            raise ParseError("file.damaged", format="RTF", reason="bytes are missing")
