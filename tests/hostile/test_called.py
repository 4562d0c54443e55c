"""Programs that help are given bytes and names of ours: nothing of a file's name or words is in their command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.parsers import parse
from pipeline.parsers.office import antiword, soffice
from pipeline.parsers.scan import engine
from pipeline.problems import ParseError
from tests.parsers.office_sketch import OLE

NAME = "-x $(touch roi) `touch roi`; touch roi & ..doc"


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str | Path]]:
    """The commands that were to be run; none is, and each is said to have failed."""
    commands: list[Sequence[str | Path]] = []

    def refused(command: Sequence[str | Path], *more: object) -> int:
        commands.append(command)
        output = more[-1]
        if isinstance(output, Path):
            output.touch()
        return 1

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(antiword, "run", refused)
    monkeypatch.setattr(soffice, "run", refused)
    monkeypatch.setenv("BAOCAO_ANTIWORD", sys.executable)
    return commands


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
@pytest.mark.parametrize("program", ["BAOCAO_SOFFICE", "BAOCAO_ANTIWORD"])
def test_the_name_of_a_report_is_in_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: list[Sequence[str | Path]], program: str
) -> None:
    monkeypatch.setenv("BAOCAO_SOFFICE", sys.executable if program == "BAOCAO_SOFFICE" else str(tmp_path / "none"))
    (tmp_path / NAME).write_bytes(OLE + bytes(248) + "WordDocument\0".encode("utf-16-le") + b"$(touch roi)")
    with pytest.raises(ParseError):
        parse(tmp_path / NAME)
    assert called
    for command in called:
        assert isinstance(command, list)  # no shell takes it apart
        assert not [part for part in map(str, command) if "touch" in part]
        assert Path(command[-1]).is_absolute()  # no file is taken for an option
    assert not (tmp_path / "roi").exists()


def test_tesseract_has_its_picture_from_us_and_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], dict[str, object]]] = []

    def noted(command: list[str], **more: object) -> subprocess.CompletedProcess[bytes]:
        calls.append((command, more))
        return subprocess.CompletedProcess(command, 0, b"<html/>", b"")

    monkeypatch.setattr(engine.subprocess, "run", noted)
    engine.Tesseract("tesseract").read(np.zeros((2, 3), np.uint8), 300, 6)
    [(command, more)] = calls
    assert command[1:3] == ["-", "-"] and "shell" not in more
    assert str(more["input"]).startswith("b'P5 3 2 255")
