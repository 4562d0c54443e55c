"""Tables as data: a drawn grid, and what must come out of it: values, units, labels, heads, periods, totals."""

from __future__ import annotations

import cProfile

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import columns_of, passage
from pipeline.model import Count
from pipeline.rulebook import load_pack
from tests.extract.table_sketch import drawn

PACK = load_pack("core")
QUARTER = ("BÁO CÁO", "Kết quả công tác quý III năm 2023")


def counts(grid, *above):
    return [item for item in extract(drawn(grid, *above), PACK).items if isinstance(item, Count)]


def told(grid, *names, above=()):
    return [tuple(columns_of(count)[name] for name in names) for count in counts(grid, *above)]


def sums(grid):
    """Return how many tables are proven, and column, printed total and sum of each problem `table.sum`."""
    extraction = extract(drawn(grid), PACK)
    wrong = [p for p in extraction.problems if p.code == "table.sum"]
    text = extraction.structure.document.text
    return extraction.proven_tables, [(*(value for _, value in p.detail), text[p.start : p.end]) for p in wrong]


FLAT = """
| STT | Đơn vị | ĐVT | Năm 2022 | Ghi chú |
| 1 | Xã Tân An | vụ | 12 | Giảm 03 vụ |
| 2 | Xã Tân Bình | nghìn lượt | 1,5 | |
| 3 | Xã Tân Châu | hồ sơ | - | x |
| 4 | Xã Tân Dân | hồ sơ | 0 | |
"""


def test_a_numeric_cell_is_a_count_of_its_row_in_the_unit_of_its_row():
    assert told(FLAT, "value", "unit", "object", "column", "first_day", "last_day", "status") == [
        ("12", "vụ", "Xã Tân An", "Năm 2022", "2022-01-01", "2022-12-31", "done"),
        ("3", "vụ", "", "Ghi chú", "", "", "done"),
        ("1500", "lượt", "Xã Tân Bình", "Năm 2022", "2022-01-01", "2022-12-31", "done"),
        ("0", "hồ sơ", "Xã Tân Dân", "Năm 2022", "2022-01-01", "2022-12-31", "none"),
    ]


@pytest.mark.parametrize(
    ("role", "statuses"), [("", ["done", "none"]), ("plan", ["planned", "planned"]), ("proposal", ["planned"] * 2)]
)
def test_a_nought_in_a_table_of_plans_is_planned(role, statuses):
    extraction = extract(passage("", role, "|Chỉ tiêu|Số vụ|\n|Cháy|5|\n|Nổ|0|"), PACK)
    assert [item.status for item in extraction.items if isinstance(item, Count)] == statuses


@pytest.mark.parametrize(
    ("grid", "heads"),
    [
        (
            "|STT|Lĩnh vực|Tiếp nhận|Trong đó|<|\n|^|^|^|Đúng hạn|Quá hạn|\n|(1)|(2)|(3)|(4)|(5)=(3)-(4)|\n"
            "|1|Đất đai|15|12|3|\n|2|Hộ tịch|25|25|-|",
            ["Tiếp nhận", "Trong đó > Đúng hạn", "Trong đó > Quá hạn", "Tiếp nhận", "Trong đó > Đúng hạn"],
        ),
        (
            "|Bảng 2. Kết quả|<|<|\n|ĐVT: hồ sơ|<|<|\n|Xã|Nhận|Trả|\n|A|B|C|\n|Tân An|15|12|",
            ["Nhận", "Trả"],
        ),
        ("|Xã|Kết quả|<|\n|^|Kết quả|Tỷ lệ|\n|Tân An|15|12|", ["Kết quả", "Kết quả > Tỷ lệ"]),
        (
            "|Xã|Nhận|Trả|\n|Tân An|15|12|\n|Xã|Nhận|Trả|\n|Tân Bình|25|22|\n|1|2|3|\n|Tân Châu|35|32|",
            ["Nhận", "Trả"] * 3,
        ),
        ("|Chỉ tiêu|2022|2023|\n|Số vụ|15|2015|", ["2022", "2023"]),
        ("|Nội dung|Kết quả||\n||Nam|Nữ|\n|Tập huấn|15|12|", ["Kết quả > Nam", "Kết quả > Nữ"]),
        ("|Nội dung|Số  lượng\u00a0người|\n|Tập huấn|15|", ["Số lượng người"]),
        ("|Tập huấn|15|\n|Hội nghị|12|", ["", ""]),
    ],
)
def test_heads(grid, heads):
    assert [head for (head,) in told(grid, "column")] == heads


