"""Watching a folder of reports: when its tables are made anew, and of which files.

A `Watch` only thinks: it is told what each look shows and when, and says what follows. `watching` looks and acts.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Literal

from msgspec import Struct, field

from pipeline.batch.account import Summary
from pipeline.batch.look import Look, Mark
from pipeline.problems import BaocaoError

_RARELY = 10  # times as long as a look took passes before the next

Cause = Literal["changes", "settling", "empty", "away", "retry"]
"""What a watch waits for: a change; that files are written in full; a first report; the folder; another try."""


class Pace(Struct, frozen=True):
    """How patient a watch is, in seconds.

    It looks `every` so often, though never so often that looking takes a tenth of its time. A burst of changes holds
    a renewal up no longer than `burst`, or four times what the last renewal took. What failed is tried again after
    twice the time of the try before, at most after `retry`.
    """

    every: float = 5.0
    burst: float = 60.0
    retry: float = 300.0


class Changes(Struct, frozen=True):
    """What has changed since the tables were made, by the paths of files; `waiting` are not taken up yet.

    `waiting` are files that are still being written; of one that was in the tables before there is no row until then.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    waiting: tuple[str, ...] = ()


class Waiting(Struct, frozen=True):
    """A watch waits, for `cause`; of `files` reports in the folder.

    Where the folder is away, `place` is what of it is, empty for all of it, and `reason` the system's.
    """

    cause: Cause
    files: int = 0
    place: str = ""
    reason: str = ""


class Renewal(Struct, frozen=True):
    """The tables are to be made of `files`, because of `changes`; `unopened` are those that nobody can open."""

    files: Mapping[str, Mark]
    changes: Changes = Changes()
    unopened: frozenset[str] = frozenset()
    device: int = 0


class Renewed(Struct, frozen=True):
    """The tables are made; that took `seconds`."""

    summary: Summary
    seconds: float


class Failed(Struct, frozen=True):
    """The tables couldn't be made because of `error` and are as before; it is tried again in so many seconds."""

    error: BaocaoError
    again: float


Happening = Waiting | Changes | Renewed | Failed


class Watch(Struct):
    """What a watch knows: the files that the tables are made of, and those of the last look.

    `opens` tells whether a file can be read in full now.
    """

    opens: Callable[[str, Mark], bool]
    pace: Pace = Pace()
    _made: Renewal = Renewal({})
    _seen: Mapping[str, Mark] = field(default_factory=dict)
    _opened: dict[str, Mark] = field(default_factory=dict)  # since the tables were made
    _since: float | None = None
    _took: float = 0.0
    _failures: int = 0
    _not_before: float = 0.0

    def take(self, look: Look, now: float) -> Renewal | Waiting:
        """Return what follows from a look at the time `now`.

        Files of which the folder may not show all are not taken for removed, and a folder without any leaves the
        tables as they are, as `run` does.
        """
        place = self._missing(look)
        if place is not None:
            return self.away(place)
        before, self._seen = self._seen, look.files
        pending = self._pending(look.files)
        if not look.files or not (pending or self._made.files.keys() - look.files.keys()):
            self._since = None
            return Waiting("changes" if look.files else "empty", len(look.files))
        if self._since is None:
            self._since = now
        if now < self._not_before:
            return Waiting("retry", len(look.files))
        return self._renewal(look, before, pending, now) or Waiting("settling", len(look.files))

    def away(self, place: str = "", reason: str = "") -> Waiting:
        """Return what follows where the folder, or `place` in it, can't be looked at."""
        self._seen, self._opened, self._since = {}, {}, None
        return Waiting("away", len(self._made.files), place, reason)

    def renewed(self, renewal: Renewal, seconds: float) -> None:
        """Take note that the tables are made, and how long that took."""
        self._made, self._took = renewal, seconds
        self._opened, self._since, self._failures = {}, None, 0

    def failed(self, now: float) -> float:
        """Take note that the tables couldn't be made; return in how many seconds it is tried again."""
        self._failures += 1
        again = min(self.pace.every * 2.0 ** min(self._failures, 20), self.pace.retry)
        self._not_before = now + again
        return again

    def _missing(self, look: Look) -> str | None:
        """Return which part of the folder is away: the disk under it all, or a subfolder that had reports."""
        if not look.files and self._made.files and look.device != self._made.device:
            return ""
        for folder in look.unlisted:
            if any(name.startswith(f"{folder}/") for name in self._made.files):
                return folder
        return None

    def _pending(self, files: Mapping[str, Mark]) -> set[str]:
        """Return the files that are new or other ones, and those that can be opened at last."""
        made = self._made.files
        pending = {name for name, mark in files.items() if made.get(name) != mark}
        return pending | {name for name in self._made.unopened if name in files and self._is_open(name, files[name])}

    def _renewal(self, look: Look, before: Mapping[str, Mark], pending: set[str], now: float) -> Renewal | None:
        """Return what the tables are to be made of if the burst is over, or has been going on for too long."""
        steady = {name for name in pending if before.get(name) == look.files[name]}
        unopened = frozenset(name for name in steady if not self._is_open(name, look.files[name]))
        over = before == look.files and not unopened
        began = now if self._since is None else self._since
        if not over and now - began < max(self.pace.burst, 4 * self._took):
            return None
        waiting = pending - steady
        files = {name: mark for name, mark in look.files.items() if name not in waiting}
        if not files or not (steady or self._made.files.keys() - files.keys() - waiting):
            return None
        unopened |= {name for name in self._made.unopened if name in files and name not in pending}
        return Renewal(files, _changes(self._made.files, files, steady, waiting), unopened, look.device)

    def _is_open(self, name: str, mark: Mark) -> bool:
        """Tell whether a file can be opened, which is tried once for each state of a file that can."""
        if self._opened.get(name) != mark:
            if not self.opens(name, mark):
                return False
            self._opened[name] = mark
        return True


