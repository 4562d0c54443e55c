"""Names and places: one row for each, no other file harmed, and nothing that is no file is waited for."""

from __future__ import annotations

import csv
import os
import re
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pytest

from pipeline.batch.folder import find_reports
from pipeline.cli import main
from pipeline.parsers import parse
from pipeline.problems import ParseError
from tests.hostile.crowd import BAD_EVERY, make_crowd
from tests.hostile.made import WORDS
from tests.hostile.names import NAMES, ODD, plant_names

posix = pytest.mark.skipif(sys.platform == "win32", reason="names and places of POSIX")
pytestmark = posix

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
UNREAD = {
    "fifo.txt": "file.special",
    "socket.txt": "file.special",
    "zero.txt": "file.special",
    "broken.txt": "file.unreadable",
    "self.txt": "file.unreadable",
    "empty.txt": "file.empty",
}


def rows(out: Path, table: str = "reports") -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def code(path: Path) -> str:
    with pytest.raises(ParseError) as caught:
        parse(path)
    return caught.value.problem.code


@pytest.mark.usefixtures("forked")
def test_every_name_and_place_has_its_row_and_harms_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    planted = plant_names(tmp_path / "in")
    assert main(["run", "in", "-o", "out", "--no-cache", "--lang", "en"]) == 1
    shown = capfd.readouterr()
    assert not CONTROL.search(shown.out + shown.err)
    found = rows(tmp_path / "out")
    assert len(found) == len({row["file"] for row in found}) == len(planted)
    failed = {row["file"] for row in found if row["status"] == "failed"}
    assert failed == {name for name in ODD if name not in ("stdin.txt", "folder.docx")} | ({"stdin.txt"} & failed)
    assert all(row["status"] == "ok" for row in found if row["file"] not in ODD)
    counted = rows(tmp_path / "out", "consolidated")
    assert len({row["file"] for row in counted if row["kind"] == "count"}) == len(NAMES)
    codes = {row["file"]: row["code"] for row in rows(tmp_path / "out", "problems") if row["file"] in UNREAD}
    assert codes == UNREAD
    names = {os.fsdecode(name) for name in NAMES}
    plain = {unicodedata.normalize("NFC", name) for name in names if name.isprintable()}
    assert plain <= {row["file"].removeprefix("'") for row in found}  # before what a spreadsheet would reckon with
    before = (tmp_path / "out" / "consolidated.csv").read_bytes()
    assert main(["watch", "in", "-o", "out", "--once", "--every", "0.1", "--lang", "en"]) == 1
    shown = capfd.readouterr()
    assert not CONTROL.search(shown.out + shown.err)
    assert (tmp_path / "out" / "consolidated.csv").read_bytes() == before


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_no_file_is_refused_at_once(name: str, tmp_path: Path) -> None:
    plant_names(tmp_path / "in")
    start = time.monotonic()
    assert code(tmp_path / "in" / name) == UNREAD[name]
    assert time.monotonic() - start < 5


def test_names_that_are_one_in_nfc_are_two_rows_told_apart(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "báo cáo.txt")).write_text(WORDS, encoding="utf-8")
    assert [source.file for source in find_reports(tmp_path)] == ["báo cáo (2).txt", "báo cáo.txt"]


