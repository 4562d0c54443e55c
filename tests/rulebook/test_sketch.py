"""Tables drawn in examples: the cells that they draw, and what is told of those that are drawn wrong, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.prove import prove
from pipeline.problems.reasons import DRAWING
from pipeline.rulebook import RulesError, load_pack
from pipeline.rulebook.sketch import SketchError, read_sketch

GRID = """
| STT | Xã | Số vụ | < |
| ^ | ^ | Năm nay | Năm trước |
|:---|---|---|---:|
| 1 | Xã Vĩnh Hòa | 7 | |
| **Cộng** | < | **7** | 9 |
"""
CELLS = [
    ("STT", 1, 1, 2, 1, False),
    ("Xã", 1, 2, 2, 1, False),
    ("Số vụ", 1, 3, 1, 2, False),
    ("Năm nay", 2, 3, 1, 1, False),
    ("Năm trước", 2, 4, 1, 1, False),
    ("1", 3, 1, 1, 1, False),
    ("Xã Vĩnh Hòa", 3, 2, 1, 1, False),
    ("7", 3, 3, 1, 1, False),
    ("", 3, 4, 1, 1, False),
    ("Cộng", 4, 1, 1, 2, True),
    ("7", 4, 3, 1, 1, True),
    ("9", 4, 4, 1, 1, False),
]


def test_a_drawing_gives_cells_with_their_places_and_spans() -> None:
    cells = [(c.text, c.row, c.column, c.row_span, c.column_span, c.bold) for c in read_sketch(GRID)]
    assert cells == CELLS


WRONG = [
    ("", 0, "rows"),
    ("| Xã | Số vụ |", 0, "rows"),
    ("| Xã | Số vụ |\n|---|---|", 0, "rows"),
    ("| Xã | Số vụ |\n| Vĩnh Hòa | 7", 1, "bars"),
    ("| Xã | Số vụ |\nVĩnh Hòa | 7 |", 1, "bars"),
    ("| Xã | Số vụ |\n\n| Vĩnh Hòa | 7 | 8 |", 2, "cells"),
    ("| Xã | Số vụ |\n| Vĩnh Hòa |", 1, "cells"),
    ("| Xã | ^ |\n| Vĩnh Hòa | 7 |", 0, "above"),
    ("| Xã | Số vụ |\n| < | 7 |", 1, "left"),
]


@pytest.mark.parametrize(("grid", "line", "reason"), WRONG)
def test_a_wrong_drawing_says_what_is_wrong_and_where(grid: str, line: int, reason: str) -> None:
    with pytest.raises(SketchError) as told:
        read_sketch(grid)
    assert (told.value.line, told.value.detail["reason"]) == (line, reason)
    for words in DRAWING[reason]:
        assert "{" not in words.format(**told.value.detail)


PACK = """\
indicators:
  - code: vu_chay
    label: Số vụ cháy
    unit: vụ
    units: [vụ]
    about: [cháy]
    examples:
      - table: |
          | TT | Nội dung | Đơn vị tính | Kết quả |
          | 1 | Số vụ cháy | vụ | 6 |
          | 2 | Số vụ nổ | vụ | 2 |
        value: '6'
      - text: Trong quý xảy ra 4 vụ cháy.
        table: |
          | TT | Nội dung | Đơn vị tính | Kết quả |
          | 1 | Số vụ nổ | vụ | 2 |
        value: '4'
    rejects:
      - Xảy ra 2 vụ nổ.
      - {text: 'Không để xảy ra vụ cháy nào.', role: plan}
      - table: |
          | TT | Nội dung | Đơn vị tính | Kết quả |
          | 1 | Số vụ nổ | vụ | 2 |
"""


def pack_of(folder: Path, rules: str) -> str:
    (folder / "pack.yaml").write_text("id: thu\ntitle: Thử\nversion: 1.0.0\nextends: [core]\n", encoding="utf-8")
    (folder / "chay.yaml").write_text(rules, encoding="utf-8")
    return str(folder)


def test_examples_and_rejects_with_tables_are_proven(tmp_path: Path) -> None:
    assert list(prove(load_pack(pack_of(tmp_path, PACK)), inherited=False)) == []


FAILING = [
    ("| vụ | 6 |", "| vụ | 5 |", 8, False),
    ("| 1 | Số vụ nổ | vụ | 2 |\n        value: '4'", "| 1 | Số vụ cháy | vụ | 9 |\n        value: '4'", 13, False),
    (", role: plan}", "}", 20, True),
    ("          | 1 | Số vụ nổ | vụ | 2 |\n", "          | 1 | Số vụ cháy | vụ | 2 |\n", 21, True),
]


@pytest.mark.parametrize(("right", "wrong", "line", "is_reject"), FAILING)
def test_a_table_that_proves_nothing_is_told(
    right: str, wrong: str, line: int, is_reject: bool, tmp_path: Path
) -> None:
    at = PACK.rindex(right)
    rules = PACK[:at] + wrong + PACK[at + len(right) :]
    failures = list(prove(load_pack(pack_of(tmp_path, rules)), inherited=False))
    assert [(f.line, f.is_reject) for f in failures] == [(line, is_reject)]
    assert "".join(failures[0].text.split())


FAULTS = [
    ("| 2 | Số vụ nổ | vụ | 2 |", "| 2 | Số vụ nổ | vụ |", "rules.bad_drawing", 11),
    ("          | 1 | Số vụ nổ | vụ | 2 |\n        value", "        value", "rules.bad_drawing", 15),
    ("text: Trong quý xảy ra 4 vụ cháy.\n        table", "role: plan\n        tables", "rules.missing_key", 13),
    ("      - {text: 'Không để", "      - {value: '0', text: 'Không để", "rules.unknown_key", 20),
    ("      - Xảy ra 2 vụ nổ.", "      - [Xảy ra 2 vụ nổ.]", "rules.wrong_type", 19),
]


@pytest.mark.parametrize(("right", "wrong", "code", "line"), FAULTS)
def test_a_fault_of_an_example_has_its_line(right: str, wrong: str, code: str, line: int, tmp_path: Path) -> None:
    assert right in PACK
    with pytest.raises(RulesError) as fault:
        load_pack(pack_of(tmp_path, PACK.replace(right, wrong, 1)))
    assert (fault.value.problem.code, fault.value.line) == (code, line)
