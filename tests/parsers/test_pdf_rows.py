"""What rows tell of themselves and how plain ones are set is the same as worked out one character at a time."""

from __future__ import annotations

import random
import sys
import unicodedata
from itertools import pairwise

import pytest

from pipeline.parsers.pdf import lines, rows
from pipeline.parsers.pdf.characters import STRUCK, Character
from pipeline.parsers.pdf.pieces import pieces_of
from pipeline.parsers.pdf.rows import row_of


def any_row(seed: int) -> rows.Row:
    """Return a row with words, typed spaces, gaps of all widths, overlaps, and now and then letters set apart."""
    dice = random.Random(seed)
    size, pen, characters = dice.choice((6.0, 13.0, 14.0, 60.0)), dice.uniform(-5, 90), []
    odd = dice.choice((0.0, 0.0, 0.05))
    for _ in range(dice.randint(1, 60)):
        text = dice.choice("aábcđe11. -)") if dice.random() >= odd else STRUCK
        width = dice.uniform(0.2, 0.6) * size
        raised = dice.random() < odd
        base, own = (700 - 0.3 * size, 0.6 * size) if raised else (700.0, size)
        characters.append(Character(text, pen, pen + width, base, own, dice.random() < 0.5))
        pen += width + size * dice.choice((0, 0, 0, 0, -0.1, -0.7, 0.16, 0.18, 0.3, 0.9, 1.5, 4.0, dice.random()))
    found = row_of([*characters, Character("x", pen, pen + 1, 700.0, size)])
    assert found
    return found


@pytest.mark.parametrize("seed", range(500))
def test_a_plain_row_is_set_as_any_other(seed):
    row = any_row(seed)
    plain = lines._set_plain(row)
    if plain is not None:
        setting = lines._set(row, ("1",))
        assert plain == ("".join(setting.letters), setting.edges)
        assert not setting.marks
    is_odd = any(c.text == STRUCK or c.size != row.size for c in row.printed)
    assert plain is None or not is_odd


def test_most_plain_rows_are_set_the_short_way():
    assert sum(lines._set_plain(any_row(seed)) is not None for seed in range(500)) > 150


@pytest.mark.parametrize("seed", range(200))
def test_what_a_row_tells_of_itself_is_what_its_characters_tell(seed):
    row = any_row(seed)
    printed = [c for c in row.characters if c.text != " "]
    assert (row.left, row.right) == (printed[0].left, max(c.right for c in printed))
    assert row.text == "".join(c.text for c in printed)
    assert row.is_even == all((c.base, c.size) == (row.base, row.size) for c in printed)
    between = [(a.right, b.left) for a, b in pairwise(printed)]
    assert row.gaps == [(left, right) for left, right in between if right - left > 0.15 * row.size]


@pytest.mark.parametrize("seed", range(200))
def test_pieces_are_parted_where_the_last_two_characters_end(seed):
    row = any_row(seed)
    groups: list[list[Character]] = []
    for c in (c for c in row.characters if c.text != " "):
        if groups and c.left - max(one.right for one in groups[-1][-2:]) < max(8.0, 0.8 * row.size):
            groups[-1].append(c)
        else:
            groups.append([c])
    assert [list(piece.characters) for piece in pieces_of(row)] == groups


def test_the_search_for_combining_marks_finds_all_of_them():
    combining = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))]
    assert combining and all(map(rows._MAY_COMBINE.search, combining))


def test_a_footnote_mark_may_stand_between_a_letter_and_its_accent():
    letters = [("b", 10, 16, 700.0, 12.0), ("a", 16, 22, 700.0, 12.0), ("1", 22, 25, 694.0, 7.0)]
    row = row_of([Character(*told) for told in [*letters, ("\u0301", 22, 23, 700.0, 12.0)]])
    line = lines.row_to_line(row, 0, ("1",))
    assert (line.text, line.marks) == ("bá", (lines.Mark(2, "1"),))
