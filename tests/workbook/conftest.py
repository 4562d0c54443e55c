"""A run over two small reports, made once for all tests and copied for each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.decisions.making import REPORT, Made
from tests.folders import SMALL_PACK


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = Made(tmp_path_factory.mktemp("ready"))
    made.write("a.txt", REPORT.format(n=5))
    made.write("b.txt", REPORT.format(n=6))
    made.run()
    return made


@pytest.fixture
def made(ready: Made, tmp_path: Path) -> Made:
    made = Made(tmp_path)
    assert (made.pack / "pack.yaml").read_text(encoding="utf-8") == SMALL_PACK
    shutil.copytree(ready.folder, made.folder, dirs_exist_ok=True)
    shutil.copytree(ready.out, made.out)
    return made
