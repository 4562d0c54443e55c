"""Parts of totals: which count of a passage belongs to which other one's breakdown, and which to none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Block, BlockKind, Count, Document
from pipeline.rulebook import load_pack

PACK = load_pack("core")
BREAKDOWNS = Path(__file__).with_name("breakdowns.txt")
HEADING = "I. KẾT QUẢ THỰC HIỆN"


def passages():
    for line in BREAKDOWNS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, *ties = (part.strip() for part in line.split("|"))
            yield text, dict(tuple(side.strip() for side in tie.split("=")) for tie in ties if tie)


def document(text):
    """Return the paragraphs and list items of a passage under a heading, as a parser gives them."""
    blocks, whole = [Block(BlockKind.HEADING, 0, len(HEADING), 3, level=1, bold=True)], HEADING
    for line in text.split("⏎"):
        start = len(whole) + 1
        whole += "\n" + line
        listed = line.startswith(("- ", "+ "))
        kind = BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH
        blocks.append(Block(kind, start, len(whole), start + 2 * listed, level=int(listed)))
    return Document(whole, "txt", tuple(blocks))


def ties(document):
    """Return the words of each part with those of its total; every total is a count of the same document."""
    items = [item for item in extract(document, PACK).items if isinstance(item, Count)]
    printed = {(item.start, item.end): document.text[item.start : item.end] for item in items}
    return {printed[item.start, item.end]: printed[item.part_of] for item in items if item.part_of}


def bare(words):
    return words.removeprefix("tăng ").removeprefix("giảm ")


@pytest.mark.parametrize(("text", "wanted"), list(passages()), ids=lambda value: str(value)[:60])
def test_breakdowns(text, wanted):
    assert {bare(part): bare(total) for part, total in ties(document(text)).items()} == wanted


def test_there_are_breakdowns_of_all_kinds():
    found = [wanted for _, wanted in passages()]
    assert len(found) >= 55
    assert sum(not wanted for wanted in found) >= 15
