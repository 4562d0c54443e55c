"""Blanks of a printed line, such as «Số:      /BC-SNV» and «ngày      tháng», filled with what was stamped there.

A stamp is set in its own font, larger or smaller, and some points off the line. What fills a blank becomes part of
the line and takes up all of the blank; the dots that were to be written on go.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from msgspec import Struct

from pipeline.parsers.pdf.annotations import Carrier, Stamp
from pipeline.parsers.pdf.characters import Character
from pipeline.parsers.pdf.rows import Row, characters_to_rows, row_of

# Shares of the size.
_MIDDLE = 0.33  # of a letter, above its baseline
_OFF_LINE = 0.8  # a stamp's middle from its line's
_BESIDE = 1.5  # a stamp's middle from its blank
_LONGEST = 7.0  # a blank with words after it, and how far in a stamp may begin
_NEAR = 3.0  # a stamp from the label that it follows at the end of a line
_OVERLAP = 0.4
_APART = 1.2  # two pieces of one stamp
_LEAST = 0.1  # room for a number
_SPACE = 0.25
_SQUEEZED = 0.05  # points

_LEADERS = "….·․‥_"
_SURE_LEADERS = "…‥_"
_LEAST_LEADERS = 3  # an ellipsis counts as so many
_CONTEXT = 12  # letters before and after a blank that are looked at
_TIGHT_BEFORE, _TIGHT_AFTER = "/-–(", "/-–.,;)"


class _Blank(NamedTuple):
    """A blank known by its words: what stands right before it, what is written in, what stands right after it."""

    before: re.Pattern[str]
    filling: re.Pattern[str]
    after: re.Pattern[str]


def _blank(before: str, filling: str, after: str) -> _Blank:
    return _Blank(re.compile(rf"(?:{before})\Z"), re.compile(filling), re.compile(rf"(?:{after}|\Z)"))


# Without spaces and leaders, in small letters. Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3 and II.4.
_BLANKS = (
    _blank(r"(?<![^\W\d_])số[:.]?", r"\d{1,6}[a-zđ]?(?:[/-].*)?", r"[/–-]"),
    _blank(r"ngày", r"\d{1,2}", r"tháng|/"),
    _blank(r"tháng|ngày\d{1,2}/", r"\d{1,2}", r"năm|/"),
    _blank(r"năm", r"\d{4}", r"\D"),
    _blank(r"năm20|năm2", r"\d{1,3}", r"\D"),
)


class _Line(Struct):
    """A printed row that is being filled: its letters, and apart from them its spaces and leaders."""

    letters: list[Character]
    leaders: list[Character]
    base: float
    size: float

    def blank(self, at: int) -> tuple[float, float]:
        """Return the edges of the space before the letter at index `at`; the line is open on both sides."""
        left = self.letters[at - 1].right if at else -inf
        return left, self.letters[at].left if at < len(self.letters) else inf


class _Place(NamedTuple):
    """Where a piece belongs, before the letter at index `at`; the smallest fits best."""

    is_guess: bool
    off: float
    off_line: float
    at: int
    line: _Line


class Filled(NamedTuple):
    """The characters of a page whose blanks were filled, and for each stamp its rows that fill none."""

    characters: Sequence[Character]
    rest: list[tuple[Stamp, list[Row]]]


def fill_blanks(characters: Sequence[Character], stamps: Iterable[Stamp]) -> Filled:
    """Return `characters` with those of `stamps` set into the blanks where they stand."""
    lines = [_to_line(row) for row in characters_to_rows(characters)]
    added: list[Character] = []
    gone: set[Character] = set()
    rest = []
    for stamp in stamps:
        left_over: list[Row] = []
        for row in characters_to_rows(stamp.characters):
            pieces = list(_pieces(row))
            unfit = [piece for piece in pieces if not _fit(piece, stamp, lines, added, gone)]
            left_over += unfit if len(unfit) < len(pieces) else [row]
        rest.append((stamp, left_over))
    return Filled([*(c for c in characters if c not in gone), *added] if added else characters, rest)


def _to_line(row: Row) -> _Line:
    printed = [c for c in row.characters if c.text != " "]
    leaders = [c for at, c in enumerate(printed) if _is_leader(printed, at, row.size)]
    held = set(leaders)
    spaces = [c for c in row.characters if c.text == " "]
    return _Line([c for c in printed if c not in held], leaders + spaces, row.base, row.size)


def _is_leader(printed: Sequence[Character], at: int, size: float) -> bool:
    """Tell a dot to be written on: one of several, not the stop after a word."""
    one = printed[at]
    if one.text not in _LEADERS or one.text in _SURE_LEADERS:
        return one.text in _SURE_LEADERS
    beside = printed[max(at - 1, 0) : at + 2]
    return sum(c.text in _LEADERS and abs(c.left - one.left) < size for c in beside) > 1


def _pieces(row: Row) -> Iterator[Row]:
    """Yield the parts of a stamp's row that stand apart from each other."""
    piece: list[Character] = []
    for character in row.characters:
        if character.text == " ":
            piece += [character] if piece else []
            continue
        printed = [c for c in piece if c.text != " "]
        if printed and character.left - printed[-1].right > _APART * row.size:
            yield Row(piece, row.base, row.size)
            piece = []
        piece.append(character)
    last = row_of(piece)
    if last:
        yield last


