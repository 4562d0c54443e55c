"""TXT and Markdown: encodings, marks, and the paragraphs that were meant."""

from __future__ import annotations

import textwrap
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model import Block, BlockKind, Document
from pipeline.parsers.plain import read_text
from pipeline.problems import ParseError

# A report as it comes out of a PDF and through a Markdown converter: pages cut sentences, emphasis goes over
# the cut, blanks are left for number and day, lines of a title and a signature end where the writer wished.
REPORT = """Số: /BC-SVHDL-GĐ

Bến Sơn, ngày tháng 6 năm 2024

BÁO CÁO
Kết quả công tác gia đình 6 tháng đầu năm 2024
và phương hướng 6 tháng cuối năm 2024

Thực hiện Công văn số 871/UBND-VX ngày 03/6/2024 của Ủy ban nhân dân tỉnh, Sở xin báo cáo như sau:

1. Kết quả thực hiện

a) Công tác tuyên truyền

Sở đã lắp đặt 12 cụm pano cổ động trực quan tại các trục đường chính và khu dân cư đông người,

trường học, bệnh viện, chợ trung tâm của 05 huyện (*mỗi cụm 02 mặt, diện tích 18m²/mặt*).

Mở chuyên mục trên sóng phát thanh mang tên: “*Bữa cơm gia đình ấm áp yêu thương miền sông*

Hậu” và “*Mái ấm ngày mới*”, phát 24 kỳ.

Phối hợp rà soát mô hình điểm; nâng chất hoạt động câu lạc bộ gia đình hạnh phúc ở cơ sở;

hỗ trợ sinh kế cho 37 hộ theo Kế hoạch số 45-KH/BCĐ-GĐ ngày 11/01/2024...

Tổ chức giải chạy bộ phong trào thu hút đông đảo người dân tham gia

Cung cấp 1.200 tờ gấp cho các xã, phường, thị trấn - nơi có tỷ lệ bạo lực gia đình cao./.

Nơi nhận:

- UBND tỉnh (b/c);
- Lưu: VT, GĐ.

**KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC**

Lê Thị Hoa"""

PARAGRAPHS = [
    "Số: /BC-SVHDL-GĐ",
    "Bến Sơn, ngày tháng 6 năm 2024",
    "BÁO CÁO",
    "Kết quả công tác gia đình 6 tháng đầu năm 2024",
    "và phương hướng 6 tháng cuối năm 2024",
    "Thực hiện Công văn số 871/UBND-VX ngày 03/6/2024 của Ủy ban nhân dân tỉnh, Sở xin báo cáo như sau:",
    "1. Kết quả thực hiện",
    "a) Công tác tuyên truyền",
    "Sở đã lắp đặt 12 cụm pano cổ động trực quan tại các trục đường chính và khu dân cư đông người, "
    "trường học, bệnh viện, chợ trung tâm của 05 huyện (mỗi cụm 02 mặt, diện tích 18m²/mặt).",
    "Mở chuyên mục trên sóng phát thanh mang tên: “Bữa cơm gia đình ấm áp yêu thương miền sông Hậu” và "
    "“Mái ấm ngày mới”, phát 24 kỳ.",
    "Phối hợp rà soát mô hình điểm; nâng chất hoạt động câu lạc bộ gia đình hạnh phúc ở cơ sở; "
    "hỗ trợ sinh kế cho 37 hộ theo Kế hoạch số 45-KH/BCĐ-GĐ ngày 11/01/2024...",
    "Tổ chức giải chạy bộ phong trào thu hút đông đảo người dân tham gia",
    "Cung cấp 1.200 tờ gấp cho các xã, phường, thị trấn - nơi có tỷ lệ bạo lực gia đình cao./.",
    "Nơi nhận:",
    "- UBND tỉnh (b/c);",
    "- Lưu: VT, GĐ.",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Lê Thị Hoa",
]


def read(text: str, markdown: bool = False) -> Document:
    return read_text(text.encode(), markdown)


def texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def cells(document: Document) -> list[tuple[int, int, int, str]]:
    found = [block for block in document.blocks if block.kind is BlockKind.CELL]
    return [(b.table, b.row, b.column, document.text[b.start : b.end]) for b in found]


