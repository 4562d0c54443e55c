"""Further documents of a file: where the letterhead of another one begins, and that a form's blank one is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.structure.address import is_mark
from pipeline.extract.structure.letterhead import Letterhead, read_letterhead
from pipeline.extract.structure.number import is_number_line
from pipeline.extract.structure.signature import opens_appendix
from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords, is_capitals, starts_with

_MOST_TRIES = 60
_MOST_ABOVE = 10  # strips of a letterhead above its motto or number
_NARROW = 80  # characters of a strip in a letterhead
_LETTERHEAD_COLUMNS = 3
_FORM_WITHIN = 12  # strips between «Mẫu số 01» and the letterhead of the form
_BLANK = re.compile(r"\.{3}|…|_{3}|\(\d\)|\[")
_YEAR = 4


class FurtherDocument(Struct, frozen=True):
    """A document behind the first of its file: what its letterhead says, and where; a date is EDTF or empty."""

    start: int
    end: int
    document_type: str
    number: str
    subject: str
    issuer: str
    date: str
    number_span: tuple[int, int] | None
    date_span: tuple[int, int] | None


def further_of(letterhead: Letterhead) -> FurtherDocument:
    """Return the further document that `letterhead` opens."""
    fields, strips = letterhead.fields, letterhead.strips
    return FurtherDocument(
        strips[0].start, strips[-1].end, fields.document_type, fields.number, fields.subject, fields.issuer,
        fields.date, letterhead.number_span, letterhead.date_span,
    )  # fmt: skip


def find_further(
    text: str, lines: Sequence[Strip], strips: Sequence[Strip], signed_end: int | None, words: StructureWords
) -> Letterhead | None:
    """Return the first letterhead of another document among `strips`, which stand below a letterhead.

    `text` and `lines` are all that the document has, the lines as they were before wide ones were split.
    Behind the signature, which ends at `signed_end`, issuer and number line make one, with the motto or a title;
    before it, or without one, a filled number, date and title are asked for too: a guidance shows examples.
    """
    tries = 0
    low = next((at for at, s in enumerate(strips) if signed_end is not None and s.start >= signed_end), len(strips))
    done = 0
    for at, strip in enumerate(strips):
        if at < done or not _tells_head(text, strip, words):
            continue
        tries += 1
        if tries > _MOST_TRIES:
            return None
        first = _first_strip(text, strips, at, low if at >= low else 0, words)
        head = read_letterhead(text, lines, words, strips[first].index)
        if not head.strips or head.strips[0].start < strips[0].start:
            continue
        signed = signed_end is not None and head.strips[0].start >= signed_end
        if _is_document(text, head, signed, first == low, words) and not _is_form(strips, first, head, words):
            return head
        done = max(done, next((to for to in range(at, len(strips)) if strips[to].start >= head.strips[-1].end), at))
    return None


def _tells_head(text: str, strip: Strip, words: StructureWords) -> bool:
    if len(strip.text) > 2 * _NARROW:
        return False
    return is_number_line(text, strip) or _has_motto(strip, words)


def _has_motto(strip: Strip, words: StructureWords) -> bool:
    return bool(words.motto_pattern.search(strip.folded)) and is_capitals(strip.text)


def _first_strip(text: str, strips: Sequence[Strip], at: int, low: int, words: StructureWords) -> int:
    """Return the place of the first strip of the letterhead that the strip at `at` stands in."""
    first = at
    while first > max(low, at - _MOST_ABOVE) and _is_head_like(text, strips[first - 1], words):
        first -= 1
    while first < at and strips[first].is_rule:
        first += 1
    return first


def _is_head_like(text: str, strip: Strip, words: StructureWords) -> bool:
    if len(strip.text) > _NARROW or opens_appendix(strip, words):
        return False
    if strip.text[-1] in ".;:" and not is_number_line(text, strip):
        return False
    known = is_mark(strip, words) or starts_with(strip.folded, words.bodies) or words.motto_pattern.search(strip.folded)
    return bool(known) or is_capitals(strip.text) or is_number_line(text, strip) or _is_dated(strip)


def _is_dated(strip: Strip) -> bool:
    return "ngày" in strip.folded and "tháng" in strip.folded


def _is_document(text: str, head: Letterhead, signed: bool, next_below: bool, words: StructureWords) -> bool:
    """Tell whether a letterhead is whole enough; more is asked for where no signature stands before it."""
    fields = head.fields
    if not (fields.issuer and fields.symbol) or any(s.block.column > _LETTERHEAD_COLUMNS for s in head.strips):
        return False
    motto = any(_has_motto(strip, words) for strip in head.strips)
    titled = bool(fields.subject) and head.dated
    if signed:
        return motto or titled or next_below
    return motto and titled and bool(fields.number and len(fields.date) > _YEAR)


def _is_form(strips: Sequence[Strip], first: int, head: Letterhead, words: StructureWords) -> bool:
    """Tell whether a letterhead is that of a form to be filled in: «TÊN CƠ QUAN», «Mẫu số 01» above blanks."""
    fields = head.fields
    named = starts_with(fields.issuer.lower(), words.placeholders)
    if named or _BLANK.search(fields.issuer) or _BLANK.search(fields.subject) or _BLANK.search(fields.parent_issuer):
        return True
    blank = not fields.number and len(fields.date) <= _YEAR
    return blank and any(opens_appendix(strip, words) for strip in strips[max(0, first - _FORM_WITHIN) : first])
