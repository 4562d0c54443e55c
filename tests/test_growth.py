"""What growth is measured with: reports of so many pages, packs of so many rules, plots."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from benchmarks import longer
from benchmarks.curves import draw_pages, draw_rules
from benchmarks.growth import alone, pages_table, rules_table
from benchmarks.ruleset import real_rules, rules, varied, write_pack
from pipeline.parsers.docx import read_docx
from pipeline.rulebook import load_pack, shipped_packs


@pytest.fixture(autouse=True)
def _few_and_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(longer, "_SOURCES", 2)
    monkeypatch.setattr(longer, "_LENGTH", 2)


@pytest.mark.parametrize("pages", [1, 2, 5, 30])
def test_a_pdf_has_so_many_pages(pages: int) -> None:
    assert len(PdfReader(io.BytesIO(longer.long_pdf(pages))).pages) == pages


@pytest.mark.parametrize("pages", [2, 30])
def test_a_docx_has_so_many_pages(pages: int) -> None:
    document = read_docx(longer.long_docx(pages))
    assert len(document.text) / longer.PAGE == pytest.approx(pages, rel=0.1, abs=0.3)


def test_all_shipped_rules_are_there() -> None:
    shipped = {rule.id.split("/")[1] for name in shipped_packs() for rule in load_pack(name).rules()}
    assert {rule.id for rule in real_rules()} == shipped


def test_a_variant_is_another_rule_of_the_same_form() -> None:
    rule = next(rule for rule in real_rules() if rule.id == "doan_ra")
    one, other = varied(rule, 1), varied(rule, 2)
    assert one != other and one == varied(rule, 1)
    assert one.startswith("id: doan_ra_1\n")
    assert "đoàn ra, cử đoàn" in rule.text and "đoàn ra, cử đoàn" not in one
    assert [line.split(":")[0] for line in one.splitlines()] == [line.split(":")[0] for line in rule.text.splitlines()]


@pytest.mark.parametrize("count", [10, 300])
def test_a_pack_of_any_size_loads(count: int, tmp_path: Path) -> None:
    write_pack(tmp_path / "pack", count)
    pack = load_pack(str(tmp_path / "pack"))
    assert len({rule.id for rule in pack.rules()}) == len(pack.rules()) == len(rules(count)) == count
    sources = [rule.source for rule in pack.patterns if rule.source]
    assert len(set(sources)) > 0.95 * len(sources)  # variants look for something else


def test_work_is_done_in_a_process_of_its_own() -> None:
    assert alone(lambda: [1.0, 2.0]) == [1.0, 2.0]


PAGES = {(kind, size): [0.05 * size, 0.03 * size, 100.0] for kind in ("pdf", "docx") for size in (1, 50, 200)}
RULES = {("rules", size): [0.1, 0.2, 0.01 * size] for size in (10, 200, 1000)}


def test_the_tables_tell_milliseconds() -> None:
    assert "| 50 | 50 | 30 | 80 | 100 | 50 | 30 | 80 | 100 |" in pages_table(PAGES)
    assert f"| 1,000 | {len(real_rules())} | 0.10 | 0.20 | 10,000 |" in rules_table(RULES)


def test_the_plots_have_labels_and_no_font_of_this_machine(tmp_path: Path) -> None:
    draw_pages(tmp_path / "pages.svg", PAGES)
    draw_rules(tmp_path / "rules.svg", RULES, 226)
    for name in ("pages", "rules"):
        drawn = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
        assert "<path" in drawn and "<text" not in drawn
