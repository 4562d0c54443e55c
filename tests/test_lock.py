"""One run at a time in an output folder: who is refused, who goes on, and what is left."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.batch import lock, run
from pipeline.batch.lock import NAME, locked
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.tables import holding
from tests.folders import SMALL_PACK

ROOT = Path(__file__).parents[1]
HOLD = """
import subprocess, sys, time
from pathlib import Path
from pipeline.batch.lock import locked
with locked(Path(sys.argv[1])):
    if len(sys.argv) > 2:
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=sys.stdin, stdout=subprocess.DEVNULL)
    print("held", flush=True)
    time.sleep(60)
"""
TAKE_TURNS = """
import os, sys
from pathlib import Path
from pipeline.batch import lock, run
from pipeline.problems import BaocaoError
lock._await_holder = lambda path: None
out, had, deadline = Path(sys.argv[1]), 0, 200_000
while had < 12 and deadline:
    deadline -= 1
    try:
        with lock.locked(out):
            os.close(os.open(out / "inside", os.O_CREAT | os.O_EXCL))
            os.unlink(out / "inside")
            had += 1
    except BaocaoError as error:
        assert error.problem.code == "run.busy", error
print(had)
"""


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(lock, "BEAT", 0.05)
    monkeypatch.setattr(lock, "WATCH", 0.5)


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def holder(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Give a process that holds the folder named first."""
    with started(HOLD, *arguments) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def busy(out: Path) -> dict[str, str]:
    """Return what the refusal tells of who holds `out`."""
    with pytest.raises(BaocaoError) as raised, locked(out):
        pass
    assert raised.value.problem.code == "run.busy"
    return dict(raised.value.problem.detail)


def left_by(out: Path, machine: str, ago: float = 0.0) -> None:
    """Leave the file as a run on a machine does that ended without a word, `ago` seconds before now."""
    out.mkdir(exist_ok=True)
    told = {"process": "77", "host": "máy-kho", "since": "2026-03-02 08:15:00", "machine": machine}
    (out / NAME).write_text(json.dumps(told) + " " * 500, encoding="utf-8")
    os.utime(out / NAME, (time.time() - ago,) * 2)


def without_locks(handle: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_the_second_run_is_refused_and_told_of_the_first(tmp_path):
    with locked(tmp_path / "new" / "out"):
        told = busy(tmp_path / "new" / "out")
    assert (told["process"], told["host"]) == (str(os.getpid()), socket.gethostname())
    assert time.time() - time.mktime(time.strptime(told["since"], "%Y-%m-%d %H:%M:%S")) < 60


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_refusal_names_process_machine_and_time(lang):
    detail = {"folder": "out", "process": "4711", "host": "máy-kho", "since": "2026-03-02 08:15:00"}
    words = CATALOGUE["run.busy"].message(BaocaoError("run.busy", **detail).problem, lang)
    assert all(word in words for word in detail.values())


def test_a_run_into_a_folder_that_another_writes_to_is_refused(tmp_path):
    for name, text in (("in/a.txt", "Thôn đã mở 7 buổi."), ("thon/pack.yaml", SMALL_PACK)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    with locked(tmp_path / "out"), pytest.raises(BaocaoError) as raised:
        run(tmp_path / "in", tmp_path / "out", str(tmp_path / "thon"))
    assert raised.value.problem.code == "run.busy"
    assert list((tmp_path / "out").iterdir()) == []


def test_nothing_is_left_where_the_work_ends_well_or_not(tmp_path):
    with locked(tmp_path):
        assert (tmp_path / NAME).is_file()
    with pytest.raises(KeyboardInterrupt), locked(tmp_path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    assert not [thread for thread in threading.enumerate() if thread.name == "baocao-lock"]


def test_another_process_is_refused_until_the_first_is_killed(tmp_path):
    with holder(tmp_path) as process:
        assert busy(tmp_path)["process"] == str(process.pid)
        process.kill()
        process.wait()
        left = (tmp_path / NAME).read_text(encoding="utf-8")
        with locked(tmp_path):
            assert (tmp_path / NAME).read_text(encoding="utf-8") != left
    assert not (tmp_path / NAME).exists()


def test_a_program_that_outlives_the_run_does_not_hold_the_folder(tmp_path):
    with holder(tmp_path, "with a program") as process:
        process.kill()
        process.wait()
        with locked(tmp_path):
            pass


def test_many_at_once_are_never_inside_together(tmp_path):
    processes = [started(TAKE_TURNS, tmp_path) for _ in range(3)]
    told = [process.communicate(timeout=100) for process in processes]
    assert told == [("12\n", "")] * 3


def test_who_was_killed_on_this_machine_does_not_hold_anybody_up(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "_touched", None)  # nobody is waited for
    left_by(tmp_path, lock._machine())
    with locked(tmp_path):
        assert json.loads((tmp_path / NAME).read_text(encoding="utf-8"))["process"] == str(os.getpid())


def test_a_run_on_another_machine_that_lives_is_not_disturbed(tmp_path):
    left_by(tmp_path, "another")
    over = threading.Event()

    def beat() -> None:
        while not over.wait(0.02):
            os.utime(tmp_path / NAME)

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        for _ in range(2):
            assert busy(tmp_path)["host"] == "máy-kho"
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("ago", [0.0, 7200.0])
def test_a_run_on_another_machine_that_is_no_more_is_followed(tmp_path, monkeypatch, ago):
    if ago:
        monkeypatch.setattr(lock, "_touched", None)
    left_by(tmp_path, "another", ago)
    with locked(tmp_path):
        assert busy(tmp_path)["process"] == str(os.getpid())


def test_without_locks_the_heartbeat_tells_who_lives(tmp_path, monkeypatch):
    monkeypatch.setattr(holding, "_system_lock", lambda: without_locks)
    left_by(tmp_path, lock._machine())
    with locked(tmp_path):
        for _ in range(2):
            assert busy(tmp_path)["process"] == str(os.getpid())


def test_a_file_that_says_nothing_does_not_lock_a_folder(tmp_path):
    for text in (b"", b"{", b"[1]", b"\xff" * 20, b'{"process": 1}'):
        (tmp_path / NAME).write_bytes(text)
        with locked(tmp_path):
            assert busy(tmp_path)["process"] == str(os.getpid())


def test_what_a_killed_run_left_is_cleared_away(tmp_path):
    left = tmp_path / ".baocao-abcd1234"
    left.mkdir()
    (left / "reports.csv").write_text("nửa chừng", encoding="utf-8")
    with locked(tmp_path):
        assert not left.exists()


def test_a_folder_where_nothing_can_be_written_is_told_at_once(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BaocaoError) as raised, locked(out):
            pass
        assert dict(raised.value.problem.detail) == {"folder": str(out), "reason": "a_file"}

    def read_only(*arguments: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(holding.os, "open", read_only)
    with pytest.raises(BaocaoError) as raised, locked(tmp_path):
        pass
    assert dict(raised.value.problem.detail)["reason"] == "read_only"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_told_at_once(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(BaocaoError) as raised, locked(tmp_path):
            pass
    finally:
        tmp_path.chmod(0o700)
    assert dict(raised.value.problem.detail)["reason"] == "denied"


def test_an_error_of_the_work_itself_is_not_one_of_the_folder(tmp_path):
    with pytest.raises(FileNotFoundError), locked(tmp_path):
        raise FileNotFoundError