def _changes(
    before: Mapping[str, Mark], files: Mapping[str, Mark], pending: Collection[str], waiting: Collection[str]
) -> Changes:
    """Return how the files of the tables differ from those before; `pending` are the new or other ones among them.

    A file that is gone was renamed if the one new file of its size and time may be none but it.
    """
    gone = before.keys() - files.keys() - set(waiting)
    new = set(pending) - before.keys()
    old_names, new_names = _by_mark(gone, before), _by_mark(new, files)
    renamed = {old_names[mark]: new_names[mark] for mark in old_names.keys() & new_names.keys()}
    return Changes(
        tuple(sorted(new.difference(renamed.values()))),
        tuple(sorted(set(pending) & before.keys())),
        tuple(sorted(gone - renamed.keys())),
        tuple(sorted(renamed.items())),
        tuple(sorted(waiting)),
    )


def _by_mark(names: Collection[str], marks: Mapping[str, Mark]) -> dict[Mark, str]:
    """Return those of `names` that have a mark of their own, by it."""
    counts = Counter(marks[name] for name in names)
    return {marks[name]: name for name in names if counts[marks[name]] == 1}


def watching(
    watch: Watch,
    look: Callable[[], Look],
    renew: Callable[[Renewal], Summary],
    tell: Callable[[Happening], None],
    once: bool = False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Summary | None:
    """Look again and again, and `renew` the tables when a change is over; return only if asked to do so `once`.

    Then the summary of the first renewal is returned, or None where there is nothing to read, and a BaocaoError of
    `look` or `renew` raised. Otherwise what fails is told and tried again; where `look` fails the folder is away.
    """
    told: Happening | None = None
    while True:
        began = clock()
        try:
            plan = watch.take(look(), began)
        except BaocaoError as error:
            if once:
                raise
            plan = watch.away(reason=dict(error.problem.detail).get("reason", ""))
        pause = max(watch.pace.every, _RARELY * (clock() - began))
        if isinstance(plan, Renewal):
            told = _renewed(watch, plan, renew, tell, once, clock)
            if once:
                return told.summary if isinstance(told, Renewed) else None
        elif once and plan.cause == "empty":
            return None
        elif plan != told:
            told = plan
            tell(plan)
        sleep(pause)


def _renewed(
    watch: Watch,
    plan: Renewal,
    renew: Callable[[Renewal], Summary],
    tell: Callable[[Happening], None],
    once: bool,
    clock: Callable[[], float],
) -> Renewed | Failed:
    """Make the tables, and return, having told, what came of it; if only `once`, BaocaoError is raised."""
    tell(plan.changes)
    began = clock()
    happened: Renewed | Failed
    try:
        summary = renew(plan)
    except BaocaoError as error:
        if once:
            raise
        happened = Failed(error, watch.failed(clock()))
    else:
        happened = Renewed(summary, clock() - began)
        watch.renewed(plan, happened.seconds)
    tell(happened)
    return happened
