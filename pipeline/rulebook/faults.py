"""Faults of a rule pack while its files are read: the first stops a run, all of them are told by a check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.rulebook.source import RulesError


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
