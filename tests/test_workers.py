"""Workers: a file that takes its process down costs its own row, and nothing outlives a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.batch import inside, warden
from pipeline.batch.folder import Source
from pipeline.batch.limits import Limits
from pipeline.batch.workers import Begun, Done, Reader, reading
from pipeline.cli.options import asked_limits
from pipeline.problems import CATALOGUE, BaocaoError
from tests.parsers.office_sketch import is_running
from tests.planted import Told, act, at_the_brink, lost, never, process, surroundings

linux = pytest.mark.skipif(sys.platform != "linux", reason="signals, and a bound to memory that holds")
CAP = 800_000_000
QUICK = Limits(seconds=1.5, memory=CAP)
PATIENT = Limits(seconds=120, memory=CAP)  # filling the memory takes long where others need the machine too
CAUSES = {
    "segfault": ("file.crashed", "SIGSEGV"),
    "abort": ("file.crashed", "SIGABRT"),
    "leave": ("file.crashed", "exit status 0"),
    "exit": ("file.crashed", "SystemExit"),
    "hang": ("file.timeout", "1.5"),
    "search": ("file.timeout", "1.5"),
}
CAUSES_OF_MEMORY = {
    "memory": ("file.memory", "0.8 GB"),
    "bad_alloc": ("file.memory", "0.8 GB"),
    "killed": ("file.memory", "0.8 GB"),
}


def sources(*names: str, folder: Path = Path("nowhere")) -> list[Source]:
    return [Source(name, folder / name) for name in names]


def read(names: list[Source], reader=act, workers: int = 2, limits: Limits = QUICK) -> list[Begun | Done[Told]]:
    return list(reading(names, Reader(reader, lost), workers, limits))


def told(events: list[Begun | Done[Told]]) -> dict[str, Told]:
    return {event.source.file: event.read for event in events if isinstance(event, Done)}


def programs(noted: Path, wait: float = 30.0) -> list[int]:
    """Return the processes that a planted program noted, once it has."""
    last = time.monotonic() + wait
    while time.monotonic() < last and not (noted.exists() and noted.read_text().endswith(" ")):
        time.sleep(0.05)
    return [int(number) for number in noted.read_text().split()]


def left(pids: list[int], wait: float = 20.0) -> list[int]:
    """Return those of `pids` that are still there after some time."""
    last = time.monotonic() + wait
    while any(map(is_running, pids)) and time.monotonic() < last:
        time.sleep(0.05)
    return [pid for pid in pids if is_running(pid)]


def workers_of_this() -> list[psutil.Process]:
    """Return the processes below this one but for what starts others; that lives as long as this one."""
    below = psutil.Process().children(recursive=True)
    return [one for one in below if not any("multiprocessing." in word for word in _words(one))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline() if process.status() != psutil.STATUS_ZOMBIE else ["multiprocessing."]
    except psutil.Error:
        return ["multiprocessing."]


@linux
@pytest.mark.parametrize(("causes", "limits"), [(CAUSES, QUICK), (CAUSES_OF_MEMORY, PATIENT)], ids=["ends", "memory"])
def test_poison_costs_its_own_rows_with_the_right_cause_and_is_tried_again_alone(
    causes: dict[str, tuple[str, str]], limits: Limits
) -> None:
    good = [f"{number}.txt" for number in range(31)]
    names = list(good)
    for at, order in enumerate(causes):
        names.insert(at * 6, f"{order}.{order}")
    events = read(sources(*names), limits=limits)
    results = told(events)
    assert {name: results[name].value for name in good} == {name: name for name in good}
    found = {order: (results[f"{order}.{order}"].value, results[f"{order}.{order}"].error) for order in causes}
    assert {order: code for order, (code, _) in found.items()} == {order: code for order, (code, _) in causes.items()}
    assert [order for order, (_, reason) in causes.items() if reason not in found[order][1]] == []
    assert len(events) == 2 * len(names) + len(causes)
    again = events[-2 * len(causes) :]
    assert [type(event) for event in again] == [Begun, Done] * len(causes)
    assert [one.source for one in again[::2]] == [one.source for one in again[1::2]]


@linux
def test_a_file_that_is_lost_once_is_read_at_its_second_try(tmp_path: Path) -> None:
    events = read(sources("a.once", "b", folder=tmp_path))
    assert {file: one.value for file, one in told(events).items()} == {"a.once": "a.once", "b": "b"}
    assert [event.source.file for event in events if isinstance(event, Begun)] == ["a.once", "b", "a.once"]


def test_a_worker_is_replaced_after_so_many_files() -> None:
    results = told(read(sources(*"abcdef"), process, 1, Limits(files=2)))
    numbers = [results[file].value for file in "abcdef"]
    assert numbers[::2] == numbers[1::2]
    assert len(set(numbers)) == 3


@linux
def test_an_error_near_the_bound_is_for_want_of_memory() -> None:
    results = told(read(sources("failed", "partial", "ok"), at_the_brink, 1, PATIENT))
    assert {file: one.value for file, one in results.items()} == {
        "failed": "file.memory",
        "partial": "read",
        "ok": "read",
    }


def test_a_worker_is_where_its_run_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv("PLANTED", name)
        monkeypatch.chdir(tmp_path / name)
        value = told(read(sources("x"), surroundings))["x"].value
        assert value.split()[:2] == [name, name]


@pytest.mark.usefixtures("forked")
def test_shipped_rules_that_have_changed_are_loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.rulebook import load_pack

    load_pack("core")
    assert told(read(sources("x"), surroundings))["x"].value.split()[2] != "0"
    monkeypatch.setattr(inside, "_loaded_with", ())
    assert told(read(sources("x"), surroundings))["x"].value.split()[2] == "0"


def test_files_are_taken_when_there_is_somebody_to_read_them() -> None:
    taken: list[str] = []

    def listed() -> Iterator[Source]:
        for source in sources(*(f"{number}.txt" for number in range(500))):
            taken.append(source.file)
            yield source

    events = reading(listed(), Reader(act, lost), 2, QUICK)
    for _ in range(10):
        next(events)
    events.close()
    assert len(taken) < 20


def test_a_worker_that_can_not_be_begun_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.crew.begin", never)
    with pytest.raises(BaocaoError) as raised:
        read(sources("a", "b"))
    assert raised.value.problem.code == "run.no_workers"


@linux
def test_a_program_ends_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", str(tmp_path / "noted"))
    results = told(read(sources("a.program", "b"), workers=1, limits=Limits(4)))
    assert (results["a.program"].value, results["b"].value) == ("file.timeout", "b")
    assert len(programs(tmp_path / "noted")) == 4
    assert left(programs(tmp_path / "noted")) == []
    assert workers_of_this() == []


@linux
def test_closing_ends_workers_and_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", str(tmp_path / "noted"))
    events = reading(sources("a.program", "b.hang", "c"), Reader(act, lost), 2)
    next(events)
    started = programs(tmp_path / "noted")
    events.close()
    assert left(started, 0) == []
    assert workers_of_this() == []


SCRIPT = """
from pathlib import Path
from pipeline.batch.folder import Source
from pipeline.batch.workers import Reader, reading
from tests.planted import act, lost

