"""Reading the tables of a run back into pandas, with the types that the columns have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.tables.cells import unguarded
from pipeline.tables.columns import TABLES, Table
from pipeline.tables.publishing import whole

if TYPE_CHECKING:
    from pandas import DataFrame


def read_tables(folder: Path | str) -> dict[str, DataFrame]:
    """Return the tables in `folder` by name: `consolidated`, `reports`, `indicators`, `problems`, `references`.

    Numbers are Int64 or Float64, with `<NA>` where there is none; all else is text, empty where there is
    none, so that grouping by `unit` loses no row. The quote that keeps a cell from being a formula is off.
    All are of one run: BaocaoError `run.half` or `run.renewed` where they are just being replaced.
    """
    with whole(Path(folder)):
        return {table.name: _read_table(Path(folder) / f"{table.name}.csv", table) for table in TABLES}


def _read_table(path: Path, table: Table) -> DataFrame:
    import pandas as pd

    numeric = {"integer": pd.Int64Dtype(), "number": pd.Float64Dtype()}
    types = {column.name: numeric[column.type] for column in table.columns if column.type in numeric}
    frame = pd.read_csv(path, encoding="utf-8-sig", dtype="string", na_filter=False)
    for name in frame.columns:
        if name in types:
            frame[name] = pd.to_numeric(frame[name].replace("", pd.NA)).astype(types[name])
        else:
            frame[name] = frame[name].map(unguarded).astype("string")
    return frame
