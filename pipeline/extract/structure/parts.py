"""The documents that one file holds: a report, perhaps behind its cover letter or before a further one."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.structure.letterhead import Letterhead, read_letterhead
from pipeline.extract.structure.signature import Signature, opens_appendix, read_signature
from pipeline.extract.structure.strips import Strip, strips_of
from pipeline.extract.structure.words import StructureWords
from pipeline.model import Document

_MOST = 6
_LETTERHEAD_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file: letterhead, signature, and all strips of the file below the letterhead."""

    letterhead: Letterhead
    signature: Signature
    strips: tuple[Strip, ...] = field(repr=False)


def read_parts(document: Document, words: StructureWords) -> list[Part]:
    """Return the documents of a file, at least one; a further one has a letterhead with issuer and symbol."""
    strips = tuple(strips_of(document, 0, len(document.blocks)))
    parts = [_read_part(document, strips, 0, words)]
    while len(parts) < _MOST:
        after = after_signature(parts[-1])
        if after is None:
            break
        part = _read_part(document, parts[-1].strips, after.index, words)
        if not (part.letterhead.fields.symbol and part.letterhead.fields.issuer) or _in_data_table(part):
            break
        parts.append(part)
    return parts


def _in_data_table(part: Part) -> bool:
    """Tell whether what looks like a letterhead is a table of documents; a letterhead has two or three columns."""
    return any(strip.block.column > _LETTERHEAD_COLUMNS for strip in part.letterhead.strips)


def _read_part(document: Document, strips: tuple[Strip, ...], first: int, words: StructureWords) -> Part:
    letterhead = read_letterhead(document, words, first)
    low = letterhead.strips[-1].end if letterhead.strips else document.blocks[first].start if strips else 0
    below = tuple(strip for strip in strips if strip.start >= low)
    return Part(letterhead, read_signature(below, words), below)


def after_signature(part: Part) -> Strip | None:
    """Return the first strip behind the signature of a document, or None where there is none."""
    if not part.signature.strips:
        return None
    end = part.signature.strips[-1].end
    return next((strip for strip in part.strips if strip.start >= end), None)


def appendix_start(part: Part, words: StructureWords) -> int | None:
    """Return where an appendix or further document begins: behind the signature, or at the word for it."""
    after = after_signature(part)
    if after or part.signature.strips:
        return after.start if after else None
    return next((strip.start for strip in part.strips if opens_appendix(strip, words)), None)
