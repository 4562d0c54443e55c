"""Command line of `rules diff` and `rules stats`: what they show, and the exit status that a script sees."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.cli.calling import commands
from pipeline.cli.messages import Words
from tests.evaluation.market import INDICATOR, LOTS, MARKETS, UNITS, run_with

ROOT = Path(__file__).parents[1]
HEAVY = ("pandas", "numpy", "spacy", "lxml", "docx", "pdfplumber", "pypdfium2", "dateparser", "yaml", "rich")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return where `out1` and `out2` are, before and after a change of rules."""
    folder = tmp_path_factory.mktemp("made")
    run_with(folder, "out1")
    run_with(folder, "out2", units=UNITS + "gánh,thing,\n", markets=MARKETS, lots=LOTS, indicator=INDICATOR)
    return folder


@pytest.fixture
def ran(made, tmp_path, monkeypatch):
    """Go where a copy of the reports and results is."""
    for name in ("in_out1", "in_out2", "out1", "out2"):
        shutil.copytree(made / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pack(made):
    return str(made / "pack_out2")


def lines(shown):
    return [" ".join(line.split()) for line in shown.splitlines()]


def test_diff_shows_the_summary_then_each_rule_with_places_and_moves(ran, capsys):
    assert main(["rules", "diff", "out1", "out2", "--lang", "vi"]) == 1
    shown = capsys.readouterr()
    told = lines(shown.out)
    assert told[0] == "So 2 báo cáo: 9 thay đổi"
    for line in ("Số liệu – – 2 2", "Chỉ tiêu 2 – – –", "Vấn đề – 3 – –", "core/so_luong – – 2 –"):
        assert line in told
    under = told[told.index("cho_phien/phien") :]
    assert under[1].startswith("~ quy1.txt") and "14 phiên chợ" in under[1]
    assert under[2] == "rule core/so_luong → cho_phien/phien"
    assert "text 25 gánh măng → 25 gánh · unit gánh măng → gánh · object ∅ → măng" in told
    assert "value 11 · unit phiên chợ · qualifier exact · status done" in told
    assert any(line.startswith("− quy1.txt") and "lô 7x8y9" in line for line in told)
    assert shown.err == "" and "\x1b" not in shown.out


def test_diff_of_the_same_rules_exits_with_0(ran, capsys):
    assert main(["rules", "diff", "out2", "out2", "--lang", "vi"]) == 0
    assert capsys.readouterr().out == "Không có gì khác trong 2 báo cáo.\n"


@pytest.mark.parametrize(("limit", "shown", "more"), [("1", 1, True), ("0", 2, False), ("2", 2, False)])
def test_diff_shows_as_many_changes_of_a_rule_as_asked_for(ran, capsys, limit, shown, more):
    assert main(["rules", "diff", "out1", "out2", "--lang", "en", "--limit", limit]) == 1
    told = lines(capsys.readouterr().out)
    group = told[told.index("cho_phien/phien") :]
    group = group[: group.index("")]
    assert sum(line.startswith("~") for line in group) == shown
    assert ("… and 1 more: --limit 0 or --csv" in group) == more


def test_diff_writes_all_changes_and_names_reports_of_one_run(ran, pack, capsys):
    (ran / "in_out2" / "quy3.txt").write_text("BÁO CÁO\nKết quả chợ\n\nChợ đã họp 5 buổi.\n", encoding="utf-8")
    main(["run", "in_out2", "-o", "out3", "--rules", pack])
    capsys.readouterr()
    assert main(["rules", "diff", "out2", "out3", "--lang", "en", "--csv", "new/changes.csv"]) == 1
    told = lines(capsys.readouterr().out)
    assert told[:2] == ["2 reports compared: 0 changes", "Reports in the second run only (1): quy3.txt"]
    assert told[-1] == "All changes: new/changes.csv."
    assert len(Path("new/changes.csv").read_text(encoding="utf-8-sig").splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff", "out1", "in_out1"], "Chạy baocao run trước, rồi chỉ đúng thư mục kết quả"),
        (["diff", "out1"], "còn thiếu KẾT_QUẢ_SAU"),
        (["diff", "out1", "out2", "--limit", "-1"], "--limit không hợp lệ"),
        (["stats", "nowhere"], "Không mở được thư mục nowhere"),
        (["stats", "in_out1", "--reports", "in_out1"], "Chạy baocao run trước"),
        (["stats", "out1", "--rules", "x"], "không có bộ quy tắc «x»"),
        (["xem"], "không có lệnh «xem»"),
    ],
)
def test_a_wrong_call_exits_with_2_and_says_what_to_do(ran, capsys, arguments, said):
    assert main(["rules", *arguments, "--lang", "vi"]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_stats_of_results(ran, pack, capsys):
    assert main(["rules", "stats", "out2", "--rules", pack, "--lang", "vi", "--csv", "usage.csv"]) == 0
    shown = capsys.readouterr()
    told = lines(shown.out)
    assert told[0].startswith("6 trên ") and told[0].endswith("trong 2 báo cáo · bộ quy tắc: cho_phien")
    assert "cho_phien/phien số liệu 2 2 – Số phiên chợ" in told
    assert any(line.startswith("Quy tắc thừa kế chưa khớp lần nào: core ") for line in told)
    assert any("no_item" in line and "--reports" in line for line in told)
    assert "Mọi quy tắc ở usage.csv." in told
    assert "cho_phien/ma_lo" in Path("usage.csv").read_text(encoding="utf-8-sig")
    assert shown.err == "" and "thời gian" not in shown.out


@pytest.mark.usefixtures("forked")
def test_stats_of_reports_measures_and_writes_no_table(ran, pack, capsys, monkeypatch):
    before = sorted(ran.rglob("*"))
    assert main(["rules", "stats", "in_out2", "--rules", pack, "--lang", "en"]) == 0
    shown = capsys.readouterr()
    told = lines(shown.out)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.parsers._read", None)  # the second time nothing is parsed
        assert main(["rules", "stats", "in_out2", "--rules", pack, "--lang", "en"]) == 0
        assert main(["rules", "stats", "in_out2", "--rules", pack, "--no-cache", "--lang", "en"]) == 1
    assert any(line.startswith("cho_phien/ma_lo no item 1 1 – ") and "%" in line for line in told)
    assert any(line.startswith("(all phrases, one pass) ") and line.endswith("%") for line in told)
    assert any(line.startswith("Slowest patterns: ") for line in told)
    assert shown.err.splitlines() == ["1/2 quy1.txt", "2/2 quy2.txt"]
    assert sorted(ran.rglob("*")) == before


def test_stats_names_rules_of_the_pack_itself_that_never_fired_and_files_not_read(ran, pack, capsys):
    (ran / "in_out2" / "quy1.txt").write_text("", encoding="utf-8")
    assert main(["rules", "stats", "in_out2", "--rules", pack, "--lang", "en"]) == 1
    told = lines(capsys.readouterr().out)
    assert "Never fired: 1 rules" in told
    assert "no item: cho_phien/ma_lo" in told
    assert any(line.startswith("quy1.txt: ") for line in told)


def test_stats_shows_what_reviewers_said(ran, capsys):
    table = ran / "out2" / "consolidated.csv"
    text = table.read_text(encoding="utf-8-sig")
    filled = text.replace("cho_phien/phien,,", "cho_phien/phien,accepted,", 1)
    filled = filled.replace("cho_phien/phien,,", "cho_phien/phien,rejected,", 1)
    assert filled != text
    table.write_text(filled, encoding="utf-8-sig")
    assert main(["rules", "stats", "out2", "--lang", "en"]) == 0
    told = lines(capsys.readouterr().out)
    assert any(line.startswith("cho_phien/phien count 2 2 50/0/50 ") for line in told)
    assert any(line.startswith("core/so_luong count 7 2 – ") for line in told)
    assert any("was not found" in line and "--rules" in line for line in told)


@pytest.mark.parametrize(
    ("width", "heads"),
    [
        (58, ["rule", "kind", "hits", "problems", "time"]),
        (70, ["rule", "kind", "hits", "reports", "problems", "time"]),
        (80, ["rule", "kind", "hits", "reports", "problems", "time", "×median"]),
        (120, ["rule", "kind", "hits", "reports", "problems", "time", "×median", "title"]),
    ],
)
def test_stats_leave_out_what_matters_less_where_a_terminal_is_narrow(ran, pack, capsys, monkeypatch, width, heads):
    monkeypatch.setattr("pipeline.cli.console._WIDE", width)
    assert main(["rules", "stats", "in_out2", "--rules", pack, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    told = lines(shown)
    assert heads in [line.split() for line in told]
    assert any(line.startswith("cho_phien/ma_lo no item 1 ") for line in told)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("command", [[], ["diff"], ["stats"]])
def test_help_is_in_one_language(lang, command):
    shown = CliRunner().invoke(commands(Words(lang)), ["rules", *command, "--help"], prog_name="baocao")
    assert shown.exit_code == 0
    assert ("Cách dùng: baocao rules" in shown.output) == ("Tùy chọn" in shown.output) == (lang == "vi")
    assert ("Usage: baocao rules" in shown.output) == ("Options" in shown.output) == (lang == "en")


def test_alone_the_group_shows_its_commands(capsys):
    assert main(["rules"]) == 2
    shown = capsys.readouterr().out
    assert "diff" in shown and "stats" in shown
    assert main(["rules", "--help", "--lang", "vi"]) == 0
    assert "So hai lần chạy" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["", "diff ", "stats "])
def test_help_imports_nothing_heavy(command):
    code = (
        "import sys\n"
        "from pipeline.cli import main\n"
        f"assert main({f'rules {command}--help'.split()!r}) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
