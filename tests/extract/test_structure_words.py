"""The words that the structure tests read with, as a rule pack would give them, and how they are matched."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.extract.structure import StructureWords
from pipeline.extract.structure.words import is_capitals, starts_with
from pipeline.model import Block, BlockKind, Document
from pipeline.text.fold import fold


def phrases(text: str) -> tuple[str, ...]:
    return tuple(fold(phrase.strip()) for phrase in text.replace("\n", " ").split("|") if phrase.strip())


TYPES = phrases(
    """nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông cáo|thông báo|hướng dẫn|
            chương trình|kế hoạch|phương án|đề án|dự án|báo cáo|biên bản|tờ trình|hợp đồng|
            công điện|bản ghi nhớ|công văn|kết luận|thông tri|lời kêu gọi|chương trình phối hợp|
            quy chế phối hợp"""
)
CODES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án",
    "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng",
    "CĐ": "Công điện", "CV": "Công văn", "KL": "Kết luận",
}  # fmt: skip

WORDS = StructureWords(
    document_types={name: name.capitalize() for name in TYPES},
    type_codes=CODES,
    section_roles=(
        (
            "result",
            phrases(
                """kết quả|tình hình thực hiện|tình hình|thực hiện nhiệm vụ|công tác đã|
            công tác lãnh đạo|công tác chỉ đạo|triển khai thực hiện"""
            ),
        ),
        (
            "assessment",
            phrases("đánh giá|ưu điểm|nhận xét|thuận lợi|mặt được|mặt làm được|bài học kinh nghiệm"),
        ),
        (
            "limitation",
            phrases("hạn chế|tồn tại|khó khăn|vướng mắc|nguyên nhân|khuyết điểm|bất cập|mặt chưa được"),
        ),
        (
            "plan",
            phrases(
                """phương hướng|nhiệm vụ trọng tâm|nhiệm vụ|giải pháp|kế hoạch công tác|
            kế hoạch hoạt động|kế hoạch|dự kiến|chương trình công tác|mục tiêu"""
            ),
        ),
        ("proposal", phrases("kiến nghị|đề xuất|đề nghị")),
    ),
    weak_phrases=phrases("nhiệm vụ|kế hoạch|kế hoạch công tác|kế hoạch hoạt động|chương trình công tác"),
    bodies=phrases(
        """bộ|sở|ủy ban|ubnd|ubmttq|mặt trận|hội đồng|hđnd|quốc hội|đoàn đại biểu|đoàn đbqh|
            chính phủ|văn phòng|ban|bch|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ|
            chi bộ|tỉnh đoàn|thành đoàn|huyện đoàn|đoàn khối|đoàn thanh niên|đoàn tncs|hội|
            liên đoàn|liên hiệp|công đoàn|tổng cục|cục|chi cục|vụ|viện|học viện|trung tâm|trường|
            đại học|cao đẳng|phòng|công an|công ty|tổng công ty|tập đoàn|bệnh viện|trạm|kho bạc|
            ngân hàng|tòa án|viện kiểm sát|thanh tra|kiểm toán|báo|đài|tạp chí|bảo hiểm xã hội|
            tổ công tác|thường trực|quân khu|hải quan|thuế|tổng liên đoàn|hiệp hội|quỹ|thư viện|
            bảo tàng"""
    ),
    partial_bodies=phrases(
        """ban chấp hành|bch|bộ chỉ huy|bộ tư lệnh|văn phòng|ban thường trực|ban thường vụ|
            thường trực|ban chỉ đạo|ban chỉ huy|ban quản lý|tổ công tác|hội đồng|đoàn đại biểu|
            trung tâm|trường|ban"""
    ),
    mottos=phrases(
        """cộng hòa xã hội chủ nghĩa việt nam|độc lập tự do hạnh phúc|đảng cộng sản việt nam|
            đoàn tncs hồ chí minh|đoàn thanh niên cộng sản hồ chí minh"""
    ),
    marks=phrases(
        """dự thảo|mật|tối mật|tuyệt mật|khẩn|thượng khẩn|hỏa tốc|hỏa tốc hẹn giờ|
            lưu hành nội bộ|xem xong trả lại|sao y|bản sao|đến|công văn đến"""
    ),
    copy_codes=("SY", "TrS", "SL", "BS"),
    openings=phrases(
        """căn cứ|thực hiện|theo|xét|để|nhằm|trên cơ sở|triển khai|tiếp theo|phúc đáp|thi hành|
            tiếp tục thực hiện|trong năm|trong thời gian|thời gian qua|ngày|năm|sau khi|
            trong quý|trong tháng"""
    ),
    addresses=phrases("kính gửi|kính trình|gửi"),
    recipients=phrases("nơi nhận|nơi gửi"),
    authorities=("tm", "t/m", "kt", "k/t", "tl", "t/l", "tuq", "t/uq", "q", "thừa lệnh", "thay mặt"),
    titles=phrases(
        """giám đốc|phó|trưởng|chủ tịch|quyền|chánh|bí thư|cục trưởng|vụ trưởng|viện trưởng|
            hiệu trưởng|tổng giám đốc|tổng biên tập|tổng cục trưởng|chi cục trưởng|chủ nhiệm|
            chính ủy|tham mưu trưởng|thứ trưởng|bộ trưởng|thủ tướng|ủy viên|thường trực|
            đội trưởng|chỉ huy trưởng|chỉ huy|tư lệnh|thủ trưởng|người|thư ký|chủ trì|kế toán|
            tổng thư ký|chủ nhiệm"""
    ),
    ranks=phrases(
        """pgs|gs|ts|ths|thạc sĩ|tiến sĩ|bs|bsckii|bscki|bác sĩ|ckii|cki|kts|ks|kỹ sư|cn|ds|
            đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|thiếu tướng|trung tướng|
            thượng tướng|đại tướng|ls|luật sư|nhà báo|đ/c|đồng chí"""
    ),
    signed=phrases("đã ký|ký tên|chữ ký|đã kí|ký và đóng dấu|ký điện tử|signed"),
    captions=phrases("bảng|biểu|hình|sơ đồ|đồ thị|biểu đồ|đơn vị tính|đvt|ghi chú|nguồn"),
    appendices=phrases("phụ lục|phụ biểu|biểu mẫu|mẫu số"),
    abbreviations=phrases(
        """tp|tx|tt|q|p|h|kt|tm|tl|tuq|tr|ths|ts|pgs|gs|bs|ks|nxb|v.v|vv|stt|đc|đ/c|st|mr|mrs|
            dr|ông|bà|cty|cp|ql|tl|đt|gs.ts|pgs.ts|số|no|vd|vol|bscki|bsckii|th|đ|tk|dn"""
    ),
    lettered=phrases("loại|nhóm|hạng|khu|bảng|khối|điểm|lớp|mẫu|phương án|vitamin|gan"),
    leading_words=phrases("những|một số|các|về|còn|phần|nội dung|mặt|việc"),
    topics=phrases("về|công tác|hoạt động|tình hình|kết quả|lĩnh vực|việc|đối với"),
    actions=phrases(
        """phấn đấu|tiếp tục|tổ chức|phối hợp|tham mưu|ban hành|triển khai|đẩy mạnh|tăng cường|
            đề nghị|kiến nghị|giao|yêu cầu|trong đó|ngoài ra|riêng"""
    ),
)


def document(text: str, **settings: list[int]) -> Document:
    """Return a Document with a block for each line of `text`; a tab parts cells of a two-column table.

    `bold` and `centred` are the indexes of lines set so, `headings` of those in a heading style; `|` ends a
    line inside its block.
    """
    blocks: list[Block] = []
    at = 0
    lines = text.strip("\n").split("\n")
    for index, line in enumerate(lines):
        cells = line.split("\t")
        for column, cell in enumerate(cells, 1):
            kind = BlockKind.HEADING if index in settings.get("headings", []) else BlockKind.PARAGRAPH
            place = (1, index + 1, column) if len(cells) > 1 else (0, 0, 0)
            blocks.append(
                Block(
                    BlockKind.CELL if len(cells) > 1 else kind,
                    at,
                    at + len(cell),
                    table=place[0],
                    row=place[1],
                    column=place[2],
                    bold=index in settings.get("bold", []),
                    centred=index in settings.get("centred", []),
                )
            )
            at += len(cell) + 1
    return Document("\n".join(lines).replace("|", "\n"), "txt", tuple(b for b in blocks if b.end > b.start))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BÁO CÁO", "Báo cáo"),
        ("B Á O   C Á O", "Báo cáo"),
        ("BAO CAO", "Báo cáo"),
        ("CHUONG TRINH PHOI HOP", "Chương trình phối hợp"),
        ("BÁO CÁO NHANH", ""),
        ("", ""),
    ],
)
def test_a_type_is_known_by_its_letters(text: str, expected: str) -> None:
    assert WORDS.type_named(text) == expected


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("BC-UBND", "Báo cáo"), ("BC/TU", "Báo cáo"), ("TTR-SNV", "Tờ trình"), ("UBND-VX", ""), ("", "")],
)
def test_a_code_gives_a_type(symbol: str, expected: str) -> None:
    assert WORDS.type_of_code(symbol) == expected


def test_a_phrase_starts_a_text_as_whole_words() -> None:
    assert starts_with("sở y tế", ("sở", "s")) == "sở"
    assert starts_with("sởi", ("sở",)) == ""
    assert starts_with("ban chỉ đạo 35", ("ban", "ban chỉ đạo")) == "ban chỉ đạo"


@pytest.mark.parametrize(
    ("text", "expected"), [("SỞ NN&PTNT", True), ("SỞ Y TẾ tỉnh", False), ("A", False), ("01/2024", False)]
)
def test_capitals_are_two_letters_at_least(text: str, expected: bool) -> None:
    assert is_capitals(text) is expected


def test_every_code_of_the_core_pack_is_known_or_left_out() -> None:
    table = Path(__file__).parents[2] / "rules/core/vocabulary/document_types.csv"
    if not table.is_file():
        pytest.skip("no core pack yet")
    with table.open(encoding="utf-8-sig", newline="") as file:
        names = {fold(row["name"]) for row in csv.DictReader(file)}
    assert {"báo cáo", "công văn"} <= names
