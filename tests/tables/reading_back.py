"""Parts of a data set read back as the cells that they were written from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.cells import guarded
from pipeline.tables.columns import CONSOLIDATED, Column, Table
from pipeline.tables.dataset import EXACT, ROW
from pipeline.text.numerals import canonical


def read_part(paths: list[Path], table: Table) -> Iterator[list[str]]:
    """Yield the rows of a part from its files as the cells that `write_part` had, in order."""
    read = []
    for path in paths:
        part = pq.ParquetFile(path).read()
        if table is CONSOLIDATED:
            kind = path.parent.name.removeprefix("kind=")
            part = part.append_column("kind", pa.array([kind] * len(part), pa.string()))
        read.append(part)
    arrow = pa.concat_tables(read).sort_by(ROW)
    for row in arrow.to_pylist():
        exactly = json.loads(row[EXACT] or "{}")
        yield [exactly.get(column.name, _cell(column, row[column.name])) for column in table.columns]


def _cell(column: Column, value: object) -> str:
    if value is None:
        return ""
    if column.type == "number":
        return canonical(Decimal(repr(value)))
    return guarded(str(value)) if column.type == "string" else str(value)
