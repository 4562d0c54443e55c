"""What a watch tells while it goes on: lines with the time of day for people, events for programs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from pipeline.batch import Progress, Step
from pipeline.batch.events import Event, Telling, event_of, now_in_utc
from pipeline.batch.folder import shown_name
from pipeline.batch.tally import Tally
from pipeline.batch.watch import Changes, Failed, Happening, Renewed, Waiting
from pipeline.cli.console import said
from pipeline.cli.messages import Words
from pipeline.cli.saying import echo
from pipeline.cli.standing import plain_line
from pipeline.problems import CATALOGUE

_NAMED = 3  # files that a line names
_LISTED = 100  # files that an event names
_MOST_UNREAD = 20
_MINUTE = 60.0


def _now() -> datetime:
    return datetime.now().astimezone()


class Lines(Struct):
    """Tells what happens to a person; a file that can't be read has its line when it is new, not each time."""

    folder: str
    words: Words
    print: Callable[[str], None] = echo
    now: Callable[[], datetime] = _now
    _unread: frozenset[tuple[str, str, str]] = frozenset()
    _quiet: bool = False  # it was told already that all is taken up

    def __call__(self, happened: Happening) -> None:
        """Tell what happened."""
        match happened:
            case Waiting():
                self._waiting(happened)
            case Changes():
                self._changes(happened)
            case Renewed():
                self._renewed(happened)
            case Failed():
                reason = said(happened.error, self.words.lang)
                self._say("watch.failed", reason=reason, again=round(happened.again))
        self._quiet = isinstance(happened, Renewed)

    def ended(self) -> None:
        """Tell that the watch is over, as asked."""
        self._say("watch.ended")

    def progress(self, clock: Callable[[], float] = time.monotonic) -> Progress:
        """Return what tells how far a renewal is, one line a minute."""
        tally, told_at = Tally(clock), clock()

        def take(step: Step) -> None:
            nonlocal told_at
            tally.take(step)
            if clock() - told_at >= _MINUTE:
                told_at = clock()
                self._say_so(plain_line(tally.standing(), self.words))

        return take

    def _waiting(self, waiting: Waiting) -> None:
        if waiting.cause == "retry" or (waiting.cause == "changes" and self._quiet):
            return
        place = f"{self.folder}/{shown_name(waiting.place)}" if waiting.place else self.folder
        reason = f" ({waiting.reason})" if waiting.reason else ""
        self._say(f"watch.{waiting.cause}", folder=place, reason=reason, files=waiting.files)

    def _changes(self, changes: Changes) -> None:
        renamed = [f"{before} → {after}" for before, after in changes.renamed]
        kinds = (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed))
        told = [self._counted(kind, names) for kind, names in (*kinds, ("renamed", renamed)) if names]
        self._say("watch.taken", changes=", ".join(told))
        if changes.waiting:
            self._say("watch.left", files=self._counted("waiting", changes.waiting))

    def _counted(self, kind: str, names: Sequence[str]) -> str:
        shown = ", ".join(map(shown_name, names[:_NAMED])) + (", …" if len(names) > _NAMED else "")
        return f"{self.words(f'watch.kind.{kind}', count=len(names))} ({shown})"

    def _renewed(self, renewed: Renewed) -> None:
        words, summary = self.words, renewed.summary
        parts = (f"{count} {words(f'status.{status}')}" for status, count in summary.files.items() if count)
        files = f"{words('run.files', files=sum(summary.files.values()))} {', '.join(parts)}"
        self._say("watch.renewed", files=files, seconds=round(renewed.seconds))
        new = [told for told in summary.unread if told not in self._unread]
        self._unread = frozenset(summary.unread)
        for file, _, error in new[:_MOST_UNREAD]:
            self.print(f"    {file}: {error}")
        if len(new) > _MOST_UNREAD:
            self.print("    " + words("run.more", count=len(new) - _MOST_UNREAD))

    def _say(self, key: str, **told: object) -> None:
        self._say_so(self.words(key, **told))

    def _say_so(self, text: str) -> None:
        self.print(f"{self.now().strftime(self.words('watch.time'))}  {text}")


class Events(Struct, frozen=True):
    """Tells what happens to a program, as events between those of the runs."""

    tell: Telling
    lang: str
    now: Callable[[], datetime] = now_in_utc

    def __call__(self, happened: Happening) -> None:
        """Tell what happened; what came of a renewal its run has told."""
        if isinstance(happened, Changes):
            self.tell(event_of("watch.changed", self.now(), **_told(happened)))
        elif isinstance(happened, Failed):
            problem = happened.error.problem
            message = CATALOGUE[problem.code].message(problem, self.lang)
            self._waiting("retry", code=problem.code, message=message, again=round(happened.again, 3))
        elif isinstance(happened, Waiting) and happened.cause != "retry":
            place, reason = shown_name(happened.place), happened.reason
            self._waiting(happened.cause, happened.files, place=place or None, message=reason or None)

    def _waiting(self, cause: str, files: int | None = None, **told: object) -> None:
        about = {"files": files, "place": None, "code": None, "message": None, "again": None, **told}
        self.tell(event_of("watch.waiting", self.now(), cause=cause, **about))


def _told(changes: Changes) -> Event:
    counts = {name: len(getattr(changes, name)) for name in Changes.__struct_fields__}
    return {**counts, "files": list(_listed(changes))[:_LISTED]}


def _listed(changes: Changes) -> Iterable[Event]:
    """Yield an entry for each file, those that need a look first."""
    for name in changes.waiting:
        yield {"file": shown_name(name), "change": "waiting", "before": None}
    for before, name in changes.renamed:
        yield {"file": shown_name(name), "change": "renamed", "before": shown_name(before)}
    kinds = (("removed", changes.removed), ("changed", changes.changed), ("added", changes.added))
    for kind, names in kinds:
        for name in names:
            yield {"file": shown_name(name), "change": kind, "before": None}
