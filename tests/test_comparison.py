"""The bench beside the floor and what others do: its arithmetic, what it counts, and that each contender reads."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks import phases
from benchmarks.__main__ import BENCHES
from benchmarks.comparison import further, said, table
from benchmarks.contenders import floor, obvious
from benchmarks.counting import Counted, counted
from benchmarks.rounds import alternating, markdown, ratio, slopes, told
from benchmarks.scene import FLOOR, KINDS, MIXED, OBVIOUS, ONE, PRINTED, TWO, Holds, Run, contenders, drafts, holds
from benchmarks.watching import ROOT, environment

SAMPLES = ROOT / "samples" / "reports"
PDF, DOCX = "ubnd_phuong_2025q3.pdf", "snv_phutho_2024h1.docx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for name in (PDF, DOCX):
        (place / name).write_bytes((SAMPLES / name).read_bytes())
    return place


def test_every_name_is_a_bench() -> None:
    assert [name for name in BENCHES if find_spec(f"benchmarks.{name}") is None] == []


def test_each_round_has_all_and_begins_with_another() -> None:
    turns = list(alternating("abc", 4))
    assert [name for _, name in turns] == list("abcbcacababc")
    assert [number for number, _ in turns] == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    slow_machine = 5
    assert ratio([2, 2 * slow_machine, 3], [1, 1 * slow_machine, 1]) == 2
    assert slopes([11.0, 21.0], [1.0, 1.0], 10) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("value", "text"), [(0.1234, "0.12"), (1.234, "1.23"), (12.34, "12.3"), (123.4, "123"), (12345.6, "12,346")]
)
def test_figures_are_told_short(value: float, text: str) -> None:
    assert told(value) == text


def test_a_table_is_markdown() -> None:
    assert markdown(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def took(seconds: float, cpu: float) -> list[Counted]:
    return [Counted(seconds, cpu, 10_000_000, 20_000_000)] * 2


def test_the_tables_tell_ratios_and_what_a_further_report_costs() -> None:
    them = [one for one in contenders("") if one.name in (FLOOR, OBVIOUS, TWO)]
    measured = {(one.name, name): took(1, 1) for one in them for name in one.over}
    measured[FLOOR, PRINTED] = took(2, 2)
    measured[OBVIOUS, PRINTED] = took(30, 21)
    measured[TWO, PRINTED] = took(3, 6)
    content = Holds({"pdf": 11}, {"pdf": 40}, 9, 0, 0)
    rows = {line.split(" | ")[0]: line for line in table(measured, PRINTED, them, content).splitlines()}
    assert rows[f"| {TWO}"].split(" | ")[1:9] == ["3", "6", "1", "1", "545", "150", "3", "3.5"]
    assert f"| {TWO} | 500 | 5 | 4 |" in further(measured, PRINTED, them, 11)
    measured["invoice2data, pdfium", PRINTED] = took(6, 6)
    assert "0.50 times that of invoice2data with pdfium" in said(measured)


def test_the_mixture_of_the_comparison_has_both_kinds_and_long_ones() -> None:
    first = list(drafts(60))
    assert {draft.kind for draft in first} == set(KINDS)
    assert {draft.length for draft in first if draft.kind == "pdf"} >= {0.2, 1, 15}


def test_what_a_folder_holds_is_counted(folder: Path) -> None:
    found = holds(folder)
    assert found.reports == {"docx": 1, "pdf": 1}
    assert found.pages["pdf"] == found.longest > 1
    assert found.tables > 1 and found.notes > 0


def test_the_floor_reads_body_and_notes(folder: Path) -> None:
    text = dict(floor.texts(folder))
    assert "BÁO CÁO" in text[folder / PDF]
    assert "BÁO CÁO" in text[folder / DOCX]
    from pipeline.parsers import parse

    document = parse(folder / DOCX)
    note = next(block for block in document.blocks if block.kind == "footnote")
    assert document.text[note.start : note.end].split()[-1] in text[folder / DOCX]


def test_the_obvious_script_writes_rows_of_every_kind(folder: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(obvious, "search_dates", lambda text, languages: None)  # it takes a second a report
    obvious.main(folder, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["file"] for row in rows} == {PDF, DOCX}
    assert {row["kind"] for row in rows} >= {"document_number", "count", "document_type"}
    assert sum(row["kind"] == "document_number" for row in rows) > 5


def test_the_obvious_script_looks_for_some_hundred_phrases() -> None:
    assert len(set(obvious.phrases())) > 500


ORPHAN = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', '''import time\n"
    "until = time.process_time() + .3\nwhile time.process_time() < until: pass'''], start_new_session=True)"
)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel counts orphans on Linux alone")
def test_what_a_process_left_behind_is_counted_too(tmp_path: Path) -> None:
    took = counted([sys.executable, "-c", ORPHAN], {}, tmp_path / "log")
    assert took.cpu > 0.3
    assert took.largest > 5_000_000


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="what it said"):
        counted([sys.executable, "-c", "import sys; sys.exit('what it said')"], {}, tmp_path / "log")


def test_runs_keep_compiled_modules(tmp_path: Path) -> None:
    assert not environment(tmp_path)["PYTHONDONTWRITEBYTECODE"]


def test_the_clock_counts_for_the_innermost_phase() -> None:
    seconds = iter([0, 1, 3, 6, 10, 15.0])
    clock = phases.Clock(lambda: next(seconds))
    with clock.phase("write", "pdf"):
        with clock.phase("read"):
            pass
        clock.timed(lambda: None, "read")
    assert clock.spent == {("pdf", "write"): 2 + 4, ("pdf", "read"): 3}


@pytest.mark.parametrize("place", [*phases.TIMED, phases._READING])
def test_what_is_timed_is_there(place: str) -> None:
    assert callable(phases.found(place)[2])


def invoice2data() -> str:
    """Return a Python that has invoice2data: this one, or the one that the environment names."""
    return sys.executable if find_spec("invoice2data") else os.environ.get("BAOCAO_INVOICE2DATA", "")


@pytest.mark.skipif(not invoice2data(), reason="invoice2data is not installed (benchmarks/README.md)")
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_invoice2data_finds_numbers_and_amounts(reader: str, folder: Path, tmp_path: Path) -> None:
    (one,) = (one for one in contenders(invoice2data()) if one.name.endswith(reader))
    run = Run(folder, tmp_path / "out", tmp_path / "cache", tmp_path)
    subprocess.run(one.command(run), check=True, capture_output=True)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert len(json.loads(row["document_numbers"])) > 5 and len(json.loads(row["amounts"])) > 5


def test_every_contender_has_a_command(tmp_path: Path) -> None:
    run = Run(tmp_path, tmp_path / "out", tmp_path / "cache", tmp_path)
    them = contenders("python-with-invoice2data")
    assert len({one.name for one in them}) == len(them) == 8
    assert all(one.command(run) and ONE in one.over for one in them)
    assert all(MIXED in one.over for one in them if "invoice2data" not in one.name)
    changed = them[-1].command(run)
    packs = Path(changed[changed.index("--rules") + 1]).parent
    assert "par index 2" in (packs / "cai_cach_hanh_chinh" / "pack.yaml").read_text(encoding="utf-8")


def test_time_passes() -> None:
    clock = phases.Clock()
    with clock.phase("read", "pdf"):
        until = time.process_time() + 0.02
        while time.process_time() < until:
            pass
    assert clock.spent["pdf", "read"] >= 0.02
