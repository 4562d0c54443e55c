"""Batch: every file of a folder has its row, and no file costs another."""

from __future__ import annotations

import csv
import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.batch import Source, find_reports, read_report, run
from pipeline.extract import extract
from pipeline.model import Problem
from pipeline.parsers import parse
from pipeline.problems import BaocaoError, ParseError
from tests.folders import content

REPORT = """SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 15/BC-SGDĐT

Trà Vinh, ngày 12 tháng 10 năm 2023

BÁO CÁO
Kết quả công tác năm 2023

I. KẾT QUẢ THỰC HIỆN

Thực hiện Công văn số 4287/UBND-KGVX ngày 16/10/2023 của Ủy ban nhân dân tỉnh, Sở đã tổ chức 12 lớp tập huấn.
"""
TRUNCATED = b"PK\x03\x04" + b"word/document.xml" + bytes(200)
JUNK = bytes(range(256)) * 8


@pytest.fixture
def folder(tmp_path):
    """One good report among files that are empty, cut off, junk, of no known kind, hidden, and Word's own."""
    made = tmp_path / "in"
    (made / "xã A").mkdir(parents=True)
    (made / "xã A" / "tốt.txt").write_text(REPORT, encoding="utf-8")
    (made / "cut.docx").write_bytes(TRUNCATED)
    (made / "empty.docx").touch()
    (made / "junk.pdf").write_bytes(JUNK)
    for ignored in ("data.xyz", ".hidden.txt", "~$tốt.docx", "Thumbs.db"):
        (made / ignored).write_bytes(b"x")
    return made


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def code(*arguments, **options) -> str:
    with pytest.raises(BaocaoError) as raised:
        run(*arguments, **options)
    return raised.value.problem.code


def test_every_report_has_a_row_and_each_that_failed_says_why(folder, tmp_path):
    summary = run(folder, tmp_path / "out")
    assert [(row["file"], row["format"], row["status"]) for row in rows(tmp_path / "out", "reports")] == [
        ("cut.docx", "docx", "failed"),
        ("empty.docx", "docx", "failed"),
        ("junk.pdf", "pdf", "failed"),
        ("xã A/tốt.txt", "txt", "ok"),
    ]
    problems = {row["file"]: (row["code"], row["severity"]) for row in rows(tmp_path / "out", "problems")}
    assert problems["cut.docx"] == problems["junk.pdf"] == ("file.damaged", "error")
    assert problems["empty.docx"] == ("file.empty", "error")
    assert summary.files == {"ok": 1, "partial": 0, "failed": 3}
    assert [file for file, status, _ in summary.unread if status == "failed"] == [
        "cut.docx",
        "empty.docx",
        "junk.pdf",
    ]


def test_the_good_report_is_read_through(folder, tmp_path):
    summary = run(folder, tmp_path / "out")
    [row] = [row for row in rows(tmp_path / "out", "reports") if row["status"] == "ok"]
    assert (row["number"], row["date"], row["error"]) == ("15/BC-SGDĐT", "2023-10-12", "")
    found = rows(tmp_path / "out", "consolidated")
    assert int(row["items"]) == len(found) == sum(summary.items.values())
    [cited] = [one for one in found if one["value"] == "4287/UBND-KGVX"]
    assert cited["section"] == "I. KẾT QUẢ THỰC HIỆN"
    assert cited["sentence"].startswith("Thực hiện Công văn")
    text = parse(folder / "xã A" / "tốt.txt").text
    for one in found:
        assert " ".join(text[int(one["start"]) : int(one["end"])].split()) == one["text"]


def test_messages_are_in_the_language_of_the_run(folder, tmp_path):
    for lang, word in (("vi", "Tệp rỗng"), ("en", "The file is empty")):
        run(folder, tmp_path / lang, lang=lang)
        [row] = [row for row in rows(tmp_path / lang, "problems") if row["file"] == "empty.docx"]
        [report] = [row for row in rows(tmp_path / lang, "reports") if row["file"] == "empty.docx"]
        assert row["message"].startswith(word)
        assert row["message"] == report["error"]


