from __future__ import annotations

import pytest

from pipeline.summary.names import Sender, labels, short_name

NAMES = (
    ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "ỦY BAN NHÂN DÂN TỈNH BẾN TRE", "Bến Tre", "Sở TTTT Bến Tre"),
    ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "UBND TỈNH VĨNH LONG", "Vĩnh Long", "Sở VHTTDL Vĩnh Long"),
    ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "UBND TỈNH CÀ MAU", "", "Sở LĐTBXH Cà Mau"),
    ("Sở Y tế", "", "Bình Thuận", "Sở Y tế Bình Thuận"),
    ("BAN AN TOÀN GIAO THÔNG", "UBND HUYỆN CHỢ LÁCH", "", "Ban ATGT Chợ Lách"),
    ("UỶ BAN NHÂN DÂN XÃ NGỌC LINH", "", "Ngọc Linh", "UBND xã Ngọc Linh"),
    ("BAN TUYÊN GIÁO", "TỈNH ỦY HẬU GIANG", "Vị Thanh", "Ban Tuyên giáo Hậu Giang"),
    ("HUYỆN ỦY BẮC HÀ", "TỈNH ỦY LÀO CAI", "Bắc Hà", "Huyện ủy Bắc Hà"),
    ("VĂN PHÒNG", "UBND TỈNH TUYÊN QUANG", "", "VP UBND tỉnh Tuyên Quang"),
    ("BAN CHẤP HÀNH TỈNH KIÊN GIANG", "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "", "Hội LHPN tỉnh Kiên Giang"),
    ("TRUNG TÂM Y TẾ HUYỆN ĐĂK HÀ", "SỞ Y TẾ KON TUM", "Đăk Hà", "TT Y tế huyện Đăk Hà"),
    ("", "UBND TỈNH X", "X", ""),
)


@pytest.mark.parametrize(("issuer", "parent", "place", "wanted"), NAMES)
def test_bodies_have_the_names_that_offices_use(issuer: str, parent: str, place: str, wanted: str) -> None:
    assert short_name(issuer, parent, place) == wanted


def sender(file: str, until: str, issuer: str = "SỞ NỘI VỤ", parent: str = "UBND TỈNH PHÚ THỌ") -> Sender:
    return Sender(file, issuer, parent, "", until)


def test_reports_of_one_body_are_told_apart_by_year_then_month_then_file() -> None:
    years = [sender("a", "2023-12-31"), sender("b", "2024-12-31")]
    assert labels(years) == ["Sở Nội vụ Phú Thọ · 2023", "Sở Nội vụ Phú Thọ · 2024"]
    months = [sender("a", "2024-06-30"), sender("b", "2024-12-31")]
    assert labels(months) == ["Sở Nội vụ Phú Thọ · 06/2024", "Sở Nội vụ Phú Thọ · 12/2024"]
    files = [sender("a.pdf", "2024-06-30"), sender("b.pdf", "2024-06-30")]
    assert labels(files) == ["Sở Nội vụ Phú Thọ · a.pdf", "Sở Nội vụ Phú Thọ · b.pdf"]


def test_a_report_without_a_body_goes_by_its_file_and_no_label_comes_twice() -> None:
    assert labels([sender("x.txt", "", "", "")]) == ["x.txt"]
    long = [sender(f"{'d' * 60}{at}.txt", "", "", "") for at in range(3)]
    assert len(set(labels(long))) == 3
