"""Fields that LibreOffice fills anew when it converts: today's date, and the name that we gave the file."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from pipeline.parsers.archives import ZIP_ERRORS

# LibreOffice writes each field as runs: begin, instruction, separate, result, end.
_FIELD = re.compile(
    rb"<w:instrText[^>]*>\s*(DATE|TIME|FILENAME)\b[^<]*</w:instrText>(?:(?!fldCharType=\"(?:begin|end)\").)*", re.DOTALL
)
_RESULT = re.compile(rb"(<w:t(?:\s[^>]*)?>)[^<]+")
_PARTS = re.compile(r"word/(?:document|header\d+|footer\d+|footnotes|endnotes)\.xml")


def without_present(docx: bytes) -> tuple[bytes, bool]:
    """Return a DOCX of LibreOffice's without the results of such fields, and whether a date was among them.

    What the report showed when it was saved isn't in the DOCX any more: empty is better than today.
    """
    try:
        with ZipFile(BytesIO(docx)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if _PARTS.fullmatch(name)}
            changed = {name: _FIELD.sub(_emptied, part) for name, part in parts.items() if _FIELD.search(part)}
            if not changed:
                return docx, False
            dated = any(found[1] != b"FILENAME" for name in changed for found in _FIELD.finditer(parts[name]))
            return _replaced(archive, changed), dated
    except (*ZIP_ERRORS, ValueError):  # the walk of the DOCX says what is wrong
        return docx, False


def _emptied(field: re.Match[bytes]) -> bytes:
    return _RESULT.sub(rb"\1", field[0])


def _replaced(archive: ZipFile, changed: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as new:
        for name in archive.namelist():
            new.writestr(name, changed.get(name) or archive.read(name))
    return target.getvalue()
