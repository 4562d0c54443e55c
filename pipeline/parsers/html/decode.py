"""Bytes of an HTML file into characters: what it says of its encoding is believed only where it fits."""

from __future__ import annotations

import codecs
import re

from pipeline.parsers.plain.decode import bytes_to_text
from pipeline.problems import ParseError
from pipeline.text.clean import clean
from pipeline.text.syllables import valid_share

_HEAD = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_JUDGED = 100_000  # characters that tell one encoding from another
_UNICODE = ("utf", "ucs", "unicode")
# What HTML calls by these names is what Windows made of them (WHATWG Encoding, 4.2).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def bytes_to_html(data: bytes, charset: str = "") -> str:
    """Return the characters of an HTML file, NUL left out; `charset` is what its envelope calls it.

    A byte order mark and clean UTF-8 beat what the file says of itself; what it says is weighed against the
    usual Vietnamese encodings by the share of possible syllables. ParseError `file.damaged` if it is no text.
    """
    name = charset or _declared(data)
    found = _codec(name)
    if not found or _is_unicode(data):
        return bytes_to_text(data, "HTML").replace("\0", "")
    said = data.decode(found, errors="replace").replace("\0", "")
    try:
        other = bytes_to_text(data, "HTML").replace("\0", "")
    except ParseError:
        return said
    return max((said, other), key=_share)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def _codec(name: str) -> str:
    """Return the name of Python's codec for an 8-bit encoding that a file names, or ""."""
    try:
        known = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):  # a name with a NUL in it is no name
        return ""
    return "" if known.startswith(_UNICODE) else _MEANT.get(known, known)


def _is_unicode(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:_HEAD]:
        return True
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _share(text: str) -> float:
    return valid_share(clean(_TAG.sub(" ", text[:_JUDGED])))
