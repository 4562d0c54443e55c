"""What happens in a run as events for programs and for its log: JSON objects, one a line.

`events.schema.json` says what each of them holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

Event = Mapping[str, object]
Telling = Callable[[Event], None]

SCHEMA = Path(__file__).with_name("events.schema.json")


def untold(event: Event) -> None:
    """Tell nobody."""


def now_in_utc() -> datetime:
    """Return the time of day."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a time as events and `run.json` have it: in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def event_of(kind: str, moment: datetime, **told: object) -> Event:
    """Return the event `kind` of a moment."""
    return {"event": kind, "time": stamp(moment), **told}


def line_of(event: Event) -> str:
    """Return an event as one line of JSON, without its end; what UTF-8 can't hold has been replaced."""
    line = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return line.encode("utf-8", "replace").decode("utf-8")
