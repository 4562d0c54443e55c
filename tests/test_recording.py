"""Events of a run: each as the schema has it, in the log as it happens, and never in the way."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from pipeline.batch.events import SCHEMA, line_of
from pipeline.batch.record import Settings
from pipeline.batch.recording import LOG, LOG_BEFORE, Recording
from pipeline.batch.workers import Step
from pipeline.problems import BaocaoError
from pipeline.rulebook import load_pack

SETTINGS = Settings("báo cáo", "vi", ("core",), 2, {"seconds": 300.0})


@dataclass(frozen=True, slots=True)
class Result:
    file: str
    status: str = "ok"
    error: str = ""
    pages: int | None = None


def strict(schema: object) -> object:
    """Return a schema that lets nothing pass which it doesn't name."""
    if isinstance(schema, dict):
        closed = {key: strict(part) for key, part in schema.items()}
        return closed | {"additionalProperties": False} if isinstance(closed.get("properties"), dict) else closed
    return [strict(part) for part in schema] if isinstance(schema, list) else schema


def checker(path: Path) -> jsonschema.Draft202012Validator:
    schema = strict(json.loads(path.read_text(encoding="utf-8")))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


EVENTS = checker(SCHEMA)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC) + timedelta(seconds=self.seconds)


def recording(told: list, clock: Clock, lang: str = "vi") -> Recording:
    return Recording(tell=told.append, lang=lang, clock=clock, now=clock.now)


def whole_run(told: list, folder: Path, clock: Clock) -> None:
    with recording(told, clock) as run:
        run.log_in(folder)
        run.started(SETTINGS, [load_pack("core")], 2)
        run(Step(0, 2, "xã.docx"))
        clock.seconds += 3
        run(Step(1, 2, "xã.docx", Result("xã.docx", "failed", "Tệp rỗng."), 2.5))
        run(Step(2, 2, "a.pdf", Result("a.pdf", pages=4), kept=True))
        run(Step(2, 2, "", stage="writing"))
        run.finished(folder, {"ok": 1, "partial": 0, "failed": 1}, {"date": 3}, {"file.empty": 1})


def kinds(told: list) -> list[str]:
    return [event["event"] for event in told]


def test_a_run_tells_what_happens_in_its_order(tmp_path):
    told: list = []
    whole_run(told, tmp_path, Clock())
    assert kinds(told) == [
        *("run.started", "file.begun", "file.done", "progress", "file.done", "progress", "progress", "run.finished")
    ]
    assert told[0]["total"] == 2 and told[0]["rule_packs"][0]["id"] == "core"
    assert told[2] == {
        "event": "file.done",
        "time": "2031-05-06T07:08:12.000Z",
        "file": "xã.docx",
        "status": "failed",
        "error": "Tệp rỗng.",
        "pages": None,
        "seconds": 2.5,
        "kept": False,
        "done": 1,
        "total": 2,
    }
    assert told[3]["slowest"] == {"file": "xã.docx", "seconds": 2.5} and told[3]["failed"] == 1
    assert (told[6]["stage"], told[6]["left"], told[6]["kept"], told[6]["pages"]) == ("writing", None, 1, 4)
    assert (told[7]["kept"], told[7]["seconds"], told[7]["log"]) == (1, 3.0, LOG)


def test_every_event_is_as_the_schema_says(tmp_path):
    told: list = []
    whole_run(told, tmp_path, Clock())
    with pytest.raises(KeyboardInterrupt), recording(told, Clock()):
        raise KeyboardInterrupt
    refs = (one["$ref"].removeprefix("#/$defs/") for one in json.loads(SCHEMA.read_text("utf-8"))["oneOf"])
    named = {name for name in refs if not name.startswith("watch.")}  # those of a watch are not a run's
    assert set(kinds(told)) == named
    for event in told:
        EVENTS.validate(json.loads(line_of(event)))


