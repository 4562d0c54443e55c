"""What spreadsheets make of the workbook: LibreOffice opens, saves, and what was decided is still there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.workbook import take_workbook
from tests.decisions.making import Made
from tests.workbook.books import exported


def saved_by_libreoffice(path: Path, folder: Path, to: str) -> Path:
    """The workbook as LibreOffice saves it; skips where LibreOffice, or its part for spreadsheets, is not there."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder / "saved"), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = folder / "saved" / f"{path.stem}.{to}"
    if not saved.exists():
        pytest.skip("LibreOffice has no Calc")
    return saved


@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_a_workbook_that_libreoffice_saved_is_taken_back(made: Made, tmp_path: Path, to: str) -> None:
    made.decide(made.item("b.txt", "2 lớp"), "corrected", {"value": "1.250,75"}, reviewer="Bình", note="+1")
    book = exported(made)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), decision="Chấp nhận")
    book.put("items", book.row("items", "năm 2023", file="a.txt"), correction="16/10/2024")
    saved = saved_by_libreoffice(book.save(), tmp_path, to)
    result = take_workbook(made.out, saved, "An")
    assert not result.refused
    assert not result.ignored
    told = {(one.place.text, one.decision.said.get("value", "")) for one in result.taken}
    assert told == {("7 buổi", ""), ("năm 2023", "2024-10-16")}


def test_an_export_as_it_is_decides_nothing_when_libreoffice_saved_it(made: Made, tmp_path: Path) -> None:
    result = take_workbook(made.out, saved_by_libreoffice(exported(made).path, tmp_path, "xlsx"), "An")
    assert (result.taken, result.refused, result.ignored) == ([], [], [])
