"""Portions: a report's share of the tables, packed and back, and its rows as parts of a Parquet data set."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace
from reading_back import read_part
from report_sketch import count, report

from pipeline.model import ReportFields
from pipeline.tables import FoundProblem, Place, ReportResult, dataset, write_tables, writing
from pipeline.tables.columns import CONSOLIDATED, PROBLEMS, Column, Table
from pipeline.tables.dataset import shown, write_part
from pipeline.tables.portion import TABLES_OF_REPORTS, cells_of, decode, digest_from, encode, portion_of, with_problems
from pipeline.tables.references import digest_of
from pipeline.tables.rows import indicator_rows, item_rows, problem_rows, report_row

HALF = "\ud83d"  # half a surrogate pair, which UTF-8 can't hold
TWO_PLACES = FoundProblem("date.differs", "warning", "Hai ngày", "3/4", 1, 4, 1, other=Place("x.txt", "4/4", 9, 12, 2))


def rows_of(result: ReportResult) -> dict[str, list[dict[str, str]]]:
    return {
        "consolidated": list(item_rows(result)),
        "reports": [report_row(result)],
        "indicators": list(indicator_rows(result)),
        "problems": list(problem_rows(result)),
    }


RESULTS = [
    report("x.txt"),
    report("=x,1.txt", problems=(TWO_PLACES, TWO_PLACES)),
    replace(report("x.txt"), problems=(replace(TWO_PLACES, other=Place("x.txt", "4/4", 0, 3)),)),
    ReportResult("x.txt", "e3b0c44298fc", "failed", f"Hỏng {HALF}", problems=(FoundProblem("a", "error", "Hỏng"),)),
    report("x.txt", fields=ReportFields(number="1/BC", subject=f"a {HALF} b", issuer=HALF, place="Huế")),
    report("x.txt", items=(count(f"{HALF} mở 3 lớp", f"{HALF} mở 3 lớp"),), indicators=()),
]


@pytest.mark.parametrize("result", RESULTS, ids=range(len(RESULTS)))
@pytest.mark.parametrize("name", [None, "b/khác.txt"])
def test_a_portion_holds_the_rows_of_its_report_whatever_the_file_is_called(result, name):
    portion = decode(encode(portion_of(result)))
    wanted = result
    if name is not None:
        portion = portion.named(name)
        moved = tuple(replace(p, other=p.other and replace(p.other, file=name)) for p in result.problems)
        wanted = replace(result, file=name, problems=moved)
    elif "=" in result.file:
        moved = tuple(replace(p, other=replace(p.other, file=result.file)) for p in result.problems)
        wanted = replace(result, problems=moved)
    cells = cells_of(portion)
    for table in TABLES_OF_REPORTS:
        rows = rows_of(wanted)[table.name]
        assert cells[table.name] == [[row.get(name, "") for name in table.names] for row in rows]


@pytest.mark.parametrize("result", RESULTS[:3], ids=range(3))
def test_a_portion_holds_the_citations_of_its_report(result):
    assert digest_from(decode(encode(portion_of(result)))) == digest_of(result)


@pytest.mark.parametrize("damage", [lambda d: d[:-1], lambda d: b"", lambda d: b"\x00" + d, lambda d: d + d])
def test_what_is_no_portion_is_none(damage):
    assert decode(damage(encode(portion_of(report())))) is None


def test_problems_told_later_stand_at_their_place():
    own = report("x.txt", problems=(TWO_PLACES, FoundProblem("z", "notice", "z", "t", 30, 31)))
    later = FoundProblem("reference.dates", "warning", "m", "t", 7, 9, other=Place("y.txt", "u", 1, 2))
    whole = FoundProblem("file.duplicate", "notice", "m")
    portion = portion_of(own)
    rows = with_problems(cells_of(portion)["problems"], portion, [later, whole])
    together = problem_rows(replace(own, problems=(*own.problems, later, whole)))
    assert rows == [[row.get(name, "") for name in PROBLEMS.names] for row in together]


NUMBERS = Table(
    "numbers",
    "",
    (Column("text", ""), Column("n", "", "number"), Column("i", "", "integer"), Column("day", "", "date")),
)


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", ""],
        ["'=1", "1.5", "7", "2024-02-29"],
        ["''=1", "0.1", "0", "0987-01-01"],
        ["'abc", "12345678901234567890123", "9223372036854775808", "2024-02-30"],
        ["-5", "0.33333333333333333333", "-1", "2024"],
        ["NA", "-0.5", "9223372036854775807", "9999-12-31"],
        ["'＝a", "1000000000000000000000000", "x", "20240229"],
    ],
)
def test_a_part_of_the_data_set_gives_every_cell_back(tmp_path, row):
    other = ["văn bản", "2", "3", "2024-01-01"]
    paths = write_part(tmp_path, NUMBERS, 3, 40, [other, row, other])
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["numbers/part-00003.parquet"]
    assert list(read_part(paths, NUMBERS)) == [other, row, other]
    assert list(map(list, shown(NUMBERS, [other, row, other]))) == [other, row, other]


@pytest.mark.parametrize("text", ["=1", "+a", "-5", "'-5", "\t1", "\n=1", "'", "''=1", "＝a", "a\n=1", "", "a"])
def test_a_csv_file_has_the_texts_of_the_data_set_guarded_whoever_made_them(tmp_path, text):
    rows = [["a", "", "", ""], [text, "-5", "", ""], ["", "", "", ""]]
    paths = write_part(tmp_path, NUMBERS, 0, 0, rows)
    assert list(map(list, shown(NUMBERS, rows))) == list(read_part(paths, NUMBERS))
    assert list(shown(NUMBERS, [])) == []


def test_a_part_that_cannot_be_read_back_is_an_error(tmp_path, monkeypatch):
    write = pq.write_table
    monkeypatch.setattr(pq, "write_table", lambda part, *place, **how: write(part.slice(1), *place, **how))
    with pytest.raises(OSError, match="read back"):
        write_part(tmp_path, NUMBERS, 0, 0, [["a", "", "", ""], ["b", "", "", ""]])


def test_a_figure_that_is_none_stands_in_no_column_of_numbers(tmp_path):
    paths = write_part(tmp_path, NUMBERS, 0, 0, [["a", "NaN", "", ""]])
    assert list(read_part(paths, NUMBERS)) == [["a", "NaN", "", ""]]


def test_what_a_type_cannot_hold_is_kept_aside_and_marked(tmp_path):
    [path] = write_part(
        tmp_path, NUMBERS, 0, 0, [["a", "12345678901234567890123", "1", "2024-02-30"], ["b", "1", "", ""]]
    )
    frame = pd.read_parquet(path)
    assert json.loads(frame["exact"][0]) == {"n": "12345678901234567890123", "day": "2024-02-30"}
    assert frame["exact"].isna().tolist() == [False, True]
    assert frame["n"].isna().tolist() == [True, False]


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(writing, "_PART_ROWS", 5)


@pytest.fixture
def written(tmp_path, small_parts):
    reports = [report(f"{at:02}.txt", f"{at:012x}") for at in range(8)]
    write_tables(tmp_path, reports)
    return tmp_path


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_csv_holds_the_parts_in_order_whatever_their_size(written, tmp_path, monkeypatch):
    parts = sorted(path.name for path in (written / dataset.FOLDER / "consolidated" / "kind=count").iterdir())
    assert parts[:2] == ["part-00000.parquet", "part-00001.parquet"]
    monkeypatch.setattr(writing, "_PART_ROWS", 1000)
    write_tables(tmp_path / "whole", [report(f"{at:02}.txt", f"{at:012x}") for at in range(8)])
    for name in ("consolidated.csv", "problems.csv", "reports.csv", "indicators.csv", "references.csv"):
        assert (written / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_duckdb_pandas_and_polars_read_the_data_set_as_one(written):
    folder = written / dataset.FOLDER / CONSOLIDATED.name
    wanted = [(row["item_id"], row["kind"], row["text"]) for row in rows_in(written / "consolidated.csv")]
    assert len(wanted) == 32
    asked = f"SELECT item_id, kind, text FROM read_parquet('{folder}/*/*.parquet') ORDER BY row"
    assert duckdb.sql(asked).fetchall() == wanted
    frame = pd.read_parquet(folder).sort_values("row")
    assert list(frame[["item_id", "kind", "text"]].itertuples(index=False, name=None)) == wanted
    polars = pl.scan_parquet(f"{folder}/").sort("row").select("item_id", "kind", "text").collect()
    assert polars.rows() == wanted
    assert frame["start"].dtype.kind == "i" and frame["total"].dtype.kind == "f"


def test_a_run_without_items_has_a_data_set_that_can_be_read(tmp_path):
    write_tables(tmp_path, [ReportResult("x.txt", "e3b0c44298fc", "failed", "Tệp rỗng.")])
    for name in ("consolidated", "reports", "indicators", "problems", "references"):
        frame = pd.read_parquet(tmp_path / dataset.FOLDER / name)
        assert len(frame) == (1 if name == "reports" else 0)
