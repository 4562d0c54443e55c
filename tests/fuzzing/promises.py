"""Promises that an execution checks, by name."""

from __future__ import annotations


class Broken(AssertionError):
    """A property that doesn't hold, by its name."""


def hold(name: str, holds: object) -> None:
    """Raise Broken, with the property's name, unless it holds."""
    if not holds:
        raise Broken(name)
