"""The tables as a Parquet data set: parts of bounded size, compressed with zstd, that DuckDB, pandas and Polars read.

`consolidated` is partitioned by `kind`, as Hive names partitions; the other tables are parts alone. Texts stand as
they are, without the quote that guards a CSV cell, and an empty cell is null. Two columns more than the CSV has:
`row`, the number of the row in the table, from 0, and `exact`, which is null but for a row with a cell that its
column's type can't hold to the last digit: there it is a JSON object of those cells by column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.tables.arrays import Value, array_of
from pipeline.tables.cells import RISKY, guarded, unguarded
from pipeline.tables.columns import CONSOLIDATED, Column, Table
from pipeline.text.numerals import canonical

if TYPE_CHECKING:
    import pyarrow as pa

    Row = tuple[int, list[str]]

FOLDER = "dataset"
"""The folder of the data set beside the CSV files; in it is a folder for each table."""

ROW, EXACT = "row", "exact"
_PARTITION = {CONSOLIDATED.name: "kind"}
_WIDEST = 2**63


def load() -> None:
    """Import what writing takes: half a second that may pass beside other work."""
    import pyarrow.parquet  # noqa: F401


def write_part(folder: Path, table: Table, number: int, first: int, cells: list[list[str]]) -> list[Path]:
    """Write `cells`, whose rows count from `first`, as part `number` of `table`; return its files, one a partition.

    `folder` is that of the data set, which is made where it is missing.
    """
    import pyarrow.parquet as pq

    rows = list(enumerate(cells, first))
    by = _PARTITION.get(table.name)
    shares = {"": rows} if by is None else _shares(rows, table.names.index(by), _of(table, by).enum[0])
    written = []
    for value, share in shares.items():
        place = folder / table.name if by is None else folder / table.name / f"{by}={value}"
        place.mkdir(parents=True, exist_ok=True)
        part = _arrow(table, share)
        written.append(place / f"part-{number:05}.parquet")
        pq.write_table(
            part if by is None else part.drop_columns([by]), written[-1], compression="zstd", compression_level=3
        )
    return written


def _shares(rows: list[Row], column: int, none: str) -> dict[str, list[Row]]:
    """Return `rows` by their cell in `column`, in the order of these; of no rows the empty share of `none`."""
    shares: dict[str, list[Row]] = {value: [] for value in sorted({cells[column] for _, cells in rows}) or [none]}
    for row in rows:
        shares[row[1][column]].append(row)
    return shares


def read_part(paths: list[Path], table: Table) -> Iterator[list[str]]:
    """Yield the rows of a part from its files as the cells that `write_part` had, in order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    by = _PARTITION.get(table.name)
    read = []
    for path in paths:
        part = pq.ParquetFile(path).read()
        if by is not None:
            value = path.parent.name.removeprefix(f"{by}=")
            part = part.append_column(by, array_of([value] * len(part), pa.string()))
        read.append(part)
    arrow = pa.concat_tables(read).sort_by(ROW)
    columns = [_shown(column, arrow[column.name].to_pylist()) for column in table.columns]
    exact: list[str | None] = arrow[EXACT].to_pylist()
    for cells, kept in zip(zip(*columns, strict=True), exact, strict=True):
        if kept is None:
            yield list(cells)
        else:
            exactly: dict[str, str] = json.loads(kept)
            yield [exactly.get(name, cell) for name, cell in zip(table.names, cells, strict=True)]


def schema_of(table: Table) -> pa.Schema:
    """Return the columns of `table` in the data set, that of its partition among them."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    own = [pa.field(column.name, types[column.type]) for column in table.columns]
    return pa.schema([*own, pa.field(ROW, pa.int64()), pa.field(EXACT, pa.string())])


def _of(table: Table, name: str) -> Column:
    return next(column for column in table.columns if column.name == name)


def _arrow(table: Table, rows: list[Row]) -> pa.Table:
    import pyarrow as pa

    exact: dict[int, dict[str, str]] = {}
    columns: list[Sequence[Value]] = []
    numbers, cells = [number for number, _ in rows], [cells for _, cells in rows]
    by_column = zip(*cells, strict=True) if cells else ((),) * len(table.columns)
    for column, told in zip(table.columns, by_column, strict=True):
        if column.type == "string":
            columns.append([(cell if cell[0] != "'" else unguarded(cell)) if cell else None for cell in told])
            continue
        values = [_value(column.type, cell) if cell else None for cell in told]
        columns.append(values)
        for row, value in enumerate(values):
            if value is None and told[row]:
                exact.setdefault(row, {})[column.name] = told[row]
    kept = [json.dumps(exact[row], ensure_ascii=False) if row in exact else None for row in range(len(cells))]
    schema = schema_of(table)
    arrays = [array_of(v, f.type) for v, f in zip((*columns, numbers, kept), schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _value(kind: str, cell: str) -> Value:
    """Return the value of a cell, or None where the type doesn't hold it exactly."""
    try:
        value = _READ[kind](cell)
    except (ValueError, OverflowError):
        return None
    return value if _SHOWN[kind](value) == cell and (kind != "integer" or abs(int(cell)) < _WIDEST) else None


def _shown(column: Column, values: list[Any]) -> list[str]:
    """Return the cells of a column, of which `values` are of its type or None."""
    if column.type == "string":
        return [(text if text[0] not in RISKY else guarded(text)) if text else "" for text in values]
    shown = _SHOWN[column.type]
    return ["" if value is None else shown(value) for value in values]


def _number(value: Value) -> str:
    return canonical(Decimal(repr(value)))


_READ: dict[str, Callable[[str], Value]] = {"integer": int, "number": float, "date": date.fromisoformat}
_SHOWN: dict[str, Callable[[Value], str]] = {"integer": str, "number": _number, "date": str}
