"""Checks that find mistakes in a report itself: two places that can't both be right, each as a problem.

They stay silent where a report may mean two things: an alarm is worth something only as long as alarms are true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extract.checks.changes import check_changes
from pipeline.extract.checks.dated import check_dates
from pipeline.extract.checks.later import check_later
from pipeline.extract.checks.parts import check_parts
from pipeline.extract.checks.shares import check_shares
from pipeline.extract.checks.stated import check_stated
from pipeline.extract.checks.variants import check_variants
from pipeline.extract.view import View
from pipeline.model import Item, Problem, ReportFields

Check = Callable[[View, Sequence[Item], ReportFields], list[Problem]]

_CHECKS: tuple[Check, ...] = (
    check_dates,
    check_variants,
    check_later,
    check_shares,
    check_changes,
    check_parts,
    check_stated,
)


def contradictions(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return what `items`, sorted by place, contradict in each other or in the report's `fields`."""
    return [problem for check in _CHECKS for problem in check(view, items, fields)]
