"""The log of decisions: only added to, all or none, undone by reviewer, shared by processes and windows."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.decisions import Action, Decision, Overtaken, Subject, SubjectKind, find_log, ledger_of, mark_of, open_log
from pipeline.problems import BaocaoError


def said(item: str, action: Action = Action.ACCEPT, reviewer: str = "An", **cells: str) -> Decision:
    return Decision(Subject(SubjectKind.ITEM, item, "r1", "a.txt"), action, reviewer, {"value": "7"}, cells)


def test_no_log_is_made_by_looking(tmp_path: Path):
    assert find_log(tmp_path) is None
    assert mark_of(tmp_path) == ""
    assert list(ledger_of(tmp_path).subjects()) == []
    assert not list(tmp_path.iterdir())


def test_what_was_said_comes_back_whole(tmp_path: Path):
    decision = Decision(
        Subject(SubjectKind.ITEM, "i1", "r1", "thư mục/báo cáo.docx"), Action.CORRECT, "Trần Văn Ẩn",
        {"value": "7", "text": "7 buổi"}, {"value": "8", "unit": ""}, "xem trang 2 «bản gốc»",
    )  # fmt: skip
    with open_log(tmp_path) as log:
        (entry,) = log.append([decision])
    with open_log(tmp_path) as log:
        assert [one.decision for one in log.entries()] == [decision]
        assert list(log.entries()) == [entry]
        assert (entry.number, entry.reviewer, entry.at[-1]) == (1, "Trần Văn Ẩn", "Z")


def test_entries_are_never_changed_or_taken_away(tmp_path: Path):
    with open_log(tmp_path) as log:
        log.append([said("i1")])
    base = sqlite3.connect(tmp_path / "review.sqlite")
    for statement in ("UPDATE entries SET reviewer = 'x'", "DELETE FROM entries"):
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            base.execute(statement)
    base.close()


def test_undo_takes_back_the_last_batch_of_one_reviewer(tmp_path: Path):
    with open_log(tmp_path) as log:
        log.append([said("i1")])
        log.append([said("i2"), said("i3")])
        log.append([said("i2", Action.REJECT, "Bình")])
        taken = log.undo("An")
        assert [entry.decision.subject.id for entry in taken if entry.decision] == ["i2", "i3"]
        ledger = log.standing()
        assert [entry.reviewer for entry in ledger.of("i2")] == ["Bình"]
        assert [len(ledger.of(item)) for item in ("i1", "i3")] == [1, 0]
        assert [e.decision.subject.id for e in log.undo("An") if e.decision] == ["i1"]
        assert log.undo("An") == []
        assert log.undo("Cúc") == []
        assert log.last() == 6  # two undoings, told for good


def test_an_undone_correction_leaves_what_was_said_before(tmp_path: Path):
    with open_log(tmp_path) as log:
        log.append([said("i1")])
        log.append([said("i1", Action.REJECT)])
        log.undo("An")
        (entry,) = log.standing().of("i1")
        assert entry.decision is not None
        assert entry.decision.action is Action.ACCEPT


def test_a_window_that_was_overtaken_writes_nothing(tmp_path: Path):
    with open_log(tmp_path) as log:
        (first,) = log.append([said("i1")], {"i1": 0})
        with pytest.raises(Overtaken) as raised:
            log.append([said("i0"), said("i1", Action.REJECT)], {"i0": 0, "i1": 0})
        assert raised.value.entry == first
        assert log.last() == 1
        log.append([said("i1", Action.REJECT)], {"i1": first.number})
        log.append([said("i1", Action.REJECT, "Bình")], {"i1": 0})  # another reviewer disagrees, or agrees
        assert log.last() == 3


def test_threads_and_processes_lose_nothing(tmp_path: Path):
    def many(worker: int) -> None:
        with open_log(tmp_path) as log:
            for at in range(10):
                log.append([said(f"i{worker}-{at}")])

    code = (
        "import sys; from pathlib import Path; from tests.decisions.test_log import said; "
        "from pipeline.decisions import open_log\n"
        "with open_log(Path(sys.argv[1])) as log:\n    [log.append([said(f'p{sys.argv[2]}-{at}')]) for at in range(10)]"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)]) for n in range(2)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(many, range(4)))
    assert [process.wait() for process in processes] == [0, 0]
    with open_log(tmp_path) as log:
        entries = list(log.entries())
    assert [entry.number for entry in entries] == list(range(1, 61))
    assert len({entry.decision.subject.id for entry in entries if entry.decision}) == 60


def test_marks_tell_states_and_logs_apart(tmp_path: Path):
    (tmp_path / "b").mkdir()
    with open_log(tmp_path) as log, open_log(tmp_path / "b") as other:
        marks = [log.mark(), other.mark()]
        log.append([said("i1")])
        marks.append(log.mark())
        assert len(set(marks)) == 3
        assert log.mark_at(0) == marks[0]
    assert mark_of(tmp_path) == marks[2]


def test_a_log_that_is_none_is_told(tmp_path: Path):
    (tmp_path / "review.sqlite").write_bytes(b"no database at all, and long enough to be looked at" * 20)
    with pytest.raises(BaocaoError) as raised:
        find_log(tmp_path)
    assert raised.value.problem.code == "review.log"


def test_a_log_of_a_later_version_is_left_alone(tmp_path: Path):
    open_log(tmp_path).close()
    base = sqlite3.connect(tmp_path / "review.sqlite")
    base.execute("PRAGMA user_version = 7")
    base.close()
    with pytest.raises(BaocaoError) as raised:
        open_log(tmp_path)
    assert dict(raised.value.problem.detail)["reason"] == "version 7"


def test_an_entry_that_is_damaged_is_told(tmp_path: Path):
    with open_log(tmp_path) as log:
        log.append([said("i1")])
    base = sqlite3.connect(tmp_path / "review.sqlite")
    base.execute("DROP TRIGGER entries_stand")
    base.execute("UPDATE entries SET action = 'x'")
    base.commit()
    base.close()
    with pytest.raises(BaocaoError, match="entry 1"):
        ledger_of(tmp_path)


def test_what_utf8_cannot_hold_is_replaced(tmp_path: Path):
    decision = said("i1", note="\ud800")
    with open_log(tmp_path) as log:
        log.append([Decision(decision.subject, decision.action, "An", {"value": "\ud800"}, {}, "\udfff x")])
        (entry,) = log.entries()
    assert entry.decision is not None
    assert (entry.decision.seen, entry.decision.note) == ({"value": "\ufffd"}, "\ufffd x")
