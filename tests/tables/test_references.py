"""Cited documents: which mentions are one document, and the row that it gets."""

from __future__ import annotations

import csv
import random

import pytest
from report_sketch import found, report

from pipeline.model import DocumentNumber, ReportFields
from pipeline.tables import write_tables
from pipeline.tables.citations import Citations
from pipeline.tables.references import digest_of


def cited(number, date="", issuer="", role="cited", at=0):
    sentence = f"Theo văn bản số {number} ngày {date} của cấp trên."
    start = at + sentence.index(number)
    span = at, at + len(sentence)
    item = DocumentNumber(
        start,
        start + len(number),
        span,
        "core/nha_nuoc",
        number,
        role,
        "Kế hoạch",
        date if role == "cited" else "",
        issuer,
    )
    return found(item, sentence, number)


def citing(file, *numbers, place="Trà Vinh", **fields):
    """Return a report that cites `numbers`: tuples of number, date and issuer."""
    items = tuple(cited(*number, at=100 * at) for at, number in enumerate(numbers))
    return report(file, items=items, indicators=(), fields=ReportFields(place=place, **fields))


def told(*reports, columns=("number", "dates", "files")):
    with Citations() as citations:
        for report in reports:
            citations.add(digest_of(report))
        return sorted(tuple(row[column] for column in columns) for row in citations.rows())


ONE = [
    ("a code and a day", [("67/KH-UBND", "2024-03-14")], [("67/KH-UBND", "2024-03-14")]),
    ("without a day it is the only one there is", [("67/KH-UBND", "2024-03-14")], [("67/KH-UBND",)]),
    ("other separators", [("18-NQ/TW", "2017-10-25")], [("18/NQ/TW", "2017-10-25")]),
    ("zeros", [("07-KH/TU", "2024-03-14")], [("7-KH/TU", "2024-03-14")]),
    ("a year in the number", [("52/2023/NĐ-CP", "2023-08-08")], [("52/2023/NĐ-CP", "2023-08-09")]),
    ("the country's office misdated", [("41-CT/TW", "2024-02-12")], [("41-CT/TW", "2024-02-22")]),
    ("the year is not given", [("67/KH-UBND", "2024-03-14")], [("67/KH-UBND", "XXXX-03-14")]),
    ("one office of one place", [("933/STC-QLNS", "2024-04-05")], [("933/STC-QLNS", "2024-09-17")]),
]


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_mentions_of_one_document(first, second):
    [(_, _, files)] = told(citing("a.txt", *first), citing("b.txt", *second))
    assert files == "a.txt; b.txt"


SEVERAL = [
    ("two years", [("67/KH-UBND", "2023-03-14")], [("67/KH-UBND", "2024-02-20")]),
    (
        "two places",
        [("67/KH-UBND", "2024-03-14", "UBND tỉnh Trà Vinh")],
        [("67/KH-UBND", "2024-03-14", "UBND tỉnh Bến Tre")],
    ),
    ("two levels", [("67/KH-UBND", "2024-03-14", "UBND tỉnh")], [("67/KH-UBND", "2024-03-15", "UBND huyện")]),
    ("offices of a kind", [("07/KH-UBND", "2024-01-14")], [("07/KH-UBND", "2024-10-25")]),
    ("the year doesn't fit", [("67/KH-UBND", "2024-03-14")], [("67/KH-UBND", "2023-03")]),
]


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in SEVERAL], ids=[case[0] for case in SEVERAL])
def test_mentions_of_several_documents(first, second):
    assert sorted(files for *_, files in told(citing("a.txt", *first), citing("b.txt", *second))) == ["a.txt", "b.txt"]


def test_offices_of_two_places_have_numbers_of_their_own():
    here, there = (
        citing("a.txt", ("933/STC-QLNS", "2024-04-05")),
        citing("b.txt", ("933/STC-QLNS", "2024-09-17"), place="Bến Tre"),
    )
    assert len(told(here, there)) == 2


def test_a_mention_without_a_day_goes_to_what_its_own_report_cites_in_full():
    older = citing("a.txt", ("67/KH-UBND", "2023-03-14"))
    newer = citing("b.txt", ("67/KH-UBND", "2024-02-20"), ("67/KH-UBND",))
    neither = citing("c.txt", ("67/KH-UBND",))
    assert told(older, newer, neither, columns=("dates", "mentions", "files")) == [
        ("", "1", "c.txt"),
        ("2023-03-14 (1)", "1", "a.txt"),
        ("2024-02-20 (1)", "2", "b.txt"),
    ]


def test_a_row_tells_dates_and_mentions_and_the_spelling_used_most():
    reports = [
        citing("a.txt", ("41-CT/TW", "2024-02-12"), ("41/CT-TW", "2024-02-12")),
        citing("b.txt", ("41/CT-TW", "2024-02-22", "Ban Bí thư")),
    ]
    assert told(*reports, columns=("number", "dates", "issuer", "reports", "mentions")) == [
        ("41/CT-TW", "2024-02-12 (2); 2024-02-22 (1)", "Ban Bí thư", "2", "3"),
    ]


def test_the_report_that_is_the_document_is_named_and_is_no_mention():
    own = report(
        "own.txt",
        items=(cited("214/BC-SNV", role="own"),),
        indicators=(),
        fields=ReportFields(number="214/BC-SNV", date="2024-11-20", issuer="SỞ NỘI VỤ", place="Trà Vinh"),
    )
    other = citing("other.txt", ("214/BC-SNV", "2024-11-20"))
    assert told(own, other, columns=("number", "files", "in_folder")) == [("214/BC-SNV", "other.txt", "own.txt")]
    assert told(own) == []
    before = citing("other.txt", ("214/BC-SNV", "2023-12-01"))
    assert told(own, before, columns=("files", "in_folder")) == [("other.txt", "")]


def test_rows_are_the_same_whatever_order_the_reports_come_in(tmp_path):
    numbers = [
        ("67/KH-UBND", "2024-03-14", "UBND tỉnh Trà Vinh"), ("67/KH-UBND", "2024-03-15"), ("67/KH-UBND",),
        ("67/KH-UBND", "2024-03-14", "UBND tỉnh Bến Tre"), ("67/KH-UBND", "XXXX-03-14"), ("67/KH-UBND", "2023-03"),
        ("52/2023/NĐ-CP", "2023-08-08"), ("52/2023/NĐ-CP", "2023-08-09"), ("52/2023/ND-CP",), ("18-NQ/TW",),
    ]  # fmt: skip
    chance = random.Random(5)
    reports = [citing(f"{at}.txt", *chance.sample(numbers, 4), place=f"P{at % 3}") for at in range(12)]
    written = set()
    for run in range(6):
        chance.shuffle(reports)
        write_tables(tmp_path / str(run), reports)
        written.add((tmp_path / str(run) / "references.csv").read_bytes())
    assert len(written) == 1
    rows = list(csv.DictReader(written.pop().decode("utf-8-sig").splitlines()))
    assert sum(int(row["mentions"]) for row in rows) == 48
    assert len({row["reference_id"] for row in rows}) == len(rows) > 4