def wrapped(paragraphs: list[str], width: int, gap: str) -> str:
    return gap.join("\n".join(textwrap.wrap(text, width, break_on_hyphens=True)) for text in paragraphs)


def test_a_whole_report() -> None:
    document = read(REPORT, markdown=True)
    assert texts(document) == PARAGRAPHS
    assert document.text == "\n".join(PARAGRAPHS)
    assert document.problems == ()
    bold = [text for text, block in zip(texts(document), document.blocks, strict=True) if block.bold]
    assert bold == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


@pytest.mark.parametrize("width", [64, 80, 100])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_wrapped_lines_are_joined(width: int, gap: str) -> None:
    long = [text for text in PARAGRAPHS[5:] if len(text) > 110] * 3
    mixed = [*PARAGRAPHS[2:5], *long, *PARAGRAPHS[13:]]
    assert texts(read(wrapped(mixed, width, gap))) == mixed


def test_one_line_is_one_paragraph_where_nothing_is_wrapped() -> None:
    assert texts(read("\n".join(PARAGRAPHS))) == PARAGRAPHS


LINE = "Sở đã phối hợp với các đơn vị tổ chức tuyên truyền lưu động tại"

JOINED = [
    (f"{LINE} xã,\n\nphường, thị trấn.", f"{LINE} xã, phường, thị trấn."),
    (f"{LINE} thị xã\n- 2 -\nvà huyện.", f"{LINE} thị xã và huyện."),
    (f"{LINE} thị xã\n\n2\n\nvà huyện.", f"{LINE} thị xã và huyện."),
    (f"{LINE} thị xã\fvà huyện.", f"{LINE} thị xã và huyện."),
    (f"{LINE} thị xã\n\nTrang 3/8\n\nvà huyện.", f"{LINE} thị xã và huyện."),
    (f"{LINE} xã và\n\nPhường 1.", f"{LINE} xã và Phường 1."),
    (f"{LINE} xã theo Quyết định số 212/QĐ-\n\nUBND.", f"{LINE} xã theo Quyết định số 212/QĐ-UBND."),
    (f"{LINE} xã theo Kế hoạch số 45-\n\nKH/TU.", f"{LINE} xã theo Kế hoạch số 45-KH/TU."),
    (f"{LINE} xã (trong đó có\n\nBến Sơn) năm qua.", f"{LINE} xã (trong đó có Bến Sơn) năm qua."),
    (f"{LINE} xã ngày\n\n17/9/2024.", f"{LINE} xã ngày 17/9/2024."),
]


@pytest.mark.parametrize(("text", "expected"), JOINED)
@pytest.mark.parametrize("markdown", [False, True])
def test_page_breaks_in_mid_sentence_are_joined(text: str, expected: str, markdown: bool) -> None:
    assert texts(read(text, markdown)) == [expected]


APART = [
    f"{LINE} xã.\n\nphường",
    f"{LINE} xã;\n\n- phường",
    f"{LINE} xã:\n\nphường",
    f"{LINE} xã\n\na) phường",
    f"{LINE} xã,\n\nSỞ VĂN HÓA",
    "Kết quả\n\nvà phương hướng",
    "BÁO CÁO\nKết quả công tác gia đình và trẻ em trên địa bàn tỉnh\nvà phương hướng năm 2025",
    "BÁO CÁO\n\nKết quả công tác gia đình và trẻ em trên địa bàn tỉnh\n\nvà phương hướng năm 2025",
    "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ CÔNG TÁC NĂM 2024 CỦA ĐƠN VỊ\n\nnội dung",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6,\n\nCăn cứ Luật Báo chí",
    "TT\n\nXã An Hòa\n\n1\n\nXã An Lạc\n\n2",
    "Số hội nghị:\n\n2\n\nđoàn",
]


@pytest.mark.parametrize("text", APART)
def test_what_is_no_broken_sentence_stays_apart(text: str) -> None:
    lines = [line for line in text.split("\n") if line]
    assert texts(read(text)) == lines
    assert texts(read(text, markdown=True)) == lines


