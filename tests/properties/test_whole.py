"""Properties of the whole: places, overlaps, and numerals accounted for, in the samples and in any sentence."""

from __future__ import annotations

import cProfile
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import Extraction, extract
from pipeline.extract.prove import passage
from pipeline.model import Activity, DateMention
from pipeline.parsers.plain import read_text
from pipeline.rulebook import load_pack
from pipeline.text.edtf import bounds
from tests.documents import document
from tests.test_samples import program_missing

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted(path for folder in ("reports", "twins") for path in (SAMPLES / folder).iterdir())
REPORTS = [path for path in FILES if not program_missing(path.stem)]
PACKS = (load_pack("core"), load_pack("doi_ngoai"))

TEXT = """I. KẾT QUẢ THỰC HIỆN
Thực hiện Công văn số 812/UBND-KT ngày 05/4/2024 của Ủy ban nhân dân tỉnh, trong 6 tháng đầu năm 2024 \
Sở đã mở 04 lớp tập huấn cho trên 1.250 lượt người với kinh phí 1,5 tỷ đồng, đạt 85,5% kế hoạch.
Từ ngày 18/4 – 21/4/2024, 12/15 xã tổ chức Hội thi; không có đoàn khách nước ngoài đến làm việc.
II. PHƯƠNG HƯỚNG, NHIỆM VỤ
Phấn đấu tuyên truyền ít nhất 20 – 25 buổi trong quý III năm 2024."""


@cache
def read(path: Path) -> Extraction:
    return extract(document(path), *PACKS)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_items_stand_where_they_say(path):
    extraction = read(path)
    text = extraction.structure.document.text
    assert unicodedata.is_normalized("NFC", text)
    assert len(extraction.items) > 50
    for item in extraction.items:
        assert text[item.start : item.end].strip() == text[item.start : item.end] != ""
        low, high = item.sentence
        assert low <= item.start < high, text[item.start : item.end]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_no_two_items_of_the_number_kinds_overlap(path):
    extraction = read(path)
    spans = sorted((item.start, item.end) for item in extraction.items if not isinstance(item, Activity))
    assert [pair for pair in pairwise(spans) if pair[0][1] > pair[1][0]] == []
    claims = [(claim.start, claim.end) for claim in extraction.claims]
    assert [pair for pair in pairwise(sorted(claims)) if pair[0][1] > pair[1][0]] == []


@pytest.mark.parametrize("path", [p for p in REPORTS if p.suffix == ".pdf"], ids=lambda path: path.name)
def test_every_item_of_a_pdf_has_its_box_on_its_page(path):
    extraction = read(path)
    document = extraction.structure.document
    for item in extraction.items:
        boxes = list(document.boxes(item.start, item.end))
        assert boxes, document.text[item.start : item.end]
        pages = {page.number: page for page in document.pages}
        for box in boxes:
            assert 0 <= box.left < box.right <= pages[box.page].width
            assert 0 <= box.top < box.bottom <= pages[box.page].height


def test_a_date_item_s_bounds_follow_from_its_value():
    extraction = extract(read_text(TEXT.encode("utf-8"), markdown=False), *PACKS)
    dates = [item for item in extraction.items if isinstance(item, DateMention)]
    assert len(dates) >= 4
    assert all((d.first_day, d.last_day) == bounds(d.value) for d in dates)


_TYPED = (
    "Sở đã tổ chức 05 lớp tập huấn , . ; ( ) 12/15 xã năm 2024 số 12/KH-UBND ngày 5/6/2024 không có đoàn / - – "
    "1.250 7.2 1.2.3 trên dưới tỷ đồng % từ đến quý III tháng 6 và Điều 5 “ ” 31/02/2024 27m² tăng giảm một hai"
)
_WORDS = st.sampled_from(_TYPED.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40))
def test_any_sentence_is_read_without_fault_and_every_numeral_accounted_for(words):
    extraction = extract(passage(" ".join(words)), *PACKS)
    text = extraction.structure.document.text
    owned = [(c.start, c.end) for c in extraction.claims]
    owned += [(p.start, p.end) for p in extraction.problems if p.start is not None]
    for at, character in enumerate(text):
        if character.isdecimal():
            assert any(start <= at < end for start, end in owned), (text, at)


@pytest.mark.parametrize(
    "piece",
    [
        "số 12, ",
        "12, ",
        "1-",
        "-",
        "ABC-",
        "a-",
        "1.",
        "1/",
        "(",
        "và ",
        "mười ",
        "trong đó cấp tỉnh 87, ",
        "ngày 1/1 ",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(piece):
    """Ten times the text may take at most some thirty times the work: a square would take a hundred."""

    def calls(times: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(extract, passage("Sở đã tổ chức " + piece * times), *PACKS)
        return sum(entry.callcount for entry in profile.getstats())

    calls(20)
    small, large = calls(100), calls(1000)
    assert large < 30 * small
