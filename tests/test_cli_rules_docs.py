"""`rules docs`: the page of a pack says what its files say and what its examples give; shipped pages are current."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.extract.pages import page
from pipeline.rulebook import load_pack, shipped_packs
from pipeline.rulebook.lookup import own_indicators, own_rules

PAGES = Path(__file__).parents[1] / "docs" / "rules"


@pytest.mark.parametrize("name", shipped_packs())
def test_the_page_of_a_shipped_pack_is_up_to_date(name: str) -> None:
    pack = load_pack(name)
    told = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert told == page(pack), "run baocao rules docs"
    names = [rule.id.partition("/")[2] for rule in own_rules(pack)] + [i.code for i in own_indicators(pack)]
    assert [name for name in names if f"<br>`{name}` |" not in told] == []


TABLED = """\
indicators:
  - code: vu_chay
    label: Số vụ cháy
    units: [vụ]
    about: [cháy]
    examples:
      - text: 'Kết quả:'
        table: |
          | TT | Địa bàn | Số vụ cháy | < |
          | ^ | ^ | Năm nay | Năm trước |
          | 1 | Ấp_1 | 6 | 8 |
          | **Cộng** | < | **6** | **8** |
        value: '6'
    rejects:
      - {text: Không để xảy ra vụ cháy nào., role: plan}
"""


def test_the_table_of_an_example_is_shown_as_one(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("id: chay\ntitle: Cháy\nversion: 1.0.0\nextends: [core]\n", encoding="utf-8")
    (tmp_path / "chay.yaml").write_text(TABLED, encoding="utf-8")
    told = page(load_pack(str(tmp_path)))
    assert (
        '«Kết quả:»<table><tr><th rowspan="2">TT</th><th rowspan="2">Địa bàn</th><th colspan="2">Số vụ cháy</th></tr>'
        "<tr><th>Năm nay</th><th>Năm trước</th></tr>"
        r"<tr><td>1</td><td>Ấp\_1</td><td>6</td><td>8</td></tr>"
        '<tr><th colspan="2">Cộng</th><th>6</th><th>8</th></tr></table> → **6** |'
    ) in told
    assert "«Không để xảy ra vụ cháy nào.» (ở mục phương hướng, kế hoạch) |" in told


def test_no_page_is_of_a_pack_that_is_not_there() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted(shipped_packs())


FILES = {
    "pack.yaml": "id: the\ntitle: Thẻ | phiếu\nversion: 1.0.0\nabout: Bộ đếm thẻ.\nextends: [core]\n"
    "recognise: {subject: [thẻ đọc], unless: [thẻ xe]}\ndisable: {rules: [core/khong_ai], units: [vòng]}\n",
    "the.yaml": """\
# Mọi cách nói về thẻ.
rules:
  - id: the_moi
    finds: count
    title: Thẻ mới *cấp*
    why: Số đứng sau nhãn
    priority: 9
    phrases: ['thẻ mới: #']
    unit: none
    gives: {unit: thẻ}
    examples:
      - {text: 'Thẻ mới: 35.', value: '35'}
      - {text: 'Thẻ mới: 12.', role: plan, status: planned}
    rejects: ['Thẻ mới | thẻ cũ.']
  - id: khong_doc
    finds: count
    title: Không đọc được
    overrides: core/khong_co
    phrases: ['phiếu: #']
    unit: none
    examples: [{text: 'Chưa có gì ở đây.', value: '1'}]
    rejects: [phiếu]
""",
}


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / "the" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "the" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "the"


TOLD = [
    "# Thẻ \\| phiếu\n",
    "\nBộ đếm thẻ.\n",
    "| kế thừa | `core` |",
    "| quy tắc | 2: 2 số liệu |",
    "| trích yếu có | «thẻ đọc» |",
    "| trừ khi có | «thẻ xe» |",
    "| `core/khong_ai` | tắt |",
    "| `core/khong_co` | thay bằng `the/khong_doc` |",
    "| «vòng» | không là đơn vị |",
    "| [`the.yaml`](#theyaml) | 2 | Mọi cách nói về thẻ. |",
    "| **Thẻ mới \\*cấp\\***<br>`the_moi` | số liệu | Số đứng sau nhãn | "
    "«Thẻ mới: 35.» → **35** · unit: thẻ<br>«Thẻ mới: 12.» (ở mục phương hướng, kế hoạch) → **12** · "
    "unit: thẻ · status: planned | "
    "«Thẻ mới \\| thẻ cũ.» |",
    "«Chưa có gì ở đây.» → không thấy gì",
]


@pytest.mark.parametrize("told", TOLD, ids=range(len(TOLD)))
def test_a_page_says_what_the_files_say_and_the_rules_give(pack: Path, told: str) -> None:
    assert told in page(load_pack("the"))


def test_docs_writes_pages_and_check_tells_stale_ones(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "docs", "the", "-o", "trang", "--check", "--lang", "vi"]) == 1
    assert main(["rules", "docs", "the", "-o", "trang", "--lang", "vi"]) == 0
    assert main(["rules", "docs", "the", "-o", "trang", "--check", "--lang", "vi"]) == 0
    path = pack.parent / "trang" / "the.md"
    assert path.read_text(encoding="utf-8") == page(load_pack("the"))
    path.write_text("cũ", encoding="utf-8")
    capsys.readouterr()
    assert main(["rules", "docs", "the", "-o", "trang", "--check", "--lang", "en"]) == 1
    assert f"{Path('trang', 'the.md')} is stale" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == "cũ"
