"""Batch: a folder of reports in, one folder of tables out, and a file that fails never costs another.

What is here is imported when it is asked for: reading can be prepared by another process meanwhile (see `starting`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
_MODULES = {
    "account": ("Summary",),
    "folder": ("Source", "find_reports"),
    "gaps": ("Example", "GapGroup", "Gaps", "gather_gaps"),
    "reports": ("load_rules", "read_report"),
    "runs": ("run",),
    "usage": ("FileUse", "gather_usage", "owner_of"),
    "workers": ("Progress", "Step"),
    "worklist": ("GAPS", "WHERE", "Remedy", "write_gaps"),
}
_PLACES = {name: f"{__name__}.{module}" for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Return what is called `name` from the module that has it."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
