"""Citations of many reports: the same come out as where each two are compared, and in little memory."""

from __future__ import annotations

import errno

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.batch.contradictions import contradictions
from pipeline.tables import joining
from pipeline.tables.citations import Citations
from pipeline.tables.references import Cited, Digest
from pipeline.tables.result import Place
from pipeline.text.citations import Code, code_of, is_variant
from pipeline.text.fold import fold
from pipeline.text.variants import variants
from tests import pairwise

AGENCIES = frozenset({"stcc", "sttc"})

OFFICES = [
    "", "", "Sở Nội vụ", "UBND tỉnh", "UBND huyện", "UBND xã", "UBND tỉnh Trà Vinh", "UBND tỉnh Bến Tre",
    "UBND huyện Cầu Kè", "UBND xã Long Hòa", "Bộ Y tế", "Chính phủ", "Ban Bí thư", "Thành phố Huế", "TP. Huế",
]  # fmt: skip
DAYS = [
    "", "", "2024-03-14", "2024-03-14", "2024-03-15", "2024-04-14", "2024-14-03", "2024-09-25", "2023-03-14",
    "2023-03", "2024", "XXXX-03-14", "2024-03-14/2024-03-20", "2024-05-03", "2024-03-05", "202X",
]  # fmt: skip
NUMBERS = [
    ["67/KH-UBND", "67-KH/UBND", "067/KH-UBND", "67/KH-UBMD", "67/KH"],
    ["52/2023/NĐ-CP", "52/NĐ-CP", "52/2023/ND-CP", "52/2024/NĐ-CP", "52/2023/BC-PGDĐT", "52/BC-PGDĐT"],
    ["18-NQ/TW", "18/NQ-TW", "18-NQTW", "18/QĐ-BTTTT-BTLBĐBP", "18/QĐ-BTTTT-BTLBP", "18/QĐ-BTTT-BTLBP"],
    ["9/STCC-NV", "9/STTC-NV", "9/STCC", "9/STC-NV", "90/STCC-NV", "9.1/STCC-NV", "/KH-UBND", "không số"],
]
PLACES = ["", "Trà Vinh", "Bến Tre", "Hà Nội"]
SUBJECTS = ["", "Kết quả năm", "kết quả NĂM", "Quý III"]


@st.composite
def cited(draw, numbers):
    return draw(st.sampled_from(numbers)), draw(st.sampled_from(OFFICES)), draw(st.sampled_from(DAYS))


@st.composite
def folders(draw):
    """Digests of up to nine reports that cite and are documents of few numbers, offices and days."""
    numbers = draw(st.sampled_from([*NUMBERS, [number for some in NUMBERS for number in some]]))
    digests = []
    for at in range(draw(st.integers(1, 9))):
        mentions, locality = draw(st.lists(cited(numbers), max_size=6)), draw(st.sampled_from(PLACES))
        own = draw(st.sampled_from([-1, -1, 0, 0, 1]))
        digests.append(made(at, mentions, locality, own, draw(st.sampled_from(SUBJECTS)), draw(st.integers(0, 40))))
    return draw(st.permutations(digests))


def made(at, mentions, locality="", own=-1, subject="", content=None):
    file = f"{'báo cáo' if at % 2 else 'a'} {at}{chr(0xDC80) if at == 3 else ''}.txt"
    found = tuple(
        Cited(
            Place(file, f"{number} {nth}", 100 * nth, 100 * nth + 9, nth % 3 or None),
            number, "Kế hoạch" if nth % 2 else "", issuer, day, locality, nth == own,
        )
        for nth, (number, issuer, day) in enumerate(mentions)
    )  # fmt: skip
    return Digest(file, f"{at if content is None else content:012x}", subject, found)


def outcome(digests, lang="vi"):
    with Citations() as citations:
        for digest in digests:
            citations.add(digest)
        told = list(contradictions(citations, AGENCIES, lang))
        return list(citations.rows()), told