INLINE = [
    ("một **hai** ba", "một hai ba"),
    ("một *hai*, __ba__ _bốn_", "một hai, ba bốn"),
    ("***một***", "một"),
    ("***một** hai*", "một hai"),
    ("**Điều 1. **Phạm vi", "Điều 1. Phạm vi"),
    ("(*kèm theo *)", "(kèm theo )"),
    ("“*Xuân*” và “*Hạ*”", "“Xuân” và “Hạ”"),
    ("5 * 3 = 15; 5*3 và 4*2", "5 * 3 = 15; 5*3 và 4*2"),
    ("*", "*"),
    ("***", "***"),
    ("* Ghi chú", "* Ghi chú"),
    ("Tổng số*", "Tổng số*"),
    ("*Số liệu tạm tính", "*Số liệu tạm tính"),
    ("tệp bao_cao_nam.txt", "tệp bao_cao_nam.txt"),
    ("ngày ___/___/2024", "ngày ___/___/2024"),
    (r"\- gạch \*đầu\* dòng 1\. x", "- gạch *đầu* dòng 1. x"),
    ("xem [cổng](https://a.vn/b_(c) 'tên')", "xem cổng"),
    ("xem [cổng][1]\n\n[1]: https://a.vn", "xem cổng"),
    ("ảnh ![chú thích](a.png)đây", "ảnh đây"),
    ("VHTT&amp;DL &lt;b&gt; 5&nbsp;xã", "VHTT&DL <b> 5 xã"),
    ("một<br/>hai", "một\nhai"),
    ("<u>một</u> <!-- hai -->ba < 5% > 3%", "một ba < 5% > 3%"),
    ("12 ~~13~~ lượt", "12 lượt"),
    ("`a*b*c` d", "a*b*c d"),
    ("> trích", "trích"),
    ("> 90% số xã", "> 90% số xã"),
    ("```\nmã *x*\n```", "mã *x*"),
    ("    mã", "mã"),
    ("Độc lập - Tự do\n------", "Độc lập - Tự do"),
]


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_markdown_marks(text: str, expected: str) -> None:
    assert read(text, markdown=True).text == expected


