"""The documents that one file holds: a report, perhaps behind its cover letter or before a further one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.structure.further import find_further
from pipeline.extract.structure.letterhead import Letterhead, read_letterhead
from pipeline.extract.structure.signature import Signature, opens_appendix, read_signature
from pipeline.extract.structure.signing import split_wide
from pipeline.extract.structure.strips import Strip, strips_of
from pipeline.extract.structure.words import StructureWords
from pipeline.model import Document

_MOST = 20


class Part(Struct, frozen=True):
    """One document of a file: letterhead, signature, and its strips below the letterhead, appendices included."""

    letterhead: Letterhead
    signature: Signature
    strips: tuple[Strip, ...]


def read_parts(document: Document, words: StructureWords) -> list[Part]:
    """Return the documents of a file, at least one."""
    strips = tuple(strips_of(document))
    parts = [_read_part(strips, read_letterhead(document.text, strips, words), words)]
    while len(parts) < _MOST:
        last = parts[-1]
        head = find_further(document.text, strips, last.strips, _signed_end(last), words)
        if head is None:
            break
        start = head.strips[0].start
        above = tuple(strip for strip in last.strips if strip.start < start)
        parts[-1] = _read_part(above, last.letterhead, words)
        parts.append(_read_part(tuple(s for s in last.strips if s.start >= start), head, words))
    return parts


def _read_part(strips: tuple[Strip, ...], letterhead: Letterhead, words: StructureWords) -> Part:
    low = letterhead.strips[-1].end if letterhead.strips else 0
    below = tuple(part for strip in strips if strip.start >= low for part in split_wide(strip, words))
    return Part(letterhead, read_signature(below, words), below)


def _signed_end(part: Part) -> int | None:
    return part.signature.strips[-1].end if part.signature.strips else None


def appendix_start(parts: Sequence[Part], words: StructureWords) -> int | None:
    """Return where what is no more the first document begins: its appendix or the second document.

    That is behind the signature, or, where there is none, at the word for an appendix.
    """
    first = parts[0]
    end = _signed_end(first)
    begins = (strip.start for strip in first.strips if (strip.start >= end if end else opens_appendix(strip, words)))
    second = parts[1].letterhead.strips[0].start if len(parts) > 1 else None
    return next(begins, second)
