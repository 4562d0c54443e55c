from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from tests.summary.made import activity, report, write


def test_the_command_writes_the_page_beside_the_tables_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = write(tmp_path / "out", [report("a.txt", [activity("training", "done")])])
    assert main(["summary", str(out), "--lang", "vi"]) == 0
    assert str(out / "summary.html") in capsys.readouterr().out
    assert '<html lang="vi">' in (out / "summary.html").read_text(encoding="utf-8")
    assert (out / "summary" / "activities.png").is_file()


def test_the_command_writes_in_english_to_another_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, page = write(tmp_path / "out", [report("a.txt")]), tmp_path / "trang.html"
    assert main(["summary", str(out), "-o", str(page), "--lang", "en"]) == 0
    assert "Summary: " in capsys.readouterr().out
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    assert not (out / "summary.html").exists()


def test_a_folder_without_tables_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", str(tmp_path / "nowhere"), "--lang", "en"]) == 2
    assert "Run baocao run" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
