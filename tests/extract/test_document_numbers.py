"""Document numbers in lists, ranges and odd writing, with the type, date and issuer that each has."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import passage
from pipeline.model import DateMention, DocumentNumber
from pipeline.rulebook import load_pack
from pipeline.text.codes import canonical_number, symbol_of

PACK = load_pack("core")


def extraction(text):
    return extract(passage(text), PACK)


def numbers(text):
    return [item for item in extraction(text).items if isinstance(item, DocumentNumber)]


def told(text, *columns):
    return [tuple(getattr(number, column) for column in columns) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nghị quyết 57/NQ/TW, 180/KH/UBND; 40/KH-STTTT", ["Nghị quyết", "Kế hoạch", "Kế hoạch"]),
        ("Quyết định số 12/QĐ-UBND và 15/KH-UBND", ["Quyết định", "Kế hoạch"]),
        ("Công văn số 1070/TCT, 7930/QĐ-TBATANM", ["Công văn", "Quyết định"]),
        ("các Quy định số 41-QĐ/TU, số 42-QĐ/TU", ["Quy định", "Quy định"]),
        ("Quy định số 41-QĐ/TU về cán bộ; số 42-QĐ/TU về đảng viên", ["Quy định", "Quy định"]),
        ("Quyết định phê duyệt Đề án số 12/QĐ-STC", ["Quyết định"]),
        ("Luật Quy hoạch số 21/2017/QH14", ["Luật"]),
        ("Công văn của Sở Tài chính số 34/STC-NS", ["Công văn"]),
        ("CV số 34/STC-NS, NĐ 30/2020/NĐ-CP", ["Công văn", "Nghị định"]),
        ("theo 1234/CT-TTHT và 12/CT-TTg", ["Công văn", "Chỉ thị"]),
        ("Cáo trạng số 67/CT-VKS-P1", ["Cáo trạng"]),
        ("theo 45/2024/UBTVQH15", [""]),
        ("theo 05/2023/QĐST-DS, 15/HĐKT-VP", ["Quyết định", "Hợp đồng"]),
    ],
)
def test_types(text, wanted):
    assert [number.document_type for number in numbers(f"Sở thực hiện {text}.")] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Công văn ngày 12/5/2024 số 34/BYT-DP", ["2024-05-12"]),
        ("Quyết định số 12/QĐ-UBND (ngày 12/5/2024)", ["2024-05-12"]),
        ("Quyết định số 12/QĐ-UBND được UBND tỉnh ký ngày 12/5/2024", ["2024-05-12"]),
        ("Kế hoạch số 12/KH-SYT về việc tiêm chủng, ban hành ngày 12/5/2024", ["2024-05-12"]),
        ("Quyết định số 12, 13 và 14/QĐ-UBND cùng ngày 01/02/2024", ["2024-02-01"] * 3),
        ("Quyết định số 12/QĐ-STC, Quyết định số 13/QĐ-STC cùng ngày 01/02/2024", ["2024-02-01"] * 2),
        ("Quyết định số 12/QĐ-STC, số 13/QĐ-STC lần lượt ngày 03/4/2024, 05/6/2024", ["2024-04-03", "2024-06-05"]),
        ("Luật số 59/2020/QH14, Nghị định số 01/2021/NĐ-CP ngày 04/01/2021", ["", "2021-01-04"]),
        ("Kế hoạch số 12/KH-SYT, ngày 15/3/2024 Sở tổ chức hội nghị", [""]),
        ("Kế hoạch số 12/KH-SYT; ngày 15/3/2024, tổ chức hội nghị", [""]),
    ],
)
def test_dates_of_issue(text, wanted):
    assert [number.issued_date for number in numbers(f"Thực hiện {text}.")] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ngày 12/5/2024, Sở tổ chức hội nghị triển khai Kế hoạch số 12/KH-UBND.", [""]),
        ("Ngày 12/5/2024, Sở tiếp nhận Công văn số 34/UBND-NC.", [""]),
        ("Ngày 12/5/2024, Sở trình UBND tỉnh Tờ trình số 12/TTr-SNV.", ["2024-05-12"]),
        ("Ngày 12/5/2024, UBND tỉnh công nhận xã A đạt chuẩn tại Quyết định số 12/QĐ-UBND.", ["2024-05-12"]),
        ("Ngày 12/5/2024, Sở ban hành Kế hoạch số 12/KH-SYT, Kế hoạch số 13/KH-SYT.", ["2024-05-12"] * 2),
        ("Ngày 12/5/2024, Sở ban hành Kế hoạch số 12/KH-SYT triển khai Quyết định số 3/QĐ-BYT.", ["2024-05-12", ""]),
    ],
)
def test_days_before_a_number(text, wanted):
    assert [number.issued_date for number in numbers(text)] == wanted


def test_the_day_of_a_document_without_a_code_is_a_document_s():
    dates = [
        item
        for item in extraction("Thực hiện Nghị định 116 ngày 02/3/2024 của Chính phủ, họp ngày 05/3/2024.").items
        if isinstance(item, DateMention)
    ]
    assert [(date.value, date.role) for date in dates] == [("2024-03-02", "document"), ("2024-03-05", "text")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Công văn số 12/UBND-VX, 13/UBND-NC ngày 02/3/2024 của UBND tỉnh về dự toán", ["UBND tỉnh"] * 2),
        ("UBND tỉnh ban hành Kế hoạch số 12/KH-UBND", ["UBND tỉnh"]),
        ("Sở Nội vụ tham mưu UBND tỉnh ban hành Kế hoạch số 12/KH-UBND", ["UBND tỉnh"]),
        ("Quyết định của Chủ tịch UBND tỉnh số 12/QĐ-UBND", ["Chủ tịch UBND tỉnh"]),
        ("Thường trực HĐND tỉnh thống nhất tại Công văn số 12/HĐND-KT", ["Thường trực HĐND tỉnh"]),
        ("Nghị quyết số 12/NQ-HĐND của HĐND tỉnh khóa XVI", ["HĐND tỉnh"]),
        ("Sở Y tế có Công văn số 12/UBND-VX", ["Ủy ban nhân dân"]),
        ("Thông báo số 12/TB-STP.ĐKT, Luật số 59/2020/QH14", ["Sở Tư pháp", "Quốc hội"]),
        ("Thông tư liên tịch số 01/2009/TTLT-BNV-BTC", ["Bộ Nội vụ; Bộ Tài chính"]),
        ("Quyết định số 12/QĐ-XYZW", [""]),
    ],
)
def test_issuers(text, wanted):
    assert [number.issuer for number in numbers(f"{text}.")] == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hướng dẫn số 12/HĐ-SNV", "12/HD-SNV"),
        ("Quyết định số 15/QD-UBND", "15/QĐ-UBND"),
        ("Hợp đồng số 12/HD-KT", "12/HĐ-KT"),
        ("Đề án số 7/DA-UBND", "07/ĐA-UBND"),
        ("văn bản số 12/HĐ-SNV", "12/HĐ-SNV"),
        ("theo 15/QD-UBND", "15/QD-UBND"),
    ],
)
def test_one_stroke_is_put_right_where_the_printed_type_says_so(text, value):
    assert told(f"Thực hiện {text}.", "value") == [(value,)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("từ Quyết định số 94/QĐ-STC đến Quyết định số 136/QĐ-STC", ("94/QĐ-STC", "136/QĐ-STC", "43")),
        ("giấy phép từ số 12 đến số 45/GP-SXD", ("12/GP-SXD", "45/GP-SXD", "34")),
        ("Quyết định số 18 - 29/QĐ-STC", ("18/QĐ-STC", "29/QĐ-STC", "12")),
    ],
)
def test_a_range_gives_both_ends_and_a_notice(text, ends):
    found = extraction(f"Sở trình {text}.")
    values = [item for item in found.items if isinstance(item, DocumentNumber)]
    notices = [problem for problem in found.problems if problem.code == "number.range"]
    assert [number.value for number in values] == [*ends[:2]]
    assert [tuple(dict(notice.detail).values()) for notice in notices] == [ends]
    assert (notices[0].start, notices[0].other) == (values[0].start, (values[1].start, values[1].end))


def test_two_numbers_that_follow_each_other_are_no_range():
    found = extraction("Sở có Quyết định số 12/QĐ-STC và Quyết định số 45/QĐ-STC; từ Kế hoạch số 9/KH-STC đến nay.")
    assert [problem.code for problem in found.problems] == []


@pytest.mark.parametrize(
    "text",
    [
        "bình quân 5/KP", "tỷ lệ 12/HTX, 20/UBND xã", "Mẫu số 01/TTHC, 02/TTHC", "biểu số 05/BCB", "Phụ lục 01/BC",
        "số 12/2024", "QCVN 01:2021/BYT", "mã hồ sơ 000.00.16.H40-240102-0001", "tại số 12/E101", "Tổng số 84/HTX",
    ],
)  # fmt: skip
def test_look_alikes(text):
    assert numbers(f"Kết quả {text} đã được ghi nhận.") == []


@pytest.mark.parametrize(
    ("code", "value", "symbol"),
    [
        ("1.234/QĐ-UBND", "1234/QĐ-UBND", "QĐ-UBND"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "NQ-CP"),
        ("5a/QĐ-UBND", "05a/QĐ-UBND", "QĐ-UBND"),
        ("12 - NQ/TU", "12-NQ/TU", "NQ/TU"),
        ("07/98/TT-BXD", "07/98/TT-BXD", "TT-BXD"),
    ],
)
def test_canonical_numbers(code, value, symbol):
    assert canonical_number(code) == value
    assert symbol_of(value) == symbol
