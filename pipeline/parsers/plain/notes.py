"""Footnotes in plain text: a line `[1] …`, `¹ …` or `[^1]: …`, and the mark in the body that calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import BlockKind
from pipeline.parsers.plain.lines import PAGE_BREAK, TextLine
from pipeline.parsers.plain.paragraphs import join_paragraphs
from pipeline.parsers.plain.wrapping import Wrap, goes_on

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = str.maketrans(_RAISED, "0123456789")
_NOTE = re.compile(rf"\s*(?:\[\^(?P<named>[^\]\s]{{1,20}})\]:|\[(?P<number>\d{{1,3}})\]|(?P<raised>[{_RAISED}]+))\s*")
_MARK = re.compile(
    rf"\s?\[\^(?P<named>[^\]\s]{{1,20}})\](?!:)"
    r"|(?<=\S)\s?\[(?P<number>\d{1,3})\]"
    rf"|(?:(?<=[^\s\d])|(?<=\b(?:19|20)\d\d))(?P<raised>[{_RAISED}]+)"  # behind a year, no power of a number
)
_HINT = re.compile(rf"[\[{_RAISED}]")  # every mark has one of these, few lines do
_AREA = re.compile(r"(?:^|[\s\d(/])(?:[kcdm]?m|ha)$")


class Note(Struct, frozen=True):
    """A footnote: the label that its mark in the body has, its words, and the length of the label in them."""

    label: str
    text: str
    content: int


class Mark(Struct, frozen=True):
    """A mark in a line of the body that calls the note `label`: a span of the line."""

    label: str
    start: int
    end: int


def split_notes(lines: Sequence[TextLine], wrap: Wrap) -> tuple[list[TextLine], list[Note]]:
    """Return the lines of the body, and the footnotes, which may stand at the end or under each page.

    Where a footnote stood in the body, a page break is left, so that the sentence cut there is joined.
    """
    first_of_last = _end_of_body(lines)
    called: set[str] = set()
    body: list[TextLine] = []
    notes: list[TextLine] = []
    before: TextLine | None = None
    for at, line in enumerate(lines):
        if _is_note(line, called, at >= first_of_last):
            notes.append(replace(line, kind=BlockKind.FOOTNOTE))
        elif before and not line.is_blank and goes_on(before, line, wrap):
            notes.append(line)
        else:
            called.update(mark.label for mark in find_marks(line.text))
            body.append(line)
            before = None
            continue
        body.append(TextLine(PAGE_BREAK))
        before = line
    return body, [_note(line) for line in join_paragraphs(notes, wrap)]


def find_marks(text: str) -> list[Mark]:
    """Return what may be marks of footnotes in `text`; the `²` of `27m²` and the `[1]` of a note are none."""
    if _HINT.search(text) is None:
        return []
    return [
        Mark(_label(found), found.start(), found.end())
        for found in _MARK.finditer(text)
        if not (found["raised"] and _AREA.search(text[max(found.start() - 3, 0) : found.start()]))
    ]


def _end_of_body(lines: Sequence[TextLine]) -> int:
    """Return where the last lines begin that are all footnotes."""
    at = len(lines)
    while at and (lines[at - 1].is_blank or _note_label(lines[at - 1])):
        at -= 1
    return at


def _is_note(line: TextLine, called: set[str], is_last: bool) -> bool:
    """Tell whether `line` is a footnote: its mark stands before it, or nothing but notes comes after it."""
    found = _note_label(line)
    return found is not None and (is_last or bool(found["named"]) or _label(found) in called)


def _note_label(line: TextLine) -> re.Match[str] | None:
    """Return the label that `line` begins with as a footnote does, if words follow it."""
    found = _NOTE.match(line.text) if line.is_prose else None
    return found if found and found.end() < len(line.text) else None


def _note(line: TextLine) -> Note:
    found = _NOTE.match(line.text)
    label = _label(found) if found else ""
    mark = f"[{label}] "
    words = line.text[found.end() :] if found else line.text
    return Note(label, mark + words.strip(), len(mark))


def _label(found: re.Match[str]) -> str:
    return (found["named"] or found["number"] or found["raised"]).translate(_LOWERED)
