"""Command line of `gaps` and `evaluate`: what they show, and the exit status that a script sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import main

REPORT = """BÁO CÁO
Kết quả công tác năm 2023

I. KẾT QUẢ THỰC HIỆN

Sở đã tổ chức 12 lớp tập huấn. Tỉnh có 15 thởng quẫy.
"""
ITEMS = [
    {"kind": "date", "text": "năm 2023", "value": "2023"},
    {"kind": "count", "text": "12 lớp", "value": 12, "unit": ["lớp", "lớp tập huấn"]},
    {"kind": "count", "text": "15 thởng quẫy", "value": 16, "unit": ["thởng quẫy"]},
    {"kind": "activity", "value": "training", "anchor": "tổ chức 12 lớp tập huấn", "status": "done"},
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT, encoding="utf-8")
    gold = {"id": "a", "report": {"subject": "Kết quả công tác năm 2023"}}
    gold |= {"segments": [{"from": "", "to": "", "items": ITEMS}]}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    return tmp_path


@pytest.fixture
def ran(folder, capsys):
    assert main(["run", "in", "-o", "out", "--lang", "en"]) == 0
    capsys.readouterr()
    return folder


def lines(shown):
    return [" ".join(line.split()) for line in shown.splitlines()]


@pytest.mark.parametrize(
    ("lang", "told", "where", "hint"),
    [
        (
            "vi",
            "Đơn vị ngoài từ vựng 1 chỗ, 1 mẫu",
            "Thêm vào bộ quy tắc (chưa có thì tạo): vocabulary/units.csv",
            "-o TỆP.csv",
        ),
        (
            "en",
            "Units that the vocabulary lacks 1 places, 1 patterns",
            "Add to the rule pack (make it where there is none): vocabulary/units.csv",
            "-o FILE.csv",
        ),
    ],
)
def test_gaps_shows_each_kind_with_its_pattern_and_where_to_add_it(folder, capsys, lang, told, where, hint):
    assert main(["gaps", "in", "--lang", lang]) == 0
    shown = capsys.readouterr()
    assert told in lines(shown.out) and where in lines(shown.out)
    assert "1 1 thởng quẫy Tỉnh có 15 thởng quẫy. a.txt" in lines(shown.out)
    assert hint in shown.out
    assert shown.err == "1/1 a.txt\n"
    assert "\x1b" not in shown.out


def test_gaps_writes_a_table_and_names_files_that_cannot_be_read(folder, capsys):
    (folder / "in" / "bad.docx").touch()
    assert main(["gaps", "in", "-o", "new/gaps.csv", "--lang", "vi", "--workers", "2"]) == 1
    shown = capsys.readouterr()
    assert "  bad.docx: Tệp rỗng" in shown.out
    assert "new/gaps.csv" in shown.out
    assert "thởng quẫy" in Path("new/gaps.csv").read_text(encoding="utf-8-sig")


def test_gaps_of_a_folder_that_is_not_there_exits_with_2(folder, capsys):
    assert main(["gaps", "nowhere", "--lang", "vi"]) == 2
    assert "Không mở được thư mục nowhere" in capsys.readouterr().err


def test_evaluate_shows_figures_and_faults(ran, capsys):
    assert main(["evaluate", "out", "gold", "--lang", "vi"]) == 0
    shown = lines(capsys.readouterr().out)
    assert "1 báo cáo có đáp án" in shown
    assert "Số liệu 0.500 0.500 0.500 0.500 2 1 1" in shown
    assert "Hoạt động 1.000 1.000 1.000 1.000 1 0 0" in shown
    assert any(line.startswith("Cột của báo cáo: subject 1/1") for line in shown)
    assert any(line.startswith("đọc sai a.txt") and "16 · thởng quẫy 15 · thởng quẫy" in line for line in shown)
    assert not any(line.startswith("thừa") for line in shown), "it is told where it was missed"


def test_evaluate_tells_all_as_json_and_csv(ran, capsys):
    assert main(["evaluate", "out", "gold/a.json", "--json", "--csv", "faults.csv"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reports"] == 1
    assert told["kinds"]["count"] == {
        **dict.fromkeys(("precision", "recall", "f1", "loose_precision", "loose_recall", "loose_f1"), 0.5),
        "gold": 2,
        "missed": 1,
        "wrong": 1,
    }
    assert told["report_fields"] == {"subject": {"right": 1, "asked": 1}}
    assert told["formats"]["txt"]["kinds"] == told["rule_packs"]["core"]["kinds"] == told["kinds"]
    assert [fault["state"] for fault in told["faults"]] == ["missed", "wrong"]
    assert len(Path("faults.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize(
    ("least", "status", "said"),
    [
        (["count=0.5", "date=1", "report_fields=1", "all=0.7"], 0, ""),
        (["count=0.51"], 1, "count is 0.5000, under 0.51."),
        (["date=1,count.loose=0.9"], 1, "count.loose is 0.5000"),
        (["issued_date=0.1"], 1, "nothing to measure"),
        (["counts=0.9"], 2, "no figure “counts”"),
        (["count"], 2, "“count”"),
        (["count=95"], 2, "“count=95”"),
    ],
)
def test_evaluate_refuses_a_fall(ran, capsys, least, status, said):
    options = [part for one in least for part in ("--least", one)]
    assert main(["evaluate", "out", "gold", "--lang", "en", *options]) == status
    err = capsys.readouterr().err
    assert said in err and bool(said) == bool(err)


def test_evaluate_says_which_gold_is_wrong_and_where(ran, capsys):
    Path("gold/b.json").write_text('{"id": "b", "segments": [{"from": "", "to": ""}]}', encoding="utf-8")
    assert main(["evaluate", "out", "gold", "--lang", "vi"]) == 2
    shown = capsys.readouterr()
    assert "b.json: thiếu segments[0].items" in shown.err
    assert shown.out == ""
    assert main(["evaluate", "nowhere", "gold/a.json", "--lang", "en"]) == 2
    assert "Run baocao run first" in capsys.readouterr().err
