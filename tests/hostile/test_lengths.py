"""Long texts: what is read of them takes work in proportion to their length, whatever they say.

Time is measured by `python -m benchmarks lengths`; here work is counted, as the lines of Python that are run, and the
lines of text that a pattern may see are bounded.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from benchmarks.forms import DOCUMENTS, TEXTS
from pipeline.extract import extract
from pipeline.extract.structure.pieces import LONGEST_PARAGRAPH, LONGEST_WORD, in_pieces
from pipeline.model import Block, BlockKind, Count, Document, DocumentNumber
from pipeline.parsers.plain import read_text
from pipeline.problems import CATALOGUE, ParseError
from pipeline.rulebook import load_pack
from pipeline.text.citations import is_misprint, is_swap, slips_among

PACK = load_pack("doi_ngoai")


class Work:
    """How many lines of Python were run; an iteration of a comprehension counts as one too."""

    lines = 0


@contextmanager
def counted() -> Iterator[Work]:
    work, before = Work(), sys.gettrace()

    def local(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        work.lines += event == "line"
        return local

    sys.settrace(lambda frame, event, argument: local)
    try:
        yield work
    finally:
        sys.settrace(before)


def document(form: str, size: int) -> Document:
    return DOCUMENTS[form](size) if form in DOCUMENTS else read_text(TEXTS[form](size).encode(), markdown=False)


def work_of(form: str, size: int) -> tuple[int, int]:
    """Return the work of the parser and of the extractor for a text of a form."""
    with counted() as parsing:
        read = document(form, size)
    with counted() as reading:
        extract(read, PACK)
    return parsing.lines, reading.lines


@pytest.mark.parametrize(
    "form",
    [
        "numbers of one day",
        "days of one number",
        "figures of one thing",
        "wide table",
        "notes",
    ],
)
def test_work_is_in_proportion_to_length(form: str) -> None:
    extract(document(form, 2_000), PACK)  # what is worked out once for a pack
    short, long = work_of(form, 3_000), work_of(form, 9_000)
    assert short[1] > 1_000
    for few, many in zip(short, long, strict=True):
        assert many <= 3 * 1.4 * few + 2_000


def test_the_count_of_work_shows_a_square() -> None:
    def squares(size: int) -> int:
        with counted() as work:
            assert len([1 for a in range(size) for b in range(size)]) == size**2
        return work.lines

    assert squares(100) > 3.5 * squares(50)


@pytest.mark.parametrize("form", [*TEXTS, *DOCUMENTS])
def test_no_pattern_sees_more_than_a_paragraph_at_once(form: str) -> None:
    try:
        read = document(form, 3 * LONGEST_PARAGRAPH)
    except ParseError as error:
        assert error.problem.code == "file.no_text"
        return
    pieces = in_pieces(read)
    assert len(pieces.text) == len(read.text)
    assert all(block.end - block.start <= LONGEST_PARAGRAPH for block in pieces.blocks)
    assert max(map(len, pieces.text.split("\n"))) <= LONGEST_PARAGRAPH + len("\n")
    assert all(0 <= block.start <= block.content <= block.end for block in pieces.blocks)
    ends = [0, *(block.end for block in pieces.blocks)]
    assert all(end <= block.start for end, block in zip(ends, pieces.blocks, strict=False))
    for block in pieces.blocks:
        assert pieces.text[block.start : block.end] == read.text[block.start : block.end]
        assert all(len(word) <= LONGEST_WORD for word in pieces.text[block.start : block.end].split())
    left = "".join(read.text[block.start : block.end] for block in pieces.blocks)
    lost = sum(len(word) for word in read.text.split() if len(word) > LONGEST_WORD)
    assert len("".join(left.split())) == len("".join(read.text.split())) - lost


def paragraph(text: str, kind: BlockKind = BlockKind.PARAGRAPH, content: int = 0) -> Document:
    return Document(text, "docx", (Block(kind, 0, len(text), content=content),))


def test_what_is_as_long_as_reports_have_it_is_left_alone() -> None:
    short = paragraph("Sở đã đón 12 đoàn vào. " * 40)
    assert in_pieces(short) is short
    full = paragraph("Sở đã đón 12 đoàn vào. " * (LONGEST_PARAGRAPH // 23))
    assert in_pieces(full) is full


def test_a_long_paragraph_is_parted_between_sentences_and_loses_nothing() -> None:
    told = "Trong năm 2024, Sở Ngoại vụ đã đón 12 đoàn vào với 86 lượt người. "
    long = paragraph("- " + told * 400, BlockKind.LIST_ITEM, content=2)
    pieces = in_pieces(long)
    assert not pieces.problems
    assert all(pieces.text[block.start : block.end].endswith("lượt người.") for block in pieces.blocks)
    assert [block.kind for block in pieces.blocks[:2]] == [BlockKind.LIST_ITEM, BlockKind.PARAGRAPH]
    counts = [item for item in extract(long, PACK).items if isinstance(item, Count)]
    assert [(c.value, c.unit) for c in counts] == [(12, "đoàn"), (86, "lượt")] * 400


def test_a_sentence_without_end_is_read_in_pieces_and_told() -> None:
    read = paragraph("đã đón 12 đoàn vào, " * 1_000)
    found = extract(read, PACK)
    counts = [item for item in found.items if isinstance(item, Count)]
    assert [(count.value, count.unit) for count in counts] == [(12, "đoàn")] * 1_000
    problem = next(problem for problem in found.problems if problem.code == "text.long_sentence")
    assert problem.detail == (("count", str(len(in_pieces(read).blocks) - 1)),)
    assert "4,000" in CATALOGUE[problem.code].message(problem, "en")


def test_a_word_without_end_is_not_read_and_told() -> None:
    picture = "data:image/png;base64," + "iVBOR12/KH-UBND12" * 200
    text = f"Ban hành Kế hoạch số 45/KH-UBND {picture} và đón 12 đoàn."
    found = extract(paragraph(text), PACK)
    numbers = [item.value for item in found.items if isinstance(item, DocumentNumber)]
    counts = [text[item.start : item.end] for item in found.items if isinstance(item, Count)]
    assert numbers == ["45/KH-UBND"] and counts == ["12 đoàn"]
    problem = next(problem for problem in found.problems if problem.code == "text.long_word")
    assert text[problem.start : problem.end] == picture
    assert not [problem for problem in found.problems if problem.code == "number.unexplained"]


@pytest.mark.parametrize("text", ["1" * 5_000, "1." * 9_000, "(" * 5_000, "1/" * 9_000])
def test_nothing_but_a_word_without_end_is_no_number(text: str) -> None:
    found = extract(paragraph(text), PACK)
    assert not found.items
    assert [problem.code for problem in found.problems] == ["text.long_word"]


def test_slips_are_found_without_comparing_all() -> None:
    chance = random.Random(5)
    numbers = list(dict.fromkeys(str(chance.randrange(10 ** chance.randrange(1, 5))) for _ in range(400)))
    found = slips_among(numbers)
    assert found == sorted(found) and len(found) < len(numbers) ** 2 / 20
    places = range(len(numbers))
    slips = [
        (one, other) for one in places for other in places[one + 1 :]
        if is_misprint(numbers[one], numbers[other]) or is_swap(numbers[one], numbers[other])
    ]  # fmt: skip
    assert slips and set(slips) <= set(found)
