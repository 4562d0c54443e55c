"""Parts of totals: which count of a passage belongs to which other one's breakdown, and which to none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.extract import extract
from pipeline.model import Block, BlockKind, Count, Document
from pipeline.rulebook import load_pack
from tests.extract.table_sketch import drawn

PACK = load_pack("core")
BREAKDOWNS = Path(__file__).with_name("breakdowns.txt")
HEADING = "I. KẾT QUẢ THỰC HIỆN"


def passages():
    for line in BREAKDOWNS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, *ties = (part.strip() for part in line.split("|"))
            yield text, dict(tuple(side.strip() for side in tie.split("=")) for tie in ties if tie)


def document(text):
    """Return the paragraphs and list items of a passage under a heading, as a parser gives them."""
    blocks, whole = [Block(BlockKind.HEADING, 0, len(HEADING), 3, level=1, bold=True)], HEADING
    for line in text.split("⏎"):
        start = len(whole) + 1
        whole += "\n" + line
        listed = line.startswith(("- ", "+ "))
        kind = BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH
        blocks.append(Block(kind, start, len(whole), start + 2 * listed, level=int(listed)))
    return Document(whole, "txt", tuple(blocks))


def ties(document):
    """Return the words of each part with those of its total; every total is a count of the same document."""
    items = [item for item in extract(document, PACK).items if isinstance(item, Count)]
    printed = {(item.start, item.end): document.text[item.start : item.end] for item in items}
    return {printed[item.start, item.end]: printed[item.part_of] for item in items if item.part_of}


def bare(words):
    return words.removeprefix("tăng ").removeprefix("giảm ")


@pytest.mark.parametrize(("text", "wanted"), list(passages()), ids=lambda value: str(value)[:60])
def test_breakdowns(text, wanted):
    assert {bare(part): bare(total) for part, total in ties(document(text)).items()} == wanted


def test_there_are_breakdowns_of_all_kinds():
    found = [wanted for _, wanted in passages()]
    assert len(found) >= 55
    assert sum(not wanted for wanted in found) >= 15


def cells(grid):
    """Return, for each cell that is a part, its words and those of its total."""
    return sorted(ties(drawn(grid)).items())


@pytest.mark.parametrize(
    ("grid", "wanted"),
    [
        (  # rows that sum to the total below them
            "|STT|Đơn vị|Số vụ|Số người chết|\n|1|Xã An|12|3|\n|2|Xã Bình|15|4|\n|3|Xã Châu|20|6|\n||Tổng cộng|47|13|",
            [("12", "47"), ("15", "47"), ("20", "47"), ("3", "13"), ("4", "13"), ("6", "13")],
        ),
        (  # a wrong total holds nothing
            "|STT|Đơn vị|Số vụ|\n|1|Xã An|12|\n|2|Xã Bình|15|\n|3|Xã Châu|20|\n||Tổng cộng|48|",
            [],
        ),
        (  # «Trong đó» over columns says it, whatever the sums
            "|STT|Lĩnh vực|Hồ sơ tiếp nhận|Trong đó|<|\n|^|^|^|Trực tuyến|Trực tiếp|\n|1|Đất đai|150|90|50|\n"
            "|2|Hộ tịch|260|200|60|\n|3|Xây dựng|370|300|70|",
            [("200", "260"), ("300", "370"), ("50", "150"), ("60", "260"), ("70", "370"), ("90", "150")],
        ),
        (  # ranks: each row to the nearest total
            "|TT|Chỉ tiêu|Số lượng (người)|\n|I|Cấp tỉnh|30|\n|1|Sở A|10|\n|2|Sở B|20|\n|II|Cấp xã|70|\n|1|Xã A|25|\n"
            "|2|Xã B|45|\n||Tổng cộng|100|",
            [("10", "30"), ("20", "30"), ("25", "70"), ("30", "100"), ("45", "70"), ("70", "100")],
        ),
        (  # a row «Trong đó» is part of the row above it
            "|STT|Nội dung|Số người|\n|1|Cán bộ được đào tạo|120|\n||Trong đó: nữ|45|\n|2|Công chức được bồi dưỡng|80|",
            [("45", "120")],
        ),
        (  # a row of another unit is no part
            "|STT|Nội dung|ĐVT|Số lượng|\n|1|Kinh phí|đồng|900|\n||Trong đó: số người|người|45|\n|2|Lớp|lớp|8|",
            [],
        ),
    ],
)
def test_cells_are_parts_where_the_table_proves_it(grid, wanted):
    assert cells(grid) == wanted


LETTER = "ỦY BAN NHÂN DÂN XÃ MẪU\nSố: 12/BC-UBND\n\nBÁO CÁO\nKết quả năm 2024\n\nI. KẾT QUẢ\n"


def test_the_table_names_the_total_by_its_id(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bao_cao.txt").write_text(f"{LETTER}Xảy ra 60 vụ, trong đó 12 vụ cháy.", encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    with (tmp_path / "out" / "consolidated.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["text"]: row for row in csv.DictReader(file)}
    assert rows["12 vụ"]["part_of"] == rows["60 vụ"]["item_id"] != ""
    assert rows["60 vụ"]["part_of"] == ""
