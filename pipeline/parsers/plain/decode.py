"""Bytes of a text file into characters: which encoding it is, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from pipeline.problems import ParseError
from pipeline.text.clean import clean
from pipeline.text.gate import decode_legacy
from pipeline.text.syllables import valid_share

# Longest first: the UTF-32 mark begins with the UTF-16 mark.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 8192
_LONGEST_UTF8 = 4
_MOST_CONTROLS = 0.005
_MOST_UNREADABLE = 0.02

# Tab, line ends, form feed and the end mark of DOS files are text; all other control characters are not.
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def bytes_to_text(data: bytes, name: str) -> str:
    """Return the characters of a text file; ParseError `file.damaged` of format `name` if it is none."""
    text = _decode(data)
    if len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise ParseError("file.damaged", format=name, reason="binary data, not text")
    if text.count("\ufffd") > _MOST_UNREADABLE * len(text):
        raise ParseError("file.damaged", format=name, reason="bytes of no known encoding")
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if wide := _wide_encoding(data):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) - error.start < _LONGEST_UTF8:
            return data[: error.start].decode("utf-8")
    return max(_candidates(data), key=lambda text: valid_share(decode_legacy(text)))


def _wide_encoding(data: bytes) -> str:
    """Return the byte order of UTF-16 without its mark, by where the zero bytes of ASCII stand, or ""."""
    sample = data[: min(_SAMPLE, len(data) // 2 * 2)]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) * 5 < len(sample) or min(high, low) * 20 > max(high, low) or not sample:
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _candidates(data: bytes) -> Iterator[str]:
    """Yield readings of bytes that are not clean UTF-8; the one with most possible syllables is taken.

    The bytes of TCVN3 and VNI are those of Windows-1252; what they print is read later, as it is in all files.
    """
    yield data.decode("utf-8", errors="replace")
    yield clean(data.decode("cp1258", errors="replace"))
    yield data.decode("cp1252", errors="replace")
