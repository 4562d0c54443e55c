"""Runs over files that LibreOffice converts: few calls, the same bytes, and nothing left behind."""

from __future__ import annotations

import csv
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipeline.batch import Source, Step, run
from pipeline.batch import chunks as chunks_module
from pipeline.batch.chunks import chunks
from pipeline.batch.starting import start_server
from pipeline.parsers.office.workshop import Job, Workshop
from tests.folders import content
from tests.parsers.office_sketch import CRASH, HANG, FakeSoffice, doc_of, is_running
from tests.parsers.test_docx import make_docx, para

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script that only POSIX runs")
REPORT = "Thực hiện Công văn số 4287/UBND-KGVX ngày 16/10/2023, Sở đã tổ chức {} lớp tập huấn."


def report(number: int, *orders: bytes) -> bytes:
    return doc_of(make_docx(para(REPORT.format(number))), *orders)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSoffice:
    start_server()  # which keeps a file among the machine's as long as this process is there
    for name in ("bin", "in", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    stand_in = FakeSoffice(tmp_path / "bin")
    monkeypatch.setenv("BAOCAO_SOFFICE", str(stand_in.path))
    return stand_in


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def names(sources: Iterator[tuple[Source, ...]]) -> list[str]:
    return ["".join(source.file[0] for source in chunk) for chunk in sources]


@pytest.mark.parametrize(
    ("files", "workers", "expected"),
    [
        ("a.txt b.pdf", 1, ["a", "b"]),
        ("a.doc b.txt c.odt d.rtf", 1, ["b", "acd"]),
        ("a.doc b.txt c.odt d.rtf", 2, ["b", "ac", "d"]),
        ("a.doc b.doc c.doc d.dot e.txt f.rtf", 2, ["e", "abcd", "f"]),
        ("a.doc b.DOC", 8, ["a", "b"]),
        ("a.doc b.doc c.doc d.dot e.fodt", 1, ["abcd", "e"]),
    ],
)
def test_files_to_convert_are_taken_together(
    files: str, workers: int, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks_module, "_MOST_FILES", 4)
    sources = [Source(name, Path("nowhere", name)) for name in files.split()]
    assert names(chunks(sources, workers)) == expected


def test_a_chunk_is_bounded_in_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks_module, "_MOST_BYTES", 10)
    sizes = {"a.doc": 6, "b.doc": 4, "c.doc": 1, "d.doc": 50, "e.doc": 1}
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(bytes(size))
    assert names(chunks([Source(name, tmp_path / name) for name in sizes], 1)) == ["ab", "c", "d", "e"]


@posix
def test_a_folder_is_few_calls_and_any_number_of_workers_writes_the_same(tmp_path: Path, fake: FakeSoffice) -> None:
    for number in range(6):
        (tmp_path / "in" / f"{number}.doc").write_bytes(report(number))
    (tmp_path / "in" / "bad.doc").write_bytes(report(7, CRASH))
    (tmp_path / "in" / "text.txt").write_text(REPORT.format(9), encoding="utf-8")
    steps: list[Step] = []
    summary = run(tmp_path / "in", tmp_path / "1", progress=steps.append)
    assert [len(call) for call in fake.calls()] == [7, 1]
    run(tmp_path / "in", tmp_path / "2", workers=2)
    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert summary.files == {"ok": 7, "partial": 0, "failed": 1}
    assert list((tmp_path / "tmp").iterdir()) == []
    assert [step.done for step in steps if step.result] == list(range(1, 9))
    assert {step.total for step in steps} == {8}
    [first] = [row for row in rows(tmp_path / "1", "reports") if row["file"] == "0.doc"]
    assert (first["format"], first["status"], first["report_id"]) == (
        "doc",
        "ok",
        hashlib.sha256((tmp_path / "in" / "0.doc").read_bytes()).hexdigest()[:12],
    )


def test_a_report_read_lightly_is_partial_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_SOFFICE", "nowhere")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.rtf").write_bytes(rb"{\rtf1\ansi Ngay 16/10/2023 co 12 cuoc hop.\par}")
    summary = run(tmp_path / "in", tmp_path / "out", lang="en")
    [row] = rows(tmp_path / "out", "reports")
    assert (row["format"], row["status"]) == ("rtf", "partial")
    assert "striprtf" in row["error"]
    assert "Install LibreOffice" in row["error"]
    assert summary.items["count"] == 1


@pytest.mark.usefixtures("forked")
def test_a_conversion_that_fails_as_a_whole_costs_no_row(
    tmp_path: Path, fake: FakeSoffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "a.doc").write_bytes(report(1))
    (tmp_path / "in" / "b.doc").write_bytes(report(2))

    def full(shop: Workshop, jobs: Iterable[Job]) -> None:
        if not isinstance(jobs, list):  # a file alone is given in one
            raise OSError(28, "No space left on device")
        prepare(shop, jobs)

    prepare = Workshop.prepare
    monkeypatch.setattr(Workshop, "prepare", full)
    assert run(tmp_path / "in", tmp_path / "out").files["ok"] == 2
    assert list((tmp_path / "tmp").iterdir()) == []


@posix
@pytest.mark.parametrize(("workers", "sent"), [(1, signal.SIGINT), (2, signal.SIGTERM), (2, signal.SIGKILL)])
def test_a_run_that_is_interrupted_leaves_no_process_and_no_folder(
    tmp_path: Path, fake: FakeSoffice, workers: int, sent: signal.Signals
) -> None:
    for name in ("a.doc", "b.doc"):
        (tmp_path / "in" / name).write_bytes(report(1, HANG, name.encode()))
    command = [sys.executable, "-m", "pipeline.cli", "run", tmp_path / "in", "-o", tmp_path / "out"]
    process = subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.PIPE, env=dict(os.environ))
    assert fake.hanging(wait=60)
    process.send_signal(sent)
    process.communicate(timeout=60)
    last = time.monotonic() + 10
    while any(map(is_running, fake.hanging())) and time.monotonic() < last:
        time.sleep(0.05)
    killed = sent == signal.SIGKILL
    assert process.returncode == (-sent if killed else 130)
    assert [pid for pid in fake.hanging() if is_running(pid)] == []
    while any((tmp_path / "tmp").iterdir()) and time.monotonic() < last:
        time.sleep(0.05)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert killed or content(tmp_path / "out") == {}
