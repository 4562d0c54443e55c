"""The gaps of a folder as a table that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.batch.gaps import EXAMPLES, Gaps
from pipeline.extract.gaps import KINDS
from pipeline.tables.cells import number_cell, path_cell, text_cell
from pipeline.tables.columns import Column, Table
from pipeline.tables.writing import write_sheet

GAPS = Table(
    "gaps",
    "Chỗ quy tắc chưa hiểu: mỗi dòng một mẫu",
    (
        Column(
            "kind",
            "Loại: số chưa giải thích; đơn vị ngoài từ vựng; mã lạ trong ký hiệu văn bản; đề mục chưa rõ vai trò; "
            "động từ chưa thành hoạt động; cụm từ hoạt động bị loại",
            required=True,
            enum=KINDS,
        ),
        Column("pattern", "Mẫu chung: # là một số, Xx là tên riêng, «…» là mã chưa biết", required=True),
        Column("count", "Số chỗ có mẫu này", "integer", required=True, minimum=1),
        Column("reports", "Số báo cáo có mẫu này", "integer", required=True, minimum=1),
        Column("where", "Thêm vào đâu: tệp từ vựng, hoặc khóa mà tệp YAML nào của bộ cũng có thể có", required=True),
        *(
            column
            for at in range(1, EXAMPLES + 1)
            for column in (
                Column(f"file_{at}", f"Ví dụ {at}: tệp báo cáo"),
                Column(f"page_{at}", f"Ví dụ {at}: trang, tính từ 1", "integer", minimum=1),
                Column(f"start_{at}", f"Ví dụ {at}: vị trí ký tự đầu", "integer", minimum=0),
                Column(f"end_{at}", f"Ví dụ {at}: vị trí ngay sau ký tự cuối", "integer", minimum=0),
                Column(f"sentence_{at}", f"Ví dụ {at}: câu, cắt bớt nếu dài"),
            )
        ),
    ),
    of_report=False,
)


class Remedy(Struct, frozen=True):
    """What in a rule pack closes a gap: rules by what they find, tables of the vocabulary, keys of a YAML file."""

    finds: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        rules = [f"rules: finds {' | '.join(self.finds)}"] if self.finds else []
        tables = [", ".join(self.tables)] if self.tables else []
        return "; ".join([*rules, *tables, *self.keys])


WHERE = {
    "numeral": Remedy(finds=("count", "date", "no_item")),
    "unit": Remedy(tables=("vocabulary/units.csv",)),
    "symbol": Remedy(tables=("vocabulary/agencies.csv", "vocabulary/document_types.csv")),
    "heading": Remedy(keys=("section_roles",)),
    "verb": Remedy(finds=("activity",)),
    "refused": Remedy(finds=("activity",), keys=("words",)),
}
"""What closes each kind of gap."""


def write_gaps(path: Path, gaps: Gaps) -> None:
    """Write `gaps` as CSV to `path`; BaocaoError `run.output` where that can't be done."""
    write_sheet(path, GAPS, _rows(gaps))


def _rows(gaps: Gaps) -> Iterator[dict[str, str]]:
    for group in gaps.groups:
        row = {
            "kind": group.kind,
            "pattern": text_cell(group.pattern),
            "count": number_cell(group.count),
            "reports": number_cell(group.reports),
            "where": str(WHERE[group.kind]),
        }
        for at, example in enumerate(group.examples, 1):
            row |= {
                f"file_{at}": path_cell(example.file),
                f"page_{at}": number_cell(example.page),
                f"start_{at}": number_cell(example.start),
                f"end_{at}": number_cell(example.end),
                f"sentence_{at}": text_cell(example.sentence),
            }
        yield row
