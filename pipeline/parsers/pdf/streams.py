"""What a PDF would unpack to, told from its bytes before pdfium opens it (ISO 32000-1, 7.3.8 and 7.4).

Dictionaries of streams are always in plain sight: none can lie in an object stream.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from pipeline.parsers.limits import exceeded, limits, require

_STREAM, _END = b"stream", b"endstream"
_DICTIONARY = 4000  # bytes before a stream in which its dictionary is looked for
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]{0,400}\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_OBJECTS = re.compile(rb"/N\s+(\d{1,9})\b")
_GROWTH = {b"FlateDecode": 1032, b"Fl": 1032, b"LZWDecode": 1365, b"LZW": 1365, b"RunLengthDecode": 64, b"RL": 64}
_FLATE = (b"FlateDecode", b"Fl")
_CHUNK = 1_000_000


def check_streams(data: bytes) -> None:
    """Raise ParseError `file.limit` for more objects than `pdf_objects`, or a stream beyond `pdf_stream`.

    Pictures are left out: pdfium unpacks one only where it is drawn, and no further than its pixels.
    """
    objects = data.count(b" obj")
    for dictionary, start, end in _streams(data):
        if b"/ObjStm" in dictionary:
            objects += sum(int(found[1]) for found in _OBJECTS.finditer(dictionary))
        if not _PICTURE.search(dictionary):
            _check_stream(data, _filters(dictionary), start, end)
    require("pdf_objects", objects)


def _streams(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the dictionary of each stream, where it begins and where it ends at the latest."""
    done = 0
    at = data.find(_STREAM)
    while at >= 0:
        start = at + len(_STREAM)
        if data[start : start + 1] in (b"\r", b"\n") and data[at - 3 : at] != b"end":
            start += 2 if data[start : start + 2] == b"\r\n" else 1
            dictionary = data[max(done, at - _DICTIONARY) : at]
            end = data.find(_END, start)
            yield dictionary[dictionary.rfind(b" obj") + 1 :], start, end if end >= 0 else len(data)
            done = start
        at = data.find(_STREAM, start)


def _filters(dictionary: bytes) -> list[bytes]:
    found = _FILTERS.search(dictionary)
    return _NAME.findall(found[1]) if found else []


def _check_stream(data: bytes, filters: list[bytes], start: int, end: int) -> None:
    """Raise ParseError where what the filters make of a stream is beyond the limit; only what may be is unpacked."""
    most, could_be = limits().pdf_stream, end - start
    for name in filters:
        could_be *= _GROWTH.get(name, 1)
    if could_be <= most:
        return
    packers = [name for name in filters if name in _GROWTH]
    if any(name not in _FLATE for name in packers) or len(packers) != len(filters):
        raise exceeded("pdf_stream", could_be)
    if _size(memoryview(data)[start:end], len(packers), most) > most:
        raise exceeded("pdf_stream")


def _size(packed: bytes | memoryview, times: int, most: int) -> int:
    """Return how many bytes are left of data deflated so many `times`, counted until they are more than `most`."""
    stages = [zlib.decompressobj() for _ in range(times)]
    waiting: list[bytes | memoryview] = [packed, *(b"" for _ in range(times - 1))]
    size = 0
    while size <= most:
        at = next((at for at in range(times - 1, -1, -1) if waiting[at] and not stages[at].eof), None)
        if at is None:
            return size
        try:
            unpacked = stages[at].decompress(waiting[at], _CHUNK)
        except zlib.error:  # what is damaged ends here, for pdfium too
            return size
        waiting[at] = stages[at].unconsumed_tail
        if at + 1 < times:
            waiting[at + 1] = bytes(waiting[at + 1]) + unpacked
        else:
            size += len(unpacked)
    return size
