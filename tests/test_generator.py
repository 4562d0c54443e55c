"""The load test's reports: always the same, no two equal, one mixture at every size, and read right."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from benchmarks.generator import LENGTHS, SHARES, Draft, Mixture, number_of, report, write_reports
from pipeline.extract import extract
from pipeline.model import DocumentNumber
from pipeline.parsers import parse
from pipeline.rulebook import load_pack

_READ_HERE = ("docx", "pdf", "txt", "html", "xlsx", "md")  # the others need LibreOffice


def of_each_format(kinds: tuple[str, ...]) -> list[Draft]:
    """The first short report of each format."""
    first: dict[str, Draft] = {}
    for draft in Mixture().drafts(400):
        if draft.length <= 1:
            first.setdefault(draft.kind, draft)
    return [first[kind] for kind in kinds]


@pytest.mark.parametrize("draft", of_each_format(_READ_HERE), ids=lambda draft: draft.kind)
def test_what_a_report_says_of_itself_is_read_in_it(draft: Draft, tmp_path: Path) -> None:
    (path,) = write_reports(tmp_path, [draft])
    document = parse(path)
    fields = extract(document, load_pack("core")).fields
    assert document.format == draft.kind
    assert (fields.number, fields.date) == (number_of(draft), draft.said.date)
    assert draft.said.place in document.text


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones() -> None:
    drafts = of_each_format(("docx", "pdf", "odt", "rtf", "doc"))
    assert drafts == [Mixture().draft(draft.index) for draft in drafts]
    assert all(report(draft) == report(draft) for draft in drafts)
    assert all(Mixture(seed=2).draft(draft.index) != draft for draft in drafts)


def test_no_two_reports_are_equal_but_copies() -> None:
    short = [draft for draft in Mixture(duplicates=0.05).drafts(200) if draft.length <= 1 and draft.kind != "pdf"]
    assert len({draft.file for draft in short}) == len(short)
    originals = {hashlib.sha256(report(draft)).digest() for draft in short if draft.copy_of is None}
    assert len(originals) == sum(draft.copy_of is None for draft in short)
    copies = [draft for draft in Mixture(duplicates=0.05).drafts(200) if draft.copy_of is not None]
    assert 8 <= len(copies) <= 12
    for copy in copies:
        original = Mixture(duplicates=0.05).draft(copy.copy_of or 0)
        assert original.copy_of is None
        assert (copy.kind, copy.base, copy.said) == (original.kind, original.base, original.said)


def test_the_first_hundred_are_a_like_mixture_to_the_first_ten_thousand() -> None:
    some, many = (list(Mixture().drafts(count)) for count in (100, 10_000))
    assert some == many[:100]
    printed = 1 - SHARES["scan"]
    for kind, count in Counter(draft.kind for draft in many).items():
        assert count == pytest.approx(10_000 * SHARES[kind] / printed, rel=0.02)
    assert Counter(draft.kind for draft in some)["docx"] == pytest.approx(50, abs=2)
    lengths = [mean(draft.length for draft in drafts) for drafts in (some, many)]
    assert lengths[0] == pytest.approx(lengths[1], rel=0.06)
    assert lengths[1] == pytest.approx(sum(share * length for share, length in LENGTHS), rel=0.03)


def test_reports_of_one_place_cite_the_same_plans(tmp_path: Path) -> None:
    of_one_source = [
        draft for draft in Mixture().drafts(6000) if (draft.kind, draft.base) == ("txt", "sxd_atgt_2025q1")
    ]
    by_place = Counter(draft.said.place for draft in of_one_source)
    place = next(place for place, count in by_place.items() if count > 1)
    two = [draft for draft in of_one_source if draft.said.place == place][:2]
    other = next(draft for draft in of_one_source if draft.said.place != place)
    cited = []
    for path in write_reports(tmp_path, [*two, other]):
        found = extract(parse(path), load_pack("core"))
        cited.append({item.value for item in found.items if isinstance(item, DocumentNumber)} - {found.fields.number})
    assert cited[0] & cited[1] - cited[2]
    assert cited[0] & cited[1] & cited[2]  # the country's
