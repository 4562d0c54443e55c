"""Tables exchanged in an output folder: all or none, whatever cuts in, and nothing of other people's touched."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline.evaluation import is_output
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.tables import publishing, read_tables, write_tables
from pipeline.tables.lasting import writing_to
from pipeline.tables.publishing import SEAL, publish, settle, staging, whole
from tests.tables.cut_off import MODES, NEW, OLD, OTHERS, check_settled, exchange, fill, in_child, sealed, seen
from tests.tables.report_sketch import report

ROOT = Path(__file__).parents[2]
SHARED_MEMORY = Path("/dev/shm")
forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="the fault strikes in a forked process")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder with the tables of a run and other people's files."""
    fill(tmp_path / "out", {**sealed(OLD), **OTHERS})
    return tmp_path / "out"


def code(raised: pytest.ExceptionInfo[BaocaoError]) -> str:
    return raised.value.problem.code


def cut_off(folder: Path) -> None:
    """Leave `folder` as a process does that is killed as it puts the first of the new tables in."""
    move = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.parent == folder:
            os.kill(os.getpid(), signal.SIGKILL)
        return move(self, target)

    def work() -> None:
        Path.replace = replace  # type: ignore[method-assign]
        exchange(folder)

    assert in_child(work) == -signal.SIGKILL
    assert seen(folder) == {}