@pytest.mark.parametrize(
    ("grid", "labels"),
    [
        ("|TT|Loại|Tiêu chí|Số|\n|1|Bộ|Số vụ|5|\n|^|^|Số người|6|\n|2|Sắt|Số vụ|7|\n|^|^|Số người|8|",
         ["Bộ > Số vụ", "Bộ > Số người", "Sắt > Số vụ", "Sắt > Số người"]),
        ("|Loại|Tiêu chí|Số|\n|Đường bộ|Số vụ|5|\n||Số người|6|\n|Đường sắt|Số vụ|7|",
         ["Đường bộ > Số vụ", "Số người", "Đường sắt > Số vụ"]),
        ("|Địa bàn|Đơn vị|Số|\n|Phía Bắc|Xã An|5|\n|^|Xã Bình|6|", ["Xã An", "Xã Bình"]),
        ("|TT|Nội dung|Số|\n|I. Đất đai|<|<|\n|1|Giao đất|5|\n|II. Rừng|<|<|\n|1|Giao rừng|6|\n||Tổng cộng|11|",
         ["Giao đất", "Giao rừng", "Tổng cộng"]),
        ("|TT|Nội dung|Số|\n|I. Đất đai|<|<|\n|1|Cấp mới|5|\n|II. Rừng|<|<|\n|1|Cấp mới|6|\n||Tổng cộng|11|",
         ["I. Đất đai > Cấp mới", "II. Rừng > Cấp mới", "Tổng cộng"]),
        ("|TT|Nội dung|Số|\n|I|**Đất đai**||\n|1|Cấp mới|5|\n|II|**Rừng**||\n|1|Cấp mới|6|",
         ["Đất đai > Cấp mới", "Rừng > Cấp mới"]),
        ("|TT|Tên dự án|Chủ đầu tư|Số vốn|\n|1|Cầu Tân An|Sở Giao thông|5|", ["Cầu Tân An"]),
        ("|Mã số|Nội dung|Số|\n|01|Thu phí|5|\n|02|Thu thuế|6|", ["Thu phí", "Thu thuế"]),
        ("||Nội dung|Số|\n|1|Thu phí|5|\n|2|Thu thuế|6|", ["Thu phí", "Thu thuế"]),
        ("|Xã|Số|\n|A|5|\n|B|6|", ["A", "B"]),
    ],
)  # fmt: skip
def test_labels(grid, labels):
    assert [label for (label,) in told(grid, "object")] == labels


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("Năm 2022", ("2022-01-01", "2022-12-31")),
        ("2022", ("2022-01-01", "2022-12-31")),
        ("Quý III/2022", ("2022-07-01", "2022-09-30")),
        ("Quý II", ("2023-04-01", "2023-06-30")),
        ("Tháng 9", ("2023-09-01", "2023-09-30")),
        ("6 tháng đầu năm 2024", ("2024-01-01", "2024-06-30")),
        ("9 tháng năm 2023", ("2023-01-01", "2023-09-30")),
        ("Thực hiện 9 tháng", ("2023-01-01", "2023-09-30")),
        ("Ước năm 2024", ("2024-01-01", "2024-12-31")),
        ("Cùng kỳ năm 2022", ("2022-07-01", "2022-09-30")),
        ("Cùng kỳ", ("2022-07-01", "2022-09-30")),
        ("Năm trước", ("2022-01-01", "2022-12-31")),
        ("Lũy kế từ đầu năm", ("2023-01-01", "2023-09-30")),
        ("Kỳ báo cáo", ("2023-07-01", "2023-09-30")),
        ("Số lượng", ("", "")),
        ("So với năm 2022 (%)", ("", "")),
        ("Tăng, giảm so với cùng kỳ năm 2022", ("", "")),
        ("Năm 2022 và năm 2023", ("", "")),
    ],
)
def test_periods_of_heads_in_a_report_of_a_quarter(head, period):
    grid = f"|Nội dung|{head}|\n|Tập huấn|15|\n|Hội nghị|12|"
    assert set(told(grid, "first_day", "last_day", above=QUARTER)) == {period}


