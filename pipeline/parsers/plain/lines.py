"""A line of plain text on its way to becoming a block, and what can be said of it by itself."""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.model import BlockKind
from pipeline.parsers.labels import typed_label

# `clean` leaves neither of these in a text, so they can stand for what is no character of it.
PAGE_BREAK = "\f"
LINE_END_INSIDE = "\v"


class TextLine(Struct, frozen=True):
    """One line, or one paragraph once lines are joined: its text with the indent, and what is known of it.

    `cells` are the cells of a table row, the row `row` of the file's table `table`, both from 1; its `text`
    is then not read. `final` says that the writer ended the line here, whatever its length.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    bold: bool = False
    final: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0
    row: int = 0

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is printed on the line; a page break is blank too."""
        return not self.cells and (not self.text or self.text.isspace())

    @property
    def is_page_break(self) -> bool:
        """Tell whether a page ends here."""
        return self.text == PAGE_BREAK

    @property
    def is_prose(self) -> bool:
        """Tell whether the line may be part of a longer paragraph: no heading, cell or letterhead line."""
        return self.kind in _PROSE and not self.cells and not self.is_blank


_PROSE = (BlockKind.PARAGRAPH, BlockKind.FOOTNOTE)

_CLOSERS = "\"'”’»)\\]}"
_NOTE_MARK = r"(?:\[\^?\w{1,3}\]|[¹²³⁰⁴-⁹]+)?"
_SENTENCE_END = re.compile(rf"[.:;?!…][{_CLOSERS}]*{_NOTE_MARK}\s*$")
_FULL_STOP = re.compile(rf"[.?!…][{_CLOSERS}]*{_NOTE_MARK}\s*$")
_GLUED_END = re.compile(r"(?:\d-|[A-ZĐ]-|/)$")
_GLUED_START = re.compile(r"[-/][A-ZĐ]")
_WAITS_FOR_NUMBER = re.compile(r"\b(?:năm|tháng|ngày|quý|số|khoản|điểm|điều|trên|gần|hơn)$", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"""[^\w(\[“"‘«]*[(\[“"‘«]?(\w)""")


def ends_sentence(text: str) -> bool:
    """Tell whether `text` ends as a sentence or a clause of a list does: `.`, `:`, `;`, `?`, `!` or `…`."""
    return bool(_SENTENCE_END.search(text[-20:]))


def ends_with_full_stop(text: str) -> bool:
    """Tell whether `text` ends as a sentence does, after which nothing need follow."""
    return bool(_FULL_STOP.search(text[-20:]))


def starts_lower(text: str) -> bool:
    """Tell whether the first thing in `text` is a lower-case letter, quoted or bracketed perhaps."""
    first = _FIRST_LETTER.match(text)
    return first is not None and first[1].islower() and not typed_label(text)


def is_capitals(text: str) -> bool:
    """Tell whether `text` is set in capitals throughout, as titles, letterheads and signatures are."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def is_cut_short(before: str, after: str) -> bool:
    """Tell whether `after` goes on with a symbol or a date that `before` breaks off in."""
    if _GLUED_END.search(before[-2:]) and after[:1].isupper():
        return True
    return after[:1].isdigit() and bool(_WAITS_FOR_NUMBER.search(before[-10:]))


def glue(before: str, after: str) -> str:
    """Return two parts of a paragraph as one: with a space, but none inside `212/QĐ-` `UBND`."""
    before, after = before.rstrip(), after.strip()
    inside = _GLUED_END.search(before[-2:]) and (after[:1].isupper() or after[:1].isdigit())
    return before + after if inside or _goes_on_with_symbol(before, after) else f"{before} {after}"


def _goes_on_with_symbol(before: str, after: str) -> bool:
    return before[-1:].isalnum() and bool(_GLUED_START.match(after))
