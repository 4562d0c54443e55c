"""Faults of a rule pack while its files are read: the first stops a run, all of them are told by a check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pipeline.rulebook.source import RulesError

UNREAD = frozenset({"rules.bad_yaml", "rules.bad_table", "rules.repeated_key", "rules.not_keys"})
"""Faults that keep a file, a row or an entry from being read at all, whatever stands in it."""
_TABLE_OF = {
    "activity": "activity_types.csv",
    "activities": "activity_types.csv",
    "activity_type": "activity_types.csv",
}


class Faults:
    """What is wrong with the files read so far; unless it is `collecting`, the first fault is raised."""

    def __init__(self, collecting: bool = False) -> None:
        self.collecting = collecting
        self.found: list[RulesError] = []

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Keep the fault of what is read inside, so that what stands after it is read as well."""
        try:
            yield
        except RulesError as error:
            if not self.collecting:
                raise
            self.found.append(error)

    def add(self, error: RulesError) -> None:
        """Tell of a fault that does not keep anything else from being read."""
        with self.caught():
            raise error


def first_causes(found: Sequence[RulesError]) -> list[RulesError]:
    """Return the faults of `found` less those that may only be there because of others among them.

    A name is unknown wherever the file that has it could not be read.
    """
    return [fault for fault in found if not any(_follows(fault, other) for other in found)]


def _follows(fault: RulesError, other: RulesError) -> bool:
    """Tell whether `fault` may be gone once `other` is mended."""
    code, cause = fault.problem.code, other.problem.code
    detail = dict(fault.problem.detail)
    match code:
        case "rules.unknown_unit":
            return cause in UNREAD and other.path.name == "units.csv"
        case "rules.unknown_value":
            return cause in UNREAD and other.path.name == _TABLE_OF.get(detail["key"])
        case "rules.unknown_fragment" | "rules.unknown_column":
            return _of_rules(other) and cause in {*UNREAD, "rules.wrong_type", "rules.missing_key"}
        case "rules.unknown_list":
            return _of_rules(other) and cause not in ("rules.unknown_list", "rules.unknown_column")
    return False


def _of_rules(fault: RulesError) -> bool:
    return fault.path.suffix == ".yaml"
