"""A watched folder: when its tables are made anew, of which files, and what is told of it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch import Source, Step, Summary, find_reports, run
from pipeline.batch.events import SCHEMA
from pipeline.batch.look import Look, Mark, is_open_to_read, look_at, require
from pipeline.batch.watch import Changes, Failed, Pace, Renewal, Renewed, Waiting, Watch, watching
from pipeline.cli import main
from pipeline.cli.messages import Words
from pipeline.cli.tidings import Events, Lines
from pipeline.cli.watch import _while_there
from pipeline.problems import BaocaoError

# ---------------------------------------------------------------- what follows from what a look shows

A, B, C = Mark(10, 1), Mark(20, 2), Mark(30, 3)


class Told:
    """A watch that is told looks ten seconds apart, and makes its tables whenever it is to."""

    def __init__(self, shut=()):
        self.shut = set(shut)
        self.watch = Watch(lambda name, mark: name not in self.shut, Pace(every=10, burst=45))
        self.now = 0.0
        self.made = None

    def look(self, files, unlisted=(), device=1):
        self.now += 10
        plan = self.watch.take(Look(files, unlisted, device), self.now)
        if isinstance(plan, Renewal):
            self.made = dict(plan.files)
            self.watch.renewed(plan, 1)
            return plan.changes
        return plan.cause

    def looks(self, *many):
        return [self.look(files) for files in many]


def taken(files):
    """A watch whose tables are made of `files`."""
    told = Told()
    told.looks(files, files, files)
    assert told.made == files
    return told


@pytest.mark.parametrize(
    ("looks", "follows"),
    [
        ([{"a": A}, {"a": A}], ["settling", Changes(added=("a",))]),
        ([{"a": A}, {"a": B}, {"a": C}, {"a": C}], ["settling", "settling", "settling", Changes(added=("a",))]),
        ([{"a": A}, {"a": A, "b": B}, {"a": A, "b": B}], ["settling", "settling", Changes(added=("a", "b"))]),
        ([{}, {"a": A}, {}], ["empty", "settling", "empty"]),
    ],
)
def test_a_file_is_taken_up_when_it_is_the_same_in_two_looks_and_a_burst_when_it_is_over(looks, follows):
    assert Told().looks(*looks) == follows


@pytest.mark.parametrize(
    ("files", "changes"),
    [
        ({"a": A, "b": B, "c": C}, Changes(added=("c",))),
        ({"a": C, "b": B}, Changes(changed=("a",))),
        ({"a": A}, Changes(removed=("b",))),
        ({"a": A, "d/b": B}, Changes(renamed=(("b", "d/b"),))),
        ({"c": A, "d": A, "b": B}, Changes(added=("c", "d"), removed=("a",))),  # either may be the one before
        ({"a": B, "b": A}, Changes(changed=("a", "b"))),
        ({"b": B, "c": C}, Changes(added=("c",), removed=("a",))),
    ],
)
def test_what_changed_is_told(files, changes):
    told = taken({"a": A, "b": B})
    assert told.looks(files, files, files) == ["settling", changes, "changes"]
    assert told.made == files


def test_a_file_that_is_away_for_a_moment_while_word_saves_it_is_not_removed():
    told = taken({"a": A, "b": B})
    assert told.looks({"b": B}, {"a": C, "b": B}, {"a": C, "b": B}) == ["settling", "settling", Changes(changed=("a",))]


def test_two_hundred_files_copied_in_a_row_are_one_renewal():
    told = Told()
    told.watch.pace = Pace(every=10, burst=1e6)
    files, follows = {}, []
    for number in range(200):
        files = {**files, f"{number}.docx": Mark(number, number)}
        follows.append(told.look(files))
    assert set(follows) == {"settling"}
    assert len(told.look(files).added) == 200


def test_a_burst_without_end_is_taken_up_in_parts_and_what_still_grows_is_left_out():
    told = taken({"a": A, "b": B})
    growing = [{"a": A, "b": B, "new": C, "large": Mark(size, size)} for size in range(6)]
    assert told.looks(*growing) == ["settling"] * 5 + [Changes(added=("new",), waiting=("large",))]
    assert told.made == {"a": A, "b": B, "new": C}
    whole = growing[-1]
    assert told.looks(whole, whole) == [Changes(added=("large",)), "changes"]


def test_a_file_alone_that_grows_for_long_costs_no_renewal():
    told = taken({"a": A, "b": B})
    assert told.looks(*({"a": A, "b": Mark(size, size)} for size in range(20))) == ["settling"] * 20
    assert told.made == {"a": A, "b": B}


def test_a_renewal_that_takes_long_is_not_repeated_for_each_part_of_a_burst():
    told = Told()
    files = {"a": A}
    told.look(files)
    told.watch.renewed(told.watch.take(Look(files), 20), 100)  # so a burst may take 400 seconds
    told.now = 20.0
    bursts = [{**files, "new": C, "large": Mark(size, size)} for size in range(45)]
    follows = told.looks(*bursts)
    assert follows[:40] == ["settling"] * 40
    assert isinstance(follows[40], Changes)


def test_a_file_that_cannot_be_opened_is_waited_for_then_taken_up_to_be_told_and_again_when_it_can_be():
    told = Told(shut=["b"])
    files = {"a": A, "b": B}
    assert told.looks(*[files] * 6) == ["settling"] * 5 + [Changes(added=("a", "b"))]
    assert told.looks(*[files] * 3) == ["changes"] * 3
    told.shut.clear()
    assert told.looks(files, files) == [Changes(changed=("b",)), "changes"]


def test_a_file_that_cannot_be_opened_is_still_tried_after_another_renewal():
    told = Told(shut=["b"])
    told.looks(*[{"a": A, "b": B}] * 6)
    more = {"a": A, "b": B, "c": C}
    assert told.looks(more, more) == ["settling", Changes(added=("c",))]
    told.shut.clear()
    assert told.look(more) == Changes(changed=("b",))


@pytest.mark.parametrize(
    ("look", "follows"),
    [
        (Look({}, (), 1), Waiting("empty")),
        (Look({}, (), 2), Waiting("away", 2)),  # an empty folder is what remains of a share that is unplugged
        (Look({"a": A, "d": Mark(-1, 0)}, ("d",), 1), Waiting("away", 2, "d")),
    ],
)
def test_tables_are_kept_where_the_folder_may_not_be_all_there(look, follows):
    told = taken({"a": A, "d/b": B})
    for _ in range(9):
        told.now += 10
        assert told.watch.take(look, told.now) == follows
    whole = {"a": A, "d/b": B}
    assert told.looks(whole, whole) == ["changes"] * 2


def test_a_subfolder_that_never_could_be_listed_is_a_file_that_says_why():
    told = Told()
    look = {"a": A, "d": Mark(-1, 0)}
    told.look(look, ("d",))
    assert told.look(look, ("d",)) == Changes(added=("a", "d"))
    assert told.look(look, ("d",)) == "changes"


def test_after_the_folder_is_back_its_files_are_looked_at_twice_again():
    told = taken({"a": A})
    cut = {"a": A, "b": B}  # whose copying the lost network has cut off, and may go on
    told.look(cut)
    told.watch.away()
    assert told.looks(cut, {"a": A, "b": C}, {"a": A, "b": C}) == ["settling", "settling", Changes(added=("b",))]


_FOLDERS = st.dictionaries(st.sampled_from("abcd"), st.builds(Mark, st.integers(0, 2), st.integers(0, 2)))


@given(st.lists(_FOLDERS | st.none(), max_size=12), _FOLDERS.filter(bool), st.sets(st.sampled_from("abcd")))
def test_whatever_happens_the_tables_are_those_of_a_folder_that_is_still(before, at_last, shut):
    told = Told(shut)
    for files in before:
        if files is None:
            told.watch.away()
        else:
            told.look(files)
    told.looks(*[at_last] * 9)
    assert told.made == at_last
    told.shut.clear()
    told.looks(at_last, at_last)
    assert told.look(at_last) == "changes"


# ---------------------------------------------------------------- looking again and again


class Played:
    """A folder as it is at each look, a clock that only sleeping moves, and renewals that fail as often as told."""

    def __init__(self, *looks, failures=0, cost=0.0):
        self.looks, self.failures, self.cost = list(looks), failures, cost
        self.now, self.slept, self.told = 0.0, [], []

    def look(self):
        self.now += self.cost
        if not self.looks:
            raise KeyboardInterrupt
        files = self.looks.pop(0)
        if files is None:
            raise BaocaoError("run.no_folder", folder="in", reason="gone")
        return Look(files)

    def renew(self, renewal):
        if self.failures:
            self.failures -= 1
            raise BaocaoError("run.output", folder="out", reason="No space left on device")
        return Summary(Path("out"), {"ok": len(renewal.files), "failed": 0}, {}, {}, ())

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def play(self, once=False):
        watch = Watch(lambda name, mark: True, Pace(every=1, burst=60, retry=6))
        return watching(watch, self.look, self.renew, self.told.append, once, lambda: self.now, self.sleep)


def test_what_fails_is_told_and_tried_again_with_growing_patience():
    played = Played(*[{"a": A}] * 30, failures=4)
    with pytest.raises(KeyboardInterrupt):
        played.play()
    failed = [told for told in played.told if isinstance(told, Failed)]
    assert [told.again for told in failed] == [2, 4, 6, 6]
    assert [type(told) for told in played.told].count(Renewed) == 1
    assert played.told[-1] == Waiting("changes", 1)


def test_a_state_is_told_once_for_as_long_as_it_lasts():
    played = Played({}, {}, {}, None, None, {"a": A}, {"a": A}, {"a": A}, {"a": A})
    with pytest.raises(KeyboardInterrupt):
        played.play()
    causes = [told.cause if isinstance(told, Waiting) else type(told) for told in played.told]
    assert causes == ["empty", "away", "settling", Changes, Renewed, "changes"]
    assert played.told[1] == Waiting("away", reason="gone")


def test_looking_takes_no_more_than_a_tenth_of_the_time():
    played = Played({}, {}, cost=3)
    with pytest.raises(KeyboardInterrupt):
        played.play()
    assert played.slept == [30, 30]


def test_once_ends_with_the_first_renewal():
    assert Played({"a": A}, {"a": A}).play(once=True).files["ok"] == 1
    assert Played({}).play(once=True) is None
    for played in (Played(None), Played({"a": A}, {"a": A}, failures=1)):
        with pytest.raises(BaocaoError):
            played.play(once=True)


# ---------------------------------------------------------------- one look


def test_a_look_shows_what_a_run_takes_up(tmp_path):
    folder, out, other = tmp_path / "in", tmp_path / "in" / "out", tmp_path / "other"
    for place in (folder / "sâu" / "hơn", folder / ".ẩn", out, other):
        place.mkdir(parents=True)
    for name in ("a.docx", "~$a.docx", ".b.docx", "b.TXT", "c.docx.part", "c.pdf.crdownload", "Thumbs.db", "d.tmp"):
        (folder / name).write_text(name)
        (folder / "sâu" / "hơn" / name).write_text(name)
    for place in (folder / ".ẩn", out, other):
        (place / "x.md").write_text("x")
    links = {"liên kết": other, "vòng": folder, "lặp": folder / "sâu", "mất.docx": tmp_path / "không có.docx"}
    try:
        for name, target in links.items():
            (folder / name).symlink_to(target)
    except OSError:
        pytest.skip("links can't be made here")
    look = look_at(folder, out)
    assert sorted(look.files) == sorted(s.path.relative_to(folder).as_posix() for s in find_reports(folder, out))
    assert {"a.docx", "sâu/hơn/b.TXT", "liên kết/x.md", "mất.docx"} <= look.files.keys()
    assert look.files["a.docx"] == Mark(6, (folder / "a.docx").stat().st_mtime_ns)
    assert look_at(folder, folder).files.keys() == look.files.keys() | {"out/x.md"}


def test_a_subfolder_that_cannot_be_listed_is_shown(tmp_path, monkeypatch):
    (tmp_path / "d").mkdir()
    (tmp_path / "a.txt").write_text("a")
    scandir = os.scandir

    def refused(place):
        if Path(place).name == "d":
            raise PermissionError(13, "Permission denied")
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refused)
    look = look_at(tmp_path, tmp_path / "out")
    assert look.unlisted == ("d",)
    assert look.files.keys() == {"a.txt", "d"}


@pytest.mark.parametrize("name", ["none", "a.txt"])
def test_what_is_no_folder_is_an_error_with_its_reason(tmp_path, name):
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(BaocaoError) as raised:
        look_at(tmp_path / name, tmp_path)
    assert raised.value.problem.code == "run.no_folder"


def test_a_file_is_open_to_read_when_it_is_as_large_as_its_folder_tells(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("abc")
    assert is_open_to_read(path, Mark(3, 0))
    assert not is_open_to_read(path, Mark(2, 0))
    assert not is_open_to_read(tmp_path / "none", Mark(3, 0))
    assert is_open_to_read(tmp_path, Mark(0, 0))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        assert is_open_to_read(tmp_path / "pipe.txt", Mark(0, 0))  # and does not wait for a writer


def test_what_could_not_be_read_because_it_went_away_is_told_from_what_is_there(tmp_path):
    file, device = tmp_path / "a.txt", tmp_path.stat().st_dev
    file.touch()
    require(tmp_path, device, file)
    cases = (
        (tmp_path, device, tmp_path / "b.txt", "watch.moved"),
        (tmp_path, device + 1, file, "run.no_folder"),
        (tmp_path / "none", device, file, "run.no_folder"),
    )
    for *arguments, code in cases:
        with pytest.raises(BaocaoError) as raised:
            require(*arguments)
        assert raised.value.problem.code == code


# ---------------------------------------------------------------- what is told

NOON = datetime(2026, 3, 5, 12, 0, 7, tzinfo=UTC)
DISK_FULL = BaocaoError("run.output", folder="out", reason="No space left on device")
SUMMARY = Summary(Path("out"), {"ok": 2, "partial": 0, "failed": 1}, {}, {}, (("c.doc", "failed", "Tệp rỗng."),))
HAPPENED = [
    Waiting("changes", 3),
    Waiting("settling", 3),
    Waiting("empty"),
    Waiting("away", 3, "sở/y tế", "Host is down"),
    Waiting("retry", 3),
    Changes(("a", "b", "c", "d"), ("e",), ("f",), (("g", "h"),), ("i\ud800",)),
    Renewed(SUMMARY, 12.4),
    Failed(DISK_FULL, 10),
]


@pytest.mark.parametrize(
    ("happened", "line"),
    [
        (HAPPENED[0], "Các bảng đã khớp với 3 báo cáo trong thư mục; chờ thay đổi."),
        (HAPPENED[3], "Không vào được thư mục in/sở/y tế (Host is down). Các bảng giữ nguyên, chờ thư mục trở lại;"),
        (
            HAPPENED[5],
            "Cập nhật bảng: 4 tệp mới (a, b, c, …), 1 tệp sửa (e), 1 tệp bị xóa (f), 1 tệp đổi tên (g → h).",
        ),
        (HAPPENED[6], "Xong sau 12 giây. Đã xử lý 3 tệp: 2 đọc đủ, 1 không đọc được."),
        (HAPPENED[7], "Chưa cập nhật được bảng. Không ghi được kết quả vào out: No space left on device."),
    ],
)
def test_a_line_has_the_time_of_day_and_says_what_happened(happened, line):
    lines = []
    Lines("in", Words("vi"), lines.append, lambda: NOON)(happened)
    assert lines[0].startswith(f"05/03 12:00:07  {line}")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_everything_that_happens_has_its_words(lang):
    for happened in HAPPENED:
        lines = []
        Lines("in", Words(lang), lines.append, lambda: NOON)(happened)
        assert bool(lines) == (happened != Waiting("retry", 3))


def test_a_file_that_cannot_be_read_is_told_when_it_is_new():
    lines = []
    tell = Lines("in", Words("vi"), lines.append)
    for _ in range(3):
        tell(Renewed(SUMMARY, 1))
    assert [line for line in lines if "c.doc" in line] == ["    c.doc: Tệp rỗng."]


def test_events_are_as_the_schema_says():
    events = []
    for happened in HAPPENED:
        Events(events.append, "vi", lambda: NOON)(happened)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for event in events:
        jsonschema.validate(event, schema)
    assert [event["event"] for event in events] == ["watch.waiting"] * 4 + ["watch.changed", "watch.waiting"]
    assert events[4]["files"][0] == {"file": "i\ufffd", "change": "waiting", "before": None}
    assert (events[5]["cause"], events[5]["code"], events[5]["again"]) == ("retry", "run.output", 10)


# ---------------------------------------------------------------- the command

REPORT = "BÁO CÁO\nKết quả năm 2025\n\nThực hiện Công văn số {0}/UBND-VX ngày 03/02/2025, xã mở {0} lớp học.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text(REPORT.format(12), encoding="utf-8")
    return Path("in")


def rows(table="reports"):
    return [row["file"] for row in csv.DictReader(Path(f"out/{table}.csv").open(encoding="utf-8-sig"))]


def test_once_makes_the_tables_that_a_run_makes_and_keeps_out_of_their_way(folder, capsys):
    (folder / "rỗng.docx").touch()
    assert main(["watch", "in", "-o", "out", "--once", "--every", "0.1", "--lang", "vi"]) == 1
    shown = capsys.readouterr()
    assert "2 tệp mới (a.txt, rỗng.docx)" in shown.out
    assert "    rỗng.docx: Tệp rỗng (0 byte)." in shown.out
    assert shown.err == ""
    run(folder, "by_run", lang="vi")
    for name in ("reports.csv", "consolidated.csv", "problems.csv"):
        assert Path("out", name).read_bytes() == Path("by_run", name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none", "-o", "out"], "Không mở được thư mục none"),
        (["in/a.txt", "-o", "out"], "Không mở được thư mục in/a.txt"),
        (["bare", "-o", "out", "--once"], "không có báo cáo nào"),
        (["in", "-o", "out", "--rules", "x"], "không có bộ quy tắc «x»"),
        (["in", "-o", "in/a.txt", "--once", "--every", "0.1"], "Không ghi được kết quả"),
        (["in", "-o", "out", "--every", "0"], "--every không hợp lệ"),
    ],
)
def test_a_wrong_call_ends_at_once_and_says_why(folder, capsys, arguments, said):
    Path("bare").mkdir()
    assert main(["watch", *arguments, "--lang", "vi"]) == 2
    assert said in capsys.readouterr().err


def test_without_a_cache_of_the_user_the_watch_has_its_own_for_a_while(folder, monkeypatch):
    caches = []

    def ran(folder, out, rules, workers, progress, lang, cache, *more, **named):
        caches.append(cache)
        assert cache.folder.is_dir()
        return SUMMARY

    monkeypatch.setattr("pipeline.cache.user_cache", lambda environment: None)
    monkeypatch.setattr("pipeline.batch.run", ran)
    main(["watch", "in", "-o", "out", "--once", "--every", "0.1"])
    assert not caches[0].folder.exists()


def test_ctrl_c_in_a_renewal_says_that_it_was_cut(folder, monkeypatch, capsys):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.batch.run", interrupt)
    assert main(["watch", "in", "-o", "out", "--every", "0.1", "--lang", "vi"]) == 130
    assert "Đã dừng theo yêu cầu" in capsys.readouterr().err


def test_a_file_that_goes_away_in_a_renewal_leaves_the_tables_as_they_were(folder):
    run(folder, "out")
    before = Path("out/reports.csv").read_bytes()
    sources = [Source("a.txt", folder / "a.txt"), Source("b.txt", folder / "b.txt")]
    shown = []
    guarded = _while_there(shown.append, folder, folder.stat().st_dev, {s.file: s.path for s in sources})
    with pytest.raises(BaocaoError) as raised:
        run(folder, "out", progress=guarded, sources=sources)
    assert raised.value.problem.code == "watch.moved"
    assert all(isinstance(step, Step) and step.file != "b.txt" for step in shown if step.result)
    assert Path("out/reports.csv").read_bytes() == before


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_its_help_is_in_one_language(capsys, lang):
    assert main(["watch", "--help", "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert ("Tùy chọn" in shown, "Options" in shown, "--once" in shown) == (lang == "vi", lang == "en", True)


class Child:
    """A watch in a process of its own, and the events that it tells."""

    def __init__(self):
        command = [
            sys.executable,
            "-m",
            "pipeline.cli",
            "watch",
            "in",
            "-o",
            "out",
            "--every",
            "0.1",
            "--json",
            "--lang",
            "en",
        ]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        self.process = subprocess.Popen(command, env=environment, **pipes)
        self.events = []

    def until(self, kind, **told):
        """Read on to the next event of a `kind` in which these keys are so; the process ends if there is none."""
        for line in self.process.stdout:
            event = json.loads(line)
            self.events.append(event)
            if event["event"] == kind and told.items() <= event.items():
                return event
        raise AssertionError(f"no {kind} {told}: {self.process.communicate()[1]}")


@pytest.fixture
def child(folder):
    started = Child()
    ends = threading.Timer(120, started.process.kill)
    ends.start()
    yield started
    ends.cancel()
    started.process.kill()
    started.process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no interrupt to one process")
def test_a_watch_follows_its_folder_until_it_is_interrupted(folder, child, capsys):
    child.until("watch.waiting", cause="changes")
    assert rows() == ["a.txt"]
    assert main(["watch", "in", "-o", "out", "--lang", "en"]) == 2
    assert f"process {child.process.pid} on" in capsys.readouterr().err
    run(folder, "out")  # between two renewals
    with (folder / "b.txt").open("w", encoding="utf-8", buffering=1) as growing:
        for line in REPORT.format(34).splitlines(keepends=True):
            growing.write(line)
            time.sleep(0.02)
    (folder / "~$b.docx").touch()
    (folder / "a.txt").rename(folder / "c.txt")
    while rows() != ["b.txt", "c.txt"] or "34/UBND-VX" not in Path("out/consolidated.csv").read_text("utf-8-sig"):
        child.until("watch.waiting", cause="changes")
    folder.rename("elsewhere")
    child.until("watch.waiting", cause="away")
    assert rows() == ["b.txt", "c.txt"]
    Path("elsewhere").rename("in")
    child.until("watch.waiting", cause="changes", files=2)
    child.process.send_signal(signal.SIGINT)
    assert child.process.wait(60) == 0
    assert not [path for path in Path("out").iterdir() if path.name.startswith(".")]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for event in child.events:
        jsonschema.validate(event, schema)
