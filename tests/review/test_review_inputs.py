"""Where the reports and rules of a run are now: found as they were, or nothing is done with others of their names."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.batch import run
from pipeline.batch.limits import Limits
from pipeline.cache import user_cache
from pipeline.problems import BaocaoError
from pipeline.review import parsing
from pipeline.review.desk import Desk
from pipeline.review.inputs import Inputs
from pipeline.review.opening import Asked, rules_of
from pipeline.review.papers import Papers
from pipeline.review.parsing import Parsing
from pipeline.review.query import Query
from pipeline.review.refusals import Refused
from pipeline.review.renewal import Renewal
from tests.decisions.making import REPORT
from tests.folders import small_pack
from tests.review import slow
from tests.review.browsing import browsing
from tests.review.serving import served_at

TEXT = REPORT.format(n=1)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with reports, rules and tables, made from within by relative paths."""
    folder = tmp_path / "one"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    small_pack(folder)
    monkeypatch.chdir(folder)
    run("in", "out", "thon", cache=user_cache(os.environ))
    return folder


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Another folder to be in, which has reports of its own under the same name."""
    folder = tmp_path / "two"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "other.txt").write_text("BÁO CÁO\nĐã mở 9 buổi chiếu phim.\n", encoding="utf-8")
    (folder / "in" / "a.txt").write_text("BÁO CÁO\nĐã mở 8 buổi chiếu phim.\n", encoding="utf-8")
    return folder


def renewed(desk):
    renewal = Renewal(desk)
    renewal.start()
    until = time.monotonic() + 60
    while renewal.told()["running"] and time.monotonic() < until:
        time.sleep(0.05)
    return renewal.told()


# Making the tables anew


def test_another_folder_of_the_same_name_is_not_run_over(place, elsewhere, monkeypatch):
    monkeypatch.chdir(elsewhere)
    desk = Desk(Asked(place / "out", cache=user_cache(os.environ)))
    try:
        assert desk.inputs().folder() == str(place / "in")
        assert not renewed(desk)["error"]
        assert [row["file"] for row in desk.rows(Query(), "An")["rows"] if row["type"] == "letterhead"] == ["a.txt"]
    finally:
        desk.close()


def test_nothing_is_made_anew_where_the_reports_are_not_found(place, elsewhere, monkeypatch):
    monkeypatch.chdir(elsewhere)
    shutil.rmtree(place / "in")
    before = (place / "out" / "consolidated.csv").read_bytes()
    desk = Desk(Asked(place / "out", cache=user_cache(os.environ)))
    try:
        told = renewed(desk)
        assert told["error"] == "inputs" and "--input" in told["message"]
        assert (place / "out" / "consolidated.csv").read_bytes() == before
    finally:
        desk.close()


def test_a_folder_that_was_told_must_have_the_reports_as_well(place, elsewhere):
    with pytest.raises(Refused) as refused:
        Inputs(place / "out", elsewhere / "in").folder()
    assert refused.value.code == "inputs"
    (elsewhere / "in" / "renamed.txt").write_text(TEXT, encoding="utf-8")
    assert Inputs(place / "out", elsewhere / "in").folder() == str(elsewhere / "in")


def test_inputs_of_which_nothing_is_known_are_not_taken_for_found(place):
    seal = json.loads((place / "out" / "run.json").read_text(encoding="utf-8"))
    for one in seal["inputs"]:
        one["sha256"] = ""
    (place / "out" / "run.json").write_text(json.dumps(seal), encoding="utf-8")
    with pytest.raises(Refused):
        Inputs(place / "out").folder()


# Rule packs


def test_rules_are_found_beside_the_tables(place, elsewhere, monkeypatch):
    monkeypatch.chdir(elsewhere)
    assert rules_of(place / "out") == (str(place / "thon"),)
    shutil.copytree(place / "thon", elsewhere / "thon")
    manifest = elsewhere / "thon" / "pack.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("id: ", "id: other_"), encoding="utf-8")
    assert rules_of(place / "out") == (str(place / "thon"),)


def test_without_its_rules_a_run_is_reviewed_and_nothing_suggested(place, elsewhere, monkeypatch):
    shutil.rmtree(place / "thon")
    monkeypatch.chdir(elsewhere)
    with served_at(place / "out") as url, browsing(url) as browser:
        config = browser.get("config")
        assert "bộ quy tắc" in config["notice"] and config["activities"]["training"].startswith("Tập huấn")
        assert browser.get("suggest", file=0, start=0, end=7)["said"] == {}
        text = browser.get("text", file=0, **{"from": 0, "to": 1000})["words"]
        at = text.index("Kết quả")
        row = browser.post("add", file=0, kind="count", start=at, end=at + 7, said={"value": "3"})["row"]
        assert row["state"] == "added"


def test_with_its_rules_nothing_is_to_be_told(place):
    with served_at(place / "out") as url, browsing(url) as browser:
        assert browser.get("config")["notice"] == ""


# Reading reports


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_report_that_nobody_has_read_is_read(report):
    assert "7 buổi chiếu phim" in Parsing(None).document(report, "x").text


def test_a_file_that_failed_is_not_opened_again(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.docx").write_bytes(b"PK\x03\x04 none")
    run(tmp_path / "in", tmp_path / "out")
    monkeypatch.setattr(Papers, "document", lambda *given: pytest.fail("opened"))
    monkeypatch.setattr(Papers, "picture", lambda *given: pytest.fail("opened"))
    desk = Desk(Asked(tmp_path / "out"))
    try:
        row = desk.rows(Query(), "An")["rows"][0]
        assert desk.evidence(row["key"], "An")["note"]
        for look in (lambda: desk.text(0, 0, 9), lambda: desk.suggest(0, 0, 9), lambda: desk.picture(0, 1)):
            with pytest.raises(Refused):
                look()
    finally:
        desk.close()


def test_a_file_that_can_not_be_read_is_tried_once(tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    path.write_bytes(b"")
    begun = []
    monkeypatch.setattr(parsing, "reading", lambda *given: begun.append(1) or reading(*given))
    found = Parsing(None)
    assert found.document(path, "x") is None and found.document(path, "x") is None
    assert len(begun) == 1


reading = parsing.reading


@pytest.mark.parametrize("read", [slow.hang, slow.die], ids=["hangs", "dies"])
def test_a_file_that_hangs_or_kills_is_given_up(report, read):
    began = time.monotonic()
    assert Parsing(None, limits=Limits(seconds=1.0), read=read).document(report, "x") is None
    assert time.monotonic() - began < 20


def test_who_asks_does_not_wait_for_long(report):
    found = Parsing(None, patience=0.2, limits=Limits(seconds=3.0), read=slow.hang)
    with ThreadPoolExecutor(8) as pool:
        began = time.monotonic()
        asked = [pool.submit(found.document, report, "x") for _ in range(8)]
        assert {type(one.exception()) for one in asked} == {Refused}
        assert time.monotonic() - began < 2
    assert [thread.name for thread in threading.enumerate()].count("baocao-parsing") == 1
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            assert found.document(report, "x") is None
            return
        except Refused:
            continue
    raise AssertionError("never given up")


def test_a_text_that_takes_long_is_told_so_and_the_sentence_shown(place, monkeypatch):
    desk = Desk(Asked(place / "out"))
    try:
        desk._opened.papers._parsing = Parsing(None, patience=0.1, limits=Limits(seconds=2.0), read=slow.hang)
        row = next(row for row in desk.rows(Query(), "An")["rows"] if row["kind"] == "count")
        told = desk.evidence(row["key"], "An")
        assert "Đang đọc" in told["note"] and row["text"] in told["text"]["words"]
        with pytest.raises((Refused, BaocaoError)):
            desk.text(0, 0, 9)
    finally:
        desk.close()
