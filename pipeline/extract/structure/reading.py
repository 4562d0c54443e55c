"""The structure of a report: a Document in, its letterhead, sections, sentences and signature out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.structure.further import FurtherDocument, further_of
from pipeline.extract.structure.headings import Heading, find_headings
from pipeline.extract.structure.labels import read_label
from pipeline.extract.structure.letterhead import Letterhead
from pipeline.extract.structure.parts import Part, appendix_start, read_parts
from pipeline.extract.structure.pieces import in_pieces
from pipeline.extract.structure.place_date import PlaceDate, read_place_date
from pipeline.extract.structure.sections import Section, build_sections
from pipeline.extract.structure.sentences import Sentence, split_sentences, stripped
from pipeline.extract.structure.signature import Signature
from pipeline.extract.structure.strips import MARGINS, Strip
from pipeline.extract.structure.words import StructureWords
from pipeline.model import Block, BlockKind, Document, ReportFields

Span = tuple[int, int]

_WHOLE = (BlockKind.CELL, BlockKind.LETTERHEAD, BlockKind.SIGNATURE, BlockKind.HEADER, BlockKind.FOOTER)
_BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_DATED_ABOVE = 3  # strips above the signature where place and date may stand
_OPENING_BLOCKS = 12


class Structure(Struct, frozen=True):
    """What a report is made of. Spans are offsets into the document's text, None where there is no such part.

    `document` has the given text, its blocks told apart as letterhead, heading and signature too, and what is too long
    for a paragraph `in_pieces`. `fields`
    lack period and basis, which are read from the items found. `number_span` is of digits and symbol and is
    None where the number is blank, as is `date_span` where the date is. `opening_span` is what stands between
    the title and the first section. What begins at `appendix_start` is an appendix or another document; those
    are `further`.
    """

    document: Document
    fields: ReportFields
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    number_span: Span | None = None
    date_span: Span | None = None
    subject_span: Span | None = None
    opening_span: Span | None = None
    letterhead_span: Span | None = None
    recipients_span: Span | None = None
    signature_span: Span | None = None
    appendix_start: int | None = None
    further: tuple[FurtherDocument, ...] = ()


def read_structure(document: Document, words: StructureWords) -> Structure:
    """Return the structure of a report; a part that it does not have is left empty.

    Of several documents in one file the first gives the fields. What is too long for a paragraph is read `in_pieces`.
    """
    document = in_pieces(document)
    parts = read_parts(document, words)
    letterhead, signature = parts[0].letterhead, parts[0].signature
    appendix = appendix_start(parts, words)
    dated = None if letterhead.dated else _date_below(document.text, parts[0])
    blocks: Sequence[Block] = document.blocks
    for part in parts:
        blocks = _told_apart(document.text, blocks, part.letterhead.strips, BlockKind.LETTERHEAD)
        blocks = _told_apart(document.text, blocks, part.signature.strips, BlockKind.SIGNATURE)
    headings = find_headings(document.text, blocks, words)
    ends = [*_body_ends(parts, appendix), len(document.text)]
    sections = _sections(headings, ends, words)
    blocks = _with_headings(blocks, headings, sections)
    head_end = letterhead.strips[-1].end if letterhead.strips else 0
    return Structure(
        replace(document, blocks=tuple(blocks)),
        _fields(letterhead, signature, dated),
        sections,
        tuple(_sentences(document.text, blocks, headings, sections, words)),
        letterhead.number_span,
        dated.span if dated else letterhead.date_span,
        letterhead.subject_span,
        _opening(document.text, blocks, sections, head_end, ends[0]),
        _span(letterhead.strips),
        signature.recipients_span,
        signature.signature_span,
        appendix,
        tuple(further_of(part.letterhead) for part in parts[1:]),
    )


def _span(strips: Sequence[Strip]) -> Span | None:
    return (strips[0].start, strips[-1].end) if strips else None


def _fields(letterhead: Letterhead, signature: Signature, dated: PlaceDate | None) -> ReportFields:
    fields = replace(
        letterhead.fields,
        recipients=signature.recipients,
        signer=signature.name,
        signer_title=signature.title,
        signer_authority=signature.authority,
    )
    return replace(fields, place=dated.place, date=dated.date) if dated else fields


def _date_below(text: str, part: Part) -> PlaceDate | None:
    """Return place and date from above the signature, where some reports have them."""
    signing = part.signature.strips
    if not signing:
        return None
    at = part.strips.index(signing[0])
    return read_place_date(text, part.strips[max(0, at - _DATED_ABOVE) : at + len(signing)], [])


def _told_apart(text: str, blocks: Sequence[Block], strips: Sequence[Strip], kind: BlockKind) -> list[Block]:
    """Return `blocks` with those made `kind` that `strips` reach over; not one they share with other text."""
    span = _span(strips)
    if span is None:
        return list(blocks)
    return [
        replace(block, kind=kind) if _inside(text, block, span) and block.kind not in MARGINS else block
        for block in blocks
    ]


def _inside(text: str, block: Block, span: Span) -> bool:
    if block.end < span[0] or span[1] < block.start:
        return False
    return all(span[0] <= low and high <= span[1] for low, high in stripped(text, block.start, block.end))


def _body_ends(parts: Sequence[Part], appendix: int | None) -> list[int]:
    """Return where the body of each document ends: at its signature, at its appendix, where the next begins."""
    ends = {part.signature.strips[0].start for part in parts if part.signature.strips}
    ends.update(part.letterhead.strips[0].start for part in parts[1:])
    if appendix is not None and not parts[0].signature.strips:
        ends.add(appendix)
    return sorted(ends)


def _sections(headings: Sequence[Heading], ends: Sequence[int], words: StructureWords) -> tuple[Section, ...]:
    """Return the sections of the text up to each of `ends`, nested anew after each."""
    sections: list[Section] = []
    for low, high in pairwise([0, *ends]):
        inside = [heading for heading in headings if low <= heading.start < high]
        sections += build_sections(inside, high, words)
    return tuple(sections)


def _with_headings(blocks: Sequence[Block], headings: Sequence[Heading], sections: Sequence[Section]) -> list[Block]:
    """Return `blocks` with headings as such, at the level of their section; a style alone makes none."""
    levels = {
        index: section.level
        for heading, section in zip(headings, sections, strict=True)
        for index in range(heading.first, heading.last + 1)
        if not heading.run_in
    }
    told: list[Block] = []
    for index, block in enumerate(blocks):
        if index in levels:
            block = replace(block, kind=BlockKind.HEADING, level=levels[index])
        elif block.kind is BlockKind.HEADING:
            block = replace(block, kind=BlockKind.PARAGRAPH, level=0)
        told.append(block)
    return told


def _opening(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], head_end: int, body_end: int
) -> Span | None:
    """Return the span up to the first section; where there is none, up to the block ending in a colon."""
    body = [b for b in blocks if head_end <= b.start < body_end and b.kind not in MARGINS]
    if sections and sections[0].start < body_end:
        body = [block for block in body if block.start < sections[0].start]
    else:
        ends = [at for at, b in enumerate(body[:_OPENING_BLOCKS], 1) if text[b.start : b.end].rstrip().endswith(":")]
        body = body[: ends[0] if ends else 1]
    return (body[0].start, body[-1].end) if body else None


def _sentences(
    text: str,
    blocks: Sequence[Block],
    headings: Sequence[Heading],
    sections: Sequence[Section],
    words: StructureWords,
) -> Iterator[Sentence]:
    """Yield the sentences of every block, in order; those of a footnote belong to the section of its mark."""
    starts = [section.start for section in sections]
    rests = {heading.last: heading.rest for heading in headings if heading.run_in}
    for index, block in enumerate(blocks):
        place = block.start if block.anchor is None else block.anchor
        at = bisect_right(starts, place) - 1
        section = at if at >= 0 and place < sections[at].end else -1
        for start, end, kind in _spans(text, block, rests.get(index), words):
            yield Sentence(start, end, index, section, kind)


def _spans(text: str, block: Block, rest: int | None, words: StructureWords) -> Iterator[tuple[int, int, str]]:
    """Yield the sentences of a block and the kind of each; `rest` is where a heading that runs in ends."""
    kind = "body" if block.kind in _BODY else block.kind.value
    if block.kind in _WHOLE:
        yield from ((low, high, kind) for low, high in stripped(text, block.start, block.end))
        return
    label = read_label(text[block.start : min(block.end, block.start + 60)])
    start = max(block.content, block.start + (label.end if label else 0))
    if rest is not None:
        yield from ((low, high, BlockKind.HEADING.value) for low, high in stripped(text, start, rest))
        start = rest
    if block.kind is BlockKind.HEADING:
        yield from ((low, high, kind) for low, high in stripped(text, start, block.end))
    else:
        yield from ((low, high, kind) for low, high in split_sentences(text, start, block.end, words))
