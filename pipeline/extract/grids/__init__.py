"""Tables: grid, heads and columns of each, the counts in its cells, and totals checked against their parts."""

from pipeline.extract.grids.periods import with_heads, with_periods
from pipeline.extract.grids.reading import Tables, read_tables

__all__ = ["Tables", "read_tables", "with_heads", "with_periods"]
