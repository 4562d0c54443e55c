"""HTML into text and blocks: (page, expected) pairs, and pages broken in the ways that pages break."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import BlockKind, Document
from pipeline.parsers import parse
from pipeline.parsers.html import read_html, read_mht
from pipeline.problems import ParseError

UTF8 = '<meta charset="utf-8">'
OFFICE = '<html><head><meta name="generator" content="LibreOffice 7.4"></head><body>'


def read(body: str, head: str = UTF8) -> Document:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def kinds(document: Document) -> list[tuple[str, str, str, int]]:
    """Return kind, label, words and level of each block."""
    text = document.text
    return [(b.kind, text[b.start : b.content], text[b.content : b.end], b.level) for b in document.blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>hai \n\t đoàn</p>", "hai đoàn", id="white space counts once"),
        pytest.param("<p>Số:&nbsp;&nbsp;&nbsp;/BC</p>", "Số:   /BC", id="but not what may not break"),
        pytest.param("<p>ha<b>i</b> <i>đoàn</i></p>", "hai đoàn", id="a word in two elements"),
        pytest.param("<p>&#7897;i &Eacute; &amp; ba</p>", "ội É & ba", id="entities"),
        pytest.param("<p>thu&shy;ỷ l\u200bợi</p>", "thuỷ lợi", id="unprinted marks"),
        pytest.param("<p>Thu\u031b\u0323c hie\u0323\u0302n</p>", "Thực hiện", id="NFD"),
        pytest.param("<p>a <br> b</p>", "a\nb", id="line end"),
        pytest.param("<p>a<br><br>b</p>", "a\nb", id="two line ends"),
        pytest.param("<p>a</p><p> </p><p><br></p><p>b</p>", "a\nb", id="empty paragraphs"),
        pytest.param("a<div>b<div>c</div>d</div>e", "a\nb\nc\nd\ne", id="text beside blocks"),
        pytest.param("<p>a<span style='display:block'>b</span></p>", "a\nb", id="made a block"),
        pytest.param("<pre>một  hai\nba</pre>", "một  hai\nba", id="pre"),
        pytest.param("<p style='white-space: pre-wrap'>a  b</p>", "a  b", id="kept white space"),
        pytest.param("<p>a<!-- b -->c<?php d ?></p>", "ac", id="comment"),
        pytest.param("<p>a<script>b</script><style>c</style><template>d</template></p>", "a", id="code"),
        pytest.param("<p>a</p><noscript>Bật JavaScript</noscript>", "a", id="noscript"),
        pytest.param("<p>a<del>b</del><s>c</s><strike>d</strike><ins>e</ins></p>", "ae", id="changes"),
        pytest.param("<p>a<span style='text-decoration: line-through'>b</span></p>", "a", id="struck"),
        pytest.param("<p>a</p><p style='DISPLAY: None'>b</p><p hidden>c</p>", "a", id="not displayed"),
        pytest.param("<p>a<span style='mso-hide:all'>b</span></p>", "a", id="hidden by Word"),
        pytest.param("<p>a<select><option>b</select><button>c</button><img alt='d'></p>", "a", id="controls"),
        pytest.param("<p style='text-transform:uppercase'>Sở Ngoại vụ</p>", "SỞ NGOẠI VỤ", id="capitals"),
        pytest.param("<p>a<o:p>&nbsp;</o:p></p><p><st1:place>b</st1:place></p>", "a\nb", id="Word's tags"),
        pytest.param("<p>≥<span style='font-family:Wingdings'>ü</span>5</p>", "≥✓5", id="a font of signs"),
        pytest.param("<p>UBND<span style='mso-tab-count:1'>   </span>CỘNG</p>", "UBND\tCỘNG", id="Word's tab"),
        pytest.param("<p>m<ruby>b<rt>c</rt></ruby></p>", "mb", id="ruby"),
        pytest.param("<ul><li>a<li>b</ul>", "- a\n- b", id="open list items"),
        pytest.param("<p>a<p>b<td>c", "a\nb\nc", id="malformed"),
        pytest.param("</div></p><b><i>a</b></i>", "a", id="ends without a beginning"),
        pytest.param(f"<p>a\0b</p><p>{'c' * 300}</p>", f"ab\n{'c' * 300}", id="NUL"),
        pytest.param("<p>5 < 7 và a</p>", "5 < 7 và a", id="a bare sign"),
    ],
)
def test_the_text_of_a_page(body: str, expected: str) -> None:
    assert read(body).text == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>Đã xong.<br>Đón 02 đoàn.</p>", ["Đã xong.", "Đón 02 đoàn."], id="after a full stop"),
        pytest.param(
            "<div>Kết quả<br>- Đón khách<br>- Mở lớp</div>", ["Kết quả", "- Đón khách", "- Mở lớp"], id="labels"
        ),
        pytest.param("<p>BÁO CÁO<br>Kết quả năm 2024</p>", ["BÁO CÁO\nKết quả năm 2024"], id="lines of one title"),
        pytest.param("<table><tr><td>Sở A.<br>Sở B<td>1</table>", ["Sở A.\nSở B", "1"], id="cells stay whole"),
    ],
)
def test_where_line_ends_divide(body: str, expected: list[str]) -> None:
    document = read(body)
    assert [document.text[b.start : b.end] for b in document.blocks] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<ol><li>a<li>b</ol>", "1. a\n2. b", id="plain"),
        pytest.param("<ol type=I><li>a<li>b</ol>", "I. a\nII. b", id="Roman"),
        pytest.param("<ol type=a><li>a<li>b</ol>", "a) a\nb) b", id="letters"),
        pytest.param("<ol type=A start=3><li>a</ol>", "C. a", id="capitals from a start"),
        pytest.param("<ol type=i start=4><li>a</ol>", "iv) a", id="small Roman"),
        pytest.param("<ol reversed><li>a<li>b</ol>", "2. a\n1. b", id="reversed"),
        pytest.param("<ol reversed start=9><li>a<li>b</ol>", "9. a\n8. b", id="reversed from a start"),
        pytest.param("<ol><li value=5>a<li>b</ol>", "5. a\n6. b", id="value"),
        pytest.param("<ol><li type=a>a<li>b</ol>", "a) a\n2. b", id="type of an item"),
        pytest.param("<ol start=x><li value=y>a</ol>", "1. a", id="no numbers"),
        pytest.param("<ol style='list-style-type: lower-alpha'><li>a</ol>", "a) a", id="CSS"),
        pytest.param("<ol style='list-style: upper-roman inside'><li>a</ol>", "I. a", id="CSS in short"),
        pytest.param("<ol><li style='list-style-type:none'>a<li>b</ol>", "a\n2. b", id="no marker"),
        pytest.param("<ul type=square><li>a</ul><ul style='list-style:none'><li>b</ul>", "- a\nb", id="bullets"),
        pytest.param("<ol><li>a<ol type=a><li>b<li>c</ol><li>d</ol>", "1. a\na) b\nb) c\n2. d", id="nested"),
        pytest.param("<ol><li>a<p>b</p></ol>", "1. a\nb", id="label once"),
        pytest.param("<ol><li><h2>a</h2></ol>", "1. a", id="label of a heading"),
        pytest.param("<ol><li><li>b</ol>", "1.\n2. b", id="number of an empty item"),
        pytest.param("<ol><li><del>a</del><li>b</ol>", "2. b", id="item without its words"),
        pytest.param("<ol><li hidden>a<li>b</ol>", "1. b", id="item not displayed"),
        pytest.param("<ul><li><ul><li>b</ul></ul>", "- b", id="bullet in an empty bullet"),
        pytest.param(
            "<ol type=I><li>a</ol><p>b</p><ol type=I><ol><li>c</ol><li>d</ol>", "I. a\nb\n1. c\nII. d", id="goes on"
        ),
        pytest.param("<ol type=I><li>a</ol><ol type=I><li>b</ol>", "I. a\nI. b", id="begins anew"),
        pytest.param("<li>a", "- a", id="item without a list"),
        pytest.param(
            "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2)"
            "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>a</p>",
            "2) a",
            id="label typed by Word",
        ),
        pytest.param(
            "<p><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span></span>a</p>",
            "- a",
            id="bullet typed by Word",
        ),
        pytest.param(
            "<style>li {list-style: none}</style><ol><li><h1><span class=ListLabel_1>I.</span>a", "I. a", id="XHTML"
        ),
        pytest.param("<p>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span>a</p>", "1.  a", id="filtered"),
    ],
)
def test_list_labels(body: str, expected: str) -> None:
    assert read(body).text == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Thực hiện</p>", ("paragraph", "", "Thực hiện", 0)),
        ("<p>a) Thực hiện</p>", ("list_item", "a) ", "Thực hiện", 0)),
        ("<ol><li>Thực hiện</ol>", ("list_item", "1. ", "Thực hiện", 1)),
        ("<ol><ol><li>- Thực hiện</ol></ol>", ("list_item", "1. - ", "Thực hiện", 2)),
        ("<h2>I. Kết quả</h2>", ("heading", "I. ", "Kết quả", 2)),
        ("<ol><li><h1>Kết quả</h1></ol>", ("heading", "1. ", "Kết quả", 1)),
        ("<table><tr><td>- Tổng số</table>", ("cell", "- ", "Tổng số", 0)),
        ("<table><tr><td><ol><li>Tổng số</ol></table>", ("cell", "1. ", "Tổng số", 0)),
    ],
)
def test_kind_label_and_level(body: str, expected: tuple[str, str, str, int]) -> None:
    assert kinds(read(body)) == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a</p>", (False, False)),
        ("<p><b>a</b> <strong>b</strong></p>", (True, False)),
        ("<p><b>a</b> b</p>", (False, False)),
        ("<p align=center>a</p>", (False, True)),
        ("<center><p>a</p></center>", (False, True)),
        ("<center><table><tr><td>a</table></center>", (False, False)),
        ("<p style='text-align:center; font-weight:700'>a</p>", (True, True)),
        ("<style>.t {text-align: center} p.t {font-weight: bold}</style><p class='x t'>a</p>", (True, True)),
        ("<style>p {text-align: left}</style><p align=center>a</p>", (False, True)),
        ("<style>@media print { p {font-weight: bold} b {} }</style><p>a</p>", (False, False)),
        ("<style>/* p {font-weight: bold} */</style><p>a</p>", (False, False)),
        ("<b><p style='font-weight:normal'>a</p></b>", (False, False)),
        ("<h1>a</h1>", (True, False)),
    ],
)
def test_bold_and_centred(body: str, expected: tuple[bool, bool]) -> None:
    [block] = read(body).blocks
    assert (block.bold, block.centred) == expected


@pytest.mark.parametrize(
    ("rows", "text", "places"),
    [
        ("<tr><td>a<td>b<tr><td>c<td>d", "a\tb\nc\td", [(1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]),
        ("<tr><td>a<td><td>c", "a\t\tc", [(1, 1, 1, 1), (1, 3, 1, 1)]),
        ("<tr><td colspan=2>a<td>c", "a\tc", [(1, 1, 1, 2), (1, 3, 1, 1)]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", "a\tb\n\tc", [(1, 1, 2, 1), (1, 2, 1, 1), (2, 2, 1, 1)]),
        ("<tr><td>a<td rowspan=9>b<tr><td>c", "a\tb\nc", [(1, 1, 1, 1), (1, 2, 2, 1), (2, 1, 1, 1)]),
        ("<tr><td rowspan=0>a<td>b<tr><td>c", "a\tb\n\tc", [(1, 1, 2, 1), (1, 2, 1, 1), (2, 2, 1, 1)]),
        ("<thead><tr><th>a</thead><tbody><tr><td>b</tbody>", "a\nb", [(1, 1, 1, 1), (2, 1, 1, 1)]),
        ("<tr><td><p>a</p><p>b</p><td>c", "a\nb\tc", [(1, 1, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)]),
        ("<tr><td colspan=x rowspan=-3>a", "a", [(1, 1, 1, 1)]),
        ("<tr><td><tr><td>b", "b", [(2, 1, 1, 1)]),
    ],
)
def test_tables(rows: str, text: str, places: list[tuple[int, int, int, int]]) -> None:
    document = read(f"<table>{rows}</table>")
    assert document.text == text
    assert [(b.row, b.column, b.row_span, b.column_span) for b in document.blocks] == places
    assert {(b.kind, b.table) for b in document.blocks} == {(BlockKind.CELL, 1)}


def test_a_table_in_a_table_has_its_own_number() -> None:
    document = read("<p>x</p><table><tr><td>a<table><tr><td>b<td>c</table>d<td>e</table><p>y</p>")
    assert document.text == "x\na\nb\tc\nd\te\ny"
    assert [(b.table, b.row, b.column) for b in document.blocks] == [
        (0, 0, 0), (1, 1, 1), (2, 1, 1), (2, 1, 2), (1, 1, 1), (1, 1, 2), (0, 0, 0)
    ]  # fmt: skip


NOTES = {
    "LibreOffice": (
        '<p>Hai hội<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p>',
        '<div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Số 5/KH.</p><p>Và.</p></div>',
    ),
    "Word": (
        '<p>Hai hội<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span><![if !supportFootnotes]>'
        "[1]<![endif]></span></a>.</p>",
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p>"
        '<a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Số 5/KH.</p><p>Và.</p></div></div>',
    ),
    "Markdown": (
        '<p>Hai hội<sup><a href="#fn1" id="fnref1">1</a></sup>.</p>',
        '<ol><li id="fn1"><p>Số 5/KH. <a href="#fnref1">↩</a></p><p>Và.</p></li></ol>',
    ),
    "whole addresses": (
        '<p>Hai hội<a href="https://an-hai.example/bc.htm#n1" id="r1">(*)</a>.</p>',
        '<div><p><a href="https://an-hai.example/bc.htm#r1" id="n1">(*)</a> Số 5/KH.</p><p>Và.</p></div>',
    ),
}


@pytest.mark.parametrize("writer", NOTES)
def test_footnotes(writer: str) -> None:
    call, note = NOTES[writer]
    document = read(f"{call}<p>Sau.</p>{note}")
    assert document.text == "Hai hội.\nSau.\n[1] Số 5/KH.\nVà."
    assert [(b.kind, b.anchor) for b in document.blocks[2:]] == [(BlockKind.FOOTNOTE, 7)] * 2
    assert document.text[document.blocks[2].content :].startswith("Số 5/KH.")


def test_notes_come_last_in_the_order_of_their_calls() -> None:
    note = '<p><a href="#r{0}" id="n{0}">{0}</a> Chú {0}.</p>'
    call = '<a href="#n{0}" id="r{0}">{0}</a>'
    page = f"<p>a{call.format(2)}</p><p>b{call.format(1)}</p><div>{note.format(1)}{note.format(2)}</div><p>c</p>"
    document = read(page)
    assert document.text == "a\nb\nc\n[1] Chú 2.\n[2] Chú 1."
    assert [b.anchor for b in document.blocks[3:]] == [1, 3]


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="#phan1" name="ve1">Phần 1</a></p><h2><a name="phan1" href="#ve1">Phần 1</a></h2>',
        '<p>Xem <a href="#b">1</a></p><p><a name="b">1</a> Bảng</p>',
        '<p><a href="#">1</a> <a href="#x">2</a></p>',
    ],
)
def test_other_links_are_no_notes(body: str) -> None:
    assert BlockKind.FOOTNOTE not in {block.kind for block in read(body).blocks}


def test_page_margins_of_libreoffice_come_last_without_page_numbers() -> None:
    document = read(
        '<div title="header"><p>UBND tỉnh An Hải</p></div><p>Một</p>'
        '<div title="footer"><p>Trang <sdfield type=page>1</sdfield></p><p>Lưu hành nội bộ</p></div>'
    )
    assert document.text == "Một\nUBND tỉnh An Hải\nLưu hành nội bộ"
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.HEADER, BlockKind.FOOTER]


def test_tabs_and_blanks_of_libreoffice_are_the_writers() -> None:
    page = f"{OFFICE}\n<p>\n\t\tUBND\tCỘNG</p><p>Số:    \n\t/BC dài\n\tthêm\n\t   hai</p>"
    page += '<p>Đ<img src="a.gif"/>\nộc lập</p></body></html>'
    assert read_html(page.encode()).text == "UBND\tCỘNG\nSố:     /BC dài thêm    hai\nĐộc lập"


VML = (
    "<!--[if gte vml 1]><v:shape><v:textbox><![if !mso]><table><tr><td><![endif]><p>DỰ THẢO</p>"
    "<![if !mso]></td></tr></table><![endif]></v:textbox></v:shape><![endif]-->"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>a</p>{VML}<![if !vml]><img src=x.png><![endif]><p>b</p>", "a\nDỰ THẢO\nb"),
        (f"<p>a</p>{VML}<![if !vml]><table><tr><td>DỰ THẢO</table><![endif]><p>b</p>", "a\nDỰ THẢO\nb"),
        ("<p>a</p><!--[if gte mso 9]><xml><o:Author>x</o:Author></xml><![endif]-->", "a"),
        ("<p>a</p><!--[if gte vml 1]><v:shape/>", "a"),
    ],
)
def test_text_boxes_of_word(body: str, expected: str) -> None:
    assert read(body).text == expected


LONG = "Đã tổ chức 05 lớp tập huấn cho cán bộ. " * 8


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(f"<nav>Trang chủ</nav><main><p>{LONG}</p></main><footer>Giấy phép</footer>", LONG, id="main"),
        pytest.param(f"<nav>Trang chủ</nav><article>{LONG}</article><div>Tin khác</div>", LONG, id="article"),
        pytest.param(
            "<nav>Trang chủ</nav><header>Cổng</header><p>a</p><aside>Tin</aside><footer>x</footer>", "a", id="p"
        ),
        pytest.param("<ul role=menu><li>Trang chủ</ul><p>a</p>", "a", id="menu by its role"),
        pytest.param(
            "<header>UBND TỈNH</header><main>a</main><footer>Nơi nhận</footer>", "UBND TỈNH\na\nNơi nhận", id="-"
        ),
    ],
)
def test_the_furniture_of_a_portal(body: str, expected: str) -> None:
    assert read(body).text == expected.strip()


WORDS = "Ủy ban nhân dân tỉnh báo cáo kết quả thực hiện nhiệm vụ năm 2024 và phương hướng những tháng còn lại"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Return `text` as Windows writes it: letters composed, tones after them."""
    letters = (normalize("NFD", letter) for letter in text)
    plain = ("".join(sorted(letter, key=lambda mark: mark in TONES)) for letter in letters)
    composed = (re.sub(f"^([^{TONES}]*)", lambda found: normalize("NFC", found[1]), letter) for letter in plain)
    return "".join(composed).encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f"<p>{WORDS}".encode(), id="UTF-8 that isn't told"),
        pytest.param(f"<p>{WORDS}".encode("utf-8-sig"), id="byte order mark"),
        pytest.param(f"<p>{WORDS}".encode("utf-16"), id="UTF-16"),
        pytest.param(f'<meta charset="utf-16"><p>{WORDS}'.encode("utf-16-le"), id="UTF-16 without its mark"),
        pytest.param(f'<meta charset="iso-8859-1"><p>{WORDS}'.encode(), id="UTF-8 told wrong"),
        pytest.param(f'<meta charset="nonsense"><p>{WORDS}'.encode(), id="told in no known way"),
        pytest.param(
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1258"><p>' + windows_1258(WORDS),
            id="windows-1258",
        ),
        pytest.param(b'<meta charset="utf-8"><p>' + windows_1258(WORDS), id="windows-1258 told wrong"),
        pytest.param(b"<p>" + windows_1258(WORDS), id="windows-1258 that isn't told"),
        pytest.param(
            b'<meta charset="us-ascii"><p>' + WORDS.encode("ascii", errors="xmlcharrefreplace"), id="entities alone"
        ),
        pytest.param(f'<?xml version="1.0" encoding="UTF-8"?><html><p>{WORDS}</p></html>'.encode(), id="XHTML"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert read_html(data).text == WORDS


def mht(charset: str, encoding: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Báo cáo"
    message.set_content("khác")
    message.make_related()
    message.add_related(f"<p>{WORDS}</p>", subtype="html", charset=charset, cte=encoding)
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "base64"), ("utf-8", "quoted-printable")])
def test_mht(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "bc.mht"
    path.write_bytes(mht(charset, encoding))
    document = parse(path)
    assert (document.text, document.format, document.problems) == (WORDS, "html", ())


@pytest.mark.parametrize("data", [b"MIME-Version: 1.0\n\nabc", b"", b"MIME-Version: 1.0\nContent-Type: text/html\n\n"])
def test_an_mht_without_a_page(data: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        read_mht(data)
    assert caught.value.problem.code == "file.damaged"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body></body></html>", "file.no_text"),
        (b"<p> &nbsp; </p>", "file.no_text"),
        (b"<html><frameset><frame src=a.html></frameset></html>", "file.no_text"),
        (b"   ", "file.no_text"),
        (b"<p>" + bytes(range(32)) * 20, "file.damaged"),
        (b"<div>" * 100_000 + b"a", "file.limit"),
        (b"<table><tr><td>" * 100_000 + b"a", "file.limit"),
        (b"<ol><li>" * 100_000 + b"a", "file.limit"),
        (b"<b>" * 100_000 + b"a", "file.limit"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_html(data)
    assert caught.value.problem.code == code


def test_tags_nested_deeper_than_any_writer_nests_them_are_read() -> None:
    assert read("<div>" * 400 + "a" + "</div>" * 400 + "<p>b").text == "a\nb"


PAGE = (
    f"<h1>BÁO CÁO</h1><ol type=I><li>Kết quả<ol><li>{LONG}</ol></ol><table><tr><td rowspan=2>a<td>1<tr><td>2</table>"
    + NOTES["Word"][0]
    + NOTES["Word"][1]
    + VML
)


@given(st.integers(0, len(PAGE.encode())), st.binary(max_size=8))
def test_a_page_cut_off_or_damaged_never_crashes(at: int, noise: bytes) -> None:
    data = PAGE.encode()
    for damaged in (data[:at], data[:at] + noise + data[at:]):
        try:
            document = read_html(damaged)
        except ParseError:
            continue
        assert all(a.end <= b.start for a, b in zip(document.blocks, document.blocks[1:], strict=False))
        assert not "".join(
            document.text[a.end : b.start] for a, b in zip(document.blocks, document.blocks[1:], strict=False)
        ).strip("\n\t")


@pytest.mark.parametrize(
    "unit",
    [
        "<p>Đã tổ chức 05 lớp tập huấn.</p>",
        "<table><tr><td rowspan=3>a<td>1</table>",
        "<tr><td colspan=1000>a",
        "<ol><li>a</ol>",
        '<a href="#n" id="n">1</a>',
        "<!--[if gte vml 1]><v:textbox>",
        "<style>/* {",
        "a<br>",
        "</p>",
        "&nbsp; ",
        "<b>a",
    ],
)
def test_work_grows_with_the_text(unit: str) -> None:
    """Eight times the text takes far less than 64 times as long."""

    def seconds(times: int) -> float:
        data = f"<meta charset=utf-8>{unit * times}".encode()
        began = time.process_time()
        with suppress(ParseError):
            read_html(data)
        return time.process_time() - began

    few = max(min(seconds(500) for _ in range(3)), 0.002)
    assert seconds(4000) < 30 * few
