"""Tables: what was read of all reports as CSV files that a spreadsheet, pandas and Frictionless can open."""

from pipeline.tables.reading import read_tables
from pipeline.tables.result import FoundItem, FoundProblem, Place, ReportResult
from pipeline.tables.writing import write_tables

__all__ = ["FoundItem", "FoundProblem", "Place", "ReportResult", "read_tables", "write_tables"]
