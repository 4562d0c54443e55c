"""What a person and a program see of a run: lines, a terminal's display, events."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.batch.tally import Standing, Timed
from pipeline.batch.workers import Step
from pipeline.cli import main
from pipeline.cli.messages import Words
from pipeline.cli.progress import live_progress, plain_progress
from pipeline.cli.standing import Standings, told_number, told_time

VI, EN = Words("vi"), Words("en")
LONG = "Ủy ban nhân dân huyện Thanh Chương/2024/báo cáo kinh tế - xã hội quý III năm 2024 (bản quét lại).pdf"


@dataclass(frozen=True, slots=True)
class Result:
    file: str
    status: str = "ok"
    error: str = ""
    pages: int | None = None


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def standing(**told: object) -> Standing:
    plain: dict = {"stage": "reading", "done": 0, "total": 0, "kept": 0, "failed": 0, "partial": 0, "pages": 0}
    return Standing(**{**plain, "elapsed": 0.0, "rate": None, "left": None, "slowest": None, "reading": None, **told})


FULL = standing(
    done=52_300, total=100_000, kept=50_000, failed=1_234, partial=45, pages=412_345, elapsed=53_421.0,
    rate=1.87, left=2548.0, slowest=Timed(LONG, 299.6), reading=Timed(LONG[::-1], 121.0),
)  # fmt: skip


def drawn(shown: Standing, words: Words, width: int) -> list[str]:
    screen = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None, markup=False)
    screen.print(Standings(shown, words))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue().splitlines()


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_three_lines_hold_everything_that_matters(words, width):
    lines = drawn(FULL, words, width)
    assert len(lines) == 3
    assert all(len(line) <= width for line in lines)
    assert lines[1].startswith(words("progress.failed", count=told_number(1234, words)))
    if width >= 80:
        assert words("progress.left", time=told_time(2548, words)) in lines[0]
        assert words("progress.partial", count=45) in lines[1]
        assert told_time(299.6, words) in lines[2] and told_time(121, words) in lines[2]


def test_of_a_long_name_its_end_is_kept_and_a_short_one_leaves_its_room_to_the_other():
    both = drawn(standing(slowest=Timed(LONG, 5), reading=Timed(LONG, 5)), VI, 80)[2]
    alone = drawn(standing(slowest=Timed(LONG, 5), reading=Timed("a.txt", 5)), VI, 80)[2]
    assert both.count("lại).pdf") == 2 and both.count("…") == 2
    assert "a.txt 5 giây · Lâu nhất: " in alone and "bản quét lại).pdf" in alone


def test_nothing_is_promised_that_is_not_known():
    (line, *_) = drawn(standing(done=5_000, total=10_000, kept=5_000), VI, 80)
    assert "5.000/10.000 tệp" in line and line.rstrip().endswith("đang ước lượng…")
    assert drawn(standing(elapsed=1.2), VI, 80)[0].startswith("Đang chuẩn bị")
    (line, *_) = drawn(standing(done=312), EN, 80)
    assert line.rstrip().endswith("312 files")
    assert "Đang ghi bảng" in drawn(standing(stage="writing", done=5, total=5), VI, 80)[0]


@pytest.mark.parametrize(
    ("seconds", "vi", "en"),
    [
        (0.4, "0 giây", "0 s"),
        (59.4, "59 giây", "59 s"),
        (59.6, "1 phút", "1 min"),
        (150, "2 phút", "2 min"),
        (3599, "1 giờ 0 phút", "1 h 0 min"),
        (12_000, "3 giờ 20 phút", "3 h 20 min"),
        (200_000, "2 ngày 7 giờ", "2 d 7 h"),
    ],
)
def test_lengths_of_time_are_told_in_their_two_largest_units(seconds, vi, en):
    assert (told_time(seconds, VI), told_time(seconds, EN)) == (vi, en)


def test_numbers_are_written_as_each_language_does():
    assert (told_number(12345.67, VI, 1), told_number(12345.67, EN, 1)) == ("12.345,7", "12,345.7")


def plain(capsys, total: int, seconds: float, failing: frozenset[int] = frozenset()) -> list[str]:
    clock = Clock()
    take = plain_progress(VI, clock)
    for at in range(1, total + 1):
        take(Step(at - 1, total, f"{at}.txt"))
        clock.seconds += seconds
        status, error = ("failed", "Tệp rỗng.") if at in failing else ("ok", "")
        take(Step(at, total, f"{at}.txt", Result(f"{at}.txt", status, error), seconds))
    take(Step(total, total, "", stage="writing"))
    return capsys.readouterr().err.splitlines()


def test_of_a_small_folder_each_file_has_its_line(capsys):
    lines = plain(capsys, 100, 9.0, frozenset({2}))
    assert lines[:3] == ["1/100 1.txt", "2/100 2.txt: Tệp rỗng.", "3/100 3.txt"]
    assert len(lines) == 100


def test_of_a_large_folder_there_is_a_line_every_few_seconds_and_one_for_each_failure(capsys):
    lines = plain(capsys, 1_000, 0.02, frozenset({400, 900}))
    assert [line for line in lines if ".txt" in line] == ["400/1000 400.txt: Tệp rỗng.", "900/1000 900.txt: Tệp rỗng."]
    assert len(lines) == 2 + 4 + 1  # failures, twenty seconds, the writing of tables
    assert "1.000/1.000 tệp · 2 không đọc được" in lines[-2]
    assert lines[-1].startswith("Đang ghi bảng")


def test_the_display_is_kept_while_nothing_ends_and_goes_away():
    clock = Clock()
    screen = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None, markup=False)
    with live_progress(screen, VI, clock) as take:
        take(Step(0, 3, "[red]treo.pdf"))
        clock.seconds = 75
        take(Step(0, 3, "b.pdf"))
    assert isinstance(screen.file, io.StringIO)
    shown = screen.file.getvalue()
    assert "Lúc này: [red]treo.pdf 1 phút" in shown
    assert shown.rpartition("treo.pdf")[2].count("\x1b[2K") == 3


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "in"
    made.mkdir()
    (made / "tốt.txt").write_text("BÁO CÁO\nXã đã tổ chức 12 lớp học.\n", encoding="utf-8")
    (made / "rỗng.docx").touch()
    return made


def test_events_are_all_that_is_on_standard_output(folder, capsys):
    assert main(["run", "in", "-o", "out", "--json", "--lang", "vi"]) == 1
    shown = capsys.readouterr()
    events = [json.loads(line) for line in shown.out.splitlines()]
    assert (events[0]["event"], events[-1]["event"], shown.err) == ("run.started", "run.finished", "")
    assert {event["file"] for event in events if event["event"] == "file.done"} == {"tốt.txt", "rỗng.docx"}
    logged = (folder.parent / "out" / "run.log.jsonl").read_text(encoding="utf-8")
    assert logged == shown.out


def test_a_run_that_cannot_be_is_an_event_too(folder, capsys):
    assert main(["run", "nowhere", "-o", "out", "--json", "--lang", "vi"]) == 2
    shown = capsys.readouterr()
    (event,) = map(json.loads, shown.out.splitlines())
    assert (event["event"], event["code"]) == ("run.failed", "run.no_folder")
    assert event["message"] in shown.err


def test_a_quiet_run_tells_failures_alone(folder, capsys):
    assert main(["run", "in", "-o", "out", "--quiet", "--lang", "vi"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert "rỗng.docx: Tệp rỗng" in line


def test_a_summary_says_where_the_record_is(folder, capsys):
    (folder / "rỗng.docx").unlink()
    assert main(["run", "in", "-o", "out", "--lang", "vi"]) == 0
    assert "run.json" in capsys.readouterr().out
    assert (folder.parent / "out" / "run.json").is_file()


NOBODY_READS = """
import sys
from pipeline.cli.progress import json_lines
tell = json_lines()
for at in range(3):
    tell({"event": "file.begun", "file": str(at)})
print("goes on", file=sys.stderr)
"""


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told otherwise on Windows")
def test_a_run_goes_on_when_nobody_reads_its_events_any_more():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", NOBODY_READS],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "", "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )
    os.close(write)
    assert (done.stderr.split(), done.returncode) == ([b"goes", b"on"], 0)
