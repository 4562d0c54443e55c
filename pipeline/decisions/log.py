"""The log of decisions: an SQLite file beside the tables, to which is only added.

An undoing is an entry too, so that the log tells for good who said what and when. Several processes, also of several
machines on one share, may write: SQLite's rollback journal works there, where a write-ahead log would not.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pipeline.decisions.decision import Action, Decision, Entry, Subject, SubjectKind
from pipeline.problems import BaocaoError
from pipeline.tables.cells import written

NAME = "review.sqlite"
"""The log's file beside the tables."""

_VERSION = 1
_PATIENCE = 20.0  # seconds that a writer waits for another
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  batch TEXT NOT NULL,
  at TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  undoes TEXT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  report_id TEXT NOT NULL,
  file TEXT NOT NULL,
  seen TEXT NOT NULL,
  said TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX entries_subject ON entries (subject, reviewer);
CREATE INDEX entries_batch ON entries (batch);
CREATE INDEX entries_undoes ON entries (undoes);
CREATE TRIGGER entries_stand BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
"""
_COLUMNS = "number, batch, at, reviewer, undoes, action, kind, subject, report_id, file, seen, said, note"
_Row = tuple[int, str, str, str, str, str, str, str, str, str, str, str, str]


class Overtaken(Exception):
    """Another window of the same reviewer decided on a subject since it was shown here; nothing was written."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(f"entry {entry.number}")


class DecisionLog:
    """The decisions kept beside the tables in a folder; open it by `open_log` or `find_log`, for one thread at a time.

    Every call that SQLite fails raises BaocaoError `review.log`, which says what to do.
    """

    def __init__(self, path: Path, make: bool) -> None:
        self._path = path
        with self._told():
            self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                self._ready(make)
            except BaseException:
                self._base.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def append(self, decisions: Sequence[Decision], seen: Mapping[str, int] | None = None) -> list[Entry]:
        """Write `decisions` as one batch, all or none, and return their entries; they last when this returns.

        `seen` is, by subject, the number of the reviewer's own last entry on it that was shown, 0 for none; Overtaken
        where there is a later one: it was made in another window and would be overruled unseen.
        """
        if not decisions:
            return []
        batch, at = uuid.uuid4().hex, _now()
        rows = [(batch, at, *_told(one)) for one in decisions]
        with self._writing():
            for one in decisions if seen is not None else ():
                last = self._last_of(one.subject.id, one.reviewer)
                if last is not None and seen is not None and last.number > seen.get(one.subject.id, 0):
                    raise Overtaken(last)
            before = self.last()
            self._insert(rows)
        return list(self.entries(before, batch))

    def undo(self, reviewer: str) -> list[Entry]:
        """Take back the reviewer's last batch that stands, and return its entries; none where nothing is left."""
        with self._writing():
            found = self._base.execute(
                "SELECT batch FROM entries WHERE reviewer = ? AND undoes = '' "
                "AND batch NOT IN (SELECT undoes FROM entries WHERE undoes <> '') ORDER BY number DESC LIMIT 1",
                (reviewer,),
            ).fetchone()
            if found is None:
                return []
            taken = list(self.entries(0, found[0]))
            nothing = ("", "", "", "", "", "{}", "{}", "")
            self._insert([(uuid.uuid4().hex, _now(), reviewer, found[0], *nothing)])
        return taken

    def entries(self, after: int = 0, batch: str = "") -> Iterator[Entry]:
        """Yield the entries with a number above `after`, of one `batch` or of all, as they were written."""
        which = "AND batch = ?" if batch else ""
        query = f"SELECT {_COLUMNS} FROM entries WHERE number > ? {which} ORDER BY number"
        with self._told():
            for row in self._base.execute(query, (after, batch) if batch else (after,)):
                yield _entry(row)

    def last(self) -> int:
        """Return the number of the last entry, 0 where there is none."""
        with self._told():
            found = self._base.execute("SELECT max(number) FROM entries").fetchone()
        return int(found[0] or 0)

    def mark(self) -> str:
        """Return what tells this log as it is now from every other state of it, and from other logs."""
        return self.mark_at(self.last())

    def mark_at(self, number: int) -> str:
        """Return the mark that the log had when the entry of that number was its last."""
        with self._told():
            (known,) = self._base.execute("SELECT told FROM about WHERE name = 'id'").fetchone()
        return f"{known}/{number}"

    def standing(self) -> Ledger:
        """Return what all entries come to."""
        ledger = Ledger()
        for entry in self.entries():
            ledger.take(entry)
        return ledger

    def _ready(self, make: bool) -> None:
        self._base.execute("PRAGMA journal_mode = DELETE")
        self._base.execute("PRAGMA synchronous = FULL")
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and make:
            with self._writing():
                if self._base.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in _statements():
                        self._base.execute(statement)
                    self._base.execute("INSERT INTO about VALUES ('id', ?)", (uuid.uuid4().hex,))
                    self._base.execute(f"PRAGMA user_version = {_VERSION}")
            version = _VERSION
        if version != _VERSION:
            raise BaocaoError("review.log", file=str(self._path), reason=f"version {version}")

    def _last_of(self, subject: str, reviewer: str) -> Entry | None:
        """Return the reviewer's last decision on a subject that stands, or the one that was undone since."""
        row = self._base.execute(
            f"SELECT {_COLUMNS} FROM entries WHERE subject = ? AND reviewer = ? ORDER BY number DESC LIMIT 1",
            (subject, reviewer),
        ).fetchone()
        return None if row is None else _entry(row)

    def _insert(self, rows: Sequence[tuple[str, ...]]) -> None:
        columns = _COLUMNS.removeprefix("number, ")
        places = ", ".join("?" * (columns.count(",") + 1))
        self._base.executemany(f"INSERT INTO entries ({columns}) VALUES ({places})", rows)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._told():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._base.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, _Damaged) as error:
            raise BaocaoError("review.log", file=str(self._path), reason=str(error)) from error


