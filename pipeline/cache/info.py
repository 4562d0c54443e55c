"""How much is kept, of what kind."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

from msgspec import Struct


class Kind(IntEnum):
    """What is kept: parsed documents, and what a report gives to the tables."""

    DOCUMENT = 1
    RESULT = 2


class Share(Struct, frozen=True):
    """What is kept of one kind: `entries` of `size` bytes together."""

    entries: int = 0
    size: int = 0


class Info(Struct, frozen=True):
    """How much is kept in `folder`, and of how many results `asked` for by the last run how many were `found`."""

    folder: Path
    documents: Share
    results: Share
    asked: int = 0
    found: int = 0