def test_links_are_followed_once_whatever_they_lead_to(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text(WORDS, encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.txt").write_text(WORDS, encoding="utf-8")
    (folder / "away").symlink_to(outside, target_is_directory=True)
    (folder / "again").symlink_to(outside, target_is_directory=True)
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (outside / "back").symlink_to(folder, target_is_directory=True)
    assert sorted(Path(source.file).name for source in find_reports(folder)) == ["a.txt", "b.txt"]


def test_a_folder_with_the_name_of_a_report_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "bc.docx").mkdir()
    (tmp_path / "bc.docx" / "a.txt").write_text(WORDS, encoding="utf-8")
    assert [source.file for source in find_reports(tmp_path)] == ["bc.docx/a.txt"]
    assert code(tmp_path / "bc.docx") == "file.unreadable"


def test_a_file_of_five_gigabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(5 * 10**9)
    start = time.process_time()
    with pytest.raises(ParseError, match="limit file_size"):
        parse(path)
    assert time.process_time() - start < 0.5


def test_a_file_may_grow_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS, encoding="utf-8")
    ended = threading.Event()

    def grow() -> None:
        while not ended.wait(0.001) and path.stat().st_size < 100_000:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{WORDS}")

    growing = threading.Thread(target=grow)
    growing.start()
    try:
        for _ in range(8):
            assert parse(path).text.startswith(WORDS)
    finally:
        ended.set()
        growing.join()


def test_a_file_that_grows_beyond_the_limit_is_refused(tmp_path: Path, held, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS, encoding="utf-8")
    held(file_size=path.stat().st_size + 5)
    fstat = os.fstat

    def grown(descriptor: int) -> os.stat_result:
        told = fstat(descriptor)
        if path.stat().st_size == len(WORDS.encode()):
            with path.open("a", encoding="utf-8") as file:
                file.write(WORDS)
        return told

    monkeypatch.setattr("pipeline.parsers.os.fstat", grown)
    with pytest.raises(ParseError, match="limit file_size"):
        parse(path)


@pytest.mark.usefixtures("forked")
def test_files_that_go_or_change_between_listing_and_reading_cost_their_own_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.batch import run, runs

    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("gone", "cut", "replaced", "still"):
        (folder / f"{name}.txt").write_text(WORDS, encoding="utf-8")
    listed = find_reports(folder)
    (folder / "gone.txt").unlink()
    (folder / "cut.txt").write_bytes(b"")
    (folder / "replaced.txt").unlink()
    (folder / "replaced.txt").mkdir()
    monkeypatch.setattr(runs, "find_reports", lambda *asked: listed)
    summary = run(folder, tmp_path / "out", lang="en")
    assert (summary.files["ok"], summary.files["failed"]) == (1, 3)
    assert {
        row["file"]: row["code"] for row in rows(tmp_path / "out", "problems") if row["code"].startswith("file.")
    } == {
        "gone.txt": "file.unreadable",
        "cut.txt": "file.empty",
        "replaced.txt": "file.unreadable",
    }


@pytest.mark.skipif(not hasattr(os, "fork") or os.getuid() != 0, reason="only root can become another user")
def test_what_may_not_be_read_says_so_as_another_user(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    shut = tmp_path / "shut.txt"
    shut.write_text(WORDS, encoding="utf-8")
    shut.chmod(0)
    assert _code_as_nobody(shut) == "file.unreadable"


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="permissions don't bind root")
def test_what_may_not_be_read_says_so(tmp_path: Path) -> None:
    shut = tmp_path / "shut.txt"
    shut.write_text(WORDS, encoding="utf-8")
    shut.chmod(0)
    assert code(shut) == "file.unreadable"


def _code_as_nobody(path: Path) -> str:
    """Return the code of the error that a user without rights gets for a file."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = "none"
        try:
            os.seteuid(65_534)
            parse(path)
        except ParseError as error:
            told = error.problem.code
        finally:
            os.write(writing, told.encode())
            os._exit(0)
    os.close(writing)
    told = os.read(reading, 100).decode()
    os.waitpid(child, 0)
    return told


@pytest.mark.usefixtures("forked")
def test_very_many_files_in_one_folder_each_have_a_row(tmp_path: Path) -> None:
    from pipeline.batch import run

    planted = make_crowd(tmp_path / "in", 500)
    summary = run(tmp_path / "in", tmp_path / "out", workers=2, lang="en")
    bad = len(planted) // BAD_EVERY
    assert (summary.files["ok"], summary.files["failed"]) == (len(planted) - bad, bad)
    assert [row["file"] for row in rows(tmp_path / "out")] == sorted(path.name for path in planted)
