"""The changes between two runs as a table that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.evaluation.changes import CHANGED, STATES, Change
from pipeline.tables.cells import path_cell, text_cell
from pipeline.tables.columns import Column, Table
from pipeline.tables.writing import write_sheet

CHANGES = Table(
    "changes",
    "Thay đổi giữa hai lần chạy: mỗi dòng một thay đổi",
    (
        Column("state", "Thêm, mất, hay đổi", required=True, enum=STATES),
        Column(
            "kind",
            "Thay đổi của: số ký hiệu văn bản, ngày, số liệu, hoạt động, chỉ tiêu, cột của báo cáo, vấn đề, hay cả "
            "báo cáo (chỉ có ở một lần chạy; đổi nội dung thì không so)",
            required=True,
            enum=CHANGED,
        ),
        Column("name", "Mã chỉ tiêu, tên cột của báo cáo, hoặc mã vấn đề; thông tin thì để trống"),
        Column("file", "Tệp báo cáo", required=True),
        Column("page", "Trang, tính từ 1", "integer", minimum=1),
        Column("start", "Vị trí ký tự đầu", "integer", minimum=0),
        Column("end", "Vị trí ngay sau ký tự cuối", "integer", minimum=0),
        Column("text", "Nguyên văn ở lần chạy sau; đã mất thì ở lần chạy trước; chỉ tiêu: tên của nó"),
        Column("columns", "Các cột khác nhau, nối bằng «; »; thêm hay mất: các cột có giá trị"),
        Column("before", "Giá trị trước của các cột đó, dạng cột=giá trị, nối bằng «; »"),
        Column("after", "Giá trị sau của các cột đó, dạng cột=giá trị, nối bằng «; »"),
        Column("rule_before", "Quy tắc trích ở lần chạy trước; với vấn đề: quy tắc của thông tin tại chỗ đó"),
        Column("rule_after", "Quy tắc trích ở lần chạy sau; với vấn đề: quy tắc của thông tin tại chỗ đó"),
        Column("sentence", "Câu chứa nó"),
    ),
    of_report=False,
)


def write_changes(path: Path, changes: Iterable[Change]) -> None:
    """Write `changes` as CSV to `path`; BaocaoError `run.output` where that can't be done."""
    write_sheet(path, CHANGES, _rows(changes))


def _rows(changes: Iterable[Change]) -> Iterator[dict[str, str]]:
    for change in changes:
        yield {
            "state": change.state,
            "kind": change.kind,
            "name": text_cell(change.name),
            "file": path_cell(change.file),
            "page": change.page,
            "start": change.start,
            "end": change.end,
            "text": text_cell(change.text),
            "columns": "; ".join(move.column for move in change.moves),
            "before": text_cell("; ".join(f"{move.column}={move.before}" for move in change.moves if move.before)),
            "after": text_cell("; ".join(f"{move.column}={move.after}" for move in change.moves if move.after)),
            "rule_before": text_cell(change.rule_before),
            "rule_after": text_cell(change.rule_after),
            "sentence": text_cell(change.sentence),
        }
