"""The same report sent as DOCX, DOC, ODT, RTF, HTML, PDF or as a scan: the same items are found."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipeline.batch import run
from tests.gold import Score, load_gold, score_items, wrong_fields
from tests.test_samples import by_report, read

SAMPLES = Path(__file__).parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))
from docx_writer import source_to_docx  # noqa: E402
from office_writer import docx_to  # noqa: E402
from scan_writer import pdf_to_scan  # noqa: E402
from source import read_source  # noqa: E402

sys.path.remove(str(SAMPLES))

# Footnotes and tables with merged heads; automatic numbering of three levels and tracked changes.
NAMES = ("batgt_quangtri_2024", "stnmt_dongthap_2023m9", "lhhn_haiphong_2024")
SCANNED = "lhhn_haiphong_2024"
LEAST = {"clean": 0.97, "rough": 0.93}  # of the DOCX's F1
UNTRACKED = ("pdf", "html")  # LibreOffice prints what is deleted among the rest: changes are accepted beforehand
_OF_THE_PLACE = ("item_id", "report_id", "file", "page", "start", "end", "sentence", "section", "text")

needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")


def docx(accepted: bool = False) -> dict[str, bytes]:
    return {name: source_to_docx(read_source(SAMPLES / "sources" / f"{name}.txt"), accepted) for name in NAMES}


def run_over(folder: Path, suffix: str, reports: dict[str, bytes]) -> Path:
    (folder / "in").mkdir(parents=True)
    for name, data in reports.items():
        (folder / "in" / f"{name}.{suffix}").write_bytes(data)
    run(folder / "in", folder / "out")
    return folder / "out"


def told(out: Path, name: str) -> Counter:
    rows = by_report(out)[name]
    words = {row["item_id"]: row["text"] for row in rows}  # of the total, whose id is one of the place
    same = [{**row, "part_of": words.get(row["part_of"], "")} for row in rows]
    return Counter(tuple((key, value) for key, value in row.items() if key not in _OF_THE_PLACE) for row in same)


def f1(out: Path, name: str) -> float:
    score = Score()
    score_items(load_gold(SAMPLES / "gold" / f"{name}.json"), by_report(out)[name], score)
    return score.f1()


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return run_over(tmp_path_factory.mktemp("usual"), "docx", docx())


@needs_libreoffice
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf", "html", "pdf"])
def test_the_same_report_in_another_format_gives_the_same_items(kind, usual, tmp_path):
    other = run_over(tmp_path, kind, docx_to(kind, docx(accepted=kind in UNTRACKED)))
    assert {row["format"] for row in read(other, "reports")} == {kind}
    assert {row["status"] for row in read(other, "reports")} == {"ok"}
    for name in NAMES:
        ours, theirs = told(usual, name), told(other, name)
        assert sum(ours.values()) > 150
        assert (ours - theirs, theirs - ours) == (Counter(), Counter()), name
        row = next(row for row in read(other, "reports") if Path(row["file"]).stem == name)
        assert wrong_fields(load_gold(SAMPLES / "gold" / f"{name}.json"), row) == []


@needs_libreoffice
@needs_tesseract
@pytest.mark.parametrize("kind", ["clean", "rough"])
def test_a_scan_gives_nearly_the_same_items(kind, usual, tmp_path):
    printed = docx_to("pdf", {SCANNED: docx(accepted=True)[SCANNED]})[SCANNED]
    out = run_over(tmp_path, "pdf", {SCANNED: pdf_to_scan(printed, kind, seed=7)})
    assert [row["text_source"] for row in read(out, "reports")] == ["ocr"]
    assert f1(out, SCANNED) >= LEAST[kind] * f1(usual, SCANNED)
