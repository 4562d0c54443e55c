"""Command line of `gaps` and `evaluate`: what they show, and the exit status that a script sees."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.batch import WHERE
from pipeline.cli import main
from pipeline.cli.messages import Words
from pipeline.cli.remedies import remedies
from pipeline.rulebook import load_pack

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
            "Thêm vào bộ quy tắc: vocabulary/units.csv",
            "-o TỆP.csv",
        ),
        (
            "en",
            "Units that the vocabulary lacks 1 places, 1 patterns",
            "Add to a rule pack: vocabulary/units.csv",
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


def test_gaps_name_what_of_the_pack_is_there_to_add_to(folder, capsys):
    assert main(["rules", "new", "thu", "--lang", "en"]) == 0

    def told(*arguments: str) -> list[str]:
        capsys.readouterr()
        assert main(["gaps", "in", *arguments, "--lang", "en"]) == 0
        return lines(capsys.readouterr().out)

    assert "Add a row to thu/vocabulary/units.csv" in told("--rules", "thu")
    Path("thu/vocabulary/units.csv").unlink()
    for name in ("quy_tac.yaml", "chi_tieu.yaml"):  # which need that table
        Path("thu", name).unlink()
    Path("thu/pack.yaml").write_text("id: thu\ntitle: Thử\nversion: '1'\nextends: [core]\n", encoding="utf-8")
    assert "No thu/vocabulary/units.csv yet: make it, first line unit,kind,written" in told("--rules", "thu")
    for rules in ((), ("--rules", "core")):  # no pack of one's own
        assert any("--rules" in line and "rules new" in line for line in told(*rules))


@pytest.mark.parametrize(
    ("kind", "files", "expected"),
    [
        ("numeral", ("a.yaml", "b.yaml"), ["Add a rule (finds: count | date | no_item) to {b.yaml}"]),
        ("verb", ("a.yaml",), ["Add a rule (finds: activity) to {a.yaml}"]),
        (
            "verb",
            (),
            ["No file of rules yet: make {quy_tac.yaml} with the key rules and in it a rule (finds: activity)"],
        ),
        ("heading", ("a.yaml", "b.yaml"), ["Add to the key section_roles in {a.yaml}"]),
        ("heading", ("b.yaml",), ["Add to the key section_roles in {b.yaml}"]),
        ("heading", (), ["No file of rules yet: make {quy_tac.yaml} with the key section_roles"]),
        (
            "symbol",
            ("vocabulary/agencies.csv",),
            [
                "Add a row to {vocabulary/agencies.csv}",
                "Or: No {vocabulary/document_types.csv} yet: make it, first line name,code,system,note",
            ],
        ),
        ("refused", ("b.yaml",), ["Add a rule (finds: activity) to {b.yaml}", "Or: Add to the key words in {b.yaml}"]),
    ],
)
def test_each_kind_of_gap_is_closed_in_a_file_that_is_there_or_told_to_make(tmp_path, kind, files, expected):
    rule = "{id: b, finds: no_item, title: B, phrases: [bờ tre], examples: [{text: bờ tre}], rejects: [xã]}"
    texts = {
        "a.yaml": "section_roles: {plan: [việc tới]}\n",
        "b.yaml": f"rules: [{rule}]\n",
        "vocabulary/agencies.csv": "code,name,level,note\nQWX,Trạm bơm,,\n",
    }
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "pack.yaml").write_text("id: b\ntitle: B\nversion: '1'\nextends: [core]\n", encoding="utf-8")
    for name in files:
        (tmp_path / name).write_text(texts[name], encoding="utf-8")
    told = list(remedies(WHERE[kind], [load_pack(str(tmp_path))], Words("en")))
    assert told == [re.sub(r"\{(.*?)\}", lambda found: str(tmp_path / found[1]), line) for line in expected]


def test_gaps_writes_the_same_table_whatever_the_number_of_workers_and_names_files_that_cannot_be_read(folder, capsys):
    (folder / "in" / "bad.docx").touch()
    for name, text in (("b", "Tỉnh có 3 thởng quẫy, 4 khoẳm choạt."), ("c", "Tỉnh có 5 khoẳm choạt.")):
        (folder / "in" / f"{name}.txt").write_text(REPORT + text + "\n", encoding="utf-8")
    alike = ["gaps", "in", "--lang", "vi", "--rules", "core", "--no-cache"]
    assert main([*alike, "-o", "new/gaps.csv", "--workers", "2"]) == 1
    shown = capsys.readouterr()
    assert "  bad.docx: Tệp rỗng" in shown.out
    assert "new/gaps.csv" in shown.out
    assert main([*alike, "-o", "one.csv"]) == 1
    table = Path("one.csv").read_text(encoding="utf-8-sig")
    assert "thởng quẫy" in table and "khoẳm choạt" in table
    assert Path("new/gaps.csv").read_text(encoding="utf-8-sig") == table


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
