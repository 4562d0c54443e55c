"""Numerals: what figures and words say, what nobody can read for sure, and that written numbers read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.fold import fold
from pipeline.text.numerals import NUMBER_WORDS, canonical, read_figure, read_words

FIGURES = [
    ("0", "0"),
    ("00", "0"),
    ("5", "5"),
    ("01", "1"),
    ("007", "7"),
    ("63", "63"),
    ("100", "100"),
    ("2024", "2024"),
    ("1500000", "1500000"),
    # dots group thousands
    ("1.000", "1000"),
    ("1.250", "1250"),
    ("12.500", "12500"),
    ("999.999", "999999"),
    ("4.952.238", "4952238"),
    ("1.000.000", "1000000"),
    ("100.200.300.400", "100200300400"),
    # a comma marks decimals
    ("0,5", "0.5"),
    ("1,5", "1.5"),
    ("1,25", "1.25"),
    ("98,50", "98.50"),
    ("7,125", "7.125"),
    ("1,234", "1.234"),
    ("0,125", "0.125"),
    ("12345,6", "12345.6"),
    ("01,5", "1.5"),
    # both
    ("1.234,5", "1234.5"),
    ("9.888,91", "9888.91"),
    ("11.974.405,56", "11974405.56"),
    ("1.000,001", "1000.001"),
    # a decimal dot by mistake
    ("7.2", "7.2"),
    ("84.68", "84.68"),
    ("2.0", "2.0"),
    ("0.5", "0.5"),
    ("0.125", "0.125"),
    ("1234.56", "1234.56"),
    # English figures
    ("1,234,567", "1234567"),
    ("12,345,678", "12345678"),
    ("1,234,567.89", "1234567.89"),
    ("1,234.56", "1234.56"),
    ("12,500.5", "12500.5"),
    ("999,999,999.999", "999999999.999"),
]


@pytest.mark.parametrize(("text", "value"), FIGURES)
def test_figures(text: str, value: str) -> None:
    assert read_figure(text) == Decimal(value)


REFUSED = """
    1.632.5362 1.2.3 16.03.2015 12.34.56 1234.567 01.250 0.250.000 1.0000 1.00.000 12.3456 1,23,456 1,2,3
    1,234.567 1.234.56 1,234,56 1.234,567,890 1.234,5,6 1..000 1,,5 .5 ,5 5. 5, 1.000. -5 +5 5% 1/2 1e3 5a ½ m²
