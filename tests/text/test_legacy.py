"""TCVN3 and VNI: every letter, whole paragraphs, fonts by name, and what must stay as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.gate import by_gate, decode_legacy, read_words
from pipeline.text.legacy import TCVN3, VNI, Encoding, Font, font_of, tcvn3_to_unicode, vni_to_unicode

# Written out from the standards, letter by letter, apart from the tables under test.
SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
TCVN3_SMALL = bytes.fromhex(
    "b5b6b7b8b9 a8 bbbcbdbec6 a9 c7c8c9cacb ae cccecfd0d1 aa d2d3d4d5d6 d7d8dcddde"
    "dfe1e2e3e4 ab e5e6e7e8e9 ac eaebecedee eff1f2f3f4 ad f5f6f7f8f9 fafbfcfdfe"
)
TCVN3_CAPITALS = {"Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7}
VNI_SMALL = (
    b"a\xf8 a\xfb a\xf5 a\xf9 a\xef a\xea a\xe8 a\xfa a\xfc a\xe9 a\xeb a\xe2 a\xe0 a\xe5 a\xe3 a\xe1 a\xe4 \xf1 "
    b"e\xf8 e\xfb e\xf5 e\xf9 e\xef e\xe2 e\xe0 e\xe5 e\xe3 e\xe1 e\xe4 \xec \xe6 \xf3 \xed \xf2 "
    b"o\xf8 o\xfb o\xf5 o\xf9 o\xef o\xe2 o\xe0 o\xe5 o\xe3 o\xe1 o\xe4 "
    b"\xf4 \xf4\xf8 \xf4\xfb \xf4\xf5 \xf4\xf9 \xf4\xef "
    b"u\xf8 u\xfb u\xf5 u\xf9 u\xef \xf6 \xf6\xf8 \xf6\xfb \xf6\xf5 \xf6\xf9 \xf6\xef y\xf8 y\xfb y\xf5 y\xf9 \xee"
)

PARAGRAPHS = [
    "Thực hiện Kế hoạch số 45/KH-UBND ngày 12/01/2006 của UBND tỉnh về phát triển hợp tác xã, Sở Nông nghiệp đã "
    "hướng dẫn các huyện rà soát quỹ đất, khảo sát nguồn nước và vẽ lại bản đồ những vùng trồng rau sạch; đến "
    "nay 17 xã đã báo cáo.",
    "Qua kiểm tra 128 cơ sở chế biến thuỷ sản, đoàn liên ngành phát hiện 23 cơ sở vi phạm, xử phạt 346.500.000đ, "
    "nhắc nhở bằng văn bản 41 cơ sở khác; tỷ lệ mẫu đạt tiêu chuẩn tăng từ 81,5% lên 93,2% (vượt chỉ tiêu 3,2%).",
    "Trường Trung cấp nghề mở 09 lớp sửa chữa máy nổ, điện dân dụng, may mặc; 312 học viên tốt nghiệp, trong đó "
    "57 người dân tộc Khmer, 24 người khuyết tật, hầu hết đều có việc làm ổn định, thu nhập khá.",
    "Trong mùa mưa lũ, lực lượng xung kích ở các thôn, buôn đã giúp dân gặt hái 1.240 ha lúa, gia cố 3,6 km đê "
    "bao, chằng chống 918 căn nhà, di dời 76 hộ khỏi vùng sạt lở, không để xảy ra thiệt hại về người.",
    "Thư viện tỉnh luân chuyển 14.700 lượt sách xuống cơ sở, tổ chức 06 buổi kể chuyện, vẽ tranh cho thiếu nhi; "
    "bổ sung 2.350 bản, kỷ niệm chương tặng bạn đọc tích cực, ngoài ra còn sưu tầm được nhiều tư liệu cũ quý "
    "hiếm.",
    "Hội Nông dân vận động hội viên đóng góp quỹ hỗ trợ được 785 triệu đồng, giải ngân cho 193 hộ vay trồng nấm, "
    "nuôi ếch, ương cá giống; nhiều hộ thoát nghèo, sửa sang nhà cửa, mua sắm xuồng máy.",
    "Về cải cách thủ tục hành chính: bộ phận một cửa tiếp nhận 8.463 hồ sơ, giải quyết đúng hẹn 8.391 hồ sơ, trễ "
    "hẹn 72 hồ sơ; những trường hợp trễ đều có phiếu xin lỗi, hẹn lại ngày trả kết quả.",
    "Công tác y tế dự phòng: phun hoá chất diệt muỗi tại 38 ổ dịch nhỏ, tẩy giun cho 21.600 học sinh tiểu học, "
    "cân trẻ dưới năm tuổi định kỳ; tỷ lệ suy dinh dưỡng giảm còn 15,8%, mỗi trạm đều đủ thuốc thiết yếu.",
    "Đội chiếu bóng lưu động phục vụ 142 đêm ở vùng sâu, vùng xa, thu hút 39.500 lượt người xem; hỗ trợ loa đài, "
    "đĩa hình, ảnh cổ động khổ lớn nhân kỷ niệm ba mươi năm ngày giải phóng quê hương.",
    "Sở đề nghị Bộ sớm ban hành hướng dẫn về phụ cấp trách nhiệm, chế độ nghỉ dưỡng, nâng ngạch, chuyển xếp "
    "lương đối với kỹ thuật viên, hộ lý; bố trí vốn xây thêm nhà để xe, bể chứa nước, tường rào cho những trạm "
    "xuống cấp.",
]
HEADING = "BÁO CÁO TỔNG KẾT NĂM, NHỮNG KIẾN NGHỊ VÀ ĐỀ XUẤT CỦA SỞ"


def stored_tcvn3(text: str) -> str:
    capitals = {letter: chr(byte) for letter, byte in TCVN3_CAPITALS.items()}
    small = dict(zip(SMALL, TCVN3_SMALL.decode("latin-1"), strict=True))
    return "".join(small.get(c) or capitals.get(c) or small.get(c.lower(), c) for c in text)


def stored_vni(text: str) -> str:
    small = dict(zip(SMALL, VNI_SMALL.decode("latin-1").split(" "), strict=True))
    return "".join(small.get(c) or small.get(c.lower(), c).upper() if c.lower() in small else c for c in text)


def test_every_letter_of_tcvn3() -> None:
    assert len(SMALL) == 67
    assert tcvn3_to_unicode(TCVN3_SMALL.decode("latin-1")) == SMALL
    capitals = bytes(TCVN3_CAPITALS.values()).decode("latin-1")
    assert tcvn3_to_unicode(capitals) == "".join(TCVN3_CAPITALS)
    assert len(TCVN3) == 74


def test_every_letter_of_vni() -> None:
    assert vni_to_unicode(VNI_SMALL.decode("latin-1")).split(" ") == list(SMALL)
    assert vni_to_unicode(VNI_SMALL.decode("latin-1").upper()).split(" ") == list(SMALL.upper())
    assert len(VNI) == 134


def test_a_capital_of_vni_may_have_a_small_mark() -> None:
    assert vni_to_unicode("Aâm UÛy Ôû Öng Ñaõ EÂ Eâ") == "Âm Ủy Ở Ưng Đã Ê Ê"


@given(st.text(st.sampled_from(SMALL + SMALL.upper() + "abcxyz -,.05")))
def test_vni_comes_back(text: str) -> None:
    assert vni_to_unicode(stored_vni(text)) == text


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("Uû ban nh©n d©n", "Uỷ ban nhân dân"),
        ("nh\xad, ®\xad\xeec", "như, được"),
        ("\x93B¸o c¸o\x94 \x96 \x85", "“Báo cáo” – …"),  # control characters of Windows-1252
        ("“B¸o c¸o” – …", "“Báo cáo” – …"),
        ("\uf042\uf0b8\uf06f", "Báo"),  # kept as a font of symbols
        ("27m² ±5% 30°C", "27m² ±5% 30°C"),
    ],
)
def test_tcvn3_as_it_is_stored(stored: str, printed: str) -> None:
    assert tcvn3_to_unicode(stored) == printed


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (".VnTime", Font(Encoding.TCVN3)),
        (".VnTimeH", Font(Encoding.TCVN3, capitals=True)),
        (".VnArial NarrowH", Font(Encoding.TCVN3, capitals=True)),
        ("ABCDEF+.VnTimeH,Bold", Font(Encoding.TCVN3, capitals=True)),
        ("VnArialH-BoldItalic", Font(Encoding.TCVN3, capitals=True)),
        ("VnTime,Italic", Font(Encoding.TCVN3)),
        (".vntimeh", Font(Encoding.TCVN3, capitals=True)),
        ("TCVN3-Times", Font(Encoding.TCVN3)),
        ("VNI-Times", Font(Encoding.VNI)),
        ("VNI Helve", Font(Encoding.VNI)),
        ("GHIJKL+VNITimes-Bold", Font(Encoding.VNI)),
        ("Times New Roman", Font()),
        ("Verdana", Font()),
        ("ABCDEF+Arial-BoldMT", Font()),
        ("", Font()),
    ],
)
def test_fonts_by_name(name: str, font: Font) -> None:
    assert font_of(name) == font


@pytest.mark.parametrize("text", [*PARAGRAPHS, HEADING])
def test_a_paragraph_of_no_known_font(text: str) -> None:
    assert by_gate([stored_tcvn3(text)]) == [text]
    assert by_gate([stored_vni(text)]) == [text]
    assert by_gate([text]) == [text]


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_a_paragraph_of_a_known_font(text: str) -> None:
    assert decode_legacy(stored_tcvn3(text), ".VnTime") == text
    assert decode_legacy(stored_vni(text), "VNI-Times") == text
    assert decode_legacy(text, "Times New Roman") == text


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_bytes_read_as_windows_1258(text: str) -> None:
    for stored in (stored_tcvn3(text), stored_vni(text)):
        assert by_gate([stored.encode("latin-1").decode("cp1258")]) == [text]


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_unicode_typed_in_an_old_font_stays(text: str) -> None:
    for font in (".VnTime", ".VnTimeH", "VNI-Times"):
        words = [word for word in text.split() if not word.isascii()]
        assert decode_legacy(" ".join(words), font) == " ".join(words)
        assert decode_legacy(unicodedata.normalize("NFD", " ".join(words)), font) == unicodedata.normalize(
            "NFD", " ".join(words)
        )


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("céng hßa x· héi", "CỘNG HÒA XÃ HỘI"),
        ("B¸O C¸O", "BÁO CÁO"),
        ("Bao cao 6 thang", "BAO CAO 6 THANG"),
        ("TRƯỜNG Cao đẳng", "TRƯỜNG CAO đẳng"),  # Unicode among it, which the font has not
    ],
)
def test_a_font_of_capitals(stored: str, printed: str) -> None:
    assert decode_legacy(stored, ".VnTimeH") == printed


def test_a_mixed_file_goes_paragraph_by_paragraph() -> None:
    ways = (stored_tcvn3, stored_vni, str)
    for shift in range(3):
        mixed = [ways[(at + shift) % 3](text) for at, text in enumerate([HEADING, *PARAGRAPHS])]
        assert by_gate(mixed) == [HEADING, *PARAGRAPHS]


def test_a_mixed_paragraph() -> None:
    first, second, third = PARAGRAPHS[:3]
    stored = f"{stored_tcvn3(first)} {second} {stored_vni(third)}"
    assert by_gate([stored]) == [f"{first} {second} {third}"]


@pytest.mark.parametrize(
    "short",
    [
        "Số: 15/BC-SNN",
        "Nơi nhận:",
        "- Lưu: VT, KH.",
        "đ) Thuỷ lợi",
        "KT. GIÁM ĐỐC",
        "Cộng",
        "Ô tô",
        "1.500đ",
        "QĐ-UBND",
    ],
)
def test_short_lines_follow_their_neighbours(short: str) -> None:
    lines = [PARAGRAPHS[0], short, PARAGRAPHS[1]]
    assert by_gate([stored_tcvn3(line) for line in lines]) == lines
    assert by_gate([stored_vni(line) for line in lines]) == lines
    assert by_gate(lines) == lines


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("Ủy ban", "Ủy ban"),
        ("B¸O C¸O CñA Uû BAN NH¢N D¢N TØNH Hµ NAM", "BÁO CÁO CỦA UỶ BAN NHÂN DÂN TỈNH HÀ NAM"),
        ("Uû ban nh©n d©n tØnh Hµ Nam", "Uỷ ban nhân dân tỉnh Hà Nam"),
        ("Sè 36-BC/HU cña HuyÖn uû", "Số 36-BC/HU của Huyện uỷ"),
        ("Đã xong. ë huyÖn kh¸c còng vËy", "Đã xong. Ở huyện khác cũng vậy"),
        ("hä sèng ë huyÖn kh¸c", "họ sống ở huyện khác"),
        ("do ñy ban nh©n d©n x· lËp, göi sang Ên §é", "do Ủy ban nhân dân xã lập, gửi sang Ấn Độ"),
    ],
)
def test_capitals_that_tcvn3_has_not(stored: str, printed: str) -> None:
    assert decode_legacy(stored, ".VnTime") == printed


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("nh- ®-îc h-íng dÉn, th- tõ, t- liÖu, -u tiªn", "như được hướng dẫn, thư từ, tư liệu, ưu tiên"),
        ("kinh tÕ-x· héi, Q§-UBND, Ban Tæ chøc - C¸n bé", "kinh tế-xã hội, QĐ-UBND, Ban Tổ chức - Cán bộ"),
        ("b- ViÖc chung\nc- ViÖc kh¸c", "b- Việc chung\nc- Việc khác"),
    ],
)
def test_the_soft_hyphen_that_became_a_hyphen(stored: str, printed: str) -> None:
    assert decode_legacy(stored, ".VnTime") == printed


REJECTS = [
    "café",
    "naïve",
    "Côte d'Ivoire",
    "Ngày 5/6/2024",
    "© 2024",
    "±5%",
    "µm",
    "bụi 10 µm, 25 µg/m³, đo 3 lần ở 40µm",
    "Windows® 10, §5, ½, 1/2, 25°C, Ø20, 5 × 6",
    "«Báo cáo»",
    "Báo cáo",
    "Hoà bình",
    "Số: 12/BC-SNgV",
    "Ông Müller, bà Gómez và cô Hélène",
    "Citroën, Noël, Zoë",
    "Krông Năng, Ê Đê, Cư M'gar, Đắk Lắk",
    "L'été dernier, où était-il né ? Là, près de la forêt.",
    "Le maire a été reçu à Huế ; il était né où ? Dû à l'été, le thé a mûri.",
    "El señor Muñoz nació en España.",
    "Für größere Städte gelten die Übungen über Öffentliche Räume.",
    "São Paulo, ações e praça pública",
    "The naïve café owner's résumé",
    "û ¹ ½ ²",
    "theo Điều 5¹ và Điều 6²",
]


@pytest.mark.parametrize("text", REJECTS)
def test_what_is_unicode_stays(text: str) -> None:
    assert by_gate([text]) == [text]
    assert decode_legacy(text) == text
    assert by_gate([PARAGRAPHS[0], text, PARAGRAPHS[1]])[1] == text
    assert read_words(text).printed == text


def test_rejects_together_stay() -> None:
    assert by_gate(REJECTS) == REJECTS


def test_line_ends_inside_paragraphs_stay() -> None:
    paragraphs = [f"{stored_tcvn3(PARAGRAPHS[0])}\n{stored_tcvn3(PARAGRAPHS[1])}", "", stored_vni(PARAGRAPHS[2])]
    assert by_gate(paragraphs) == [f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}", "", PARAGRAPHS[2]]


@given(
    st.text(st.characters(max_codepoint=0x2FF), max_size=60), st.sampled_from(["", ".VnTime", ".VnTimeH", "VNI-Times"])
)
def test_pieces_cover_the_text(text: str, font: str) -> None:
    read = read_words(text)
    assert "".join(piece.stored for piece in read.pieces) == text
    assert all(len(piece.printed) in (1, len(piece.stored)) for piece in read.pieces)
    assert decode_legacy(text, font).count("\n") == text.count("\n")
