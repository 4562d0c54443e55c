"""The period that a report is about, and where it was read: by subject, opening and date of invented reports."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.parsers.plain import read_text
from pipeline.rulebook import load_pack

PACK = load_pack("core")
REPORT = """UỶ BAN NHÂN DÂN TỈNH HÀ GIANG
SỞ NỘI VỤ
Số: 12/BC-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Giang, ngày {issued}

BÁO CÁO
{subject}

{opening}

I. KẾT QUẢ THỰC HIỆN
1. Sở đã tổ chức 03 hội nghị.
"""
DECREE = "Thực hiện Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ quy định về chế độ báo cáo, Sở báo cáo:"


def period(subject, issued, opening="Sở Nội vụ báo cáo kết quả như sau:"):
    text = REPORT.format(subject=subject, issued=issued, opening=opening)
    fields = extract(read_text(text.encode(), markdown=False), PACK).fields
    return fields.period_start, fields.period_end, fields.period_source


@pytest.mark.parametrize(
    ("subject", "issued", "first", "last"),
    [
        ("Kết quả công tác tháng 5, phương hướng tháng 6 năm 2024", "24 tháng 5 năm 2024", "2024-05-01", "2024-05-31"),
        ("Kết quả công tác tháng 12, nhiệm vụ tháng 01 năm 2025", "24 tháng 12 năm 2024", "2024-12-01", "2024-12-31"),
        ("Kết quả công tác tháng 12", "05 tháng 01 năm 2025", "2024-12-01", "2024-12-31"),
        (
            "Tình hình quý III và 9 tháng đầu năm, nhiệm vụ quý IV năm 2024",
            "24 tháng 9 năm 2024",
            "2024-01-01",
            "2024-09-30",
        ),
        (
            "Kết quả thực hiện Chương trình giai đoạn 2021-2025, 6 tháng đầu năm 2024; nhiệm vụ 6 tháng cuối năm 2024",
            "24 tháng 6 năm 2024",
            "2024-01-01",
            "2024-06-30",
        ),
        (
            "Tổng kết giai đoạn 2016-2020, phương hướng giai đoạn 2021-2025",
            "24 tháng 11 năm 2020",
            "2016-01-01",
            "2020-12-31",
        ),
        ("Kết quả hoạt động từ ngày 01/7/2025 đến nay", "18 tháng 9 năm 2025", "2025-07-01", "2025-09-18"),
        ("Kết quả thực hiện Đề án đến năm 2030 năm 2024", "18 tháng 12 năm 2024", "2024-01-01", "2024-12-31"),
        ("Công tác tháng 11, 12/2023", "18 tháng 12 năm 2023", "2023-11-01", "2023-12-31"),
    ],
)
def test_the_subject_names_the_period(subject, issued, first, last):
    assert period(subject, issued) == (first, last, "subject")


def test_a_week_whose_days_are_not_said_is_no_period():
    assert period("Tình hình dịch bệnh tuần 12 năm 2024", "24 tháng 3 năm 2024") == ("", "", "")


@pytest.mark.parametrize(
    ("subject", "opening", "first", "last"),
    [
        ("Tình hình dịch bệnh tuần 12 (từ ngày 18/3 đến ngày 24/3/2024)", "", "2024-03-18", "2024-03-24"),
        (
            "Kết quả công tác quý I năm 2024",
            "Sở báo cáo (số liệu tính từ ngày 15/12/2023 đến ngày 14/3/2024) như sau:",
            "2023-12-15",
            "2024-03-14",
        ),
        (
            "Kết quả công tác quý I năm 2024",
            f"{DECREE[:-1]} (kỳ báo cáo từ 01/01/2024 đến 31/3/2024):",
            "2024-01-01",
            "2024-03-31",
        ),
    ],
)
def test_a_printed_window_wins(subject, opening, first, last):
    assert period(subject, "28 tháng 3 năm 2024", opening or "Sở báo cáo:") == (first, last, "window")


def test_the_opening_names_the_period_after_what_it_carries_out():
    opening = (
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 12/01/2024 của UBND tỉnh về công tác dân vận năm 2024, "
        "Sở báo cáo kết quả quý I năm 2024 như sau:"
    )
    found = period("Kết quả công tác dân vận", "24 tháng 3 năm 2024", opening)
    assert found == ("2024-01-01", "2024-03-31", "opening")


@pytest.mark.parametrize(
    ("named", "first", "last"),
    [
        ("tháng 01 năm 2024", "2023-12-15", "2024-01-14"),
        ("tháng 5 năm 2024", "2024-04-15", "2024-05-14"),
        ("quý II năm 2024", "2024-03-15", "2024-06-14"),
        ("6 tháng đầu năm 2024", "2023-12-15", "2024-06-14"),
        ("6 tháng cuối năm 2024", "2024-06-15", "2024-12-14"),
        ("9 tháng năm 2024", "2023-12-15", "2024-09-14"),
        ("năm 2024", "2023-12-15", "2024-12-14"),
    ],
)
def test_the_decree_moves_the_ends_where_the_report_follows_it(named, first, last):
    issued = "28 tháng 12 năm 2024"
    assert period(f"Kết quả cải cách hành chính {named}", issued, DECREE) == (first, last, "regulation")
    assert period(f"Kết quả cải cách hành chính {named}", issued)[2] == "subject"


def test_a_term_of_years_is_no_periodic_report():
    assert period("Tổng kết giai đoạn 2016-2020", "24 tháng 11 năm 2020", DECREE) == (
        "2016-01-01",
        "2020-12-31",
        "subject",
    )
