"""Runs killed on the way and in the exchange of their tables: never a mixture, and going on gives the same bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.cache import DocumentCache
from tests.folders import small_pack
from tests.killed import Bench, Kill, trials

REPORT = """BÁO CÁO
Kết quả công tác năm {year}

I. KẾT QUẢ THỰC HIỆN

Thực hiện Công văn số {number}/UBND-VX ngày 05/3/{year}, thôn đã mở {number} buổi nói chuyện chuyên đề.
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_what_a_killed_run_leaves_is_whole_and_the_next_one_goes_on(tmp_path):
    reports, pack = tmp_path / "in", small_pack(tmp_path)
    reports.mkdir()
    for number in range(1, 4):
        (reports / f"{number}.txt").write_text(REPORT.format(year=2019 + number, number=number * 11), encoding="utf-8")

    def go_on(out: Path, cache: str) -> None:
        run(reports, out, str(pack), cache=DocumentCache(tmp_path / cache))

    run(reports, tmp_path / "alone", str(pack))
    run(reports / "1.txt", tmp_path / "earlier", str(pack))
    bench = Bench(reports, tmp_path, ["--rules", str(pack)])
    kills = [Kill(move=12), Kill(seconds=1.5)]
    cut, early = trials(bench, kills, tmp_path / "earlier", tmp_path / "alone", go_on)
    assert (cut.before, cut.found, cut.settled) == ("earlier", "part of left alone", "left alone")
    assert (early.before, early.settled) == ("none", "none")
