"""`rules new`: a pack that is right as it stands, and nothing where it can't be made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

import pipeline.rulebook.skeleton as skeleton
from pipeline.cli import main
from pipeline.extract import extract
from pipeline.extract.outcomes import outcomes
from pipeline.extract.prove import prove
from pipeline.parsers import parse
from pipeline.rulebook import load_pack, read_pack
from pipeline.rulebook.lookup import own_indicators, own_rules


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*arguments: str) -> Path:
    assert main(["rules", "new", *arguments, "--lang", "en"]) == 0
    return Path(arguments[0])


PACKS = [
    ("thu_vien", "core", None),
    ("sau/hon/bao_tang", "core", "Báo cáo bảo tàng: 'quý', tháng # nháp"),
    ("thu_2", "doi_ngoai", '"Trong nháy"'),
]


@pytest.mark.parametrize(("name", "base", "title"), PACKS, ids=[name for name, _, _ in PACKS])
def test_a_new_pack_passes_its_check(here: Path, name: str, base: str, title: str | None) -> None:
    folder = made(name, "--extends", base, *(["--title", title] if title else []))
    pack, faults = read_pack(name)
    assert faults == []
    assert pack is not None
    assert (pack.id, pack.extends) == (folder.name, (base,))
    assert pack.title == (title or f"Rule pack {folder.name}")
    for told in (*own_rules(pack), *own_indicators(pack)):
        for made_of in outcomes(told, pack):
            assert set(made_of.example.expected) <= set(made_of.columns)


def test_a_new_pack_proves_its_examples_and_rejects(here: Path) -> None:
    made("thu_vien")
    assert list(prove(load_pack("thu_vien"), inherited=False)) == []


def test_its_sample_gives_what_its_rule_and_indicator_want(here: Path) -> None:
    folder = made("thu_vien")
    found = extract(parse(folder / skeleton.SAMPLE), load_pack("core"), load_pack("thu_vien"))
    assert found.pack.id == "thu_vien"
    assert [item.rule for item in found.items].count(f"thu_vien/{skeleton.STARTER}") == 1
    assert {v.code: v.value for v in found.indicators}[skeleton.STARTER] == 126
    assert found.problems == ()


def test_every_file_names_a_schema_that_it_fits(here: Path) -> None:
    folder = made("thu_vien")
    files = sorted(folder.rglob("*.yaml"))
    assert len(files) == 3
    for path in files:
        text = path.read_text(encoding="utf-8")
        schema = path.parent / text.partition("\n")[0].partition("$schema=")[2]
        told = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
        assert list(told.iter_errors(yaml.safe_load(text))) == []


def test_the_commands_of_its_readme_work(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made("thu_vien")
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    told = [line.split()[1:] for line in lines if line.startswith("baocao ")]
    assert len(told) == 3
    monkeypatch.chdir(folder)
    for command in told:
        assert main(command) == 0, command


def test_it_says_what_was_made_and_what_comes_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made("thu_vien")
    shown = capsys.readouterr().out
    for path in ("pack.yaml", "vocabulary/units.csv", "samples/bao_cao_mau.txt", "schema/rules.schema.json"):
        assert f"  {path}\n" in shown
    assert "  baocao rules check thu_vien\n" in shown


def test_an_empty_folder_is_filled(here: Path) -> None:
    (here / "trong").mkdir()
    assert (made("trong") / "pack.yaml").is_file()


BAD = [
    ("Thu-vien", "rules.bad_id", "can't be an id"),
    ("2025", "rules.bad_id", "can't be an id"),
    ("thư_viện", "rules.bad_id", "can't be an id"),
    ("co_roi", "rules.exists", "exists already"),
    ("tep", "rules.exists", "exists already"),
]


@pytest.mark.parametrize(
    ("name", "code", "told"), BAD, ids=[name.encode("ascii", "ignore").decode() for name, *_ in BAD]
)
def test_what_can_not_be_a_pack_is_refused_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, code: str, told: str
) -> None:
    (here / "co_roi").mkdir()
    (here / "co_roi" / "ghi_chu.txt").write_text("của tôi", encoding="utf-8")
    (here / "tep").write_text("của tôi", encoding="utf-8")
    before = sorted(here.rglob("*"))
    assert main(["rules", "new", name, "--lang", "en"]) == 2
    assert told in capsys.readouterr().err
    assert sorted(here.rglob("*")) == before


def test_a_pack_to_extend_that_is_nowhere_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", "thu_vien", "--extends", "khong_co_bo_nay", "--lang", "vi"]) == 2
    assert "«khong_co_bo_nay»" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_nothing_half_written_is_left(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(skeleton, "write_schemas", fail)
    with pytest.raises(OSError, match="disk full"):
        skeleton.create_pack(here / "thu_vien", "Thư viện", ("core",))
    assert list(here.iterdir()) == []
