"""`baocao cache`: what it says and does, in both languages, and what the other commands say of a damaged cache."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from pipeline.cache import DocumentCache
from pipeline.cache.database import DATABASE, NAME
from pipeline.cache.info import Kind
from pipeline.cli import main
from pipeline.cli.cache import said_size
from pipeline.cli.messages import Words


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's cache, with two documents of 6,016 and a result of 3,016 bytes."""
    made = tmp_path / "đệm"
    monkeypatch.setenv("BAOCAO_CACHE", str(made))
    cache = DocumentCache(made)
    for number in range(3):
        cache._store.put(b"%032d" % number, os.urandom(6000 if number else 3000), Kind(2 - bool(number)))
    cache.close()
    return made


def test_info_in_words_and_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "info", "--lang", "vi"]) == 0
    told = capsys.readouterr()
    assert [part in told.out for part in (str(folder), "2 tệp", "12,0 kB", "1 tệp", "3,0 kB", "5,0 GB")] == [True] * 6
    assert told.err == ""
    assert main(["cache", "info", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "folder": str(folder / NAME),
        "limit": 5_000_000_000,
        "documents": {"entries": 2, "bytes": 12_032},
        "results": {"entries": 1, "bytes": 3016},
        "last_run": None,
    }


def test_info_makes_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("BAOCAO_CACHE", str(tmp_path / "none"))
    for command in ("info", "clear", "prune"):
        assert main(["cache", command, "--lang", "en"]) == 0
    assert not (tmp_path / "none").exists()
    assert "0 B" in capsys.readouterr().out


def test_clear_removes_everything(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "clear", "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"The cache in {folder} was removed (15.0 kB).\n"
    assert list(folder.iterdir()) == []


def test_prune_leaves_what_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "prune", "--lang", "vi"]) == 0
    assert main(["cache", "prune", "--limit", "10kB", "--lang", "vi"]) == 0
    assert capsys.readouterr().out == "Không cần bỏ gì: đang giữ 15,0 kB.\nĐã bỏ 1 mục (6,0 kB); còn 9,0 kB.\n"
    assert DocumentCache(folder).info().results.entries == 1


@pytest.mark.parametrize("limit", ["nhiều", "", "-1", "1.5GB"])
def test_a_limit_that_is_no_size_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], limit: str) -> None:
    assert main(["cache", "prune", f"--limit={limit}", "--lang", "vi"]) == 2
    assert f"«{limit}»" in capsys.readouterr().err
    assert DocumentCache(folder).info().documents.entries == 2


def test_a_user_without_a_folder_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.cache.user_cache", lambda environment: None)
    assert main(["cache", "info", "--lang", "en"]) == 2
    assert "BAOCAO_CACHE" in capsys.readouterr().err


def test_a_cache_that_is_held_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def held(place: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("pipeline.cache.store.move_away", held)
    assert main(["cache", "clear", "--lang", "en"]) == 2
    assert "in use" in capsys.readouterr().err
    assert DocumentCache(folder).info().documents.entries == 2


@pytest.mark.parametrize(("lang", "words"), [("vi", "đã được lập lại"), ("en", "was made anew")])
def test_a_run_says_once_that_its_cache_was_damaged(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("BÁO CÁO\nThôn đã mở 7 buổi chiếu phim.\n", encoding="utf-8")
    (folder / NAME / DATABASE).write_bytes(os.urandom(20_000))
    command = ["run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--lang", lang]
    assert main(command) == 0
    assert capsys.readouterr().err.count(words) == 1
    assert main(command) == 0
    assert words not in capsys.readouterr().err
    assert main(["cache", "info", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["last_run"] == {"asked": 1, "found": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="a file in the place of a folder is told otherwise there")
def test_a_cache_that_can_not_be_made_costs_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BAOCAO_CACHE", str(tmp_path / "file"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("BÁO CÁO\nThôn đã mở 7 buổi chiếu phim.\n", encoding="utf-8")
    assert main(["run", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--lang", "en"]) == 0
    assert capsys.readouterr().err.count("can't be opened") == 1


@pytest.mark.parametrize(
    ("size", "vi", "en"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1000, "1,0 kB", "1.0 kB"),
        (99_940, "99,9 kB", "99.9 kB"),
        (99_960, "100 kB", "100 kB"),
        (999_700, "1,0 MB", "1.0 MB"),
        (5 * 10**9, "5,0 GB", "5.0 GB"),
        (4 * 10**15, "4000 TB", "4000 TB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, vi: str, en: str) -> None:
    assert [said_size(size, Words(lang)) for lang in ("vi", "en")] == [vi, en]
