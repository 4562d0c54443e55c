"""The Frictionless Data Package of a run: what each table holds, for people and for validators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.rulebook import Pack
from pipeline.tables.columns import REPORT_KEY, REPORTS, TABLES, Column, Table

Json = Mapping[str, object]


def data_package(packs: Iterable[Pack], tables: Iterable[Table] = TABLES) -> Json:
    """Return the descriptor of `tables` and of the rule `packs` that made them.

    It holds no time and no checksum: equal runs write equal bytes, and a reviewer may fill in `review`.
    """
    return {
        "name": "baocao",
        "title": "Thông tin trích từ báo cáo hành chính",
        "profile": "data-package",
        "rule_packs": [{"id": p.id, "title": p.title, "version": p.version, "digest": p.digest} for p in packs],
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> Json:
    return {
        "name": table.name,
        "title": table.title,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"csv": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}},
        "schema": _schema(table),
    }


def _schema(table: Table) -> Json:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.of_report:
        report = {"resource": REPORTS.name, "fields": list(REPORT_KEY)}
        schema["foreignKeys"] = [{"fields": list(REPORT_KEY), "reference": report}]
    return schema


def _field(column: Column) -> Json:
    limits: dict[str, object] = {
        "required": column.required,
        "enum": list(column.enum),
        "minimum": column.minimum,
        "pattern": column.pattern,
    }
    given = {name: limit for name, limit in limits.items() if limit not in (None, False, [], "")}
    field = {"name": column.name, "type": column.type, "description": column.meaning}
    return {**field, "constraints": given} if given else field
