"""Pages of help are those that Click makes, and are shown without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from pipeline.cli.calling import commands
from pipeline.cli.messages import Words
from pipeline.cli.pages import FOLDER, page_for
from pipeline.cli.publish import pages

ROOT = Path(__file__).parents[1]
LIGHT = {"__future__", "pipeline", "pipeline.cli", "pipeline.cli.language", "pipeline.cli.pages"}
NAMES = ["run", "watch", "review", "export", "import_", "summary_page", "text", "explain", "gaps", "evaluate"]


def loaded_by(*arguments: str) -> set[str]:
    """Return the modules that a call loads beyond those of a Python that does nothing."""
    call = (
        f"import sys; from pipeline.cli import main; main({list(arguments)}); print('', *sys.modules, file=sys.stderr)"
    )
    told = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=True).stderr
        for code in (call, "import sys; print('', *sys.modules, file=sys.stderr)")
    ]
    return set(told[0].split()) - set(told[1].split())


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_every_page_is_as_click_makes_it_now() -> None:
    made = pages()
    assert sorted(made) == sorted(Path(FOLDER).glob("*/*.txt")), "python -m pipeline.cli.publish"
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, "python -m pipeline.cli.publish"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("call", [["--help"], ["-h"], ["run", "-h"], ["rules", "--help"], ["rules", "try", "--help"]])
def test_a_page_is_what_click_prints(call: list[str], lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = page_for(call, lang)
    assert page is not None
    assert commands(Words(lang)).main(call, "baocao", standalone_mode=False) == page.status
    assert capsys.readouterr().out == page.text


@pytest.mark.parametrize("call", [[], ["rules"], ["cache"]])
def test_a_group_alone_shows_its_page_and_says_that_nothing_was_done(
    call: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*call]) == 2
    shown = capsys.readouterr().out
    assert main([*call, "--help"]) == 0
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize(
    "call",
    [
        *(["--help", "run"], ["run", "x", "--help"], ["nothing", "--help"], ["../vi/run", "--help"], ["run"]),
        *(["--lang", "--help"], ["--lang", "fr", "--help"], ["--lang", "vi"], ["--version", "run"], ["."]),
    ],
)
def test_any_other_call_is_for_click(call: list[str]) -> None:
    assert page_for(call, "en") is None


def test_a_narrow_terminal_has_lines_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert page_for(["run", "--help"], "vi") is None
    assert main(["run", "--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) < 60


def test_the_language_may_stand_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    for call in (["--lang", "vi", "run", "-h"], ["run", "--lang=vi", "-h"], ["run", "-h", "--lang", "vi"]):
        assert main(call) == 0
        assert capsys.readouterr().out.startswith("Cách dùng: baocao run")


def test_a_shell_that_asks_what_may_follow_gets_no_page() -> None:
    environment = {"_BAOCAO_COMPLETE": "bash_complete", "COMP_WORDS": "baocao r", "COMP_CWORD": "1"}
    command = [sys.executable, "-m", "pipeline.cli"]
    told = subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=ROOT, env={**os.environ, **environment}, check=False
    )
    assert told.stdout.split() == ["plain,run", "plain,review", "plain,rules"]


@pytest.mark.parametrize("call", [["--help"], [], ["--version"], ["rules", "check", "-h"]])
def test_help_loads_next_to_nothing(call: list[str]) -> None:
    assert loaded_by(*call) == LIGHT


@pytest.mark.parametrize("command", ["cache", "doctor"])
def test_a_command_loads_no_other(command: str) -> None:
    others = {f"pipeline.cli.{name}" for name in NAMES}
    assert loaded_by(command, "--nothing") & (others | {"pandas", "numpy", "spacy", "lxml", "yaml", "rich"}) == set()


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"baocao {pipeline.__version__}\n"
