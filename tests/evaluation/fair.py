"""A pack with a rule of each kind, reports that it reads, and what reviewers say of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.decisions import (
    Action,
    Decision,
    Subject,
    SubjectKind,
    added_row,
    addition_id,
    corrected,
    machine_tables,
    open_log,
    seen_of_addition,
    seen_of_item,
)
from pipeline.rulebook.pack import forget_packs
from tests.evaluation.market import run_with

RULES = """rules:
  - id: phien
    finds: count
    title: Số phiên chợ
    pattern: '(?P<n>\\d+) (?P<unit>phiên chợ)'
    unit: given
    priority: 50
    examples: [{text: 'mở 4 phiên chợ', value: '4'}]
    rejects:
      - 'mở chợ'
  - id: ngay_phien
    finds: date
    title: Ngày của phiên
    pattern: 'phiên ngày (?P<at>(?P<d>\\d{1,2})/(?P<m>\\d{1,2})/(?P<y>\\d{4}))'
    reads: moment
    priority: 50
    examples:
      - {text: 'phiên ngày 2/3/2024', value: '2024-03-02'}
    rejects: ['phiên ngày mai',
      'phiên 2/3/2024']
  - id: phieu
    finds: document_number
    title: Số khoán
    case: kept
    pattern: 'khoán (?P<at>(?P<number>\\d+)(?P<rest>/PH))'
    priority: 50
    examples:
      - {text: 'theo khoán 12/PH', value: 12/PH}
    rejects: ['khoán 12']
  - id: day_nghe
    finds: activity
    activity: training
    title: Dạy nghề
    phrases: [dạy nghề chợ]
    examples:
      - {text: 'Đã dạy nghề chợ.', value: training}
    rejects: ['nghề chợ']
  - id: gian
    finds: count
    title: Gian
    pattern: 'gian số lượng (?P<at>(?P<n>\\d+))'
    unit: none
    priority: 50
    where: {sentence: [dựng]}
    examples:
      - {text: 'dựng gian số lượng 4', value: '4'}
    rejects: ['gian số lượng']
"""
REPORTS = {
    "a.txt": """BÁO CÁO
Kết quả chợ phiên năm 2024

I. KẾT QUẢ THỰC HIỆN

Huyện đã mở 14 phiên chợ vào mùa xuân.

Khai trương phiên ngày 5/6/2024 theo khoán 45/PH của huyện.

Mở 3 phiên chợ, hoãn 5 phiên chợ.

Hợp tác xã đã dạy nghề chợ.

Bán ở gian số lượng 9 trong tháng.

II. PHƯƠNG HƯỚNG, NHIỆM VỤ

Sẽ mở 20 phiên chợ.
""",
    "b.txt": """BÁO CÁO
Kết quả chợ phiên năm 2025

I. KẾT QUẢ THỰC HIỆN

Khai trương phiên ngày 7/8/2025 theo khoán 46/PH của huyện.
""",
}


class Fair:
    """The reports with their tables in `out`, read with `pack`."""

    def __init__(self, out: Path, pack: Path) -> None:
        self.out, self.pack = out, pack

    @classmethod
    def run(cls, place: Path) -> Fair:
        """Return a fair whose pack and tables are made in `place`."""
        return cls(run_with(place, "out", reports=REPORTS, rules=RULES), place / "pack_out")

    def items(self) -> list[dict[str, str]]:
        return [row for tables in machine_tables(self.out) for row in tables.items]

    def item(self, text: str, file: str = "a.txt") -> dict[str, str]:
        return next(row for row in self.items() if row["text"] == text and row["file"] == file)

    def decide(
        self,
        row: Mapping[str, str],
        action: str,
        said: Mapping[str, str] | None = None,
        reviewer: str = "An",
        note: str = "",
    ) -> None:
        subject = Subject(SubjectKind.ITEM, row["item_id"], row["report_id"], row["file"])
        cells = corrected(row["kind"], said or {}, row)
        self._log(Decision(subject, Action(action), reviewer, seen_of_item(row), cells, note))

    def add(self, kind: str, text: str, sentence: str, said: Mapping[str, str], file: str = "a.txt") -> None:
        report = next(tables.report for tables in machine_tables(self.out) if tables.report["file"] == file)
        place = {"kind": kind, "text": text, "sentence": sentence, "section": "", "page": "", "start": "5", "end": "9"}
        subject = Subject(SubjectKind.ADDITION, addition_id(report["report_id"], kind, 5, 9), report["report_id"], file)
        row = added_row(report, place, corrected(kind, said, {}))
        self._log(Decision(subject, Action.ADD, "An", seen_of_addition(report), row))

    def change(self, old: str, new: str) -> str:
        """Change the rules since the run, and return the pack."""
        path = self.pack / "rules.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        forget_packs()
        return str(self.pack)

    def _log(self, decision: Decision) -> None:
        with open_log(self.out) as log:
            log.append([decision])
