"""What only a look at a whole folder shows: documents with two dates or codes, numbers that two reports have."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.batch import run
from tests.folders import content

REPORT = """{issuer}
Số: {number}

{place}, ngày {day} tháng 10 năm 2024

BÁO CÁO
{subject}

I. KẾT QUẢ THỰC HIỆN

{body}
"""


def report(
    body, number="15/BC-SGDĐT", issuer="SỞ GIÁO DỤC VÀ ĐÀO TẠO", place="Trà Vinh", day="12", subject="Kết quả năm"
):
    return REPORT.format(body=body, number=number, issuer=issuer, place=place, day=day, subject=subject)


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read(tmp_path, bodies, **options):
    """Return the rows of problems of a run over reports of three offices of one place with these `bodies`."""
    offices = [("a.txt", "15/BC-SGDĐT", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"), ("b.txt", "31/BC-SNV", "SỞ NỘI VỤ")]
    offices += [("c.txt", "77/BC-SYT", "SỞ Y TẾ")]
    folder = tmp_path / "in"
    folder.mkdir()
    for (name, number, issuer), body in zip(offices, bodies, strict=False):
        (folder / name).write_text(report(body, number, issuer), encoding="utf-8")
    run(folder, tmp_path / "out", **options)
    return [
        tuple(row[column] for column in ("file", "code", "text", "other_file", "other_text"))
        for row in rows(tmp_path / "out", "problems")
    ]


TWO_FILES = [
    (
        "reference.dates",
        "Thực hiện Nghị định số 52/2023/NĐ-CP ngày 08/8/2023 của Chính phủ.",
        "Thực hiện Nghị định số 52/2023/NĐ-CP ngày 09/8/2023 của Chính phủ.",
        ("52/2023/NĐ-CP ngày 09/8/2023", "52/2023/NĐ-CP ngày 08/8/2023"),
    ),
    (
        "reference.dates",
        "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024 của UBND tỉnh Trà Vinh.",
        "Theo Kế hoạch số 67/KH-UBND ngày 24/3/2024 của UBND tỉnh Trà Vinh.",
        ("67/KH-UBND ngày 24/3/2024", "67/KH-UBND ngày 14/3/2024"),
    ),
    (
        "reference.dates",
        "Theo Công văn số 933/STC-QLNS ngày 05/4/2024.",
        "Theo Công văn số 933/STC-QLNS ngày 15/4/2024.",
        ("933/STC-QLNS ngày 15/4/2024", "933/STC-QLNS ngày 05/4/2024"),
    ),
    (
        "reference.dates",
        "Đã tổ chức 12 lớp tập huấn.",
        "Phối hợp theo Báo cáo số 15/BC-SGDĐT ngày 02/10/2024 của Sở Giáo dục và Đào tạo.",
        ("15/BC-SGDĐT ngày 02/10/2024", "15/BC-SGDĐT"),
    ),
    (
        "reference.variant",
        "Chương trình số 5120/CTr-BTTTT-BTLBĐBP ngày 02/12/2022.",
        "Chương trình số 5120/CTr-BTTTT-BTLBP ngày 02/12/2022.",
        ("5120/CTr-BTTTT-BTLBP ngày 02/12/2022", "5120/CTr-BTTTT-BTLBĐBP ngày 02/12/2022"),
    ),
    (
        "reference.variant",
        "Theo Quyết định số 815/QĐ-UBND ngày 05/4/2024 của UBND tỉnh. Quyết định số 815/QĐ-UBND được gửi các huyện.",
        "Theo văn bản số 815/QD-UBND ngày 05/4/2024 của UBND tỉnh.",
        ("815/QD-UBND ngày 05/4/2024", "815/QĐ-UBND ngày 05/4/2024"),
    ),
]


@pytest.mark.parametrize(("code", "one", "other", "places"), TWO_FILES)
def test_a_contradiction_of_two_files_is_told_with_both(tmp_path, code, one, other, places):
    assert read(tmp_path, [one, other]) == [("b.txt", code, places[0], "a.txt", places[1])]


NO_CONTRADICTION = [
    (  # two offices' decisions
        "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024 của UBND huyện Càng Long.",
        "Theo Kế hoạch số 67/KH-UBND ngày 24/3/2024 của UBND huyện Cầu Kè.",
    ),
    (  # whose is not said, and nothing but the number is the same
        "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024.",
        "Theo Kế hoạch số 67/KH-UBND ngày 25/9/2024.",
    ),
    ("Theo Kế hoạch số 67/KH-UBND ngày 14/3/2023.", "Theo Kế hoạch số 67/KH-UBND ngày 20/02/2024."),
    ("Theo Quyết định số 1528/QĐ-UBND ngày 05/4/2024.", "Theo Quyết định số 1582/QĐ-UBND ngày 05/4/2024."),
    ("Theo Công văn số 412/SNV-CCVC ngày 05/4/2024.", "Theo Công văn số 412/STP-CCVC ngày 05/4/2024."),
    ("Theo Nghị quyết số 18-NQ/TW ngày 25/10/2017.", "Theo Nghị quyết số 18/NQ-TW ngày 25/10/2017."),
    ("Theo Công văn số 933/STC-QLNS ngày 05/4/2024.", "Theo Công văn số 933/STC-QLNS."),
    ("Theo Báo cáo số 31/BC-SNV ngày 12/10/2024.", "Đã tổ chức 12 lớp tập huấn."),
]


@pytest.mark.parametrize(("one", "other"), NO_CONTRADICTION)
def test_what_may_be_two_documents_is_no_contradiction(tmp_path, one, other):
    assert read(tmp_path, [one, other]) == []


def test_the_date_that_most_files_give_is_right_and_a_file_is_told_once(tmp_path):
    wrong = "Thực hiện Chỉ thị số 41-CT/TW ngày 22/02/2024; sơ kết Chỉ thị số 41-CT/TW ngày 22/02/2024."
    right = "Thực hiện Chỉ thị số 41-CT/TW ngày 12/02/2024 của Ban Bí thư."
    found = read(tmp_path, [wrong, right * 2, right])
    place = ("41-CT/TW ngày 22/02/2024", "b.txt", "41-CT/TW ngày 12/02/2024")
    assert found == [("a.txt", "reference.dates", *place)]


def test_what_one_file_contradicts_in_itself_is_told_once(tmp_path):
    both = "Thực hiện Chỉ thị số 41-CT/TW ngày 12/02/2024; sơ kết Chỉ thị số 41-CT/TW ngày 22/02/2024."
    found = read(tmp_path, [both, "Thực hiện Chỉ thị số 41-CT/TW ngày 12/02/2024."])
    assert [(file, code, other) for file, code, _, other, _ in found] == [("a.txt", "reference.dates", "a.txt")]


NUMBERS = [
    ("another day", {"day": "15", "subject": "Kết quả quý III"}, "number.repeated"),
    ("another subject", {"subject": "Kết quả quý III"}, "number.repeated"),
    ("the same report", {"body": "Đã tổ chức 12 lớp."}, "report.repeated"),
    ("another office", {"number": "15/BC-STC", "issuer": "SỞ TÀI CHÍNH"}, ""),
    ("another place", {"place": "Bến Tre", "day": "15"}, ""),
    ("another number", {"number": "16/BC-SGDĐT"}, ""),
]


@pytest.mark.parametrize(("changed", "code"), [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS])
def test_a_number_that_two_reports_have(tmp_path, changed, code):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(report("Đã tổ chức 15 lớp."), encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(report(**{"body": "Đã mở 9 lớp.", **changed}), encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    found = [(row["file"], row["code"], row["other_file"]) for row in rows(tmp_path / "out", "problems")]
    assert found == ([("b.txt", code, "a.txt")] if code else [])


def test_the_same_bytes_are_told_of_each_file_but_the_first(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    text = report("Đã tổ chức 15 lớp.")
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    (tmp_path / "in" / "d.txt").write_text(text + "Đã mở 9 lớp.\n", encoding="utf-8")
    for name in ("e.txt", "f.txt"):
        (tmp_path / "in" / name).touch()
    run(tmp_path / "in", tmp_path / "out")
    columns = ("file", "code", "other_file", "text", "start", "other_start")
    assert [tuple(row[name] for name in columns) for row in rows(tmp_path / "out", "problems")] == [
        ("b.txt", "file.duplicate", "a.txt", "", "", ""),
        ("d.txt", "report.repeated", "a.txt", "15/BC-SGDĐT", "27", "27"),
        ("e.txt", "file.empty", "", "", "", ""),
        ("f.txt", "file.empty", "", "", "", ""),
        ("sub/c.txt", "file.duplicate", "a.txt", "", "", ""),
    ]
    assert all("a.txt" in row["message"] for row in rows(tmp_path / "out", "problems") if row["other_file"])


def test_workers_and_order_play_no_part(tmp_path):
    bodies = [case[1:3] for case in TWO_FILES]
    one, two = " ".join(case[0] for case in bodies), " ".join(case[1] for case in bodies)
    read(tmp_path, [one, two, one + " " + two])
    run(tmp_path / "in", tmp_path / "again", workers=2)
    assert content(tmp_path / "out") == content(tmp_path / "again")
    assert {row["code"] for row in rows(tmp_path / "out", "problems")} == {"reference.dates", "reference.variant"}


def test_the_rows_of_cited_documents(tmp_path):
    bodies = [
        "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024 của UBND tỉnh Trà Vinh. Kế hoạch số 67/KH-UBND đã hoàn thành.",
        "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024 và Báo cáo số 15/BC-SGDĐT ngày 12/10/2024.",
    ]
    read(tmp_path, bodies)
    found = [
        tuple(row[name] for name in ("number", "issuer", "dates", "reports", "mentions", "files", "in_folder"))
        for row in rows(tmp_path / "out", "references")
    ]
    issuer = "Ủy ban nhân dân"
    assert found == [
        ("67/KH-UBND", issuer, "2024-03-14 (2)", "2", "3", "a.txt; b.txt", ""),
        ("15/BC-SGDĐT", "Sở Giáo dục và Đào tạo", "2024-10-12 (2)", "1", "1", "b.txt", "a.txt"),
    ]
