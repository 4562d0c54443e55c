"""The tables of a run agree with the texts and with each other, and every value is said by its words."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.batch import find_reports, load_rules, read_report, run
from pipeline.parsers import parse
from pipeline.problems import ParseError
from pipeline.tables import write_tables
from tests.documents import document, shared
from tests.properties.agreement import Tables, disagreements, unsaid
from tests.properties.oracle import amounts
from tests.properties.sketches import reports
from tests.test_samples import SAMPLES

PASSAGES = SAMPLES.parent / "tests" / "passages"


@pytest.fixture(scope="module", params=["reports", "twins"])
def samples(request, tmp_path_factory):
    """Tables of a run over the samples, with their documents and the folder they are in."""
    inputs, out = SAMPLES / request.param, tmp_path_factory.mktemp(request.param)
    run(inputs, out, cache=shared())
    tables = Tables(out)
    read = (file for file, row in tables.reports.items() if row["status"] != "failed")
    return tables, {file: document(inputs / file) for file in read}, inputs


def test_tables_of_the_samples_agree(samples):
    tables, documents, inputs = samples
    assert len(tables.items) > 1000
    assert [*disagreements(tables, documents, inputs)] == []


def test_every_value_of_the_samples_is_said_by_its_words(samples):
    tables, documents, _ = samples
    assert [*unsaid(tables, documents)] == []


@settings(max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink takes minutes
@given(sketches=st.lists(reports(), min_size=2, max_size=4))
def test_tables_of_any_reports_agree(tmp_path_factory, sketches):
    inputs, out = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    for at, sketch in enumerate(sketches):
        (inputs / f"{at}.txt").write_text(sketch.text(), encoding="utf-8")
        (inputs / f"{at}.docx").write_bytes(sketch.docx())
    (inputs / "hỏng.docx").write_bytes(b"PK\x03\x04")
    sources = find_reports(inputs)
    write_tables(out, map(read_report, sources), load_rules())
    tables, documents = Tables(out), {}
    for source in sources:
        try:
            documents[source.file] = parse(source.path)
        except ParseError:
            assert source.file == "hỏng.docx"
    assert len(documents) == len(sources) - 1
    assert [*disagreements(tables, documents, inputs)] == []
    assert [*unsaid(tables, documents)] == []


def test_values_of_passages_and_of_the_rules_examples_are_said_by_their_words(tmp_path):
    """Passages of other offices, and what the rules were made for: abbreviations, short years, English dates."""
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    for passage in sorted(PASSAGES.rglob("*.txt")):
        (inputs / passage.name).write_bytes(passage.read_bytes())
    packs = load_rules()
    examples = [*dict.fromkeys(e.text for pack in packs for rule in pack.rules() for e in rule.examples if e.text)]
    for at in range(0, len(examples), 60):
        told = "\n\n".join(("I. KẾT QUẢ THỰC HIỆN", *examples[at : at + 60]))
        (inputs / f"ví dụ {at}.txt").write_text(told, encoding="utf-8")
    sources = find_reports(inputs)
    write_tables(out, map(read_report, sources), packs)
    tables, documents = Tables(out), {source.file: parse(source.path) for source in sources}
    assert len(tables.items) > 4000
    assert [*disagreements(tables, documents, inputs)] == []
    assert [*unsaid(tables, documents)] == []


@pytest.fixture
def altered(tmp_path, samples):
    """Return what is told of the samples' tables when a cell of one is another."""
    tables, documents, inputs = samples

    def told(table: str, column: str, change, where=lambda row: True) -> list[str]:
        rows = tables.rows(table)
        row = next(row for row in rows if where(row) and row[column] != change(row[column]))
        row[column] = change(row[column])
        for other in tables.folder.glob("*.csv"):
            (tmp_path / other.name).write_bytes(other.read_bytes())
        with (tmp_path / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
            writer.writerows(rows)
        wrong = Tables(tmp_path)
        return [*disagreements(wrong, documents, inputs), *unsaid(wrong, documents)]

    return told


def _is(kind: str):
    return lambda row: row["kind"] == kind


def _more(cell: str) -> str:
    return str(int(cell) + 1)


@pytest.mark.parametrize(
    ("table", "column", "change", "where"),
    [
        ("consolidated", "text", lambda cell: cell + "s", _is("count")),
        ("consolidated", "start", _more, _is("date")),
        ("consolidated", "value", lambda cell: cell + "0", lambda row: row["rule"] == "core/so_luong"),
        ("consolidated", "value", lambda cell: "7" + cell, lambda row: row["rule"] == "baocao/o_bang"),
        ("consolidated", "total", _more, lambda row: row["total"].isdecimal()),
        ("consolidated", "value", lambda cell: cell[:-1] + "9", lambda row: row["rule"] == "core/ngay_thang_nam_so"),
        ("consolidated", "value", lambda cell: "1" + cell, _is("document_number")),
        ("consolidated", "item_id", lambda cell: "0" * 12, lambda row: row["part_of"] == "" and row["kind"] == "count"),
        ("consolidated", "part_of", lambda cell: "0" * 12, _is("count")),
        ("consolidated", "file", lambda cell: "khác.txt", _is("count")),
        ("reports", "items", _more, lambda row: True),
        ("reports", "numerals", _more, lambda row: True),
        ("reports", "text_id", lambda cell: "0" * 12, lambda row: True),
        ("reports", "report_id", lambda cell: "0" * 12, lambda row: True),
        ("indicators", "value", lambda cell: cell + "1", lambda row: row["value"] != ""),
        ("indicators", "item_ids", lambda cell: "0" * 12, lambda row: row["value"] != ""),
        ("references", "mentions", _more, lambda row: True),
        ("references", "files", lambda cell: "khác.txt", lambda row: True),
    ],
)
@pytest.mark.parametrize("samples", ["twins"], indirect=True)
def test_a_wrong_cell_is_told(altered, table, column, change, where):
    assert altered(table, column, change, where)


@pytest.mark.parametrize(
    ("text", "said", "not_said"),
    [
        ("1.250 lượt", "1250", "12500"),
        ("1,5 tỷ đồng", "1500000000", "15"),
        ("1 tỷ 680 triệu", "1680000000", "1680"),
        ("hai mươi mốt xã", "21", "22"),
        ("một trăm linh hai", "102", "120"),
        ("hai triệu rưỡi", "2500000", "25"),
        ("3 148 lượt", "3148", "31480"),
        ("186,4/1.250 tỷ đồng", "186400000000", "1864"),
    ],
)
def test_the_oracle_reads_numerals(text, said, not_said):
    assert Decimal(said) in amounts(text)
    assert Decimal(not_said) not in amounts(text)
