"""Batch: a folder of reports in, one folder of tables out, and a file that fails never costs another."""

from pipeline.batch.folder import Source, find_reports
from pipeline.batch.reports import load_rules, read_report
from pipeline.batch.runs import Summary, run
from pipeline.batch.workers import Progress, Step

__all__ = [
    "Progress",
    "Source",
    "Step",
    "Summary",
    "find_reports",
    "load_rules",
    "read_report",
    "run",
]
