"""The letterhead: who issued the report, under what number, where and when, and what it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct, field

from pipeline.extract.structure.address import after_address, is_mark
from pipeline.extract.structure.issuer import read_issuer
from pipeline.extract.structure.number import OwnNumber, read_number
from pipeline.extract.structure.place_date import PlaceDate, read_place_date
from pipeline.extract.structure.strips import Strip, without
from pipeline.extract.structure.title import Title, find_about, find_title, opens_body
from pipeline.extract.structure.words import StructureWords
from pipeline.model import ReportFields
from pipeline.text.fold import fold

Span = tuple[int, int]

_MOST_BLOCKS = 60
_TO_LINE_END = re.compile(r"[ .*-]*(?:[\n\t]|$)")
_SENT_WITH = re.compile(r"\(?\s*(?:ban hành )?kèm theo\b")
_SENT_NUMBER = re.compile(r"(?<!\w)số\s")
_SENT_DATE = re.compile(r"(?<!\w)ngày\s")


class Letterhead(Struct, frozen=True):
    """What the letterhead says, and where; its strips reach from the first block up to the opening.

    `dated` tells whether it has a place and date line, be it blank.
    """

    fields: ReportFields = field(default_factory=ReportFields)
    number_span: Span | None = None
    date_span: Span | None = None
    subject_span: Span | None = None
    dated: bool = False
    strips: tuple[Strip, ...] = ()


class _Boxes(Struct, frozen=True):
    """The strips above the title, with the number and date found in them, and what of them is neither."""

    number: OwnNumber | None
    dated: PlaceDate | None
    pieces: list[Strip]


def read_letterhead(text: str, lines: Sequence[Strip], words: StructureWords, first: int = 0) -> Letterhead:
    """Return the letterhead that begins at the block `first` of a document, empty where there is none.

    `text` and `lines` are all that the document has.
    Its boxes may come in any order, side by side or one below the other (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    low, high = (bisect_left(lines, block, key=lambda strip: strip.index) for block in (first, first + _MOST_BLOCKS))
    strips = lines[low:high]
    title = find_title(strips, words)
    body = title.last + 1 if title else _before_body(strips, words)
    boxes = _read_boxes(text, strips[: title.first if title else body], words)
    end = after_address(strips, body, words)
    title = title or find_about(boxes.pieces, words)
    number, dated = boxes.number, boxes.dated
    if not (number or dated):
        number, dated = _sent_with(text, strips[: end + 3], words)
        if number or dated:
            boxes.pieces.clear()
    if not (title or number or dated):
        return Letterhead()
    if not title and end == body:
        end = _last_covered(strips, number, dated)
    return Letterhead(
        _fields(number, dated, title, [p for p in boxes.pieces if p.start < strips[end - 1].end], words),
        number.span if number else None,
        dated.span if dated else None,
        title.span if title else None,
        dated is not None,
        tuple(strips[:end]),
    )


def _before_body(strips: Sequence[Strip], words: StructureWords) -> int:
    return sum(1 for _ in takewhile(lambda strip: not opens_body(strip, words), strips))


def _read_boxes(text: str, strips: Sequence[Strip], words: StructureWords) -> _Boxes:
    number = read_number(text, strips, words)
    covered = list(number.covers) if number else []
    covered += _mottos(text, strips, words)
    dated = read_place_date(text, strips, covered)
    if dated:
        covered.append(dated.covers)
    covered.sort()
    pieces = [piece for strip in strips for piece in without(strip, covered)]
    return _Boxes(number, dated, [piece for piece in pieces if not is_mark(piece, words)])


def _mottos(text: str, strips: Sequence[Strip], words: StructureWords) -> Iterator[Span]:
    """Yield where the mottos stand: each to the end of its line, for «ĐOÀN TNCS … TỈNH X» is an issuer."""
    if not strips:
        return
    first = strips[0].start
    region = fold(text[first : strips[-1].end])
    for found in words.motto_pattern.finditer(region):
        if _TO_LINE_END.match(region, found.end()):
            yield first + found.start(), first + found.end()


def _sent_with(text: str, strips: Sequence[Strip], words: StructureWords) -> tuple[OwnNumber | None, PlaceDate | None]:
    """Return number and date of the «(Kèm theo Báo cáo số … ngày …)» line of a detached appendix."""
    for strip in strips:
        if not _SENT_WITH.match(strip.folded):
            continue
        found = _SENT_NUMBER.search(strip.folded), _SENT_DATE.search(strip.folded)
        parts = [strip.part(strip.start + f.start(), strip.end) if f else None for f in found]
        number = read_number(text, [parts[0]], words) if parts[0] else None
        dated = read_place_date(text, [parts[1]], []) if parts[1] else None
        return number, dated
    return None, None


def _last_covered(strips: Sequence[Strip], number: OwnNumber | None, dated: PlaceDate | None) -> int:
    """Return the place behind the last strip that number and date stand in."""
    ends = [end for _, end in (number.covers if number else ())] + ([dated.covers[1]] if dated else [])
    return 1 + max(at for at, strip in enumerate(strips) if strip.start < max(ends))


def _fields(
    number: OwnNumber | None,
    dated: PlaceDate | None,
    title: Title | None,
    pieces: Sequence[Strip],
    words: StructureWords,
) -> ReportFields:
    parent, issuer = read_issuer(pieces, words)
    symbol = number.symbol if number else ""
    printed = title.document_type if title else ""
    return ReportFields(
        number=number.number if number else "",
        symbol=symbol,
        document_type=printed or words.type_of_code(symbol) or ("Công văn" if symbol else ""),
        subject=title.subject if title else "",
        parent_issuer=parent,
        issuer=issuer,
        place=dated.place if dated else "",
        date=dated.date if dated else "",
    )
