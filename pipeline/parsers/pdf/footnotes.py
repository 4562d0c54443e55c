"""Footnotes: small rows at the bottom of a page, below a short rule, that begin with a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from msgspec import Struct, field

from pipeline.parsers.pdf.characters import Character, Rule
from pipeline.parsers.pdf.lines import raised_labels
from pipeline.parsers.pdf.rows import Row, is_raised, row_of

_SMALLER = 0.93  # footnotes against the body
_SHORTEST_RULE, _LONGEST_RULE = 30.0, 0.6  # of the rule above them: points, and a share of the page width
_LABEL_LETTERS = "0123456789*[]()"
_NOT_AFTER_LABEL = ".,/-%"  # 1.250, 15/01, 2,5: no labels
_LABEL = re.compile(r"[\[(]?(\d{1,3}|\*{1,4})[\])]?")


class Note(Struct):
    """One footnote: its label as printed, and its rows, each with its page: it may go on over the page."""

    page: int
    label: str
    mark: Sequence[Character]
    rows: list[tuple[int, Row]] = field(default_factory=list)


def usual_size(rows: Iterable[Row]) -> float:
    """Return the font size that most of the characters are set in, to half a point."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.characters)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def split_off_notes(
    rows: Sequence[Row],
    rules: Sequence[Rule],
    width: float,
    size: float,
    marked: Collection[str],
    goes_on: bool,
) -> int:
    """Return where in `rows`, those of a page's text, its footnotes begin; `len(rows)` if it has none.

    `size` is the usual size of the body, `marked` the labels that stand raised on the page; `goes_on`
    says that the page before has footnotes, which may go on here without a mark.
    """
    first_small = len(rows)
    while first_small and rows[first_small - 1].size < _SMALLER * size:
        first_small -= 1
    ruled = _below_rule(rows, first_small, rules, width)
    for at in range(first_small, len(rows)):
        label, raised = _label(rows[at])
        if at == ruled and (goes_on or label):
            return at
        if label and (raised or label in marked):
            return at
    return len(rows)


def rows_to_notes(rows: Sequence[Row], page: int, marked: Collection[str], notes: list[Note]) -> None:
    """Add the footnotes that `rows` hold to `notes`; rows before the first mark go on with the last note."""
    for row in rows:
        label, raised = _label(row)
        expected = raised or label in marked or label == _next_label(notes)
        if label and (expected or not notes):
            mark = _lead(row)
            notes.append(Note(page, label, [c for c in mark if c.text in label]))
            row = _after(row, mark[-1]) or row
        if notes:
            notes[-1].rows.append((page, row))


def labels_raised_in(rows: Iterable[Row]) -> set[str]:
    """Return the labels that stand raised in `rows`."""
    return {label for row in rows for label in raised_labels(row)}


def _below_rule(rows: Sequence[Row], first_small: int, rules: Sequence[Rule], width: float) -> int:
    """Return the first small row that stands right below a short level rule, or -1."""
    for at in range(first_small, len(rows)):
        above = rows[at - 1].base if at else 0.0
        for rule in rules:
            length = rule.right - rule.left
            between = above - 1.0 < rule.top < rows[at].top + 0.3 * rows[at].size
            if rule.is_level and between and _SHORTEST_RULE < length < _LONGEST_RULE * width:
                return at
    return -1


def _next_label(notes: Sequence[Note]) -> str:
    return str(int(notes[-1].label) + 1) if notes and notes[-1].label.isdigit() else ""


def _label(row: Row) -> tuple[str, bool]:
    """Return the footnote label that a row begins with, and whether it is raised; "" if there is none."""
    lead = _lead(row)
    found = _LABEL.fullmatch("".join(c.text for c in lead))
    rest = row.text[len(lead) :]
    if not found or not rest or (rest[0] in _NOT_AFTER_LABEL and rest[1:2].isdigit()):
        return "", False
    return found[1], lead[0].size < 0.9 * row.size and lead[0].base < row.base


def _lead(row: Row) -> list[Character]:
    """Return the first characters of a row: its raised ones, or else those that a label is made of."""
    printed = [c for c in row.characters if c.text != " "]
    raised = list(takewhile(lambda c: is_raised(c, row.base, row.size), printed))
    return raised or list(takewhile(lambda c: c.text in _LABEL_LETTERS, printed))


def _after(row: Row, character: Character) -> Row | None:
    return row_of(row.characters[row.characters.index(character) + 1 :])