def test_emphasis_over_a_page_break() -> None:
    text = f"{LINE} các điểm “*Bến nước\n\nquê hương*” và **chợ\n\nnổi** năm nay."
    expected = [f"{LINE} các điểm “Bến nước quê hương” và chợ nổi năm nay."]
    assert texts(read(text, markdown=True)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Một *hai* #", [(1, "Một hai")]),
        ("###### Sáu", [(6, "Sáu")]),
        ("Một\n===", [(1, "Một")]),
        ("Một\n---", [(2, "Một")]),
        ("####### bảy", []),
        ("#bảy", []),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str]]) -> None:
    document = read(text, markdown=True)
    found = [(b, document.text[b.start : b.end]) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert [(block.level, words) for block, words in found] == expected


def test_table_in_markdown() -> None:
    document = read("| TT | **Tên** |\n|---|:-:|\n| 1 | a\\|b<br>c |\n| 2 | |", markdown=True)
    assert cells(document) == [
        (1, 1, 1, "TT"), (1, 1, 2, "Tên"), (1, 2, 1, "1"), (1, 2, 2, "a|b"), (1, 2, 2, "c"), (1, 3, 1, "2"),
    ]  # fmt: skip
    assert document.text == "TT\tTên\n1\ta|b\nc\n2"


def test_tables_in_text() -> None:
    document = read("Bảng:\nTT\tTên\tSố\n1\t\t05\n\nA | B\n--+--\n1 | 2\nhết")
    assert cells(document) == [
        (1, 1, 1, "TT"), (1, 1, 2, "Tên"), (1, 1, 3, "Số"), (1, 2, 1, "1"), (1, 2, 3, "05"),
        (2, 1, 1, "A"), (2, 1, 2, "B"), (2, 2, 1, "1"), (2, 2, 2, "2"),
    ]  # fmt: skip
    assert document.text == "Bảng:\nTT\tTên\tSố\n1\t\t05\nA\tB\n1\t2\nhết"


@pytest.mark.parametrize("text", ["một\thai\tba", "một | hai", "một\thai\nba\tbốn", "a\tb\tc\nd\te\tf\tg"])
def test_what_is_no_table(text: str) -> None:
    assert cells(read(text)) == []


LETTERHEAD = """
UBND TỈNH BẾN SƠN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ VĂN HÓA VÀ                              Độc lập - Tự do - Hạnh phúc
   DU LỊCH                                 ---------------------------
-----------
Số:       /BC-SVHDL                    Bến Sơn, ngày     tháng 10 năm 2024

                                BÁO CÁO
"""


def test_letterhead_side_by_side() -> None:
    assert kinds(read(LETTERHEAD)) == [
        ("letterhead", "UBND TỈNH BẾN SƠN"),
        ("letterhead", "SỞ VĂN HÓA VÀ"),
        ("letterhead", "DU LỊCH"),
        ("letterhead", "Số:       /BC-SVHDL"),
        ("letterhead", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("letterhead", "Độc lập - Tự do - Hạnh phúc"),
        ("letterhead", "Bến Sơn, ngày     tháng 10 năm 2024"),
        ("paragraph", "BÁO CÁO"),
    ]


def test_letterhead_with_tabs_and_date_below() -> None:
    document = read("TỈNH ỦY\tĐẢNG CỘNG SẢN VIỆT NAM\n*\n\t\tBến Sơn, ngày   tháng 5 năm 2024\nQUY ĐỊNH")
    assert texts(document) == [
        "TỈNH ỦY", "*", "ĐẢNG CỘNG SẢN VIỆT NAM", "Bến Sơn, ngày   tháng 5 năm 2024", "QUY ĐỊNH",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Số:        /BC-STTTT", "Bến Sơn, ngày     tháng 10 năm 2024", "Số: 12    /TB"])
def test_a_blank_is_no_column_gap(text: str) -> None:
    assert texts(read(f"{text}\n{text}")) == [text, text]


def test_signature_beside_the_recipients() -> None:
    text = """Trân trọng./.

Nơi nhận:                              KT. GIÁM ĐỐC
- Như trên;                            PHÓ GIÁM ĐỐC
- Lưu: VT.

                                       Lê Thị Hoa

PHỤ LỤC"""
    assert kinds(read(text)) == [
        ("paragraph", "Trân trọng./."),
        ("paragraph", "Nơi nhận:"),
        ("list_item", "- Như trên;"),
        ("list_item", "- Lưu: VT."),
        ("signature", "KT. GIÁM ĐỐC"),
        ("signature", "PHÓ GIÁM ĐỐC"),
        ("signature", "Lê Thị Hoa"),
        ("paragraph", "PHỤ LỤC"),
    ]


NOTES = [
    ("Theo báo cáo[1] của tỉnh.\n\n[1] Số 12/BC.", False),
    ("Theo báo cáo¹ của tỉnh.\n\n¹ Số 12/BC.", False),
    ("Theo báo cáo [^1] của tỉnh.\n\n[^1]: Số 12/BC.", True),
    ("[^1]: Số 12/BC.\n\nTheo báo cáo[^1] của tỉnh.", True),
]


@pytest.mark.parametrize(("text", "markdown"), NOTES)
def test_footnotes(text: str, markdown: bool) -> None:
    document = read(text, markdown)
    assert document.text == "Theo báo cáo của tỉnh.\n[1] Số 12/BC."
    note = document.blocks[-1]
    assert (note.kind, note.anchor) == (BlockKind.FOOTNOTE, len("Theo báo cáo"))
    assert document.text[note.content : note.end] == "Số 12/BC."


def test_footnote_under_a_page() -> None:
    document = read(f"{LINE} xã¹,\n¹ Nghị quyết số 3.\n- 2 -\nphường và 27m² đất.")
    assert texts(document) == [f"{LINE} xã, phường và 27m² đất.", "[1] Nghị quyết số 3."]


def test_labels() -> None:
    document = read("1. Kết quả\na) Nội dung\n- Tin, bài\n2023 là năm")
    parts = [(b.kind.value, document.text[b.content : b.end]) for b in document.blocks]
    assert parts == [
        ("list_item", "Kết quả"),
        ("list_item", "Nội dung"),
        ("list_item", "Tin, bài"),
        ("paragraph", "2023 là năm"),
    ]


def cp1258(text: str) -> bytes:
    """Return `text` as Windows writes Vietnamese: letters with their own marks, tones behind them."""
    encoded = b""
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        own = unicodedata.normalize(
            "NFC", "".join(mark for mark in marks if mark not in "\u0300\u0301\u0303\u0309\u0323")
        )
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        encoded += (own + tones).encode("cp1258")
    return encoded


ENCODED = [
    REPORT.encode(),
    b"\xef\xbb\xbf" + REPORT.encode(),
    REPORT.encode("utf-16"),
    REPORT.encode("utf-16-le"),
    REPORT.encode("utf-16-be"),
    REPORT.encode("utf-32"),
    cp1258(REPORT.replace("²", "2")).replace(b"m2/m", b"m\xb2/m"),
    unicodedata.normalize("NFD", REPORT).encode(),
    REPORT.replace("\n", "\r\n").encode(),
    REPORT.replace("\n", "\r").encode(),
    REPORT.encode() + b"\x1a",
    REPORT.encode() + "ấ".encode()[:2],
]


@pytest.mark.parametrize("data", ENCODED)
def test_encodings(data: bytes) -> None:
    assert read_text(data, markdown=True) == read(REPORT, markdown=True)


def test_words_that_make_no_sense_are_a_problem() -> None:
    (problem,) = read("uY BAN NgAN nAN TINH LAMDONG tgnqh xwkz ddsf jklm. " * 10).problems
    assert problem.code == "file.garbled"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \r\n\t\n", "file.no_text"),
        ("\ufeff\u00a0\u200b".encode(), "file.no_text"),
        (b"-----\n", "file.no_text"),
        (bytes(range(256)) * 8, "file.damaged"),
        (b"PDF\x00\x00\x01\x02" * 50, "file.damaged"),
        (b"abc\x00\x00\x00", "file.damaged"),
    ],
)
def test_no_text(data: bytes, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_text(data, markdown=False)
    assert caught.value.problem.code == code


def assert_sound(document: Document) -> None:
    """Check what every Document promises: blocks in order, trimmed, and only line ends and tabs between."""
    done = 0
    for block in (*document.blocks, Block(BlockKind.PARAGRAPH, len(document.text), len(document.text))):
        words = document.text[block.start : block.end]
        assert not document.text[done : block.start].strip("\n\t")
        assert words == words.strip()
        assert block.start <= block.content <= block.end
        done = block.end
    assert unicodedata.is_normalized("NFC", document.text)


def outcome(data: bytes, markdown: bool) -> str:
    """Return the text that `data` is read as, or the code of the error; any other exception is a fault."""
    try:
        document = read_text(data, markdown)
    except ParseError as error:
        return error.problem.code
    assert_sound(document)
    return document.text


SCRAPS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "~~",
            "`",
            "\\",
            "> ",
            "# ",
            "|",
            "[1]",
            "[^1]",
            "\n[^1]: ",
            "¹",
            "[a](b)",
            "<br>",
            "&#2;",
        ),
        *("\t", "   ", "\n", "\n\n", "  \n", "\f", "- 2 -", "2", ",", ".", "\u0301", "\u0338"),
        *("Nơi nhận:   A", "ngày", "SỞ", "và", "Đặng"),
    ]
)

PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5)


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes(data: bytes, markdown: bool) -> None:
    outcome(data, markdown)


@given(st.lists(SCRAPS | PRINTED, max_size=30), st.booleans())
@example(["\n[^1]: ", "*", "\n", "Đặng", "[1]", "\u0301"], False)
def test_any_text_is_blind_to_line_ends_and_normal_form(scraps: list[str], markdown: bool) -> None:
    text = "".join(scraps)
    expected = outcome(text.encode(), markdown)
    assert outcome(text.replace("\n", "\r\n").encode(), markdown) == expected
    assert outcome(unicodedata.normalize("NFD", text).encode(), markdown) == expected
