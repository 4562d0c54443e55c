"""Letterheads: a text and the fields that stand in it; tabs part table cells, `|` lines of one block."""

from __future__ import annotations

import pytest
from test_structure_words import WORDS, document

from pipeline.extract.structure import read_structure

FIELDS = ("number", "symbol", "document_type", "subject", "parent_issuer", "issuer", "place", "date")
BODY = "Thực hiện Công văn số 88/UBND-VX ngày 02/01/2024 của UBND tỉnh, đơn vị báo cáo kết quả như sau:"

CASES = {
    "department, left column then right": (
        """UBND TỈNH AN BÌNH
SỞ Y TẾ
Số: 215/BC-SYT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 05 tháng 3 năm 2024
BÁO CÁO
Kết quả công tác quý I năm 2024
và nhiệm vụ quý II năm 2024""",
        {
            "number": "215/BC-SYT",
            "symbol": "BC-SYT",
            "document_type": "Báo cáo",
            "subject": "Kết quả công tác quý I năm 2024 và nhiệm vụ quý II năm 2024",
            "parent_issuer": "UBND TỈNH AN BÌNH",
            "issuer": "SỞ Y TẾ",
            "place": "An Bình",
            "date": "2024-03-05",
        },
    ),
    "both columns on one line": (
        """UBND TỈNH AN BÌNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập – Tự do – Hạnh phúc
Số: 7/BC-SNV An Bình, ngày 5 tháng 3 năm 2024
BÁO CÁO
Công tác thi đua, khen thưởng năm 2023""",
        {
            "number": "07/BC-SNV",
            "symbol": "BC-SNV",
            "document_type": "Báo cáo",
            "subject": "Công tác thi đua, khen thưởng năm 2023",
            "parent_issuer": "UBND TỈNH AN BÌNH",
            "issuer": "SỞ NỘI VỤ",
            "place": "An Bình",
            "date": "2024-03-05",
        },
    ),
    "table cells, one body on two lines, spaces around the signs": (
        """ỦY BAN NHÂN DÂN|TỈNH AN BÌNH\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc
Số: 12 / BC - UBND\tAn Bình, ngày 06 / 7 / 2023
BÁO CÁO
V/v rà soát văn bản năm 2023""",
        {
            "number": "12/BC-UBND",
            "symbol": "BC-UBND",
            "document_type": "Báo cáo",
            "subject": "rà soát văn bản năm 2023",
            "issuer": "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
            "place": "An Bình",
            "date": "2023-07-06",
        },
    ),
    "number and day blank, the type letter-spaced": (
        """UBND HUYỆN LONG THỦY
PHÒNG VĂN HÓA VÀ THÔNG TIN
Số:        /BC-VHTT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Long Thủy, ngày      tháng 9 năm 2022
B Á O  C Á O
Tình hình hoạt động 9 tháng đầu năm 2022""",
        {
            "symbol": "BC-VHTT",
            "document_type": "Báo cáo",
            "subject": "Tình hình hoạt động 9 tháng đầu năm 2022",
            "parent_issuer": "UBND HUYỆN LONG THỦY",
            "issuer": "PHÒNG VĂN HÓA VÀ THÔNG TIN",
            "place": "Long Thủy",
            "date": "2022-09",
        },
    ),
    "dotted blanks and a draft mark": (
        """BỘ XÂY DỰNG
TRƯỜNG CAO ĐẲNG SỐ 9
Số:……../BC-K4
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày …… tháng …… năm 2021
Dự thảo lần 2
DỰ THẢO BÁO CÁO
Tổng kết năm học 2020 - 2021""",
        {
            "symbol": "BC-K4",
            "document_type": "Báo cáo",
            "subject": "Tổng kết năm học 2020 - 2021",
            "parent_issuer": "BỘ XÂY DỰNG",
            "issuer": "TRƯỜNG CAO ĐẲNG SỐ 9",
            "place": "Hà Nội",
            "date": "2021",
        },
    ),
    "the year left open": (
        """UBND XÃ TÂN PHÚ
Số: 03/BC-UBND
Tân Phú, ngày     tháng     năm 20…
BÁO CÁO
Công tác tiếp công dân""",
        {
            "number": "03/BC-UBND",
            "symbol": "BC-UBND",
            "document_type": "Báo cáo",
            "subject": "Công tác tiếp công dân",
            "issuer": "UBND XÃ TÂN PHÚ",
            "place": "Tân Phú",
        },
    ),
    "Party form": (
        """TỈNH ỦY AN BÌNH
BAN TUYÊN GIÁO
*
Số 126-BC/BTGTU
ĐẢNG CỘNG SẢN VIỆT NAM
Thủy Nguyên, ngày 05 tháng 12 năm 2023
BÁO CÁO
tình hình công tác thông tin đối ngoại năm 2023,
phương hướng, nhiệm vụ năm 2024
-----""",
        {
            "number": "126-BC/BTGTU",
            "symbol": "BC/BTGTU",
            "document_type": "Báo cáo",
            "subject": "tình hình công tác thông tin đối ngoại năm 2023, phương hướng, nhiệm vụ năm 2024",
            "parent_issuer": "TỈNH ỦY AN BÌNH",
            "issuer": "BAN TUYÊN GIÁO",
            "place": "Thủy Nguyên",
            "date": "2023-12-05",
        },
    ),
    "Party form with the hyphen missing": (
        """ĐẢNG BỘ TỈNH AN BÌNH
ĐẢNG ỦY PHƯỜNG MỘT
*
Số 84 KL/ĐU
Phường Một, ngày 11 tháng 8 năm 2025
KẾT LUẬN
về công tác cán bộ""",
        {
            "number": "84-KL/ĐU",
            "symbol": "KL/ĐU",
            "document_type": "Kết luận",
            "subject": "về công tác cán bộ",
            "parent_issuer": "ĐẢNG BỘ TỈNH AN BÌNH",
            "issuer": "ĐẢNG ỦY PHƯỜNG MỘT",
            "place": "Phường Một",
            "date": "2025-08-11",
        },
    ),
    "Youth Union, with a drafting board": (
        """TỈNH ĐOÀN AN BÌNH
***
Số: 31-HD/TĐTN-CTĐ&TTN
ĐOÀN TNCS HỒ CHÍ MINH
An Bình, ngày 01 tháng 02 năm 2023
HƯỚNG DẪN
Tổ chức Tháng Thanh niên năm 2023""",
        {
            "number": "31-HD/TĐTN-CTĐ&TTN",
            "symbol": "HD/TĐTN-CTĐ&TTN",
            "document_type": "Hướng dẫn",
            "subject": "Tổ chức Tháng Thanh niên năm 2023",
            "issuer": "TỈNH ĐOÀN AN BÌNH",
            "place": "An Bình",
            "date": "2023-02-01",
        },
    ),
    "trade union, the subject in capitals": (
        """TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM
LIÊN ĐOÀN LAO ĐỘNG TỈNH AN BÌNH
Số: 40/BC-LĐLĐ
An Bình, ngày 29 tháng 11 năm 2022
BÁO CÁO
KẾT QUẢ PHONG TRÀO CÔNG NHÂN VÀ HOẠT ĐỘNG CÔNG ĐOÀN
NĂM 2022""",
        {
            "number": "40/BC-LĐLĐ",
            "symbol": "BC-LĐLĐ",
            "document_type": "Báo cáo",
            "subject": "KẾT QUẢ PHONG TRÀO CÔNG NHÂN VÀ HOẠT ĐỘNG CÔNG ĐOÀN NĂM 2022",
            "parent_issuer": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
            "issuer": "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN BÌNH",
            "place": "An Bình",
            "date": "2022-11-29",
        },
    ),
    "ministry with a type code in the symbol and a year": (
        """BỘ KHOA HỌC
Số: 09/2019/CT-BKH
Hà Nội, ngày 15 tháng 4 năm 2019
CHỈ THỊ
Về việc tăng cường quản lý đo lường""",
        {
            "number": "09/2019/CT-BKH",
            "symbol": "CT-BKH",
            "document_type": "Chỉ thị",
            "subject": "Về việc tăng cường quản lý đo lường",
            "issuer": "BỘ KHOA HỌC",
            "place": "Hà Nội",
            "date": "2019-04-15",
        },
    ),
    "công văn, V/v over two lines of the left column": (
        """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
Số: 507/UBND-KGVX
V/v góp ý dự thảo kế hoạch
phát triển du lịch
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 24 tháng 01 năm 2025
Kính gửi: Sở Du lịch""",
        {
            "number": "507/UBND-KGVX",
            "symbol": "UBND-KGVX",
            "document_type": "Công văn",
            "subject": "góp ý dự thảo kế hoạch phát triển du lịch",
            "issuer": "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
            "place": "An Bình",
            "date": "2025-01-24",
        },
    ),
    "công văn, a cited number in its V/v": (
        """UBND TỈNH AN BÌNH
SỞ TÀI CHÍNH
Số:     /STC-NS
V/v thực hiện Quyết định số 22/QĐ-TTg|về chương trình mục tiêu
An Bình, ngày     tháng 01 năm 2025
Kính gửi:
- Bộ Tài chính;
- Ủy ban nhân dân tỉnh.""",
        {
            "symbol": "STC-NS",
            "document_type": "Công văn",
            "subject": "thực hiện Quyết định số 22/QĐ-TTg về chương trình mục tiêu",
            "parent_issuer": "UBND TỈNH AN BÌNH",
            "issuer": "SỞ TÀI CHÍNH",
            "place": "An Bình",
            "date": "2025-01",
        },
    ),
    "the symbol wrapped round the date": (
        """SỞ NGOẠI VỤ
Số: 142/KH- An Bình, ngày 12 tháng 4 năm 2024
SNgV
KẾ HOẠCH
Đón đoàn khách quốc tế""",
        {
            "number": "142/KH-SNgV",
            "symbol": "KH-SNgV",
            "document_type": "Kế hoạch",
            "subject": "Đón đoàn khách quốc tế",
            "issuer": "SỞ NGOẠI VỤ",
            "place": "An Bình",
            "date": "2024-04-12",
        },
    ),
    "the date before the number, a body of four lines": (
        """Cần Hải, ngày 17 tháng 10 năm 2021
BỘ TÀI NGUYÊN
TỔNG CỤC BIỂN
CỤC ĐIỀU TRA BIỂN
VÀ HẢI ĐẢO
Số: 88/BC-CĐT
BÁO CÁO
Kết quả điều tra cơ bản""",
        {
            "number": "88/BC-CĐT",
            "symbol": "BC-CĐT",
            "document_type": "Báo cáo",
            "subject": "Kết quả điều tra cơ bản",
            "parent_issuer": "BỘ TÀI NGUYÊN TỔNG CỤC BIỂN",
            "issuer": "CỤC ĐIỀU TRA BIỂN VÀ HẢI ĐẢO",
            "place": "Cần Hải",
            "date": "2021-10-17",
        },
    ),
    "no issuer, number above place and date": (
        """Số: /BC-STTTT
An Bình, ngày tháng 10 năm 2023
BÁO CÁO|Kết quả công tác|đối ngoại năm 2023""",
        {
            "symbol": "BC-STTTT",
            "document_type": "Báo cáo",
            "subject": "Kết quả công tác đối ngoại năm 2023",
            "place": "An Bình",
            "date": "2023-10",
        },
    ),
    "no letterhead but a title": (
        """BÁO CÁO
Kết quả hoạt động tháng 5""",
        {"document_type": "Báo cáo", "subject": "Kết quả hoạt động tháng 5"},
    ),
    "no type printed: by the symbol": (
        """UBND XÃ TÂN PHÚ
Số: 15/BC-UBND
Tân Phú, ngày 02 tháng 6 năm 2024""",
        {
            "number": "15/BC-UBND",
            "symbol": "BC-UBND",
            "document_type": "Báo cáo",
            "issuer": "UBND XÃ TÂN PHÚ",
            "place": "Tân Phú",
            "date": "2024-06-02",
        },
    ),
    "a stamp and a street address are no number": (
        """CÔNG VĂN ĐẾN
Số: 4512
Ngày: 12/6/2024
UBND XÃ TÂN PHÚ
Số: 15 Trần Phú, Tân Phú
Số: 15/BC-UBND
Tân Phú, ngày 02 tháng 6 năm 2024
BÁO CÁO
Công tác hòa giải""",
        {
            "number": "15/BC-UBND",
            "symbol": "BC-UBND",
            "document_type": "Báo cáo",
            "subject": "Công tác hòa giải",
            "issuer": "UBND XÃ TÂN PHÚ",
            "place": "Tân Phú",
            "date": "2024-06-02",
        },
    ),
    "a certified copy's number is not the report's": (
        """SỞ Y TẾ
Số: 12/SY-SYT
Số: 340/TB-SYT
An Bình, ngày 02 tháng 6 năm 2024
THÔNG BÁO
Kết luận giao ban""",
        {
            "number": "340/TB-SYT",
            "symbol": "TB-SYT",
            "document_type": "Thông báo",
            "subject": "Kết luận giao ban",
            "issuer": "SỞ Y TẾ",
            "place": "An Bình",
            "date": "2024-06-02",
        },
    ),
    "read by poor OCR": (
        """SỞ Y TẾ
So: 198/BC-SYT
An Bình, ngày 2 thảng 6 nam 2018
BAO CAO
Công tác dược""",
        {
            "number": "198/BC-SYT",
            "symbol": "BC-SYT",
            "document_type": "Báo cáo",
            "subject": "Công tác dược",
            "issuer": "SỞ Y TẾ",
            "place": "An Bình",
            "date": "2018-06-02",
        },
    ),
    "a day that does not exist": (
        """SỞ Y TẾ
Số: 198/BC-SYT
An Bình, ngày 31 tháng 02 năm 2024
BÁO CÁO
Công tác dược""",
        {
            "number": "198/BC-SYT",
            "symbol": "BC-SYT",
            "document_type": "Báo cáo",
            "subject": "Công tác dược",
            "issuer": "SỞ Y TẾ",
            "place": "An Bình",
        },
    ),
    "a board whose name begins like two offices": (
        """UBND TỈNH AN BÌNH
BAN CHỈ HUY
PHÒNG CHỐNG THIÊN TAI
Số: 42/BC-BCH
An Bình, ngày 09 tháng 9 năm 2024
BÁO CÁO NHANH
Tình hình thiệt hại do bão""",
        {
            "number": "42/BC-BCH",
            "symbol": "BC-BCH",
            "document_type": "Báo cáo",
            "subject": "NHANH Tình hình thiệt hại do bão",
            "parent_issuer": "UBND TỈNH AN BÌNH",
            "issuer": "BAN CHỈ HUY PHÒNG CHỐNG THIÊN TAI",
            "place": "An Bình",
            "date": "2024-09-09",
        },
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_letterhead(text: str, expected: dict[str, str]) -> None:
    fields = read_structure(document(f"{text}\n{BODY}\nI. TÌNH HÌNH CHUNG\nCó 05 lớp."), WORDS).fields
    assert {name: getattr(fields, name) for name in FIELDS if getattr(fields, name)} == expected


def test_where_bold_tells_the_issuer_it_decides() -> None:
    text = "HỘI ĐỒNG AN TOÀN\nBAN THƯ KÝ\nPHÒNG CHÁY, CHỮA CHÁY\nSố: 5/BC-HĐ\nBÁO CÁO\nKết quả"
    fields = read_structure(document(text, bold=[1, 2]), WORDS).fields
    assert (fields.parent_issuer, fields.issuer) == ("HỘI ĐỒNG AN TOÀN", "BAN THƯ KÝ PHÒNG CHÁY, CHỮA CHÁY")


@pytest.mark.parametrize(
    "after",
    [
        "Căn cứ Kế hoạch số 5/KH-UBND ngày 02/01/2024, Sở báo cáo như sau:",
        "Kính gửi: Ủy ban nhân dân tỉnh",
        "I. TÌNH HÌNH CHUNG",
        "1. Công tác chỉ đạo",
        "(Số liệu từ ngày 01/01/2024 đến ngày 30/6/2024)",
        "_______",
        "Sáu tháng qua, được sự quan tâm của các cấp, công tác y tế đạt nhiều kết quả.",
    ],
)
def test_a_subject_ends_where_something_else_begins(after: str) -> None:
    structure = read_structure(document(f"BÁO CÁO\nCông tác y tế\n6 tháng đầu năm 2024\n{after}\nHết."), WORDS)
    assert structure.fields.subject == "Công tác y tế 6 tháng đầu năm 2024"


def test_a_centred_subject_goes_on_as_long_as_it_is_centred() -> None:
    text = "BÁO CÁO\nTriển khai đề án\nPhát triển nhân lực phục vụ hội nhập quốc tế của tỉnh trong thời kỳ mới"
    body = "Ngày 5/3 sở họp bàn"
    structure = read_structure(document(f"{text}\n{body}", centred=[0, 1, 2]), WORDS)
    assert structure.fields.subject == " ".join(text.split("\n")[1:])


def test_an_appendix_sent_alone_takes_its_number_from_the_line_that_names_its_report() -> None:
    text = "PHỤ LỤC I\n(Kèm theo Báo cáo số 123/BC-SNgV ngày 05 tháng 3 năm 2024 của Sở Ngoại vụ)\nSTT\tNội dung"
    structure = read_structure(document(text), WORDS)
    assert (structure.fields.number, structure.fields.date) == ("123/BC-SNgV", "2024-03-05")


def test_place_and_date_above_the_signature() -> None:
    dated = "Đơn vị tổ chức 05 lớp.\nAn Bình, ngày 31 tháng 5 năm 2024\nTRƯỞNG PHÒNG\nLê Văn Tám"
    structure = read_structure(document(f"BÁO CÁO\nCông tác tháng 5\n{dated}"), WORDS)
    assert (structure.fields.place, structure.fields.date) == ("An Bình", "2024-05-31")


def test_a_text_that_is_no_report_has_no_letterhead() -> None:
    structure = read_structure(document("Hôm nay trời đẹp.\nNgày mai có mưa."), WORDS)
    assert structure.letterhead_span is None
    assert structure.fields.document_type == structure.fields.issuer == ""
