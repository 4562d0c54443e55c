"""Labels of lists: those that Word counts and doesn't store, and those that a writer types."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.parsers.docx.numbering import Numbering, read_numbering
from pipeline.parsers.labels import format_number, typed_label

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def level(at: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, nums: str = "", more: str = "") -> Numbering:
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return read_numbering(etree.fromstring(f'<w:numbering xmlns:w="{W}">{abstract}{more}{nums}</w:numbering>'))


def labels(lists: Numbering, *paragraphs: int | tuple[str, int]) -> list[str]:
    """Return the labels of paragraphs, each a level of list 1 or a list and a level."""
    places = [("1", each) if isinstance(each, int) else each for each in paragraphs]
    return [lists.next_label(*place) for place in places]


LEGAL = "<w:isLgl/>"
THREE = (level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3."))
SECOND = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'


@pytest.mark.parametrize(
    ("levels", "paragraphs", "expected"),
    [
        pytest.param(THREE, (0, 0, 0), ["1.", "2.", "3."], id="one level"),
        pytest.param(THREE, (0, 1, 1, 0, 1), ["1.", "1.1.", "1.2.", "2.", "2.1."], id="deeper begins anew"),
        pytest.param(THREE, (0, 1, 2, 0, 1, 2), ["1.", "1.1.", "1.1.1.", "2.", "2.1.", "2.1.1."], id="all"),
        pytest.param(THREE, (1, 0, 2, 1), ["1.1.", "2.", "2.1.1.", "2.2."], id="skipped levels count as begun"),
        pytest.param((level(0, "%1)", start=5),), (0, 0), ["5)", "6)"], id="start"),
        pytest.param((level(0, "Điều %1."),), (0, 0), ["Điều 1.", "Điều 2."], id="words around the number"),
        pytest.param((level(0, " (%1) "),), (0,), ["(1)"], id="white space trimmed"),
        pytest.param((level(0, "\uf0b7", "bullet"),), (0, 0), ["-", "-"], id="bullet"),
        pytest.param((level(0, "", "bullet"),), (0,), [""], id="bullet without a glyph"),
        pytest.param((level(0, "", more='<w:lvlPicBulletId w:val="0"/>'),), (0,), ["-"], id="picture bullet"),
        pytest.param((level(0, "%1."), level(1, "%2", "none")), (0, 1), ["1.", ""], id="no number"),
        pytest.param(
            (level(0, "%1.", "upperRoman"), level(1, "%1.%2.", more=LEGAL)),
            (0, 1),
            ["I.", "1.1."],
            id="isLgl",
        ),
        pytest.param(
            (level(0, "%1.", "upperRoman"), level(1, "%1.%2", "decimalZero", LEGAL)),
            (0, 1),
            ["I.", "1.01"],
            id="isLgl leaves the level's own leading zero",
        ),
        pytest.param((level(0, "%1.", "upperRoman"), level(1, "%1.%2.")), (0, 1), ["I.", "I.1."], id="mixed formats"),
        pytest.param(
            (level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>')),
            (0, 1, 0, 1),
            ["1.", "1)", "2.", "2)"],
            id="lvlRestart 0: never",
        ),
        pytest.param(
            (level(0, "%1."), level(1, "%2."), level(2, "%3)", more='<w:lvlRestart w:val="1"/>')),
            (0, 1, 2, 1, 2, 0, 2),
            ["1.", "1.", "1)", "2.", "2)", "2.", "1)"],
            id="lvlRestart 1: only after the first level",
        ),
        pytest.param(THREE, (7,), [""], id="level that the list lacks"),
        pytest.param(THREE, (("9", 0),), [""], id="list that the document lacks"),
    ],
)
def test_counts_as_word_does(levels: tuple[str, ...], paragraphs: tuple[int, ...], expected: list[str]) -> None:
    assert labels(numbering(*levels), *paragraphs) == expected


@pytest.mark.parametrize(
    ("override", "paragraphs", "expected"),
    [
        pytest.param("", [("1", 0), ("2", 0), ("1", 0)], ["1.", "2.", "3."], id="lists share their counters"),
        pytest.param(
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
            [("1", 0), ("1", 0), ("2", 0), ("2", 0), ("1", 0), ("2", 0)],
            ["1.", "2.", "1.", "2.", "3.", "4."],
            id="startOverride counts once",
        ),
        pytest.param(
            f'<w:lvlOverride w:ilvl="0">{level(0, "%1)", "lowerLetter")}</w:lvlOverride>',
            [("1", 0), ("2", 0), ("1", 0)],
            ["1.", "b)", "3."],
            id="a level of its own",
        ),
        pytest.param(
            '<w:lvlOverride w:ilvl="x"/><w:lvlOverride w:ilvl="40"/>',
            [("2", 0)],
            ["1."],
            id="levels that are none",
        ),
    ],
)
def test_overrides(override: str, paragraphs: list[tuple[str, int]], expected: list[str]) -> None:
    assert labels(numbering(*THREE, nums=f"{SECOND}{override}</w:num>"), *paragraphs) == expected


def test_a_list_that_links_to_a_list_style_has_its_levels() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="Muc"/>{level(0, "Mục %1")}</w:abstractNum>'
    )
    lists = numbering(*THREE, more=linked, nums='<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>')
    assert labels(lists, 0, 0) == ["Mục 1", "Mục 2"]


def test_a_style_names_its_level() -> None:
    lists = numbering(level(0, "%1."), level(1, "%2)", more='<w:pStyle w:val="Heading2"/>'))
    assert lists.level_of("1", "Heading2") == 1
    assert [lists.level_of("1", ""), lists.level_of("1", "Other"), lists.level_of("9", "Heading2")] == [
        0,
        0,
        0,
    ]


def test_anew_counts_from_the_start_and_leaves_the_other_alone() -> None:
    lists = numbering(*THREE)
    assert labels(lists, 0, 0) == ["1.", "2."]
    assert labels(lists.anew(), 0) == ["1."]
    assert labels(lists, 0) == ["3."]


def test_a_document_without_lists_has_no_labels() -> None:
    assert read_numbering(None).next_label("1", 0) == ""


@pytest.mark.parametrize(
    ("form", "counts", "expected"),
    [
        ("decimal", (1, 10, 100), ["1", "10", "100"]),
        ("decimalZero", (1, 9, 10), ["01", "09", "10"]),
        (
            "upperRoman",
            (1, 4, 9, 14, 40, 90, 400, 1994),
            ["I", "IV", "IX", "XIV", "XL", "XC", "CD", "MCMXCIV"],
        ),
        ("lowerRoman", (3, 0, -1), ["iii", "0", "-1"]),
        ("upperLetter", (1, 26, 27, 53), ["A", "Z", "AA", "AAA"]),
        ("lowerLetter", (2, 28, 0, 10**8), ["b", "bb", "0", "100000000"]),
        ("ordinal", (2,), ["2"]),
        ("none", (2,), [""]),
    ],
)
def test_number_formats(form: str, counts: tuple[int, ...], expected: list[str]) -> None:
    assert [format_number(count, form) for count in counts] == expected


LABELLED = """
- |Tổng số; – |05 đoàn; — |“Năm”; + |(một); * |a; • |a; ● |a; ▪ |a; o |Kiểm tra; - |1.250 lượt; - |05 đoàn
a) |x; đ) |x; a. |x; a- |x; 1) |x; 1. |x; 12. |x; 1/ |x; 1/. |x; 1- |x; (1) |x; (a) |x; (ii) |x; iv) |x
1. |05 đoàn; 1. |«x»; 1.1 |Tình hình; 1.1. |x; 1.1.2. |x; 1.1- |x; 2.2 |Nguyên nhân; 1.1.2 |Ưu điểm; II.3. |x
II.3 |Đánh giá; I. |X; I- |X; I/ |X; I/. |X; A. |X; A- |X; A/ |X; XXX. |X; XXIX. |x; XIV. |x; I - |TÌNH HÌNH
"""
PLAIN = """
1.250 lượt; 2.5 ha; 18/4 – 21/4; 30/5/2019; 05 đoàn; 1.1.2024; 1.1.2024 Ngày; 30. 6. 2019; 30/ 5/ 2019
12/ 15 xã; 18/ 4 đến; on; -5; 1.; -; 2023. Trong; V/v x; Ở đây; IIII. x; 1.1 triệu; 2.1 ấm; +5%; 1.5 – 2 lần
212/QĐ-UBND; ông a; o; a b; I x; i - tờ; 1. …
"""


def cases(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split(";")]


@pytest.mark.parametrize("written", cases(LABELLED))
def test_typed_label(written: str) -> None:
    label, words = written.split("|")
    assert typed_label(label + words) == len(label)


@pytest.mark.parametrize("text", ["", " ", *cases(PLAIN)])
def test_no_typed_label(text: str) -> None:
    assert typed_label(text) == 0
