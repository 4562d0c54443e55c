"""The spreadsheet way of reviewing: a workbook of a run, and its decisions taken back."""

from pipeline.workbook.separated import write_separated
from pipeline.workbook.taking import Refused, Result, Taken, take_workbook
from pipeline.workbook.writing import write_workbook

__all__ = ["Refused", "Result", "Taken", "take_workbook", "write_separated", "write_workbook"]
