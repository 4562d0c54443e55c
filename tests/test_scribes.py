"""Tables written by several processes: the same bytes, and a fault in any of them leaves the tables that were there."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pipeline.batch import run, scribes
from pipeline.batch.crew import Place
from pipeline.batch.limits import LIMITS
from pipeline.problems import BaocaoError
from pipeline.tables import writing
from tests.folders import content, small_pack

TEXT = (
    "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n\nThôn {n} đã mở {n} buổi chiếu phim cho 4{n} người ngày 0{n}/02/2023.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for n in range(1, 9):
        (made / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return made


def test_the_bytes_are_the_same_whoever_writes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PART_ROWS", 5)
    pack = str(small_pack(tmp_path))
    run(folder, tmp_path / "one", pack)
    monkeypatch.setattr(scribes, "_MANY", 1)
    run(folder, tmp_path / "two", pack, workers=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert len(list((tmp_path / "two" / "dataset" / "consolidated").rglob("*.parquet"))) > 4


def vanish(*arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fill_the_disk(*arguments: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("fault", [vanish, fill_the_disk])
def test_a_fault_of_one_that_writes_leaves_the_old_tables(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: object
) -> None:
    pack = str(small_pack(tmp_path))
    run(folder, tmp_path / "out", pack)
    before = content(tmp_path / "out")
    (folder / "9.txt").write_text(TEXT.format(n=9), encoding="utf-8")
    monkeypatch.setattr(scribes, "_MANY", 1)
    monkeypatch.setattr(writing, "_write_part", fault)
    with pytest.raises(BaocaoError) as told:
        run(folder, tmp_path / "out", pack, workers=2)
    assert told.value.problem.code == "run.output"
    assert content(tmp_path / "out") == before
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".baocao-")]


def test_what_no_process_can_be_begun_for_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refuse(place: Place, *arguments: object, **options: object) -> None:
        asked.append(place)
        raise OSError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patched, scribes.scribes(scribes._MANY, 2, LIMITS) as submit:
        patched.setattr(Place, "give", refuse)
        assert submit is not None
        done: list[str] = []
        assert submit(done.append, "a part").done()
    assert done == ["a part"]
    assert len(asked) == 1


@pytest.mark.parametrize(("reports", "workers"), [(scribes._MANY - 1, 8), (100_000, 1)])
def test_few_reports_or_one_worker_need_none(reports: int, workers: int) -> None:
    with scribes.scribes(reports, workers, LIMITS) as submit:
        assert submit is None
