"""The faults of an evaluation as a table that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import asdict

from pipeline.evaluation.figures import STATES, Fault
from pipeline.tables.cells import path_cell, text_cell
from pipeline.tables.columns import Column, Table
from pipeline.tables.writing import write_sheet

FAULTS = Table(
    "faults",
    "Chỗ kết quả khác đáp án: mỗi dòng một chỗ",
    (
        Column(
            "state",
            "Sót, thừa, sai cột của thông tin, sai cột của báo cáo, không thấy đoạn, không có báo cáo",
            enum=STATES,
        ),
        Column("kind", "Loại thông tin, hoặc tên cột bị sai"),
        Column("file", "Tệp báo cáo"),
        Column("text", "Nguyên văn trong báo cáo (đáp án, hoặc kết quả nếu là thừa)"),
        Column("wanted", "Giá trị theo đáp án; sau dấu | là cách đọc khác cũng đúng"),
        Column("found", "Giá trị trong kết quả; ở dòng sót là cái được đọc thay vào, nếu có"),
        Column("sentence", "Câu chứa nó"),
        Column("rule", "Quy tắc đã đọc"),
        Column("page", "Trang, tính từ 1", "integer", minimum=1),
        Column("start", "Vị trí ký tự đầu", "integer", minimum=0),
        Column("end", "Vị trí ngay sau ký tự cuối", "integer", minimum=0),
    ),
    of_report=False,
)


def write_faults(path: Path, faults: Iterable[Fault]) -> None:
    """Write `faults` as CSV to `path`; BaocaoError `run.output` where that can't be done."""
    write_sheet(path, FAULTS, _rows(faults))


def _rows(faults: Iterable[Fault]) -> Iterator[dict[str, str]]:
    for fault in faults:
        row = {key: text_cell(value) for key, value in asdict(fault).items()}
        yield row | {"file": path_cell(fault.file)}
