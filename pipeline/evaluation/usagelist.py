"""How the rules do as a table that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from pipeline.decisions import ADDED
from pipeline.evaluation.usage import VERDICTS, RuleUse, Usage
from pipeline.rulebook.rules import KINDS
from pipeline.tables.cells import number_cell, text_cell
from pipeline.tables.columns import Column, Table
from pipeline.tables.writing import write_sheet

USAGE = Table(
    "rule_usage",
    "Quy tắc làm được gì: mỗi dòng một quy tắc",
    (
        Column(
            "rule",
            "Mã quy tắc, dạng bộ/tên; để trống: mọi cụm từ của bộ quy tắc, tìm chung một lượt; "
            "review/added: người đọc thêm vì không quy tắc nào trích",
        ),
        Column("kind", "Quy tắc tìm gì; no_item: số có tên riêng, không phải số liệu", enum=KINDS),
        Column("title", "Tên quy tắc"),
        Column("hits", "Số lần khớp; để trống nếu bảng không cho biết (no_item)", "integer", minimum=0),
        Column("files", "Số báo cáo có khớp", "integer", minimum=0),
        Column("accepted", "Số thông tin người đọc đã chấp nhận", "integer", minimum=0),
        Column("corrected", "Số thông tin người đọc đã sửa", "integer", minimum=0),
        Column("rejected", "Số thông tin người đọc đã bác", "integer", minimum=0),
        Column("problems", "Số vấn đề ở đúng chỗ quy tắc đã trích", "integer", minimum=0),
        Column("time_share", "Phần thời gian so khớp, từ 0 đến 1, nếu có đo", "number"),
        Column("time_ratio", "Thời gian gấp mấy lần mẫu đứng giữa, nếu có đo", "number"),
        Column("accepted_share", "Phần đã chấp nhận trong số đã rà soát của quy tắc, từ 0 đến 1", "number"),
        Column("corrected_share", "Phần đã sửa trong số đã rà soát của quy tắc, từ 0 đến 1", "number"),
        Column("rejected_share", "Phần đã bác trong số đã rà soát của quy tắc, từ 0 đến 1", "number"),
        Column("missed", "Số thông tin loại này bị bỏ sót, người đọc đã thêm", "integer", minimum=0),
    ),
    of_report=False,
)


def write_usage(path: Path, usage: Usage) -> None:
    """Write `usage` as CSV to `path`; BaocaoError `run.output` where that can't be done."""
    write_sheet(path, USAGE, _rows(usage))


def _rows(usage: Usage) -> Iterator[dict[str, str]]:
    for rule in usage.rules:
        yield _row(rule)
    if usage.phrase_share is not None:
        yield {"time_share": _figure(usage.phrase_share)}
    for kind, count in usage.missed:
        yield {"rule": ADDED, "kind": kind, "title": "Bỏ sót, người đọc thêm", "missed": number_cell(count)}


def _row(rule: RuleUse) -> dict[str, str]:
    counts = ("hits", "files", "accepted", "corrected", "rejected", "problems")
    return {
        "rule": text_cell(rule.rule),
        "kind": rule.kind,
        "title": text_cell(rule.title),
        **{name: number_cell(getattr(rule, name)) for name in counts},
        "time_share": _figure(rule.share),
        "time_ratio": _figure(rule.ratio),
        **{f"{verdict}_share": _figure(rule.part(verdict)) for verdict in VERDICTS},
    }


def _figure(figure: float | None) -> str:
    return "" if figure is None else number_cell(Decimal(f"{figure:.4f}"))
