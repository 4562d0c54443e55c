"""Confusions of OCR that the grammar of codes and dates settles, and those that it doesn't."""

from __future__ import annotations

import pytest

from pipeline.parsers.scan.hocr import Letter, Word
from pipeline.parsers.scan.repair import repair


def words(line: str) -> list[Word]:
    letters = [[Letter(c, at, 0, at + 1, 1, 0.5) for at, c in enumerate(word)] for word in line.split(" ")]
    return [Word(tuple(word), 1.0, 1) for word in letters]


def repaired(line: str) -> str:
    return " ".join(word.text for word in repair(words(line)))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Sô: 12/BC-UBND", "Số: 12/BC-UBND"),
        ("Sé: /BC-STP", "Số: /BC-STP"),
        ("Sổ; 7/TB-HĐND", "Số: 7/TB-HĐND"),
        ("số 1O/KH-UBND", "số 10/KH-UBND"),
        ("số l2S/KH-UBND", "số 125/KH-UBND"),
        ("số 3O/2O2O/NĐ-CP", "số 30/2020/NĐ-CP"),
        ("(123lBC-UBND)", "(123/BC-UBND)"),
        ("số 45/QD-UBND", "số 45/QĐ-UBND"),
        ("số 45/OĐ-UBNO", "số 45/QĐ-UBND"),
        ("số 30/2020/ND-CP", "số 30/2020/NĐ-CP"),
        ("số 35/2023/UBTVQHI5", "số 35/2023/UBTVQH15"),
        ("UBNO huyện", "UBND huyện"),
        ("số 1079/QĐ-TTEg", "số 1079/QĐ-TTg"),
        ("số 1668/NQ-UBTVQHI15", "số 1668/NQ-UBTVQH15"),
        ("số 03-NQ/ĐĐU", "số 03-NQ/ĐU"),
        ("giảm 0,2%o, còn 6,99 %o", "giảm 0,2‰, còn 6,99 ‰"),
        ("số 12/HĐĐND-KTNS", "số 12/HĐND-KTNS"),
        ("ngày 3O/4/2O24,", "ngày 30/4/2024,"),
        ("tháng lO/2024", "tháng 10/2024"),
        ("ngày 12 thảng 5 nãm 2024", "ngày 12 tháng 5 năm 2024"),
        ("ngày thảng nām 2024", "ngày tháng năm 2024"),
        ("Quý lll năm 2024", "Quý III năm 2024"),
        ("quý H/2024", "quý II/2024"),
        ("quý lV.", "quý IV."),
        ("BAO CAO", "BÁO CÁO"),
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("TO TRINH", "TỜ TRÌNH"),
        ("CỌNG HOÀ XÃ HÔI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("L TÌNH HÌNH CHUNG", "I. TÌNH HÌNH CHUNG"),
        ("IL KẾT QUẢ THỰC HIỆN", "II. KẾT QUẢ THỰC HIỆN"),
        ("H. NHIỆM VỤ TRỌNG TÂM", "II. NHIỆM VỤ TRỌNG TÂM"),
        ("- Tố chức 04 buối", "- Tổ chức 04 buổi"),
        ("giao 127 tỷ đông, tăng 2,24 lân.", "giao 127 tỷ đồng, tăng 2,24 lần."),
        ("45 nguời, 12 LUỢT", "45 người, 12 LƯỢT"),
        ("l.204.318 lượt, 3O2.118 con", "1.204.318 lượt, 302.118 con"),
        ("(TỐNG SỐ: 12)", "(TỔNG SỐ: 12)"),
        ("đã phố biến, kiếm tra", "đã phổ biến, kiểm tra"),
        ("Đại tá Đỉnh Công Sáu", "Đại tá Đinh Công Sáu"),
        ("BSCKII. Trấn Thị Bảy", "BSCKII. Trần Thị Bảy"),
        ("Nguyến Văn Tám", "Nguyễn Văn Tám"),
    ],
)
def test_one_reading_only(read, meant):
    assert repaired(read) == meant


@pytest.mark.parametrize(
    "line",
    [
        "1231BC-UBND",  # 1231, or 123/?
        "96%",
        "9% số hộ",
        "số 12/KH-UBND",
        "3O/4",
        "ngày 3l/1S/2024",  # no month 15
        "tháng 13/2024",
        "quý 1 năm 2024",
        "Số người 120",
        "So: sánh",
        "SO SÁNH",
        "báo cáo BAO CAO",
        "số 12/BC-VPĐKĐĐ",
        "Vụ Tổ Chức Cán Bộ",
        "Quảng Ninh",
        "Đỉnh núi cao nhất",
        "IV. ĐÁNH GIÁ CHUNG",
        "VL-14 là số hiệu",
        "thảng hoặc 5 người",
        "năm nam sinh 2024",
        "Km 12+500",
        "lớp 1B",
        "HĐND và UBND tỉnh",
        "yếu tố và chức năng",
        "thành phố biển",
        "số 5, tố chủ",
        "rất đông người, 3 đống rác, 12 con lân",
    ],
)
def test_what_could_be_read_in_two_ways_stays(line):
    assert repaired(line) == line


def test_a_repaired_letter_stays_where_and_as_sure_as_it_was_read():
    (word,) = repair(words("IL A B"))[:1]
    assert word.text == "II."
    assert (word.left, word.right) == (0, 2)
    assert {letter.sure for letter in word.letters} == {0.5}