@given(folders())
@settings(max_examples=100)
@example([made(at, [("67/KH-UBND", office, "2024-03-14")] * 3) for at, office in enumerate(OFFICES)])
@example([made(at, [("67/KH-UBND", "", day)] * 3, "Huế") for at, day in enumerate(DAYS)])
@example([made(at, [("45/BC-UBND", f"UBND xã A{at}", "2024-03-14")], "", 0) for at in range(30)])
def test_what_comes_out_is_that_of_comparing_each_two(digests):
    rows, told = outcome(digests)
    assert rows == list(pairwise.reference_rows(pairwise.combine(digests)))
    assert told == list(pairwise.problems(digests, AGENCIES, "vi").items())


def test_many_mentions_are_compared_by_what_they_say(monkeypatch):
    asked = []
    whole = joining.is_one_document
    monkeypatch.setattr(joining, "is_one_document", lambda *of: asked.append(of) or whole(*of))
    offices = [made(at, [("45/BC-UBND", f"UBND xã A{at}", f"2024-03-{at % 28 + 1:02}")], "Huế", 0) for at in range(700)]
    plain = [made(900 + at, [("45/BC-UBND", "", f"2024-0{at % 9 + 1}-12")] * 9, "Huế") for at in range(700)]
    rows, _ = outcome([*offices, *plain])
    assert len(asked) < 10 * len(offices)
    assert rows == list(pairwise.reference_rows(pairwise.combine([*offices, *plain])))
    assert [row["mentions"] for row in rows] == ["5598", "702"]  # one day is that of an office's report


def test_rows_are_there_without_a_look_for_problems_and_twice():
    with Citations() as citations:
        citations.add(made(1, [("67/KH-UBND", "UBND xã", "2024-03-14")]))
        citations.add(made(2, [("67/KH-UBND", "UBND xã", "2024-03-14"), ("9/STCC", "", "")]))
        rows = list(citations.rows())
        assert [(row["number"], row["reports"]) for row in rows] == [("67/KH-UBND", "2"), ("9/STCC", "1")]
        assert list(contradictions(citations, ())) == []
        assert list(citations.rows()) == rows


def test_a_full_disk_is_an_error_of_the_system(tmp_path):
    with Citations(tmp_path) as citations, pytest.raises(OSError, match="full") as raised:
        citations._store.execute("PRAGMA max_page_count = 40")
        for at in range(3000):
            citations.add(made(at, [("67/KH-UBND", f"UBND xã A{at}", "2024-03-14")] * 20))
        list(citations.rows())
    assert raised.value.errno == errno.ENOSPC


def test_a_store_leaves_nothing_but_its_file(tmp_path):
    with Citations(tmp_path) as citations:
        for at in range(500):
            citations.add(made(at, [("67/KH-UBND", f"UBND xã A{at}", "2024-03-14")] * 20))
        assert len(list(citations.rows())) == 500
        assert [path.name for path in tmp_path.iterdir()] == ["citations"]


CODES = [
    "67/KH-UBND", "67/KH-UBMD", "67/KH-UBNDX", "67/KH-UBNDXY", "67/KH-UBNDXYZ", "67/KH", "67/QĐ-UBND", "67/QD-UBND",
    "67/UBND-KH", "67/2024/KH-UBND", "67/2023/KH-UBND", "67/BC-UBND", "67/BTTTT-BC-VP", "67/BTTT-BC-VP", "67/A-BTTTT",
    "67/A-BTTT-VP", "67/BTTTT-A", "67/BTTTT-BTTTT", "67/BTTTT-BTTT", "67/STCC-STCC", "67/X-STCC", "67/X-STTC", "67",
]  # fmt: skip


def test_variants_are_those_of_each_two_codes():
    codes = [code_of(code) for code in CODES]
    pairs = {(one, other) for one in codes for other in codes if is_variant(one, other, AGENCIES)}
    assert variants(codes, AGENCIES) == pairs
    assert len(pairs) > 20


@given(st.lists(st.lists(st.text("ABĐD", max_size=6), max_size=3), min_size=2, max_size=8))
def test_variants_of_any_codes_are_those_of_each_two(symbols):
    codes = [Code("1", "", tuple(fold(part) for part in parts)) for parts in symbols]
    assert variants(codes) == {(one, other) for one in codes for other in codes if is_variant(one, other)}