def test_two_workers_write_the_bytes_that_one_writes(folder, tmp_path, monkeypatch):
    for number in range(3):
        (folder / f"{number}.md").write_text(REPORT.replace("12 lớp", f"{number} lớp"), encoding="utf-8")
    one = run(folder, tmp_path / "1")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    two = run(folder, tmp_path / "2", workers=2)
    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert (one.files, one.items, one.problems, one.unread) == (
        two.files,
        two.items,
        two.problems,
        two.unread,
    )
    assert one.files["ok"] == 4


def test_a_fault_of_ours_costs_one_file_and_tells_nothing_of_its_text(folder, tmp_path, monkeypatch, forked):
    (folder / "bad.txt").write_text("Mật: 5 vụ.", encoding="utf-8")

    def break_on_secret(document, *packs):
        if "Mật" in document.text:
            raise KeyError(document.text)
        return extract(document, *packs)

    monkeypatch.setattr("pipeline.extract.extract", break_on_secret)
    summary = run(folder, tmp_path / "out")
    [row] = [row for row in rows(tmp_path / "out", "problems") if row["file"] == "bad.txt"]
    assert row["code"] == "file.crashed"
    assert "bad.txt" in row["message"]
    assert "KeyError, reports.py:" in row["message"]
    assert "Mật" not in row["message"]
    assert summary.files == {"ok": 1, "partial": 0, "failed": 4}


def test_a_page_without_text_makes_a_report_partial(tmp_path, monkeypatch):
    def with_a_scan(path):
        scan = Problem("page.no_text", (("page", "2"),))
        return replace(parse(path), problems=(scan, Problem("file.suffix", (("suffix", "a"), ("format", "b")))))

    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr("pipeline.batch.reports.parse", with_a_scan)
    result = read_report(Source("a.txt", tmp_path / "a.txt"), lang="en")
    assert (result.status, result.error) == (
        "partial",
        "Page 2 has no text layer (a scan) and was not read. Install Tesseract with its Vietnamese data (vie), "
        "or name its path in the variable BAOCAO_TESSERACT, and run again.",
    )
    assert ("page.no_text", 2) in [(problem.code, problem.page) for problem in result.problems]
    assert result.items


def test_a_report_is_known_by_its_bytes_and_an_unreadable_one_by_its_path(folder, tmp_path, monkeypatch):
    (folder / "copy.txt").write_text(REPORT, encoding="utf-8")
    run(folder, tmp_path / "out")
    ids = {row["file"]: row["report_id"] for row in rows(tmp_path / "out", "reports")}
    assert ids["copy.txt"] == ids["xã A/tốt.txt"] == hashlib.sha256(REPORT.encode()).hexdigest()[:12]
    gone = [read_report(Source(name, folder / "gone.txt")).report_id for name in ("a.txt", "b.txt", "a.txt")]
    assert gone[0] == gone[2] != gone[1]
    assert len(gone[0]) == 12


def test_items_of_equal_files_have_equal_ids(folder, tmp_path):
    (folder / "copy.txt").write_text(REPORT, encoding="utf-8")
    run(folder, tmp_path / "out")
    ids: dict[str, list[str]] = {}
    for row in rows(tmp_path / "out", "consolidated"):
        ids.setdefault(row["file"], []).append(row["item_id"])
    assert ids["copy.txt"] == ids["xã A/tốt.txt"]
    assert len(set(ids["copy.txt"])) == len(ids["copy.txt"])


def test_progress_tells_each_file_when_it_is_taken_up_and_when_it_is_read(folder, tmp_path):
    steps = []
    run(folder, tmp_path / "out", progress=steps.append)
    assert [(step.done, step.total, step.file, step.result is not None) for step in steps[:3]] == [
        (0, 4, "cut.docx", False),
        (1, 4, "cut.docx", True),
        (1, 4, "empty.docx", False),
    ]
    assert steps[-1].done == 4