@pytest.mark.parametrize(
    ("grid", "above", "periods"),
    [
        ("|Nội dung|Năm 2024|<|\n|^|Quý I|Quý II|\n|Phí|5|6|", (), ["2024-03-31", "2024-06-30"]),
        ("|Nội dung|Quý I|Quý II|\n|Phí|5|6|", ("Bảng 1. Thu phí năm 2021",), ["2021-03-31", "2021-06-30"]),
        ("|Thu phí năm 2021|<|<|\n|Nội dung|Quý I|Quý II|\n|Phí|5|6|", (), ["2021-03-31", "2021-06-30"]),
        ("|Nội dung|Quý I|Năm trước|\n|Phí|5|6|", (), ["", ""]),
        ("|Nội dung|5 tháng năm 2024|Cùng kỳ|\n|Phí|5|6|", (), ["2024-05-31", "2023-05-31"]),
        ("|Nội dung|Tháng 2/2024|Cùng kỳ|\n|Phí|5|6|", (), ["2024-02-29", "2023-02-28"]),
        ("|Nội dung|Năm 2024|<|\n|^|Số|So với cùng kỳ (%)|\n|Phí|5|6|", (), ["2024-12-31", "2024-12-31"]),
        ("|Nội dung|So với|<|\n|^|Năm 2023 (%)|Kế hoạch (%)|\n|Phí|5|6|", (), ["", ""]),
    ],
)
def test_years_come_from_outer_heads_and_titles(grid, above, periods):
    assert [last for (last,) in told(grid, "last_day", above=above)] == periods


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("1.250", ("1250", "", "", "exact", "")), ("1 234 567", ("1234567", "", "", "exact", "")),
        ("(12)", ("-12", "", "", "exact", "decrease")), ("-9", ("-9", "", "", "exact", "decrease")),
        ("+5", ("5", "", "", "exact", "increase")), ("12/15", ("12", "", "15", "exact", "")),
        ("10 - 15", ("10", "15", "", "exact", "")), ("≥ 90", ("90", "", "", "at_least", "")),
        ("15*", ("15", "", "", "exact", "")), ("15(1)", ("15", "", "", "exact", "")),
        ("15¹", ("15", "", "", "exact", "")), ("7,25", ("7.25", "", "", "exact", "")),
        ("2015", ("2015", "", "", "exact", "")),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell(cell, wanted):
    grid = f"|Nội dung|Kết quả|\n|Tập huấn|{cell}|\n|Hội nghị|3|"
    assert told(grid, "value", "value_max", "total", "qualifier", "change")[0] == wanted


@pytest.mark.parametrize("cell", ["-", "–", "", "x", "…", "*", "...", "0912345678", "05/2024", "2023 - 2025"])
def test_what_is_no_count(cell):
    assert told(f"|Nội dung|Kết quả|\n|Tập huấn|{cell}|\n|Hội nghị|3|", "value") == [("3",)]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1,234", "12,5", "3"), ["1.234", "12.5", "3"]),
        (("1,234", "1.250", "3"), ["1.234", "1250", "3"]),
        (("1,234", "1,234,567", "3"), ["1234", "1234567", "3"]),
        (("1,234", "12.5", "3"), ["1234", "12.5", "3"]),
        (("1,234", "2,345", "13,456"), ["1234", "2345", "13456"]),
        (("1,234", "2,345", "0,456"), ["1.234", "2.345", "0.456"]),
        (("1,234", "2,345", "13456"), ["1.234", "2.345", "13456"]),
    ],
)
def test_the_table_says_what_a_comma_is(cells, values):
    rows = "\n".join(f"|Xã {name}|{cell}|" for name, cell in zip(("An", "Bình", "Châu"), cells, strict=True))
    assert [value for (value,) in told(f"|Nội dung|Kết quả|\n{rows}", "value")] == values


def test_a_total_proves_what_a_comma_is():
    grid = "|Xã|Kết quả|\n|Tân An|1,234|\n|Tân Bình|987|\n|Tổng cộng|2,221|"
    assert told(grid, "value") == [("1234",), ("987",), ("2221",)]
    assert sums(grid) == (1, [])