"""


@pytest.mark.parametrize("text", [*REFUSED.split(), "", " ", "1 000", " 5", "5 ", "5\n"])
def test_unclear_figures_are_no_numbers(text: str) -> None:
    assert read_figure(text) is None


WORDS = [
    ("không", "0"),
    ("một", "1"),
    ("hai", "2"),
    ("năm", "5"),
    ("bảy", "7"),
    ("bẩy", "7"),
    ("chín", "9"),
    ("mười", "10"),
    ("mười một", "11"),
    ("mười bốn", "14"),
    ("mười lăm", "15"),
    ("mười nhăm", "15"),
    ("hai mươi", "20"),
    ("hai mươi mốt", "21"),
    ("hai mươi tư", "24"),
    ("hai mươi bốn", "24"),
    ("hai mươi lăm", "25"),
    ("ba mươi nhăm", "35"),
    ("năm mươi lăm", "55"),
    ("chín mươi chín", "99"),
    ("ba chục", "30"),
    ("một chục", "10"),
    ("một trăm", "100"),
    ("một trăm linh hai", "102"),
    ("một trăm lẻ hai", "102"),
    ("ba trăm linh tư", "304"),
    ("một trăm mười", "110"),
    ("hai trăm mười lăm", "215"),
    ("năm trăm năm mươi lăm", "555"),
    ("chín trăm chín mươi chín", "999"),
    ("một nghìn", "1000"),
    ("một ngàn", "1000"),
    ("Hai Nghìn", "2000"),
    ("một nghìn không trăm linh năm", "1005"),
    ("một nghìn không trăm mười", "1010"),
    ("hai nghìn không trăm hai mươi tư", "2024"),
    ("mười hai nghìn năm trăm", "12500"),
    ("hai vạn", "20000"),
    ("ba vạn chín nghìn", "39000"),
    ("hai trăm nghìn", "200000"),
    ("một triệu", "1000000"),
    ("một triệu hai trăm nghìn", "1200000"),
    ("hai triệu không nghìn năm trăm", "2000500"),
    ("hai triệu rưỡi", "2500000"),
    ("hai triệu rưởi", "2500000"),
    ("một nghìn rưỡi", "1500"),
    ("một tỷ", "1000000000"),
    ("một tỉ", "1000000000"),
    ("một tỷ rưỡi", "1500000000"),
    ("một tỷ hai trăm năm mươi triệu", "1250000000"),
    ("chín trăm tỷ", "900000000000"),
    ("hai triệu lẻ năm nghìn", "2005000"),
    ("một nghìn lẻ hai mươi", "1020"),
    ("hai nghìn linh hai tỷ", "2002000000000"),
    # thousands of tỷ
    ("hai nghìn tỷ", "2000000000000"),
    ("mười hai nghìn tỷ", "12000000000000"),
    ("hai triệu tỷ", "2000000000000000"),
    ("hai nghìn năm trăm tỷ", "2500000000000"),
    ("hai nghìn tỷ năm trăm triệu", "2000500000000"),
    ("một nghìn hai trăm tỷ ba trăm linh năm triệu", "1200305000000"),
    # linh and rưỡi after any scale
    ("một nghìn lẻ năm", "1005"),
    ("hai ngàn linh hai", "2002"),
    ("hai vạn lẻ một", "20001"),
    ("một trăm rưỡi", "150"),
    ("một trăm rưỡi nghìn", "150000"),
]


@pytest.mark.parametrize(("text", "value"), WORDS)
def test_words(text: str, value: str) -> None:
    words = fold(text).split()
    assert read_words(words) == (Decimal(value), len(words))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đoàn",
        "tư",
        "mốt",
        "lăm",
        "nhăm",
        "trăm",
        "nghìn",
        "triệu tỷ",
        "mươi lăm",
        "linh năm",
        "rưỡi",
        "vài nghìn",
        "hàng trăm người",
        "thứ hai",
    ],
)
def test_words_that_begin_no_number(text: str) -> None:
    assert read_words(fold(text).split()) is None


@pytest.mark.parametrize(
    ("text", "value", "taken"),
    [
        ("năm đoàn khách", "5", 1),
        ("hai lớp một trăm học viên", "2", 1),
        ("hai mươi mốt người", "21", 3),
        ("hai triệu rưỡi đồng", "2500000", 3),
        ("hai triệu ba triệu", "2000000", 2),
        ("ba nghìn hai triệu", "3000", 2),
        ("một hai ba", "1", 1),
        ("hai trăm ba", "200", 2),  # 230 in speech
        ("một trăm linh người", "100", 2),
        ("năm năm", "5", 1),
        ("một triệu hai", "1000000", 2),  # 1.2 million in speech
        ("một nghìn năm Thăng Long", "1000", 2),
        ("hai triệu năm nghìn", "2005000", 4),
    ],
)
def test_words_after_a_number_are_left(text: str, value: str, taken: int) -> None:
    assert read_words(fold(text).split()) == (Decimal(value), taken)


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
GROUPS = [(10**6, "triệu"), (10**3, "nghìn"), (1, "")]


def group_in_words(group: int, whole: bool, joint: str, four: str) -> list[str]:
    """Write 1 to 999; `whole` writes absent hundreds too, as inside a larger number."""
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens == 0:
        return words + ([joint] if words else []) + [DIGITS[units]] if units else words
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: four, 5: "lăm"}
    return [*words, special.get(units, DIGITS[units])] if units else words


def in_words(number: int, joint: str = "linh", four: str = "tư") -> list[str]:
    billions, number = divmod(number, 10**9)
    words = [*in_words(billions, joint, four), "tỷ"] if billions else []
    for size, name in GROUPS:
        group, number = divmod(number, size)
        if group:
            words += [*group_in_words(group, bool(words), joint, four), *([name] if name else [])]
    return words or ["không"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (1005, "một nghìn không trăm linh năm"),
        (21_000_044, "hai mươi mốt triệu không trăm bốn mươi tư"),
        (1_005_000_000_010, "một nghìn không trăm linh năm tỷ không trăm mười"),
    ],
)
def test_the_writer_of_words(number: int, text: str) -> None:
    assert " ".join(in_words(number)) == text


@given(st.integers(0, 10**18 - 1), st.sampled_from(["linh", "lẻ"]), st.sampled_from(["tư", "bốn"]))
def test_every_written_integer_reads_back(number: int, joint: str, four: str) -> None:
    words = in_words(number, joint, four)
    assert set(words) <= NUMBER_WORDS
    assert read_words(words) == (Decimal(number), len(words))
    assert read_words([*words, "đoàn", "khách"]) == (Decimal(number), len(words))


@given(st.lists(st.sampled_from([*sorted(NUMBER_WORDS), "rưỡi", "đoàn"]), max_size=12))
def test_any_words_are_read_or_refused(words: list[str]) -> None:
    read = read_words(words)
    if read:
        value, taken = read
        assert value >= 0
        assert 1 <= taken <= len(words)
        assert "đoàn" not in words[:taken]
        assert read_words(words[:taken]) == read


def grouped(number: int, mark: str) -> str:
    digits = str(number)
    head = len(digits) % 3 or 3
    return mark.join([digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))])


@given(st.integers(0, 10**15), st.text("0123456789", max_size=6))
def test_every_decimal_with_dots_and_comma_reads_back(whole: int, fraction: str) -> None:
    text = grouped(whole, ".") + (f",{fraction}" if fraction else "")
    assert read_figure(text) == Decimal(f"{whole}.{fraction}0")


@given(st.integers(10**6, 10**15), st.text("0123456789", max_size=6))
def test_every_decimal_of_an_english_table_reads_back(whole: int, fraction: str) -> None:
    text = grouped(whole, ",") + (f".{fraction}" if fraction else "")
    assert read_figure(text) == Decimal(f"{whole}.{fraction}0")


@given(st.text("0123456789.,", max_size=14))
def test_a_figure_that_is_read_keeps_its_digits(text: str) -> None:
    value = read_figure(text)
    if value is not None:
        kept = format(value, "f").replace(".", "").lstrip("0")
        assert kept == text.replace(".", "").replace(",", "").lstrip("0")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("0.00", "0"),
        ("-0", "0"),
        ("5", "5"),
        ("05", "5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("1.5E9", "1500000000"),
        ("7.20", "7.2"),
        ("98.50", "98.5"),
        ("0.001", "0.001"),
        ("1E-7", "0.0000001"),
        ("-2.50", "-2.5"),
        ("-0.00", "0"),
        ("0E+3", "0"),
    ],
)
def test_canonical(number: str, text: str) -> None:
    assert canonical(Decimal(number)) == text


@given(st.integers(-(10**20), 10**20), st.integers(0, 8))
def test_canonical_round_trips(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    text = canonical(number)
    assert Decimal(text) == number
    assert canonical(Decimal(text)) == text
    assert "E" not in text and not text.startswith("-0.0000000000")
    assert "." not in text or not text.endswith(("0", "."))


def test_canonical_keeps_every_digit() -> None:
    """Decimal arithmetic would round to 28 digits."""
    digits = "123456789012345678901234567891"
    assert canonical(Decimal(digits)) == digits