def test_a_rule_pack_is_the_one_named_else_the_one_that_recognises_the_report(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT.replace("công tác năm", "công tác đối ngoại năm"), encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(REPORT, encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    assert [row["rule_pack"] for row in rows(tmp_path / "out", "reports")] == ["doi_ngoai", "core"]
    run(tmp_path / "in", tmp_path / "out", rules="core")
    assert [row["rule_pack"] for row in rows(tmp_path / "out", "reports")] == ["core", "core"]


def test_a_run_that_cannot_be_says_why(folder, tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "a.xyz").touch()
    (tmp_path / "file").touch()
    assert code(tmp_path / "nowhere", tmp_path / "out") == "run.no_folder"
    assert code(tmp_path / "bare", tmp_path / "out") == "run.no_reports"
    assert code(folder, tmp_path / "file") == "run.output"
    assert code(folder, tmp_path / "file" / "below") == "run.output"
    assert code(folder, tmp_path / "out", rules="no such pack") == "rules.not_found"
    assert not (tmp_path / "out").exists()


def test_a_failing_write_is_told_and_leaves_the_old_tables(folder, tmp_path, monkeypatch):
    run(folder, tmp_path / "out")
    before = content(tmp_path / "out")
    (folder / "new.txt").write_text(REPORT, encoding="utf-8")

    def locked(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    assert code(folder, tmp_path / "out") == "run.output"
    assert content(tmp_path / "out") == before


def test_ctrl_c_leaves_the_old_tables(folder, tmp_path):
    run(folder, tmp_path / "out")
    before = content(tmp_path / "out")
    (folder / "new.txt").write_text(REPORT, encoding="utf-8")

    def interrupt(step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(folder, tmp_path / "out", progress=interrupt)
    assert content(tmp_path / "out") == before


def test_a_single_file_is_a_run_of_one(folder, tmp_path):
    run(folder / "xã A" / "tốt.txt", tmp_path / "out")
    assert [row["file"] for row in rows(tmp_path / "out", "reports")] == ["tốt.txt"]


def files(folder, out=None) -> list[str]:
    return [source.file for source in find_reports(folder, out)]


def test_the_output_folder_is_no_input(folder):
    (folder / "out").mkdir()
    (folder / "out" / "old.md").write_text("cũ", encoding="utf-8")
    assert "out/old.md" in files(folder)
    assert "out/old.md" not in files(folder, folder / "out")
    assert "xã A/tốt.txt" in files(folder, folder)


def test_names_are_nfc_and_print_on_one_line(tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "báo cáo.txt")).touch()
    (tmp_path / "hai\ndòng.txt").touch()
    (tmp_path / os.fsdecode(b"cp1258 b\xe1o.txt")).touch()
    assert files(tmp_path) == sorted(["báo cáo.txt", "hai\ufffddòng.txt", "cp1258 b\ufffdo.txt"])


def test_links_are_followed_but_nothing_is_read_twice(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "far.txt").touch()
    (tmp_path / "elsewhere" / "back").symlink_to(folder)
    (folder / "a link").symlink_to(tmp_path / "elsewhere")
    (folder / "a loop").symlink_to(folder)
    (folder / "a twin").symlink_to(folder / "xã A")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    assert files(folder) == [
        "a link/far.txt", "cut.docx", "empty.docx", "junk.pdf", "self.txt", "xã A/tốt.txt",
    ]  # fmt: skip


def test_a_subfolder_that_cannot_be_opened_has_a_row(folder, tmp_path, monkeypatch):
    (folder / "xã B").mkdir()
    listed = Path.iterdir

    def closed(self):
        if self.name == "xã B":
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", closed)
    summary = run(folder, tmp_path / "out")
    assert "xã B" in [file for file, _, _ in summary.unread]
    assert [row["code"] for row in rows(tmp_path / "out", "problems") if row["file"] == "xã B"] == ["file.unreadable"]


def test_a_parser_error_is_a_failed_result_of_its_format(tmp_path, monkeypatch):
    def locked(path):
        raise ParseError("file.encrypted", format="DOCX")

    monkeypatch.setattr("pipeline.batch.reports.parse", locked)
    result = read_report(Source("a.DOCM", tmp_path / "a.DOCM"))
    assert (result.status, result.format, result.problems[0].code) == ("failed", "docx", "file.encrypted")
    assert result.error == result.problems[0].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes, which this system does not have")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path):
    reports = tmp_path / "in"
    reports.mkdir()
    os.mkfifo(reports / "ong.docx")
    (reports / "tot.txt").write_text(REPORT, encoding="utf-8")
    summary = run(reports, tmp_path / "out")
    assert summary.files == {"ok": 1, "partial": 0, "failed": 1}
    [row] = [row for row in rows(tmp_path / "out", "problems") if row["file"] == "ong.docx"]
    assert row["code"] == "file.special"
