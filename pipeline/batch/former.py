"""The run before in an output folder: whether its tables are what this run would write."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.batch.record import RECORD, Settings, files_in
from pipeline.cache import code_of_runs
from pipeline.tables.publishing import head_of_seal


def made_from(settings: Settings, made_by: bytes | None, read: bytes, mark: str) -> str:
    """Return a digest of all that the tables of a run are made from, or nothing where that can't be told.

    `made_by` is what the run read with, as `made_of` has it, `read` is the digest of all that it read, and `mark`
    is that of the log of decisions.
    """
    code = code_of_runs()
    if made_by is None or code is None:
        return ""
    asked = [settings.told()[name] for name in ("folder", "lang", "rules")]
    told = json.dumps([code, made_by.hex(), asked, read.hex(), mark])
    return hashlib.sha256(told.encode()).hexdigest()


def former_run(folder: Path, made: str) -> Mapping[str, Any] | None:
    """Return what `run.json` in `folder` tells but its inputs, if its tables are of `made` and as they were written.

    None where anything differs: a table that was changed or is gone, a file that came among those of a data set.
    """
    try:
        head = head_of_seal(folder / RECORD)
        if not made or head["made_from"] != made:
            return None
        written = _contents(head["tables"])
        places = {folder / Path(name).parts[0] for name in written}
        found = _contents(table for place in places for table in files_in(folder, place))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None
    return head if found == written else None


def _contents(tables: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, str]]:
    return {table["file"]: (table["size"], table["sha256"]) for table in tables}
