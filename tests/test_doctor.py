"""`baocao doctor`: what it finds, what it says of the rest, and its exit status."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.checkup import find_programs

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts that only POSIX runs")
ALL = {"SOFFICE": "LibreOffice 7.4.7.2 40(Build:2)", "ANTIWORD": "Version: 0.37", "TESSERACT": "tesseract 5.3.0"}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A machine with the programs given, each printing the words given and, asked for languages, `vie`."""

    def install(languages: str = "eng vie", **programs: str) -> None:
        for name in ALL:
            path = tmp_path / name
            if name in programs:
                path.write_text(
                    f'#!/bin/sh\n[ "$1" = --list-langs ] && echo "{languages}" || echo "{programs[name]}"\n'
                )
                path.chmod(0o755)
            monkeypatch.setenv(f"BAOCAO_{name}", str(path))

    return install


@posix
@pytest.mark.parametrize(
    ("programs", "languages", "states", "status"),
    [
        (ALL, "eng vie", "there there there there", 0),
        (ALL, "eng", "there there there missing", 1),
        ({**ALL, "SOFFICE": ""}, "vie", "broken there there there", 1),
        ({"TESSERACT": "tesseract v5.0.1"}, "vie", "missing missing there there", 1),
        ({key: ALL[key] for key in ("SOFFICE", "TESSERACT")}, "vie", "there spare there there", 0),
        ({}, "", "missing missing missing missing", 1),
    ],
)
def test_what_is_found(machine, capsys, programs: dict[str, str], languages: str, states: str, status: int) -> None:
    machine(languages, **programs)
    assert [finding.state for finding in find_programs()] == states.split()
    assert main(["doctor", "--lang", "en"]) == status
    assert ("All helping programs are there" in capsys.readouterr().out) == (status == 0)


@posix
def test_versions_losses_and_how_to_install_are_told(machine, capsys) -> None:
    machine(**ALL)
    assert main(["doctor", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    for words in ("7.4.7.2", "0.37", "5.3.0", "only in part", "apt install", "winget install", "brew install", "spacy"):
        assert words in shown


@posix
def test_in_vietnamese_the_missing_are_named(machine, capsys) -> None:
    machine(ANTIWORD=ALL["ANTIWORD"])
    assert main(["doctor", "--lang", "vi"]) == 1
    shown = capsys.readouterr().out
    assert "Thiếu: LibreOffice, Tesseract, Tesseract: vie." in shown
    assert "Missing" not in shown


@posix
def test_it_fits_a_narrow_terminal(machine, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cli.console._WIDE", 80)
    for lang in ("vi", "en"):
        machine()
        assert main(["doctor", "--lang", lang]) == 1
        shown = capsys.readouterr().out
        assert max(map(len, shown.splitlines())) <= 80
        assert "winget install TheDocumentFoundation.LibreOffice\n" in shown.replace(" \n", "\n")
