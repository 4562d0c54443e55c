"""The type of the document and its subject: «BÁO CÁO» with the lines below it, or «V/v …» of a công văn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.extract.structure.address import is_mark
from pipeline.extract.structure.labels import read_label
from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords, is_capitals, one_line, starts_with
from pipeline.model import BlockKind

_ABOUT = re.compile(r"v\s?/\s?v\b\s*[:.]?\s*|vv\s*[:.]\s*", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:[,;:–-]|\b(?:và|của|về|cho|tại|theo|trên|với|năm|tỉnh|các|những))$", re.IGNORECASE)
_MOST_LINES = 10
_PARAGRAPH = 300  # characters of a block that can be no subject
_LINE = 110  # and of a line of a subject that goes on from another block
_NEW_LINE = 75
_NARROW = 60  # and of a line under the number, where the column is narrow


class Title(Struct, frozen=True):
    """Type and subject of a document, the first and last place of their strips, and the subject's span."""

    document_type: str
    subject: str
    span: tuple[int, int] | None
    first: int
    last: int


def find_title(strips: Sequence[Strip], words: StructureWords) -> Title | None:
    """Return the printed type and the subject below it, or None where no type is printed before the body."""
    for at, strip in enumerate(strips):
        if opens_body(strip, words):
            return None
        named = _type_at(strips, at, words)
        if named:
            document_type, last, rest = named
            lines = [rest] if rest else []
            return _title(document_type, at, last, [*lines, *_lines_below(strips, last, bool(lines), words)], strips)
    return None


def find_about(pieces: Sequence[Strip], words: StructureWords) -> Title | None:
    """Return the «V/v …» of a công văn, or None; `pieces` are what motto, number and date leave."""
    for at, piece in enumerate(pieces):
        if _ABOUT.match(piece.text) or piece.folded.startswith("về việc "):
            return _title("Công văn", at, at, list(_column_below(pieces, at, words)), pieces)
    return None


def opens_body(strip: Strip, words: StructureWords) -> bool:
    """Tell whether the body, or its addressee, begins with this strip."""
    if starts_with(strip.folded, words.addresses):
        return True
    if len(strip.text) > _PARAGRAPH:
        return True
    label = read_label(strip.text)
    if label and not label.is_bullet and len(strip.text) > label.end:
        return True
    return bool(starts_with(strip.folded, words.openings)) and strip.text[-1] in ".,;:"


def _title(document_type: str, first: int, last: int, lines: Sequence[Strip], strips: Sequence[Strip]) -> Title:
    subject = one_line(" ".join(line.text for line in lines))
    about = _ABOUT.match(subject)
    subject = subject[about.end() :] if about else subject
    if not lines:
        return Title(document_type, "", None, first, last)
    last = max(last, *(at for at, strip in enumerate(strips) if strip.start <= lines[-1].start))
    return Title(document_type, subject, (lines[0].start, lines[-1].end), first, last)


def _type_at(strips: Sequence[Strip], at: int, words: StructureWords) -> tuple[str, int, Strip | None] | None:
    """Return the type that is printed at a strip, the last strip it takes, and the words after it if any."""
    mark = starts_with(strips[at].folded, words.marks)  # «DỰ THẢO BÁO CÁO»
    strip = strips[at].part(strips[at].start + len(mark), strips[at].end)
    if strip is None:
        return None
    capitals = is_capitals(strip.text)
    if capitals or strip.block.centred or strip.block.bold or strip.block.kind is BlockKind.HEADING:
        whole = words.type_named(strip.text)
        if whole:
            return whole, at, None
    below = strips[at + 1] if at + 1 < len(strips) else None
    if capitals and below and is_capitals(below.text) and len(strip.text) < 20:
        split = words.type_named(strip.text + below.text)
        if split:
            return split, at + 1, None
    head = starts_with(strip.folded, words.type_names)
    if head and is_capitals(strip.text[: len(head)]):
        rest = strip.part(strip.start + len(head), strip.end)
        return words.document_types[head], at, rest
    return None


def _lines_below(strips: Sequence[Strip], at: int, begun: bool, words: StructureWords) -> Iterator[Strip]:
    """Yield the lines of the subject below the type line at `at`; `begun` if it has words on that line."""
    above: Strip | None = strips[at] if begun else None
    for strip in strips[at + 1 : at + 1 + _MOST_LINES]:
        if strip.is_rule:
            if above:
                return
            continue
        if is_mark(strip, words):
            continue
        if _ends_subject(strip, above, strips[at], words):
            return
        yield strip
        if strip.text[-1] == ".":
            return
        above = strip


def _ends_subject(strip: Strip, above: Strip | None, type_line: Strip, words: StructureWords) -> bool:
    """Tell whether a strip below the type line is no more of the subject; `above` is its last line so far."""
    text = strip.text
    if starts_with(strip.folded, words.addresses) or read_label(text):
        return True
    if strip.block.end - strip.block.start > _PARAGRAPH or strip.place != type_line.place:
        return True
    if type_line.block.centred and not strip.block.bold and not strip.block.centred:
        return True
    if above is not None and (text[0] == "(" or (is_capitals(text) and not is_capitals(above.text))):
        return True
    if type_line.block.centred and strip.block.centred:
        return False
    ends = text[-1] in ".:"
    opens = bool(starts_with(strip.folded, words.openings)) and (text[-1] in ".:;," or len(text) > _NARROW)
    if above is None:
        return (len(text) > _LINE and (ends or opens)) or (opens and text[-1] in ".:,;")
    if ends or opens:
        return True
    return strip.index != above.index and not _goes_on(strip, above)


def _goes_on(strip: Strip, above: Strip) -> bool:
    """Tell whether a subject goes on in another block, as its layout, case or the line above promise."""
    if strip.block.centred or (strip.block.bold and above.block.bold):
        return True
    if strip.text[0].islower() or _GOES_ON.search(above.text):
        return len(strip.text) <= _LINE
    return len(strip.text) <= _NEW_LINE


def _column_below(strips: Sequence[Strip], at: int, words: StructureWords) -> Iterator[Strip]:
    """Yield the strip at `at` and those below it in its column, up to the addressee or the body."""
    first = strips[at]
    yield first
    for strip in strips[at + 1 : at + _MOST_LINES]:
        if strip.place != first.place or opens_body(strip, words) or is_capitals(strip.text):
            return
        if strip.is_rule or (strip.index != first.index and (len(strip.text) > _NARROW or strip.text[-1] in ".:;")):
            return
        yield strip
