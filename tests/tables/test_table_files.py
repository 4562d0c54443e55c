"""Files: the bytes that a run leaves behind, also where writing fails, and the way back into pandas."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from frictionless import validate
from report_sketch import count, report

from pipeline.model import ReportFields
from pipeline.tables import FoundProblem, ReportResult, read_tables, write_tables, writing
from tests.folders import content

TABLES = ["consolidated", "reports", "indicators", "indicators_wide", "problems", "references"]
NAMES = sorted(["datapackage.json", *(f"{name}.csv" for name in TABLES)])


def failed(file: str) -> ReportResult:
    problem = FoundProblem("file.empty", "error", "Tệp rỗng.")
    return ReportResult(file, "e3b0c44298fc", "failed", "Tệp rỗng.", "docx", problems=(problem,))


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_leaves_its_tables_and_nothing_else(tmp_path):
    write_tables(tmp_path / "new" / "out", [report(), failed("x.docx")])
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == sorted([*NAMES, "dataset"])
    assert [(row["file"], row["status"], row["error"]) for row in rows(tmp_path / "new" / "out", "reports")] == [
        ("a/b.docx", "ok", ""),
        ("x.docx", "failed", "Tệp rỗng."),
    ]


def test_tables_are_utf8_with_a_mark_and_lines_end_in_one_newline(tmp_path):
    subject = 'V/v "hai"\r\nlớp, và'
    write_tables(tmp_path, [report(fields=ReportFields(subject=subject))])
    for name in NAMES:
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") == name.endswith(".csv")
        assert b"\r" not in data
        assert data.endswith(b"\n")
    assert b'"V/v ""hai"" l\xe1\xbb\x9bp, v\xc3\xa0"' in (tmp_path / "reports.csv").read_bytes()


def test_rows_are_sorted_by_file_and_place_whatever_order_they_come_in(tmp_path):
    late, early = count("Sở mở 3 lớp.", "3 lớp", at=90), count("Sở mở 3 lớp.", "3 lớp")
    reports = [report("b.txt"), report("a.txt", items=(late, early), indicators=()), failed("c.txt")]
    write_tables(tmp_path / "1", reports)
    write_tables(tmp_path / "2", reports[::-1])
    assert content(tmp_path / "1") == content(tmp_path / "2")
    found = [(row["file"], int(row["start"])) for row in rows(tmp_path / "1", "consolidated")]
    assert found == sorted(found)
    assert len(found) == 6


def test_no_cell_of_any_table_can_be_a_formula(tmp_path):
    bad = "=cmd|' /C calc'!A0"
    item = count("=1 -5 lớp", "=1 -5 lớp", value="-5", unit="@lớp", object="+x", per="-y")
    problem = FoundProblem("number.unexplained", "warning", bad, bad, 0, 1)
    fields = ReportFields(**dict.fromkeys(["number", "subject", "issuer", "place", "signer"], bad), basis=(bad,))
    write_tables(tmp_path, [report("-1.txt", items=(item,), indicators=(), problems=(problem,), fields=fields)])
    for table in TABLES:
        for row in rows(tmp_path, table):
            for cell in row.values():
                assert cell[:1] not in ("=", "+", "-", "@") or float(cell) is not None
    [row] = rows(tmp_path, "consolidated")
    assert (row["value"], row["unit"], row["file"]) == ("-5", "'@lớp", "'-1.txt")


def failures(folder: Path) -> list[tuple[str, str]]:
    checked = validate(str(folder / "datapackage.json"))
    return [(place, kind) for place, kind in checked.flatten(["fieldName", "type"])]


@pytest.mark.parametrize("reports", [[], [failed("x")], [report(), report("copy.docx"), failed("x")]], ids=len)
def test_the_data_package_is_valid(tmp_path, reports):
    write_tables(tmp_path, reports)
    assert failures(tmp_path) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "kind"),
    [
        ("consolidated", ",count,", ",number,", "constraint-error"),
        ("consolidated", "2023-10-16,2023-10-16,,", "2023-13-16,2023-10-16,,", "type-error"),
        ("consolidated", "core/so_luong,", "core/so_luong,maybe", "constraint-error"),
        ("indicators", "a/b.docx", "b.docx", "foreign-key"),
        ("reports", "0123456789ab", "", "constraint-error"),
        ("problems", ",22,23,", ",22a,23,", "type-error"),
        ("references", ",1,1,a/b.docx", ",1,0,a/b.docx", "constraint-error"),
    ],
)
def test_the_data_package_catches_a_planted_fault(tmp_path, table, old, new, kind):
    write_tables(tmp_path, [report()])
    path = tmp_path / f"{table}.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8-sig", newline="")
    assert kind in [found for _, found in failures(tmp_path)]


def test_the_data_package_describes_every_column(tmp_path):
    write_tables(tmp_path, [report()])
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        header = (tmp_path / resource["path"]).read_text(encoding="utf-8-sig").split("\n")[0]
        assert [field["name"] for field in fields] == header.split(",")
        assert all(field["description"] for field in fields)


@pytest.mark.parametrize("nth", range(1, 7))
@pytest.mark.parametrize("error", [PermissionError("open in Excel"), KeyboardInterrupt()], ids=["excel", "ctrl-c"])
def test_a_table_that_cannot_be_replaced_leaves_all_old_ones_as_they_were(tmp_path, monkeypatch, nth, error):
    write_tables(tmp_path, [report("old.txt")])
    before = content(tmp_path)
    calls, rename = [], Path.replace

    def replace(self, target):
        calls.append(target)
        if len(calls) == nth:
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(type(error)):
        write_tables(tmp_path, [report("new.txt")])
    assert content(tmp_path) == before


def test_a_table_that_cannot_be_written_leaves_an_empty_folder_empty(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.CsvWriter, "add", full)
    with pytest.raises(OSError, match="No space"):
        write_tables(tmp_path, [report()])
    assert content(tmp_path) == {}


def test_new_files_are_taken_away_again_where_none_stood_before(tmp_path, monkeypatch):
    rename = Path.replace

    def replace(self, target):
        if target.name == "problems.csv":
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        write_tables(tmp_path, [report()])
    assert content(tmp_path) == {}


def test_tables_come_back_into_pandas_with_their_types(tmp_path):
    item = count("=1,5 tỷ lớp NA", "=1,5 tỷ lớp NA", value="1.5E9", unit="NA")
    write_tables(tmp_path, [report(items=(item,), indicators=()), failed("x")])
    tables = read_tables(tmp_path)
    assert sorted([*tables, "indicators_wide"]) == sorted(TABLES)  # the wide one is the indicators again
    [row] = tables["consolidated"].to_dict("records")
    assert (row["text"], row["unit"], row["value"], row["review"]) == (
        "=1,5 tỷ lớp NA",
        "NA",
        "1500000000",
        "",
    )
    assert tables["consolidated"]["total"].isna().all()
    kinds = {name: str(dtype) for name, dtype in tables["consolidated"].dtypes.items()}
    assert (kinds["start"], kinds["page"], kinds["total"], kinds["text"]) == (
        "Int64",
        "Int64",
        "Float64",
        "string",
    )
    assert tables["reports"]["items"].tolist() == [1, 0]
    assert tables["reports"]["pages"].isna().tolist() == [False, True]
    assert tables["indicators"].empty
    assert str(tables["indicators"]["value"].dtype) == "Float64"


def test_values_keep_every_digit(tmp_path):
    item = count("17.454.123.456.789,25 đồng", "17.454.123.456.789,25 đồng", value="17454123456789.25", total="1")
    write_tables(tmp_path, [report(items=(item,), indicators=())])
    assert Decimal(rows(tmp_path, "consolidated")[0]["value"]) == Decimal("17454123456789.25")