def _fit(piece: Row, stamp: Stamp, lines: Iterable[_Line], added: list[Character], gone: set[Character]) -> bool:
    """Set a piece into the blank that it stands in; tell whether there is one."""
    places = [place for line in lines if _is_level(piece, line) for place in _places(piece, stamp, line)]
    if not places:
        return False
    place = min(places, key=lambda p: p[:3])
    added += _set(piece, place, gone)
    return True


def _is_level(piece: Row, line: _Line) -> bool:
    return _off_line(piece, line) <= _OFF_LINE * max(min(piece.size, 2 * line.size), line.size)


def _off_line(piece: Row, line: _Line) -> float:
    return abs((piece.base - _MIDDLE * piece.size) - (line.base - _MIDDLE * line.size))


def _places(piece: Row, stamp: Stamp, line: _Line) -> Iterator[_Place]:
    """Yield the blanks of a line that a piece may belong to."""
    middle, words = (piece.left + piece.right) / 2, _plain(piece.characters)
    for at in range(1, len(line.letters) + 1):
        left, right = line.blank(at)
        off = max(left - middle, middle - right, 0.0)
        if off > _BESIDE * line.size or piece.left - left > _LONGEST * line.size:
            continue
        before = _plain(line.letters[max(at - _CONTEXT, 0) : at])
        after = "" if right - piece.right > _APART * line.size else _plain(line.letters[at : at + _CONTEXT])
        known = any(b.filling.fullmatch(words) and b.before.search(before) and b.after.match(after) for b in _BLANKS)
        if known or (off == 0 and _is_blank(piece, stamp, line, at, before)):
            yield _Place(not known, off, _off_line(piece, line), at, line)


def _is_blank(piece: Row, stamp: Stamp, line: _Line, at: int, before: str) -> bool:
    """Tell a blank that no words name: dots under the piece, or room for it after a colon or at a form's field."""
    left, right = line.blank(at)
    slack = _OVERLAP * line.size
    if piece.left < left - slack or piece.right > right + slack:
        return False
    under = "".join(c.text for c in line.leaders if left <= c.left < right and c.right > piece.left - slack)
    if len(under.replace(" ", "").replace("…", "...")) >= _LEAST_LEADERS:
        return True
    return piece.left - left <= _NEAR * line.size and (before.endswith(":") or stamp.carrier is Carrier.FIELD)


def _plain(characters: Iterable[Character]) -> str:
    """Return letters as the blanks' patterns expect them."""
    return unicodedata.normalize("NFC", "".join(c.text for c in characters if c.text != " ")).lower()


def _set(piece: Row, place: _Place, gone: set[Character]) -> list[Character]:
    """Return the piece on the line, taking up its blank; spaces and leaders that stood in the blank are `gone`."""
    line, at = place.line, place.at
    left, right = line.blank(at)
    is_last = right - piece.right > _LONGEST * line.size  # the line ends here, or another column follows
    before, after = line.letters[at - 1].text, "" if is_last else line.letters[at].text
    words = [c for c in piece.characters if c.text != " "] if _plain(piece.characters).isdigit() else piece.characters
    opens = "" if before in _TIGHT_BEFORE or (before + words[0].text).isdigit() else " "
    closes = "" if is_last or after in _TIGHT_AFTER or (words[-1].text + after).isdigit() else " "
    until = max(piece.right, left + _SPACE * line.size) if is_last else right
    gone.update(c for c in line.leaders if left - 1.0 <= c.left < until)
    gone.update(_dots_on(line, until))
    line.leaders = [c for c in line.leaders if c not in gone]
    edges = left + len(opens) * _SPACE * line.size, until - len(closes) * _SPACE * line.size
    style = line.base, line.size, line.letters[at - 1].bold
    letters = list(
        _spread(words, *(edges if edges[1] - edges[0] > _LEAST * line.size else _squeezed(left, until)), style)
    )
    line.letters[at:at] = [c for c in letters if c.text != " "]
    spaces = [Character(" ", letters[0].left, letters[0].left, *style)] if opens else []
    spaces_after = [Character(" ", letters[-1].right, letters[-1].right, *style)] if closes else []
    return [*spaces, *letters, *spaces_after]


def _dots_on(line: _Line, pen: float) -> Iterator[Character]:
    """Yield the leaders that go on after a filling that ends at `pen`."""
    for dot in sorted((c for c in line.leaders if c.text != " " and c.left >= pen), key=lambda c: c.left):
        if dot.left - pen > line.size:
            return
        yield dot
        pen = dot.right


def _squeezed(left: float, right: float) -> tuple[float, float]:
    """Return edges right before the letter at `right` where there is no room."""
    return min(left, right - 2 * _SQUEEZED), right - _SQUEEZED


def _spread(
    words: Sequence[Character], left: float, right: float, style: tuple[float, float, bool]
) -> Iterator[Character]:
    """Yield `words` from `left` to `right`: in place if there is room, the outer ones stretched to the edges."""
    first, last = words[0].left, max(c.right for c in words)
    scale = min((right - left) / max(last - first, 1.0), 1.0)
    start = min(max(first, left), right - scale * (last - first))
    for at, c in enumerate(words):
        x0 = left if at == 0 else start + (c.left - first) * scale
        x1 = right if at == len(words) - 1 else start + (c.right - first) * scale
        yield Character(c.text, x0, x1, *style)
