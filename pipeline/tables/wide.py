"""The indicators of a run for people: a row per report, a column per indicator under its Vietnamese name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.rulebook import Indicator, Pack
from pipeline.tables.cells import text_cell, unguarded
from pipeline.tables.columns import INDICATORS, KEY, PERIOD, REPORTS, Column, Table

NAME = "indicators_wide"
_OF_REPORT = ("report_id", "file", "issuer", "period_start", "period_end", "rule_pack")


class Wide(Struct, frozen=True):
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


def wide_row(tables: Mapping[str, Sequence[Sequence[str]]], wide: Wide) -> dict[str, str]:
    """Return the row of one report, of which `tables` are the cells; what it does not state is empty."""
    report = dict(zip(REPORTS.names, tables[REPORTS.name][0], strict=True))
    stated = (dict(zip(INDICATORS.names, row, strict=True)) for row in tables[INDICATORS.name])
    values = {unguarded(row["indicator"]): row["value"] for row in stated}
    known = {wide.columns[code]: value for code, value in values.items() if code in wide.columns}
    return {**{name: report[name] for name in _OF_REPORT}, **known}
