"""What is found in a sentence: pairs of a text and the values that must come out, beyond the rules' own examples."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import columns_of, passage
from pipeline.extract.view import FoundPhrases, Phrase
from pipeline.model import Activity, Count, DateMention, DocumentNumber
from pipeline.rulebook import load_pack

PACK = load_pack("doi_ngoai")


def found(text, kind, role=""):
    return [item for item in extract(passage(text, role), PACK).items if isinstance(item, kind)]


def columns(text, kind, *names):
    return [tuple(columns_of(item)[name] for name in names) for item in found(text, kind)]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("15/QĐ-BNV", "15/QĐ-BNV"),
        ("5/BNV-VP", "05/BNV-VP"),
        ("1551/QĐ-SNNMT-VP", "1551/QĐ-SNNMT-VP"),
        ("01/CTr-UBND", "01/CTr-UBND"),
        ("291/QĐ-MTTQ-BTT", "291/QĐ-MTTQ-BTT"),
        ("249/MTTQ-BTT", "249/MTTQ-BTT"),
        ("3094-CV/TĐTN-CTĐ&TTN", "3094-CV/TĐTN-CTĐ&TTN"),
        ("3815-QĐ/TU", "3815-QĐ/TU"),
        ("152-BC/ĐU", "152-BC/ĐU"),
        ("134-CV/UBKTTU", "134-CV/UBKTTU"),
        ("09/2019/NĐ-CP", "09/2019/NĐ-CP"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("30/2026/QH16", "30/2026/QH16"),
        ("37/2025/QĐ-CTUBND", "37/2025/QĐ-CTUBND"),
        ("55/2005/TTLT-BNV-VPCP", "55/2005/TTLT-BNV-VPCP"),
        ("01-TANDTC-VKSNDTC/TTLT", "01-TANDTC-VKSNDTC/TTLT"),
        ("19/2008/NQLT/CP-UBTUMTTQVN", "19/2008/NQLT/CP-UBTUMTTQVN"),
        ("01/QCPH/UBND-UBMTTQ", "01/QCPH/UBND-UBMTTQ"),
        ("72/2004/QĐ-UB", "72/2004/QĐ-UB"),
        ("03/VBHN-VPQH", "03/VBHN-VPQH"),
        ("1400 - CV/VPTU", "1400-CV/VPTU"),
        ("44 /2005/QĐ-UBND", "44/2005/QĐ-UBND"),
        ("346/UBND- NC", "346/UBND-NC"),
        ("40/2014/ TT - BNNPTNT", "40/2014/TT-BNNPTNT"),
        ("199/TB-STP.ĐKT", "199/TB-STP.ĐKT"),
        ("2775/SNV-CCHC&amp;VTLT", "2775/SNV-CCHC&VTLT"),
        ("1070/TCT", "1070/TCT"),
        ("180/KH/UBND", "180/KH/UBND"),
    ],
)
def test_codes_of_documents(printed, value):
    assert columns(f"Thực hiện Văn bản số {printed} của cấp trên.", DocumentNumber, "value") == [(value,)]


@pytest.mark.parametrize(
    "text",
    [
        "đạt 12/15 xã", "ngày 05/3/2020", "giai đoạn 2021-2025", "trực 24/7", "từ 15/12/2022-14/6/2023",
        "theo Phụ lục I", "mục 1.1.2", "150 tin/bài", "tốc độ 60 km/h", "lúc 11:02:35 ngày 16.03.2015",
        "Đoàn Kiểm tra liên ngành 500-UBND tỉnh", "bản đồ tỷ lệ 1/500", "Nghị định 116 của Chính phủ",
        "số: /BC-STTTT", "khoản 2/Điều 5",
    ],
)  # fmt: skip
def test_no_codes_of_documents(text):
    assert found(f"Kết quả {text} trên địa bàn.", DocumentNumber) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "các Quyết định số 217-QĐ/TW và 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị",
            [("217-QĐ/TW", "Quyết định", "2013-12-12"), ("218-QĐ/TW", "Quyết định", "2013-12-12")],
        ),
        (
            "tại các Quyết định: số 304/QĐ-STC ngày 04/10/2025; số 305/QĐ-STC ngày 05/10/2025",
            [("304/QĐ-STC", "Quyết định", "2025-10-04"), ("305/QĐ-STC", "Quyết định", "2025-10-05")],
        ),
        (
            "Quyết định số 12, 13/QĐ-UBND ngày 10/01/2023",
            [("12/QĐ-UBND", "Quyết định", "2023-01-10"), ("13/QĐ-UBND", "Quyết định", "2023-01-10")],
        ),
        (
            "Kế hoạch số 199/KH-BGDĐT của Bộ Giáo dục và Đào tạo (GDĐT) ngày 05 tháng 02 năm 2026",
            [("199/KH-BGDĐT", "Kế hoạch", "2026-02-05")],
        ),
        ("Luật Thỏa thuận quốc tế số 70/2020/QH14", [("70/2020/QH14", "Luật", "")]),
        (
            "Quyết định số: 3236/QĐ-UBND, ngày 29 tháng 12 năm 2020",
            [("3236/QĐ-UBND", "Quyết định", "2020-12-29")],
        ),
        ("Công điện 207/CĐ-TTg", [("207/CĐ-TTg", "Công điện", "")]),
        ("theo văn bản 598/UBND-NC", [("598/UBND-NC", "Công văn", "")]),
        ("thực hiện 399-QĐ/TW", [("399-QĐ/TW", "", "")]),
        ("Ngày 05/3/2023, Sở ban hành Kế hoạch số 12/KH-SNV", [("12/KH-SNV", "Kế hoạch", "2023-03-05")]),
    ],
)
def test_what_belongs_to_a_number(text, wanted):
    assert columns(f"Thực hiện {text}.", DocumentNumber, "value", "document_type", "issued_date") == wanted


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("từ ngày 06/5 – 09/5/2024", ["2024-05-06/2024-05-09"]),
        ("ngày 18, 19/4/2023", ["2023-04-18", "2023-04-19"]),
        ("kết quả tháng 7, nhiệm vụ tháng 8 năm 2024", ["2024-07", "2024-08"]),
        ("quý I và quý II năm 2025", ["2025-33", "2025-34"]),
        ("Quý III/2025, quý 4/2025", ["2025-35", "2025-36"]),
        ("6 tháng đầu năm và 6 tháng cuối năm 2024", ["2024-40", "2024-41"]),
        ("từ tháng 3 đến tháng 6 năm 2024", ["2024-03/2024-06"]),
        ("từ ngày 01/7/2025 đến nay", ["2025-07-01/.."]),
        ("nhiệm kỳ 2020 - 2025", ["2020/2025"]),
        ("tính đến hết ngày 30/6/2024", ["2024-06-30"]),
        ("Ngày Doanh nhân Việt Nam 13/10", ["XXXX-10-13"]),
        ("trong năm, cùng kỳ, hàng quý, đến nay", []),
        ("trực 24/24 giờ trong 60 ngày đêm lúc 8h30", []),
        ("ngày 29/02/2024 và ngày 29/02/2023", ["2024-02-29"]),
        ("các ngày 05, 06 và 07 tháng 3 năm 2024", ["2024-03-05", "2024-03-06", "2024-03-07"]),
        ("dịp 30/4, 02/9 và 07/11", ["XXXX-04-30", "XXXX-09-02", "XXXX-11-07"]),
        ("quý III, 9 tháng năm 2025", ["2025-35", "2025-01/2025-09"]),
    ],
)
def test_dates(text, values):
    assert columns(f"Sở báo cáo {text}.", DateMention, "value") == [(value,) for value in values]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tăng 54 vụ (209/155)", [("54", "vụ", "", "", "increase"), ("209", "vụ", "", "155", "")]),
        ("9.037/17.454 tỷ đồng", [("9037000000000", "đồng", "17454000000000", "", "")]),
        ("158/309 người (51,13%)", [("158", "người", "309", "", ""), ("51.13", "%", "", "", "")]),
        ("tăng 54 vụ, 127 đối tượng", [("54", "vụ", "", "", "increase"), ("127", "đối tượng", "", "", "increase")]),
        ("kinh phí 13.503.000đ (Mười ba triệu, năm trăm linh ba nghìn đồng)", [("13503000", "đồng", "", "", "")]),
        ("từ 40 hội xuống còn 16 hội", [("40", "hội", "", "", ""), ("16", "hội", "", "", "")]),
        ("xếp thứ 11/34 tỉnh", []),
        ("triển khai Đề án 06 theo khoản 2 Điều 5", []),
        ("1.250 nghìn lượt khách", [("1250000", "lượt", "", "", "")]),
        ("15 tác giả, 12 sáng lập viên, 08 CSGT", [
            ("15", "tác giả", "", "", ""), ("12", "sáng lập viên", "", "", ""), ("8", "csgt", "", "", ""),
        ]),
        ("8,5 bác sĩ/10.000 dân", [("8.5", "bác sĩ", "", "", "")]),
        ("1 tỷ 234,5 triệu đồng", [("1234500000", "đồng", "", "", "")]),
        ("mật độ 250 người/km2", [("250", "người", "", "", "")]),
        ("tiếp nhận 95 kiến nghị, đã trả lời 93/95 (97,9%)", [
            ("95", "kiến nghị", "", "", ""), ("93", "kiến nghị", "95", "", ""), ("97.9", "%", "", "", ""),
        ]),
        ("cấp mới 64 thẻ, thu hồi 8", [("64", "thẻ", "", "", ""), ("8", "thẻ", "", "", "")]),
        ("tại đường Hai Bà Trưng và xã Ba Bể", []),
    ],
)  # fmt: skip
def test_counts(text, wanted):
    assert columns(f"Kết quả {text}.", Count, "value", "unit", "total", "previous", "change") == wanted


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("trên 100 xã", "more_than"), ("hơn 100 xã", "more_than"), ("gần 100 xã", "less_than"),
        ("dưới 100 xã", "less_than"), ("khoảng 100 xã", "about"), ("ước đạt 100 xã", "about"),
        ("ít nhất 100 xã", "at_least"), ("tối đa 100 xã", "at_most"), ("không quá 100 xã", "at_most"),
        ("trên 07 tuyến đường", "exact"), ("từ 100 xã trở lên", "at_least"), ("100 xã", "exact"),
    ],
)  # fmt: skip
def test_qualifiers(text, qualifier):
    assert [count.qualifier for count in found(f"Triển khai {text}.", Count)] == [qualifier]


@pytest.mark.parametrize(
    ("text", "role", "wanted"),
    [
        ("Sở đã mở 02 lớp tập huấn.", "", [("training", "done")]),
        ("Mở 02 lớp tập huấn.", "plan", [("training", "planned")]),
        ("Sở chưa tổ chức tập huấn.", "", [("training", "none")]),
        ("Sở không cử đoàn ra nước ngoài.", "", [("delegation_out", "none")]),
        ("Sở tham mưu UBND tỉnh ban hành Kế hoạch tuyên truyền.", "", [("advise", "done")]),
        ("Thực hiện Kế hoạch tuyên truyền, phổ biến pháp luật.", "", []),
        ("Ban Tuyên giáo và Sở Thông tin và Truyền thông.", "", []),
        ("Công tác tuyên truyền được chú trọng.", "", []),
        ("Công tác phối hợp còn hạn chế.", "limitation", []),
        ("Sở biên tập, in, phát hành 500 cuốn sổ tay.", "", [("publish", "done")]),
    ],
)
def test_activities(text, role, wanted):
    assert [(a.value, a.status) for a in found(text, Activity, role)] == wanted


def test_a_number_that_cannot_be_read_is_a_problem_and_no_item():
    extraction = extract(passage("Cân được 1.632.5362g quế, ngày 31/02/2024."), PACK)
    assert extraction.items == ()
    assert [p.code for p in extraction.problems] == ["number.unreadable", "date.unreadable"]


def test_what_nobody_explains_is_a_problem():
    extraction = extract(passage("Kết quả đạt 77 và."), PACK)
    assert [(p.code, p.detail) for p in extraction.problems] == [("number.unexplained", (("text", "77"),))]


def test_phrases_are_listed_by_label() -> None:
    phrases = [Phrase(0, 8, "đoàn xe"), Phrase(0, 4, "đoàn"), Phrase(9, 10, "3"), Phrase(11, 15, "đoàn")]
    found = FoundPhrases(phrases, [(("thing",), [0]), (("body", "thing"), [1, 3]), (("number",), [2]), ((), [0])])
    assert found["thing"] == [phrases[0], phrases[1], phrases[3]]
    assert found["body"] == [phrases[1], phrases[3]]
    assert ("number" in found, "verb" in found, found["verb"]) == (True, False, [])
    found.add("body", [Phrase(4, 8, "xe")])
    assert [phrase.start for phrase in found["body"]] == [0, 4, 11]
    found.add("deed", [phrases[2]])
    assert "deed" in found
