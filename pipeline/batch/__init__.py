"""Batch: a folder of reports in, one folder of tables out, and a file that fails never costs another."""

from pipeline.batch.account import Summary
from pipeline.batch.folder import Source, find_reports
from pipeline.batch.gaps import Example, GapGroup, Gaps, gather_gaps
from pipeline.batch.reports import load_rules, read_report
from pipeline.batch.runs import run
from pipeline.batch.usage import FileUse, gather_usage, owner_of
from pipeline.batch.workers import Progress, Step
from pipeline.batch.worklist import GAPS, WHERE, Remedy, write_gaps

__all__ = [
    "GAPS",
    "WHERE",
    "Example",
    "FileUse",
    "GapGroup",
    "Gaps",
    "Progress",
    "Remedy",
    "Source",
    "Step",
    "Summary",
    "find_reports",
    "gather_gaps",
    "gather_usage",
    "load_rules",
    "owner_of",
    "read_report",
    "run",
    "write_gaps",
]
