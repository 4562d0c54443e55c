"""The tables as a Parquet data set: parts of bounded size, compressed with zstd, that DuckDB, pandas and Polars read.

`consolidated` is partitioned by `kind`, as Hive names partitions; the other tables are parts alone. Texts stand as
they are, without the quote that guards a CSV cell, and an empty cell is null. Two columns more than the CSV has:
`row`, the number of the row in the table, from 0, and `exact`, which is null but for a row with a cell that its
column's type can't hold to the last digit: there it is a JSON object of those cells by column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from errno import EIO
from pathlib import Path
from typing import TYPE_CHECKING

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
_RISKY_CELL = re.compile(f"\0[{re.escape(''.join(sorted(RISKY)))}]")


def load() -> None:
    """Import what writing takes: half a second that may pass beside other work."""
    import pyarrow.parquet  # noqa: F401


def write_part(folder: Path, table: Table, number: int, first: int, cells: list[list[str]]) -> list[Path]:
    """Write `cells`, whose rows count from `first`, as part `number` of `table`; return its files, one a partition.

    `folder` is that of the data set, which is made where it is missing. OSError where what is written can't be read
    back to the last cell.
    """
    import pyarrow.parquet as pq

    rows = list(enumerate(cells, first))
    by = _PARTITION.get(table.name)
    shares = {"": rows} if by is None else _shares(rows, table.names.index(by), _of(table, by).enum[0])
    written = []
    for value, share in shares.items():
        place = folder / table.name if by is None else folder / table.name / f"{by}={value}"
        place.mkdir(parents=True, exist_ok=True)
        arrow = _arrow(table, share)
        part = arrow if by is None else arrow.drop_columns([by])
        written.append(place / f"part-{number:05}.parquet")
        pq.write_table(part, written[-1], compression="zstd", compression_level=3)
        if not pq.ParquetFile(written[-1]).read(use_threads=False).equals(part):
            raise OSError(EIO, f"{written[-1].name} can't be read back")
    return written


def _shares(rows: list[Row], column: int, none: str) -> dict[str, list[Row]]:
    """Return `rows` by their cell in `column`, in the order of these; of no rows the empty share of `none`."""
    shares: dict[str, list[Row]] = {value: [] for value in sorted({cells[column] for _, cells in rows}) or [none]}
    for row in rows:
        shares[row[1][column]].append(row)
    return shares


def shown(table: Table, cells: list[list[str]]) -> Iterable[Sequence[str]]:
    """Return `cells`, as a part has them, for a CSV file: what a spreadsheet would run is guarded in any case."""
    if not cells:
        return ()
    columns = []
    for column, told in zip(table.columns, zip(*cells, strict=True), strict=True):
        risky = column.type == "string" and _RISKY_CELL.search(_joined(told))
        columns.append(list(map(_guarded_again, told)) if risky else told)
    return zip(*columns, strict=True)


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

    numbers, cells = [number for number, _ in rows], [cells for _, cells in rows]
    schema = schema_of(table)
    exact: dict[int, dict[str, str]] = {}
    arrays = []
    by_column = zip(*cells, strict=True) if cells else ((),) * len(table.columns)
    for column, told, field in zip(table.columns, by_column, schema, strict=False):
        if not any(told):
            arrays.append(pa.nulls(len(told), field.type))
        elif column.type == "string":
            arrays.append(array_of(_texts(told), field.type))
        else:
            known = {cell: _value(column.type, cell) for cell in set(told) if cell}  # many rows say the same
            arrays.append(array_of([known.get(cell) for cell in told], field.type))
            if None in known.values():
                for row, cell in enumerate(told):
                    if cell and known[cell] is None:
                        exact.setdefault(row, {})[column.name] = cell
    kept = [json.dumps(exact[row], ensure_ascii=False) if row in exact else None for row in range(len(cells))]
    arrays += [array_of(values, schema.field(name).type) for name, values in ((ROW, numbers), (EXACT, kept))]
    return pa.table(arrays, schema=schema)


def _joined(cells: Sequence[str]) -> str:
    """Return `cells` with NUL before each: what one begins with is asked of all at once, and seldom true."""
    return "\0".join(("", *cells))


def _guarded_again(cell: str) -> str:
    return guarded(unguarded(cell)) if cell and cell[0] in RISKY else cell


def _texts(cells: Sequence[str]) -> list[str | None]:
    """Return the texts that `cells` guard, None for an empty one."""
    if "\0'" not in _joined(cells):
        return [cell or None for cell in cells]
    return [(cell if cell[0] != "'" else unguarded(cell)) if cell else None for cell in cells]


def _value(kind: str, cell: str) -> Value:
    """Return the value of a cell, or None where the type doesn't hold it exactly."""
    try:
        value = _READ[kind](cell)
    except (ValueError, OverflowError):
        return None
    if _SHOWN[kind](value) != cell or value != value:  # a figure that is none equals nothing, itself included
        return None
    return value if not isinstance(value, int) or abs(value) < _WIDEST else None


def _number(value: Value) -> str:
    return canonical(Decimal(repr(value)))


_READ: dict[str, Callable[[str], Value]] = {"integer": int, "number": float, "date": date.fromisoformat}
_SHOWN: dict[str, Callable[[Value], str]] = {"integer": str, "number": _number, "date": str}
