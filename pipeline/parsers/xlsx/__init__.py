"""Workbooks (XLSX, XLS, ODS): values by calamine, formats by the package's XML, sheets cut into text and tables."""

from pipeline.parsers.xlsx.delimited import read_delimited
from pipeline.parsers.xlsx.reading import read_xlsx

__all__ = ["read_delimited", "read_xlsx"]
