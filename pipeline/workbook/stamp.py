"""What a workbook carries of its export, on a sheet that nobody sees: of which run it is, and what was shown in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from pipeline.workbook.cells import digest

NAME = "baocao"
"""The name of the hidden sheet."""

_MAGIC = "baocao workbook"
_VERSION = "1"
_ABOUT = ("made_from", "mark", "exported", "lang")
_HEAD = ("sheet", "id", "seen", "entries")


class Shown(Struct, frozen=True):
    """What was shown of one subject: digests of its evidence, and of what stood in the cells for the reviewer.

    `seen` is by the name of what is decided on: a field of a letterhead, or "" for the row. Empty cells are left out.
    """

    seen: Mapping[str, str]
    entries: Mapping[str, str] = field(default_factory=dict)


class Stamp(Struct):
    """Of which run a workbook is, the state of its log, when it was made and in which language; and what it shows."""

    made_from: str
    mark: str
    exported: str
    lang: str
    shown: dict[tuple[str, str], Shown] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """Return the number of the log's last entry when the workbook was made."""
        number = self.mark.rpartition("/")[2]
        return int(number) if number.isdecimal() else 0


def rows_of(stamp: Stamp) -> Iterator[Sequence[str]]:
    """Yield the rows that the hidden sheet begins with; one for each subject follows."""
    yield _MAGIC, _VERSION
    for name in _ABOUT:
        yield name, getattr(stamp, name)
    yield _HEAD


def row_of(sheet: str, subject: str, shown: Shown) -> Sequence[str]:
    """Return the row of one subject on the hidden sheet."""
    return sheet, subject, _told(shown.seen), _told(shown.entries)


def stamp_from(rows: Sequence[Sequence[str]]) -> Stamp | None:
    """Return the stamp that the rows of a hidden sheet tell, or None where they are none of ours."""
    head = [list(row[:2]) for row in rows[: 1 + len(_ABOUT)]]
    if len(head) <= len(_ABOUT) or head[0] != [_MAGIC, _VERSION] or [row[0] for row in head[1:]] != list(_ABOUT):
        return None
    made_from, mark, exported, lang = (row[1] for row in head[1:])
    stamp = Stamp(made_from, mark, exported, lang)
    for row in rows[2 + len(_ABOUT) :]:
        if len(row) < len(_HEAD):
            return None
        sheet, subject, seen, entries = row[: len(_HEAD)]
        try:
            stamp.shown[sheet, subject] = Shown(_read(seen), _read(entries))
        except ValueError:
            return None
    return stamp


def row_mark(sheet: str, subject: str, report_id: str) -> str:
    """Return what stands beside the ids of a row, and no longer fits where one of them is changed."""
    return digest(sheet, subject, report_id)


def _told(digests: Mapping[str, str]) -> str:
    if not digests:
        return ""
    return digests[""] if list(digests) == [""] else json.dumps(dict(digests), separators=(",", ":"))


def _read(told: str) -> dict[str, str]:
    if not told.startswith("{"):
        return {"": told} if told else {}
    digests = json.loads(told)
    return {str(name): str(value) for name, value in digests.items()}
