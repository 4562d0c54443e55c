"""Values and rules for any input: what is read follows from what is written, and a fault of a rule file is told."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.decisions.dates import read_date, shown_date
from pipeline.decisions.values import read_number, shown_number
from pipeline.extract import extract
from pipeline.extract.prove import columns_of, passage
from pipeline.model import Count, DateMention, DocumentNumber
from pipeline.problems import BaocaoError
from pipeline.rulebook import load_pack
from pipeline.rulebook.expressions import names_of, value_of
from pipeline.rulebook.source import RulesError
from pipeline.text.codes import canonical_number, symbol_of, tight
from pipeline.text.edtf import Moment, bounds, interval
from pipeline.text.numerals import canonical
from tests.fuzzing import values
from tests.fuzzing.checks import check_extraction
from tests.rulebook.test_rule_pack import PACK

CORE = load_pack("core")
FEW = settings(max_examples=40)

years = st.integers(1990, 2030)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
figures = st.integers(1, 10**9).map(lambda n: f"{n:,}".replace(",", "."))
units = st.sampled_from(["người", "lượt người", "hộ", "vụ", "lớp", "cuộc", "triệu đồng", "ha", "xã"])


def found_in(text: str, kind: type) -> list[dict[str, str]]:
    extraction = extract(passage(text), CORE)
    check_extraction(extraction)
    return [columns_of(item) for item in extraction.items if isinstance(item, kind)]


@FEW
@given(st.integers(1, 10**9), units)
def test_a_number_with_its_unit_is_read_as_written(number, unit):
    text = f"Kết quả có {number:,} {unit} tham gia.".replace(",", ".")
    read = found_in(text, Count)
    scale = 10**6 if unit == "triệu đồng" else 1
    assert [Decimal(row["value"]) for row in read] == [Decimal(number) * scale]


@FEW
@given(days)
def test_a_day_is_read_as_written(day):
    read = found_in(f"Ngày {day.day:02d}/{day.month:02d}/{day.year}, Sở tổ chức họp.", DateMention)
    assert [row["value"] for row in read] == [day.isoformat()]


@FEW
@given(st.integers(1, 9999), years, st.sampled_from(["UBND-KT", "BC-STTTT", "QĐ-UBND", "KH-SNV", "NQ-HĐND"]))
def test_a_document_number_is_read_as_written(number, year, symbol):
    read = found_in(f"Thực hiện Văn bản số {number:02d}/{symbol} ngày 05/4/{year} của Sở Nội vụ.", DocumentNumber)
    assert [(row["value"], row["issued_date"]) for row in read] == [(f"{number:02d}/{symbol}", f"{year}-04-05")]


@given(st.text(max_size=30))
def test_a_canonical_document_number_is_one(text):
    code = canonical_number(text)
    assert canonical_number(code) == code == tight(code)
    assert code.endswith(symbol_of(code))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**12, places=3))
def test_a_number_as_people_type_it_is_read_back(number):
    assert read_number(shown_number(canonical(number))) == number


@given(st.sampled_from(["{}", "−{}", "{} tỷ", "{} %", "{} triệu rưỡi"]), st.text("0123456789.,' ’", max_size=12))
def test_what_is_typed_as_a_number_is_a_finite_one_or_none(form, text):
    number = read_number(form.format(text))
    assert number is None or number.is_finite()


moments = st.one_of(
    st.builds(Moment, years),
    st.builds(Moment, years, st.integers(1, 12)),
    days.map(lambda day: Moment(day.year, day.month, day.day)),
    st.builds(lambda year, quarter: Moment(year, quarter=quarter), years, st.integers(1, 4)),
    st.builds(lambda year, half: Moment(year, half=half), years, st.integers(1, 2)),
)


@given(moments)
def test_a_date_is_shown_and_read_back(moment):
    edtf = moment.edtf()
    assert read_date(edtf) == edtf == read_date(shown_date(edtf))
    first, last = bounds(edtf)
    assert first <= last and first[:4] == last[:4] == edtf[:4]


@given(moments, moments)
def test_an_interval_has_the_first_day_of_one_end_and_the_last_of_the_other(one, other):
    assert bounds(interval(one, other)) == (bounds(one.edtf())[0], bounds(other.edtf())[1])


@given(
    st.recursive(
        st.sampled_from(["n", "m", "2", "0"]),
        lambda e: st.tuples(e, st.sampled_from("+-*/"), e).map("({0[0]} {0[1]} {0[2]})".format),
        max_leaves=8,
    )
)
def test_an_expression_has_a_value_or_none(text):
    told = value_of(text, dict.fromkeys(names_of(text), Decimal(7))) if len(text) <= 200 else None
    assert told is None or told.is_finite()


@given(st.text(max_size=60))
def test_a_text_is_an_expression_or_a_value_error(text):
    try:
        value_of(text, dict.fromkeys(names_of(text), Decimal(7)))
    except ValueError as error:
        assert str(error) is not None


# Rule packs


yaml_values = st.recursive(
    st.text("abn:-#'\"[]{}|>&*!%@`\n\t «»đ05.,\\()?", max_size=12)
    | st.sampled_from(["yes", "~", "1.250", "2024-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "rules", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def written(value: object) -> str:
    """Write a value as flow YAML without any quoting, which makes it right or wrong as it comes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return str(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["rules", "words", "indicators", "x"]), yaml_values, max_size=3),
    st.text(max_size=20),
)
def test_any_yaml_is_read_or_a_rules_error(told, after):
    text = "\n".join(f"{key}: {written(value)}" for key, value in told.items()) + after
    try:
        values.yaml_source(text.encode("utf-8", "replace"))
    except RulesError as error:
        assert error.line >= 0 and str(error)


lines = [line for name in ("rules.yaml", "settings.yaml") for line in PACK[name].splitlines()]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(lines), max_size=14), st.integers(0, 4), st.binary(max_size=12))
def test_a_pack_of_lines_in_any_order_is_read_or_told(shuffled, file, junk):
    parts = [text.encode() for text in PACK.values()]
    parts[1] = "\n".join(["rules:", *shuffled]).encode()
    parts[file] = parts[file] + junk
    try:
        values.pack(values._MARK.join(parts))
    except BaocaoError as error:
        assert error.problem.code.startswith("rules.")


@given(st.text(r"ab()[]{}?*+|\^$.-:P<>=!#& 01dws", max_size=20))
def test_a_pattern_is_compiled_or_refused(text):
    values.patterns(text.encode())


@pytest.mark.parametrize("depth", [50, 400, 3000])
def test_yaml_that_nests_deep_is_told(depth):
    with pytest.raises(RulesError):
        values.yaml_source(b"a: " + b"[" * depth + b"]" * depth + b"\nb: b")


def test_the_words_of_a_rule_error_are_there_in_both_languages():
    with pytest.raises(RulesError, match=re.escape("rules.yaml")):
        values.yaml_source(b"a: [")
