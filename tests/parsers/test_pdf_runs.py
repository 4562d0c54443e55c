"""Characters kept as runs make the rows, strikes and cells that they make one by one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from pipeline.parsers.pdf import lines
from pipeline.parsers.pdf.characters import STRUCK, Character, Drawing, Rule, Run, Runs, read_drawing, text_of
from pipeline.parsers.pdf.lines import row_to_line
from pipeline.parsers.pdf.mending import usual_size
from pipeline.parsers.pdf.plumber import Plumber
from pipeline.parsers.pdf.rows import Row, characters_to_rows, row_of
from pipeline.parsers.pdf.struck import without_struck
from pipeline.parsers.pdf.tables import Table, boxes_to_tables

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.pdf"))


def any_run(dice: random.Random, left: float, base: float, size: float) -> Run:
    """Return a run from `left` on: words, spaces, doubled and overlapping letters, some of them odd."""
    pen, text, lefts, rights = left, [], [], []
    odd = dice.choice((0.0, 0.0, 0.0, 0.05))
    for _ in range(dice.randint(1, 30)):
        letter = dice.choice("aábcđe11.  ") if dice.random() >= odd else dice.choice(("\u0301", STRUCK))
        width = 0.0 if letter == "\u0301" else dice.uniform(0.2, 0.6) * size
        text.append(letter)
        lefts.append(pen)
        rights.append(pen + width)
        pen += width + size * dice.choice((0, 0, 0, 0, 0, 0.16, 0.3, 4.0, -0.7 if odd else 0))
    return Run("".join(text), lefts, rights, base, size, dice.random() < 0.3)


def any_page(seed: int) -> Runs:
    """Return a page of lines of one run or more, side by side, over each other, a little apart, raised or lowered."""
    dice = random.Random(seed)
    runs: list[Run] = []
    base = 40.0
    for _ in range(dice.randint(0, 12)):
        base += dice.choice((0, 4, 13, 20, 40))
        left, size = dice.choice((20.0, 60.0)), dice.choice((13.0, 13.0, 13.0, 14.0, 8.0))
        for _ in range(dice.choice((1, 1, 2, 5))):
            own = size * dice.choice((1, 1, 1, 1, 0.6))
            runs.append(any_run(dice, left, base + size * dice.choice((0, 0, 0, 0, 0.1, -0.3, 0.2)), own))
            left = runs[-1].rights[-1] + dice.choice((0, 0, 3, 30, -20))
    if dice.random() < 0.3:
        dice.shuffle(runs)
    return Runs(runs)


def told(rows: Sequence[Row]) -> list[object]:
    """Return all that rows tell of themselves."""
    return [
        (
            *(list(row.characters), list(row.printed), *map(tuple, row.columns)),
            *(row.base, row.size, row.text, row.is_even, row.left, row.right, row.breaks, row.gaps, row.widest_gap),
            row_to_line(row, 1),
        )
        for row in rows
    ]


def told_of_tables(tables: Sequence[Table]) -> list[object]:
    return [
        (
            replace(table, cells=()),
            [(cell._replace(rows=()), told([row for _, row in cell.rows])) for cell in table.cells],
        )
        for table in tables
    ]


def assert_alike(runs: Runs, drawing: Drawing, boxes: Sequence[Sequence[tuple[float, float, float, float]]]) -> None:
    plain = list(runs)
    assert len(runs) == len(plain)
    assert text_of(runs) == text_of(plain)
    assert usual_size(runs) == usual_size(plain)
    assert told(characters_to_rows(runs)) == told(characters_to_rows(plain))
    assert told(filter(None, [row_of(runs)])) == told(filter(None, [row_of(plain)]))
    assert list(without_struck(replace(drawing, characters=runs))) == list(
        without_struck(replace(drawing, characters=plain))
    )
    (tables, outside), (others, rest) = boxes_to_tables(boxes, runs, 1), boxes_to_tables(boxes, plain, 1)
    assert told_of_tables(tables) == told_of_tables(others)
    assert list(outside) == list(rest)


@pytest.mark.parametrize("seed", range(400))
def test_runs_are_read_as_their_characters_are(seed):
    runs, dice = any_page(seed), random.Random(seed)
    columns = [0.0, *sorted(dice.uniform(20, 400) for _ in range(dice.randint(1, 4))), 500.0]
    levels = [30.0, *sorted(dice.uniform(40, 400) for _ in range(dice.randint(1, 5)))]
    boxes = [(left, top, right, bottom) for left, right in pairwise(columns) for top, bottom in pairwise(levels)]
    rules = []
    for run in dice.sample(runs.runs, min(3, len(runs.runs))):
        first, last = sorted(dice.choices(range(len(run.text)), k=2))
        height = run.base - dice.choice((0.1, 0.3, 0.4, 0.6)) * run.size
        rules.append(Rule(run.lefts[first], height, max(run.rights[last], run.lefts[first]), height))
    assert_alike(runs, Drawing(1, 595.0, 842.0, runs, rules, False), [boxes])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_runs_of_a_page_are_read_as_its_characters_are(path):
    with closing(pypdfium2.PdfDocument(path)) as pdf, closing(Plumber(path.read_bytes())) as plumber:
        for number, page in enumerate(pdf, 1):
            drawing = read_drawing(page.raw, number)
            assert isinstance(drawing.characters, Runs)
            assert_alike(drawing.characters, drawing, plumber.cell_boxes(number, page.raw) or [])


def test_a_row_set_as_it_is_typed_is_what_its_gaps_make_of_it():
    rows = [row for seed in range(400) for row in characters_to_rows(any_page(seed)) if lines._set_plain(row)]
    typed = [(row, lines._set_as_typed(row)) for row in rows]
    assert all(plain == lines._set_by_gaps(row) for row, plain in typed if plain)
    assert 50 < sum(plain is not None for _, plain in typed) < len(rows)


def test_a_plain_page_is_never_taken_apart():
    runs = Runs([Run("Kết quả", [10.0 * at for at in range(7)], [10.0 * at + 9 for at in range(7)], 100.0, 13.0)])
    (row,) = characters_to_rows(runs)
    assert row_to_line(row, 1).text == "Kết quả"
    assert runs._characters is None
    assert isinstance(row.characters, Runs)
    assert row.characters._characters is None
    assert runs[0] == Character("K", 0.0, 9.0, 100.0, 13.0)
