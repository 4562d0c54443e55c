"""Changes of a text that say what they change: something added at the end, an empty line, a sentence told twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.extract.prove import passage
from pipeline.model import Count
from pipeline.parsers import parse
from pipeline.rulebook import candidate_packs, load_pack
from tests.properties.sketches import Sketch, reports, sentences
from tests.properties.telling import said
from tests.test_samples import SAMPLES

UNRELATED = "Trên đây là nội dung trình bày, kính mong quý cơ quan xem xét."
SAMPLES_TOLD = [SAMPLES / "reports" / name for name in ("shd_mot_cua_2024.txt", "tyt_xa_2025h1.txt", "stp_2022.md")]


def items_of(text: str, folder, suffix: str = ".txt") -> list[tuple[object, ...]]:
    """Return the items of a text, each with its place less the empty lines before it."""
    path = folder / f"báo cáo{suffix}"
    path.write_text(text, encoding="utf-8")
    read = parse(path)
    found = extract(read, *candidate_packs(()))
    return [(item.start, item.end, *said(item, read.text)) for item in found.items]


@pytest.mark.parametrize("path", SAMPLES_TOLD, ids=lambda path: path.name)
def test_a_paragraph_added_at_the_end_of_a_sample_changes_no_item(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    was = items_of(text, tmp_path, path.suffix)
    assert items_of(f"{text.rstrip()}\n\n{UNRELATED}\n", tmp_path, path.suffix) == was
    assert len(was) > 50


@settings(max_examples=8)
@given(reports())
def test_a_paragraph_added_at_the_end_changes_no_item(tmp_path_factory, sketch):
    folder = tmp_path_factory.mktemp("end")
    was = items_of(sketch.text(), folder)
    assert items_of(f"{sketch.text()}\n{UNRELATED}\n", folder) == was


@settings(max_examples=8)
@given(reports(), st.data())
def test_an_empty_paragraph_changes_no_item(tmp_path_factory, sketch, data):
    """In a TXT file an empty line more between two paragraphs, in a DOCX file a paragraph without words."""
    folder = tmp_path_factory.mktemp("empty")
    at = data.draw(st.integers(0, len(sketch.body)))
    emptied = Sketch(sketch.head, (*sketch.body[:at], "", *sketch.body[at:]), sketch.table, sketch.end)
    assert items_of(emptied.text(), folder) == items_of(sketch.text(), folder)
    (folder / "một.docx").write_bytes(sketch.docx())
    (folder / "hai.docx").write_bytes(emptied.docx())
    told = [extract(parse(folder / name), *candidate_packs(())).items for name in ("một.docx", "hai.docx")]
    assert told[0] == told[1]


@settings(max_examples=50)
@given(sentences())
def test_a_sentence_told_twice_gives_its_items_twice(sentence):
    """But for what follows from the first telling: which total a count is part of."""
    once, twice = (extract(passage(" ".join([sentence] * times)), load_pack("core")) for times in (1, 2))
    assume(once.items)

    def told(extraction) -> Counter[tuple[str, ...]]:
        text = extraction.structure.document.text
        return Counter((*said(item, text)[:2], *said(item, text)[3:]) for item in extraction.items)

    assert told(twice) == Counter({item: 2 * times for item, times in told(once).items()})
    counts = [item for item in once.items if isinstance(item, Count)]
    assert len(counts) * 2 == sum(isinstance(item, Count) for item in twice.items)