@pytest.mark.parametrize("change", [{"kept": None}, {"file": 5}, {"status": "fine"}, {"time": "today"}, {"more": 1}])
def test_the_schema_refuses_what_is_no_event(tmp_path, change):
    told: list = []
    whole_run(told, tmp_path, Clock())
    wrong = {**deepcopy(told[2]), **change}
    with pytest.raises(jsonschema.ValidationError):
        EVENTS.validate(wrong)


def test_progress_is_told_every_few_seconds_only():
    told: list = []
    clock = Clock()
    with recording(told, clock) as run:
        for at in range(1, 1000):
            clock.seconds += 0.01
            run(Step(at, 1000, f"{at}", Result(f"{at}"), 0.01))
    assert kinds(told).count("file.done") == 999
    assert kinds(told).count("progress") == 4


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (BaocaoError("run.no_folder", folder="kho", reason="gone"), "run.no_folder", "kho"),
        (KeyboardInterrupt(), "interrupted", ""),
        (ZeroDivisionError("a secret of the report"), "error", "ZeroDivisionError"),
    ],
)
def test_what_ends_a_run_is_told_and_goes_on_up(tmp_path, error, code, message):
    told: list = []
    with pytest.raises(type(error)), recording(told, Clock()) as run:
        run.log_in(tmp_path)
        raise error
    assert (kinds(told), told[0]["code"], told[0]["done"]) == (["run.failed"], code, 0)
    assert message in told[0]["message"] and "secret" not in line_of(told[0])
    assert lines(tmp_path / LOG) == told


def test_a_run_that_has_finished_has_not_failed(tmp_path):
    told: list = []
    with pytest.raises(BrokenPipeError), recording(told, Clock()) as run:
        run.finished(tmp_path, {}, {}, {})
        raise BrokenPipeError
    assert kinds(told) == ["run.finished"]


def lines(path: Path) -> list:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_log_has_the_same_events_and_the_one_before_is_kept(tmp_path):
    first: list = []
    second: list = []
    whole_run(first, tmp_path, Clock())
    assert lines(tmp_path / LOG) == first
    whole_run(second, tmp_path, Clock())
    whole_run(third := [], tmp_path, Clock())
    assert lines(tmp_path / LOG) == third
    assert lines(tmp_path / LOG_BEFORE) == second
    assert sorted(path.name for path in tmp_path.iterdir()) == [LOG_BEFORE, LOG]


def test_a_line_is_in_the_log_as_soon_as_it_is_told(tmp_path):
    with Recording() as run:
        run.log_in(tmp_path)
        run(Step(0, 1, "chậm.pdf"))
        assert [event["file"] for event in lines(tmp_path / LOG)] == ["chậm.pdf"]


def test_a_log_that_cannot_be_opened_is_not_in_the_way(tmp_path):
    (tmp_path / LOG).mkdir()
    (tmp_path / LOG / "something").touch()
    (tmp_path / LOG_BEFORE).touch()
    told: list = []
    whole_run(told, tmp_path, Clock())
    assert told[-1]["event"] == "run.finished" and told[-1]["log"] is None
    EVENTS.validate(told[-1])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_disk_that_is_full_costs_the_log_alone(tmp_path):
    told: list = []
    (tmp_path / LOG).symlink_to("/dev/full")
    with recording(told, Clock()) as run:
        run.log_in(tmp_path / "nowhere")
        assert run._log is not None and not run._log.open
        run._log._file = (tmp_path / LOG).open("w", buffering=1)
        run(Step(0, 1, "a"))
        assert not run._log.open
        run(Step(1, 1, "a", Result("a")))
    assert kinds(told) == ["file.begun", "file.done", "progress"]


def test_a_name_that_is_no_text_is_told_all_the_same():
    told: list = []
    with recording(told, Clock()) as run:
        run.started(Settings("kho \udcff", "vi"), [])
    assert json.loads(line_of(told[0]))["folder"] == "kho ?"
