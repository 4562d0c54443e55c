"""The guide to rule packs keeps what it promises: its report, its pack and its table give what it says they give."""

from __future__ import annotations

import csv
import re
import textwrap
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.extract.lint import lint
from pipeline.rulebook.pack import forget_packs

GUIDE = (Path(__file__).parent.parent / "rules" / "README.md").read_text(encoding="utf-8")
BLOCKS = [textwrap.dedent(block) for block in re.findall(r"(?ms)^ *```(?:text|yaml)\n(.*?)^ *```$", GUIDE)]
WANTED = {"Số vụ cháy rừng": "2", "Diện tích rừng bị cháy": "1.35", "Số hộ ký cam kết": "428"}


def block(begin: str) -> str:
    """Return the one block of the guide that begins so."""
    (found,) = (block for block in BLOCKS if block.startswith(begin))
    return found


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the report of the first step and the pack of the second."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kiem_lam").mkdir()
    (tmp_path / "kiem_lam" / "quy1.txt").write_text(block("CHI CỤC KIỂM LÂM"), encoding="utf-8")
    assert main(["rules", "new", "chay_rung", "--title", "Báo cáo phòng cháy, chữa cháy rừng", "--lang", "vi"]) == 0
    return tmp_path


def write_pack(office: Path) -> None:
    """Write the pack as the steps say."""
    pack = office / "chay_rung"
    manifest = (pack / "pack.yaml").read_text(encoding="utf-8")
    told = block("recognise:")
    for key, value in re.findall(r"(?ms)^(recognise|columns):(.*?)(?=^\w|\Z)", told):
        manifest, replaced = re.subn(rf"(?ms)^{key}:.*?(?=^\w|^#|\Z)", lambda _, k=key, v=value: f"{k}:{v}", manifest)
        assert replaced == 1, key
    (pack / "pack.yaml").write_text(manifest, encoding="utf-8")
    (pack / "quy_tac.yaml").write_text(block("rules:\n  - id: ho_cam_ket"), encoding="utf-8")
    (pack / "chi_tieu.yaml").write_text(block("indicators:"), encoding="utf-8")
    forget_packs()


def test_the_third_step_shows_the_number_that_needs_a_rule(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "kiem_lam/quy1.txt", "--lang", "vi"]) == 0
    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert [line.split(" → ")[0] for line in told if line.startswith("XEM LẠI")] == ["XEM LẠI 428"]
    assert any(line.startswith("số liệu 02 vụ → 2 vụ") for line in told)
    assert any(line.startswith("số liệu 1,35 ha → 1.35 ha") for line in told)


def test_the_pack_of_the_guide_is_right_and_gives_its_three_indicators(office: Path) -> None:
    write_pack(office)
    assert [fault for fault in lint("chay_rung").faults if "vocabulary" not in str(fault.path)] == []
    assert main(["run", "kiem_lam", "-o", "ket_qua", "--rules", "chay_rung", "--lang", "vi"]) == 0
    with (office / "ket_qua" / "indicators_wide.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    heads = {head: next(key for key in row if key.startswith(head)) for head in WANTED}
    assert {head: row[key] for head, key in heads.items()} == WANTED


def test_the_table_of_the_guide_proves_the_indicator_of_the_guide(office: Path) -> None:
    write_pack(office)
    example = textwrap.indent(block("examples:").removeprefix("examples:\n"), "    ")
    path = office / "chay_rung" / "chi_tieu.yaml"
    indicators = path.read_text(encoding="utf-8")
    path.write_text(indicators.replace("    examples:\n", f"    examples:\n{example}", 1), encoding="utf-8")
    forget_packs()
    assert [fault.problem for fault in lint("chay_rung").faults] == []


def test_a_value_with_a_comma_is_told_to_have_a_point(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pack(office)
    path = office / "chay_rung" / "chi_tieu.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("'1.35'", "'1,35'"), encoding="utf-8")
    forget_packs()
    assert main(["rules", "check", "chay_rung", "--lang", "vi"]) == 1
    assert "cần value: '1,35', ra đúng số ấy" in capsys.readouterr().out
