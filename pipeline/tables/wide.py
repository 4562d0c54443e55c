"""The indicators of a run for people: a row per report, a column per indicator under its Vietnamese name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.rulebook import Indicator, Pack
from pipeline.tables.cells import number_cell, path_cell, text_cell
from pipeline.tables.columns import KEY, PERIOD, Column, Table
from pipeline.tables.result import ReportResult

NAME = "indicators_wide"


@dataclass(frozen=True, slots=True)
class Wide:
    """The wide table of a run, and the column of each indicator by its code."""

    table: Table
    columns: dict[str, str]


def wide_table(packs: Sequence[Pack]) -> Wide:
    """Return the wide table for reports read with `packs`: the columns of each pack in its own order, each once.

    Packs with most to build on come first, so that what all share stands last. Two indicators of one name are told
    apart by their codes.
    """
    ordered = sorted(packs, key=lambda pack: (-len(pack.lineage), pack.id))
    known = {code: indicator for pack in ordered for code, indicator in _indicators(pack)}
    heads = {code: _head(indicator.label, indicator.unit) for code, indicator in known.items()}
    times = Counter(heads.values())
    names = {code: f"{head} [{code}]" if times[head] > 1 else head for code, head in heads.items()}
    columns = [Column(text_cell(names[code]), _meaning(known[code].means, code), "number") for code in known]
    table = Table(
        NAME,
        "Chỉ tiêu, bảng ngang: mỗi dòng một báo cáo, mỗi cột một chỉ tiêu; trống là không nêu, 0 là nêu rõ không có",
        (*KEY, Column("issuer", "Cơ quan ban hành báo cáo"), *PERIOD, Column("rule_pack", "Bộ quy tắc"), *columns),
        primary_key=("file",),
    )
    return Wide(table, {code: text_cell(name) for code, name in names.items()})


def _indicators(pack: Pack) -> Iterator[tuple[str, Indicator]]:
    by_code = {indicator.code: indicator for indicator in pack.indicators}
    yield from ((code, by_code[code]) for code in pack.columns)


def _head(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label


def _meaning(means: str, code: str) -> str:
    return f"{means} ({code})" if means else code


def wide_rows(reports: Iterable[ReportResult], wide: Wide) -> Iterator[dict[str, str]]:
    """Yield the row of each of `reports`; what a report does not state is empty."""
    for report in reports:
        yield {
            "report_id": report.report_id,
            "file": path_cell(report.file),
            "issuer": text_cell(report.fields.issuer),
            "period_start": report.fields.period_start,
            "period_end": report.fields.period_end,
            "rule_pack": text_cell(report.rule_pack),
            **{wide.columns[one.code]: number_cell(one.value) for one in report.indicators if one.code in wide.columns},
        }
