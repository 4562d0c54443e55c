"""Rows: every column of the contract filled from the right place, and ids that a review can hold on to."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace
from report_sketch import SENTENCE, count, found, report

from pipeline.model import Activity, DateMention
from pipeline.tables.cells import _UNWRITABLE
from pipeline.tables.columns import CONSOLIDATED, INDICATORS, PROBLEMS, REPORTS
from pipeline.tables.identity import content_id, in_reading_order, item_ids, reading_order
from pipeline.tables.result import FoundItem, FoundProblem
from pipeline.tables.rows import indicator_rows, item_rows, problem_rows, report_row

CONTRACT = {
    "consolidated": """
        item_id report_id file kind text value value_max total previous unit per object qualifier change
        document_type issued_date issuer role date_start date_end activity_type status section sentence page
        start end rule review column part_of machine_value machine_cells reviewer reviewed_at note
    """,
    "reports": """
        report_id file format pages status error text_source number symbol document_type subject parent_issuer
        issuer place date period_start period_end basis recipients signer signer_title signer_authority
        rule_pack items signed_at signed_by period_source numerals text_id review machine_fields
        reviewer reviewed_at
    """,
    "indicators": """
        report_id file issuer period_start period_end indicator label value unit qualifier status item_ids
        machine_value
    """,
    "problems": """
        report_id file code severity message text start end page box
        other_file other_text other_start other_end other_page problem_id review reviewer
    """,
}


@pytest.mark.parametrize("table", [CONSOLIDATED, REPORTS, INDICATORS, PROBLEMS], ids=lambda t: t.name)
def test_columns_are_those_of_the_contract_in_its_order(table):
    assert table.names == CONTRACT[table.name].split()


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (CONSOLIDATED, [*item_rows(report())]),
        (REPORTS, [report_row(report())]),
        (INDICATORS, [*indicator_rows(report())]),
        (PROBLEMS, [*problem_rows(report())]),
    ],
    ids=lambda v: getattr(v, "name", ""),
)
def test_rows_hold_no_column_that_the_table_lacks(table, rows):
    assert {name for row in rows for name in row} <= set(table.names)


def shown(row, *names):
    return tuple(row.get(name, "") for name in names)


def test_each_kind_fills_its_own_columns():
    number, date, deed, lessons = item_rows(report())
    assert shown(number, "kind", "text", "value", "document_type", "issued_date", "role") == (
        "document_number", "7/UBND", "07/UBND", "Công văn", "2023-10-16", "cited",
    )  # fmt: skip
    assert shown(date, "kind", "text", "value", "role", "date_start", "date_end", "unit") == (
        "date", "ngày 16/10/2023", "2023-10-16", "document", "2023-10-16", "2023-10-16", "",
    )  # fmt: skip
    assert shown(deed, "kind", "text", "value", "activity_type", "status", "qualifier") == (
        "activity", "tổ chức", "hold", "hold", "done", "",
    )  # fmt: skip
    assert shown(lessons, "kind", "text", "value", "total", "value_max", "unit", "activity_type") == (
        "count", "12/15 lớp", "12", "15", "", "lớp", "hold",
    )  # fmt: skip
    for row in (number, date, deed, lessons):
        assert shown(row, "section", "page", "sentence") == ("I. Kết quả > 1. Lớp", "2", SENTENCE)
        assert SENTENCE[int(row["start"]) : int(row["end"])] == row["text"]


def test_a_report_row_joins_lists_and_counts_its_items():
    row = report_row(report())
    assert shown(row, "number", "basis", "recipients", "pages", "items", "status") == (
        "05/BC-SGD", "07/UBND; 08/UBND", "", "3", "4", "ok",
    )  # fmt: skip


def test_an_indicator_names_its_items_and_one_not_stated_is_empty():
    lessons, articles = indicator_rows(report())
    ids = {row["text"]: row["item_id"] for row in item_rows(report())}
    assert shown(lessons, "indicator", "value", "item_ids") == ("lop", "12", ids["12/15 lớp"])
    assert shown(articles, "indicator", "label", "value", "item_ids") == ("tin_bai", "Số tin, bài", "", "")


def test_problems_of_the_whole_file_come_before_those_at_its_first_character():
    at_start = FoundProblem("number.unexplained", "warning", "…", "7", 0, 1)
    whole = FoundProblem("page.no_text", "warning", "…", page=3)
    rows = problem_rows(report(problems=(at_start, whole)))
    assert [shown(row, "code", "start", "page") for row in rows] == [
        ("page.no_text", "", "3"),
        ("number.unexplained", "0", ""),
    ]


def ids(*items, report_id="0123456789ab"):
    return item_ids(report_id, items)


def test_an_item_keeps_its_id_under_spaces_and_what_stands_elsewhere():
    [plain] = ids(count("Sở tổ chức 3 lớp.", "3 lớp"))
    assert ids(count("Sở  tổ chức\n3  lớp.", "3  lớp")) == [plain]
    other = count("Huyện tổ chức 4 lớp.", "4 lớp")
    assert ids(other, count("Sở tổ chức 3 lớp.", "3 lớp", at=40))[1] == plain
    assert ids(count("Sở tổ chức 3 lớp.", "3 lớp", value="4", unit="khóa")) == [plain]


def test_what_differs_has_another_id():
    plain = count("Sở tổ chức 3 lớp.", "3 lớp")
    other_words = count("Huyện tổ chức 3 lớp.", "3 lớp")
    other_text = count("Sở tổ chức 3 lớp.", "3")
    other_kind = FoundItem(Activity(11, 16, (0, 17), "core/x", value="hold"), "3 lớp", plain.sentence)
    every = ids(plain, other_words, other_text, other_kind) + ids(plain, report_id="ba9876543210")
    assert len(set(every)) == 5
    assert all(len(one) == 12 and int(one, 16) >= 0 for one in every)


def test_equals_are_told_apart_by_their_order_in_the_text_whatever_order_they_come_in():
    first, second = count("Sở mở 3 lớp.", "3 lớp"), count("Sở mở 3 lớp.", "3 lớp", at=100)
    assert ids(first, second) == ids(second, first)[::-1]
    assert len(set(ids(first, second))) == 2


def test_two_activities_of_one_phrase_keep_their_ids_when_one_goes():
    deeds = [
        FoundItem(Activity(3, 10, (0, 20), "core/x", value=code), "tổ chức", "Sở tổ chức hội nghị")
        for code in ("coordinate", "hold")
    ]
    assert ids(deeds[1]) == ids(*deeds)[1:]


def test_ids_do_not_depend_on_how_the_parts_are_cut():
    assert content_id("ab", "c") != content_id("a", "bc")
    assert replace(report(), file="x").report_id == report().report_id


@pytest.mark.parametrize("seed", range(20))
def test_items_are_put_in_reading_order_however_they_come(seed):
    items = [found(date(start, end, value), SENTENCE) for start in (1, 5, 9) for end in (12, 14) for value in "ab"]
    random.Random(seed).shuffle(items)
    items = items[:: seed % 3 + 1]
    assert [items[at] for at in in_reading_order(items)] == sorted(items, key=reading_order)


def test_items_in_reading_order_stay_as_they_are():
    items = [found(date(start, start + 3, "a"), SENTENCE) for start in (1, 5, 9)]
    assert list(in_reading_order(items)) == [0, 1, 2]
    assert list(in_reading_order([])) == []


@pytest.mark.parametrize("at", range(0, 0x11000, 0x100))
def test_what_can_be_printed_can_be_written(at):
    for text in map(chr, range(at, at + 0x100)):
        assert not (text.isprintable() and _UNWRITABLE.search(text)), hex(ord(text))


def date(start: int, end: int, value: str) -> DateMention:
    return DateMention(start, end, (0, len(SENTENCE)), "core/ngay", value=value)