@pytest.mark.parametrize(
    ("grid", "above", "wanted"),
    [
        ("|Xã|Số tiền|\n|An|2,5|", ("Đơn vị tính: triệu đồng",), ("2500000", "đồng", "")),
        ("|Xã|Số tiền|\n|An|2,5|", ("(ĐVT: tr.đ)",), ("2500000", "đồng", "")),
        ("|Xã|Số tiền|\n|An|25|", ("ĐVT: 1.000đ",), ("25000", "đồng", "")),
        ("|Xã|Số tiền (nghìn đồng)|\n|An|25|", (), ("25000", "đồng", "")),
        ("|Xã|Diện tích (ha)|\n|An|25|", ("Đơn vị: Sở Nội vụ",), ("25", "ha", "")),
        ("|Xã|Số người tham gia|\n|An|25|", ("Đơn vị: Sở Nội vụ",), ("25", "người", "")),
        ("|Chỉ tiêu|ĐVT|Kết quả|\n|Năng suất|tạ/ha|25|", (), ("25", "tạ", "ha")),
        ("|Chỉ tiêu|Kết quả|\n|Diện tích (ha)|25|", (), ("25", "ha", "")),
        ("|Chỉ tiêu|ĐVT|Tỷ lệ (%)|\n|Năng suất|tạ|25|", (), ("25", "%", "")),
        ("|Đơn vị|Số vụ|\n|Xã Tân An|25|", (), ("25", "vụ", "")),
        ("|Xã|Số vụ|<|\n|^|Năm nay|Năm trước|\n|An|25||", (), ("25", "vụ", "")),
        ("|Xã|Số hộ|<|\n|^|Quý này|Quý trước|\n|An|25||", (), ("25", "hộ", "")),
        ("|Chỉ tiêu|So với dự toán|\n|Thu|95,5|", ("ĐVT: triệu đồng",), ("95.5", "%", "")),
        ("|Chỉ tiêu|So với dự toán|\n|Thu|+95|", ("ĐVT: triệu đồng",), ("95000000", "đồng", "")),
        ("|Chỉ tiêu|Chênh lệch so với dự toán|\n|Thu|95|", ("ĐVT: triệu đồng",), ("95000000", "đồng", "")),
    ],
)
def test_units(grid, above, wanted):
    assert told(grid, "value", "unit", "per", above=above) == [wanted]


def test_a_count_with_its_unit_in_a_cell_has_head_and_label_too():
    assert told("|STT|Nội dung|Năm 2022|\n|1|Tập huấn|05 lớp|", "value", "unit", "object", "column", "last_day") == [
        ("5", "lớp", "Tập huấn", "Năm 2022", "2022-12-31")
    ]


@pytest.mark.parametrize(
    "grid",
    [
        "|Xã|Số vụ|\n|An|5|\n|Bình|6|\n|Tổng cộng|11|",
        "|Xã|Số vụ|\n|Toàn tỉnh|11|\n|An|5|\n|Bình|6|",
        "|Xã|Diện tích (ha)|\n|An|5,24|\n|Bình|6,24|\n|Tổng số|11,5|",
        "|STT|Nội dung|Số|\n|I|Thu|5|\n|1|Phí|2|\n|2|Lệ phí|3|\n|II|Chi|6|\n||Cộng|11|",
        "|STT|Nội dung|Số|\n|1|Phí|5|\n||Trong đó: phí nước|2|\n|2|Thuế|6|\n||Cộng|11|",
        "|TT|Xã|Số|\n|1|An|2|\n|2|Bình|3|\n||Cộng|5|\n|1|Châu|2|\n|2|Dân|4|\n||Cộng|6|\n||Tổng cộng|11|",
        "|Xã|Số vụ|\n|An|5|\n|Bình|6|\n|Trung bình|5,5|\n|Tổng cộng|11|",
        "|Xã|Tổng số|Nam|Nữ|\n|An|5|2|3|\n|Bình|6|4|2|\n|Tổng cộng|11|6|5|",
        "|TT|Loại|Tiêu chí|Số|\n|1|Bộ|Số vụ|5|\n|^|^|Số chết|2|\n|2|Sắt|Số vụ|6|\n|^|^|Số chết|1|\n"
        "||Tổng cộng|Số vụ|11|\n||^|Số chết|3|",
    ],
)
def test_totals_that_prove_their_table(grid):
    assert sums(grid) == (1, [])


