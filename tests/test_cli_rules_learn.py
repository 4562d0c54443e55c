"""Command line of `rules learn`, and what `rules stats` tells of decisions made since the run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from pipeline.cli import main
from tests.evaluation.fair import Fair
from tests.folders import content

MARKETS = "Huyện đã mở 14 phiên chợ vào mùa xuân."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made")
    Fair.run(place)
    return place


@pytest.fixture
def fair(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fair:
    """Return the fair in the current folder: `out`, and the pack `pack_out`."""
    shutil.copytree(made / "out", tmp_path / "out")
    shutil.copytree(made / "pack_out", tmp_path / "pack_out")
    monkeypatch.chdir(tmp_path)
    return Fair(Path("out"), Path("pack_out"))


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["rules", *arguments]) == status
    captured = capsys.readouterr()
    return captured.err if status else captured.out


def reviewed(fair: Fair) -> None:
    fair.decide(fair.item("14 phiên chợ"), "corrected", {"value": "41"}, note="viết ngược")
    fair.decide(fair.item("5/6/2024"), "rejected", reviewer="Bình")
    fair.decide(fair.item("20 phiên chợ"), "accepted")
    for reviewer, action in (("An", "accepted"), ("Bình", "rejected")):
        fair.decide(fair.item("dạy nghề chợ"), action, reviewer=reviewer)


def test_suggestions_are_yaml_that_names_file_rule_and_source(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed(fair)
    told = shown(capsys, "learn", "out", "--rules", "pack_out", "--lang", "vi")
    (rules,) = (document for document in yaml.safe_load_all(told) if document)
    assert [(rule["id"], list(rule)) for rule in rules["rules"]] == [
        ("phien", ["id", "examples"]),
        ("ngay_phien", ["id", "rejects"]),
    ]
    assert {"text": MARKETS, "value": "41", "unit": "phiên chợ"} in rules["rules"][0]["examples"]
    lines = [line.strip() for line in told.splitlines()]
    assert lines[0] == "# Rà soát 4 thông tin trong out cho 2 đề xuất: 2 chưa đạt, 0 đã đạt."
    assert "# tệp: pack_out/rules.yaml · bộ cho_phien" in lines
    at = lines.index(f"- {{text: '{MARKETS}', value: '41', unit: phiên chợ}}")
    assert lines[at - 2] == "# CHƯA ĐẠT · quy tắc nay cho ra: value: '14', unit: phiên chợ"
    assert lines[at - 1].startswith("# sửa value: '41' · a.txt, ký tự ")
    assert lines[at - 1].rpartition(" · An · ")[2].endswith(" · viết ngược")
    disputed = lines.index("# Còn tranh chấp, chưa đề xuất gì: 1", 5)
    assert [line.partition(" · ")[0] for line in lines[disputed + 2 :]] == ["#     An: chấp nhận", "#     Bình: bác"]


def test_a_file_gets_the_suggestions_and_the_screen_their_number(
    fair: Fair, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(fair)
    rules, tables = content(fair.pack), content(fair.out)
    told = shown(capsys, "learn", "out", "--rules", "pack_out", "--accepted", "-o", "moi/hoc.yaml", "--lang", "en")
    assert told.splitlines()[0] == "4 items reviewed in out give 3 suggestions: 2 fail today, 1 pass."
    assert told.splitlines()[-1] == "The suggestions: moi/hoc.yaml."
    written = Path("moi/hoc.yaml").read_text(encoding="utf-8")
    assert written.count("# PASSES") == 1 and written.count("# FAILS") == 2
    assert (content(fair.pack), content(fair.out)) == (rules, tables), "neither pack nor tables are touched"


def test_the_packs_are_those_of_the_run_unless_others_are_named(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    fair.decide(fair.item("5/6/2024"), "rejected")
    assert "- id: ngay_phien" in shown(capsys, "learn", "out", "--lang", "vi")
    other = shown(capsys, "learn", "out", "--rules", "core", "--lang", "vi")
    assert "- id:" not in other
    assert "# Quy tắc nay không còn · ngày:" in other


def test_nothing_to_learn_is_said(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, "learn", "out", "--lang", "vi", "-o", "hoc.yaml")
    assert told == "Chưa có gì để học: chưa ai rà soát thông tin nào trong out.\n"
    fair.decide(fair.item("14 phiên chợ"), "accepted")
    told = shown(capsys, "learn", "out", "--lang", "en", "-o", "hoc.yaml").splitlines()
    assert told[0] == "Nothing new to learn from the 1 items reviewed in out."
    assert told[1] == "What was accepted would give 1 more examples: add --accepted."
    assert not Path("hoc.yaml").exists()


def test_no_file_is_written_into_a_pack(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed(fair)
    before = content(fair.pack)
    told = shown(capsys, "learn", "out", "-o", "pack_out/hoc/moi.yaml", "--lang", "vi", status=2)
    assert "pack_out/hoc/moi.yaml nằm trong bộ quy tắc" in told
    assert content(fair.pack) == before


def test_a_folder_without_tables_is_refused(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    assert "baocao run" in shown(capsys, "learn", "pack_out", "--lang", "vi", status=2)


def test_stats_count_what_was_decided_since_the_run_and_what_was_missed(
    fair: Fair, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(fair)
    fair.decide(fair.item("3 phiên chợ"), "accepted")
    fair.add("count", "9", "Bán ở gian số lượng 9.", {"value": "9"})
    told = shown(capsys, "stats", "out", "--rules", "pack_out", "--lang", "vi")
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert next(line for line in lines if line.startswith("cho_phien/phien ")).startswith(
        "cho_phien/phien số liệu 4 1 67/33/0 2/1/0"
    )
    assert "Bỏ sót, người đọc đã thêm: số liệu 1" in lines


def test_stats_show_first_what_is_rejected_most(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed(fair)
    for order, first in (("hits", "cho_phien/phien"), ("rejected", "cho_phien/ngay_phien")):
        told = shown(capsys, "stats", "out", "--rules", "pack_out", "--lang", "en", "--sort", order)
        rules = [line.split()[0] for line in told.splitlines() if line.strip().startswith("cho_phien/")]
        assert rules[0] == first
