"""Citations of many reports: the same come out as where each two are compared, and in little memory."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.batch.contradictions import contradictions
from pipeline.tables.citations import Citations
from pipeline.tables.references import Cited, Digest
from pipeline.tables.result import Place
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
@settings(max_examples=400)
@example([made(at, [("67/KH-UBND", office, "2024-03-14")] * 3) for at, office in enumerate(OFFICES)])
@example([made(at, [("67/KH-UBND", "", day)] * 3, "Huế") for at, day in enumerate(DAYS)])
@example([made(at, [("45/BC-UBND", f"UBND xã A{at}", "2024-03-14")], "", 0) for at in range(30)])
def test_what_comes_out_is_that_of_comparing_each_two(digests):
    rows, told = outcome(digests)
    assert rows == list(pairwise.reference_rows(pairwise.combine(digests)))
    assert told == list(pairwise.problems(digests, AGENCIES, "vi").items())