for event in reading([Source(name, Path(name)) for name in ("a", "b.program", "c.search")], Reader(act, lost), 2):
    print(type(event).__name__, event.source.file, flush=True)
"""


@linux
def test_a_run_that_is_killed_leaves_no_process_and_no_folder(tmp_path: Path) -> None:
    """The script has no guard of its main part: workers don't run it again."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    root = str(Path(__file__).parents[1])
    told_to = {"PLANTED": str(tmp_path / "noted"), "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": root}
    script = subprocess.Popen(
        [sys.executable, tmp_path / "script.py"], env=os.environ | told_to, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert script.stdout is not None
    assert script.stdout.readline() == "Begun a\n"
    assert "Done a\n" in iter(script.stdout.readline, "")  # it may be told after others have begun
    started = programs(tmp_path / "noted", 100)
    below = [one.pid for one in psutil.Process(script.pid).children(recursive=True)]
    assert len(below) > 4
    script.send_signal(signal.SIGKILL)
    script.communicate(timeout=30)
    assert left([*started, *below]) == []  # the one that removes the folder too
    assert list((tmp_path / "tmp").iterdir()) == []


def test_only_the_programs_of_a_worker_are_ended() -> None:
    wait = [sys.executable, "-c", "import time; time.sleep(60)"]
    mine, other = (
        subprocess.Popen(wait, env=os.environ | {warden.VARIABLE: marker}) for marker in ("test-7.1.1.", "test-7.11.1.")
    )
    try:
        time.sleep(0.2)
        warden.end_programs("test-7.1.")
        assert left([mine.pid]) == []
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


@pytest.mark.parametrize(
    ("timeout", "memory", "expected"),
    [
        (None, None, Limits()),
        (20.0, "4GB", Limits(20.0, 4_000_000_000)),
        (None, "0", Limits(memory=0)),
        (None, "10MB", "run.memory"),
        (None, "nhiều", "run.memory"),
    ],
)
def test_limits_that_are_asked_for(timeout: float | None, memory: str | None, expected: Limits | str) -> None:
    if isinstance(expected, Limits):
        assert asked_limits(timeout, memory) == expected
        return
    with pytest.raises(BaocaoError) as raised:
        asked_limits(timeout, memory)
    assert raised.value.problem.code == expected


def test_what_is_told_of_a_lost_file_says_what_to_do() -> None:
    from pipeline.model import Problem

    for code, detail, option in (
        ("file.timeout", ("seconds", "7"), "--timeout"),
        ("file.memory", ("limit", "3 GB"), "--memory"),
    ):
        for lang in ("vi", "en"):
            message = CATALOGUE[code].message(Problem(code, (detail,)), lang)
            assert detail[1] in message
            assert option in message