@forking
@pytest.mark.parametrize("mode", MODES)
def test_a_fault_at_any_step_leaves_the_tables_of_one_run(tmp_path, mode):
    command = [sys.executable, "-m", "tests.tables.cut_off", mode, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40


def test_what_the_run_before_wrote_and_this_one_does_not_is_gone(folder):
    exchange(folder)
    check_settled(folder, NEW)


def test_a_seal_that_tells_of_no_tables_takes_nothing_away(folder):
    for text in ("", "[]", '{"tables": [{"file": "../a"}, {"file": 7}, {"file": "/b"}, {"file": ".git/x"}]}'):
        fill(folder, {**OLD, SEAL: text, ".git/x": "của người khác"})
        exchange(folder)
        assert seen(folder) == {"former.csv": "cũ", "former.parquet/part-0.parquet": "cũ", **sealed(NEW)}
        assert (folder / ".git" / "x").is_file()


def test_a_folder_with_files_of_others_is_not_replaced(folder):
    (folder / "set.parquet" / "ghi chú.docx").write_text("của người khác", encoding="utf-8")
    (folder / "set.parquet" / ".DS_Store").touch()
    before = seen(folder)
    with pytest.raises(BaocaoError) as raised:
        exchange(folder)
    assert code(raised) == "run.others"
    assert dict(raised.value.problem.detail)["file"] == "ghi chú.docx"
    assert seen(folder) == before
    assert not list(folder.glob(".baocao-*"))


def test_all_is_on_the_disk_before_the_first_name_moves_and_the_seal_comes_last(folder, monkeypatch):
    done = []
    move = Path.replace

    def replace(self: Path, target: Path) -> Path:
        done.append(("move", self.name, "in" if target.parent == folder else "out"))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(publishing, "sync", lambda path: done.append(("sync", path.name)))
    monkeypatch.setattr(publishing, "sync_folder", lambda path: done.append(("folder", path == folder)))
    exchange(folder)
    names = ["a.csv", "b.csv", "c.csv", "set.parquet", SEAL]
    assert done[: len(names)] == [("sync", name) for name in names]
    marked = done.index(("move", ".ready.part", "out"))
    assert done[len(names) : marked + 2] == [
        ("folder", False), ("folder", True), ("move", ".ready.part", "out"), ("folder", False),
    ]  # fmt: skip
    moves = done[marked + 2 :]
    out = [one for one in moves if one[-1] == "out"]
    assert out[0] == ("move", SEAL, "out")
    assert sorted(name for _, name, _ in out) == ["a.csv", "b.csv", "former.csv", "former.parquet", SEAL, "set.parquet"]
    assert moves == [*out, ("folder", True), *(("move", name, "in") for name in names), ("folder", True)]


@forking
def test_the_next_run_settles_what_was_cut_off_and_then_puts_its_own_in(folder):
    cut_off(folder)
    later = {"a.csv": "mới nữa"}
    with staging(folder) as staged:
        fill(staged, sealed(later))
        publish(staged, folder)
    check_settled(folder, later)


@forking
def test_where_the_mark_is_damaged_the_old_tables_come_back(folder):
    cut_off(folder)
    [mark] = folder.glob(".baocao-*/.ready")
    mark.write_bytes(b"\x00" * 10)
    settle(folder)
    check_settled(folder, OLD)


def test_what_a_dead_process_left_is_removed_and_what_a_living_one_does_is_not(folder):
    left = folder / ".baocao-abcd1234"
    fill(left, {"a.csv": "nửa chừng", ".owner": ""})
    mine = folder / ".baocao-của tôi"
    mine.mkdir()
    with staging(folder) as staged:
        fill(staged, {"a.csv": "đang viết"})
        settle(folder)
        assert (staged / "a.csv").read_text(encoding="utf-8") == "đang viết"
        assert not left.exists()
        assert mine.is_dir()
    assert not staged.exists()


@forking
def test_who_reads_settles_first(tmp_path):
    write_tables(tmp_path, [report("old.txt")])
    names = {path.name for path in tmp_path.iterdir()}
    move = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == tmp_path / "indicators.csv":
            os.kill(os.getpid(), signal.SIGKILL)
        return move(self, target)

    def work() -> None:
        Path.replace = replace  # type: ignore[method-assign]
        write_tables(tmp_path, [report("new.txt")])

    assert in_child(work) == -signal.SIGKILL
    assert not (tmp_path / "reports.csv").exists()
    assert is_output(tmp_path)
    assert read_tables(tmp_path)["reports"]["file"].tolist() == ["new.txt"]
    assert {path.name for path in tmp_path.iterdir()} == names


def test_who_reads_is_refused_while_tables_are_exchanged(folder, monkeypatch):
    monkeypatch.setattr(publishing, "_PATIENCE", 0.1)
    with staging(folder) as staged:
        (staged / ".ready").write_text("{}", encoding="utf-8")
        for read in (read_tables, is_output, lambda out: whole(out).__enter__()):
            with pytest.raises(BaocaoError) as raised:
                read(folder)
            assert code(raised) == "run.half"
        (staged / ".ready").unlink()


def test_tables_exchanged_while_they_are_read_are_no_tables(tmp_path):
    write_tables(tmp_path, [report("old.txt")])
    with pytest.raises(BaocaoError) as raised, whole(tmp_path):
        (tmp_path / "reports.csv").read_bytes()
        write_tables(tmp_path, [report("new.txt")])
    assert code(raised) == "run.renewed"
    with pytest.raises(BaocaoError) as raised, whole(tmp_path):
        write_tables(tmp_path, [report("old.txt")])
        raise FileNotFoundError
    assert code(raised) == "run.renewed"
    with pytest.raises(FileNotFoundError), whole(tmp_path):
        raise FileNotFoundError


def test_a_folder_that_is_missing_is_the_fault_of_who_reads_it(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_tables(tmp_path / "none")
    assert not is_output(tmp_path / "none")


@pytest.mark.skipif(not SHARED_MEMORY.is_dir(), reason="there is no second file system")
def test_the_output_folder_may_be_on_another_disk_than_temporary_files(tmp_path, monkeypatch):
    if SHARED_MEMORY.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("temporary files are on that disk too")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY) as made:
        fill(Path(made), {**sealed(OLD), **OTHERS})
        exchange(Path(made))
        check_settled(Path(made), NEW)


FULL = """
import sys
from pathlib import Path
from pipeline.problems import BaocaoError
from pipeline.tables.lasting import synced, writing_to
from pipeline.tables.publishing import publish, staging
from tests.tables.cut_off import OLD, check_settled, exchange, fill, sealed, OTHERS, NEW
out = Path(sys.argv[1])
fill(out, {**sealed(OLD), **OTHERS})
try:
    with writing_to(out), staging(out) as staged, synced(staged / "a.csv", "utf-8") as file:
        for _ in range(100):
            file.write("x" * 10_000)
except BaocaoError as error:
    print(dict(error.problem.detail)["reason"])
check_settled(out, OLD)
exchange(out)
check_settled(out, NEW)
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="no small disk can be made here")
def test_on_a_full_disk_the_old_tables_stay_and_there_is_room_again(tmp_path):
    mounted = 'mount -t tmpfs -o size=300k tmpfs "$1" || exit 77; shift; exec "$@"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mounted, "sh", str(tmp_path)]
    done = subprocess.run(
        [*command, sys.executable, "-c", FULL, str(tmp_path)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", timeout=60,
        check=False,
    )  # fmt: skip
    if "unshare" in done.stderr or done.returncode == 77:
        pytest.skip("no small disk can be made here")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "full\n"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ổ đĩa đã đầy"),
        (OSError(errno.EROFS, "Read-only file system"), "ổ đĩa chỉ cho đọc"),
        (PermissionError(errno.EACCES, "Permission denied"), "không có quyền ghi"),
        (FileExistsError(errno.EEXIST, "File exists"), "là một tệp"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_why_nothing_can_be_written_is_said_in_words(tmp_path, error, words):
    with pytest.raises(BaocaoError) as raised, writing_to(tmp_path):
        raise error
    assert words in CATALOGUE["run.output"].message(raised.value.problem)


def test_a_scratch_store_without_room_is_a_full_disk(tmp_path):
    with pytest.raises(BaocaoError) as raised, writing_to(tmp_path):
        connection = sqlite3.connect(":memory:")
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert dict(raised.value.problem.detail)["reason"] == "full"


def test_the_seal_of_very_many_inputs_is_read_no_further_than_its_tables(folder):
    head = json.dumps({"tables": [{"file": "former.csv"}]}, indent=2).removesuffix("\n}")
    (folder / SEAL).write_text(head + ',\n  "inputs": [\n    {"file": "a"},\n    not read', encoding="utf-8")
    exchange(folder)
    assert "former.csv" not in seen(folder)
