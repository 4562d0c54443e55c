"""Which pack a report is read with, and that two which claim it alike are a problem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.extract import extract
from pipeline.extract.recognition import choose
from pipeline.parsers import parse
from pipeline.rulebook import load_pack
from pipeline.rulebook.deciding import deciding
from pipeline.rulebook.manifest import Recognition
from pipeline.rulebook.pack import forget_packs

REPORT = """\
UBND TỈNH AN GIANG
{issuer}
Số: 45/BC-SNN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Giang, ngày 12 tháng 3 năm 2025

BÁO CÁO
{subject}

I. {heading}
Đã trồng 35 ha lúa.

Nơi nhận:
- Lưu: VT.
GIÁM ĐỐC
Trần Văn An
"""
PACKS = {
    "lua": "recognise: {subject: [cây lúa], issuer: [chi cục trồng trọt], headings: [gieo sạ]}\n",
    "rau": "recognise: {subject: [rau màu, nông sản], headings: [gieo sạ], unless: [tổng kết ngành]}\n",
    "lua_nuoc": "recognise: {subject: [lúa]}\n",
}
PARENTS = {"lua_nuoc": "[lua]"}


def packs(folder: Path) -> list:
    forget_packs()
    for name, text in PACKS.items():
        (folder / name).mkdir(exist_ok=True)
        parents = PARENTS.get(name, "[core]")
        head = f"id: {name}\ntitle: {name}\nversion: '1'\nextends: {parents}\n"
        (folder / name / "pack.yaml").write_text(head + text, encoding="utf-8")
        (folder / name / "words.yaml").write_text("words: {planned: [nay mai]}\n", encoding="utf-8")
    return [load_pack("core"), *(load_pack(str(folder / name)) for name in PACKS)]


@pytest.mark.parametrize(
    ("subject", "issuer", "heading", "expected", "rivals"),
    [
        ("Tình hình rau màu tháng 3", "SỞ NÔNG NGHIỆP", "KẾT QUẢ", "rau", ""),
        ("Tình hình tháng 3", "CHI CỤC TRỒNG TRỌT", "KẾT QUẢ", "lua", ""),
        ("Tình hình rau màu tháng 3", "CHI CỤC TRỒNG TRỌT", "KẾT QUẢ", "rau", ""),
        ("Tình hình tháng 3", "SỞ NÔNG NGHIỆP", "KẾT QUẢ", "core", ""),
        ("Tình hình cây lúa tháng 3", "SỞ NÔNG NGHIỆP", "KẾT QUẢ", "lua_nuoc", ""),
        ("Tình hình cây lúa và rau màu", "SỞ NÔNG NGHIỆP", "KẾT QUẢ", "core", "lua, rau, lua_nuoc"),
        ("Tình hình tháng 3", "SỞ NÔNG NGHIỆP", "GIEO SẠ", "core", "lua, rau"),
        ("Tổng kết ngành nông sản", "SỞ NÔNG NGHIỆP", "KẾT QUẢ", "core", ""),
    ],
)
def test_the_pack_of_a_report(
    tmp_path: Path, subject: str, issuer: str, heading: str, expected: str, rivals: str
) -> None:
    file = tmp_path / "bao_cao.txt"
    file.write_text(REPORT.format(subject=subject, issuer=issuer, heading=heading), encoding="utf-8")
    extraction = extract(parse(file), *packs(tmp_path))
    told = [dict(p.detail)["packs"] for p in extraction.problems if p.code == "pack.ambiguous"]
    assert (extraction.pack.id, told) == (expected, [rivals] if rivals else [])


def test_a_pack_that_is_named_alone_is_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "bao_cao.txt"
    file.write_text(REPORT.format(subject="Tình hình rau màu", issuer="SỞ", heading="KẾT QUẢ"), encoding="utf-8")
    lua = packs(tmp_path)[1]
    assert extract(parse(file), lua).pack is lua


@dataclass(frozen=True)
class Asked:
    """All that `deciding` tells of a pack, and no more: whatever else `choose` asked of it would be an error."""

    id: str
    lineage: tuple[str, ...]
    recognise: Recognition


@pytest.mark.parametrize("subject", ["rau màu", "cây lúa", "cây lúa và rau màu", "tháng 3"])
def test_nothing_else_decides_on_a_pack(tmp_path: Path, subject: str) -> None:
    file = tmp_path / "bao_cao.txt"
    file.write_text(REPORT.format(subject=subject, issuer="SỞ", heading="KẾT QUẢ"), encoding="utf-8")
    known = packs(tmp_path)
    structure = extract(parse(file), *known).structure
    asked = [Asked(pack.id, pack.lineage, pack.recognise) for pack in known]
    by_packs, by_asked = choose(structure, known), choose(structure, asked)  # type: ignore[arg-type]
    assert (by_asked.pack.id, by_asked.problems()) == (by_packs.pack.id, by_packs.problems())


def test_what_decides_on_a_pack_changes_with_it_alone(tmp_path: Path) -> None:
    core, lua, *others = packs(tmp_path)
    told = deciding([core, lua, *others])
    (tmp_path / "lua" / "rules.yaml").write_text("words: {planned: [mai]}\n", encoding="utf-8")
    forget_packs()
    assert deciding([load_pack("core"), load_pack(str(tmp_path / "lua")), *others]) == told
    assert deciding([core, lua]) != deciding([core, replace(lua, lineage=())])
    assert deciding([lua]) == deciding([replace(lua, recognise=Recognition())]) != deciding([core])
