"""Command line: what a clerk sees, and the exit status that a script sees."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.cli.calling import commands
from pipeline.cli.language import language
from pipeline.cli.messages import _WORDS, Words
from tests.folders import content

REPORT = """BÁO CÁO
Kết quả công tác năm 2023

I. KẾT QUẢ THỰC HIỆN

Thực hiện Công văn số 4287/UBND-KGVX ngày 16/10/2023, Sở đã tổ chức 12 lớp học. Công tác tuyên truyền tốt.

Mã 7x8y9.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    made = tmp_path / "in"
    made.mkdir()
    (made / "tốt.txt").write_text(REPORT, encoding="utf-8")
    return made


def baocao(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    root = Path(__file__).parents[1]
    return subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONPATH": str(root), **environment}, check=False
    )


def test_a_run_where_all_is_read_exits_with_0(folder, capsys):
    assert main(["run", "in", "-o", "out", "--lang", "vi"]) == 0
    shown = capsys.readouterr()
    assert "1 tệp: 1 đọc đủ" in shown.out
    assert str(Path("out").resolve()) in shown.out
    assert shown.err == "1/1 tốt.txt\n"


def test_a_run_where_a_file_failed_exits_with_1_and_says_what_to_do(folder, capsys):
    (folder / "[red]rỗng.docx").touch()
    assert main(["run", "in", "-o", "out", "--lang", "vi"]) == 1
    shown = capsys.readouterr()
    assert "2 tệp: 1 đọc đủ, 1 không đọc được" in shown.out
    assert "  [red]rỗng.docx\n      Tệp rỗng (0 byte). Đề nghị nơi gửi gửi lại.\n" in shown.out
    assert "[file.empty]" in shown.out
    assert "/2 [red]rỗng.docx: Tệp rỗng" in shown.err


