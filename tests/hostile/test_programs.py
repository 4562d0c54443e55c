"""What a program that reads for us may do to the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.parsers.office.process import deadline, run

WRITES = "import sys, time; time.sleep(1); open(sys.argv[1], 'wb').write(bytes(3_000_000))"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone bounds what another process writes")
@pytest.mark.parametrize(("most", "written"), [(1_000_000, 1_000_000), (5_000_000, 3_000_000)])
def test_no_file_of_a_program_grows_beyond_what_may_be_unpacked(
    tmp_path: Path, held: Callable[..., None], most: int, written: int
) -> None:
    held(unpacked_size=most)
    file = tmp_path / "written"
    run([sys.executable, "-c", WRITES, str(file)], deadline(20), dict(os.environ), None)
    assert file.stat().st_size == written
