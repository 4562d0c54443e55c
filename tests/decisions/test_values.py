"""What people type in place of a reading, as the tables write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions import corrected, corrected_field, reviewer_name, shown
from pipeline.problems import BaocaoError
from pipeline.tables.cells import number_cell

COUNT = {"kind": "count", "value": "7", "unit": "buổi", "qualifier": "exact", "status": "done"}


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("8", "8"), ("1.234", "1234"), ("1.234,5", "1234.5"), ("1,5", "1.5"), ("0,125", "0.125"), ("1.5", "1.5"),
        ("1234.567", "1234.567"), ("1 250 000", "1250000"), ("2 triệu rưỡi", "2500000"), ("1,5 tỷ", "1500000000"),
        ("-3", "-3"), ("−3,5", "-3.5"), (" 12 ", "12"), ("0", "0"), ("12,5%", "12.5"), ("2 tỉ", "2000000000"),
        ("1'250'000", "1250000"), ("1 250,5", "1250.5"),
    ],
)  # fmt: skip
def test_numbers(typed: str, cell: str):
    assert corrected("count", {"value": typed}, COUNT) == {"value": cell}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "1.23.4",
        "12 xã",
        "=1+1",
        "1,2,3",
        "--3",
        "1.234 567",
        "1.234,5 678",
        "1 tỷ 250",
        "1" * 40,
        "1" * 5000 + ".5",
    ],
)
def test_what_is_no_number_is_refused(typed: str):
    with pytest.raises(BaocaoError) as raised:
        corrected("count", {"value": typed}, COUNT)
    assert raised.value.problem.code == "decision.value"
    form = "number" if typed else "empty"
    assert dict(raised.value.problem.detail) == {"column": "value", "text": typed, "form": form}


@pytest.mark.parametrize(
    ("typed", "edtf", "first", "last"),
    [
        ("16/10/2023", "2023-10-16", "2023-10-16", "2023-10-16"),
        ("6-1-2024", "2024-01-06", "2024-01-06", "2024-01-06"),
        ("10/2023", "2023-10", "2023-10-01", "2023-10-31"),
        ("2023", "2023", "2023-01-01", "2023-12-31"),
        ("2023-35", "2023-35", "2023-07-01", "2023-09-30"),
        ("XXXX-04-21", "XXXX-04-21", "", ""),
        ("18/4/2023 – 21/4/2023", "2023-04-18/2023-04-21", "2023-04-18", "2023-04-21"),
        ("18/4/2023 đến 21/4/2023", "2023-04-18/2023-04-21", "2023-04-18", "2023-04-21"),
        ("2021/2030", "2021/2030", "2021-01-01", "2030-12-31"),
        ("2023-02-01/..", "2023-02-01/..", "2023-02-01", ""),
        ("quý II năm 2024", "2024-34", "2024-04-01", "2024-06-30"),
        ("6 tháng đầu năm 2023", "2023-40", "2023-01-01", "2023-06-30"),
        ("từ ngày 15/12/2023 đến ngày 14/12/2024", "2023-12-15/2024-12-14", "2023-12-15", "2024-12-14"),
        ("ngày 17 tháng 7 năm 2024", "2024-07-17", "2024-07-17", "2024-07-17"),
        ("17/7", "XXXX-07-17", "", ""),
    ],
)
def test_dates_bring_their_days(typed: str, edtf: str, first: str, last: str):
    row = {"kind": "date", "value": "1999", "date_start": "?", "date_end": "?"}
    assert corrected("date", {"value": typed}, row) == {"value": edtf, "date_start": first, "date_end": last}


@pytest.mark.parametrize(
    "typed",
    [
        "31/02/2024",
        "2024-13",
        "2024-38",
        "16/13",
        "mai",
        "2023-10-16/x",
        "1/2/3/4",
        "31/12/2024 – 01/01/2024",
        "2024-05/2024-01",
        "٢٠٢٣",
    ],
)
def test_what_is_no_date_is_refused(typed: str):
    with pytest.raises(BaocaoError):
        corrected("date", {"value": typed}, {"kind": "date"})


def test_what_is_as_it_was_is_no_correction():
    assert corrected("count", {"value": "7", "unit": "Buổi", "object": ""}, COUNT) == {}


def test_a_cell_can_be_emptied_but_no_value():
    assert corrected("count", {"unit": ""}, COUNT) == {"unit": ""}
    with pytest.raises(BaocaoError):
        corrected("count", {"value": " "}, COUNT)


def test_choices_are_those_of_the_column():
    assert corrected("count", {"status": "planned", "qualifier": "about"}, COUNT) == {
        "status": "planned",
        "qualifier": "about",
    }
    for said in ({"status": "maybe"}, {"role": "own"}, {"sentence": "x"}, {"item_id": "0"}):
        with pytest.raises(BaocaoError):
            corrected("count", said, COUNT)
    with pytest.raises(BaocaoError):
        corrected("date", {"role": "own"}, {"role": "text"})


def test_an_activity_may_be_named_or_coded():
    labels = {"train": "Tập huấn, bồi dưỡng", "advise": "Tham mưu"}
    meant = {"value": "train", "activity_type": "train"}
    assert corrected("activity", {"value": "tập huấn, bồi dưỡng"}, {"value": "advise"}, labels) == meant
    assert corrected("activity", {"value": "train"}, {"value": "advise"}, labels) == meant
    with pytest.raises(BaocaoError):
        corrected("activity", {"value": "dance"}, {"value": "advise"}, labels)


def test_document_numbers_are_written_as_the_decree_has_them():
    assert corrected("document_number", {"value": "7 – KH / BCĐ"}, {"value": "?"}) == {"value": "07-KH/BCĐ"}
    with pytest.raises(BaocaoError):
        corrected("document_number", {"value": "Nghị định 116"}, {"value": "?"})


def test_letterhead_fields():
    assert corrected_field("date", "16/10/2023") == "2023-10-16"
    assert corrected_field("date", "10/2023") == "2023-10"
    assert corrected_field("number", " 5 /BC-UBND") == "05/BC-UBND"
    assert corrected_field("recipients", "Như trên ;  Lưu: VT; ") == "Như trên; Lưu: VT"
    assert corrected_field("signer", " Trần  Văn A ") == "Trần Văn A"
    assert corrected_field("number", "") == ""
    for name, typed in (("period_start", "2023"), ("date", "hôm qua"), ("number", "không số")):
        with pytest.raises(BaocaoError):
            corrected_field(name, typed)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_number_that_is_shown_can_be_typed_back(number):
    cell = number_cell(number)
    assert corrected("count", {"value": shown("count", "value", cell)}, {"value": "?"}) == {"value": cell}


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2023-10-16", "16/10/2023"), ("2023-10", "10/2023"), ("2023", "2023"), ("2023-35", "Quý III/2023"),
        ("2024-40", "6 tháng đầu năm 2024"), ("XXXX-41", "6 tháng cuối năm (không rõ năm)"),
        ("XXXX-04-21", "21/04 (không rõ năm)"), ("2023-04-18/2023-04-21", "18/04/2023 – 21/04/2023"),
        ("XXXX-06-01/XXXX-06-02", "01/06 – 02/06 (không rõ năm)"), ("XXXX-07", "tháng 07 (không rõ năm)"),
        ("2023-02-01/..", "từ 01/02/2023 đến nay"), ("2021/2030", "2021 – 2030"),
        ("2024-33/2024-34", "Quý I/2024 – Quý II/2024"),
    ],
)  # fmt: skip
def test_a_date_that_is_shown_can_be_typed_back(edtf: str, told: str):
    assert shown("date", "value", edtf) == told
    assert corrected("date", {"value": told}, {})["value"] == edtf


def test_names_of_reviewers_are_one_however_they_are_coded():
    assert reviewer_name("  Nguye\u0302\u0303n   Huệ ") == "Nguyễn Huệ"
    assert reviewer_name("An; Bình") == "An, Bình"
    assert len(reviewer_name("x" * 500)) == 80
    for name in ("", "  ", "\u200b"):
        with pytest.raises(BaocaoError) as raised:
            reviewer_name(name)
        assert raised.value.problem.code == "review.name"
