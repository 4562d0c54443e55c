"""A run over what the run before read, by the same rules: its tables are left as they are, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.batch import run
from pipeline.batch.record import RECORD
from pipeline.cache import DocumentCache
from pipeline.rulebook.pack import forget_packs
from tests.folders import SMALL_PACK, content, small_pack

REPORT = (
    "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n\nThôn đã mở 7 buổi chiếu phim theo Quyết định số {n}/QĐ-UBND ngày "
    "0{n}/02/2023 của UBND tỉnh.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts that contradict each other, one of them twice, and a file that can't be read."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(REPORT.format(n=5), encoding="utf-8")
    (made / "b.txt").write_text(REPORT.format(n=5).replace("05/02", "06/02"), encoding="utf-8")
    (made / "c.txt").write_text(REPORT.format(n=5), encoding="utf-8")
    (made / "hỏng.pdf").write_bytes(b"%PDF-1.7 nothing")
    return made


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return small_pack(tmp_path)


@pytest.fixture
def again(folder: Path, pack: Path, tmp_path: Path) -> Callable[..., bool]:
    """Run, and tell whether the tables were left as they are; then they are as if they had been written anew."""
    cache = DocumentCache(tmp_path / "cache")

    def once(lang: str = "vi", *, kept: bool = True) -> bool:
        out = tmp_path / "out"
        before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.name != "run.log.jsonl"}
        summary = run(folder, out, str(pack), lang=lang, cache=cache if kept else None)
        after = {path: path.stat().st_mtime_ns for path in before if path.exists()}
        if summary.unchanged:
            other = run(folder, tmp_path / "anew", str(pack), lang=lang)
            assert content(out) == content(tmp_path / "anew")
            assert replace(summary, out="", unchanged=False) == replace(other, out="")
        names = {path.name for path in before if after.get(path) == before[path]}
        assert {"consolidated.csv", RECORD} <= names if summary.unchanged else RECORD not in names
        last = (out / "run.log.jsonl").read_text("utf-8").splitlines()[-1]
        assert json.loads(last)["unchanged"] == summary.unchanged
        return summary.unchanged

    assert not once()
    return once


def test_what_has_not_changed_is_left(again: Callable[..., bool]) -> None:
    assert again()
    assert not again(kept=False), "what keeps nothing writes anew"


def test_any_change_of_files_is_written(again: Callable[..., bool], folder: Path) -> None:
    (folder / "b.txt").write_text(REPORT.format(n=6), encoding="utf-8")
    assert not again()
    (folder / "c.txt").unlink()
    assert not again()
    (folder / "b.txt").rename(folder / "d.txt")
    assert not again()
    (folder / "mới.txt").write_text(REPORT.format(n=7), encoding="utf-8")
    assert not again()
    (folder / "hỏng.pdf").write_bytes(b"")
    assert not again(), "a file that can't be read is looked at again"
    assert again()


def test_other_rules_or_words_are_written(again: Callable[..., bool], pack: Path) -> None:
    assert not again("en")
    (pack / "pack.yaml").write_text(SMALL_PACK.replace("'1'", "'2'"), encoding="utf-8")
    forget_packs()
    assert not again("en")
    assert again("en")


@pytest.mark.parametrize("change", ["edited", "gone", "more", "half", "no seal", "old seal"])
def test_tables_that_are_not_as_they_were_written_are_written_anew(
    again: Callable[..., bool], tmp_path: Path, change: str
) -> None:
    out = tmp_path / "out"
    if change == "edited":
        table = out / "consolidated.csv"
        table.write_bytes(table.read_bytes().replace(b"5/Q", b"6/Q"))
    elif change == "gone":
        (out / "problems.csv").unlink()
    elif change == "more":
        part = next(out.rglob("*.parquet"))
        part.with_name("part-x.parquet").write_bytes(part.read_bytes())
    elif change == "half":
        part = next(out.rglob("*.parquet"))
        part.write_bytes(part.read_bytes()[:-9])
    elif change == "no seal":
        (out / RECORD).unlink()
    else:
        seal = json.loads((out / RECORD).read_text("utf-8"))
        del seal["made_from"]
        (out / RECORD).write_text(json.dumps(seal), encoding="utf-8")
    assert not again()


def test_another_code_writes_anew(again: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.former.code_of_runs", lambda: "another")
    assert not again()
    monkeypatch.setattr("pipeline.batch.former.code_of_runs", lambda: None)
    assert not again(), "code that can't be told may be any"
    assert not again()
