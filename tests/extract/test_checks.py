"""Mistakes planted in invented reports, each with the two texts that contradict; and near misses that are none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.extract import extract
from pipeline.extract.checks.parts import check_parts
from pipeline.extract.checks.shares import check_shares
from pipeline.extract.prove import passage
from pipeline.extract.structure import read_structure
from pipeline.extract.view import View
from pipeline.extract.words import structure_words
from pipeline.model import Count
from pipeline.parsers.plain import read_text
from pipeline.problems.contradictions import CONTRADICTIONS
from pipeline.rulebook import load_pack
from tests.extract.table_sketch import drawn

PACK = load_pack("core")

LETTERHEAD = """SỞ NỘI VỤ
Số: 214/BC-SNV

Trà Vinh, ngày 20 tháng 11 năm 2024

BÁO CÁO
Kết quả công tác năm 2024

I. KẾT QUẢ THỰC HIỆN

"""


def told(document):
    """Return code, text and other text of each contradiction that is found."""
    extraction = extract(document, PACK)
    text = extraction.structure.document.text
    return [
        (p.code, text[p.start : p.end], text[slice(*p.other)] if p.other else "")
        for p in extraction.problems
        if p.code in CONTRADICTIONS
    ]


def in_report(text):
    return told(read_text((LETTERHEAD + text).encode(), markdown=False))


DATES = [
    (  # a decree has one date
        "Thực hiện Nghị định số 52/2023/NĐ-CP ngày 08/8/2023; theo Nghị định số 52/2023/NĐ-CP ngày 09/8/2023.",
        ("52/2023/NĐ-CP ngày 09/8/2023", "52/2023/NĐ-CP ngày 08/8/2023"),
    ),
    (  # the same day and month, another year
        "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2023. Kế hoạch số 67/KH-UBND ngày 14/3/2024 đã xong.",
        ("67/KH-UBND ngày 14/3/2024", "67/KH-UBND ngày 14/3/2023"),
    ),
    (  # day and month swapped
        "Theo Quyết định số 815/QĐ-UBND ngày 05/4/2024; căn cứ Quyết định số 815/QĐ-UBND ngày 04/5/2024.",
        ("815/QĐ-UBND ngày 04/5/2024", "815/QĐ-UBND ngày 05/4/2024"),
    ),
    (  # a symbol that one office has
        "Theo Công văn số 933/STC-QLNS ngày 05/4/2024; thực hiện Công văn số 933/STC-QLNS ngày 17/9/2024.",
        ("933/STC-QLNS ngày 17/9/2024", "933/STC-QLNS ngày 05/4/2024"),
    ),
    (  # the Party's centre
        "Quán triệt Chỉ thị số 41-CT/TW ngày 12/02/2024. Sơ kết Chỉ thị số 41-CT/TW ngày 22/02/2024 của Ban Bí thư.",
        ("41-CT/TW ngày 22/02/2024", "41-CT/TW ngày 12/02/2024"),
    ),
    (  # what is given twice is right
        "Theo Công văn số 933/STC-QLNS ngày 05/4/2024, tiếp đó Công văn số 933/STC-QLNS ngày 06/4/2024. "
        "Riêng Công văn số 933/STC-QLNS ngày 06/4/2024 đã hoàn thành.",
        ("933/STC-QLNS ngày 05/4/2024", "933/STC-QLNS ngày 06/4/2024"),
    ),
    (  # separators are no difference
        "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 và Nghị quyết số 18/NQ-TW ngày 15/10/2017.",
        ("18/NQ-TW ngày 15/10/2017", "18-NQ/TW ngày 25/10/2017"),
    ),
    (
        "Kế hoạch số 67/KH-UBND ngày 14/3/2024 của UBND tỉnh; Kế hoạch số 67/KH-UBND ngày 15/3/2024 của UBND tỉnh.",
        ("67/KH-UBND ngày 15/3/2024", "67/KH-UBND ngày 14/3/2024"),
    ),
]

NO_DATES = [
    "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2023 và Kế hoạch số 67/KH-UBND ngày 20/02/2024.",  # two years
    "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024 của UBND tỉnh, Kế hoạch số 67/KH-UBND ngày 15/3/2024 của UBND huyện.",
    "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024, Quyết định số 67/QĐ-UBND ngày 15/3/2024.",
    "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024; kết quả Kế hoạch số 67/KH-UBND được báo cáo riêng.",
    "Theo Kế hoạch số 67/KH-UBND ngày 14/3/2024, Kế hoạch số 67/KH-UBND ngày 14 tháng 3 năm 2024.",
    "Theo Kế hoạch số 7/KH-UBND ngày 14/01/2024, Kế hoạch số 07/KH-UBND ngày 22/10/2024.",  # province and district
    "Theo Công văn số 933/STC-QLNS ngày 05/4. Trả lời Công văn số 933/STC-QLNS ngày 06/4/2024.",  # of which year?
    "Theo Công văn số 933/STC-QLNS ngày 05/4/2024 và Công văn số 934/STC-QLNS ngày 06/4/2024.",
    "Theo Công văn số 933/STC-QLNS ngày 05/4/2023 và Công văn số 933/STC-QLNS ngày 06/5/2024.",
]

YEARS = [
    ("Thực hiện Nghị định số 52/2023/NĐ-CP ngày 08/8/2024 của Chính phủ.", ("52/2023/NĐ-CP ngày 08/8/2024", "")),
    ("Theo Thông tư số 07/2022/TT-BNV ngày 31/8/2023.", ("07/2022/TT-BNV ngày 31/8/2023", "")),
    ("Căn cứ Luật số 24/2018/QH14 ngày 12/6/2019.", ("24/2018/QH14 ngày 12/6/2019", "")),
    ("Theo Quyết định số 19/2021/QĐ-UBND ngày 02/7/2020.", ("19/2021/QĐ-UBND ngày 02/7/2020", "")),
]

NO_YEARS = [
    "Thực hiện Nghị định số 52/2023/NĐ-CP ngày 08/8/2023 của Chính phủ, có hiệu lực từ ngày 01/01/2024.",
    "Luật Đường bộ số 35/2024/QH15, có hiệu lực từ ngày 01/01/2025.",
    "Nghị định số 168/2023/NĐ-CP (hiệu lực từ ngày 01/01/2024) được phổ biến rộng rãi.",
    "Thực hiện Nghị định số 52/2023/NĐ-CP và Kế hoạch số 67/KH-UBND ngày 14/3/2024.",
    "Theo Thông tư số 07/2022/TT-BNV ngày 31/8.",
    "Theo Quyết định số 2021/QĐ-UBND ngày 02/7/2020.",
]

VARIANTS = [
    (  # a letter more in the symbol
        "Chương trình số 5120/CTr-BTTTT-BTLBP ngày 02/12/2022; Chương trình 5120/CTr-BTTTT-BTLBĐBP ngày 02/12/2022.",
        ("5120/CTr-BTTTT-BTLBĐBP ngày 02/12/2022", "5120/CTr-BTTTT-BTLBP ngày 02/12/2022"),
    ),
    (  # a stroke
        "Theo văn bản số 34/HD-BTCTU ngày 05/4/2024; thực hiện văn bản số 34/HĐ-BTCTU ngày 05/4/2024.",
        ("34/HĐ-BTCTU ngày 05/4/2024", "34/HD-BTCTU ngày 05/4/2024"),
    ),
    (
        "Theo văn bản số 815/QĐ-UBND ngày 05/4/2024. Văn bản số 815/QD-UBND ngày 05/4/2024 đã hết hiệu lực.",
        ("815/QD-UBND ngày 05/4/2024", "815/QĐ-UBND ngày 05/4/2024"),
    ),
    (  # an end that is missing
        "Theo Công văn số 933/UBND-KTTH ngày 05/4/2024. Công văn số 933/UBND-KTTH-NV ngày 05/4/2024 đã xong.",
        ("933/UBND-KTTH-NV ngày 05/4/2024", "933/UBND-KTTH ngày 05/4/2024"),
    ),
    (  # a letter that is another one
        "Theo Công văn số 771/SVHTTDL-QLVH ngày 05/4/2024, Công văn số 771/SVHTTDL-QLVN ngày 05/4/2024.",
        ("771/SVHTTDL-QLVN ngày 05/4/2024", "771/SVHTTDL-QLVH ngày 05/4/2024"),
    ),
    (  # figures that swapped places, under one title
        "Ban hành Quyết định số 1528/QĐ-UBND ngày 05/4/2024 về việc giao biên chế công chức cho các cơ quan. "
        "Thực hiện Quyết định số 1582/QĐ-UBND ngày 05/4/2024 về việc giao biên chế công chức cho các cơ quan.",
        ("1582/QĐ-UBND ngày 05/4/2024", "1528/QĐ-UBND ngày 05/4/2024"),
    ),
    (
        "Theo Công văn số 412/SNV ngày 05/4/2024. Công văn số 412/SNV-CCVC ngày 05/4/2024 đã hết hạn.",
        ("412/SNV-CCVC ngày 05/4/2024", "412/SNV ngày 05/4/2024"),
    ),
    (
        "Theo Thông báo số 61/TB-VPUBND ngày 05/4/2024. Thông báo số 61/TB-VPUBN ngày 05/4/2024 đã được quán triệt.",
        ("61/TB-VPUBN ngày 05/4/2024", "61/TB-VPUBND ngày 05/4/2024"),
    ),
    (
        "Theo văn bản số 12/ĐA-SLĐTBXH ngày 05/4/2024; văn bản số 12/DA-SLĐTBXH ngày 05/4/2024.",
        ("12/DA-SLĐTBXH ngày 05/4/2024", "12/ĐA-SLĐTBXH ngày 05/4/2024"),
    ),
]

NO_VARIANTS = [
    "Ban hành Quyết định số 1528/QĐ-UBND ngày 05/4/2024, Quyết định số 1529/QĐ-UBND ngày 05/4/2024.",
    "Ban hành Quyết định số 1528/QĐ-UBND ngày 05/4/2024. Ban hành Quyết định số 1582/QĐ-UBND ngày 05/4/2024.",
    "Ban hành Quyết định số 1528/QĐ-UBND ngày 05/4/2024 về việc giao biên chế công chức cho các cơ quan. "
    "Ban hành Quyết định số 1529/QĐ-UBND ngày 05/4/2024 về việc giao biên chế công chức cho các cơ quan.",
    "Theo Công văn số 412/SNV-CCVC ngày 05/4/2024, Công văn số 412/STP-CCVC ngày 05/4/2024.",  # two offices
    "Theo Kế hoạch số 67/KH-UBND ngày 05/4/2024, Quyết định số 67/QĐ-UBND ngày 05/4/2024.",  # two types
    "Theo Hướng dẫn số 34/HD-BTCTU ngày 05/4/2024, Hợp đồng số 34/HĐ-BTCTU ngày 17/9/2024.",  # two days
    "Theo Báo cáo số 88/BC-SGDĐT ngày 05/4/2024, Báo cáo số 88/BC-SGD&ĐT ngày 05/4/2024.",
    "Theo Nghị quyết số 18-NQ/TW ngày 25/10/2017, Nghị quyết số 18/NQ-TW ngày 25/10/2017.",  # separators alone
    "Theo Công văn số 933/UBND-KTTH ngày 05/4/2024 và Công văn số 933/UBND-KTTH-NV ngày 08/4/2024.",
    "Theo Kế hoạch số 67/KH-UBND ngày 05/4/2024, Kế hoạch số 67/KH-HĐND ngày 05/4/2024.",
]

LATER = [
    (
        "Triển khai Kế hoạch số 67/KH-UBND ngày 14/12/2024 của UBND tỉnh.",
        ("67/KH-UBND ngày 14/12/2024", "ngày 20 tháng 11 năm 2024"),
    ),
    (
        "Thực hiện Công văn số 933/STC-QLNS ngày 05/4/2042 về dự toán.",
        ("933/STC-QLNS ngày 05/4/2042", "ngày 20 tháng 11 năm 2024"),
    ),
    (
        "Ngày 27/11/2024, Sở đã tổ chức hội nghị tập huấn cho 60 học viên.",
        ("Ngày 27/11/2024", "ngày 20 tháng 11 năm 2024"),
    ),
    (
        "- Ngày 02/12/2024, lãnh đạo Sở đã làm việc với huyện Càng Long.",
        ("Ngày 02/12/2024", "ngày 20 tháng 11 năm 2024"),
    ),
    (
        "Vào ngày 02/01/2025 Sở đã ban hành kế hoạch kiểm tra.",
        ("ngày 02/01/2025", "ngày 20 tháng 11 năm 2024"),
    ),
    (
        "Thực hiện Chỉ thị số 41-CT/TU ngày 21/11/2024 của Ban Thường vụ Tỉnh ủy.",
        ("41-CT/TU ngày 21/11/2024", "ngày 20 tháng 11 năm 2024"),
    ),
    (
        "Căn cứ Nghị định số 52/2025/NĐ-CP ngày 08/8/2025 của Chính phủ.",
        ("52/2025/NĐ-CP ngày 08/8/2025", "ngày 20 tháng 11 năm 2024"),
    ),
    (
        "Ngày 30/11/2024, đoàn công tác đã tiến hành kiểm tra 05 đơn vị.",
        ("Ngày 30/11/2024", "ngày 20 tháng 11 năm 2024"),
    ),
]

NOT_LATER = [
    "Hoàn thành trước ngày 15/12/2024.",
    "Sở đã ban hành kế hoạch tổ chức hội nghị vào ngày 27/11/2024.",
    "Ngày 27/11/2024, Sở sẽ tổ chức hội nghị tập huấn.",
    "Triển khai Kế hoạch số 67/KH-UBND ngày 14/3/2024, thời gian thực hiện đến ngày 31/12/2025.",
    "Ngày 19/11/2024, Sở đã tổ chức hội nghị tập huấn.",
    "Thực hiện Công văn số 933/STC-QLNS ngày 20/11/2024.",
    "Đã chuẩn bị các điều kiện để ngày 27/11/2024 tổ chức hội nghị.",
    "Ngày 27/12, Sở đã tổ chức hội nghị tập huấn.",  # of the year before, perhaps
]

SHARES = [
    ("Đã giải quyết 158/309 người (61,13%).", ("61,13%", "158/309 người")),
    ("Giải ngân 4.210/8.945 tỷ đồng, đạt 74,1%.", ("74,1%", "4.210/8.945 tỷ đồng")),
    ("Có 6/15 xã đạt chuẩn, chiếm 60%.", ("60%", "6/15 xã")),
    ("Cấp giấy lần đầu: 963/876 = 119,9% kế hoạch.", ("119,9%", "963/876")),
    ("Tỷ lệ trẻ ra lớp đạt 92,6% (1.250/1.300).", ("92,6%", "1.250/1.300")),
    ("Có 12/15 xã (80%) đạt chuẩn; 3/15 xã (30%) chưa đạt.", ("30%", "3/15 xã")),
    ("Đã tiếp nhận 120 hồ sơ, giải quyết 118/120 hồ sơ, đạt tỷ lệ 93,8%.", ("93,8%", "118/120 hồ sơ")),
    ("Nữ có 14/62 đồng chí, chiếm tỷ lệ 32,58%.", ("32,58%", "14/62 đồng chí")),
    ("Số người tham gia là 45 trên tổng số 60 người (85%).", ("85%", "45 trên tổng số 60 người")),
]

NO_SHARES = [
    "Đã giải quyết 158/309 người (51,13%).",
    "Đã giải quyết 158/309 người (51,1%), 6/7 vụ (85,71%), 2/3 đơn (66,6%), 2/3 đơn (66,7%), 2/3 đơn (66%).",
    "Giải ngân 4.210/8.945 tỷ đồng, đạt 47,1%.",
    "Có 6/15 xã đạt chuẩn, tăng 60% so với cùng kỳ.",
    "Có 6/15 xã đạt chuẩn, đạt 75% kế hoạch năm.",
    "Có 6/15 xã, 60% số hộ có nước sạch.",
    "Có 4/15 sở và 38/124 xã (đạt 30,2%).",  # both together
    "Cả huyện có 240 hộ nghèo, 60/80 hộ đăng ký (25%).",  # of all
    "Có 6/15 xã đạt khoảng 60%.",
    "Có 2/3 số đại biểu (70%) tán thành.",
    "Xảy ra tai nạn, tăng 54 vụ (209/155), chiếm 34,8%.",
    "Thu 8,7/12,4 tỷ đồng (70%).",  # rounded figures
    "Có 6/15 xã đạt chuẩn, chiếm 60% tổng số xã vùng khó khăn.",
]

CHANGES = [
    ("Xảy ra tai nạn, tăng 45 vụ (209/155).", ("45 vụ", "209/155")),
    ("Số người bị thương giảm 15 người so với cùng kỳ (80/105).", ("15 người", "80/105")),
    ("Số vụ giảm 22% so với cùng kỳ (88/100 vụ).", ("22%", "88/100 vụ")),
    ("Số vụ tăng 54 vụ, tương đương 43,8% (209/155).", ("43,8%", "209/155")),
    ("Số vụ tăng 45 vụ, tương đương 34,8% (209/155).", ("45 vụ", "209/155")),
    ("Số đơn tăng 30 đơn so với năm trước (412/372).", ("30 đơn", "412/372")),
    ("Số hồ sơ tăng 15% (1.200/1.000 hồ sơ).", ("15%", "1.200/1.000 hồ sơ")),
    ("Số lượt khách giảm 1.200 lượt so với cùng kỳ (8.400/9.500).", ("1.200 lượt", "8.400/9.500")),
]

NO_CHANGES = [
    "Xảy ra tai nạn, tăng 54 vụ (209/155).",
    "Xảy ra tai nạn, tăng 54 vụ (155/209).",  # the period before first
    "Số vụ giảm 12% so với cùng kỳ (88/100 vụ).",
    "Số vụ tăng 54 vụ, tương đương 34,8% (209/155).",
    "Số xã đạt chuẩn tăng 12% (12/15 xã).",  # part and whole
    "Số xã đạt chuẩn tăng 02 xã (12/15 xã).",
    "Số hồ sơ tăng 20% (1.200/1.000 hồ sơ).",
    "Số vụ tăng gần 60 vụ (209/155).",
    "Số hồ sơ tăng 2 lần (2.000/1.000 hồ sơ).",
    "Số vụ tăng 54 vụ so với cùng kỳ; đã điều tra 180/209 vụ (86,1%).",
]

EXCEEDING = [
    ("Có 20 trên tổng số 15 xã hoàn thành.", ("20 trên tổng số 15 xã", "")),
    ("Có 65/tổng số 56 hồ sơ được giải quyết.", ("65/tổng số 56 hồ sơ", "")),
    ("Đã cấp 1.250 trong tổng số 1.205 thẻ.", ("1.250 trong tổng số 1.205 thẻ", "")),
]

NOT_EXCEEDING = [
    "Có 15 trên tổng số 20 xã hoàn thành.",
    "Kết nạp 203/190 đảng viên.",  # more than was planned
    "Trồng được 12/10 ha cây phân tán.",
    "Có 15 trên tổng số 15 xã hoàn thành.",
]

STATED = [
    (
        "Trong năm, Sở đã ban hành 1.125 văn bản chỉ đạo, điều hành.\n\n"
        "II. ĐÁNH GIÁ CHUNG\n\nSở đã ban hành 1.152 văn bản chỉ đạo, điều hành.",
        ("1.152 văn bản", "1.125 văn bản"),
    ),
    (
        "Toàn tỉnh tổ chức 348 buổi tuyên truyền pháp luật.\n\nCác huyện đã tổ chức 384 buổi tuyên truyền pháp luật.",
        ("384 buổi", "348 buổi"),
    ),
    (
        "Đã tiếp nhận 2.410 hồ sơ thủ tục hành chính.\n\nII. ĐÁNH GIÁ CHUNG\n\n"
        "Nhìn chung, đã tiếp nhận 2.810 hồ sơ thủ tục hành chính.",
        ("2.810 hồ sơ", "2.410 hồ sơ"),
    ),
    (
        "Đã hỗ trợ 516 suất quà Tết cho hộ nghèo.\n\nKết quả đã hỗ trợ 561 suất quà Tết cho hộ nghèo.",
        ("561 suất", "516 suất"),
    ),
]

NOT_STATED = [
    "Sở đã ban hành 1.125 văn bản chỉ đạo, điều hành. Huyện đã ban hành 407 văn bản chỉ đạo, điều hành.",  # two fields
    "Quý I đã ban hành 125 văn bản chỉ đạo, điều hành. Quý II đã ban hành 152 văn bản chỉ đạo, điều hành.",
    "Đã ban hành 125 văn bản chỉ đạo, điều hành. Đã rà soát 152 văn bản chỉ đạo, điều hành.",
    "Lĩnh vực y tế: đã xử phạt 125 trường hợp vi phạm hành chính. Lĩnh vực đất đai: đã xử phạt 165 trường hợp vi phạm "
    "hành chính.",
    "Đã ban hành 125 văn bản. Đã ban hành 152 văn bản.",  # too few words to tell
    "Đã ban hành 125 văn bản chỉ đạo, điều hành. Phấn đấu ban hành 152 văn bản chỉ đạo, điều hành.",
    "Đã ban hành 125 văn bản chỉ đạo, điều hành. Đã ban hành trên 152 văn bản chỉ đạo, điều hành.",
    "Đã ban hành 12 văn bản chỉ đạo, điều hành. Đã ban hành 21 văn bản chỉ đạo, điều hành.",
    "Đã ban hành 125 văn bản chỉ đạo, điều hành. Đã ban hành 152/160 văn bản chỉ đạo, điều hành.",
    "Đã ban hành 125 văn bản chỉ đạo, điều hành. Đã ban hành 126 văn bản chỉ đạo, điều hành.",
]

PLANTED = {
    "reference.dates": DATES,
    "reference.year": YEARS,
    "reference.variant": VARIANTS,
    "date.after_report": LATER,
    "percentage.contradicts": SHARES,
    "pair.difference": CHANGES,
    "part.exceeds": EXCEEDING,
    "indicator.differs": STATED,
}
SILENT = [NO_DATES, NO_YEARS, NO_VARIANTS, NOT_LATER, NO_SHARES, NO_CHANGES, NOT_EXCEEDING, NOT_STATED]


@pytest.mark.parametrize(
    ("code", "text", "places"), [(code, text, places) for code, cases in PLANTED.items() for text, places in cases]
)
def test_a_planted_mistake_is_told_with_both_places(code, text, places):
    found = in_report(text)
    assert [(kind, *where) for kind, *where in found if kind != "date.after_report" or kind == code] == [
        (code, *places)
    ]


@pytest.mark.parametrize("text", [text for cases in SILENT for text in cases])
def test_near_misses_are_no_alarms(text):
    assert in_report(text) == []


def test_the_reports_own_number_has_the_reports_date():
    text = "(Kèm theo Báo cáo số 214/BC-SNV ngày 02/11/2024 của Sở Nội vụ)"
    assert in_report(text) == [
        ("reference.dates", "214/BC-SNV ngày 02/11/2024", "214/BC-SNV"),
    ]


TABLE = """
| STT | Nội dung | ĐVT | Số lượng |
| 1 | Văn bản chỉ đạo, điều hành về chuyển đổi số | văn bản | {value} |
| 2 | Lớp tập huấn | lớp | 12 |
"""


def test_a_code_without_a_day_is_silent_in_a_report_without_a_date():
    assert told(passage("Thực hiện Kế hoạch số 67/KH-UBND ngày 14/12/2094 của UBND tỉnh.")) == []


def test_a_report_that_is_itself_misdated_has_one_problem():
    text = "Theo Kế hoạch số {0}7/KH-UBND ngày 1{0}/3/2025 của UBND tỉnh."
    assert [code for code, *_ in in_report("\n\n".join(text.format(n) for n in range(1, 5)))] == ["date.after_report"]


@pytest.mark.parametrize(
    ("value", "places"), [("384", [("indicator.differs", "384", "348 văn bản")]), ("348", []), ("901", [])]
)
def test_a_row_of_a_table_is_held_against_the_prose(value, places):
    prose = "Trong năm đã ban hành 348 văn bản chỉ đạo, điều hành về chuyển đổi số."
    assert told(drawn(TABLE.format(value=value), prose)) == places


def broken_down(text, *wholes):
    """Return the view of `text` and its items, each count a part of the count whose ordinal `wholes` gives for it."""
    document = passage(text)
    view = View(read_structure(document, structure_words(PACK)), PACK)
    items = list(extract(document, PACK).items)
    counts = [item for item in items if isinstance(item, Count)]
    spans = [(count.start, count.end) for count in counts]
    tied = {id(c): replace(c, part_of=spans[whole - 1]) for c, whole in zip(counts, wholes, strict=True) if whole}
    return view, [tied.get(id(item), item) for item in items]


PARTS = [
    ("Có 215 vụ, trong đó 251 vụ đã xử lý.", (0, 1), [("part.exceeds", "251 vụ", "215 vụ")]),
    ("Có 215 vụ, trong đó 12 vụ đã xử lý.", (0, 1), []),
    ("Có trên 200 vụ, trong đó 251 vụ đã xử lý.", (0, 1), []),
    ("Có 215 vụ, trong đó 251 người bị thương.", (0, 1), []),
    (
        "Kiểm tra 30 cơ sở, gồm 18 cơ sở cấp tỉnh, 15 cơ sở cấp huyện.",
        (0, 1, 1),
        [("parts.exceed", "18 cơ sở cấp tỉnh, 15 cơ sở", "30 cơ sở")],
    ),
    ("Kiểm tra 33 cơ sở, gồm 18 cơ sở cấp tỉnh, 15 cơ sở cấp huyện.", (0, 1, 1), []),
    # who is counted twice is no contradiction
    ("Có 30 đại biểu, trong đó 18 đại biểu nữ, 15 đại biểu trẻ tuổi.", (0, 1, 1), []),
]


@pytest.mark.parametrize(("text", "wholes", "expected"), PARTS)
def test_parts_of_a_breakdown_are_held_against_their_total(text, wholes, expected):
    view, items = broken_down(text, *wholes)
    found = check_parts(view, items, view.structure.fields)
    assert [(p.code, view.text[p.start : p.end], view.text[slice(*p.other)]) for p in found] == expected


PERCENTAGES = [
    ("Cả huyện có 309 hộ, trong đó có 158 hộ nghèo (61,13%).", (0, 1, 0), ["61,13%"]),
    ("Cả huyện có 309 hộ, trong đó có 158 hộ nghèo (51,13%).", (0, 1, 0), []),
    ("Có 400 hộ, trong đó 309 hộ nghèo, gồm 158 hộ ở xã (39,5%).", (0, 1, 2, 0), []),
    ("Cả huyện có trên 300 hộ, trong đó có 158 hộ nghèo (61,13%).", (0, 1, 0), []),
]


@pytest.mark.parametrize(("text", "wholes", "expected"), PERCENTAGES)
def test_percentages_of_parts_are_held_against_their_totals(text, wholes, expected):
    view, items = broken_down(text, *wholes)
    found = check_shares(view, items, view.structure.fields)
    assert [view.text[p.start : p.end] for p in found] == expected