class Ledger:
    """What the entries of a log come to: on each subject the last word of each reviewer that was not taken back."""

    def __init__(self) -> None:
        self._by_subject: dict[str, list[Entry]] = {}
        self._undone: set[str] = set()
        self._of_batch: defaultdict[str, list[str]] = defaultdict(list)
        self._of_report: defaultdict[str, dict[str, SubjectKind]] = defaultdict(dict)
        self._before = 0

    @property
    def last(self) -> int:
        """The number of the last entry that was taken in."""
        return self._before

    def take(self, entry: Entry) -> list[str]:
        """Take in the next entry, and return the ids of the subjects that it changes something of."""
        self._before = entry.number
        if entry.decision is None:
            self._undone.add(entry.undoes)
            return self._of_batch.get(entry.undoes, [])
        subject = entry.decision.subject
        self._by_subject.setdefault(subject.id, []).append(entry)
        self._of_batch[entry.batch].append(subject.id)
        self._of_report[subject.report_id][subject.id] = subject.kind
        return [subject.id]

    def of(self, subject: str) -> list[Entry]:
        """Return the last decision of each reviewer on a subject, by number."""
        last: dict[str, Entry] = {}
        for entry in self._by_subject.get(subject, ()):
            if entry.batch not in self._undone:
                last[entry.reviewer] = entry
        return sorted(last.values(), key=lambda entry: entry.number)

    def seen(self, subject: str, reviewer: str) -> int:
        """Return the number of the reviewer's last entry on a subject, taken back or not, as `append` asks for it."""
        return max((one.number for one in self._by_subject.get(subject, ()) if one.reviewer == reviewer), default=0)

    def additions(self, report_id: str) -> list[str]:
        """Return the ids of what was ever added to a report, in the order of adding."""
        return self._subjects(report_id, SubjectKind.ADDITION)

    def items(self, report_id: str) -> list[str]:
        """Return the ids of all items of a report that anything was ever said of."""
        return self._subjects(report_id, SubjectKind.ITEM)

    def reports(self) -> dict[str, Entry]:
        """Return the reports that anything was ever said of, by id, each with its last decision that stands."""
        last = {}
        for report_id, subjects in self._of_report.items():
            entries = [entry for subject in subjects for entry in self.of(subject)]
            if entries:
                last[report_id] = max(entries, key=lambda entry: entry.number)
        return last

    def count(self, report_id: str) -> int:
        """Return on how many subjects of a report something stands that was said."""
        return sum(1 for subject in self._of_report.get(report_id, ()) if self.of(subject))

    def has(self, report_id: str) -> bool:
        """Tell whether anything was ever said of a report."""
        return report_id in self._of_report

    def subjects(self) -> Iterator[str]:
        """Yield the ids of all subjects that anything was ever said of."""
        return iter(self._by_subject)

    def _subjects(self, report_id: str, kind: SubjectKind) -> list[str]:
        return [subject for subject, known in self._of_report.get(report_id, {}).items() if known is kind]


def open_log(out: Path) -> DecisionLog:
    """Return the log of the tables in the folder `out`, made where there is none."""
    return DecisionLog(out / NAME, make=True)


def find_log(out: Path) -> DecisionLog | None:
    """Return the log of the tables in the folder `out`, or None where nothing was ever decided on them."""
    path = out / NAME
    return DecisionLog(path, make=False) if _holds(path) else None


def ledger_of(out: Path) -> Ledger:
    """Return what all decisions on the tables in the folder `out` come to."""
    log = find_log(out)
    if log is None:
        return Ledger()
    with log:
        return log.standing()


def mark_of(out: Path) -> str:
    """Return the mark of the log of the tables in `out`, nothing where there is none."""
    log = find_log(out)
    if log is None:
        return ""
    with log:
        return log.mark()


def _holds(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise BaocaoError("review.log", file=str(path), reason=error.strerror or type(error).__name__) from error


def _statements() -> list[str]:
    statements, told = [], ""
    for line in _SCHEMA.strip().splitlines():
        told += line + "\n"
        if sqlite3.complete_statement(told):
            statements.append(told)
            told = ""
    return statements


class _Damaged(Exception):
    """An entry that no baocao of this version wrote."""


def _entry(row: _Row) -> Entry:
    number, batch, at, reviewer, undoes, action, kind, subject, report_id, file, seen, said, note = row
    if undoes:
        return Entry(number, batch, at, reviewer, None, undoes)
    try:
        about = Subject(SubjectKind(kind), subject, report_id, file)
        decision = Decision(about, Action(action), reviewer, json.loads(seen), json.loads(said), note)
    except ValueError as error:
        raise _Damaged(f"entry {number}: {error}") from error
    return Entry(number, batch, at, reviewer, decision)


def _told(one: Decision) -> tuple[str, ...]:
    """Return the cells of a decision's entry from `reviewer` on."""
    about = one.subject.kind.value, one.subject.id, one.subject.report_id, one.subject.file
    return one.reviewer, "", one.action.value, *about, _json(one.seen), _json(one.said), written(one.note)


def _json(cells: Mapping[str, str]) -> str:
    return json.dumps({name: written(cell) for name, cell in cells.items()}, ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
