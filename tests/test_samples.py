"""The samples against their gold, and their DOCX against their PDF: what a whole run finds.

Scans need Tesseract and DOC, ODT and RTF need LibreOffice; where one is missing, the samples that need it are left out.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.evaluation.letters import letters
from tests.documents import shared
from tests.gold import KINDS, Score, load_gold, score_items, wrong_fields

SAMPLES = Path(__file__).parent.parent / "samples"
GOLD = sorted((SAMPLES / "gold").glob("*.json"))
FILES = {path.stem: path for path in (SAMPLES / "reports").iterdir()}
SCANS = {"cat_pccc_2024", "ubnd_xa_ngoclinh_2025", "stc_ngansach_2023"}
PROGRAMS = {".doc": "soffice", ".odt": "soffice", ".rtf": "soffice"} | dict.fromkeys(SCANS, "tesseract")


def program_missing(name):
    """Return the program that a sample needs and that isn't there, or None."""
    program = PROGRAMS.get(name) or PROGRAMS.get(FILES[name].suffix)
    return program if program and not shutil.which(program) else None


READABLE = {path.stem for path in GOLD if not program_missing(path.stem)}
# No lower than what was reached; raise them as the rules get better.
LEAST = {"document_number": 1.0, "date": 0.995, "count": 0.995, "activity": 0.98}
_OF_THE_PLACE = ("item_id", "report_id", "file", "page", "start", "end", "sentence", "section", "text")


def read(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_report(folder):
    rows = defaultdict(list)
    for row in read(folder, "consolidated"):
        rows[Path(row["file"]).stem].append(row)
    return rows


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    run(SAMPLES / "reports", out, cache=shared())
    return out


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    out = tmp_path_factory.mktemp("twins")
    run(SAMPLES / "twins", out, cache=shared())
    return out


def scored(out, names):
    found, score = by_report(out), Score()
    for path in GOLD:
        if path.stem in names:
            score_items(load_gold(path), found[path.stem], score)
    return score


@pytest.mark.parametrize("kind", KINDS)
def test_items_of_the_samples(reports, kind):
    score = scored(reports, READABLE)
    assert score.f1(kind) >= LEAST[kind], score.told(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_items_of_the_twins(twins, kind):
    score = scored(twins, {path.stem for path in (SAMPLES / "twins").iterdir()})
    assert score.f1(kind) >= LEAST[kind], score.told(kind)


@pytest.mark.parametrize("key", ["issued_date", "document_type"])
def test_every_document_number_has_its_date_and_type(reports, key):
    score = scored(reports, READABLE)
    assert score.told(key) == []
    assert score.right[key] > 250


def test_counts_in_cells_have_the_head_and_the_period_of_their_column(reports):
    found, right, wrong = by_report(reports), 0, []
    for path in GOLD:
        if path.stem not in READABLE:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        items = (item for segment in gold["segments"] for item in segment["items"])
        for item in (item for item in items if item.get("column")):
            wanted = tuple(letters(item.get(key, "")) for key in ("text", "column", "date_start", "date_end"))
            rows = found[path.stem]
            told = {tuple(letters(row[key]) for key in ("text", "column", "date_start", "date_end")) for row in rows}
            right += wanted in told
            wrong += [(path.stem, *wanted)] if wanted not in told else []
    # What is left are heads that compare («so cùng kỳ») and such with a closing day («đến 30/9/2025»): is it a period?
    assert right > 220 or {path.stem for path in GOLD} != READABLE
    assert len(wrong) <= 0.05 * right, wrong


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_fields_of_the_reports(reports, path):
    if program := program_missing(path.stem):
        pytest.skip(f"{program} is not installed")
    rows = {Path(row["file"]).stem: row for row in read(reports, "reports")}
    assert wrong_fields(load_gold(path), rows[path.stem]) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in (SAMPLES / "twins").iterdir()))
def test_docx_and_pdf_of_a_report_give_the_same_items(reports, twins, name):
    def told(rows):
        words = {row["item_id"]: row["text"] for row in rows}  # of the total, whose id is one of the place
        same = [{**row, "part_of": words.get(row["part_of"], "")} for row in rows]
        return Counter(tuple(v for k, v in row.items() if k not in _OF_THE_PLACE) for row in same)

    ours, theirs = told(by_report(reports)[name]), told(by_report(twins)[name])
    assert sum(ours.values()) > 200
    assert ours == theirs


def test_no_numeral_of_the_samples_is_unexplained(reports):
    """Of a scan a word may be misread that would explain the number beside it: that is told, as it has to be."""
    unexplained = [row for row in read(reports, "problems") if row["code"] == "number.unexplained"]
    assert [row["text"] for row in unexplained if Path(row["file"]).stem not in SCANS] == []
    assert len(unexplained) <= 2


def test_indicators_state_what_the_reports_state(reports):
    rows = {(Path(r["file"]).stem, r["indicator"]): r for r in read(reports, "indicators")}
    assert rows["sngv_nghean_2022", "doan_ra"]["value"] != ""
    missing = [r for r in rows.values() if r["value"] == ""]
    assert missing, "an indicator that a report does not state is an empty cell, never a 0"
    assert all(r["item_ids"] == "" for r in missing)
    ids = {row["item_id"] for row in read(reports, "consolidated")}
    assert all(set(r["item_ids"].split("; ")) <= ids for r in rows.values() if r["item_ids"])
