"""The shape of the code: imports go one way, importing is cheap, and everything says what it is for."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"pandas", "numpy", "spacy", "lxml", "docx", "pypdfium2", "pdfplumber", "dateparser"}
LONGEST_FUNCTION, LONGEST_FILE = 60, 400
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_the_layers_hold() -> None:
    beside = Path(sys.executable).with_name("lint-imports")
    linter = str(beside) if beside.is_file() else shutil.which("lint-imports")
    if not linter:
        pytest.skip("lint-imports (import-linter) is not installed")
    result = run(linter, "--no-cache")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_every_module_has_a_layer() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = {name.strip() for layer in settings["contracts"][0]["layers"] for name in layer.split("|")}
    parts = {f"pipeline.{path.stem}" for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
    assert layers == parts | {f"pipeline.{path.parent.name}" for path in PACKAGE.glob("*/__init__.py")}


def loaded_by(modules: str) -> set[str]:
    """Return the top-level modules that a fresh Python has after importing `modules`."""
    result = run(sys.executable, "-c", f"import {modules}, sys; print(*sorted(sys.modules))")
    assert result.returncode == 0, result.stderr
    return {name.partition(".")[0] for name in result.stdout.split()}


@pytest.mark.parametrize("modules", ["pipeline", "pipeline.cli", "pipeline.rulebook, pipeline.text.tokens"])
def test_importing_is_cheap(modules: str) -> None:
    loaded = loaded_by(modules)
    assert "pipeline" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    ("modules", "left"),
    [
        ("pipeline.batch.starting, pipeline.cli.run", HEAVY | {"yaml", "sqlite3", "rich"}),
        ("pipeline.batch.runs", HEAVY | {"rich", "ssl"}),
        ("pipeline.parsers.docx, pipeline.batch.warm", HEAVY - {"lxml", "docx", "numpy", "spacy"} | {"pyarrow", "PIL"}),
    ],
)
def test_a_run_loads_what_its_files_need_and_no_more(modules: str, left: set[str]) -> None:
    assert loaded_by(modules) & left == set()


def test_what_shares_out_the_files_of_a_run_loads_nothing_that_reads_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bao_cao.txt").write_text("Số: 45/BC-SNN\n\nCó 12 đoàn vào.\n", encoding="utf-8")
    told = run(
        sys.executable,
        "-c",
        "import sys, pipeline.cli\n"
        f"pipeline.cli.main(['run', {str(tmp_path / 'in')!r}, '-o', {str(tmp_path / 'out')!r}, '-q'])\n"
        "print(*sys.modules)",
    )
    loaded = set(told.stdout.split())
    assert (tmp_path / "out" / "consolidated.csv").stat().st_size > 3
    assert {name for name in loaded if name.startswith(("pipeline.extract", "pipeline.parsers.pdf", "spacy"))} == set()
    assert "pipeline.batch.runs" in loaded


def test_the_server_of_workers_is_started_before_a_run_is_imported(tmp_path: Path) -> None:
    told = run(
        sys.executable,
        "-c",
        "import sys, pipeline.cli, pipeline.batch.starting\n"
        "def started(suffixes): print(*sys.modules); sys.exit()\n"
        "pipeline.batch.starting.start_server = started\n"
        f"pipeline.cli.main(['run', {str(tmp_path)!r}, '-o', {str(tmp_path / 'out')!r}])\n",
    )
    loaded = set(told.stdout.split())
    assert "pipeline.batch.starting" in loaded
    assert loaded & {"pipeline.batch.runs", "pipeline.cache", "pipeline.rulebook", "pipeline.tables", "yaml"} == set()


@pytest.mark.parametrize(
    ("modules", "prepared"), [("pipeline.batch.warm", 1), ("pipeline.batch.warm, pipeline.batch.rehearsal", 5)]
)
def test_what_workers_are_forked_from_has_rules_and_keeps_them_shared(modules: str, prepared: int) -> None:
    told = run(
        sys.executable,
        "-c",
        f"import gc, {modules}\n"
        "from pipeline.extract.vocabulary import phrases_of\n"
        "from pipeline.rulebook.pack import _loaded\n"
        "print(_loaded.cache_info().currsize, phrases_of.cache_info().currsize, gc.isenabled(), gc.get_freeze_count())",
    )
    packs, phrases, collecting, shared = told.stdout.split()
    assert (packs, phrases) == ("5", str(prepared))
    assert collecting == "True"
    assert int(shared) > 50_000


def test_spacy_comes_without_its_commands_which_can_still_be_had() -> None:
    told = run(
        sys.executable,
        "-c",
        "import pipeline.text.spacy_parts, sys\n"
        "print(sum(name.startswith(('spacy.cli', 'typer', 'weasel')) for name in sys.modules))\n"
        "import spacy, spacy.cli\n"
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__, callable(spacy.cli.app))",
    )
    assert told.stdout.split() == ["0", "True", "True"], told.stderr


def test_no_struct_is_taken_for_a_dataclass() -> None:
    """Mypy lets `dataclasses.replace` have a Struct of msgspec; it fails when it is called."""
    asks = re.compile(
        r"^\s*(?:import dataclasses|from dataclasses import .*\b(?:replace|asdict|astuple|fields)\b)", re.MULTILINE
    )
    asking = {name_of(path) for path in MODULES if asks.search(path.read_text(encoding="utf-8"))}
    assert asking == {"pipeline/parsers/limits.py", "pipeline/batch/limits.py"}  # `FileLimits` is a dataclass


def test_spacy_is_imported_in_one_place() -> None:
    others = [path for path in MODULES if path.name != "spacy_parts.py"]
    spacy = re.compile(r"^\s*(?:from|import) spacy\b", re.MULTILINE)
    assert spacy.search((PACKAGE / "text" / "spacy_parts.py").read_text(encoding="utf-8"))
    assert [name_of(path) for path in others if spacy.search(path.read_text(encoding="utf-8"))] == []


def test_a_heavy_import_would_be_seen() -> None:
    assert "lxml" in loaded_by("lxml.etree")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    words = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0].split()
    assert len(words) >= 3, "no docstring that says what the module is for"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, Function)]
    lengths = {f"{f.name}, line {f.lineno}": (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    assert len(text.splitlines()) <= LONGEST_FILE
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