@pytest.mark.parametrize(
    ("grid", "wrong"),
    [
        ("|Xã|Số vụ|\n|An|5|\n|Bình|6|\n|Tổng cộng|12|", [("Số vụ", "12", "11", "12")]),
        ("|Xã|Số tiền (đồng)|Số vụ|\n|An|1.250|5|\n|Bình|1.000|6|\n|Tổng cộng|2.350|11|",
         [("Số tiền (đồng)", "2.350", "2.250", "2.350")]),
        ("|STT|Nội dung|Số|\n|I|Thu|5|\n|1|Phí|2|\n|2|Lệ phí|3|\n|II|Chi|6|\n||Cộng|13|", [("Số", "13", "11", "13")]),
        ("|Xã|Hồ sơ|<|<|\n|^|Tổng số|Đúng hạn|Quá hạn|\n" + "".join(f"|Xã {n}|9|7|2|\n" for n in "ABCDE")
         + "|Xã G|9|7|3|", [("Hồ sơ > Tổng số", "9", "10", "9")]),
    ],
)  # fmt: skip
def test_totals_that_their_parts_do_not_sum_to(grid, wrong):
    assert sums(grid) == (0, wrong)


@pytest.mark.parametrize(
    "grid",
    [
        "|Xã|Tỷ lệ (%)|\n|An|50|\n|Bình|60|\n|Tổng cộng|55|",
        "|Xã|Bình quân|\n|An|50|\n|Bình|60|\n|Tổng cộng|55|",
        "|Nội dung|ĐVT|Số|\n|Tập huấn|lớp|5|\n|Giấy phép|tờ|6|\n|Tổng cộng||12|",
        "|STT|Nội dung|Số|\n|1|Phí|5|\n||Trong đó: phí nước|2|\n|2|Thuế|6|\n||Cộng|15|",
        "|TT|Xã|Số|\n|1|An|2|\n|2|Bình|3|\n||Cộng|5|\n|1|Châu|2|\n||Tổng cộng|9|",
        "|STT|Nội dung|Số|\n|1|Phí|5|\n|a|Phí nước|2|\n|2|Thuế|6|\n|4|Khác|6|\n||Cộng|99|",
        "|Xã|Số vụ|\n|An|-|\n|Bình|6|\n|Tổng cộng|12|",
        "|Nội dung|Số|\n|Tổng số vụ|12|\n|Số vụ đã xử lý|5|\n|Số vụ còn lại|6|",
        "|Xã|Hồ sơ|Trong đó|<|\n|^|^|Nữ|Trẻ em|\n|An|9|2|3|\n|Bình|8|2|3|\n|Châu|9|2|3|",
    ],
)
def test_nothing_is_said_where_it_is_unclear_what_a_total_sums(grid):
    assert sums(grid) == (0, [])


def test_ordinals_and_the_numbers_below_the_head_are_no_items_and_no_problems():
    grid = "|STT|Mã số|Nội dung|Số|\n|(1)|(2)|(3)|(4)|\n|1.1|7012345|Phí|5|\n|1.2|7012346|Thuế|6|"
    extraction = extract(drawn(grid), PACK)
    assert [str(item.value) for item in extraction.items] == ["5", "6"]
    assert extraction.problems == ()


def calls(rows):
    body = "\n".join(
        f"|{n}|Xã miền núi|" + "|".join(str(n * k % 997) for k in range(8)) + "|" for n in range(1, rows + 1)
    )
    document = drawn("|STT|Xã|" + "|".join(f"Chỉ tiêu {k}" for k in "abcdefgh") + "|\n" + body)
    profile = cProfile.Profile()
    assert len(profile.runcall(extract, document, PACK).items) == 8 * rows
    return sum(entry.callcount for entry in profile.getstats())


def test_the_work_grows_with_the_rows_and_no_faster():
    """Eight times the rows may take some ten times the work: a square would take sixty-four."""
    calls(10)
    assert calls(400) < 12 * calls(50)
