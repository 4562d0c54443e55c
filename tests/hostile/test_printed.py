"""What a file says is shown by a terminal and never obeyed: no escape sequence, no turned direction of writing."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from rich.text import Text

from pipeline.cli import main
from pipeline.cli.console import console
from pipeline.text.printable import printable, printable_json
from tests.hostile.packages import docx_parts, paragraph, zipped

OBEYED = "\x1b\x07\x08\x0c\r\x7f\x9b\x9d\u061c\u200f\u202a\u202e\u2066\u2069"
ATTACK = "\x1b]0;chiem\x07\x9b31m\u202egnp"
RAW = re.compile(f"[{OBEYED}]")


@pytest.mark.parametrize("sign", OBEYED)
def test_what_a_terminal_obeys_is_replaced_one_for_one(sign: str) -> None:
    assert printable(f"12{sign}lớp\n\t") == "12\ufffdlớp\n\t"


def test_json_means_the_same() -> None:
    told = {f"tên{OBEYED}": [ATTACK, "«lớp»\n\t\\"]}
    written = printable_json(json.dumps(told, ensure_ascii=False))
    assert json.loads(written) == told
    assert not RAW.search(written) and "«lớp»" in written


@pytest.mark.parametrize("terminal", [False, True])
def test_consoles_show_texts_and_their_own_colours(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    if terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
    screen = console()
    screen.print(f"một {ATTACK}")
    screen.print(Text(f"hai {ATTACK}", "bold"))
    shown = sys.stdout.getvalue()  # type: ignore[attr-defined]
    assert shown.count("chiem") == shown.count("gnp") == 2
    assert ("\x1b[1m" in shown) == terminal
    assert not RAW.search(re.sub("\x1b\\[[\\d;]*m", "", shown))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "in"
    made.mkdir()
    words = f"Sở đã tổ chức 12 lớp \x9b31mtập huấn \x9d0;chiem theo Công văn 7x8{ATTACK[2:].replace(chr(7), '')}."
    parts = docx_parts()
    parts["word/document.xml"] = parts["word/document.xml"].replace("<w:body>", f"<w:body>{paragraph(words)}")
    (made / "a.docx").write_bytes(zipped(parts))
    return made


COMMANDS = (
    ["explain", "in/a.docx", "--rules", "core"],
    ["gaps", "in", "--rules", "core"],
    ["text", f"khong co {ATTACK}.txt"],
    ["run", f"khong co {ATTACK}", "-o", "out"],
    ["summary", f"khong co {ATTACK}"],
    [f"lenh{ATTACK}"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0][:7])
def test_commands_print_nothing_that_is_obeyed(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    main([*command, "--lang", "vi"] if not command[0].startswith("lenh") else command)
    shown = capsys.readouterr()
    assert shown.out or shown.err
    assert not RAW.search(shown.out + shown.err)


class _Stream(io.TextIOWrapper):
    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def test_the_text_is_whole_for_programs_and_harmless_on_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {}
    for terminal in (False, True):
        stream = _Stream(terminal)
        monkeypatch.setattr("sys.stdout", stream)
        assert main(["text", "in/a.docx"]) == 0
        told[terminal] = stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert "\x9b31m" in told[False]
    assert told[True] == printable(told[False]) and len(told[True]) == len(told[False])
