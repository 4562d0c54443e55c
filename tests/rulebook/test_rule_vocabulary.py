"""Vocabularies: what the tables say, and the line of the row that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rulebook.faults import Faults
from pipeline.rulebook.source import RulesError
from pipeline.rulebook.vocabulary import ActivityType, DocumentType, Unit, Vocabulary, load_vocabulary

TABLES = {
    "document_types.csv": "name,code,system,note\nBáo cáo,BC,state,\nCông văn,,state,không có mã\n",
    "agencies.csv": "code,name,level,note\nUBND,Ủy ban nhân dân,province,\nSTTTT,Sở Thông tin,province,\n",
    "units.csv": 'unit,kind,written\nCuốn,media,\nHéc ta,area,ha\n"tin, bài",media,\nhoà giải viên,people,\n',
    "activity_types.csv": "code,name_vi,name_en,counts_when\nmeeting,Họp,meeting,khi họp\n",
}


def vocabulary_in(folder: Path, tables: dict[str, str] = TABLES, encoding: str = "utf-8") -> Vocabulary:
    for name, text in tables.items():
        (folder / name).write_text(text, encoding=encoding)
    return load_vocabulary(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_tables(tmp_path: Path, encoding: str) -> None:
    vocabulary = vocabulary_in(tmp_path, encoding=encoding)
    assert vocabulary.document_types == (DocumentType("Báo cáo", "BC", "state"), DocumentType("Công văn", "", "state"))
    assert vocabulary.agencies == {"ubnd": "Ủy ban nhân dân", "stttt": "Sở Thông tin"}
    assert vocabulary.units == {
        "cuốn": Unit("", "media"),
        "héc ta": Unit("ha", "area"),
        "tin, bài": Unit("", "media"),
        "hòa giải viên": Unit("", "people"),
    }
    assert vocabulary.activity_types == {"meeting": ActivityType("meeting", "Họp", "meeting")}


def test_missing_tables_are_empty(tmp_path: Path) -> None:
    assert load_vocabulary(tmp_path) == load_vocabulary(tmp_path / "vắng") == Vocabulary()


def test_blanks_around_a_cell_are_dropped(tmp_path: Path) -> None:
    vocabulary = vocabulary_in(tmp_path, {"units.csv": "unit,kind,written\ncuốn , media,\n\nkm,length, \n"})
    assert vocabulary.units == {"cuốn": Unit("", "media"), "km": Unit("", "length")}


@pytest.mark.parametrize(
    ("table", "text", "line"),
    [
        ("units.csv", "", 1),
        ("units.csv", "unit,kind\ncuốn,media\n", 1),
        ("units.csv", "unit;kind;written\ncuốn;media;\n", 1),
        ("units.csv", "kind,unit,written\nmedia,cuốn,\n", 1),
        ("units.csv", "unit,kind,written,note\ncuốn,media,,\n", 1),
        ("units.csv", "Unit,kind,written\ncuốn,media,\n", 1),
        ("units.csv", "unit,kind,written\ncuốn,media,\nkm,length\n", 3),
        ("units.csv", "unit,kind,written\ncuốn,media,\ntin, bài,media,\n", 3),
        ("units.csv", 'unit,kind,written\n"cuốn\nsách",media,\nkm\n', 4),
        ("agencies.csv", "code,name,level\n", 1),
        ("agencies.csv", TABLES["agencies.csv"] + "SNV,Sở Nội vụ\n", 4),
        ("document_types.csv", "name,code,note,system\n", 1),
        ("document_types.csv", TABLES["document_types.csv"] + "Kế hoạch\n", 4),
        ("activity_types.csv", "code,name\n", 1),
        ("activity_types.csv", TABLES["activity_types.csv"] + "x,y,z\n", 3),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(tmp_path: Path, table: str, text: str, line: int) -> None:
    with pytest.raises(RulesError) as error:
        vocabulary_in(tmp_path, {**TABLES, table: text})
    fault = error.value
    assert (fault.problem.code, fault.path, fault.line) == ("rules.bad_table", tmp_path / table, line)


@pytest.mark.parametrize(
    ("table", "text", "line", "near"),
    [
        ("units.csv", "unit,kind,written\ncuốn,media,\nkm,lenght,\n", 3, "length"),
        ("units.csv", "unit,kind,written\ncuốn,Media,\n", 2, "media"),
        ("units.csv", "unit,kind,written\ncuốn,,\n", 2, ""),
        ("document_types.csv", "name,code,system,note\nBáo cáo,BC,sate,\n", 2, "state"),
    ],
)
def test_a_value_out_of_a_fixed_set_is_refused(tmp_path: Path, table: str, text: str, line: int, near: str) -> None:
    with pytest.raises(RulesError) as error:
        vocabulary_in(tmp_path, {table: text})
    fault = error.value
    assert (fault.problem.code, fault.path, fault.line) == ("rules.unknown_cell", tmp_path / table, line)
    assert dict(fault.problem.detail)["near"] == (f" («{near}»?)" if near else "")
    assert "thing, people" in str(fault) or "state, law" in str(fault)


def test_all_rows_that_are_wrong_are_told_and_the_others_read(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("unit,kind,written\nrổ,thign,\nsọt\nthúng,thing,\n", encoding="utf-8")
    faults = Faults(collecting=True)
    assert set(load_vocabulary(tmp_path, faults).units) == {"rổ", "thúng"}
    assert [(f.problem.code, f.line) for f in faults.found] == [("rules.unknown_cell", 2), ("rules.bad_table", 3)]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_a_table_saved_in_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    text = "unit,kind,written\nđoàn,delegation,\n"
    with pytest.raises(RulesError) as error:
        vocabulary_in(tmp_path, {"units.csv": text.replace("à", "a")}, encoding)
    assert (error.value.problem.code, error.value.path) == ("rules.bad_table", tmp_path / "units.csv")
    assert "UTF-8" in str(error.value)


def test_what_is_added_wins() -> None:
    types = (DocumentType("A", "A", "state"), DocumentType("B", "B", "party"))
    base = Vocabulary(types[:1], {"a": "cũ", "b": "b"}, {"km": Unit("km", "length")}, {})
    more = Vocabulary(types[1:], {"a": "mới"}, {"km": Unit("ki lô mét", "length"), "ha": Unit("ha", "area")}, {})
    assert base.extended(more) == Vocabulary(
        types, {"a": "mới", "b": "b"}, {"km": Unit("ki lô mét", "length"), "ha": Unit("ha", "area")}, {}
    )
