"""A Document as bytes and back: typed data that is checked when it is read, and nothing that could run."""

from __future__ import annotations

import zlib
from array import array

import msgspec

from pipeline.model import Block, DigitalSignature, Document, Line, Page, Problem

_LEVEL = 1  # of zlib: half of the time that 6 takes, for a seventh more on the disk


class _Line(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A Line with its numbers as the bytes of their arrays."""

    start: int
    end: int
    page: int
    top: float
    bottom: float
    edges: bytes
    confidence: bytes


class _Kept(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A Document, field by field."""

    text: str
    format: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    lines: tuple[_Line, ...]
    text_source: str
    problems: tuple[Problem, ...]
    signatures: tuple[DigitalSignature, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Kept)


def pack(document: Document) -> bytes | None:
    """Return `document` as bytes, or None where it holds what UTF-8 can't, such as half a surrogate pair."""
    kept = _Kept(
        document.text,
        document.format,
        document.blocks,
        document.pages,
        tuple(_packed(line) for line in document.lines),
        document.text_source,
        document.problems,
        document.signatures,
    )
    try:
        return zlib.compress(_ENCODER.encode(kept), _LEVEL)
    except (ValueError, TypeError, OverflowError):
        return None


def unpack(data: bytes) -> Document | None:
    """Return the Document that `pack` made `data` of, or None if it didn't."""
    try:
        kept = _DECODER.decode(zlib.decompress(data))
        lines = tuple(_unpacked(line) for line in kept.lines)
    except (zlib.error, msgspec.MsgspecError, ValueError):
        return None
    return Document(
        kept.text, kept.format, kept.blocks, kept.pages, lines, kept.text_source, kept.problems, kept.signatures
    )


def _packed(line: Line) -> _Line:
    edges, confidence = line.edges.tobytes(), line.confidence.tobytes()
    return _Line(line.start, line.end, line.page, line.top, line.bottom, edges, confidence)


def _unpacked(line: _Line) -> Line:
    edges, confidence = array("f", line.edges), array("f", line.confidence)
    return Line(line.start, line.end, line.page, line.top, line.bottom, edges, confidence)
