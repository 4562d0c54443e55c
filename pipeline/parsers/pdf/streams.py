"""What a PDF would unpack to, told from its bytes before pdfium reads them (ISO 32000-1, 7.3.8 and 7.4).

What stands in a dictionary is not relied on where the bytes say it themselves: data that inflate are inflated to see
how far, whatever they are called and wherever they are said to end.
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from pipeline.parsers.limits import exceeded, limits, require

_OBJECT, _END_OBJECT = b"obj", b"endobj"
_STREAM, _END = b"stream", b"endstream"
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKERS = re.compile(rb"/(LZWDecode|LZW|RunLengthDecode|RL)\b")
_IN_LETTERS = re.compile(rb"/(?:ASCII85Decode|A85|(ASCIIHexDecode|AHx))\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\s+\d+\s+R)\b")
_OBJECTS = re.compile(rb"/N\s+(\d{1,9})\b")
_GROWTH = {b"L": 1365, b"R": 64}  # by the first letter of what packs
_FLATE_GROWTH = 1032
_CHUNK, _FED = 1_000_000, 1 << 16
_MOST_LAYERS = 8
_PIXEL = 4  # bytes


class _Stream(Struct, frozen=True):
    """A stream: what stands between it and the one before, its dictionary among it, and where it begins and ends."""

    before: bytes
    start: int
    end: int


def check_streams(data: bytes) -> None:
    """Raise ParseError `file.limit` for more objects than `pdf_objects`, or a stream beyond `pdf_stream`.

    A picture may have four bytes for each of `pixels`, and is looked into only if it could have more: pdfium unpacks
    one only where it is drawn. The streams of an encrypted file can't be told: it has to come without its encryption.
    """
    objects = data.count(_OBJECT) - data.count(_END_OBJECT)
    require("pdf_objects", objects)
    for stream in _streams(data):
        said = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), stream.before)
        if b"/ObjStm" in said:
            objects += sum(int(found[1]) for found in _OBJECTS.finditer(said))
        _check_stream(data, stream, said)
    require("pdf_objects", objects)


def _streams(data: bytes) -> Iterator[_Stream]:
    done = 0
    at = data.find(_STREAM)
    while at >= 0:
        start = at + len(_STREAM)
        if data[start : start + 1] in (b"\r", b"\n") and data[at - 3 : at] != b"end":
            start += 2 if data[start : start + 2] == b"\r\n" else 1
            end = data.find(_END, start)
            yield _Stream(data[done:at], start, end if end >= 0 else len(data))
            done = start
        at = data.find(_STREAM, start)


def _check_stream(data: bytes, stream: _Stream, said: bytes) -> None:
    most, is_picture = limits().pdf_stream, bool(_PICTURE.search(said))
    if is_picture:
        most = max(most, _PIXEL * limits().pixels)
    length = max((int(found[1]) for found in _LENGTH.finditer(said)), default=0)
    size = max(stream.end - stream.start, min(length, len(data) - stream.start))
    packed = memoryview(data)[stream.start :]
    in_letters = _IN_LETTERS.search(said)
    if in_letters and size * _FLATE_GROWTH > most:
        packed = memoryview(_from_letters(bytes(packed[:size]), bool(in_letters[1])))
    if inflates(packed[:2]) and not (is_picture and size * _FLATE_GROWTH <= most):
        _check_inflated(packed, most)
    could_be = size
    for name in _PACKERS.findall(said):
        could_be *= _GROWTH[name[:1]]
    if b"/Fl" in said and could_be > size:
        could_be *= _FLATE_GROWTH
    if could_be > max(most, size) and not is_picture:
        raise exceeded("pdf_stream", could_be)


def inflates(head: bytes | memoryview) -> bool:
    """Tell whether data begin as deflated data do (RFC 1950, 2.2)."""
    return len(head) > 1 and head[0] & 0x8F == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _from_letters(letters: bytes, is_hex: bool) -> bytes:
    """Return what letters and digits stand for; nothing where they are damaged."""
    try:
        return (
            bytes.fromhex(letters.partition(b">")[0].decode("ascii"))
            if is_hex
            else a85decode(letters.partition(b"~")[0])
        )
    except ValueError:
        return b""


def _check_inflated(packed: memoryview, most: int) -> None:
    """Raise ParseError where deflated data, or what is deflated in them again, are more than `most` bytes."""
    layer = _Layer(most)
    for at in range(0, len(packed), _FED):
        if layer.ended:
            return
        layer.feed(packed[at : at + _FED])


class _Layer(Struct):
    """Deflated data being inflated, a piece at a time; those that are deflated in them are `inner`."""

    most: int
    depth: int = 1
    size: int = 0
    ended: bool = False
    inner: _Layer | None = None
    _inflater: Any = field(default_factory=zlib.decompressobj)

    def feed(self, packed: bytes | memoryview) -> None:
        """Inflate the next piece; ParseError once there is more than the most."""
        while packed and not self.ended:
            try:
                unpacked = self._inflater.decompress(packed, _CHUNK)
            except zlib.error:  # what is damaged ends here, for pdfium too
                self.ended = True
                return
            packed, self.ended = self._inflater.unconsumed_tail, self._inflater.eof
            if not self.size and inflates(unpacked[:2]) and self.depth < _MOST_LAYERS:
                self.inner = _Layer(self.most, self.depth + 1)
            self.size += len(unpacked)
            if self.size > self.most:
                raise exceeded("pdf_stream")
            if self.inner is not None:
                self.inner.feed(unpacked)
