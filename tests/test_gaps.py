"""Gaps over a folder: grouped, the widest first, and a bad file costs no other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.batch import GAPS, WHERE, gather_gaps, write_gaps
from pipeline.batch.gaps import EXAMPLES
from pipeline.evaluation import FAULTS
from pipeline.extract import extract
from pipeline.parsers import parse
from pipeline.problems import BaocaoError

REPORT = "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ THỰC HIỆN\n\n"
MANY, FEW = "Tỉnh có 12 thởng quẫy.", "Tỉnh có 15 khoẳm choạt."


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    for name, lines in (("a", [MANY] * 4), ("b", [MANY, FEW]), ("c", [FEW, FEW, MANY])):
        (made / f"{name}.txt").write_text(REPORT + "\n\n".join(lines) + "\n", encoding="utf-8")
    return made


def units(gaps):
    return [(group.pattern, group.count, group.reports) for group in gaps.groups if group.kind == "unit"]


def test_gaps_are_grouped_the_widest_first(folder):
    gaps = gather_gaps(folder)
    assert units(gaps) == [("thởng quẫy", 6, 3), ("khoẳm choạt", 3, 2)]
    assert (gaps.files, gaps.unread) == (3, ())


def test_examples_are_of_different_reports_first_and_stand_in_their_sentence(folder):
    many, few = (group for group in gather_gaps(folder).groups if group.kind == "unit")
    assert [example.file for example in many.examples] == ["a.txt", "b.txt", "c.txt"]
    assert [example.file for example in few.examples] == ["b.txt", "c.txt", "c.txt"]
    assert len(many.examples) == EXAMPLES
    example = many.examples[0]
    assert example.sentence == MANY
    assert example.sentence[example.at : example.at + example.end - example.start] == "12 thởng quẫy"


def test_a_long_sentence_is_cut_around_the_gap(folder):
    (folder / "a.txt").write_text(REPORT + "Sở " + "rất " * 300 + "có 12 thởng quẫy, " + "là " * 300, encoding="utf-8")
    example = next(group for group in gather_gaps(folder).groups if group.kind == "unit").examples[0]
    assert len(example.sentence) <= 420
    assert "12 thởng quẫy" in example.sentence[example.at :]


def test_a_bad_file_costs_no_other_and_is_named(folder, monkeypatch, forked):
    (folder / "bad.docx").touch()
    (folder / "mật.txt").write_text("Mật: 5 vụ.", encoding="utf-8")

    def break_on_secret(document, *packs):
        if "Mật" in document.text:
            raise KeyError(document.text)
        return extract(document, *packs)

    monkeypatch.setattr("pipeline.batch.gaps.extract", break_on_secret)
    gaps = gather_gaps(folder, lang="en")
    assert [file for file, _ in gaps.unread] == ["bad.docx", "mật.txt"]
    assert "empty" in gaps.unread[0][1]
    assert "KeyError" in gaps.unread[1][1] and "Mật:" not in gaps.unread[1][1]
    assert units(gaps) == [("thởng quẫy", 6, 3), ("khoẳm choạt", 3, 2)]


def test_a_folder_without_reports_and_rules_that_are_not_there_are_told(tmp_path, folder):
    for arguments, code in ((("none",), "run.no_folder"), ((folder, "x"), "rules.not_found")):
        with pytest.raises(BaocaoError) as raised:
            gather_gaps(*arguments)
        assert raised.value.problem.code == code


def test_gaps_are_written_as_a_table_that_excel_opens_and_does_not_run(folder, tmp_path):
    (folder / "=1.txt").write_text(REPORT + FEW + "\n", encoding="utf-8")
    path = tmp_path / "out" / "gaps.csv"
    write_gaps(path, gather_gaps(folder))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert list(rows[0]) == GAPS.names
    row = next(row for row in rows if row["pattern"] == "khoẳm choạt")
    assert (row["kind"], row["count"], row["reports"], row["where"]) == ("unit", "4", "3", "vocabulary/units.csv")
    assert (row["file_1"], row["file_2"], row["sentence_2"]) == ("'=1.txt", "b.txt", FEW)
    text = parse(folder / "=1.txt").text
    assert text[int(row["start_1"]) : int(row["end_1"])] == "15 khoẳm choạt"


@pytest.mark.parametrize("table", [GAPS, FAULTS], ids=lambda table: table.name)
def test_every_column_of_a_list_is_documented(table):
    told = (Path(__file__).parents[1] / "docs" / "measuring.md").read_text(encoding="utf-8")
    numbered = [name for name in table.names if name[-2:] in ("_2", "_3")]
    assert [name for name in table.names if name not in numbered and f"`{name}`" not in told] == []
    assert all(f"`{name}`" in told for name in (WHERE if table is GAPS else ()))