@pytest.mark.parametrize(
    ("tables", "lang", "told"),
    [
        (0, "vi", ""),
        (1, "vi", "1 bảng tự chứng: tổng khớp với các dòng."),
        (2, "vi", "2 bảng tự chứng: tổng khớp với các dòng."),
        (1, "en", "1 table proves itself: its totals are the sums of its rows."),
        (2, "en", "2 tables prove themselves: their totals are the sums of their rows."),
    ],
)
def test_the_summary_tells_the_tables_proved_by_their_totals(tmp_path, capsys, tables, lang, told):
    folder = tmp_path / "in"
    folder.mkdir()
    table = "| Xã | Số vụ |\n|---|---|\n| Tân An | 5 |\n| Tân Bình | 6 |\n| Tổng cộng | 11 |\n\nĐã xong.\n\n"
    (folder / "a.md").write_text("# BÁO CÁO\n\nKết quả như sau.\n\n" + table * tables, encoding="utf-8")
    assert main(["run", str(folder), "-o", str(tmp_path / "out"), "--lang", lang]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert told in out
    assert tables or not ("bảng tự chứng" in out or "prove" in out)


def test_the_summary_counts_every_kind(folder, capsys):
    main(["run", "in", "-o", "out", "--lang", "en"])
    counts = [line.split(None, 1) for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert ["1", "Document numbers"] in [[count, name.strip()] for count, name in counts]
    assert any("No rule explains the number “…”" in name and "[number.unexplained]" in name for _, name in counts)


def test_a_long_list_of_unread_files_is_cut_with_a_word(folder, capsys):
    for number in range(25):
        (folder / f"{number:02}.docx").touch()
    main(["run", "in", "-o", "out", "--lang", "vi"])
    shown = capsys.readouterr().out
    assert "19.docx" in shown
    assert "20.docx" not in shown
    assert "… và 5 tệp khác: xem reports.csv." in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "nowhere", "-o", "out"], "Không mở được thư mục nowhere"),
        (["run", "bare", "-o", "out"], "không có báo cáo nào"),
        (["run", "in", "-o", "in/tốt.txt"], "Không ghi được kết quả"),
        (["run", "in", "-o", "out", "--rules", "x"], "không có bộ quy tắc «x»"),
        (["run", "in"], "còn thiếu --out"),
        (["run", "-o", "out"], "còn thiếu THƯ_MỤC"),
        (["run", "in", "-o", "out", "--workers", "0"], "--workers không hợp lệ"),
        (["run", "in", "cáo 2023", "-o", "out"], "thừa «cáo 2023»"),
        (["run", "in", "--output", "out"], "không có tùy chọn --output"),
        (["chạy"], "không có lệnh «chạy»"),
    ],
)
def test_a_wrong_call_exits_with_2_and_says_why_in_vietnamese(folder, capsys, arguments, said):
    Path("bare").mkdir()
    assert main([*arguments, "--lang", "vi"]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""
    assert not Path("out").exists()


def test_a_language_that_baocao_does_not_speak_is_refused(folder, capsys):
    assert main(["run", "in", "-o", "out", "--lang", "fr"]) == 2
    assert "--lang" in capsys.readouterr().err


def test_alone_it_shows_its_help(folder, capsys):
    assert main([]) == 2
    assert "explain" in capsys.readouterr().out


def test_ctrl_c_exits_with_130_and_leaves_no_table(folder, capsys, monkeypatch):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.batch.runs.reading", interrupt)
    assert main(["run", "in", "-o", "out", "--no-cache", "--lang", "vi"]) == 130
    assert "Đã dừng" in capsys.readouterr().err
    assert content(Path("out")) == {}
    assert "interrupted" in (Path("out") / "run.log.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "command", [[], ["run"], ["text"], ["explain"], ["gaps"], ["evaluate"], ["cache"], ["cache", "prune"]]
)
def test_help_is_in_one_language(lang, command):
    shown = CliRunner().invoke(commands(Words(lang)), [*command, "--help"], prog_name="baocao")
    assert shown.exit_code == 0
    assert ("Cách dùng" in shown.output) == ("Tùy chọn" in shown.output) == (lang == "vi")
    assert ("Usage" in shown.output) == ("Options" in shown.output) == (lang == "en")
    assert ("[required]" in shown.output) == (lang == "en" and command == ["run"])


def test_every_word_is_there_in_both_languages():
    assert all(vi.strip() and en.strip() for vi, en in _WORDS.values())


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("baocao 0.")


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN"}, "vi"),
        ([], {"LANG": "", "LC_ALL": ""}, "en"),
        (["run", "--lang", "en"], {"LANG": "vi_VN.UTF-8"}, "en"),
        (["run", "--lang=vi"], {}, "vi"),
        (["run", "--lang", "fr"], {"LANG": "vi_VN"}, "vi"),
        (["run", "--lang"], {"LANG": "vi_VN"}, "vi"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_machine(arguments, environment, expected):
    assert language(arguments, environment) == expected


def test_text_prints_exactly_the_text(folder):
    from pipeline.parsers import parse

    (folder / "crlf.txt").write_bytes("Số: 5\r\n\r\nhai dòng".encode())
    for name in ("tốt.txt", "crlf.txt"):
        done = baocao("text", str(folder / name), PYTHONIOENCODING="cp1252")
        assert done.stdout == parse(folder / name).text.encode()
        assert (done.stderr, done.returncode) == (b"", 0)
    assert done.stdout[-1:] == b"g"


def test_text_of_a_file_that_cannot_be_read_exits_with_1(folder, capsysbinary):
    (folder / "empty.docx").touch()
    assert main(["text", str(folder / "empty.docx"), "--lang", "vi"]) == 1
    shown = capsysbinary.readouterr()
    assert shown.out == b""
    assert "Đề nghị nơi gửi".encode() in shown.err


def explained(capsys, *arguments: str) -> str:
    assert main(["explain", "in/tốt.txt", "--lang", "vi", *arguments]) == 0
    return capsys.readouterr().out


def test_explain_tells_items_losers_refusals_and_what_is_not_explained(folder, capsys):
    lines = [" ".join(line.split()) for line in explained(capsys, "--lost").splitlines()]
    assert any(line.startswith("số văn bản 4287/UBND-KGVX → 4287/UBND-KGVX · Công văn") for line in lines)
    assert any(line.startswith("số liệu 12 lớp") and "core/" in line and " · " in line for line in lines)
    assert any(line.startswith("nhường chỗ") and "thuộc về «" in line for line in lines)
    assert any(line.startswith("không lấy tuyên truyền → ") for line in lines)
    assert any(line.startswith("bỏ qua I. → Nhãn mục") for line in lines)
    assert any(line.startswith("XEM LẠI") and "number.unexplained" in line for line in lines)
    assert any(line.startswith("I. KẾT QUẢ THỰC HIỆN") for line in lines)


def test_explain_counts_what_gave_way_unless_it_is_asked_for(folder, capsys):
    whole, shown = explained(capsys, "--lost"), explained(capsys)
    lost = [line for line in whole.splitlines() if line.lstrip().startswith("nhường chỗ")]
    assert lost
    assert "nhường chỗ" not in shown
    assert f"Không kể {len(lost)} chỗ đã nhường cho quy tắc khác; xem bằng --lost." in shown
    assert "--lost" not in whole


def test_explain_can_be_asked_for_one_sentence_in_any_spelling(folder, capsys):
    shown = explained(capsys, "--at", "TỔ  CHỨC 12 lớp")
    assert "4287/UBND-KGVX" in shown
    assert "Mã 7x8y9" not in shown
    assert "I. KẾT QUẢ" in explained(capsys, "--at", "i. kết quả")


def test_explain_of_a_text_that_no_sentence_holds_exits_with_1(folder, capsys):
    assert main(["explain", "in/tốt.txt", "--at", "không đâu", "--lang", "vi"]) == 1
    shown = capsys.readouterr()
    assert "không có câu nào chứa «không đâu»" in shown.err
    assert shown.out == ""


def test_a_file_is_named_as_it_is(folder, capsys):
    (folder / "[red]:smile: 1.txt").write_text(REPORT, encoding="utf-8")
    assert main(["explain", "in/[red]:smile: 1.txt", "--lang", "vi"]) == 0
    assert capsys.readouterr().out.startswith("in/[red]:smile: 1.txt · ")


def test_nothing_is_coloured_where_nobody_sees_it(folder, capsys):
    assert "\x1b" not in explained(capsys)
    main(["run", "in", "-o", "out"])
    assert "\x1b" not in "".join(capsys.readouterr())


def test_a_console_of_windows_gets_vietnamese(folder):
    (folder / "empty.docx").touch()
    done = baocao("run", str(folder), "-o", "out", "--lang", "vi", PYTHONIOENCODING="cp1252")
    assert done.returncode == 1
    assert "không đọc được" in done.stdout.decode()
    assert "Tệp rỗng" in done.stderr.decode()


HEAVY = ("pandas", "numpy", "spacy", "lxml", "docx", "pdfplumber", "pypdfium2", "dateparser", "yaml", "rich")


@pytest.mark.parametrize("command", ["", "run ", "text ", "explain ", "gaps ", "evaluate "])
def test_help_imports_nothing_heavy(command):
    code = (
        "import sys\n"
        "from pipeline.cli import main\n"
        f"assert main({f'{command}--help'.split()!r}) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
