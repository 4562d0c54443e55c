"""The formats that LibreOffice opens for us, and what can be told of a file before it does."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from pipeline.problems import ParseError


@dataclass(frozen=True, slots=True)
class Form:
    """A format as `sniff` names it: how its Document calls it, and the suffix and filter LibreOffice needs.

    With the filter given, LibreOffice doesn't guess: it would read a file that it can't make out as plain text.
    """

    format: str
    suffix: str
    filter: str


FORMS = {
    "doc": Form("doc", "doc", "MS Word 97"),
    "wordml": Form("doc", "xml", "MS Word 2003 XML"),
    "odt": Form("odt", "odt", "writer8"),
    "fodt": Form("odt", "fodt", "OpenDocument Text Flat XML"),
    "rtf": Form("rtf", "rtf", "Rich Text Format"),
}
"""Each format that is read through LibreOffice."""

_OLD_FILTER = "MS Word 95"
_ENTRY = "WordDocument\0".encode("utf-16-le")
_ENTRY_SIZE, _START_AT, _SECTOR_SHIFT_AT = 128, 0x74, 30  # [MS-CFB] 2.6.1, 2.2
_WORD = {0xA5EC, 0xA5DC}  # [MS-DOC] 2.5.2: wIdent of Word 97 and of Word 6 and 95
_FIRST_OF_97 = 0xC1
_ENCRYPTED = 0x0100


def check(data: bytes, form: str) -> None:
    """Raise ParseError for a file with a password, and for a ZIP that would fill the disk."""
    if form == "doc":
        if word_header(data)[1]:
            raise ParseError("file.encrypted", format="DOC")
    elif form == "odt":
        _check_package(data)


def import_filter(data: bytes, form: str) -> str:
    """Return the name of the filter that LibreOffice has to read `data` with."""
    version = word_header(data)[0] if form == "doc" else 0
    return _OLD_FILTER if 0 < version < _FIRST_OF_97 else FORMS[form].filter


def word_header(data: bytes) -> tuple[int, bool]:
    """Return the version (nFib) that a DOC was written in and whether it is encrypted; 0 if it can't be told.

    The directory of an OLE file is a row of entries of 128 bytes, which name the first sector of a stream.
    """
    shift = int.from_bytes(data[_SECTOR_SHIFT_AT : _SECTOR_SHIFT_AT + 2], "little")
    at = data.find(_ENTRY)
    while at >= 0 and shift in (9, 12):
        if at % _ENTRY_SIZE == 0:
            sector = int.from_bytes(data[at + _START_AT : at + _START_AT + 4], "little")
            head = data[(sector + 1) << shift :][:12]
            if int.from_bytes(head[:2], "little") in _WORD:
                flags = int.from_bytes(head[10:12], "little")
                return int.from_bytes(head[2:4], "little"), bool(flags & _ENCRYPTED)
        at = data.find(_ENTRY, at + 1)
    return 0, False


def _check_package(data: bytes) -> None:
    from pipeline.parsers.docx.package import ZIP_ERRORS, is_bomb

    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            manifest = b""
            if not is_bomb(members, len(data)) and "META-INF/manifest.xml" in archive.namelist():
                manifest = archive.read("META-INF/manifest.xml")
    except (*ZIP_ERRORS, ValueError) as error:
        raise ParseError("file.damaged", format="ODT", reason=f"ZIP: {error}"[:120]) from error
    if is_bomb(members, len(data)):
        raise ParseError("file.damaged", format="ODT", reason="ZIP: unpacks to far more than a report")
    if b"encryption-data" in manifest or any(member.flag_bits & 1 for member in members):
        raise ParseError("file.encrypted", format="ODT")
